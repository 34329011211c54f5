public import Catalog
internal import Postgres

/// What is remembered of one stream, with what proves that a table holds the rows it speaks of.
public struct StreamSnapshot: Sendable, Hashable {
  /// The stream.
  public let stream: StreamDefinition.ID
  /// How far it is.
  public var state: StreamState
  /// Stands for the key, version and deletion of every row of the table; nil where there is none.
  public var rowsPrint: String?

  /// Makes a snapshot.
  public init(stream: StreamDefinition.ID, state: StreamState, rowsPrint: String?) {
    self.stream = stream
    self.state = state
    self.rowsPrint = rowsPrint
  }
}

/// What taking a snapshot back does to a stream.
public enum Restoration: String, Sendable, Hashable, CaseIterable {
  /// The table holds exactly the rows that the snapshot speaks of: all of it is taken.
  case taken
  /// The table is further than the snapshot: its times are moved back, and more is read again.
  case movedBack
  /// The table cannot prove what the snapshot says: its progress is forgotten, the next run reads
  /// the stream whole.
  case readWhole
}

extension Loader {
  /// What is remembered of the account's streams, each with its table's rows, at one moment.
  public func snapshots(of streams: [StreamDefinition]) async throws -> [StreamSnapshot] {
    let (account, tables) = (account, streams.map(table))
    return try await persistently(at: "acsync.stream_state") {
      guard try await self.isLaidOut() else { return [] }
      return try await self.connection.transaction(isolation: .repeatableRead) { transaction in
        try tables.compactMap { table in
          let state = State(of: table, account: account)
          guard try state.exists(in: transaction) else { return nil }
          return StreamSnapshot(
            stream: table.stream.id, state: try state.read(in: transaction),
            rowsPrint: try table.rowsPrint(in: transaction))
        }
      }
    }
  }

  /// Takes snapshots back, all or none, as far as the tables prove them.
  ///
  /// - Parameter isRehearsal: whether only to tell what would be done.
  /// - Throws: `WarehouseError`; its fault is `.streamHeld` if a run holds one of the streams.
  public func restore(
    _ snapshots: [(stream: StreamDefinition, snapshot: StreamSnapshot)], isRehearsal: Bool
  ) async throws -> [(stream: StreamDefinition.ID, restoration: Restoration)] {
    let account = account
    let wanted = snapshots.map { (table: table(of: $0.stream), snapshot: $0.snapshot) }
    return try await alone(with: snapshots.map(\.stream)) { transaction in
      try wanted.map { table, snapshot in
        let state = State(of: table, account: account)
        if let other = try state.otherAccount(in: transaction) {
          throw WarehouseError.otherAccount(table: table.title, account: other)
        }
        let current = try state.read(in: transaction)
        let print = try table.rowsPrint(in: transaction)
        let restoration = Restoration(of: snapshot, onto: current, rowsPrint: print)
        if !isRehearsal {
          try state.replace(by: snapshot.state, restoration, table, in: transaction)
        }
        return (table.stream.id, restoration)
      }
    }
  }
}

extension Restoration {
  /// Decides by what the table holds and how far it is known to be.
  init(of snapshot: StreamSnapshot, onto current: StreamState, rowsPrint: String?) {
    if let rowsPrint, rowsPrint == snapshot.rowsPrint {
      self = .taken
    } else if rowsPrint != nil, snapshot.state.isBehind(current) {
      self = .movedBack
    } else {
      self = .readWhole
    }
  }
}

extension StreamState {
  /// Whether nothing that this state claims goes beyond what another proves.
  fileprivate func isBehind(_ other: StreamState) -> Bool {
    func isBehind(_ one: Instant?, _ other: Instant?) -> Bool {
      guard let one else { return true }
      return other.map { one <= $0 } ?? false
    }
    return isBehind(floor, other.floor) && isBehind(completeAsOf, other.completeAsOf)
      && isBehind(wholeAsOf, other.wholeAsOf) && isBehind(lastSuccess, other.lastSuccess)
  }
}

extension Table {
  /// Stands for the key, version and deletion of every row; nil where there is no table.
  ///
  /// The time of the answer that brought a row names its version; sums do not depend on the order.
  fileprivate func rowsPrint(in transaction: Transaction) throws -> String? {
    guard try exists(in: transaction) else { return nil }
    let rows = try transaction.query(
      """
      SELECT count(*) || ':' || coalesce(sum(('x' || left(md5(concat_ws(
        '|', \(key.quoted), "_synced_at", "_deleted_at")), 15))::bit(60)::bigint::numeric), 0)
        AS print
      FROM \(name)
      """)
    return try onlyRow(of: rows).value("print")
  }
}

extension State {
  /// Whether anything is remembered of the stream.
  fileprivate func exists(in transaction: Transaction) throws -> Bool {
    try !transaction.query(
      "SELECT FROM acsync.stream_state WHERE account = \(account) AND stream = \(stream.name)"
    ).isEmpty
  }

  /// Puts a state in the place of the one there is.
  fileprivate func replace(
    by state: StreamState, _ restoration: Restoration, _ table: Table, in transaction: Transaction
  ) throws {
    // Not as new as a stream of epoch 1, whose progress a run forgets when it takes it.
    try transaction.execute(
      """
      INSERT INTO acsync.stream_state (account, stream, table_schema, epoch)
      VALUES (\(account), \(stream.name), \(schema), 1)
      ON CONFLICT (account, stream) DO UPDATE SET table_schema = excluded.table_schema
      """)
    // An unfinished walk goes with it: which rows it had seen is not in a snapshot.
    try forgetAll(in: transaction, table: table)
    guard restoration != .readWhole else { return }
    // What was found out on the way to an older table is asked again.
    let isSame = restoration == .taken
    try transaction.execute(
      """
      UPDATE acsync.stream_state
      SET floor = \(orNull: state.floor?.bound), last_success = \(orNull: state.lastSuccess?.bound),
        complete_as_of = \(orNull: state.completeAsOf?.bound),
        whole_as_of = \(orNull: state.wholeAsOf?.bound),
        is_ordered = \(isSame && state.isOrdered),
        known_shortage = \(isSame ? state.knownShortage : 0),
        filter_finding = \(orNull: isSame ? state.filter?.rawValue : nil),
        key_user = coalesce(key_user, \(orNull: state.keyUser))
      WHERE account = \(account) AND stream = \(stream.name)
      """)
  }
}
