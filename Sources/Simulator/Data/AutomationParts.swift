extension Generator {
  /// The parts of automations, and what they count.
  static let automationMakers: [String: RowMaker] = [
    "automationBlocks": { $0.automationBlock(&$1) }, "goals": { $0.goal(&$1) },
    "conversions": { $0.conversion(&$1) }, "conversionTriggers": { $0.conversionTrigger(&$1) },
    "scores": { $0.score(&$1) }, "siteMessages": { $0.siteMessage(&$1) }, "sms": { $0.sms(&$1) },
  ]

  /// A step; every one but an automation's first hangs below the one before.
  private func automationBlock(_ draft: inout Draft) -> Fields {
    let automation = parent(&draft, "automationBlocks", in: "automations")
    let first = children(
      of: automation, count("automationBlocks"), among: count("automations")
    ).lowerBound
    let order = draft.index - first
    return [
      "automation": ref("automations", automation),
      "parent": order > 0 ? ref("automationBlocks", draft.index - 1) : "0",
      "ordernum": .count(order),
      "params": order == 0
        ? [] : ["type": .text(["send", "wait", "goal"][order % 3]), "delay": .number(order * 60)],
      "deleted": .flag(draft.index % 23 == 22), "cdate": draft.created, "mdate": draft.updated,
      "id": .count(draft.id),
    ]
  }

  private func goal(_ draft: inout Draft) -> Fields {
    let automation = parent(&draft, "goals", in: "automations")
    let own = children(of: automation, count("automationBlocks"), among: count("automations"))
    let block = ref("automationBlocks", own.last ?? 0)
    return [
      "blockid": block, "seriesid": ref("automations", automation),
      "name": .text("Wants a \(draft.random.pick(Words.topics))"), "cdate": draft.created,
      "dirty_stats": .flag(draft.index % 2 == 0), "automation": ref("automations", automation),
      "automationBlock": block, "id": .count(draft.id),
    ]
  }

  private func conversion(_ draft: inout Draft) -> Fields {
    [
      "name": .text("Conversion: \(draft.random.pick(Words.topics))"),
      "value": .count(draft.random.within(1...90) * 100), "currency": "usd",
      "limit": .count(draft.index % 3), "enforcelimit": .flag(draft.index % 2 == 0),
      "cdate": draft.created, "udate": draft.updated, "id": .count(draft.id),
    ]
  }

  private func conversionTrigger(_ draft: inout Draft) -> Fields {
    let conversion = parent(&draft, "conversionTriggers", in: "conversions")
    return [
      "conversion": ref("conversions", conversion), "trigger_type": "pagevisit",
      "modifier": "contains", "value": .text("https://example.com/thanks/\(draft.id)"),
      "dynamic": .flag(draft.index % 2 == 0), "retroactive": "0", "cdate": draft.created,
      "udate": draft.updated, "automationBlock": ref("automationBlocks", draft.index),
      "id": .count(draft.id),
    ]
  }

  private func score(_ draft: inout Draft) -> Fields {
    [
      "reltype": draft.index % 4 == 3 ? "deal" : "contact",
      "name": .text("\(draft.random.pick(Words.topics)) score"),
      "descript": .text(draft.index % 3 == 2 ? "" : "+50 points when someone clicks any link"),
      "status": .count(draft.index % 5 == 4 ? 0 : 1), "cdate": draft.created,
      "mdate": draft.updated, "id": .count(draft.id),
    ]
  }

  private func siteMessage(_ draft: inout Draft) -> Fields {
    [
      "name": .text("Banner \(draft.id)"), "automation": ref("automations", draft.index),
      "template": ["layout": "bar", "position": "bottom", "colour": "#19CCA3"],
      "ldate": draft.index % 2 == 0 ? draft.updated : nil, "id": .count(draft.id),
    ]
  }

  private func sms(_ draft: inout Draft) -> Fields {
    let automation = ref("automations", draft.index)
    let user = author(&draft)
    let sent = draft.random.below(400)
    return [
      "userid": user, "seriesid": automation, "msg": "Hallo %FIRSTNAME% 👋", "tstamp": draft.created,
      "tf_day": "mon,tue,wed", "tf_hr_from": "9", "tf_hr_to": "18", "sent": .count(sent),
      "failed": .count(sent / 40), "unsubscribes": .count(sent / 90), "replies": .count(sent / 20),
      "uniquereplies": .count(sent / 25), "sdate": draft.created,
      "ldate": draft.index % 3 == 0 ? nil : draft.updated, "user": user,
      "automation": automation, "id": .count(draft.id),
    ]
  }
}
