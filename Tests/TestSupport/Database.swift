internal import EmbeddedPostgres
public import Postgres

/// A database of the test's own, dropped when the test ends.
///
/// ```swift
/// @Suite(.freshDatabase) struct `Committing a page` {
///   @Test func `…`() async throws {
///     let connection = try await Database.connect()
/// ```
public struct Database: Sendable {
  /// The running test's database, under the trait `.freshDatabase`.
  public static var current: Database {
    get throws {
      guard let database = bound else { throw NoDatabase() }
      return database
    }
  }

  /// What is thrown where a test asks for a database without the trait.
  public struct NoDatabase: Error, CustomStringConvertible {
    /// What to do about it.
    public var description: String { "the test lacks the trait .freshDatabase" }
  }

  @TaskLocal static var bound: Database?

  /// The database's name in the cluster.
  public let name: String
  /// What libpq connects with.
  public let uri: String

  /// A connection to the running test's database.
  public static func connect() async throws -> Connection {
    try await Connection.open(try current.uri, applicationName: "tests")
  }

  /// Makes a database, runs the body with it, and drops it whatever becomes of the body.
  static func withFresh(_ body: @Sendable (Database) async throws -> Void) async throws {
    let cluster = try await TestCluster.shared.running()
    let database = Database(fresh: cluster)
    let name = Identifier(database.name)
    let creator = try await administrator(of: cluster)
    try await creator.execute("CREATE DATABASE \(name)")
    await creator.close()
    let outcome: Result<Void, any Error>
    do {
      outcome = .success(try await body(database))
    } catch {
      outcome = .failure(error)
    }
    let dropper = try await administrator(of: cluster)
    // FORCE: a test need not close what it opened.
    try await dropper.execute("DROP DATABASE \(name) WITH (FORCE)")
    await dropper.close()
    try outcome.get()
  }

  private init(fresh cluster: Cluster) {
    name = "test_\(UInt64.random(in: 0...UInt64.max))"
    uri = cluster.connectionURI.replacing("///\(Cluster.name)?", with: "///\(name)?")
  }

  private static func administrator(of cluster: Cluster) async throws -> Connection {
    try await Connection.open(cluster.connectionURI, applicationName: "tests")
  }
}
