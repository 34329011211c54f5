import Catalog

/// What a verification found, as it is shown.
struct VerificationReport: Sendable {
  let account: String
  let seed: Int64
  let streams: [StreamVerification]

  /// Differences told to a person; the rest is in the warehouse.
  private static let mostTold = 20

  var problems: [Explanation] { streams.compactMap(\.problem) }

  var isClean: Bool { streams.allSatisfy(\.isClean) }

  /// Anything that differs counts, unless the row itself says that it changed since.
  var exitCode: ExitCode {
    ExitCode.first(
      of: problems.map { ExitCode($0.fault) } + [isClean ? .done : .partial])
  }

  func write(to console: Console, isQuiet: Bool) {
    if !isQuiet {
      table.lines(width: console.resultTerminal.width).forEach(console.result)
      console.result("")
    }
    for line in differences { console.result(line) }
    guard !isQuiet else { return }
    for stream in streams {
      if let note = stream.note { console.result("\(stream.stream): \(note)") }
    }
    console.result(verdict)
  }

  private var table: TableText {
    var table = TableText([
      .init("stream"), .init("looked at", sacrifice: 2), .init("account", isNumber: true),
      .init("table", isNumber: true), .init("compared", isNumber: true, sacrifice: 1),
      .init("changed", isNumber: true, sacrifice: 3), .init("unclear", isNumber: true),
      .init("differs", isNumber: true),
    ])
    for stream in streams {
      let counts = [Difference.Verdict.changed, .unclear, .differs]
        .map { Figures.count(stream.counts[$0, default: 0]) }
      table.add(
        [
          stream.stream.name, stream.isFull ? "all rows" : "a sample",
          stream.total.map { Figures.count($0) } ?? "?", Figures.count(stream.liveRows),
          Figures.count(stream.rowsCompared),
        ] + counts)
    }
    return table
  }

  /// One line a difference, those that are nobody's fault left out.
  private var differences: [String] {
    let told = streams.flatMap { stream in
      stream.differences.filter { $0.verdict != .changed }.map { "\(stream.stream) \($0.words)" }
    }
    let all = streams.map { $0.counts[.differs, default: 0] + $0.counts[.unclear, default: 0] }
      .reduce(0, +)
    let rest = all - min(told.count, Self.mostTold)
    let more = rest > 0 ? ["and \(Figures.count(rest)) more, in acsync.differences"] : []
    return told.prefix(Self.mostTold) + more
  }

  private var verdict: String {
    let rows = streams.map(\.rowsCompared).reduce(0, +)
    let requests = streams.map(\.requests).reduce(1, +)
    let cost =
      "\(Figures.amount(rows, "row")) of \(Figures.amount(streams.count, "stream")) "
      + "compared in \(Figures.amount(requests, "request"))"
    if isClean { return "nothing differs: \(cost)" }
    return "\(cost); run acsync run, then verify again: what differs still is wrong, and "
      + "acsync reset STREAM has the next run read it whole"
  }
}

extension Difference {
  /// `123 phone: holds another value: changed or differing`.
  var words: String {
    let place = [key.map { "\($0)" }, column].compactMap(\.self).joined(separator: " ")
    let what =
      switch kind {
      case .value: "holds another value than the account"
      case .missing: "is not in the table"
      case .deleted: "is called deleted, but the account lists it"
      case .surplus: "lives in the table, but the account has no such row"
      case .rejected: "a value that does not fit was not kept"
      case .omitted: "a field is stored that must not be"
      case .count: "the account counts another number of rows"
      }
    return (place.isEmpty ? "" : place + " ") + what
      + (verdict == .unclear ? " (changed or differing)" : "")
  }
}

/// A verification in JSON.
struct VerificationDocument: Encodable {
  struct Stream: Encodable {
    let stream: String
    let isFull: Bool
    let total: Int64?
    let liveRows: Int64
    let rowsCompared: Int
    let requests: Int
    let completeAsOf: String?
    let changed: Int
    let unclear: Int
    let differs: Int
    let differences: [Item]
    let note: String?
    let problem: ProblemDocument?
  }

  struct Item: Encodable {
    let id: Int64?
    let column: String?
    let kind: String
    let verdict: String
  }

  let account: String
  let seed: Int64
  let exitCode: Int32
  let streams: [Stream]

  init(_ report: VerificationReport) {
    account = report.account
    seed = report.seed
    exitCode = report.exitCode.rawValue
    streams = report.streams.map { found in
      Stream(
        stream: found.stream.name, isFull: found.isFull, total: found.total,
        liveRows: found.liveRows, rowsCompared: found.rowsCompared, requests: found.requests,
        completeAsOf: found.completeAsOf.map { "\($0)" },
        changed: found.counts[.changed, default: 0], unclear: found.counts[.unclear, default: 0],
        differs: found.counts[.differs, default: 0],
        differences: found.differences.map {
          Item(
            id: $0.key, column: $0.column, kind: $0.kind.rawValue, verdict: $0.verdict.rawValue)
        },
        note: found.note, problem: found.problem.map(ProblemDocument.init))
    }
  }
}
