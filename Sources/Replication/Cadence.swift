import Catalog

/// When the whole of a list is read again, although less would tell what is new.
///
/// Some rows change without any sign of it: fields without an update time, and one row hidden while
/// another is revealed. Only reading all of them finds that, so it is done now and then.
enum Cadence {
  /// A list of at most so many pages is read whole at every run.
  static let fewPages: Int64 = 12

  /// How old a whole reading may become where nothing tells which rows changed in place.
  static let refreshOfTails: Duration = .seconds(86_400)

  /// How old it may become where the account tells which rows changed.
  static let refreshOfChanges: Duration = .seconds(7 * 86_400)

  /// The share of `refresh` after which the first streams fall due; the last do at all of it, so that
  /// streams that were first read together are not read together for ever.
  static let earliest = 0.75

  /// How old the stream's whole reading may become.
  static func refresh(of selection: StreamSelection) -> Duration {
    // Reading all of what is dear takes hours of the account's requests.
    let isDear = selection.stream.isIncremental || !selection.stream.isUsual
    return selection.refresh ?? (isDear ? refreshOfChanges : refreshOfTails)
  }

  /// Whether a stream that was last read whole at one time is due at another; nil: never read.
  static func isDue(_ selection: StreamSelection, lastWhole: Instant?, now: Instant) -> Bool {
    guard let lastWhole else { return true }
    return now - lastWhole >= span(of: selection)
  }

  /// How long after a whole reading the next one is due.
  static func span(of selection: StreamSelection) -> Duration {
    refresh(of: selection) * (earliest + (1 - earliest) * spread(of: selection.stream.id))
  }

  /// Where in the span the stream falls due, from 0 up to 1: the same at every run and on every host.
  static func spread(of stream: StreamDefinition.ID) -> Double {
    // Names that end alike must not fall due together.
    Double(StableHash.of(stream.name.utf8) >> 11) / Double(1 << 53 as UInt64)
  }
}
