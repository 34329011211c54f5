extension Generator {
  /// What is sent.
  static let mailMakers: [String: RowMaker] = [
    "links": { $0.link(&$1) }, "campaignLists": { $0.campaignList(&$1) },
    "campaignMessages": { $0.campaignMessage(&$1) }, "messages": { $0.message(&$1) },
    "templates": { $0.template(&$1) }, "savedResponses": { $0.savedResponse(&$1) },
    "sms/lists": { $0.smsList(&$1) }, "personalizations": { $0.personalization(&$1) },
    "sms/broadcasts": { $0.broadcast(&$1) },
  ]

  /// The place of the mailing whose message lies at a place.
  func campaign(ofMessage index: Int) -> Int {
    parent(of: index, count("campaignMessages"), among: count("campaigns"))
  }

  /// The place of a mailing's first message.
  func firstMessage(of campaign: Int) -> Int {
    children(of: campaign, count("campaignMessages"), among: count("campaigns")).first ?? 0
  }

  /// The place of the message that holds a link.
  func message(ofLink index: Int) -> Int {
    parent(of: index, count("links"), among: count("campaignMessages"))
  }

  /// Whether the link at a place is the picture that tells opens: every message's first.
  func isPixel(_ index: Int) -> Bool {
    let message = message(ofLink: index)
    return children(of: message, count("links"), among: count("campaignMessages")).first == index
  }

  /// A mailing's counter, as far as it falls to one of its parts.
  private func share(_ key: String, of campaign: Fields, _ part: Int, in parts: Range<Int>) -> Int {
    guard case .text(let text) = campaign[key], let sum = Int(text), parts.contains(part) else {
      return 0
    }
    let place = part - parts.lowerBound
    return sum * (place + 1) / parts.count - sum * place / parts.count
  }

  /// The fields of a generated mailing.
  private func campaignFields(_ index: Int) -> Fields {
    guard let resource = Resource.byPath["campaigns"], count("campaigns") > 0 else { return [:] }
    return fields(of: resource, index: index, id: id("campaigns", index), life: nil)
  }

  /// The statistics of a mailing's message: those of its messages add up to its own.
  private func campaignMessage(_ draft: inout Draft) -> Fields {
    let index = parent(&draft, "campaignMessages", in: "campaigns")
    let parts =
      isGenerated("campaignMessages", draft)
      ? children(of: index, count("campaignMessages"), among: count("campaigns")) : 0..<0
    let campaign = campaignFields(index)
    let counters = [
      "send_amt", "total_amt", "opens", "uniqueopens", "linkclicks", "uniquelinkclicks",
      "subscriberclicks", "forwards", "uniqueforwards", "hardbounces", "softbounces",
      "unsubscribes", "unsubreasons", "updates", "socialshares", "replies", "uniquereplies",
    ].map { ($0, RowValue.count(share($0, of: campaign, draft.index, in: parts))) }
    let percentage = parts.isEmpty ? 100 : 100 / parts.count
    return [
      "messageid": ref("messages", draft.index), "campaignid": ref("campaigns", index),
      "percentage": .count(percentage), "sourcesize": .count(draft.random.within(900...90_000)),
    ] + Fields(counters) + [
      "spamcheck_score": .text("0.\(draft.index % 10)"), "spamcheck_max": "5.0",
      "initial_split_percentage": .count(percentage),
      "screenshot": .text("//example.com/_screenshot_/\(draft.random.hex(8)).jpg"),
      "subject": .text("\(draft.random.pick(Words.seasons)): \(draft.random.pick(Words.topics))"),
      "campaign": ref("campaigns", index), "message": ref("messages", draft.index),
      "id": .count(draft.id),
    ]
  }

  private func campaignList(_ draft: inout Draft) -> Fields {
    let campaign = parent(&draft, "campaignLists", in: "campaigns")
    let own = children(of: campaign, count("campaignLists"), among: count("campaigns"))
    // One after the other, so that no mailing goes to one list twice.
    let list = campaign + draft.index - own.lowerBound
    let user = author(&draft)
    return [
      "campaignid": ref("campaigns", campaign), "listid": ref("lists", list), "userid": user,
      "list_amt": .count(counts.contactsPerList[list % max(1, count("lists")), default: 0]),
      "cdate": draft.created, "udate": draft.updated,
      "name": .text("List \(id("lists", list))"), "user": user, "list": ref("lists", list),
      "campaign": ref("campaigns", campaign), "id": .count(draft.id),
    ]
  }

  /// A link of a message; the clicks on a mailing's links add up to the mailing's own.
  private func link(_ draft: inout Draft) -> Fields {
    let message = message(ofLink: draft.index)
    let index = campaign(ofMessage: message)
    if count("campaigns") > 0 { draft.follow(life("campaigns", at: index)) }
    let isPixel = isPixel(draft.index)
    let url = "https://example.com/\(draft.random.pick(Words.topics))?"
    let clicks = isGenerated("links", draft) && !isPixel ? clicks(on: draft.index, of: index) : nil
    return [
      "campaignid": ref("campaigns", index), "messageid": ref("messages", message),
      "link": .text(
        isPixel
          ? "open" : url + "utm_source=ActiveCampaign&utm_medium=email&utm_campaign=\(draft.id)"),
      "name": .text(isPixel ? "Read Tracker" : draft.index % 4 == 1 ? "" : "Größe & mehr"),
      "ref": draft.index % 5 == 4 ? "button" : "", "tracked": "1",
      "campaign": ref("campaigns", index),
      "message": draft.index % 11 == 10 ? nil : ref("messages", message),
      "uniquelinkclicks": .count(clicks?.unique ?? 0), "linkclicks": .count(clicks?.all ?? 0),
      "created_timestamp": draft.createdWall, "updated_timestamp": draft.updatedWall,
      "created_by": draft.index % 3 == 0 ? author(&draft) : nil,
      "updated_by": draft.index % 4 == 0 ? author(&draft) : nil, "id": .count(draft.id),
    ]
  }

  private func clicks(on link: Int, of campaign: Int) -> (all: Int, unique: Int) {
    let messages = children(of: campaign, count("campaignMessages"), among: count("campaigns"))
    let links = messages.flatMap {
      children(of: $0, count("links"), among: count("campaignMessages"))
    }.filter { !isPixel($0) }
    guard let place = links.firstIndex(of: link) else { return (0, 0) }
    let fields = campaignFields(campaign)
    return (
      share("linkclicks", of: fields, place, in: 0..<links.count),
      share("uniquelinkclicks", of: fields, place, in: 0..<links.count)
    )
  }

  private func message(_ draft: inout Draft) -> Fields {
    let user = author(&draft)
    let topic = draft.random.pick(Words.topics)
    let link = "https://example.com/\(topic)?a=1&b=2"
    let text = "Hallo %FIRSTNAME%,\r\n\r\n\(draft.random.pick(Words.sentences))\r\n\(link)"
    return [
      "userid": user, "ed_instanceid": "0", "ed_version": "1", "cdate": draft.created,
      "mdate": draft.updated, "name": .text("\(topic) \(draft.id)"),
      "fromname": .text(draft.random.pick(Words.companies)), "fromemail": "news@example.com",
      "reply2": "reply@example.com", "priority": "3", "charset": "utf-8",
      "encoding": "quoted-printable", "format": "mime",
      "subject": .text("Update your \"\(topic)\" – %LISTNAME% 🎉"),
      "preheader_text": .text(draft.index % 2 == 0 ? "" : "Read on"), "text": .text(text),
      "html": .text(
        "<html><body style='margin:0'><p>Hallo %FIRSTNAME%,</p>\n"
          + "<p><a href=\"\(link)\">\(topic)</a></p></body></html>"),
      "htmlfetch": "now", "textfetch": "now", "hidden": .flag(draft.index % 9 == 8),
      "preview_mime": "", "preview_data": draft.index % 2 == 0 ? nil : "", "user": user,
      "has_predictive_content": "0", "language_code": .text(draft.index % 4 == 0 ? "de" : ""),
      "source": .text(draft.index % 2 == 0 ? "designer" : ""), "id": .count(draft.id),
    ]
  }

  private func template(_ draft: inout Draft) -> Fields {
    [
      "userid": author(&draft), "ed_instanceid": "0", "ed_version": "0",
      "name": .text("Template \(draft.id)"), "subject": draft.index % 3 == 0 ? "Hallo" : nil,
      "content": .text("<table><tr><td>\(draft.random.pick(Words.sentences))</td></tr></table>"),
      "categoryid": "1", "used": .count(draft.random.below(9)), "waitpreview": "1",
      "importnum": "0",
      // Like some other dates of templates it comes without an offset.
      "mdate": draft.updatedWall, "preview_content": draft.index % 4 == 0 ? "Hallo" : nil,
      "modified": "1", "hidden": .flag(draft.index % 7 == 6),
      "screenshot": .text(draft.index % 2 == 0 ? "" : "//example.com/t/\(draft.id).png"),
      "id": .count(draft.id),
    ]
  }

  private func savedResponse(_ draft: inout Draft) -> Fields {
    let isSent = draft.index % 2 == 0
    return [
      "title": .text("About \(draft.random.pick(Words.topics))"), "subject": "Re: your question",
      "body": .text("<p>\(draft.random.pick(Words.sentences))</p>"),
      "ldate": isSent ? draft.updated : nil,
      "last_sent_user_id": isSent ? author(&draft) : nil, "cdate": draft.created,
      "mdate": isSent ? draft.updated : nil, "id": .count(draft.id),
    ]
  }

  private func personalization(_ draft: inout Draft) -> Fields {
    let lists = Set([id("lists", draft.index), id("lists", draft.index + 1)]).sorted()
    return [
      "name": .text("snippet \(draft.id)"), "tag": .text("snippet-\(draft.id)"),
      "format": .text(draft.index % 2 == 0 ? "html" : "text"),
      "content": .text("<b>\(draft.random.pick(Words.companies))</b>"),
      "listIds": .text(lists.map(String.init).joined(separator: ",")),
      "listNames": .text(lists.map { "List \($0)" }.joined(separator: ",")),
      "listsCount": .count(lists.count), "isLocked": .bool(draft.index % 3 == 2),
      "id": .count(draft.id),
    ]
  }

  /// A list of the service for text messages: no relative of the lists of contacts.
  private func smsList(_ draft: inout Draft) -> Fields {
    [
      "id": .number(draft.id), "name": .text("Text messages \(draft.id)"),
      "created_at": .text(UTCTime.iso(draft.life.created)),
      "updated_at": .text(UTCTime.iso(draft.life.updated)),
    ]
  }

  /// A text message to many, of a newer service: real numbers, and times in UTC.
  private func broadcast(_ draft: inout Draft) -> Fields {
    let isSent = draft.index % 2 == 0
    let user = RowValue.number(anyUser(&draft.random))
    let created = RowValue.text(UTCTime.iso(draft.life.created))
    return [
      "id": .number(draft.id), "name": .text("Broadcast \(draft.id)"), "address_id": .number(1),
      "body": "Sale today 🎉 https://example.com/s", "media_urls": ["https://example.com/a.png"],
      "preview_url": .text("https://example.com/p/\(draft.id)"),
      "shorten_track_links_enabled": .bool(isSent), "status": isSent ? "sent" : "draft",
      "sent_date": isSent ? created : nil, "scheduled_date": isSent ? created : nil,
      "custom_run_id": isSent ? .text(uuidText("runs", draft.id)) : nil,
      "custom_segment_id": isSent ? .text(uuidText("audiences", draft.id)) : nil,
      "scheduled_by": isSent ? user : nil,
      "sent_to_count": .number(isSent ? draft.random.below(900) : 0), "created_at": created,
      "created_by": user, "updated_at": .text(UTCTime.iso(draft.life.updated)),
      "updated_by": user, "deleted_at": draft.index % 9 == 8 ? created : nil,
      "sift_approved": .number(1), "arc_approved": .number(isSent ? 1 : 0),
      "quiet_hours_enabled": .number(0),
      "list_ids": .array([.number(id("lists", draft.index))]),
      "segment_id": isSent ? .text(uuidText("audiences", draft.id)) : nil, "label_ids": [],
    ]
  }
}
