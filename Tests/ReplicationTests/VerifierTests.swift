import Catalog
import InMemoryEnds
import Testing

@testable import Replication

/// A list that goes on for ever, a row a page.
private struct Endless: Source {
  func page(_ query: PageQuery) async throws -> Page {
    guard case .ids(let after, _) = query.slice else {
      return Page(rows: [], received: 0, total: nil, serverTime: Instant(seconds: 0))
    }
    let row = Row(key: after + 1, values: query.stream.columns.map { _ in .null })
    return Page(rows: [row], received: 1, total: nil, serverTime: Instant(seconds: 0))
  }

  func exists(_ key: Int64, of stream: StreamDefinition) async throws -> Bool { false }

  func confirmKey() async throws -> KeyAnswer {
    KeyAnswer(user: 1, serverTime: Instant(seconds: 0))
  }
}

/// A table that holds whatever it is asked about.
private struct Agreeing: Verifiable {
  func countLiveRows(of stream: StreamDefinition) async throws -> Int64? { 0 }

  func differences(from page: Page, in stream: StreamDefinition) async throws -> [Difference] {
    []
  }

  func liveKeys(
    of stream: StreamDefinition, after: Int64, below: Int64?, skipping: Int64, limit: Int
  ) async throws -> [Int64] { [] }
}

/// A list of some ids, and a table that holds others as well.
private struct Ids: Source, Verifiable {
  let listed: [Int64]
  let held: [Int64]
  /// Rows that are there although no list has them.
  var hidden: Set<Int64> = []

  func page(_ query: PageQuery) async throws -> Page {
    guard case .ids(let after, _) = query.slice else {
      return Page(
        rows: [], received: 1, total: Int64(listed.count), serverTime: Instant(seconds: 0))
    }
    let left = listed.filter { $0 > after }
    let rows = left.prefix(query.limit).map { key in
      Row(key: key, values: query.stream.columns.map { _ in .null })
    }
    return Page(
      rows: rows, received: rows.count, total: Int64(left.count), serverTime: Instant(seconds: 0))
  }

  func exists(_ key: Int64, of stream: StreamDefinition) async throws -> Bool {
    hidden.contains(key)
  }

  func confirmKey() async throws -> KeyAnswer {
    KeyAnswer(user: 1, serverTime: Instant(seconds: 0))
  }

  func countLiveRows(of stream: StreamDefinition) async throws -> Int64? { Int64(held.count) }

  func differences(from page: Page, in stream: StreamDefinition) async throws -> [Difference] {
    []
  }

  func liveKeys(
    of stream: StreamDefinition, after: Int64, below: Int64?, skipping: Int64, limit: Int
  ) async throws -> [Int64] {
    Array(
      held.filter { $0 > after && $0 < below ?? .max }.dropFirst(Int(skipping)).prefix(limit))
  }
}

@Suite struct `A verification` {
  @Test func `finds what the account does not list, before, between and behind its rows`()
    async throws
  {
    let surplus: Set<Int64> = [1, 19, 31, 32, 99]
    let listed = (1...12).map { Int64($0 * 3) }
    let ends = Ids(
      listed: listed, held: (listed + surplus + [20]).sorted(), hidden: [20])
    var options = Verifier.Options()
    options.pageSize = 4
    let stream = StreamDefinition.windowed("people", paging: .ids)
    let verifier = Verifier(ends, ends, options: options)
    let survey = try #require(try await verifier.survey(stream))
    let found = await verifier.verify(
      StreamSelection(stream), state: StreamState(), survey: survey)
    #expect(found.problem == nil && found.rowsCompared == 12)
    #expect(Set(found.differences.filter { $0.kind == .surplus }.compactMap(\.key)) == surplus)
  }

  @Test func `that does not come to its end proves nothing`() async throws {
    let verifier = Verifier(Endless(), Agreeing(), options: Verifier.Options())
    let stream = StreamDefinition.windowed("people", paging: .ids)
    let found = await verifier.verify(
      StreamSelection(stream), state: StreamState(),
      survey: Verifier.Survey(total: nil, liveRows: 0, requests: 1))
    #expect(found.rowsCompared == 1000)
    let problem = try #require(found.problem)
    #expect(problem.fault == .partial && problem.what.contains("no end"))
  }
}
