public import Catalog
import Synchronization

/// Answers that are asked for beside the question for the key, each kept until it is needed.
///
/// Until that question is answered and all streams are taken nothing can be planned for good, and at
/// a slow service the question would be alone in flight. So the first pages of lists that are read from their beginning in any case are
/// asked for meanwhile. Who then asks for the same, as the first thing that is asked of that stream,
/// gets that answer, or its failure, as if it were its own. Anything later would be answered by what
/// the account was like before.
final class EarlyAnswers: Sendable {
  typealias Answer = Result<Page, any Error>

  private struct Line {
    let query: PageQuery
    let answer: AsyncStream<Answer>
    let end: AsyncStream<Answer>.Continuation
    var isAsked = false
  }

  private struct State {
    /// At most one a stream.
    var lines: [StreamDefinition.ID: Line] = [:]
    var waiting: [StreamDefinition.ID] = []
    var wasted: [StreamDefinition.ID] = []
    var isWanted = false
    var isClosed = false
  }

  private let state = Mutex(State())

  /// Notes what may be asked early, each of another stream, the most urgent first; once only.
  ///
  /// - Returns: whether it was the first time.
  @discardableResult
  func want(_ queries: [PageQuery]) -> Bool {
    state.withLock { state in
      guard !state.isWanted else { return false }
      state.isWanted = true
      for query in queries {
        let (answer, end) = AsyncStream.makeStream(of: Answer.self)
        state.lines[query.stream.id] = Line(query: query, answer: answer, end: end)
        state.waiting.append(query.stream.id)
      }
      return true
    }
  }

  /// What is to be asked next, and where the answer goes; nil if nothing is.
  func next() -> (query: PageQuery, end: AsyncStream<Answer>.Continuation)? {
    state.withLock { state in
      while !state.isClosed, !state.waiting.isEmpty {
        let stream = state.waiting.removeFirst()
        guard let line = state.lines[stream] else { continue }
        state.lines[stream]?.isAsked = true
        return (line.query, line.end)
      }
      return nil
    }
  }

  /// Lets nothing more be asked early: from here on, walks ask.
  func close() {
    state.withLock { state in
      state.isClosed = true
      state.lines = state.lines.filter(\.value.isAsked)
    }
  }

  /// The answer to a query that was asked early, also one that is still awaited; nil where another
  /// was, or where this is not the first query of its stream.
  func take(_ query: PageQuery) -> AsyncStream<Answer>? {
    state.withLock { state in
      guard let line = state.lines.removeValue(forKey: query.stream.id), line.isAsked else {
        return nil
      }
      if line.query == query { return line.answer }
      state.wasted.append(query.stream.id)
      return nil
    }
  }

  /// Streams of which something was asked that nobody needed; called at a run's end.
  var unused: [StreamDefinition.ID] {
    state.withLock { $0.wasted + $0.lines.filter(\.value.isAsked).keys }
  }
}

extension AsyncStream<EarlyAnswers.Answer> {
  /// The one answer.
  ///
  /// - Throws: why the request failed; `CancellationError` where nobody waits any more.
  var answer: Page {
    get async throws {
      for await answer in self { return try answer.get() }
      throw CancellationError()
    }
  }
}

extension Engine {
  /// Asks, beside the question for the key and until the streams are taken, for first pages that are
  /// needed whatever its answer is: by as many lanes as there are workers that wait for it.
  ///
  /// Returns when the answers are there, and may be cancelled once the run has ended. Does nothing
  /// the second time, and under a limit, which is left to what is most urgent.
  /// - Parameter states: what the destination knows of each stream; it says nothing of new ones.
  public nonisolated func readAhead(
    _ selected: [StreamSelection], catalogue: [StreamSelection],
    knowing states: [StreamDefinition.ID: StreamState]
  ) async {
    guard options.limits.capacity == nil else { return }
    let queries = Plan.sureQueries(
      Plan.ordered(selected, catalogue: catalogue), states, pageSize: options.pageSize)
    let early = reader.early
    guard early.want(Array(queries.prefix(2 * options.workers))) else { return }
    await withTaskGroup(of: Void.self) { group in
      for _ in 1..<max(1, options.workers) { group.addTask { await self.readAhead(early) } }
    }
  }

  /// One lane; a failure ends it, since the key may be refused.
  private nonisolated func readAhead(_ early: EarlyAnswers) async {
    while let (query, end) = early.next() {
      defer { end.finish() }
      do {
        end.yield(.success(try await reader.source.page(query)))
      } catch {
        end.yield(.failure(error))
        return
      }
    }
  }
}

extension Plan {
  /// The first requests of a run that are the same whoever's key it is, and whenever it begins, the
  /// most urgent first.
  static func sureQueries(
    _ ordered: [(selection: StreamSelection, neededBy: StreamDefinition.ID?)],
    _ states: [StreamDefinition.ID: StreamState], pageSize: Int
  ) -> [PageQuery] {
    let run = circumstances(
      of: ordered, knowing: states, in: StreamPlan.Circumstances(pageSize: pageSize))
    let plans = ordered.map {
      StreamPlan($0.selection, state: states[$0.selection.stream.id] ?? StreamState(), in: run)
    }
    let unsure = Set(plans.filter { !$0.isSure }.map(\.stream.id))
    // Whether rows come beside others depends on how both are read.
    let guests = Set(plans.flatMap { $0.isSure ? [] : $0.stream.sideLoads })
    let sure = sharing(plans.filter { $0.isSure || $0.stream.carrier != nil })
    let ends = sure.filter { $0.isAligned && $0.stream.carrier == nil }.map {
      ListEnd.query(of: $0.stream)
    }
    // Whether what a page carries is wanted depends on how long ago it was proven.
    let unsureHosts = Set(
      plans.filter { $0.state.completeAsOf != nil }.compactMap(\.stream.carrier))
    let first = sure.filter {
      // What comes beside others waits until the end of its own list is known.
      !$0.isAligned && $0.including.allSatisfy { $0.carrier != nil }
        && unsure.isDisjoint(with: $0.stream.sideLoads)
        && !guests.contains($0.stream.id) && !unsureHosts.contains($0.stream.id)
    }
    return ends
      + first.compactMap { plan in
        var walk = Walk(plan)
        return walk.next()?.query
      }
  }
}

extension StreamPlan {
  /// Whether the list is read from its beginning, whatever the account's time and the key's user
  /// turn out to be.
  fileprivate var isSure: Bool {
    isWhole && state.unfinished == nil && state.filter != .useless && stream.listedBelow == nil
      // What is known of others may let it rest, or be read in part.
      && (stream.rest == .zero || state.completeAsOf == nil)
      && (!stream.isIncremental || state.lastSuccess == nil)
  }
}
