extension Generator {
  /// What became of what was sent.
  static let logMakers: [String: RowMaker] = [
    "logs": { $0.log(&$1) }, "linkData": { $0.linkDatum("linkData", &$1) },
    "mppLinkData": { $0.linkDatum("mppLinkData", &$1) },
    "emailActivities": { $0.emailActivity(&$1) }, "bounceLogs": { $0.bounceLog(&$1) },
    "activities": { $0.activity(&$1) }, "activityRecipients": { $0.activityRecipient(&$1) },
  ]

  /// A delivered mail.
  private func log(_ draft: inout Draft) -> Fields {
    let contact = elder(&draft, "logs", among: "contacts")
    let message = elder(&draft, "logs", among: "campaignMessages")
    let campaign = ref("campaigns", campaign(ofMessage: message))
    draft.follow(life("campaigns", at: self.campaign(ofMessage: message)))
    let owner = contactRef(contact, &draft)
    return [
      "subscriberid": owner, "campaignid": campaign, "messageid": ref("messages", message),
      "sendid": .count(900_000 + draft.id), "successful": .flag(draft.index % 50 != 49),
      "tstamp": draft.created, "contact": owner, "campaign": campaign,
      "message": ref("messages", message), "id": .count(draft.id),
    ]
  }

  /// An open, if the link is the picture that tells opens, else a click; for `mppLinkData` a picture
  /// that a mail program fetched by itself.
  private func linkDatum(_ path: String, _ draft: inout Draft) -> Fields {
    let contact = elder(&draft, path, among: "contacts")
    var link = elder(&draft, path, among: "links")
    let message = message(ofLink: link)
    let isMachine = path == "mppLinkData"
    if isMachine {
      link = children(of: message, count("links"), among: count("campaignMessages")).first ?? link
    }
    draft.follow(life("campaigns", at: campaign(ofMessage: message)))
    let isRead = isPixel(link)
    return [
      "subscriberid": contactRef(contact, &draft),
      "campaignid": ref("campaigns", campaign(ofMessage: message)),
      "messageid": ref("messages", message), "linkid": ref("links", link),
      "link": ref("links", link), "isread": isMachine ? "2" : .flag(isRead),
      "times": .count(draft.random.within(1...4)),
      "ip": .text("192.0.2.\(draft.random.below(256))"),
      "ip6": .text(draft.index % 7 == 6 ? "2001:db8::\(draft.random.below(999))" : ""),
      "ua": "Mozilla/5.0 (X11; Linux x86_64)", "uasrc": .text(isRead ? "mail" : "web"),
      "referer": .text(draft.index % 5 == 4 ? "https://example.com/inbox" : ""),
      "tstamp": draft.created, "created_timestamp": draft.createdWall, "id": .count(draft.id),
    ]
  }

  /// A mail to one contact, from a mailing or from a user.
  private func emailActivity(_ draft: inout Draft) -> Fields {
    let contact = elder(&draft, "emailActivities", among: "contacts")
    let log = elder(&draft, "emailActivities", among: "logs")
    let ofUser = draft.index % 4 == 0
    let user = ofUser ? author(&draft) : "0"
    let owner = contactRef(contact, &draft)
    let deal: RowValue = draft.index % 6 == 0 ? ref("deals", draft.index) : nil
    let account: RowValue = draft.index % 8 == 0 ? ref("accounts", draft.index) : nil
    let topic = draft.random.pick(Words.topics)
    return [
      "subscriberid": owner, "userid": user, "d_id": deal == nil ? "0" : deal, "account": account,
      "reltype": .text(ofUser ? "SubscriberEmail" : "Log"),
      "relid": ofUser ? ref("contactEmails", draft.index) : ref("logs", log),
      "from_name": .text(draft.random.pick(Words.companies)),
      "cc_address": .text(draft.index % 9 == 8 ? "copy@example.com" : ""),
      "subject": .text("About \(topic), %FIRSTNAME% 👋"),
      "message": .text(draft.random.pick(Words.sentences)),
      "message_html": .text("<p>About <b>\(topic)</b></p>"), "tstamp": draft.created,
      "contact": owner, "deal": deal, "user": ofUser ? user : nil,
      "reference": [
        "type": ofUser ? "contact-email" : "log",
        "id": ofUser ? ref("contactEmails", draft.index) : ref("logs", log),
      ],
      "fromAddress": "news@example.com", "toAddress": "ann@example.com",
      "automation_name": draft.index % 30 == 7 ? "Follow-up" : nil, "id": .count(draft.id),
    ]
  }

  private func bounceLog(_ draft: inout Draft) -> Fields {
    let contact = elder(&draft, "bounceLogs", among: "contacts")
    let message = elder(&draft, "bounceLogs", among: "campaignMessages")
    draft.follow(life("campaigns", at: campaign(ofMessage: message)))
    let owner = contactRef(contact, &draft)
    let campaign = ref("campaigns", campaign(ofMessage: message))
    // The code comes as a text or as a number.
    let code = [48, 511, 421][draft.index % 3]
    let user: RowValue = draft.index % 4 == 1 ? author(&draft) : nil
    return [
      "tstamp": draft.created, "bounceid": "1", "subscriberid": owner, "campaignid": campaign,
      "messageid": ref("messages", message),
      "codeid": .count(code), "email": .text("gone\(draft.id)@example.com"),
      "error": .text(draft.index % 2 == 0 ? "" : "550 5.1.1 User unknown; \"gone\""),
      "source": "Return-Path: <>\r\nReceived: from mail.example.com\r\n\tby mx.example.net",
      "created_timestamp": draft.createdWall, "updated_timestamp": draft.updatedWall,
      "created_by": user, "updated_by": user, "bounce": "1", "contact": owner,
      "campaign": campaign, "message": ref("messages", message),
      "code": draft.index % 2 == 0 ? .count(code) : .number(code), "id": .count(draft.id),
    ]
  }

  /// What activities point at: the type, the model's name, and where its rows are listed.
  private static let references = [
    ("Log", "log", "logs"), ("LinkData", "link-datum", "linkData"),
    ("SubscriberSeries", "contact-automation", "contactAutomations"),
    ("SubscriberList", "contact-list", "contactLists"), ("DealTask", "deal-task", "dealTasks"),
    ("Note", "note", "notes"), ("SubscriberEmail", "contact-email", "contactEmails"),
    ("MppLinkData", "mpp-link-datum", "mppLinkData"),
  ]

  private func activity(_ draft: inout Draft) -> Fields {
    let contact = elder(&draft, "activities", among: "contacts")
    let (type, model, path) = Self.references[draft.index % Self.references.count]
    let reference = id(path, elder(&draft, "activities", among: path))
    let user = author(&draft)
    let own = childIDs("activityRecipients", of: draft.index, in: "activities")
    return [
      "tstamp": draft.created, "subscriberid": contactRef(contact, &draft),
      "reference_type": .text(type), "reference_id": .count(reference),
      "reference_action": .text(draft.index % 3 == 0 ? "" : "add"),
      // JSON inside a text.
      "jsonData": draft.index % 5 == 4
        ? .text("{\"title\":\"\(draft.random.pick(Words.topics))\",\"old\":null}") : nil,
      "userid": user, "permission": "", "referenceModelName": .text(model),
      "notes": type == "Note" ? .ids([reference]) : [],
      "recipients": isGenerated("activities", draft) ? .ids(own) : [],
      "reference": ["type": .text(model), "id": .count(reference)], "user": user,
      "id": .count(draft.id),
    ]
  }

  /// Whom an activity reached; it has no id of its own.
  private func activityRecipient(_ draft: inout Draft) -> Fields {
    let activity = parent(of: draft.index, count("activityRecipients"), among: count("activities"))
    let contact = ref("contacts", draft.index)
    return [
      "reltype": "Subscriber", "relid": contact, "activityid": ref("activities", activity),
      "recipient": ["type": "contact", "id": contact],
    ]
  }
}
