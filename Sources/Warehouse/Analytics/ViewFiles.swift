internal import Postgres
internal import SchemaMigrations

/// The files in migrations/analytics, which make what analysts read.
///
/// Unlike a migration a file may change, and is run again then, or where something it made was dropped: a
/// view is told of in one place, as it is now.
struct ViewFiles: Sendable {
  /// One SQL file.
  struct File: Sendable, Hashable {
    let name: String
    let sql: String

    /// Tells whether it is still the one that was run.
    var checksum: String { String(Fingerprint(of: sql).bits, radix: 16) }

    /// The views it makes, in order.
    var relations: [String] {
      sql.matches(of: /(?m)^CREATE (?:OR REPLACE |MATERIALIZED )?VIEW (analytics\.[a-z0-9_]+)/)
        .map { String($0.output.1) }
    }

    /// Whether any of them keeps its rows, and so cannot be replaced.
    var isKept: Bool { sql.contains(/(?m)^CREATE MATERIALIZED VIEW/) }

    /// The tables it reads, as `acsync.source_…` names them.
    var sources: Set<String> {
      Set(sql.matches(of: /\bacsync\.source_([a-z0-9_]+)/).map { String($0.output.1) })
    }
  }

  /// Those this program ships, in the order in which they are run.
  static let shipped = ViewFiles(
    SchemaMigrations.analytics.map { File(name: $0.name, sql: $0.sql) })

  let files: [File]

  init(_ files: [File]) { self.files = files }

  /// What all of them read.
  var sources: Set<String> { files.reduce(into: []) { $0.formUnion($1.sources) } }

  /// Makes what is missing or was made by another text; nothing where nothing is.
  ///
  /// - Throws: `PostgresError`; 2BP01 where something that is not ours stands on a view that has to be
  ///   made anew.
  func layOut(in transaction: Transaction) throws {
    let made = try Made(in: transaction)
    let stale = files.enumerated().filter { place, file in !made.has(file, at: place) }
      .map(\.element)
    let gone = Set(made.names).subtracting(files.map(\.name))
    guard !stale.isEmpty || !gone.isEmpty || !made.missing.isEmpty else { return }
    if gone.isEmpty, made.missing.isEmpty, !stale.contains(where: \.isKept) {
      do {
        return try transaction.savepoint { try run(stale, in: transaction) }
      } catch let error as PostgresError where error.isWrongStatement || error.isDependedOn {
        // A column went or was renamed: the views are made anew.
      }
    }
    try makeAnew(made, in: transaction)
  }

  private func run(_ files: [File], in transaction: Transaction) throws {
    for file in files {
      try transaction.script(file.sql)
      let place = self.files.firstIndex(of: file) ?? 0
      try transaction.execute(
        """
        INSERT INTO acsync.view_files (name, place, checksum, relations)
        VALUES (\(file.name), \(Int64(place)), \(file.checksum), \(file.relations))
        ON CONFLICT (name) DO UPDATE SET place = excluded.place, checksum = excluded.checksum,
          relations = excluded.relations
        """)
    }
  }

  /// Drops all and makes all, in one transaction: who may read what stays as it was given.
  private func makeAnew(_ made: Made, in transaction: Transaction) throws {
    var grants: [String: [String]] = [:]
    for relation in made.present.reversed() {
      grants[relation] = try transaction.grants(on: relation)
      // Without CASCADE: what others built on it stays, and then so do all of them.
      let kind = made.kept.contains(relation) ? "MATERIALIZED VIEW" : "VIEW"
      try transaction.script("DROP \(kind) \(relation)")
    }
    try transaction.script("DELETE FROM acsync.view_files; DELETE FROM acsync.materialized_views")
    try run(files, in: transaction)
    let relations = Set(files.flatMap(\.relations))
    for (relation, lines) in grants where relations.contains(relation) {
      for line in lines { try transaction.script(line) }
    }
  }

  /// What earlier runs of the files have made.
  private struct Made {
    private var checksums: [String: (place: Int64, checksum: String)] = [:]
    /// Relations that are there, in the order in which they were made.
    private(set) var present: [String] = []
    /// Those of them that keep their rows.
    private(set) var kept: Set<String> = []
    /// Relations that somebody dropped.
    private(set) var missing: [String] = []

    var names: [String] { Array(checksums.keys) }

    init(in transaction: Transaction) throws {
      let rows = try transaction.query(
        """
        SELECT f.name, f.place::bigint AS place, f.checksum, r.relation,
          c.oid IS NOT NULL AS is_there, coalesce(c.relkind = 'm', false) AS is_kept
        FROM acsync.view_files f
        LEFT JOIN LATERAL unnest(f.relations) WITH ORDINALITY AS r (relation, number) ON true
        LEFT JOIN pg_class c ON c.oid = to_regclass(r.relation)
        ORDER BY f.place, r.number
        """)
      for row in rows {
        checksums[try row.value("name")] = (try row.value("place"), try row.value("checksum"))
        guard let relation: String = try row["relation"] else { continue }
        guard try row.value("is_there") else {
          missing.append(relation)
          continue
        }
        present.append(relation)
        if try row.value("is_kept") { kept.insert(relation) }
      }
    }

    func has(_ file: File, at place: Int) -> Bool {
      guard let held = checksums[file.name] else { return false }
      return held.checksum == file.checksum && held.place == Int64(place)
    }
  }
}

extension PostgresError {
  /// Whether something else stands on what was to be dropped.
  var isDependedOn: Bool { sqlstate == "2BP01" }
}
