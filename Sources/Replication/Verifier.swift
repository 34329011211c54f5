public import Catalog

/// What a verifier asks of the tables; all of it reads only.
public protocol Verifiable: Sendable {
  /// How many rows of the stream's table live, counted; nil where there is no table.
  func countLiveRows(of stream: StreamDefinition) async throws -> Int64?
  /// In what the rows of a page differ from those of the table.
  func differences(from page: Page, in stream: StreamDefinition) async throws -> [Difference]
  /// Keys of live rows in ascending order, between two keys, from the `skipping`th on.
  func liveKeys(
    of stream: StreamDefinition, after: Int64, below: Int64?, skipping: Int64, limit: Int
  ) async throws -> [Int64]
}

/// Holds tables against the account: every row of a stream, or pages spread over its list.
///
/// It knows nothing of what runs have counted: it asks the account and counts in the table. What
/// differs is looked at a second time before it is told, since both sides may have moved.
public struct Verifier: Sendable {
  /// What a verification is told.
  public struct Options: Sendable {
    /// So many pages are looked at, the list's last one among them; nil: all rows.
    public var samplePages: Int?
    /// Chooses the sample: the same seed looks at the same places.
    public var seed: UInt64 = 0
    /// Rows asked for in one request, 1 to 100.
    public var pageSize = 100
    /// How failed requests are sent again.
    public var retry = RetryRule()
    /// Time and chance.
    public var clock = EngineClock.system

    /// All rows.
    public init() {}
  }

  /// How long a list is, and what it takes to look at it.
  public struct Survey: Sendable {
    /// How many rows the account says there are; nil where it does not tell.
    public let total: Int64?
    /// How many rows of the table live.
    public let liveRows: Int64
    /// Requests it probably takes from here on, if nothing differs.
    public let requests: Int
  }

  let source: any Source
  let tables: any Verifiable
  let options: Options

  /// Readies a verifier.
  public init(_ source: any Source, _ tables: any Verifiable, options: Options) {
    self.source = source
    self.tables = tables
    self.options = options
  }

  /// Whose key it is.
  ///
  /// - Throws: an `Explained` error where the account does not take the key.
  public func confirmKey() async throws -> KeyAnswer { try await reader().confirmKey() }

  /// How long a stream's list is; nil where the warehouse has no table for it.
  public func survey(_ stream: StreamDefinition) async throws -> Survey? {
    guard let live = try await tables.countLiveRows(of: stream) else { return nil }
    let total = try await reader().total(of: stream)
    let size = Int64(options.pageSize)
    let pages = Int(((total ?? live) + size - 1) / size)
    return Survey(
      total: total, liveRows: live, requests: min(options.samplePages ?? pages, pages))
  }

  /// Holds a stream's table against the account; what goes wrong is in what it returns.
  public func verify(
    _ selection: StreamSelection, state: StreamState, survey: Survey
  ) async -> StreamVerification {
    let reader = reader()
    var inspection = Inspection(
      reader, tables, options: options, selection: selection, state: state, survey: survey)
    do {
      try await inspection.run()
    } catch let error as any Explained {
      inspection.found.problem = error.explanation
    } catch {
      inspection.found.problem = .cut(selection.stream.id, "it was stopped before its end")
    }
    // The survey's own request is among them.
    inspection.found.requests = reader.tally.sums.requests + 1
    return inspection.found
  }

  private func reader() -> Reader {
    Reader(
      source: source, rule: options.retry, clock: options.clock,
      tally: Tally(clock: options.clock) { _ in },
      allowance: Allowance(RunLimits(), clock: options.clock))
  }
}

extension Reader {
  /// How many rows the account says a list has; nil where it does not tell.
  func total(of stream: StreamDefinition) async throws -> Int64? {
    let slice: PageQuery.Slice = stream.paging == .ids ? .newest : .offset(0)
    let page = try await page(PageQuery(stream, slice, limit: 1), since: nil).page
    return page.total ?? (page.received == 0 ? 0 : nil)
  }
}

extension Explanation {
  /// A verification that did not come to its end: nothing is known to be right.
  static func cut(_ stream: StreamDefinition.ID, _ how: String) -> Explanation {
    Explanation(
      how, at: "stream \(stream)", remedy: "run acsync verify again", .lasting(.failStream),
      fault: .partial)
  }
}
