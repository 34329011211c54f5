internal import Catalog

/// `history` and `snapshot`: what is kept of rows beside what they are now.
extension Layers {
  /// Of a stream without counters nothing is said of them in vain.
  mutating func keep(
    _ given: ShapeEntry, of stream: StreamDefinition, in shape: inout StreamShape
  ) {
    shape.history = given.history?.value
    guard let snapshot = given.snapshot else { return }
    guard snapshot.value == .daily, stream.counters.isEmpty else {
      shape.snapshot = snapshot.value
      return
    }
    guard snapshot.isOfOneStream else { return }
    let isSelected = stream.declaredColumns.contains(where: \.isCounter)
    complain(
      "snapshot: \(stream.id) has no counters\(isSelected ? " among its selected columns" : "")",
      at: snapshot.place.description,
      remedy: isSelected
        ? "select one, or remove it" : "remove it; history: true keeps every version of a row")
  }
}
