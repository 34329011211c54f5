public import Catalog

/// What a backfill is asked for, of one stream.
public struct BackfillOrder: Sendable {
  /// The stream, and how it is read whole where no filter can window it.
  public let selection: StreamSelection
  /// The days of creation that are asked for.
  public let range: BackfillRange
  /// Whether the newest windows come first.
  public let isNewestFirst: Bool
  /// Whether windows that were read to their end are to be read again.
  public let isAgain: Bool

  /// Asks for one stream.
  public init(
    _ selection: StreamSelection, range: BackfillRange, isNewestFirst: Bool = true,
    isAgain: Bool = false
  ) {
    self.selection = selection
    self.range = range
    self.isNewestFirst = isNewestFirst
    self.isAgain = isAgain
  }

  /// The stream.
  public var stream: StreamDefinition { selection.stream }
}

/// What a backfill of one stream will read, and what that will probably cost.
public struct BackfillOutlook: Sendable {
  /// How the stream will be read.
  public enum Reading: Sendable, Hashable {
    /// Window by window; these are left, in the order in which they will be read.
    case windows([CreationWindow])
    /// Whole, for a reason, and not window by window.
    case whole(String)
  }

  /// What was asked for.
  public let order: BackfillOrder
  /// How the stream will be read.
  public let reading: Reading
  /// Windows that were read to their end before.
  public let windowsDone: Int
  /// Rows that will probably come; nil where nothing tells.
  public let rows: Int64?
  /// Requests that it will probably take; nil where nothing tells.
  public let requests: Int?

  /// Windows that will be read; one for a stream that is read whole.
  public var partsLeft: Int {
    switch reading {
    case .windows(let windows): windows.count
    case .whole: 1
    }
  }

  /// Whether nothing is left to read.
  public var isDone: Bool { reading == .windows([]) }
}

/// What happens in a backfill, as it happens.
public enum BackfillEvent: Sendable {
  /// So many windows are going to be read, a stream that is read whole counted for one, and will
  /// probably take so many requests.
  case begun(windows: Int, requests: Int)
  /// The backfill waits for the run that holds a stream.
  case waiting(StreamDefinition.ID)
  /// A window is about to be read.
  case windowStarted(StreamDefinition.ID, CreationWindow)
  /// A window was read to its end.
  case windowDone(StreamDefinition.ID, CreationWindow)
  /// A stream is read whole instead of window by window, and why.
  case readWhole(StreamDefinition.ID, reason: String)
  /// What a run could have had happen as well.
  case reading(Event)
}

/// What a backfill did.
public struct BackfillReport: Sendable {
  /// What it did as a run: outcome, streams, requests.
  public var run: RunReport
  /// Windows that were read to their end, by stream.
  public var windowsDone: [StreamDefinition.ID: Int]
  /// Windows that are left, by stream.
  public var windowsLeft: [StreamDefinition.ID: Int]
}

extension RunReport {
  /// How a backfill ended whose streams ended so.
  static func outcome(of streams: [Outcome], isStopped: Bool, isBroken: Bool) -> Outcome {
    if isBroken { return .failed }
    if isStopped { return .interrupted }
    let ends = Set(streams)
    if ends.isSubset(of: [.done, .skipped]) { return .done }
    return ends.isSubset(of: [.done, .skipped, .paused]) ? .paused : .failed
  }
}
