public import Catalog
internal import Postgres

/// Schema `analytics`: brought up to date after a run, and by `acsync migrate`.
extension Loader {
  /// Taken while the views are made, so that two processes do not make the same.
  private static let viewsLock = Fingerprint(of: "acsync views of analysts").key
  /// Taken while a view's rows are brought up to date.
  private static let refreshLock = Fingerprint(of: "acsync refresh of views").key

  /// Makes what analysts read, as far as it is not there or not as it should be.
  ///
  /// It never fails: the rows are in their tables whatever becomes of the views, and the next run tries
  /// again.
  ///
  /// - Parameters:
  ///   - catalogue: every stream there is, as its table is wanted.
  ///   - selected: the streams whose tables are known to be wanted so: of others, another file may say
  ///     otherwise.
  ///   - whole: those of them whose tables are complete now, so that the views may show these instead of
  ///     others that the streams had before.
  /// - Returns: what stood in the way; nil for nothing.
  public func layOutAnalytics(
    of catalogue: [StreamDefinition], selected: Set<StreamDefinition.ID>,
    whole: Set<StreamDefinition.ID>
  ) async -> String? {
    await layOutAnalytics(of: catalogue, selected: selected, whole: whole, by: .shipped)
  }

  /// The same, by other files than those that ship.
  func layOutAnalytics(
    of catalogue: [StreamDefinition], selected: Set<StreamDefinition.ID>,
    whole: Set<StreamDefinition.ID>, by files: ViewFiles
  ) async -> String? {
    let views = SourceViews(
      sources: files.sources, account: account, schema: schema, selected: selected, whole: whole)
    do {
      // The sources first and alone: nobody who reads them waits for views that are made anew.
      try await withViews { transaction in
        try views.connect(catalogue, transaction)
      }
      try await withViews { transaction in
        try files.layOut(in: transaction)
        _ = try transaction.query("SELECT acsync.grant_roles('analytics')")
      }
      return nil
    } catch is CancellationError {
      return nil
    } catch {
      return "the views in schema analytics are as they were: \(Self.words(for: error))"
    }
  }

  /// Works on the views, one process at a time; whoever reads them for long is not waited for.
  private func withViews(_ work: @escaping @Sendable (Transaction) throws -> Void) async throws {
    let patience = patience
    try await persistently(at: "schema analytics") {
      do {
        try await self.connection.transaction { transaction in
          try transaction.lock(Self.viewsLock)
          try transaction.script("SET LOCAL lock_timeout = '\(patience.tableLock.milliseconds)ms'")
          try work(transaction)
        }
      } catch let error as PostgresError where error.isLockNotAvailable {
        // Once is enough: the next run tries again, and this one is to end.
        throw WarehouseError.refused(error, at: "schema analytics")
      }
    }
  }

  /// Brings those views up to date that keep their rows, where what they are made of has changed; they
  /// are read meanwhile.
  ///
  /// It never fails; what another process brings up to date is left to it.
  ///
  /// - Parameter streams: those of which rows were just written: the server's own count of them may be
  ///   a moment late.
  /// - Returns: what stood in the way.
  public func refreshViews(after streams: Set<StreamDefinition.ID>) async -> [String] {
    var notes: [String] = []
    var done: Set<String> = []
    do {
      // Again, since a view is due when one below it has just been brought up to date.
      while true {
        let written = done.isEmpty ? streams.map(\.name).sorted() : []
        let due = try await due(after: written).filter { !done.contains($0) }
        guard !due.isEmpty else { return notes }
        for view in due {
          try Task.checkCancellation()
          done.insert(view)
          do {
            try await refresh(view)
          } catch let error as PostgresError where error.kind == .server {
            notes.append("\(view) is as it was: \(error.message)")
          }
        }
      }
    } catch is CancellationError {
      return notes
    } catch {
      return notes + [
        "the kept views in schema analytics are as they were: \(Self.words(for: error))"
      ]
    }
  }

  private func due(after written: [String]) async throws -> [String] {
    try await persistently(at: "schema analytics") {
      try await self.connection.query("SELECT acsync.refresh_due(\(written)) AS name")
        .map { try $0.value("name") }
    }
  }

  private func refresh(_ view: String) async throws {
    try await connection.transaction { transaction in
      guard try transaction.tryLock(Self.refreshLock) else { return }
      try transaction.execute("SELECT acsync.refresh(\(view))")
    }
  }

  private static func words(for error: any Error) -> String {
    guard let error = error as? WarehouseError else { return "\(error)" }
    guard case .refused(let refusal, _) = error else { return error.explanation.what }
    if refusal.isDependedOn {
      // Here the server's detail tells names of views, and no row's values.
      return "\(refusal.message) (\(refusal.detail ?? "something stands on it")); drop that, run "
        + "acsync migrate, and make it again"
    }
    if refusal.isPermission { return "\(refusal.message); run acsync migrate as their owner" }
    return refusal.message
  }
}
