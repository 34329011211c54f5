import Catalog
import Replication
import Testing

@testable import Commands

@Suite struct `The board of a backfill` {
  private static let window = CreationWindow(
    first: CalendarDay(daysSinceEpoch: 18_000), last: CalendarDay(daysSinceEpoch: 18_029))

  private func board() -> BackfillBoard {
    var board = BackfillBoard()
    board.note(.reading(.requestStarted("contacts", isRetry: false)), at: .zero)
    board.note(.begun(windows: 4, requests: 100), at: .seconds(10))
    board.note(.windowStarted("contacts", Self.window), at: .seconds(10))
    for second in 1...20 {
      let now = Duration.seconds(10 + second)
      board.note(.reading(.requestStarted("contacts", isRetry: false)), at: now)
      board.note(.reading(.pageReceived("contacts", rows: 100, remaining: 0)), at: now)
    }
    board.note(.windowDone("contacts", Self.window), at: .seconds(30))
    return board
  }

  @Test func `tells windows, rows, rate and what is left, and not what was asked before`() {
    let line = board().logLine(at: .seconds(30))
    #expect(
      line == "1 of 4 windows, 2,000 rows, 20 requests, 1.0/s, 20 s, about 1 min 20 s left; "
        + "now contacts 2019-04-14 to 2019-05-13")
  }

  @Test func `shows nothing before it begins, and never a line too wide`() {
    #expect(BackfillBoard().lines(at: .seconds(1), width: 40, height: 24).isEmpty)
    let lines = board().lines(at: .seconds(30), width: 40, height: 24)
    #expect(lines.count == 2 && lines.allSatisfy { $0.count <= 40 })
  }

  @Test func `says why a stream is read whole, and for whom it waits`() {
    var board = board()
    board.note(.readWhole("deals", reason: "a reason"), at: .seconds(31))
    #expect(board.notice == "deals is read whole: a reason")
    board.note(.waiting("deals"), at: .seconds(32))
    #expect(board.logLine(at: .seconds(32)).hasSuffix("now waits for the run that holds deals"))
  }
}
