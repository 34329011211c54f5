import ActiveCampaign
import Catalog
import Configuration
import Replication
import Warehouse

extension Verb {
  static let backfill = Verb(
    "backfill", "read the rows of past years, window by window, beside the syncs",
    operands: "STREAM … | status",
    details: """
      Reads what was created from --from to --to, one window of --by days at a time, and
      lets each stream go between two windows, so that syncs pass. The same command goes
      on where it was stopped; windows that are done are not read again. It moves no
      cursor and marks no deletions. Streams that no filter can window are read whole.
      acsync backfill status lists what was begun; it sends no request.
      """,
    options: BackfillOptions.all
  ) { invocation in
    let names = invocation.arguments.operands
    if names == ["status"] { return try await backfillStatus(invocation) }
    guard !names.isEmpty else { throw OperatorError.nothingNamed(verb: "backfill") }
    let setup = try Setup(invocation, selecting: names)
    return try await Backfill(invocation, setup, try BackfillOptions(invocation, setup)).perform()
  }
}

/// What the command line asks of a backfill.
struct BackfillOptions {
  static let from = Option("from", value: "DAY", "the first day of creation: 2019-01-01")
  static let to = Option("to", value: "DAY", "the last day of creation, part of what is read")
  static let by = Option("by", value: "TIME", "whole days of a window; default 30d")
  static let newestFirst = Option("newest-first", "the newest windows first, which is the default")
  static let oldestFirst = Option("oldest-first", "the oldest windows first")
  static let share = Option(
    "share", value: "N", "the share of the account's rate that it takes; default 0.5")
  static let again = Option("again", "read the windows again that are done")
  static let wait = Option(
    "wait", value: "TIME", "how long to wait for a run that holds a stream; default 1h")

  /// All that the verb takes; which streams are read, and how, its operands say.
  static let all =
    [
      from, to, by, newestFirst, oldestFirst, share, again, Consent.yes, wait, .config, .account,
      .demo,
    ]
    + Option.settings.filter { $0 != Option.streams && $0 != Option.mode }

  let orders: [BackfillOrder]
  let share: Double
  let longestWait: Duration

  init(_ invocation: Invocation, _ setup: Setup) throws(UsageError) {
    let arguments = invocation.arguments
    if arguments.has(Self.newestFirst), arguments.has(Self.oldestFirst) {
      throw .contradiction("--newest-first", "--oldest-first")
    }
    let range = try Self.range(arguments)
    let names = arguments.operands
    func place(of selection: StreamSelection) -> Int {
      names.firstIndex(of: selection.stream.id.name) ?? names.count
    }
    for selection in setup.selection {
      if let reason = selection.stream.reasonForNoList {
        throw .notBackfilled(selection.stream.id.name, reason: reason)
      }
    }
    let orders = setup.selection.sorted { place(of: $0) < place(of: $1) }.map {
      BackfillOrder(
        $0, range: range, isNewestFirst: !arguments.has(Self.oldestFirst),
        isAgain: arguments.has(Self.again))
    }
    if let most = setup.settings.maxRequests.value {
      let fewest = Backfiller.fewestRequests(for: orders.count)
      guard most >= fewest else {
        throw .badValue("\(most)", option: "max-requests", expected: "\(fewest) or more here")
      }
    }
    self.orders = orders
    share = try Self.share(arguments)
    longestWait = try Self.time(arguments, Self.wait) ?? .seconds(3_600)
  }

  private static func range(_ arguments: Arguments) throws(UsageError) -> BackfillRange {
    let (first, last) = (try day(arguments, from), try day(arguments, to))
    let length = try time(arguments, by) ?? .seconds(30 * 86_400)
    let seconds = Int64(length / .seconds(1))
    guard seconds > 0, seconds.isMultiple(of: 86_400) else {
      throw .badValue(
        arguments.value(of: by) ?? "", option: by.name, expected: "whole days such as 30d")
    }
    guard let range = BackfillRange(first: first, last: last, days: seconds / 86_400) else {
      throw .badValue("\(last)", option: to.name, expected: "a day that is not before \(first)")
    }
    return range
  }

  private static func day(
    _ arguments: Arguments, _ option: Option
  ) throws(UsageError) -> CalendarDay {
    guard let text = arguments.value(of: option) else {
      throw .missingValue(option.name, placeholder: option.value ?? "")
    }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Int($0) }
    guard parts.map(\.count) == [4, 2, 2], numbers.count == 3, numbers[0] >= 1970,
      let day = CalendarDay(year: numbers[0], month: numbers[1], day: numbers[2])
    else { throw .badValue(text, option: option.name, expected: "a day such as 2019-01-31") }
    return day
  }

  private static func time(
    _ arguments: Arguments, _ option: Option
  ) throws(UsageError) -> Duration? {
    guard let text = arguments.value(of: option) else { return nil }
    guard let duration = TimeText.duration(text) else {
      throw .badValue(text, option: option.name, expected: "a time such as 90s, 10m or 30d")
    }
    return duration
  }

  private static func share(_ arguments: Arguments) throws(UsageError) -> Double {
    guard let text = arguments.value(of: share) else { return 0.5 }
    guard let number = Double(text), number >= 0.01, number <= 1 else {
      throw .badValue(text, option: share.name, expected: "a number from 0.01 to 1")
    }
    return number
  }
}

/// One backfill on the command line: what it would cost, whether it shall be, and what it did.
private struct Backfill {
  let invocation: Invocation
  let setup: Setup
  let wanted: BackfillOptions
  let display: Display<BackfillBoard>

  init(_ invocation: Invocation, _ setup: Setup, _ wanted: BackfillOptions) {
    self.invocation = invocation
    self.setup = setup
    self.wanted = wanted
    display = Display(BackfillBoard(), DisplayManner(invocation), on: invocation.console)
  }

  func perform() async throws -> ExitCode {
    let link = try AccountLink(setup)
    defer { link.close() }
    let loader = try await setup.openLoader(account: link.account, note: invocation.note)
    let budget = try await setup.sharedBudget(account: link.account)
    let late = LateBudget(budget)
    let client = link.client(sharing: late, share: wanted.share)
    defer { client.close() }
    let display = display
    let backfiller = Backfiller(
      from: client, into: loader, options: options, longestWait: wanted.longestWait
    ) { display.note($0) }
    let code: Result<ExitCode, any Error>
    do {
      // Nothing is laid out in a new database before the key has proved good.
      if try await !loader.pendingMigrations().isEmpty {
        try await backfiller.confirmKey()
        _ = try await loader.migrate()
      }
      late.begin()
      code = .success(try await perform(backfiller, link.account, loader))
    } catch {
      code = .failure(error)
    }
    await budget.close()
    await loader.close()
    return try code.get()
  }

  private func perform(
    _ backfiller: Backfiller, _ account: String, _ loader: Loader
  ) async throws -> ExitCode {
    let (outlooks, evolved): ([BackfillOutlook], [StreamDefinition.ID: [EvolvedColumn]])
    do {
      evolved = try await loader.evolvedColumns()
      outlooks = try await backfiller.survey(wanted.orders.map { $0.knowing(evolved) })
    } catch is CancellationError {
      invocation.note("the limit of requests or time does not suffice to plan the backfill")
      return .budgetReached
    }
    let forecast = BackfillForecast(
      outlooks, requestsPerSecond: setup.settings.requestsPerSecond.value * wanted.share)
    if !invocation.isQuiet {
      forecast.write {
        invocation.wantsJSON ? invocation.console.note($0) : invocation.console.result($0)
      }
    }
    if outlooks.allSatisfy(\.isDone), !invocation.wantsJSON { return .done }
    if !outlooks.allSatisfy(\.isDone) {
      try Consent(invocation).obtain(
        for: "\(wanted.orders.map(\.stream.id.name).joined(separator: ", ")) will be read")
    }
    let knowing = setup.knowing(evolved)
    var report = await underSignals(
      backfiller, outlooks, catalogue: knowing.selection + knowing.catalogue)
    report.run.streams.sort { place(of: $0) < place(of: $1) }
    let summary = BackfillSummary(
      report, account: account, warehouse: setup.target.title ?? loader.place)
    if invocation.wantsJSON {
      invocation.console.result(JSON.text(BackfillDocument(summary)))
    } else if !invocation.isQuiet {
      summary.write(to: invocation.console)
    }
    Finding.write(summary.findings, to: invocation.console)
    return ExitCode(rawValue: report.run.exitCode) ?? .internalError
  }

  private func place(of report: StreamReport) -> Int {
    wanted.orders.firstIndex { $0.stream.id == report.stream } ?? wanted.orders.count
  }

  private func underSignals(
    _ backfiller: Backfiller, _ outlooks: [BackfillOutlook], catalogue: [StreamSelection]
  ) async -> BackfillReport {
    let display = display
    return await Signals.during(stop: {
      display.say("stopping: what has been read is committed; a second signal ends at once")
      await backfiller.stop()
    }) { signals in
      var report = await display.during {
        await backfiller.run(outlooks, catalogue: catalogue)
      }
      let code = signals.exitCode.flatMap { report.run.outcome == .interrupted ? $0 : nil }
      report.run.exitCode = (code ?? ExitCode(report.run)).rawValue
      return report
    }
  }

  private var options: Engine.Options {
    let settings = setup.settings
    var options = Engine.Options()
    // Room in flight is the account's too.
    options.workers = max(
      1, Int((Double(settings.concurrency.value) * wanted.share).rounded(.up)))
    options.pageSize = settings.pageSize.value
    options.limits = RunLimits(
      requests: settings.maxRequests.value, duration: settings.maxDuration.value)
    options.limits.pace = settings.requestsPerSecond.value * wanted.share
    return options
  }
}

extension BackfillOrder {
  /// The same, knowing the columns that tables were given since the catalogue was written.
  fileprivate func knowing(_ evolved: [StreamDefinition.ID: [EvolvedColumn]]) -> BackfillOrder {
    var selection = selection
    selection.stream = stream.evolved(by: evolved[stream.id] ?? [])
    return BackfillOrder(
      selection, range: range, isNewestFirst: isNewestFirst, isAgain: isAgain)
  }
}
