internal import Catalog

/// Where the custom fields of a stream's rows are kept: what they are, and what they hold.
struct WideSource: Sendable, Hashable {
  /// The stream whose rows bear them.
  let owners: StreamDefinition.ID
  /// The stream that tells what fields there are.
  let definitions: StreamDefinition.ID
  /// The stream of their values, a row each.
  let values: StreamDefinition.ID
  /// What the API calls the fields of the definitions.
  let title, type, tag: String
  /// What the API calls the fields of the values.
  let owner, field, value: String
  /// What it calls the currency of a value; nil where values have none.
  let currency: String?

  /// Those there are.
  static let all = [
    WideSource(
      owners: "contacts", definitions: "custom_fields", values: "custom_field_values",
      title: "title", type: "type", tag: "perstag",
      owner: "contact", field: "field", value: "value", currency: nil),
    WideSource(
      owners: "deals", definitions: "deal_custom_fields", values: "deal_custom_field_values",
      title: "fieldLabel", type: "fieldType", tag: "personalization",
      owner: "dealId", field: "customFieldId", value: "fieldValue", currency: "fieldCurrency"),
    WideSource(
      owners: "accounts", definitions: "account_custom_fields",
      values: "account_custom_field_values",
      title: "fieldLabel", type: "fieldType", tag: "personalization",
      owner: "accountId", field: "customFieldId", value: "fieldValue",
      currency: "fieldCurrency"),
  ]

  /// The streams that all have to be there.
  var streams: [StreamDefinition.ID] { [owners, definitions, values] }

  /// What those lock who work on the columns of a schema's fields.
  func lockKey(in schema: String) -> Int64 {
    Fingerprint(of: "acsync wide \(schema).\(owners)").key
  }

  /// The name of the view in schema `analytics` over an account's tables.
  ///
  /// `contacts_wide` of the usual schema, `acme_contacts_wide` of `activecampaign_acme`.
  func viewName(for schema: String) -> String {
    let usual = "activecampaign"
    let name = "\(owners.name)_wide"
    guard schema != usual else { return name }
    let account = schema.hasPrefix(usual + "_") ? schema.dropFirst(usual.count + 1) : schema[...]
    return FieldColumnNames.cut(String(account), for: "_" + name)
  }
}

/// A custom field as the account defines it.
struct CustomField: Sendable, Hashable {
  let id: Int64
  var title: String
  var type: String
  /// Its personalization tag; empty where it has none.
  var tag: String
  /// Whether it is still in the account.
  var isLive = true
}

/// What a field's column holds.
enum FieldKind: String, Sendable, Hashable, CaseIterable {
  case text, date, datetime, number, list
  /// Money in whole units.
  case amount
  /// The currency of that money.
  case currency

  /// The columns that a field of a type has; one of an unknown type is text.
  ///
  /// - Parameter hasCurrency: whether its values tell their currency.
  static func kinds(of type: String, hasCurrency: Bool) -> [FieldKind] {
    switch type {
    case "date": [.date]
    case "datetime": [.datetime]
    case "number": [.number]
    case "currency": hasCurrency ? [.amount, .currency] : [.amount]
    case "checkbox", "multiselect", "listbox": [.list]
    default: [.text]
    }
  }

  /// The column's type.
  var type: SQLType {
    switch self {
    case .text, .currency: .text
    case .date: .date
    case .datetime: .timestamptz
    case .number, .amount: .numeric
    case .list: .textArray
    }
  }

  /// What turns a value's text into the column's; null where it is nothing of its kind, or empty.
  var function: String? {
    switch self {
    case .text, .currency: nil
    case .date: "acsync.as_date"
    case .datetime: "acsync.as_time"
    case .number: "acsync.as_number"
    case .amount: "acsync.as_amount"
    case .list: "acsync.as_list"
    }
  }
}

/// A column that a custom field has, once and for all.
struct FieldColumn: Sendable, Hashable {
  /// Its number in the order of appearance.
  let place: Int
  let field: Int64
  let kind: FieldKind
  let name: String
  /// Whether values are kept in it.
  var isFilled: Bool

  /// So many columns lie in one table: their pointers alone then always fit into a row of 8 kB.
  static let perPart = 300
  /// So many fit into one view beside the row's own.
  static let most = 1500

  /// Number of the table that it lies in.
  var part: Int { place / Self.perPart }
}

extension SQLType {
  static let date = SQLType("date")
  static let textArray = SQLType("text[]")
}
