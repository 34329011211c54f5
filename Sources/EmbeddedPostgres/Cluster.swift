internal import Dispatch
public import FoundationEssentials

/// A private PostgreSQL cluster in a folder of its own, for people who have no server.
///
/// It runs the system's own binaries and listens on a unix socket only. Whoever can enter the
/// socket's folder is trusted: the user the server runs as, and root. It never touches another
/// cluster, and lives on when this process ends, unless it is `temporary`.
public struct Cluster: Sendable {
  /// What the cluster is for.
  public enum Purpose: Sendable {
    /// Keeps its data, and runs until it is stopped.
    case lasting
    /// For tests: writes nothing for sure, and goes with this process, its folder too.
    case temporary
  }

  /// What the cluster is doing.
  public enum Status: Sendable, Hashable {
    /// The server runs, under this process number.
    case running(processID: Int32, since: Date)
    /// There is data, and no server.
    case stopped
    /// There is no data yet; ``Cluster/start()`` makes some.
    case absent
  }

  /// The role and the database: both have one name, and the role is a superuser.
  public static let name = "acsync"

  let layout: Layout
  let purpose: Purpose
  let maxConnections: Int

  /// The cluster of a folder, which need not exist yet.
  ///
  /// - Parameters:
  ///   - folder: Where all of it lies; without one, `$XDG_DATA_HOME/acsync/postgres`, or
  ///     `~/.local/share/acsync/postgres`, or for root `/var/lib/acsync/postgres`, since root's
  ///     home is closed to the unprivileged user that the server then runs as.
  ///   - maxConnections: The most sessions at once.
  public init(folder: String? = nil, purpose: Purpose = .lasting, maxConnections: Int = 100) {
    layout = Layout(folder: folder ?? Layout.defaultFolder())
    self.purpose = purpose
    self.maxConnections = maxConnections
  }

  /// The folder, absolute.
  public var folder: String { layout.folder }

  /// What libpq connects with, the same before and after a start.
  public var connectionURI: String {
    "postgresql:///\(Self.name)?host=\(percentEncoded(layout.socketFolder))&port=\(Layout.port)"
      + "&user=\(Self.name)"
  }

  /// What psql and its kin connect with.
  public var psqlArguments: [String] {
    ["-h", layout.socketFolder, "-p", "\(Layout.port)", "-U", Self.name, "-d", Self.name]
  }

  /// The psql that belongs to the cluster's version.
  /// - Throws: ``ClusterError``.
  public func psqlPath() throws -> String {
    try ServerBinaries.find(forDataIn: layout).path(of: "psql")
  }

  /// The server's own log.
  public var logFile: String { layout.logFile }

  /// What the cluster is doing, as its folder and the running processes tell.
  public func status() -> Status {
    guard layout.majorVersion != nil else { return .absent }
    guard let server = RunningServer(of: layout) else { return .stopped }
    return .running(processID: server.processID, since: server.since)
  }

  /// Makes the cluster where there is none, and starts it where it does not run.
  ///
  /// Several processes may call it at once; each returns when the server takes connections.
  /// - Throws: ``ClusterError``.
  public func start() async throws {
    try await blocking {
      try Launch(cluster: self).start()
    }
  }

  /// Stops the server if it runs, once its open transactions are rolled back.
  /// - Throws: ``ClusterError``.
  public func stop() async throws {
    try await blocking {
      try Launch(cluster: self).stop()
    }
  }

  /// Runs what blocks on a queue of its own, off Swift's threads.
  private func blocking(_ body: @escaping @Sendable () throws -> Void) async throws {
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
      DispatchQueue(label: "cluster").async { done.resume(with: Result(catching: body)) }
    }
  }
}

/// The path as a value in a URI's query.
private func percentEncoded(_ path: String) -> String {
  path.utf8.map { byte -> String in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"),
      UInt8(ascii: "_"), UInt8(ascii: "."):
      return String(UnicodeScalar(byte))
    default:
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count < 2 ? "0" : "") + digits
    }
  }.joined()
}
