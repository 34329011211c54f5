extension Generator {
  /// What happens to contacts.
  static let peopleMakers: [String: RowMaker] = [
    "contactAutomations": { $0.contactAutomation(&$1) }, "contactDeals": { $0.contactDeal(&$1) },
    "contactData": { $0.contactDatum(&$1) }, "contactEmails": { $0.contactEmail(&$1) },
    "contactGoals": { $0.contactGoal(&$1) },
    "contactConversions": { $0.contactConversion(&$1) }, "scoreValues": { $0.scoreValue(&$1) },
    "geoIps": { $0.geoIP(&$1) }, "geoAddresses": { $0.geoAddress(&$1) },
    "trackingLogs": { $0.trackingLog(&$1) }, "plusAppends": { $0.plusAppend(&$1) },
  ]

  /// Which automation a contact went through: another one each time.
  private func automationIndex(of index: Int) -> Int { index }

  private func contactAutomation(_ draft: inout Draft) -> Fields {
    let contact = parent(&draft, "contactAutomations", in: "contacts")
    let automation = ref("automations", automationIndex(of: draft.index))
    let total = draft.random.within(1...9)
    let isDone = draft.random.once(in: 2)
    let done = isDone ? total : draft.random.below(total)
    let last = CentralTime.iso(draft.life.moment(&draft.random))
    // Counts of the steps come as texts or as numbers.
    let isText = draft.index % 2 == 0
    return [
      "contact": ref("contacts", contact), "seriesid": automation, "startid": "0",
      "status": .count(isDone ? 2 : 1), "batchid": isDone ? "completed" : nil,
      "adddate": draft.created, "remdate": .optional(isDone ? last : nil),
      "timespan": isDone ? .count(draft.random.below(86_400)) : nil,
      "lastblock": .count(id("automationBlocks", draft.index)), "lastlogid": "0",
      "lastdate": .text(last), "completedElements": isText ? .count(done) : .number(done),
      "totalElements": isText ? .count(total) : .number(total),
      "completed": .number(isDone ? 1 : 0), "completeValue": .number(100 * done / total),
      "automation": automation, "in_als": .count(draft.random.below(5)), "id": .count(draft.id),
    ]
  }

  /// Another contact of a deal than its own.
  private func contactDeal(_ draft: inout Draft) -> Fields {
    let deal = parent(&draft, "contactDeals", in: "deals")
    let main = parent(of: deal, count("deals"), among: count("contacts"))
    let other = (main + 1 + draft.index % 7) % max(1, count("contacts"))
    draft.follow(life("contacts", at: other))
    let role: RowValue = draft.index % 3 == 1 ? ref("dealRoles", draft.index) : nil
    return [
      "deal": ref("deals", deal), "contact": ref("contacts", other), "cdate": draft.created,
      "role": role, "created_timestamp": draft.createdWall,
      "updated_timestamp": draft.updatedWall,
      "created_by": draft.index % 4 == 0 ? author(&draft) : nil,
      "updated_by": draft.index % 5 == 0 ? author(&draft) : nil, "id": .count(draft.id),
    ]
  }

  private func contactDatum(_ draft: inout Draft) -> Fields {
    let contact = parent(&draft, "contactData", in: "contacts")
    let isKnown = draft.index % 3 == 0
    let city = draft.random.pick(Words.cities)
    let place: Fields = [
      "geoTstamp": isKnown ? draft.moment() : nil,
      "geoIp4": .count(isKnown ? 2_978_024_262 : 0), "geoCountry2": isKnown ? "DE" : "",
      "geoState": isKnown ? "BE" : "", "geoCity": .text(isKnown ? city : ""),
      "geoZip": isKnown ? "10115" : "", "geoArea": "0",
      "geoLat": isKnown ? "52.520000" : "0.000000", "geoLon": isKnown ? "13.405000" : "0.000000",
      "geoTz": isKnown ? "Europe/Berlin" : "", "geoTzOffset": isKnown ? "1.00" : "0.00",
    ]
    let isVisitor = draft.index % 4 == 1
    return ["contact": ref("contacts", contact), "tstamp": draft.updated] + place + [
      "ga_campaign_source": isVisitor ? "newsletter" : "",
      "ga_campaign_name": isVisitor ? "spring" : "", "ga_campaign_medium": isVisitor ? "email" : "",
      "ga_campaign_term": "", "ga_campaign_content": "", "ga_campaign_customsegment": "",
      "ga_first_visit": isVisitor ? draft.createdWall : nil,
      "ga_times_visited": .count(isVisitor ? draft.random.below(30) : 0), "fb_id": "0",
      "fb_name": "", "tw_id": "0",
      "created_timestamp": isKnown ? draft.createdWall : "0000-00-00 00:00:00",
      "updated_timestamp": isKnown ? draft.updatedWall : "0000-00-00 00:00:00",
      "created_by": "0", "updated_by": "0", "id": .count(draft.id),
    ]
  }

  /// A mail that a user wrote to one contact.
  private func contactEmail(_ draft: inout Draft) -> Fields {
    let contact = elder(&draft, "contactEmails", among: "contacts")
    let user = author(&draft)
    let message = ref("messages", draft.index)
    let deal = draft.index % 3 == 0 ? ref("deals", draft.index) : "0"
    let account: RowValue = draft.index % 4 == 0 ? ref("accounts", draft.index) : nil
    return [
      "messageid": message, "seriesid": "0",
      "messageheader": .text("Message-ID: <\(draft.random.hex(16))@example.com>"),
      "userid": user, "d_id": deal, "subscriberid": ref("contacts", contact),
      "account": account, "ip": "127.0.0.1", "sdate": draft.created,
      "source": .text(draft.index % 2 == 0 ? "web" : "gmail"), "user": user,
      "deal": deal == "0" ? nil : deal, "contact": ref("contacts", contact), "message": message,
      "id": .count(draft.id),
    ]
  }

  /// A goal that a contact reached on the way through an automation.
  private func contactGoal(_ draft: inout Draft) -> Fields {
    let entry = elder(&draft, "contactGoals", among: "contactAutomations")
    let contact = parent(of: entry, count("contactAutomations"), among: count("contacts"))
    draft.follow(life("contacts", at: contact))
    let goal = ref("goals", draft.index)
    let automation = ref("automations", automationIndex(of: entry))
    return [
      "goalid": goal, "seriesid": automation, "subscriberid": ref("contacts", contact),
      "subscriberseriesid": ref("contactAutomations", entry),
      "timespan": .count(draft.random.below(9)), "tstamp": draft.created, "goal": goal,
      "automation": automation, "contact": ref("contacts", contact),
      "contactAutomation": ref("contactAutomations", entry), "id": .count(draft.id),
    ]
  }

  private func contactConversion(_ draft: inout Draft) -> Fields {
    let contact = elder(&draft, "contactConversions", among: "contacts")
    let trigger = ref("conversionTriggers", draft.index)
    let campaign = ref("campaigns", draft.index)
    return [
      "contact": ref("contacts", contact), "conversion": ref("conversions", draft.index),
      "conversion_trigger": trigger, "converted_by_type": "campaign", "converted_by_id": campaign,
      "trigger_type": "pagevisit", "modifier": .text(draft.index % 2 == 0 ? "" : "once"),
      "value": .count(draft.random.within(1...500) * 10), "currency": "usd",
      "dynamic": .flag(draft.index % 3 == 0), "cdate": draft.created, "conversiontrigger": trigger,
      "converted_by": campaign, "id": .count(draft.id),
    ]
  }

  private func scoreValue(_ draft: inout Draft) -> Fields {
    let ofDeal = draft.index % 6 == 5
    let contact = elder(&draft, "scoreValues", among: "contacts")
    return [
      "score": ref("scores", draft.index),
      "contact": ofDeal ? nil : ref("contacts", contact),
      "deal": ofDeal ? ref("deals", draft.index) : nil, "cdate": draft.created,
      "mdate": draft.updated, "scoreValue": .count(draft.random.below(120)),
      "id": .count(draft.id),
    ]
  }

  private func geoIP(_ draft: inout Draft) -> Fields {
    let contact = parent(&draft, "geoIps", in: "contacts")
    let place = ref("geoAddresses", draft.index)
    return [
      "contact": ref("contacts", contact), "campaignid": ref("campaigns", draft.index),
      "messageid": ref("messages", draft.index), "geoaddrid": place,
      "ip4": .count(2_130_706_433 + draft.index), "tstamp": draft.created, "geoAddress": place,
      "id": .count(draft.id),
    ]
  }

  private func geoAddress(_ draft: inout Draft) -> Fields {
    [
      "ip4": .count(2_130_706_433 + draft.index), "country2": "DE", "country": "Germany",
      "state": "Brandenburg", "city": .text(draft.random.pick(Words.cities)),
      "zip": .count(10_000 + draft.random.below(80_000)), "area": "0",
      "lat": .text("52.\(100_000 + draft.random.below(800_000))"),
      "lon": .text("-102.\(100_000 + draft.random.below(800_000))"), "tz": "Europe/Berlin",
      "tstamp": draft.created, "id": .count(draft.id),
    ]
  }

  /// A page that a contact looked at, or an event that the site told.
  private func trackingLog(_ draft: inout Draft) -> Fields {
    let contact = elder(&draft, "trackingLogs", among: "contacts")
    let isPage = draft.index % 3 != 0
    let owner = contactRef(contact, &draft)
    return [
      "subscriberid": owner,
      "type": isPage ? "pagevisit" : .text(Self.eventName(draft.index)),
      "value": .text(
        isPage ? "https://example.com/\(draft.random.below(90))?utm_source=mail" : "Löschen “x”"),
      "tstamp": draft.created, "hash": .text(draft.random.hex(32)), "contact": owner,
      "id": .count(draft.id),
    ]
  }

  private func plusAppend(_ draft: inout Draft) -> Fields {
    let contact = parent(&draft, "plusAppends", in: "contacts")
    let looked: RowValue = draft.index % 2 == 0 ? draft.createdWall : nil
    return [
      "contact": ref("contacts", contact), "last_updated_rapleaf": looked,
      "last_updated_fliptop": looked, "last_updated_fullcontact": looked,
      "imageUrl": .text("https://example.com/faces/\(draft.id).png"), "membershipsFacebook": "",
      "membershipsTwitter": "https://example.com/twitter", "membershipsLinkedin": "",
      "id": .count(draft.id),
    ]
  }
}
