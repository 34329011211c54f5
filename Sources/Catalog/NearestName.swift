/// The candidate that was most likely meant by a misspelt name; nil if none is near.
///
/// Near is: at most a third of the letters, and at most three, are wrong, missing, added, or swapped
/// with their neighbour. Case and the choice between `-` and `_` count for nothing. Of equally near
/// ones the first.
public func nearestName(to name: String, among candidates: [String]) -> String? {
  // Nothing that people name is longer, and the distance costs the product of both lengths.
  guard name.utf8.count <= 64 else { return nil }
  let written = folded(name)
  let distances = candidates.map { (name: $0, distance: distance(written, folded($0))) }
  guard let best = distances.min(by: { $0.distance < $1.distance }) else { return nil }
  return best.distance <= min(3, max(1, best.name.count / 3)) ? best.name : nil
}

private func folded(_ name: String) -> [Character] {
  name.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 }
}

/// How many letters must be changed, added, dropped or swapped with their neighbour.
private func distance(_ one: [Character], _ other: [Character]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...other.count)
  for row in 0..<one.count {
    var current = [row + 1]
    for column in 0..<other.count {
      let isSame = one[row] == other[column]
      var cost = min(last[column] + (isSame ? 0 : 1), last[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, one[row] == other[column - 1], one[row - 1] == other[column] {
        cost = min(cost, beforeLast[column - 1] + 1)
      }
      current.append(cost)
    }
    (beforeLast, last) = (last, current)
  }
  return last[other.count]
}
