import Catalog

/// What becomes of each of a stream's fields, found by its name or guessed by the one before it.
struct FieldTable {
  /// What becomes of a field.
  enum Destiny {
    /// It fills the column at this position.
    case column(Int)
    /// It fills the column at this position with something made of it.
    case rewritten(Int)
    /// It is never stored.
    case omitted
    /// It is an object whose members are fields of the row.
    case object
    /// Nobody declared it.
    case extra
  }

  /// A field's number in the table.
  typealias Number = Int

  private struct Field {
    let destiny: Destiny
    /// Empty for what is no field of its own.
    var name: [UInt8] = []
    /// Nil for a name that is not guessed.
    let spelling: KeySpelling?
    /// The field that came after this one when it was last seen.
    var follower: Number?
  }

  /// What stands before the first field of a row.
  static let start: Number = 0
  /// A field that nobody declared, of which the table has no more room to know.
  private static let unknown: Number = 1
  /// As many undeclared fields are known: an answer may have any number.
  private static let maxExtras = 200

  private var fields: [Field]
  /// What becomes of a field that nobody declared.
  private let undeclared: Destiny
  private var room = Int.max
  private var numbers: [[UInt8]: Number] = [:]

  init(_ definition: StreamDefinition) {
    undeclared = definition.shape.keepsUndeclared ? .extra : .omitted
    fields = [Field(destiny: .omitted, spelling: nil), Field(destiny: undeclared, spelling: nil)]
    for (index, column) in definition.columns.enumerated() where !column.field.isEmpty {
      let isPlain = column.rewriting == nil
      _ = add(Array(column.field.utf8), isPlain ? .column(index) : .rewritten(index))
      for object in Self.objects(around: column.field) { _ = add(Array(object.utf8), .object) }
    }
    for name in definition.omitted {
      _ = add(Array(name.utf8), .omitted)
      for object in Self.objects(around: name) { _ = add(Array(object.utf8), .object) }
    }
    // Last, so that no declared field is taken for the other spelling of another.
    for (index, column) in definition.columns.enumerated() where column.field.contains("_") {
      let isPlain = column.rewriting == nil
      _ = add(
        Array(Self.inCamelCase(column.field).utf8), isPlain ? .column(index) : .rewritten(index))
    }
    for name in definition.omitted where name.contains("_") {
      _ = add(Array(Self.inCamelCase(name).utf8), .omitted)
    }
    room = fields.count + Self.maxExtras
  }

  /// The fields of a row that nobody declared, each by its name.
  func names(of fields: some Sequence<Number>) -> [String] {
    fields.filter { $0 > Self.unknown }.map {
      String(decoding: self.fields[$0].name, as: UTF8.self)
    }
  }

  /// What becomes of a field.
  func destiny(of field: Number) -> Destiny { fields[field].destiny }

  /// The field that probably comes after another, and how its key is spelled: the rows of a list
  /// mostly have the same fields in the same order.
  func guess(after field: Number) -> (Number, KeySpelling)? {
    guard let follower = fields[field].follower, let spelling = fields[follower].spelling else {
      return nil
    }
    return (follower, spelling)
  }

  /// The field of that name, which is known from then on to come after `previous`.
  mutating func number(of name: [UInt8], after previous: Number) -> Number {
    let number = numbers[name] ?? add(name, undeclared)
    fields[previous].follower = number
    return number
  }

  /// What becomes of the field of that name.
  func destiny(of name: [UInt8]) -> Destiny {
    numbers[name].map { fields[$0].destiny } ?? undeclared
  }

  /// The objects that a field lies in, the outermost first: `a` and `a.b` of `a.b.c`.
  private static func objects(around field: String) -> [Substring] {
    field.indices.filter { field[$0] == "." }.map { field[..<$0] }
  }

  /// Another spelling of a field: of many, one is known from tools that write all in snake case, while
  /// the API mixes both (activecampaign-api.md, 7).
  private static func inCamelCase(_ field: String) -> String {
    let words = field.split(separator: "_")
    return words.dropFirst().reduce(String(words.first ?? "")) { name, word in
      name + word.prefix(1).uppercased() + word.dropFirst()
    }
  }

  private mutating func add(_ name: [UInt8], _ destiny: Destiny) -> Number {
    if let known = numbers[name] { return known }
    guard fields.count < room else { return Self.unknown }
    fields.append(Field(destiny: destiny, name: name, spelling: KeySpelling(name)))
    numbers[name] = fields.count - 1
    return fields.count - 1
  }
}
