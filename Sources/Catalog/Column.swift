/// One column of a stream's table, and the API's field that fills it.
public struct Column: Sendable, Hashable {
  /// What a column holds; decides its PostgreSQL type and how the API's forms of it are read.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Ids and counts, which mostly arrive quoted (`"81"`); `""` is null. Money is in minor units.
    case bigint
    /// Small enumerations such as a status.
    case smallint
    /// Flags: `"0"`, `"1"`, `0`, `1`, `true`, `false`; `""` is null.
    case boolean
    /// Text as sent; `""` stays `""`. A number or flag is taken in its JSON spelling.
    case text
    /// A time with its offset (`2018-09-12T16:48:36-05:00`); `""` and zero dates are null.
    case timestamptz
    /// US Central wall clock without offset (`2020-05-24 05:16:47`); `""` and zero dates are null.
    case timestamp
    /// A day (`2019-11-22`); `""` and zero dates are null.
    case date
    /// An exact decimal number.
    case numeric
    /// Any JSON value, kept whole.
    case jsonb
    /// JSON inside a string (`"{\"copiedFrom\":6800}"`), stored as what it spells.
    case embeddedJSON

    /// The column's type in PostgreSQL.
    public var postgresType: String { self == .embeddedJSON ? "jsonb" : rawValue }
  }

  /// The field's name in the API: `firstName`; a dot leads into an object: `attributes.name`.
  ///
  /// Empty for a key that no field holds.
  public let field: String
  /// The column's name in PostgreSQL: `first_name`.
  public internal(set) var name: String
  /// What it holds.
  public internal(set) var kind: Kind
  /// What is done to its values before they are stored; nil for nothing.
  public internal(set) var rewriting: Rewriting?
  /// Whether it is the primary key.
  public let isKey: Bool
  /// What it means, one sentence or less, for the column's comment.
  public let meaning: String
  /// Whether it tells something about a person, such as a name, an address or what someone wrote, or
  /// may let its reader in somewhere.
  ///
  /// What a company is called is not personal; what the company of a person is called, in the
  /// person's own row, is.
  public let isPersonal: Bool
  /// Whether it counts up in place, so that what it was is told by nobody but who has kept it.
  public let isCounter: Bool
  /// Fields that the key stands for, where it is no number that the API sends.
  public let madeFrom: [String]

  /// The stream's primary key.
  public static func key(_ field: String, _ kind: Kind, _ meaning: String = "Id in ActiveCampaign")
    -> Column
  {
    Column(field: field, kind: kind, isKey: true, meaning: meaning)
  }

  /// The primary key of a stream whose rows have no number for an id: a number made from the fields
  /// that name a row, the same for the same values.
  ///
  /// It is called `id` too, unless rows have an id of another kind.
  public static func key(madeFrom fields: [String]) -> Column {
    let names = fields.map { $0.isEmpty ? "the row's text" : snakeCased($0) }
      .joined(separator: ", ")
    return Column(
      field: "", name: fields.contains("id") ? madeKey : "id", kind: .bigint, isKey: true,
      meaning: "Stands for \(names): a number made from it, since the rows have none of their own",
      madeFrom: fields)
  }

  /// A column that may be null.
  ///
  /// - Parameter name: the column's name where it is not the field's in snake case.
  public static func column(
    _ field: String, _ kind: Kind, _ meaning: String = "", named name: String? = nil
  ) -> Column {
    Column(field: field, name: name, kind: kind, isKey: false, meaning: meaning)
  }

  /// A column that tells something about a person.
  ///
  /// - Parameter name: the column's name where it is not the field's in snake case.
  public static func personal(
    _ field: String, _ kind: Kind, _ meaning: String = "", named name: String? = nil
  ) -> Column {
    Column(field: field, name: name, kind: kind, isKey: false, meaning: meaning, isPersonal: true)
  }

  /// What its comment says: what it means, and at the end whether it is personal.
  ///
  /// What is hashed with a secret salt, or masked, tells nothing about a person any more.
  public var comment: String {
    let isHidden = rewriting?.transforms.contains(where: \.hides) == true
    return isPersonal && !isHidden ? Self.marked(meaning) : meaning
  }

  /// What the comment of a personal column ends in; rights go by it.
  public static let personalMark = "[pii]"

  /// A comment as that of a personal column.
  public static func marked(_ comment: String) -> String {
    comment.isEmpty ? personalMark : comment + " " + personalMark
  }

  /// The name of keys that are made where the rows' own ids are texts.
  public static let madeKey = "_key"

  /// A column with a count as it stands, of which the API keeps no past.
  public static func counter(_ field: String, _ kind: Kind, _ meaning: String = "") -> Column {
    Column(field: field, kind: kind, isKey: false, meaning: meaning, isCounter: true)
  }

  private init(
    field: String, name: String? = nil, kind: Kind, isKey: Bool, meaning: String,
    isPersonal: Bool = false, isCounter: Bool = false, madeFrom: [String] = []
  ) {
    self.field = field
    self.name = name ?? Self.snakeCased(field)
    self.kind = kind
    self.isKey = isKey
    self.meaning = meaning
    self.isPersonal = isPersonal
    self.isCounter = isCounter
    self.madeFrom = madeFrom
  }

  /// A field's name in snake case: an underscore before each capital inside, all in lower case; of a
  /// field inside an object, the last part.
  public static func snakeCased(_ field: String) -> String {
    var name = ""
    for character in field.split(separator: ".").last ?? "" {
      if character.isUppercase, !name.isEmpty, name.last != "_" { name.append("_") }
      name.append(contentsOf: character.lowercased())
    }
    return name
  }
}
