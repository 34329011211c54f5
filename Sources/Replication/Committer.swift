import Catalog

/// Takes what the workers have read and writes it, all that waits at once, a transaction a walk.
struct Committer: Sendable {
  /// Writes a batch, in one transaction.
  let write: @Sendable (Batch) async throws -> Receipt
  let agenda: Agenda
  let tally: Tally
  /// Called with the receipt of a walk's last batch.
  let ended: @Sendable (StreamDefinition.ID, Receipt) async -> Void
  /// Called when a stream cannot go on, with the reason.
  let failed: @Sendable (StreamDefinition.ID, Explanation) async -> Void

  /// Works until nothing more can come.
  func run() async {
    // What follows a batch that was not written would claim its rows as read.
    var broken: Set<StreamDefinition.ID> = []
    while let deliveries = await agenda.take() {
      for batch in Self.batches(of: deliveries) where await agenda.has(batch.stream.id) {
        guard !broken.contains(batch.stream.id) else { continue }
        let doubt = deliveries.first {
          batch.isOfWalk(of: $0) && $0.stream == batch.stream && $0.doubt != nil
        }?.doubt
        do {
          let receipt = try await commit(batch)
          if let doubt { await failed(batch.stream.id, doubt.explanation) }
          if receipt.verdict != nil { await ended(batch.stream.id, receipt) }
        } catch {
          broken.insert(batch.stream.id)
          await failed(batch.stream.id, Explanation(of: error))
        }
      }
    }
  }

  private func commit(_ batch: Batch) async throws -> Receipt {
    let receipt = try await write(batch)
    // Other rows are counted as they come, with the requests for them.
    for page in batch.pages where batch.isBeside {
      tally.note(.pageReceived(batch.stream.id, rows: page.received, remaining: 0))
    }
    tally.note(.pagesCommitted(batch.stream.id, pages: batch.pages.count, receipt.counts))
    if let closing = batch.closing, receipt.verdict?.isClosed == true {
      tally.note(.walkClosed(batch.stream.id, closing))
    }
    return receipt
  }

  /// One batch a walk, in the order in which the walks came.
  ///
  /// A stream whose walk began anew meanwhile has one for each: what the first walk saw is forgotten
  /// with it, so rows of the second must not be counted among them.
  static func batches(of deliveries: [Agenda.Delivery]) -> [Batch] {
    var batches: [Batch] = []
    var latest: [StreamDefinition.ID: Int] = [:]
    for delivery in deliveries {
      let stream = delivery.stream.id
      if let known = latest[stream], batches[known].isOfWalk(of: delivery) {
        batches[known].progress.merge(delivery.progress.segments)
      } else {
        latest[stream] = batches.count
        batches.append(
          Batch(
            stream: delivery.stream, pages: [], progress: delivery.progress,
            isWhole: delivery.isWhole))
      }
      let index = latest[stream] ?? batches.endIndex - 1
      if let page = delivery.page { batches[index].pages.append(page) }
      if let closing = delivery.closing { batches[index].closing = closing }
    }
    return batches
  }
}

extension Batch {
  /// Whether its rows came beside another stream's.
  fileprivate var isBeside: Bool { progress.signature.hasSuffix(Addendum.mark) }

  fileprivate func isOfWalk(of delivery: Agenda.Delivery) -> Bool {
    isWhole == delivery.isWhole && progress.signature == delivery.progress.signature
      && progress.startedAt == delivery.progress.startedAt
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

extension Verdict {
  /// Whether the walk's end is in the warehouse.
  var isClosed: Bool {
    if case .short = self { return false }
    return true
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
