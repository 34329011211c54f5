extension Generator {
  /// What belongs to deals and tasks.
  static let dealMakers: [String: RowMaker] = [
    "dealTasktypes": { $0.taskType(&$1) }, "taskOutcomes": { $0.taskOutcome(&$1) },
    "tasktypeOutcomeRels": { $0.taskTypeOutcome(&$1) },
    "dealActivities": { $0.dealActivity(&$1) }, "dealGroupUsers": { $0.dealGroupUser(&$1) },
    "dealRoles": { $0.dealRole(&$1) },
  ]

  private func taskType(_ draft: inout Draft) -> Fields {
    // Nobody created the types that every account comes with.
    let isDefault = draft.index < 3
    let own = (0..<count("taskOutcomes")).filter { typeIndex(ofOutcome: $0) == draft.index }
    return [
      "cdate": isDefault ? nil : draft.created, "defduration": .count(draft.index * 15),
      "status": draft.index == 4 ? "1" : "0",
      "title": .text(["Call", "Email", "To-do", "Meeting", "Lunch"][draft.index % 5]),
      "udate": isDefault ? nil : draft.updated, "created_by": isDefault ? nil : author(&draft),
      "created_utc_timestamp": draft.createdWall, "display_order": .count(draft.index),
      "outcomes": .ids(own.map { id("taskOutcomes", $0) }),
      "updated_by": isDefault ? nil : author(&draft), "updated_utc_timestamp": draft.updatedWall,
      "id": .count(draft.id),
    ]
  }

  /// The place of the task type that an outcome is for first.
  private func typeIndex(ofOutcome index: Int) -> Int { index % max(1, count("dealTasktypes")) }

  private func taskOutcome(_ draft: inout Draft) -> Fields {
    let titles = ["Interested", "Not interested", "Voicemail", "Rescheduled", "Won", "Lost"]
    return [
      "title": .text(titles[draft.index % titles.count]),
      "sentiment": .text(["POSITIVE", "NEGATIVE", "NEUTRAL"][draft.index % 3]),
      "disabled": .flag(draft.index % 8 == 7), "created_by": author(&draft),
      "updated_by": author(&draft), "created_utc_timestamp": draft.created,
      "updated_utc_timestamp": draft.updated,
      "dealTasktype_ids": .ids([id("dealTasktypes", typeIndex(ofOutcome: draft.index))]),
      "id": .count(draft.id),
    ]
  }

  private func taskTypeOutcome(_ draft: inout Draft) -> Fields {
    let outcome = draft.index % max(1, count("taskOutcomes"))
    let type = ref("dealTasktypes", typeIndex(ofOutcome: outcome) + draft.index - outcome)
    let user = author(&draft)
    // The two times of one row come in two forms.
    return [
      "tasktype_id": type, "outcome_id": ref("taskOutcomes", outcome),
      "display_order": .count(draft.index % 4), "created_by": user,
      "created_utc_timestamp": draft.created,
      "updated_by": draft.index % 2 == 0 ? nil : author(&draft),
      "updated_utc_timestamp": draft.updatedWall, "tasktype": type,
      "outcome": ref("taskOutcomes", outcome), "createdBy": user, "id": .count(draft.id),
    ]
  }

  /// What happened to a deal, in turn: it was added, it moved to its present stage, it came to its
  /// present status.
  private func dealActivity(_ draft: inout Draft) -> Fields {
    let deal = parent(&draft, "dealActivities", in: "deals")
    let first = children(of: deal, count("dealActivities"), among: count("deals")).lowerBound
    let isGenerated = isGenerated("dealActivities", draft)
    let turn = isGenerated ? draft.index - first : 3
    let now = dealFields(deal)
    let stage = now["stage"] ?? nil
    let (type, action, old): (String, String, RowValue) =
      switch turn {
      case 0: ("deal", "add", "")
      case 1: ("stage", "change", stageBefore(stage))
      case 2 where now["status"] != "0": ("status", "change", "0")
      default: ("value", "change", .count(draft.random.within(1...2000) * 50))
      }
    // Later turns came later, whatever the rows' own times are.
    let life = life("deals", at: deal)
    let time = min(draft.now, life.created + turn * max(1, (life.updated - life.created) / 3))
    let stamp = RowValue.text(CentralTime.iso(isGenerated ? time : draft.life.created))
    let user = author(&draft)
    return [
      "d_id": ref("deals", deal), "d_stageid": type == "stage" ? stage : "0", "userid": user,
      "dataId": type == "stage" ? stage : type == "status" ? now["status"] ?? "0" : "0",
      "dataType": .text(type), "dataAction": .text(action), "dataOldval": old, "cdate": stamp,
      "sortdate": stamp, "isAddtask": "0", "deleted": .flag(draft.index % 90 == 89),
      "seriesid": "0", "deal": ref("deals", deal), "stage": type == "stage" ? stage : nil,
      "user": user, "automation": draft.index % 7 == 6 ? ref("automations", draft.index) : nil,
      "id": .count(draft.id),
    ]
  }

  /// The fields of a generated deal.
  private func dealFields(_ index: Int) -> Fields {
    guard let resource = Resource.byPath["deals"], count("deals") > 0 else { return [:] }
    return fields(of: resource, index: index, id: id("deals", index), life: nil)
  }

  /// A stage beside another one in its pipeline.
  private func stageBefore(_ stage: RowValue) -> RowValue {
    guard case .text(let text) = stage, let ids = ids["dealStages"],
      let place = ids.firstIndex(of: Int(text) ?? 0)
    else { return "" }
    let isFirst = place % max(1, size.stagesPerPipeline) == 0
    return .count(ids[isFirst ? min(place + 1, ids.count - 1) : place - 1])
  }

  private func dealGroupUser(_ draft: inout Draft) -> Fields {
    let group = parent(&draft, "dealGroupUsers", in: "dealGroups")
    return [
      "dealGroup": ref("dealGroups", group), "user": ref("users", draft.index),
      "cdate": draft.created, "id": .count(draft.id),
    ]
  }

  private func dealRole(_ draft: inout Draft) -> Fields {
    [
      "title": .text(["Contributor", "Decision maker", "Buyer", "Legal"][draft.index % 4]),
      "created_timestamp": draft.created, "updated_timestamp": draft.updated,
      "id": .count(draft.id),
    ]
  }
}
