import Catalog

/// Takes what the workers have read and writes it, all that waits at once, a transaction a stream.
struct Committer: Sendable {
  let destination: any Destination
  let agenda: Agenda
  let tally: Tally
  /// Called when a stream cannot go on, with the reason.
  let failed: @Sendable (StreamDefinition.ID, Explanation) async -> Void

  /// Works until nothing more can come.
  func run() async {
    var broken: Set<StreamDefinition.ID> = []
    while let deliveries = await agenda.take() {
      for batch in Self.batches(of: deliveries) where !broken.contains(batch.stream.id) {
        let doubt = deliveries.first { $0.stream == batch.stream && $0.doubt != nil }?.doubt
        guard let problem = await commit(batch) ?? doubt?.explanation else { continue }
        broken.insert(batch.stream.id)
        await failed(batch.stream.id, problem)
      }
    }
  }

  /// Writes one batch; returns why it could not be written.
  private func commit(_ batch: Batch) async -> Explanation? {
    let stream = batch.stream.id
    do {
      let counts = try await destination.commit(batch)
      tally.note(.pagesCommitted(stream, pages: batch.pages.count, counts))
      guard let closing = batch.closing else { return nil }
      tally.note(.walkClosed(stream, closing))
      try await Ending(destination: destination, tally: tally).end(stream, .done)
      return nil
    } catch {
      return Explanation(of: error)
    }
  }

  /// One batch a stream, in the order in which the streams came.
  static func batches(of deliveries: [Agenda.Delivery]) -> [Batch] {
    var order: [StreamDefinition.ID] = []
    var batches: [StreamDefinition.ID: Batch] = [:]
    for delivery in deliveries {
      let stream = delivery.stream.id
      if batches[stream] == nil {
        order.append(stream)
        batches[stream] = Batch(stream: delivery.stream, pages: [], progress: delivery.progress)
      } else {
        batches[stream]?.progress.merge(delivery.progress.segments)
      }
      if let page = delivery.page { batches[stream]?.pages.append(page) }
      if let closing = delivery.closing { batches[stream]?.closing = closing }
    }
    return order.compactMap { batches[$0] }
  }
}

extension WalkProgress {
  /// Takes the newer form of each segment.
  fileprivate mutating func merge(_ newer: [Segment]) {
    for segment in newer {
      if let index = segments.firstIndex(where: { $0.id == segment.id }) {
        segments[index] = segment
      } else {
        segments.append(segment)
      }
    }
  }
}

/// Ends a stream's report, and lets the stream go.
struct Ending: Sendable {
  let destination: any Destination
  let tally: Tally

  /// Ends a stream once; later ends of the same stream do nothing.
  ///
  /// - Throws: what the destination throws; the report is ended all the same.
  func end(
    _ stream: StreamDefinition.ID, _ outcome: Outcome, problem: Explanation? = nil
  ) async throws {
    guard let report = tally.end(stream, outcome, problem: problem) else { return }
    defer { if let last = tally.report(of: stream) { tally.note(.streamEnded(last)) } }
    tally.setLiveRows(try await destination.finish(report), of: stream)
  }
}

extension Explanation {
  /// What any error says for itself; one that cannot is a mistake of ours.
  init(of error: any Error) {
    if let explained = error as? any Explained {
      self = explained.explanation
    } else {
      self.init(
        "unexpected: \(type(of: error))", at: String(describing: error), remedy: "please report it",
        .lasting(.stopRun), fault: .internalError)
    }
  }
}
