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
    selection.refresh
      ?? (selection.stream.isIncremental ? refreshOfChanges : refreshOfTails)
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
    let hash = stream.name.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { hash, byte in
      (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    // FNV-1a mixes the last letters too little: names that end alike would fall due together.
    let once = (hash ^ hash >> 33) &* 0xff51_afd7_ed55_8ccd
    let twice = (once ^ once >> 33) &* 0xc4ce_b9fe_1a85_ec53
    return Double((twice ^ twice >> 33) >> 11) / Double(1 << 53 as UInt64)
  }
}
