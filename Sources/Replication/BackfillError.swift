import Catalog

/// Why a backfill cannot go on with a stream.
enum BackfillError: Explained, Equatable {
  /// Another run held the stream for all the time that was to be waited.
  case held(StreamDefinition.ID, Duration)
  /// No answer tells how long a list is, so nothing shows whether the filter hides rows.
  case misled(StreamDefinition.ID, String)

  var explanation: Explanation {
    switch self {
    case .held(let stream, let longest):
      Explanation(
        "another run held the stream for \(Int(longest / .seconds(1))) s",
        at: "stream \(stream)",
        remedy: "run the same command again: it goes on where this one stopped",
        .lasting(.failStream), fault: .streamHeld)
    case .misled(let stream, let reason):
      Explanation(
        reason, at: "stream \(stream)", remedy: "run the same command again",
        .lasting(.failStream), fault: .partial)
    }
  }
}
