extension Generator {
  /// Every so many fields one is a choice, with so many options.
  static let choiceEvery = 4
  static let optionsPerChoice = 3

  func customField(_ id: Int, _ index: Int, _ life: Life, _ random: inout Random) -> Fields {
    let isChoice = index % Self.choiceEvery == Self.choiceEvery - 1
    let kind = FieldKind.ofContacts[index % FieldKind.ofContacts.count]
    let name = Words.topics[index % Words.topics.count]
    let firstOption = index / Self.choiceEvery * Self.optionsPerChoice
    let options = (0..<Self.optionsPerChoice).map { self.id("fieldOptions", firstOption + $0) }
    let hasOptions = isChoice && self.id("fields", index) == id
    return [
      "title": .text(index == 5 ? "Größe “L” / 尺寸" : "About \(name)"),
      "descript": index % 5 == 4 ? nil : .text("What they said about \(name)"),
      "type": .text(kind.rawValue), "isrequired": .flag(index % 6 == 5),
      "perstag": .text("\(name.uppercased())_\(id)"),
      "defval": index % 3 == 2 ? nil : .text(index % 3 == 0 ? "" : "none"),
      "show_in_list": .flag(index % 2 == 0), "rows": "0", "cols": "0", "visible": "1",
      "service": .text(index % 9 == 8 ? "google" : ""), "ordernum": .count(index + 1),
      "cdate": .text(CentralTime.iso(life.created)), "udate": .text(CentralTime.iso(life.updated)),
      "created_timestamp": .text(CentralTime.wall(life.created)),
      "updated_timestamp": .text(CentralTime.wall(life.updated)),
      "created_by": index % 2 == 0 ? .count(anyUser(&random)) : nil,
      "updated_by": index % 2 == 0 ? .count(anyUser(&random)) : nil,
      "options": hasOptions ? .ids(options) : [],
      "relations": self.id("fields", index) == id ? .ids([self.id("fieldRels", index)]) : [],
      "id": .count(id),
    ]
  }

  func fieldOption(_ id: Int, _ index: Int, _ life: Life) -> Fields {
    let choice = index / Self.optionsPerChoice * Self.choiceEvery + Self.choiceEvery - 1
    let number = index % Self.optionsPerChoice
    return [
      "field": .count(self.id("fields", choice)), "orderid": .count(number),
      "value": .text("Option \(number + 1)"), "label": .text("Option \(number + 1)"),
      "isdefault": .flag(number == 0), "cdate": .text(CentralTime.iso(life.created)),
      "udate": .text(CentralTime.iso(life.updated)), "id": .count(id),
    ]
  }

  func fieldRel(_ id: Int, _ index: Int, _ life: Life) -> Fields {
    [
      "field": .count(self.id("fields", index)),
      "relid": .count(index % 3 == 2 ? self.id("lists", index) : 0), "dorder": .count(index),
      "cdate": .text(CentralTime.iso(life.created)), "id": .count(id),
    ]
  }

  func fieldValue(_ id: Int, _ index: Int, _ life: Life, _ random: inout Random) -> Fields {
    let contact = parentID("fieldValues", of: index, in: "contacts")
    let field = index % max(1, size.customFields)
    let kind = FieldKind.ofContacts[field % FieldKind.ofContacts.count]
    let value = random.once(in: 12) ? "" : kind.textValue(life, &random)
    return [
      "contact": .count(contact), "field": .count(self.id("fields", field)),
      "value": random.once(in: 20) ? nil : .text(value),
      "cdate": .text(CentralTime.iso(life.created)), "udate": .text(CentralTime.iso(life.updated)),
      "created_by": .optional(random.once(in: 3) ? "0" : nil),
      "updated_by": .optional(random.once(in: 3) ? "0" : nil),
      "owner": .count(contact), "id": .count(id),
    ]
  }

  func user(_ id: Int, _ index: Int, _ life: Life, _ random: inout Random) -> Fields {
    // The account's first user was never created by anyone.
    let isFirst = index == 0 && self.id("users", 0) == id
    let first = random.pick(Words.firstNames)
    let zones = ["Europe/Berlin", "America/Chicago", "America/Sao_Paulo"]
    let password: RowValue =
      isFirst
      ? "0000-00-00 00:00:00"
      : .optional(index % 2 == 0 ? nil : CentralTime.wall(life.moment(&random)))
    return [
      "username": .text(isFirst ? "admin" : "\(Self.ascii(first))\(id)"), "firstName": .text(first),
      "lastName": .text(random.pick(Words.lastNames)),
      "email": .text("\(isFirst ? "admin" : "\(Self.ascii(first))\(id)")@example.com"),
      "phone": .text(index % 2 == 0 ? "" : "+15550100"),
      "signature": index % 3 == 2 ? nil : .text(index % 3 == 0 ? "" : "<p>Best,<br>\(first)</p>"),
      "localZoneid": .text(zones[index % 3]), "password_updated_utc_timestamp": password,
      "cdate": isFirst ? nil : .text(CentralTime.iso(life.created)),
      "udate": isFirst ? nil : .text(CentralTime.iso(life.updated)),
      "mfaEnabled": .flag(index % 2 == 1), "lang": .text(index % 3 == 0 ? "english" : "german"),
      "roles": isFirst ? ["owner", "admin"] : ["member"], "id": .count(id),
    ]
  }
}
