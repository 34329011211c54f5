public import ActiveCampaign
import Catalog
import EmbeddedPostgres
import Postgres
public import Replication
public import Warehouse

// The one file in which the engine and its two ends are made to fit.

extension Client: Source {
  /// Asks whose key it is.
  public func confirmKey() async throws -> KeyAnswer {
    let owner = try await probe()
    return KeyAnswer(user: owner.id, zone: owner.zone, serverTime: owner.serverTime)
  }
}

extension Loader: Destination {}

extension Loader: Verifiable {}

extension Loader: BackfillKeeper {}

extension AttendedLoader: Destination {}

extension RequestBudget: SharedBudget {}

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
    WarehouseError.refused(self, at: "the warehouse").explanation
  }
}
