import Catalog
import EmbeddedPostgres
import Postgres

// The one file that knows the engine and both its ends.

extension ClusterError {
  /// The cluster is a target: what stops it keeps us from the warehouse.
  var explanation: Explanation {
    Explanation(
      what, at: place ?? "the embedded PostgreSQL", remedy: remedy, .lasting(.stopRun),
      fault: .targetOutOfReach)
  }
}

extension PostgresError {
  /// What the server or the way to it refused, for a person.
  var explanation: Explanation {
    let code = sqlstate.map { " (SQLSTATE \($0))" } ?? ""
    return Explanation(
      message + code, at: place ?? "the warehouse", remedy: hint ?? remedy, .lasting(.stopRun),
      fault: .targetOutOfReach)
  }

  private var remedy: String {
    switch kind {
    case .cannotConnect: "see that the server runs and that DATABASE_URL or PG* name it rightly"
    case .connectionLost: "run again; what was committed is kept"
    case .cancelled: "run again, and look at the server's statement_timeout"
    case .server where isPermission: "give the role the right to create schemas and tables"
    case .server, .client: "see the server's log"
    }
  }
}
