extension Generator {
  func contact(_ id: Int, _ index: Int, _ life: Life, _ random: inout Random) -> Fields {
    let first = random.once(in: 60) ? random.pick(Words.oddNames) : random.pick(Words.firstNames)
    let last = random.once(in: 60) ? random.pick(Words.oddNames) : random.pick(Words.lastNames)
    let domain = random.pick(Words.domains)
    let mailbox = "\(Self.ascii(first)).\(Self.ascii(last)).\(id)"
    let hasCompany = random.once(in: 4)
    let identity: Fields = [
      "cdate": .text(CentralTime.iso(life.created)),
      "email": .text("\(mailbox)@\(domain)"),
      "phone": .text(random.once(in: 3) ? "+1555\(1_000_000 + random.below(8_999_999))" : ""),
      "firstName": .text(first), "lastName": .text(last),
      "orgid": .count(hasCompany ? self.id("accounts", index) : 0),
      "orgname": .text(hasCompany ? random.pick(Words.companies) : ""),
      "segmentio_id": .text(random.once(in: 9) ? random.hex(20) : ""),
      "email_local": .text(random.once(in: 2) ? mailbox : ""),
      "email_domain": .text(random.once(in: 9) ? "" : domain),
      "hash": .text(random.hex(32)), "gravatar": .flag(random.once(in: 5)),
      "email_empty": .bool(false),
    ]
    return identity + contactMail(life, &random) + contactTimes(life, &random)
      + contactChildren(id, index, &random)
  }

  private func contactMail(_ life: Life, _ random: inout Random) -> Fields {
    let bounced = random.once(in: 30)
    let opened = random.once(in: 2) ? life.moment(&random) : nil
    return [
      "bounced_hard": .count(bounced && random.once(in: 3) ? 1 : 0),
      "bounced_soft": .count(bounced ? random.within(1...3) : 0),
      "bounced_date": bounced
        ? .text(CentralTime.day(life.moment(&random))) : random.once(in: 2) ? "0000-00-00" : nil,
      "ip": .count(random.once(in: 3) ? 2_130_706_433 + random.below(99_999) : 0),
      "ua": random.once(in: 3) ? "Mozilla/5.0 (X11; Linux x86_64)" : nil,
      "sentcnt": .count(random.below(60)),
      "mpp_tracking": .flag(random.once(in: 6)),
      "last_open_date": .optional(opened.map(CentralTime.iso)),
      "last_click_date": .optional(random.once(in: 3) ? opened.map(CentralTime.iso) : nil),
      "last_mpp_open_date": .optional(random.once(in: 6) ? opened.map(CentralTime.iso) : nil),
      "best_send_hour": .optional(random.once(in: 3) ? String(random.below(24)) : nil),
      "sms_consent": .text(random.once(in: 8) ? "granted" : ""),
      "sms_consent_updated_at": random.once(in: 8)
        ? .text(CentralTime.iso(life.moment(&random))) : nil,
      "whatsapp_id": .optional(random.once(in: 12) ? random.hex(16) : nil),
      "whatsapp_username": .optional(random.once(in: 12) ? "user_\(random.hex(6))" : nil),
    ]
  }

  private func contactTimes(_ life: Life, _ random: inout Random) -> Fields {
    // Some rows have only a creation time; on some the system's own touch is later than the edit.
    let isUntouched = life.updated == life.created && life.created < life.now && random.once(in: 15)
    let touched = random.once(in: 20) ? min(life.now, life.updated + 86400) : life.updated
    let wall = CentralTime.wall(touched)
    return [
      "udate": isUntouched ? nil : .text(CentralTime.iso(life.updated)),
      "adate": .optional(random.once(in: 2) ? CentralTime.iso(life.moment(&random)) : nil),
      "edate": .optional(random.once(in: 25) ? CentralTime.iso(life.moment(&random)) : nil),
      "socialdata_lastcheck": random.once(in: 3)
        ? "0000-00-00 00:00:00"
        : .optional(random.once(in: 9) ? CentralTime.wall(life.moment(&random)) : nil),
      "rating_tstamp": random.once(in: 3)
        ? "0000-00-00"
        : .optional(random.once(in: 9) ? CentralTime.wall(life.moment(&random)) : nil),
      "deleted": "0", "anonymized": "0",
      "deleted_at": random.once(in: 3)
        ? "0000-00-00 00:00:00"
        : .optional(random.once(in: 90) ? CentralTime.wall(life.moment(&random)) : nil),
      "created_utc_timestamp": .text(CentralTime.wall(life.created)),
      "updated_utc_timestamp": .text(wall),
      "created_timestamp": .text(CentralTime.wall(life.created)),
      "updated_timestamp": .text(wall),
      "created_by": random.once(in: 3) ? .count(anyUser(&random)) : nil,
      "updated_by": random.once(in: 4) ? .count(anyUser(&random)) : nil,
    ]
  }

  private func contactChildren(_ id: Int, _ index: Int, _ random: inout Random) -> Fields {
    // A row that is added later has no children yet.
    let isGenerated = self.id("contacts", index) == id
    func children(_ path: String) -> RowValue {
      isGenerated ? .ids(childIDs(path, of: index, in: "contacts")) : []
    }
    return [
      "scoreValues": [],
      "contactAutomations": children("contactAutomations"),
      "contactLists": children("contactLists"),
      "fieldValues": children("fieldValues"), "geoIps": children("geoIps"),
      "deals": children("deals"), "accountContacts": children("accountContacts"),
      "id": .count(id),
      "organization": .optional(
        random.once(in: 20) ? String(self.id("organizations", random.below(40))) : nil),
    ]
  }

  func contactTag(_ id: Int, _ index: Int, _ life: Life, _ random: inout Random) -> Fields {
    [
      "contact": .count(parentID("contactTags", of: index, in: "contacts")),
      "tag": .count(self.id("tags", tagIndex(of: index))),
      "cdate": .text(CentralTime.iso(life.created)),
      "created_timestamp": .text(CentralTime.wall(life.created)),
      "updated_timestamp": .text(CentralTime.wall(life.created)),
      "created_by": random.once(in: 5) ? .count(anyUser(&random)) : nil,
      "updated_by": random.once(in: 9) ? .count(anyUser(&random)) : nil,
      "id": .count(id),
    ]
  }

  /// Which tag the contact tag at a place carries: no contact has one twice.
  func tagIndex(of index: Int) -> Int {
    spread(index, "contactTags", among: size.tags)
  }

  /// Deals out targets so that one contact's children have different ones.
  private func spread(_ index: Int, _ path: String, among targets: Int) -> Int {
    let count = ids[path]?.count ?? 0
    let contact = parent(of: index, count, among: size.contacts)
    let first = children(of: contact, count, among: size.contacts).lowerBound
    // Squaring makes some tags and lists much larger than others.
    let draw = Int(Random.mix(seed ^ UInt64(contact)) % 1000)
    return (draw * draw * max(1, targets) / 1_000_000 + index - first) % max(1, targets)
  }

  func contactList(_ id: Int, _ index: Int, _ life: Life, _ random: inout Random) -> Fields {
    let status = membershipStatus(id)
    let left = status == 2 ? life.moment(&random) : nil
    let membership: Fields = [
      "contact": .count(parentID("contactLists", of: index, in: "contacts")),
      "list": .count(self.id("lists", listIndex(of: index))),
      "form": .optional(count: random.once(in: 6) ? self.id("forms", index) : nil),
      "seriesid": "0", "sdate": .text(CentralTime.iso(life.created)),
      "udate": .optional(left.map(CentralTime.iso)),
      "status": .count(status), "responder": "1", "sync": "0",
      "unsubreason": left == nil ? nil : "Too many e-mails",
      "campaign": .optional(count: left == nil ? nil : self.id("campaigns", index)),
      "message": left == nil ? nil : ref("messages", index),
      "first_name": .text(random.pick(Words.firstNames)),
      "last_name": .text(random.pick(Words.lastNames)),
    ]
    return membership + [
      "ip4Sub": "0", "sourceid": .count(random.below(5)),
      "autosyncLog": index % 40 == 7 ? .count(index) : nil, "ip4_last": "0",
      "ip4Unsub": "0",
      "unsubscribeAutomation": left != nil && index % 3 == 0 ? ref("automations", index) : nil,
      "automation": index % 12 == 5 ? ref("automations", index) : nil,
      "created_timestamp": .text(CentralTime.wall(life.created)),
      "updated_timestamp": .text(CentralTime.wall(left ?? life.created)),
      "created_by": index % 9 == 4 ? ref("users", index) : nil,
      "updated_by": index % 9 == 4 ? ref("users", index) : nil, "channel": "email",
      "id": .count(id),
    ]
  }

  /// Most memberships are active; some are unsubscribed, bounced or unconfirmed.
  func membershipStatus(_ id: Int) -> Int {
    [1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 0][Int(Random.mix(seed ^ UInt64(id) &* 13) % 11)]
  }

  /// Which list the membership at a place is of.
  func listIndex(of index: Int) -> Int {
    spread(index, "contactLists", among: size.lists)
  }

  func accountContact(_ id: Int, _ index: Int, _ life: Life, _ random: inout Random) -> Fields {
    [
      "account": .count(self.id("accounts", accountIndex(of: index))),
      "contact": .count(parentID("accountContacts", of: index, in: "contacts")),
      "jobTitle": .text(random.pick(Words.jobs)),
      "createdTimestamp": .text(CentralTime.iso(life.created)),
      "updatedTimestamp": .text(CentralTime.iso(life.updated)), "id": .count(id),
    ]
  }

  /// Which company the person at a place works for.
  func accountIndex(of index: Int) -> Int {
    index % max(1, size.accounts)
  }

  /// The letters and digits of a name that an address may carry.
  static func ascii(_ name: String) -> String {
    let kept = name.unicodeScalars.filter { $0.isASCII && $0.properties.isAlphabetic }
    return kept.isEmpty ? "x" : String(String.UnicodeScalarView(kept)).lowercased()
  }
}
