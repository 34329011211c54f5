import Configuration
import EmbeddedPostgres
import Postgres

/// Which PostgreSQL the rows go to.
enum Target: Sendable {
  /// A server that a URI or list of libpq names.
  case uri(Secret)
  /// The server that libpq's own `PG*` variables name.
  case variables
  /// acsync's own cluster, in this database.
  case embedded(Cluster, database: String)

  /// The database of the demonstration, so that it never meets the rows of a real account.
  static let demoDatabase = "acsync_demo"

  /// The target of the settings.
  init(_ database: Database, isDemo: Bool, environment: [String: String]) {
    self =
      switch database {
      case .connection(let text): .uri(text)
      case .environment: .variables
      case .embedded:
        .embedded(
          Self.cluster(of: environment), database: isDemo ? Self.demoDatabase : Cluster.name)
      }
  }

  /// The cluster that the environment means: the one in the usual folder, unless it names another.
  static func cluster(of environment: [String: String]) -> Cluster {
    Cluster(folder: environment["ACSYNC_POSTGRES_FOLDER"].flatMap { $0.isEmpty ? nil : $0 })
  }

  /// The embedded cluster; nil for another server.
  var cluster: Cluster? {
    if case .embedded(let cluster, _) = self { cluster } else { nil }
  }

  /// Whether the warehouse can be asked without first making or starting a server.
  var isStanding: Bool {
    guard let cluster else { return true }
    if case .running = cluster.status() { return true }
    return false
  }

  /// Whether there is no warehouse yet, and asking for one would make it.
  var isAbsent: Bool {
    cluster?.status() == .absent
  }

  /// What libpq connects with; starts the embedded cluster, and makes the database there.
  ///
  /// - Throws: `ClusterError`, `PostgresError`.
  func conninfo(note: (String) -> Void = { _ in }) async throws -> String {
    switch self {
    case .uri(let text): return text.reveal()
    case .variables: return ""
    case .embedded(let cluster, let database):
      if !isStanding { note("starting the embedded PostgreSQL in \(cluster.folder)") }
      try await cluster.start()
      guard database != Cluster.name else { return cluster.connectionURI }
      try await Self.make(database, in: cluster)
      return Self.uri(of: database, in: cluster)
    }
  }

  /// What people call it; nil where its address says more.
  var title: String? {
    guard case .embedded(_, let database) = self else { return nil }
    return "embedded PostgreSQL, database \(database)"
  }

  /// The line that opens the data in psql; holds no password.
  ///
  /// - Parameter program: how acsync was called.
  func psqlLine(program: String) -> String {
    switch self {
    case .uri(let text): "psql \(Self.quoted(Self.withoutPassword(text.reveal())))"
    case .variables: "psql"
    case .embedded(_, Cluster.name): "\(program) db psql"
    case .embedded(_, let database): "\(program) db psql -d \(database)"
    }
  }

  private static func uri(of database: String, in cluster: Cluster) -> String {
    cluster.connectionURI.replacing(
      "postgresql:///\(Cluster.name)?", with: "postgresql:///\(database)?")
  }

  private static func make(_ database: String, in cluster: Cluster) async throws {
    let connection = try await Connection.open(
      cluster.connectionURI, applicationName: Program.applicationName)
    let found = try await connection.query(
      "SELECT FROM pg_database WHERE datname = \(database)")
    do {
      if found.isEmpty { try await connection.execute("CREATE DATABASE \(Identifier(database))") }
    } catch let error as PostgresError where ["42P04", "23505"].contains(error.sqlstate) {
      // Another process has made it in the meantime.
    }
    await connection.close()
  }

  /// `text` for a shell, scalar by scalar: an apostrophe with a combining mark behind it is one too.
  private static func quoted(_ text: String) -> String {
    "'" + text.unicodeScalars.map { $0 == "'" ? "'\\''" : String($0) }.joined() + "'"
  }

  /// A URI, or a list `key=value …`, without its passwords: psql then asks, or finds `~/.pgpass`.
  static func withoutPassword(_ text: String) -> String {
    guard let scheme = text.firstRange(of: "://") else { return listWithoutPassword(text) }
    let rest = text[scheme.upperBound...]
    let authority = rest.prefix { !"/?#".contains($0) }
    var shown = String(authority)
    if let at = authority.lastIndex(of: "@") {
      let user = authority[..<at].prefix { $0 != ":" }
      shown = String(user) + authority[at...]
    }
    return text[..<scheme.upperBound] + shown
      + queryWithoutPassword(rest.dropFirst(authority.count))
  }

  private static func queryWithoutPassword(_ tail: Substring) -> String {
    guard let mark = tail.firstIndex(of: "?") else { return String(tail) }
    let kept = tail[tail.index(after: mark)...].split(separator: "&")
      .filter { !secretKeys.contains($0.prefix { $0 != "=" }.lowercased()) }
    return tail[..<mark] + (kept.isEmpty ? "" : "?" + kept.joined(separator: "&"))
  }

  /// A value may be quoted and hold blanks, so that only a list without quotes is taken apart.
  private static func listWithoutPassword(_ text: String) -> String {
    if text.contains("'") || text.contains("\\") { return "" }
    return text.split(separator: " ")
      .filter { !secretKeys.contains($0.prefix { $0 != "=" }.lowercased()) }
      .joined(separator: " ")
  }

  private static let secretKeys: Set<String> = ["password", "sslpassword"]
}
