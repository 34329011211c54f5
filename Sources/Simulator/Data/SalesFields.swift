extension Generator {
  /// The custom fields of deals and accounts, and their values.
  static let fieldMakers: [String: RowMaker] = [
    "dealCustomFieldMeta": { $0.dealField(&$1) },
    "dealCustomFieldData": { $0.dealFieldValue(&$1) },
    "accountCustomFieldMeta": { $0.accountField(&$1) },
    "accountCustomFieldData": { $0.accountFieldValue(&$1) },
  ]

  private func kind(_ index: Int) -> FieldKind {
    FieldKind.ofSales[index % FieldKind.ofSales.count]
  }

  private func dealField(_ draft: inout Draft) -> Fields {
    let topic = Words.topics[draft.index % Words.topics.count]
    let user: RowValue = draft.index % 3 == 0 ? .number(anyUser(&draft.random)) : nil
    return [
      "fieldLabel": .text(draft.index == 5 ? "Größe “L” / 尺寸" : "Deal \(topic)")
    ] + fieldForm(draft, "DEAL_\(topic.uppercased())_\(draft.id)") + [
      "createdTimestamp": .text(UTCTime.withOffset(draft.life.created)),
      "updatedTimestamp": .text(UTCTime.withOffset(draft.life.updated)),
      "createdBy": user, "updatedBy": user, "id": .count(draft.id),
    ]
  }

  private func accountField(_ draft: inout Draft) -> Fields {
    let topic = Words.topics[draft.index % Words.topics.count]
    return ["fieldLabel": .text("Account \(topic)")]
      + fieldForm(draft, draft.index % 4 == 0 ? "" : "ACCT_\(topic.uppercased())_\(draft.id)") + [
        "createdTimestamp": .text(UTCTime.wall(draft.life.created)),
        "updatedTimestamp": .text(UTCTime.wall(draft.life.updated)),
        "id": .count(draft.id),
      ]
  }

  /// Flags are real numbers here.
  private func fieldForm(_ draft: Draft, _ tag: String) -> Fields {
    let kind = kind(draft.index)
    let options = RowValue.array(FieldKind.options.map(RowValue.text))
    let standard: RowValue =
      switch kind {
      case .dropdown: "Option 2"
      case .number: 1
      case .text: ""
      default: nil
      }
    return [
      "fieldType": .text(kind.rawValue), "fieldOptions": kind.isChoice ? options : nil,
      "fieldDefault": standard, "fieldDefaultCurrency": kind == .currency ? "USD" : nil,
      "isFormVisible": .number(draft.index % 2), "isRequired": .number(draft.index % 5 / 4),
      "displayOrder": .number(draft.index - 1), "personalization": .text(tag),
      "knownFieldId": draft.index % 6 == 2 ? .number(draft.index) : nil,
      "hideFieldFlag": .number(kind == .hidden ? 1 : 0),
    ]
  }

  /// Here the ids of others are real numbers.
  private func dealFieldValue(_ draft: inout Draft) -> Fields {
    let deal = parent(&draft, "dealCustomFieldData", in: "deals")
    let field = draft.index % max(1, count("dealCustomFieldMeta"))
    let meta = RowValue.number(id("dealCustomFieldMeta", field))
    return [
      "dealCustomFieldMetumId": meta, "dealId": .number(id("deals", deal)), "customFieldId": meta,
      "createdTimestamp": .text(UTCTime.withOffset(draft.life.created)),
      "updatedTimestamp": .text(UTCTime.withOffset(draft.life.updated)),
    ] + fieldValue(kind(field), &draft)
  }

  private func accountFieldValue(_ draft: inout Draft) -> Fields {
    let account = parent(&draft, "accountCustomFieldData", in: "accounts")
    let field = draft.index % max(1, count("accountCustomFieldMeta"))
    let meta = RowValue.number(id("accountCustomFieldMeta", field))
    return [
      "accountCustomFieldMetumId": meta, "accountId": .number(id("accounts", account)),
      "customFieldId": meta,
      "createdTimestamp": .text(UTCTime.wall(draft.life.created)),
      "updatedTimestamp": .text(UTCTime.wall(draft.life.updated)),
    ] + fieldValue(kind(field), &draft)
  }

  private func fieldValue(_ kind: FieldKind, _ draft: inout Draft) -> Fields {
    let value = kind.value(draft.life, &draft.random)
    let currency: Fields = kind == .currency ? ["fieldCurrency": "USD"] : [:]
    return ["fieldValue": value] + currency + ["id": .count(draft.id)]
  }
}
