public import Scheduling

/// How a run tells of itself, and when one that goes on for ever runs.
public struct OperatingSettings: Sendable {
  /// How lines on standard error are written.
  public let logFormat: Setting<LogFormat>
  /// Whether every request is kept in `acsync.requests`.
  public let auditRequests: Setting<Bool>
  /// The zone whose days are the account's days; nil: that of the user whose key it is.
  public let accountTimeZone: Setting<String?>
  /// The file that metrics are written to; nil: none.
  public let metricsFile: Setting<String?>
  /// Where metrics are served: an address with its port, or `none`; nil: the usual one.
  public let listen: Setting<String?>
  /// The most by which a tick is late; nil: as much as is usual.
  public let jitter: Setting<Duration?>
  /// When to run, by a flag or variable, which outranks the file; nil where they say nothing.
  public let timing: Setting<Timing>?
  /// When to run which streams, by the file.
  public let schedule: [ScheduleEntry]
}

/// How lines on standard error are written.
public enum LogFormat: String, Sendable, CaseIterable {
  /// For people.
  case text
  /// One JSON object a line.
  case json
}

/// One element of `schedule`: when some streams are read.
public struct ScheduleEntry: Sendable {
  /// When.
  public let timing: Timing
  /// The streams as the file names them: `tag:core`; empty for all that a run would read.
  public let names: [String]
  /// The streams, with their settings.
  public let streams: [StreamSettings]
  /// All others.
  public let others: [StreamSettings]
}

extension Settings {
  /// The same settings for the streams of one element of the schedule.
  public func narrowed(to entry: ScheduleEntry) -> Settings {
    var settings = self
    settings.streams = entry.streams
    settings.others = entry.others
    return settings
  }
}
