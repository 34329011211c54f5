public import Catalog

/// Puts what is selected in an order in which it can be read: parents before the lists below them,
/// and with them the parents that nobody selected.
public enum Plan {
  /// The selection in reading order, each with the stream it was added for, if it was.
  ///
  /// - Parameter catalogue: where a parent that was not selected is looked up, and how it is read.
  public static func ordered(
    _ selected: [StreamSelection], catalogue: [StreamSelection]
  ) -> [(selection: StreamSelection, neededBy: StreamDefinition.ID?)] {
    var ordered: [(selection: StreamSelection, neededBy: StreamDefinition.ID?)] = []
    var seen: Set<StreamDefinition.ID> = []
    func add(_ selection: StreamSelection, neededBy: StreamDefinition.ID?) {
      guard seen.insert(selection.stream.id).inserted else { return }
      if let parent = selection.stream.listedBelow {
        if let chosen = selected.first(where: { $0.stream.id == parent }) {
          add(chosen, neededBy: nil)
        } else if let known = catalogue.first(where: { $0.stream.id == parent }) {
          add(known, neededBy: selection.stream.id)
        }
      }
      ordered.append((selection, neededBy))
    }
    for selection in selected { add(selection, neededBy: nil) }
    return ordered
  }

  /// The streams below whose rows others of the selection are listed.
  public static func parents(
    of ordered: [(selection: StreamSelection, neededBy: StreamDefinition.ID?)]
  ) -> Set<StreamDefinition.ID> {
    Set(ordered.compactMap(\.selection.stream.listedBelow))
  }
}
