extension Generator {
  /// What the account is set to.
  static let settingMakers: [String: RowMaker] = [
    "addresses": { $0.address(&$1) }, "brandings": { $0.branding(&$1) },
    "calendars": { $0.calendar(&$1) }, "configs": { $0.config(&$1) },
    "webhooks": { $0.webhook(&$1) },
    "webhook/events": { ["name": .text(webhookEvents[$1.index % webhookEvents.count])] },
    "eventTrackingEvents": { ["name": .text(eventName($1.index))] },
    "prism/urlWhitelistings": { $0.whitelisting(&$1) },
    "siteTrackingDomains": { ["name": .text("shop\($1.index).example.com")] },
  ]

  /// Where mails may lead, in the form of JSON:API.
  private func whitelisting(_ draft: inout Draft) -> Fields {
    [
      "type": "urlWhitelisting",
      "attributes": [
        "url": .text("https://shop\(draft.index).example.com"),
        "created_date": .text(UTCTime.iso(draft.life.created)),
      ],
      "id": .text(uuidText("prism/urlWhitelistings", draft.id)),
    ]
  }

  /// The names of all events that webhooks may be told of.
  static let webhookEvents = [
    "bounce", "click", "contact_tag_added", "contact_tag_removed", "deal_add", "deal_note_add",
    "deal_pipeline_add", "deal_stage_add", "deal_task_add", "deal_task_complete",
    "deal_tasktype_add", "deal_update", "forward", "list_add", "open", "reply", "sent", "share",
    "sms_reply", "sms_sent", "sms_unsub", "subscribe", "subscriber_note", "unsubscribe", "update",
  ]

  /// The name of an event that the account's site may tell.
  static func eventName(_ index: Int) -> String {
    let names = ["__pagevisit", "Bought “it”", "cart/emptied", "Größe gewählt"]
    return index < names.count ? names[index] : "event \(index)"
  }

  private func address(_ draft: inout Draft) -> Fields {
    let user: RowValue = draft.index % 2 == 0 ? author(&draft) : nil
    return [
      "companyName": .text(draft.random.pick(Words.companies)), "address1": "1 Main St",
      "address2": draft.index % 2 == 0 ? "" : "Floor 2",
      "city": .text(draft.random.pick(Words.cities)), "state": "Brandenburg", "district": "",
      "zip": "12345", "country": "DE", "allgroup": .flag(draft.index % 2 == 1),
      "isDefault": .flag(draft.index == 0), "created_timestamp": draft.createdWall,
      "updated_timestamp": draft.updatedWall, "created_by": user, "updated_by": user,
      "smsName": .text(draft.index % 3 == 0 ? "ACME" : ""), "id": .count(draft.id),
    ]
  }

  private func branding(_ draft: inout Draft) -> Fields {
    [
      "groupid": ref("groups", draft.index), "siteName": "ActiveCampaign Email Marketing",
      "siteLogo": "https://example.com/logo.png", "siteLogoSmall": "https://example.com/small.png",
      "headerTextValue": "our header", "headerHtmlValue": "<p>our header</p>",
      "footerTextValue": "our footer", "footerHtmlValue": "<p>our \"footer\"</p>",
      "copyright": "1", "version": "1", "license": "1", "help": "1", "adminTemplateHtm": "",
      "adminTemplateCss": "", "publicTemplateHtm": "", "publicTemplateCss": "",
      "favicon": draft.index % 2 == 0 ? "https://example.com/favicon.ico" : nil,
      "admin_template_css_backup": "", "admin_template_htm_backup": "",
      "created_timestamp": draft.createdWall, "updated_timestamp": draft.updatedWall,
      "zendeskWidgetEnabled": .flag(draft.index % 2 == 1), "id": .count(draft.id),
    ]
  }

  private func calendar(_ draft: inout Draft) -> Fields {
    [
      "userid": author(&draft), "title": .text("Calendar \(draft.id)"),
      "type": .text(["All", "Deals", "Tasks"][draft.index % 3]),
      // A secret: whoever knows it reads the calendar.
      "token": .text(draft.random.hex(32)), "notification": "0", "cdate": draft.created,
      "mdate": draft.updated, "id": .count(draft.id),
    ]
  }

  private func config(_ draft: inout Draft) -> Fields {
    let user = author(&draft)
    let section = ["general", "deals", "mail"][draft.index % 3]
    return [
      "keyname": .text("\(section)/setting_\(draft.index)"), "section": .text(section),
      "item": .text("setting_\(draft.index)"), "userid": user,
      "val": .text(draft.index % 4 == 0 ? "" : "{\"a\":\(draft.index)}"), "cdate": draft.created,
      "udate": draft.updated, "created_timestamp": draft.createdWall,
      "updated_timestamp": draft.updatedWall,
      "created_by": draft.index % 2 == 0 ? user : nil,
      "updated_by": draft.index % 2 == 0 ? user : nil, "owner": user, "id": .count(draft.id),
    ]
  }

  private func webhook(_ draft: inout Draft) -> Fields {
    let isOff = draft.index % 3 == 2
    return [
      "cdate": draft.created, "listid": draft.index % 2 == 0 ? "0" : ref("lists", draft.index),
      "name": .text("Hook \(draft.id)"), "url": .text("https://example.com/hooks/\(draft.id)"),
      "events": ["subscribe", "unsubscribe", "sent"], "sources": ["public", "admin", "api"],
      "deactivated_date": isOff ? draft.updated : nil, "state": isOff ? "disabled" : "active",
      "id": .count(draft.id),
    ]
  }
}
