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

@Suite struct `A verification` {
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
