/// A kind of custom field, which decides what its values look like.
enum FieldKind: String {
  case text, textarea, dropdown, radio, date, datetime, number, currency, checkbox, multiselect
  case listbox, hidden

  /// The fields of contacts in turn; every fourth is a choice.
  static let ofContacts: [FieldKind] = [
    .text, .textarea, .date, .dropdown, .datetime, .hidden, .number, .checkbox, .currency, .text,
    .date, .radio, .text, .textarea, .number, .listbox,
  ]

  /// The fields of deals and accounts in turn.
  static let ofSales: [FieldKind] = [
    .text, .currency, .date, .dropdown, .number, .multiselect, .textarea, .datetime, .checkbox,
    .radio, .hidden, .listbox, .number, .text,
  ]

  var isChoice: Bool {
    switch self {
    case .dropdown, .radio, .checkbox, .multiselect, .listbox: true
    default: false
    }
  }

  var takesSeveral: Bool { self == .checkbox || self == .multiselect || self == .listbox }

  /// What a choice is between.
  static let options = ["Option 1", "Option 2", "Option 3"]

  /// A few of the options; at least one.
  private static func some(_ random: inout Random) -> [String] {
    let first = random.below(options.count)
    let second = random.below(options.count)
    return first == second
      ? [options[first]] : [options[min(first, second)], options[max(first, second)]]
  }

  /// A value as contacts have it, where everything is a text.
  func textValue(_ life: Life, _ random: inout Random) -> String {
    switch self {
    case .text, .textarea, .hidden: random.pick(Words.sentences)
    case .dropdown, .radio: random.pick(Self.options)
    case .checkbox, .multiselect, .listbox: "||" + Self.some(&random).joined(separator: "||") + "||"
    case .date: CentralTime.day(life.moment(&random))
    case .datetime: CentralTime.iso(life.moment(&random))
    case .number: String(random.below(100_000))
    case .currency: "\(random.below(9_000)).\(10 + random.below(90))"
    }
  }

  /// A value as deals and accounts have it: amounts in minor units, several choices as a list, and
  /// numbers as texts or as numbers.
  func value(_ life: Life, _ random: inout Random) -> RowValue {
    switch self {
    case .checkbox, .multiselect, .listbox: .array(Self.some(&random).map(RowValue.text))
    case .number: random.once(in: 2) ? .number(random.below(100_000)) : .count(random.below(999))
    case .currency: .count(random.below(900_000))
    default: .text(textValue(life, &random))
    }
  }
}
