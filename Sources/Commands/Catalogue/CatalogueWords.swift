import Catalog

/// What a stream's declaration says, in words for people.
extension StreamDefinition {
  /// The modes that make a difference for it.
  var modes: [Mode] { isIncremental ? [.incremental, .fullRefresh] : [.fullRefresh] }

  /// The primary key's name.
  var keyName: String { columns[keyIndex].name }

  /// How its list is walked.
  var walkWords: String {
    if let carrier { return "on the pages of \(carrier)" }
    let walk =
      switch paging {
      case .ids: "by id, in segments"
      case .offset(let order?): "by position, in order of \(order)"
      case .offset(nil): "by position"
      case .atOnce: "in one answer"
      }
    return listedBelow.map { "a list for each row of \($0), \(walk)" } ?? walk
  }

  /// What of its list a run asks for.
  var readingWords: String {
    if carrier != nil { return "whatever comes with them" }
    if let versionIndex { return "what changed, by \(columns[versionIndex].name)" }
    if listedBelow != nil || paging == .atOnce { return "all" }
    return "its end, all when due"
  }

  /// Whether a run reads it that was not told which streams to read.
  var defaultWords: String {
    let often = rest == .zero ? "every run" : "once \(Self.words(for: rest))"
    return cost.map { "only if named (\($0))" } ?? often
  }

  /// One word for the same.
  var defaultWord: String {
    if !isUsual { return "costly" }
    return rest == .zero ? "always" : rest == .seconds(3600) ? "hourly" : "rests"
  }

  /// `an hour`, `90 minutes`.
  static func words(for rest: Duration) -> String {
    let minutes = rest.components.seconds / 60
    return minutes == 60 ? "an hour" : "in \(minutes) minutes"
  }

  /// What is kept beside its rows where nothing is said of it; nil: nothing.
  var keepingWords: String? {
    let parts = [
      usuallyKeepsHistory ? "every version of a row in \(historyName)" : nil,
      usualSnapshots == .daily
        ? "its counters, once a day and at each change, in \(snapshotsName)" : nil,
    ].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// Other tools that read it too; empty: none.
  var readerWords: String { alsoReadBy.sorted().map(\.rawValue).joined(separator: ", ") }
}

extension StreamDefinition.Standing {
  /// What it means for somebody who relies on the stream; nil where the API's reference describes it.
  var warning: String? {
    switch self {
    case .documented: nil
    case .seen:
      "Undocumented: seen on live accounts, or read by several tools; the API's reference does not describe it."
    case .unverified:
      "Undocumented and unverified: only its fields are known; whether the account lists it shows when it is read."
    }
  }
}

extension Column {
  /// Its type, and whether it is the key or a counter.
  var typeWords: String { kind.postgresType + (isKey ? ", key" : isCounter ? ", counter" : "") }
}
