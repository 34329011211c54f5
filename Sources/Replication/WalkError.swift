import Catalog

/// An answer that breaks what a walk relies on.
enum WalkError: Explained {
  /// A list asked for by id, above a given one, came otherwise.
  case notByID(StreamDefinition.ID, after: Int64)
  /// The parent of a child stream was not read to its end.
  case parentUnread(StreamDefinition.ID, parent: StreamDefinition.ID)

  var explanation: Explanation {
    switch self {
    case .notByID(let stream, let after):
      Explanation(
        "the rows of \(stream) did not come in order of id", at: "ids above \(after)",
        remedy: "run again; if it stays so, report it: the service no longer honours id_greater",
        .lasting(.failStream), fault: .partial)
    case .parentUnread(let stream, let parent):
      Explanation(
        "\(stream) could not be read, since \(parent) was not", at: "stream \(stream)",
        remedy: "see what stopped \(parent)", .lasting(.failStream), fault: .partial)
    }
  }
}

extension Outline {
  /// Checks that ids ascend strictly above `position`: what a walk by id stands on.
  func checkAscending(above position: Int64, of stream: StreamDefinition.ID) throws(WalkError) {
    var last = position
    for key in keys {
      guard key > last else { throw .notByID(stream, after: position) }
      last = key
    }
    // A page full of rows without a key would be asked for again for ever.
    guard keys.isEmpty == (received == 0) else { throw .notByID(stream, after: position) }
  }
}
