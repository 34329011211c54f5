internal import Catalog

/// What `defaults` or one entry of `streams` says of the table's shape; nil where it is silent.
struct ShapeEntry: Sendable {
  var select: Named<[SelectedColumn]>?
  var types: Named<[NamedColumn<Column.Kind>]>?
  var transforms: Named<[NamedColumn<[TransformWord]>]>?
  var condition: Named<ConditionText>?
  var object: Placed<ObjectTemplate>?
  var casing: Placed<ColumnCasing>?
  var hashSalt: Placed<HashSalt>?
  var indexes: Named<[NamedIndex]>?
  var readers: Placed<[String]>?
  var preSQL: Placed<[Hook]>?
  var postSQL: Placed<[Hook]>?
  var addsColumns: Placed<Bool>?
  var widensColumns: Placed<Bool>?
  var contract: Placed<SchemaContract>?
  var history: Placed<Bool>?
  var snapshot: Named<SnapshotRule>?

  /// This entry, and where it is silent another one.
  func filled(from other: ShapeEntry) -> ShapeEntry {
    ShapeEntry(
      select: select ?? other.select, types: types ?? other.types,
      transforms: transforms ?? other.transforms, condition: condition ?? other.condition,
      object: object ?? other.object,
      casing: casing ?? other.casing, hashSalt: hashSalt ?? other.hashSalt,
      indexes: indexes ?? other.indexes, readers: readers ?? other.readers,
      preSQL: preSQL ?? other.preSQL, postSQL: postSQL ?? other.postSQL,
      addsColumns: addsColumns ?? other.addsColumns,
      widensColumns: widensColumns ?? other.widensColumns, contract: contract ?? other.contract,
      history: history ?? other.history, snapshot: snapshot ?? other.snapshot)
  }
}

/// A value that names columns, and whether it was written for one stream alone, which must have
/// them; what is said for several holds for those that do.
struct Named<Value: Sendable>: Sendable {
  let value: Value
  let place: Place
  let isOfOneStream: Bool
}

/// A column by a name that the file uses, and what is said of it.
struct NamedColumn<Value: Sendable>: Sendable {
  let name: String
  let place: Place
  let value: Value
}

/// One element of `select`.
struct SelectedColumn: Sendable {
  /// The column's name, in which `*` may stand for any text.
  let pattern: String
  let place: Place
  let isExcluded: Bool
  /// What it is to be called; nil: as it is.
  let newName: String?
}

/// A transform as it is written, before the salt is known.
enum TransformWord: Sendable, Hashable {
  case hashSHA256
  case mask
  case lower
  case trim
  case nullIf([String])

  /// How it is called in the file.
  var name: String {
    switch self {
    case .hashSHA256: "hash_sha256"
    case .mask: "mask"
    case .lower: "lower"
    case .trim: "trim"
    case .nullIf: "null_if"
    }
  }

  /// Whether it hides what it is given.
  var hides: Bool { self == .hashSHA256 || self == .mask }
}

/// An index as `table_keys` names it.
struct NamedIndex: Sendable {
  let columns: [NamedColumn<Void>]
  let isUnique: Bool
}

/// What tables are called: `crm.ac_{stream_name}`.
struct ObjectTemplate: Sendable, Hashable {
  /// The schema; nil where only the table is named.
  let schema: String?
  /// The table, in which `{stream_name}` stands for the stream's name.
  let table: String

  static let variable = "{stream_name}"

  /// The name of a stream's table.
  func tableName(of stream: StreamDefinition.ID) -> String {
    table.replacing(Self.variable, with: stream.name)
  }
}
