extension Generator {
  func tag(_ id: Int, _ index: Int, _ life: Life, _ random: inout Random) -> Fields {
    let topic = Words.topics[index % Words.topics.count]
    let kinds = ["interest", "source", "stage", "event", "size"]
    let name =
      index % 17 == 16
      ? "\(random.pick(Words.oddNames)) #\(id)" : "\(kinds[index / 16 % 5]): \(topic) \(id)"
    return [
      "tagType": index % 9 == 8 ? "template" : "contact", "tag": .text(name),
      "description": .text(random.once(in: 3) ? "" : "People who asked about \(topic)"),
      "subscriber_count": .count(counts.contactsPerTag[index, default: 0]),
      "cdate": .text(CentralTime.iso(life.created)),
      "created_timestamp": .text(CentralTime.wall(life.created)),
      "updated_timestamp": .text(CentralTime.wall(life.updated)),
      "created_by": index % 2 == 0 ? .count(anyUser(&random)) : nil,
      "updated_by": index % 3 == 0 ? .count(anyUser(&random)) : nil,
      "deleted": "0", "id": .count(id),
    ]
  }

  func list(_ id: Int, _ index: Int, _ life: Life, _ random: inout Random) -> Fields {
    let season = Words.seasons[index % Words.seasons.count]
    let name = index == 2 ? "VIP “gold” \\ 🥇 customers" : "\(season) newsletter \(id)"
    let owner = anyUser(&random)
    let identity: Fields = [
      "stringid": .text("\(season.lowercased())-newsletter-\(id)"), "userid": .count(owner),
      "name": .text(name), "cdate": .text(CentralTime.iso(life.created)),
      "p_use_tracking": "1", "p_use_analytics_read": "0", "p_use_analytics_link": "0",
      "p_use_twitter": "0", "p_use_facebook": "0", "p_embed_image": "1", "p_use_captcha": "1",
      "send_last_broadcast": .flag(index % 3 == 1), "private": .flag(index % 5 == 4),
      "analytics_domains": index % 4 == 1 ? "example.com" : nil, "analytics_source": "",
      "analytics_ua": .text(index % 4 == 1 ? "UA-000000-1" : ""),
      "twitter_token": .text(index % 4 == 2 ? "not-a-real-token" : ""),
      "twitter_token_secret": .text(index % 4 == 2 ? "not-a-real-secret" : ""),
      "facebook_session": index % 4 == 2 ? "not-a-real-session" : nil,
    ]
    return identity + listSender(index, life, &random) + [
      "created_timestamp": .text(CentralTime.wall(life.created)),
      "updated_timestamp": .text(CentralTime.wall(life.updated)),
      "created_by": index % 2 == 0 ? .count(owner) : nil,
      "updated_by": index % 2 == 0 ? .count(owner) : nil,
      "active_subscribers": .count(counts.activePerList[index, default: 0]),
      "non_deleted_subscribers": .count(counts.contactsPerList[index, default: 0]),
      "channel": "email", "description": .text(index % 2 == 0 ? "What is new this \(season)" : ""),
      "id": .count(id), "user": index % 2 == 0 ? .count(owner) : nil,
    ]
  }

  private func listSender(_ index: Int, _ life: Life, _ random: inout Random) -> Fields {
    let city = random.pick(Words.cities)
    return [
      "carboncopy": index % 4 == 1 ? "archive@example.com" : nil,
      "subscription_notify": index % 4 == 1 ? "team@example.com" : nil,
      "unsubscription_notify": index % 4 == 1 ? "team@example.com" : nil,
      "require_name": .flag(index % 2 == 1), "get_unsubscribe_reason": .flag(index % 3 == 0),
      "to_name": "Subscriber", "optinoptout": "1",
      "sender_name": .text(random.pick(Words.companies)), "sender_addr1": "1 Main St",
      "sender_addr2": .text(index % 3 == 1 ? "Floor 2" : ""), "sender_city": .text(city),
      "sender_state": .text(index % 2 == 0 ? "" : "IL"), "sender_zip": "12345",
      "sender_country": "DE", "sender_phone": .text(index % 2 == 0 ? "" : "+15550100"),
      "sender_url": "https://example.com/",
      "sender_reminder": "You get this because you signed up on our site.",
      "fulladdress": index % 3 == 1 ? .text("1 Main St, \(city)") : nil,
      "optinmessageid": .count(index), "optoutconf": "0",
      "deletestamp": index == 3 ? .text(CentralTime.wall(life.moment(&random))) : nil,
      "udate": index % 7 == 6 ? nil : .text(CentralTime.iso(life.updated)),
    ]
  }

  func form(_ id: Int, _ index: Int, _ life: Life, _ random: inout Random) -> Fields {
    let topic = Words.topics[index % Words.topics.count]
    let texts: Fields = [
      "name": .text("Sign up: \(topic) \(id)"), "action": .text(index % 2 == 0 ? "" : "subscribe"),
      "actiondata": [
        "actions": [
          ["type": "subscribe-to-list", "email": nil, "list": .count(self.id("lists", index))]
        ]
      ],
      "submit": "show-thank-you",
      "submitdata": .object(["url": .text(index % 2 == 0 ? "" : "https://example.com/thanks")]),
      "url": .text(index % 2 == 0 ? "" : "https://example.com/\(topic)"), "layout": "inline-form",
      "title": .text(index % 3 == 0 ? "" : "Ask us about \(topic)"),
      "body": .text(index % 3 == 0 ? "" : "<p class=\"lead\">We answer — fast ⚡</p>"),
      "button": "Submit", "thanks": "Thanks for signing up!",
    ]
    return texts + formLayout(index, topic) + [
      "parentformid": .count(index > 4 ? self.id("forms", index - 4) : 0),
      "userid": .count(anyUser(&random)), "addressid": .count(index % 2),
      "cdate": .text(CentralTime.iso(life.created)), "udate": .text(CentralTime.iso(life.updated)),
      "entries": .count(random.below(900)), "aid": index % 3 == 1 ? "0" : nil,
      "defaultscreenshot": "https://example.com/forms/default.png", "recent": [],
      "contacts": .number(random.below(500)), "deals": .number(random.below(9)),
      "id": .count(id), "address": index % 4 == 1 ? "1" : nil,
    ]
  }

  private func formLayout(_ index: Int, _ topic: String) -> Fields {
    [
      "style": [
        "background": "FFFFFF", "dark": .bool(index % 2 == 1), "fontcolor": "000000",
        "layout": "inline-form",
        // Written as a text by one builder and as a number by the other.
        "border": ["width": index % 2 == 0 ? 5 : "5", "style": "solid", "color": "B0B0B0"],
        "button": ["padding": index % 2 == 0 ? "10" : 10, "background": "0D67AB"],
      ],
      // A list without settings comes as PHP's empty array instead of an object.
      "options": index % 3 == 2
        ? [] : ["blanks_overwrite": true, "confaction": "show", "optin": .bool(index % 2 == 0)],
      "cfields": [
        ["type": "header", "header": .text("Subscribe to \(topic)")],
        ["type": "email", "header": "Email*", "required": true, "id": 1],
      ],
    ]
  }

  func automation(_ id: Int, _ index: Int, _ life: Life, _ random: inout Random) -> Fields {
    let entered = random.below(size.contacts / 2 + 10)
    return [
      "name": .text("\(Words.seasons[index % 6]) follow-up \(id)"),
      "cdate": .text(CentralTime.iso(life.created)), "mdate": .text(CentralTime.iso(life.updated)),
      "userid": .count(anyUser(&random)), "status": .count(index % 3 == 2 ? 2 : 1),
      "entered": .count(entered), "exited": .count(random.below(entered + 1)),
      "hidden": .flag(index % 6 == 5), "defaultscreenshot": "https://example.com/a/default.png",
      "screenshot": .text(index % 4 == 0 ? "" : "https://example.com/a/\(id).png"),
      "entitlements_violation": "0", "source": .count(index % 3),
      "description": index % 2 == 0 ? nil : "Runs after \"checkout\"",
      "exit_on_unsubscribe": .flag(index % 2 == 0), "exit_on_conversion": "0",
      "multientry": "1", "id": .count(id),
    ]
  }
}
