/// The candidate that was most likely meant by a misspelt name; nil if none is near.
///
/// Near is: at most a third of the letters, and at most three, are missing, added, or swapped with
/// their neighbour; a wrong letter counts for one and a half. Case and the choice between `-` and `_`
/// count for nothing. Of equally near ones the first.
public func nearestName(to name: String, among candidates: [String]) -> String? {
  // Nothing that people name is longer, and the distance costs the product of both lengths.
  guard name.utf8.count <= 64 else { return nil }
  let written = folded(name)
  let distances = candidates.map { (name: $0, distance: distance(written, folded($0))) }
  guard let best = distances.min(by: { $0.distance < $1.distance }) else { return nil }
  return best.distance <= min(6, max(3, best.name.count * 2 / 3)) ? best.name : nil
}

private func folded(_ name: String) -> [Character] {
  name.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 }
}

/// The least cost of turning one into the other: 2 for a letter added, dropped or swapped with its
/// neighbour, 3 for one changed, since fingers skip and swap letters more often.
private func distance(_ one: [Character], _ other: [Character]) -> Int {
  var beforeLast: [Int] = []
  var last = (0...other.count).map { 2 * $0 }
  for row in 0..<one.count {
    var current = [2 * (row + 1)]
    for column in 0..<other.count {
      let isSame = one[row] == other[column]
      var cost = min(last[column] + (isSame ? 0 : 3), last[column + 1] + 2, current[column] + 2)
      if row > 0, column > 0, one[row] == other[column - 1], one[row - 1] == other[column] {
        cost = min(cost, beforeLast[column - 1] + 2)
      }
      current.append(cost)
    }
    (beforeLast, last) = (last, current)
  }
  return last[other.count]
}
