extension Generator {
  /// Kinds of rows that the account made up itself, of a newer service: UUIDs, and times in UTC with
  /// nanoseconds.
  static let customObjectMakers: [String: RowMaker] = [
    "customObjects/schemas": { $0.schema(&$1) }, "customObjects/records": { $0.record(&$1) },
  ]

  private func stamps(_ draft: Draft) -> Fields {
    [
      "createdTimestamp": .text(UTCTime.nanoseconds(draft.life.created, draft.id)),
      "updatedTimestamp": .text(UTCTime.nanoseconds(draft.life.updated, draft.id)),
    ]
  }

  private func schema(_ draft: inout Draft) -> Fields {
    let name = ["Bicycle", "Booking", "Contract"][draft.index % 3]
    func labels(_ one: String) -> RowValue {
      ["singular": .text(one), "plural": .text(one + "s")]
    }
    func field(_ id: String, _ label: String, _ type: String) -> RowValue {
      ["id": .text(id), "labels": labels(label), "type": .text(type), "required": .bool(false)]
    }
    return [
      "id": .text(uuidText("customObjects/schemas", draft.id)),
      "slug": .text("\(name.lowercased())-\(draft.id)"), "visibility": "private",
      "labels": labels(name), "description": .text("What we know of every \(name)"),
    ] + stamps(draft) + [
      "fields": [
        field("name", "Name", "text"), field("price", "Price", "number"),
        field("bought-on", "Bought on", "date"), field("colours", "Colour", "multi-select"),
      ],
      "icons": ["default": "https://example.com/icon.svg"],
      "relationships": [
        [
          "id": "primary-contact", "labels": labels("Primary contact"), "namespace": "contacts",
          "hasMany": .bool(false),
        ]
      ],
    ]
  }

  /// Its fields have values of every JSON type.
  private func record(_ draft: inout Draft) -> Fields {
    let schema = parent(&draft, "customObjects/records", in: "customObjects/schemas")
    let contact = elder(&draft, "customObjects/records", among: "contacts")
    let day = CentralTime.day(draft.life.moment(&draft.random))
    return [
      "id": .text(uuidText("customObjects/records", draft.id)),
      "externalId": .text("object-\(draft.id)"),
      "schemaId": .text(uuidText("customObjects/schemas", id("customObjects/schemas", schema))),
      "fields": [
        ["id": "name", "value": .text(draft.random.pick(Words.companies))],
        ["id": "price", "value": .number(draft.random.below(9000))],
        ["id": "bought-on", "value": .text(day)], ["id": "colours", "value": ["red", "blue"]],
      ],
      "relationships": ["primary-contact": .array([contactRef(contact, &draft)])],
    ] + stamps(draft)
  }
}
