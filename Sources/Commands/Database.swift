import Catalog
import EmbeddedPostgres
import FoundationEssentials
import Glibc

extension Verb {
  static let db = Verb(
    "db", "the embedded PostgreSQL: start, stop, look, open psql",
    operands: "start|stop|status|psql|url",
    details: """
      The cluster is acsync's own, for those who have no server; no other cluster is touched.
      What stands behind psql goes to psql: acsync db psql -c 'SELECT 1'
      ACSYNC_POSTGRES_FOLDER names another folder for it, which its server's user can enter.
      """,
    handsOn: "psql"
  ) { invocation in
    let words = invocation.arguments.operands
    guard let word = words.first else {
      throw UsageError.missingOperand(verb: "db", usage: "acsync db \(verbWords)")
    }
    guard let action = DatabaseAction(rawValue: word) else {
      throw UsageError.unknownSubcommand(
        word, verb: "db", known: DatabaseAction.allCases.map(\.rawValue))
    }
    if action != .psql, words.count > 1 {
      throw UsageError.unexpectedOperand(words[1], verb: "db")
    }
    try await action.perform(
      on: Target.cluster(of: invocation.environment), Array(words.dropFirst()), invocation)
    return .done
  }

  private static let verbWords = DatabaseAction.allCases.map(\.rawValue).joined(separator: "|")
}

/// What can be done with the embedded cluster.
private enum DatabaseAction: String, CaseIterable {
  case start, stop, status, psql, url

  func perform(on cluster: Cluster, _ rest: [String], _ invocation: Invocation) async throws {
    switch self {
    case .start:
      try await cluster.start()
      report(cluster, invocation)
    case .stop:
      try await cluster.stop()
      report(cluster, invocation)
    case .status: report(cluster, invocation)
    case .url: invocation.console.result(cluster.connectionURI)
    case .psql:
      try await cluster.start()
      try Self.become(try cluster.psqlPath(), cluster.psqlArguments + rest)
    }
  }

  /// Says what the cluster is doing.
  private func report(_ cluster: Cluster, _ invocation: Invocation) {
    let console = invocation.console
    if invocation.wantsJSON { return console.result(JSON.text(ClusterDocument(cluster))) }
    switch cluster.status() {
    case .running(let processID, let since):
      let start = Instant(seconds: Int64(since.timeIntervalSince1970))
      console.result("running since \(Figures.minute(start)), process \(processID)")
    case .stopped: console.result("stopped; its data is kept")
    case .absent: console.result("absent; acsync db start makes it")
    }
    console.result("  folder  \(cluster.folder)")
    console.result("  log     \(cluster.logFile)")
    console.result("  url     \(cluster.connectionURI)")
  }

  /// Replaces this process by another program, so that signals and the terminal are its own.
  private static func become(_ path: String, _ arguments: [String]) throws {
    var words = ([path] + arguments).map { strdup($0) } + [nil]
    execv(path, &words)
    let reason = String(cString: strerror(errno))
    throw ClusterError.file(path: path, reason: "cannot be started: \(reason)")
  }
}

/// The cluster in JSON.
private struct ClusterDocument: Encodable {
  let status: String
  let processId: Int32?
  let folder: String
  let log: String
  let url: String

  init(_ cluster: Cluster) {
    (status, processId) =
      switch cluster.status() {
      case .running(let processID, _): ("running", processID)
      case .stopped: ("stopped", nil)
      case .absent: ("absent", nil)
      }
    folder = cluster.folder
    log = cluster.logFile
    url = cluster.connectionURI
  }
}
