extension Generator {
  func deal(_ id: Int, _ index: Int, _ life: Life, _ random: inout Random) -> Fields {
    let place = dealPlace(id)
    let hasCompany = random.once(in: 2) && size.accounts > 0
    let company: RowValue = hasCompany ? .count(self.id("accounts", accountOfDeal(index))) : nil
    let status = [0, 0, 0, 0, 0, 1, 1, 2][random.below(8)]
    let task = children(of: index, dealTaskCount, among: size.deals).first.map {
      $0 + contactTaskCount
    }
    let topic = random.pick(Words.topics)
    let odd = random.once(in: 40) ? " " + random.pick(Words.oddNames) : ""
    let identity: Fields = [
      "hash": .text(random.hex(8)), "owner": .count(anyUser(&random)),
      "contact": .count(parentID("deals", of: index, in: "contacts")),
      "organization": random.once(in: 4) ? company : nil,
      "group": .count(place.group), "stage": .count(place.stage),
      "title": .text("\(random.pick(Words.companies)): \(topic)\(odd)"),
      "description": .text(random.once(in: 3) ? "" : random.pick(Words.sentences)),
      "percent": .count(random.below(21) * 5), "cdate": .text(CentralTime.iso(life.created)),
      "mdate": .text(CentralTime.iso(life.updated)),
      "nextdate": .optional(task.map { CentralTime.iso(taskDue($0)) }),
      "nexttaskid": .optional(task.map { String(self.id("dealTasks", $0)) }),
      "nextTask": .optional(task.map { String(self.id("dealTasks", $0)) }),
    ]
    return identity + dealValue(status, life, &random) + [
      "nextdealid": .count(id + random.below(3)),
      "edate": random.once(in: 4)
        ? .text(CentralTime.day(life.now + 86400 * 30) + " 00:00:00") : nil,
      "id": .count(id), "isDisabled": false, "account": company, "customerAccount": company,
    ]
  }

  private func dealValue(_ status: Int, _ life: Life, _ random: inout Random) -> Fields {
    let scored = random.once(in: 4) ? random.within(1...99) : nil
    return [
      "value": .count(random.within(1...2000) * 50),
      "currency": .text(["eur", "eur", "usd", "gbp"][random.below(4)]),
      "winProbability": scored.map(RowValue.number) ?? .null,
      "winProbabilityMdate": .optional(scored.map { _ in CentralTime.iso(life.updated) }),
      "status": .count(status), "activitycount": .count(random.within(1...12)),
    ]
  }

  /// The company a deal is with.
  func accountOfDeal(_ index: Int) -> Int {
    index % max(1, size.accounts)
  }

  /// The pipeline and stage of a deal: a fair part lies in the hidden pipelines.
  private func dealPlace(_ id: Int) -> (group: Int, stage: Int) {
    let draw = Int(Random.mix(seed ^ UInt64(id) &* 31) % 1_000_003)
    let groups = ids["dealGroups"] ?? []
    guard !groups.isEmpty || !hiddenGroups.isEmpty else { return (0, 0) }
    if groups.isEmpty || (!hiddenGroups.isEmpty && draw % 25 == 0) {
      return (hiddenGroups[draw % hiddenGroups.count], 900_000 + draw % 3)
    }
    let stages = max(1, size.stagesPerPipeline)
    let group = draw % groups.count
    // More deals in the early stages than in the late ones.
    let late = min(draw / 7 % stages, draw / 91 % stages)
    return (groups[group], self.id("dealStages", group * stages + late))
  }

  func pipeline(_ id: Int, _ index: Int, _ life: Life, _ random: inout Random) -> Fields {
    let isGenerated = self.id("dealGroups", index) == id
    return [
      "title": .text(Words.pipelines[index % Words.pipelines.count]),
      "currency": .text(index % 3 == 2 ? "usd" : "eur"), "autoassign": .flag(index % 2 == 0),
      "allusers": "1", "allgroups": "1",
      "win_probability_initialize_date": index % 3 == 1
        ? .text(CentralTime.wall(life.moment(&random)))
        : index % 3 == 2 ? "0000-00-00 00:00:00" : nil,
      "cdate": .text(CentralTime.iso(life.created)), "udate": .text(CentralTime.iso(life.updated)),
      "stages": isGenerated ? .ids(childIDs("dealStages", of: index, in: "dealGroups")) : [],
      "count": .count(size.deals / max(1, size.pipelines)), "source": "manual",
      "id": .count(id),
    ]
  }

  func stage(_ id: Int, _ index: Int, _ life: Life, _ random: inout Random) -> Fields {
    let order = index % max(1, size.stagesPerPipeline)
    // The stages that a new pipeline comes with were never created by anyone.
    let isDefault = order < 3 && index % 2 == 0
    return [
      "group": .count(parentID("dealStages", of: index, in: "dealGroups")),
      "title": .text(Words.stages[order % Words.stages.count]),
      "color": .text(["19CCA3", "5884EA", "FBD965", "F29C4C", "EE6D6D"][order % 5]),
      "order": .count(order + 1), "width": "280", "dealOrder": "next-action DESC",
      "cardRegion1": "title", "cardRegion2": "next-action", "cardRegion3": "show-avatar",
      "cardRegion4": "contact-fullname-acctname", "cardRegion5": "value",
      "cdate": isDefault ? nil : .text(CentralTime.iso(life.created)),
      "udate": isDefault ? nil : .text(CentralTime.iso(life.updated)), "id": .count(id),
    ]
  }

  // Tasks of contacts come first, those of deals after.
  private var contactTaskCount: Int { size.deals > 0 ? size.tasks / 2 : size.tasks }
  private var dealTaskCount: Int { size.tasks - contactTaskCount }

  private func taskDue(_ index: Int) -> Int {
    now + (Int(Random.mix(seed ^ UInt64(index) &* 77) % 120) - 80) * 86400
  }

  func task(_ id: Int, _ index: Int, _ life: Life, _ random: inout Random) -> Fields {
    let due = taskDue(index)
    let isDone = due < now && !random.once(in: 6)
    let ofDeal = index >= contactTaskCount
    let relation =
      ofDeal
      ? self.id("deals", parent(of: index - contactTaskCount, dealTaskCount, among: size.deals))
      : self.id("contacts", parent(of: index, contactTaskCount, among: size.contacts))
    let outcome = isDone && random.once(in: 3)
    let identity: Fields = [
      "title": random.once(in: 5) ? nil : .text("About \(random.pick(Words.topics))"),
      "note": .text(random.pick(Words.sentences)), "duedate": .text(CentralTime.iso(due)),
      "edate": .text(CentralTime.iso(due + 900)),
      // Newer tasks, those with an outcome, carry a real number.
      "status": outcome ? .number(1) : .count(isDone ? 1 : 0),
      "relid": .count(relation), "reltype": .text(ofDeal ? "Deal" : "Subscriber"),
      "dealTasktype": ref("dealTasktypes", random.below(4)),
      "cdate": .text(CentralTime.iso(life.created)),
      "udate": .text(CentralTime.iso(life.updated)),
    ]
    return identity + [
      "automation": random.once(in: 8) ? .count(self.id("automations", index)) : nil,
      "doneAutomation": random.once(in: 12) ? .count(self.id("automations", index)) : nil,
      "user": .count(anyUser(&random)), "assignee": .count(anyUser(&random)),
      "owner": ["type": ofDeal ? "deal" : "contact", "id": .count(relation)],
      "outcomeId": outcome ? .number(self.id("taskOutcomes", random.below(9))) : nil,
      "outcomeInfo": outcome ? .text(random.pick(Words.sentences)) : nil,
      "duration": .count(900), "donedate": isDone ? .text(CentralTime.iso(due)) : nil,
      "id": .count(id),
    ]
  }

  func company(_ id: Int, _ index: Int, _ life: Life, _ random: inout Random) -> Fields {
    let name = Words.companies[index % Words.companies.count]
    return [
      "name": .text(
        index % 31 == 30 ? "\(name) \"\(random.pick(Words.cities))\"" : "\(name) \(id)"),
      "accountUrl": random.once(in: 5) ? nil : .text("https://www.example.com/\(id)"),
      "createdTimestamp": .text(CentralTime.iso(life.created)),
      "updatedTimestamp": .text(CentralTime.iso(life.updated)),
      // Only counted when asked for.
      "contactCount": "0", "dealCount": "0",
      "owner": .count(anyUser(&random)), "id": .count(id),
    ]
  }

  func note(_ id: Int, _ index: Int, _ life: Life, _ random: inout Random) -> Fields {
    let kinds = [
      ("Subscriber", "contact", "contacts"), ("Subscriber", "contact", "contacts"),
      ("Deal", "deal", "deals"), ("CustomerAccount", "customerAccount", "accounts"),
    ]
    let kind = random.pick(kinds.filter { ids[$0.2]?.isEmpty == false || $0.0 == "Subscriber" })
    let relation = self.id(kind.2, parent(of: index, size.notes, among: ids[kind.2]?.count ?? 0))
    let author = anyUser(&random)
    return [
      "relid": .count(relation), "reltype": .text(kind.0), "userid": .count(author),
      "is_draft": .flag(random.once(in: 20)), "cdate": .text(CentralTime.iso(life.created)),
      "mdate": .text(CentralTime.iso(life.updated)), "note": .text(random.pick(Words.sentences)),
      "user": .count(author), "owner": ["type": .text(kind.1), "id": .count(relation)],
      "id": .count(id),
    ]
  }
}
