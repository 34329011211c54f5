internal import Catalog
internal import Postgres

/// A table beside a stream's own, which triggers keep in the transaction that writes the rows.
protocol TableBeside: Sendable {
  /// What the names of the triggers have in them, and that of the constraint by which the table is known
  /// as ours (acsync.is_beside).
  static var word: String { get }
  /// The function that they call.
  static var function: String { get }
  /// What they are called for, and what the function sees of it.
  static var events: [TriggerEvent] { get }

  /// The stream's own table.
  var table: Table { get }
  /// The name without its schema.
  var plainName: String { get }
  /// Whether it is to be kept.
  var isWanted: Bool { get }
  /// Whether the user said so, and not only the catalogue.
  var isAsked: Bool { get }
  /// What would not be there without it, and what turns it off, in the user's words.
  var content: String { get }
  var refusal: String { get }
  /// The columns that it has of the stream's table.
  var shared: [TableColumn] { get }
  /// The columns that it alone has.
  var own: [TableColumn] { get }
  /// All of its columns, in order.
  var columns: [TableColumn] { get }
  /// What is said of it.
  var comment: String { get }
  /// What holds for its rows, as it is written behind its columns.
  var constraints: [Statement] { get }
  /// Indexes besides that of its key.
  var indexes: [Statement] { get }
  /// What the function is told besides the name.
  var arguments: [String] { get }
  /// What brings it up to the table, whatever happened while nothing kept it.
  var catchingUp: [Statement] { get }
}

/// What a trigger is called for.
struct TriggerEvent: Sendable {
  let name: String
  let rows: String

  static let insertion = TriggerEvent(name: "INSERT", rows: "REFERENCING NEW TABLE AS changed")
  static let update = TriggerEvent(name: "UPDATE", rows: "REFERENCING NEW TABLE AS changed")
  static let deletion = TriggerEvent(name: "DELETE", rows: "REFERENCING OLD TABLE AS changed")
  static let truncation = TriggerEvent(name: "TRUNCATE", rows: "")
}

extension TableBeside {
  /// The quoted name with its schema.
  var name: Identifier { Identifier(table.schema, plainName) }

  /// What the constraint is called by which it is known as ours.
  var mark: Identifier { Identifier("acsync_\(Self.word)") }

  /// The name as a person writes it.
  var title: String { "\(table.schema).\(plainName)" }

  /// The statements that keep it, by the triggers' names.
  var triggers: [(name: String, creation: Statement)] {
    let words = ([plainName] + arguments).map { "\(literal: $0)" as Statement }
    return Self.events.map { event in
      let trigger = "acsync_\(Self.word)_\(event.name.lowercased())"
      return (
        trigger,
        """
        CREATE TRIGGER \(Identifier(trigger)) AFTER \(raw: event.name) ON \(table.name) \
        \(raw: event.rows) FOR EACH STATEMENT EXECUTE FUNCTION \
        \(raw: Self.function)(\(words.joined(separator: ", ")))
        """
      )
    }
  }
}

/// Every version of a stream's rows: its columns, and from when to when they held.
struct HistoryTable: TableBeside {
  static let word = "history"
  static let function = "acsync.keep_versions"
  static let events: [TriggerEvent] = [.insertion, .update, .deletion, .truncation]

  /// When a version began to hold.
  static let validFrom = "valid_from"
  /// When it ceased to.
  static let validTo = "valid_to"

  let table: Table

  init(of table: Table) { self.table = table }

  var plainName: String { table.stream.historyName }
  var isWanted: Bool { table.stream.keepsHistory }
  var isAsked: Bool { table.stream.shape.history == true }
  var content: String { "versions of rows are" }
  var refusal: String { "history: false" }
  var shared: [TableColumn] { table.columns.filter { $0.name != Table.deletedAt } }

  var own: [TableColumn] {
    [
      TableColumn(
        name: Self.validFrom, type: .timestamptz, isRequired: true,
        comment: "When this version began: by the row's update time, else when the API sent it"),
      TableColumn(
        name: Self.validTo, type: .timestamptz, isRequired: false,
        comment: "When the next version began, or the row was gone; null: it holds still"),
    ]
  }

  /// Those of the table, then when they held.
  var columns: [TableColumn] { shared + own }

  var comment: String { "\(table.stream.summary): every version since it is kept, one row each" }

  var constraints: [Statement] {
    let (from, to) = (Identifier(Self.validFrom), Identifier(Self.validTo))
    return [
      "PRIMARY KEY (\(table.key.quoted), \(from))", "CONSTRAINT \(mark) CHECK (\(to) > \(from))",
    ]
  }

  /// No row can have two versions that hold.
  var indexes: [Statement] {
    [
      """
      CREATE UNIQUE INDEX ON \(name) (\(table.key.quoted)) WHERE \(Identifier(Self.validTo)) IS NULL
      """
    ]
  }

  var arguments: [String] { [table.key.name, table.version?.name ?? ""] }

  var catchingUp: [Statement] {
    [
      """
      SELECT acsync.catch_up_versions(\(table.name.quoted)::text::regclass, \
      \(name.quoted)::text::regclass, \(table.key.name), \(table.version?.name ?? ""))
      """
    ]
  }
}

/// The counters of a stream's rows as they stood, once a day and at each change.
struct SnapshotTable: TableBeside {
  static let word = "counters"
  static let function = "acsync.keep_counters"
  static let events: [TriggerEvent] = [.insertion, .update]

  /// When the counters stood so.
  static let takenAt = "taken_at"

  let table: Table

  init(of table: Table) { self.table = table }

  var plainName: String { table.stream.snapshotsName }
  var isWanted: Bool { table.stream.keepsCounters }
  var isAsked: Bool { table.stream.shape.snapshot == .daily }
  var content: String { "counters from day to day are" }
  var refusal: String { "snapshot: none" }

  var shared: [TableColumn] {
    let counters = Set(table.stream.counters.map(\.name))
    return table.columns.filter { $0.name == table.key.name || counters.contains($0.name) }
  }

  var own: [TableColumn] {
    [
      TableColumn(
        name: Self.takenAt, type: .timestamptz, isRequired: true,
        comment: "When the counters stood so, by the server's clock")
    ]
  }

  /// The key, the time, the counters.
  var columns: [TableColumn] { Array(shared.prefix(1)) + own + shared.dropFirst() }

  var comment: String {
    "\(table.stream.summary): the counters as they stood, once a day and at each change"
  }

  var constraints: [Statement] {
    let takenAt = Identifier(Self.takenAt)
    return [
      "PRIMARY KEY (\(table.key.quoted), \(takenAt))",
      "CONSTRAINT \(mark) CHECK (\(takenAt) IS NOT NULL)",
    ]
  }

  var indexes: [Statement] { ["CREATE INDEX ON \(name) (\(Identifier(Self.takenAt)))"] }

  var arguments: [String] { [table.key.name] }

  var catchingUp: [Statement] {
    [
      """
      SELECT acsync.catch_up_counters(\(table.name.quoted)::text::regclass, \
      \(name.quoted)::text::regclass, \(table.key.name))
      """
    ]
  }
}

extension Table {
  /// The tables that may be kept beside it.
  var beside: [any TableBeside] { [HistoryTable(of: self), SnapshotTable(of: self)] }
}
