import Catalog

/// How a walk of a whole list that took several answers learns how long the list is at its end.
///
/// Rows are deleted and added while a long list is read, so the totals of its pages disagree. After
/// the last segment one more answer tells the total, and every row there is then has either been
/// seen or stands behind the last row read: so the rows seen are at least as many, unless some were
/// missed.
extension Walk {
  /// How far the settling has come.
  enum Settling { case open, asked, done }

  /// New rows at the end are followed this often before the walk ends without a total.
  static let mostSettlings = 3

  /// Whether the length at the end must still be asked for.
  var needsSettling: Bool {
    plan.isCounted && settling != .done && closingTotal == nil && (total != nil || hasSharedList)
  }

  /// Whether one list of its own holds what it reads parent by parent.
  private var hasSharedList: Bool { isChild && plan.stream.parent?.listing != .path }

  /// The request that settles the walk; nil where reading on from the last row does.
  mutating func settle() -> Assignment? {
    guard settling == .open else { return nil }
    settling = .asked
    if isChild {
      // The flat list of all parents' children tells how many there are.
      return Assignment(
        purpose: .settle, query: PageQuery(plan.stream, .offset(0), limit: 1))
    }
    if isByID {
      return Assignment(
        purpose: .settle,
        query: PageQuery(plan.stream, .newest, limit: 1, created: plan.created))
    }
    reopenLast()
    return nil
  }

  /// Takes the answer to a settling request.
  mutating func settled(by outline: Outline) -> [Segment] {
    settlings += 1
    let newest = isByID ? outline.keys.first ?? 0 : 0
    guard newest > highestRead, settlings < Self.mostSettlings else {
      if newest <= highestRead { closingTotal = outline.total }
      settling = .done
      return []
    }
    // Rows were added since: they are read before the walk is settled.
    settling = .open
    reopenLast()
    return []
  }

  /// Takes the total of an answer that ended the walk's last open segment.
  mutating func noteEnd(_ outline: Outline) {
    guard isRead, !isChild else { return }
    if settling == .asked {
      settling = .done
      closingTotal = outline.total
    } else if segments.count == 1, !isByID || outline.total == Int64(outline.received) {
      closingTotal = isByID && rowsReceived > Int64(outline.received) ? nil : outline.total
    }
  }

  private var highestRead: Int64 { segments.map(\.position).max() ?? 0 }

  private mutating func reopenLast() {
    let last = segments.lastIndex { $0.edge != nil || isByID } ?? segments.indices.last
    if let last {
      segments[last].isDone = false
      firstOpen = min(firstOpen, last)
    }
  }
}
