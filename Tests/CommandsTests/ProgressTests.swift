import Catalog
import Glibc
import Replication
import Testing

@testable import Commands

@Suite struct `The progress board` {
  /// Three streams under way, the first one ended.
  private func board() -> ProgressBoard {
    var board = ProgressBoard()
    for stream in [StreamDefinition.tags, .contacts, .deals] {
      board.note(.streamPlanned(plan(stream)), at: .zero)
    }
    for stream: StreamDefinition.ID in ["tags", "contacts", "deals"] {
      board.note(.requestStarted(stream, isRetry: false), at: .seconds(1))
    }
    board.note(.pageReceived("tags", rows: 20, remaining: 0), at: .seconds(2))
    var ended = StreamReport(stream: "tags", mode: .fullRefresh)
    ended.outcome = .done
    board.note(.streamEnded(ended), at: .seconds(2))
    board.note(.pageReceived("contacts", rows: 100, remaining: 24_900), at: .seconds(3))
    board.note(.pageReceived("deals", rows: 100, remaining: 400), at: .seconds(3))
    return board
  }

  private func plan(_ stream: StreamDefinition) -> StreamPlan {
    StreamPlan(StreamSelection(stream), state: StreamState(), pageSize: 100)
  }

  @Test func `shows a line for what ended, one a stream under way, and the sums`() {
    #expect(
      board().lines(at: .seconds(4), width: 80, height: 24) == [
        "ended: tags",
        "contacts  100/25,000  1 req  0.3/s  5 min 37 s left",
        "deals        100/500  1 req  0.3/s  5.3 s left",
        "1 of 3 streams, 220 rows, 3 requests, 0.8/s, 4.0 s",
      ])
  }

  @Test func `counts the shorter streams into the time left, since they come first`() {
    // 249 requests for contacts behind 4 for deals, at 3 requests in 4 seconds.
    let lines = board().lines(at: .seconds(4), width: 80, height: 24)
    #expect(lines[1].hasSuffix("\(Figures.span(.seconds(253 * 4 / 3))) left"))
    #expect(lines[2].hasSuffix("\(Figures.span(.seconds(4.0 * 4 / 3))) left"))
  }

  @Test func `says why a stream waits, and for how long`() {
    var board = board()
    let problem = Explanation(
      "the limit is reached", at: "GET deals", remedy: "",
      .retry(after: nil, otherwise: .failStream), fault: .sourceOutOfReach)
    board.note(
      .retryScheduled("deals", problem, attempt: 1, delay: .seconds(8)), at: .seconds(4))
    #expect(
      board.lines(at: .seconds(5), width: 80, height: 24)[2].hasSuffix(
        "waits 7.0 s: the limit is reached"))
    board.note(.requestStarted("deals", isRetry: true), at: .seconds(12))
    let lines = board.lines(at: .seconds(12), width: 80, height: 24)
    #expect(!lines[2].contains("waits"))
    #expect(lines[3].contains("4 requests, 1 again,"))
  }

  @Test(arguments: 20...120)
  func `never draws a line wider than the terminal`(width: Int) {
    for line in board().lines(at: .seconds(4), width: width, height: 24) {
      #expect(line.count <= width)
    }
  }

  @Test func `never draws more lines than the terminal has`() {
    var board = ProgressBoard()
    for number in 0..<100 {
      board.note(.requestStarted(.init("s\(number)"), isRetry: false), at: .zero)
    }
    board.notice = "stopping"
    for height in 6...40 {
      #expect(board.lines(at: .seconds(1), width: 80, height: height).count < height)
    }
  }

  @Test func `draws nothing before anything is planned`() {
    #expect(ProgressBoard().lines(at: .seconds(1), width: 80, height: 24).isEmpty)
  }

  @Test func `tells it all in one line for a log`() {
    #expect(
      board().logLine(at: .seconds(4))
        == "1 of 3 streams, 220 rows, 3 requests, 0.8/s, 4.0 s; "
        + "now contacts (5 min 37 s left), deals (5.3 s left)")
  }
}

@Suite struct `The display` {
  @Test func `is live on a terminal, and only there`() {
    let terminal = Terminal(width: 80, canRedraw: true)
    #expect(DisplayManner.of(isQuiet: false, isVerbose: false, terminal: terminal) == .live)
    #expect(DisplayManner.of(isQuiet: false, isVerbose: false, terminal: .none) == .occasional)
    #expect(DisplayManner.of(isQuiet: false, isVerbose: true, terminal: terminal) == .everyEvent)
    #expect(DisplayManner.of(isQuiet: true, isVerbose: true, terminal: terminal) == .silent)
  }

  @Test func `replaces as many lines as it drew`() {
    #expect(Display<ProgressBoard>.replacing(0, by: ["a", "b"]) == "a\nb\n")
    #expect(Display<ProgressBoard>.replacing(2, by: ["c"]) == "\r\u{1B}[2A\u{1B}[Jc\n")
    #expect(Display<ProgressBoard>.replacing(1, by: []) == "\r\u{1B}[1A\u{1B}[J")
  }

  @Test func `leaves nothing of a live drawing behind`() async {
    let recorder = Recorder()
    let display = Display(ProgressBoard(), .live, on: recorder.console(width: 80, canRedraw: true))
    display.note(.requestStarted("contacts", isRetry: false))
    // Until something is drawn, however slow the machine is.
    await display.during {
      while !recorder.aside.contains("contacts") { await Task.yield() }
    }
    #expect(recorder.aside.hasSuffix("\u{1B}[J"))
  }

  @Test func `writes a line for each event when asked to, and nothing when silent`() {
    let recorder = Recorder()
    Display(ProgressBoard(), .everyEvent, on: recorder.console()).note(
      .requestStarted("deals", isRetry: true))
    #expect(recorder.aside.hasSuffix("Z deals: asks again\n"))
    let silent = Recorder()
    let display = Display(ProgressBoard(), .silent, on: silent.console())
    display.note(.requestStarted("deals", isRetry: true))
    display.say("stopping")
    #expect(silent.aside.isEmpty)
  }

  @Test(arguments: [
    (["TERM": "xterm"], Terminal(width: nil)), (["COLUMNS": "60"], Terminal(width: 60)),
    (["COLUMNS": "3"], Terminal(width: nil)), (["COLUMNS": "wide"], Terminal(width: nil)),
  ])
  func `takes a file for no terminal, whatever the environment says`(
    environment: [String: String], expected: Terminal
  ) {
    #expect(Terminal.of(descriptor: -1, environment: environment) == expected)
  }
}

@Suite struct `A signal` {
  @Test(arguments: [(SIGINT, ExitCode.interrupted), (SIGTERM, .terminated)])
  func `asks for a stop, and gives the exit code`(number: Int32, code: ExitCode) async {
    let gate = Gate()
    await Signals.during(stop: { gate.open() }) { signals in
      #expect(signals.exitCode == nil)
      signals.received(number)
      await gate.wait()
      #expect(signals.exitCode == code)
    }
  }

  @Test func `end at once at the second, but not at the echo that timeout sends`() {
    var signals = StopSignals()
    let now = ContinuousClock.now
    #expect(signals.take(SIGTERM, at: now) == .stop)
    #expect(signals.take(SIGTERM, at: now + .milliseconds(1)) == .nothing)
    #expect(signals.take(SIGINT, at: now + .milliseconds(2)) == .end)
    #expect(signals.take(SIGTERM, at: now + StopSignals.echo) == .end)
    #expect(signals.first == SIGTERM)
  }
}
