import ActiveCampaign
import Catalog
import Configuration
import Replication
import Warehouse

extension Verb {
  static let status = Verb(
    "status", "what is fresh, late or failing, and why",
    details: """
      Asks the database only: no request is sent to the account. fresh: proven
      complete within its refresh, or --late-after; late: longer ago; failing: its
      last run failed; held: another run had it; never: never proven complete;
      skipped: not offered to this key. Exits 0 whatever it tells, with --exit-code 3
      unless all is fresh or skipped.
      """,
    options: Option.configured + [StatusOptions.exitCode, StatusOptions.lateAfter]
  ) { invocation in
    try invocation.requireNoOperands(of: "status")
    let lateAfter = try StatusOptions.lateAfter(invocation)
    var standings: [Standing] = []
    for setup in try Setup.all(invocation) {
      standings.append(try await Standing(of: setup, lateAfter: lateAfter, note: invocation.note))
    }
    if invocation.wantsJSON {
      let documents = standings.map(StatusDocument.init)
      let text =
        standings.count == 1
        ? documents.first.map { JSON.text($0) } : JSON.text(["accounts": documents])
      invocation.console.result(text ?? "")
    } else {
      for standing in standings { standing.write(to: invocation.console) }
    }
    let isTrouble = standings.contains(where: \.isTrouble)
    return invocation.arguments.has(StatusOptions.exitCode) && isTrouble ? .partial : .done
  }
}

/// The options of `status`.
private enum StatusOptions {
  static let exitCode = Option("exit-code", "exit 3 unless every stream is fresh or skipped")
  static let lateAfter = Option(
    "late-after", value: "TIME", "how old a proof may be; default the stream's refresh")

  static func lateAfter(_ invocation: Invocation) throws(UsageError) -> Duration? {
    guard let text = invocation.arguments.value(of: lateAfter) else { return nil }
    guard let duration = TimeText.duration(text) else {
      throw .badValue(text, option: lateAfter.name, expected: "a time such as 30m or 2h")
    }
    return duration
  }
}

/// How an account's streams stand at a moment.
struct Standing: Sendable {
  let account: String
  /// What the file calls the account; nil where it names none.
  let name: String?
  /// The streams selected, in the order of the selection.
  let streams: [StreamStanding]
  /// The last run; nil if there was none.
  let lastRun: RunStatus?
  /// The warehouse's time.
  let now: Instant

  /// Asks the warehouse; all is unread where there is none yet.
  init(of setup: Setup, lateAfter: Duration?, note: (String) -> Void) async throws {
    account = try setup.account()
    name = setup.accountName
    var known: [StreamStatus] = []
    var holders: [StreamHolder] = []
    if setup.target.isAbsent {
      lastRun = nil
      now = Instant.ofThisMachine()
    } else {
      let loader = try await setup.openLoader(account: account, note: note)
      known = try await loader.status()
      holders = try await loader.holders(of: setup.selection.map(\.stream))
      lastRun = try await loader.recentRuns(atMost: 1).first
      now = try await loader.now()
      await loader.close()
    }
    let time = now
    streams = setup.selection.map { selection in
      let id = selection.stream.id
      return StreamStanding(
        selection, known.first { $0.stream == id }, heldBy: holders.first { $0.stream == id },
        at: time, lateAfter: lateAfter)
    }
  }

  /// Whether somebody has to see to it.
  var isTrouble: Bool { streams.contains { $0.freshness.isTrouble } }

  func write(to console: Console) {
    let width = console.resultTerminal.width
    func tell(_ line: String) {
      TableText.folded(line, width: width ?? .max, indent: 2).forEach(console.result)
    }
    tell(headline)
    console.result("")
    table.lines(width: width).forEach(console.result)
    console.result("")
    tell(lastRunLine)
    if let running { tell(running) }
    for stream in streams {
      for reason in stream.reasons { tell("\(stream.stream.id): \(reason)") }
    }
  }

  /// `acme.api-us1.com: 1 failing, 2 late, 12 fresh`.
  var headline: String {
    let counts = Freshness.allCases.compactMap { word in
      let count = streams.count { $0.freshness == word }
      return count == 0 ? nil : "\(count) \(word.rawValue)"
    }
    let isAllFresh = streams.allSatisfy { $0.freshness == .fresh }
    return [name, account].compactMap(\.self).joined(separator: " ") + ": "
      + (isAllFresh
        ? "all \(Figures.amount(streams.count, "stream")) fresh"
        : counts.joined(separator: ", "))
  }

  private var table: TableText {
    var table = TableText([
      .init("stream"), .init("state"), .init("behind", isNumber: true),
      .init("allowed", isNumber: true, sacrifice: 2), .init("live rows", isNumber: true),
      .init("rejected", isNumber: true, sacrifice: 4), .init("cursor", sacrifice: 6),
      .init("walk", sacrifice: 5), .init("read whole", sacrifice: 3), .init("now", sacrifice: 1),
      .init("last run"),
    ])
    for one in streams {
      let state = one.status?.state
      table.add([
        one.stream.id.name, one.freshness.rawValue, one.age.map { Figures.span($0) } ?? "–",
        Figures.span(one.longest), state.map { Figures.count($0.liveRows) } ?? "–",
        one.status.map { Figures.count($0.rejected) } ?? "–",
        state?.floor.map { Figures.minute($0) } ?? "–", Self.walk(of: state), due(one),
        one.holder == nil ? "" : "running", one.status?.lastOutcome?.rawValue ?? "–",
      ])
    }
    return table
  }

  private func due(_ one: StreamStanding) -> String {
    guard let next = one.nextWhole else { return "–" }
    return next <= now ? "is due" : "in \(Figures.span(next - now))"
  }

  private static func walk(of state: StreamState?) -> String {
    guard let state else { return "–" }
    guard let walk = state.unfinished else { return "finished" }
    let done = walk.segments.filter(\.isDone).count
    return "cut off, \(done) of \(Figures.amount(walk.segments.count, "part")) read"
  }

  private var lastRunLine: String {
    guard let lastRun else { return "\(account) has never been read into this database" }
    let isRunning = streams.contains { $0.holder != nil }
    let outcome = lastRun.outcome?.rawValue ?? (isRunning ? "under way" : "was killed")
    let requests = lastRun.requests.map { ", \(Figures.amount($0, "request"))" } ?? ""
    return "last run of \(account): \(Figures.minute(lastRun.startedAt)), \(outcome)\(requests)"
      + (lastRun.message.map { ": \($0)" } ?? "")
  }

  /// Who reads it now; nil for nobody.
  private var running: String? {
    let held = streams.filter { $0.holder != nil }
    guard let holder = held.first?.holder else { return nil }
    let who = [holder.application, holder.address.map { "from \($0)" }].compactMap(\.self)
    let since = holder.since.map { " since \(Figures.minute($0))" } ?? ""
    return "running\(since): \(who.isEmpty ? "another session" : who.joined(separator: " ")) holds "
      + held.map(\.stream.id.name).joined(separator: ", ")
  }
}
