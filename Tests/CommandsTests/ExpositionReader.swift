import Testing

/// Reads Prometheus' text format as strictly as Prometheus does, and by its rules alone.
///
/// https://prometheus.io/docs/instrumenting/exposition_formats/#text-format-details
struct ExpositionReader {
  /// Values by the text of their names and labels.
  private(set) var values: [String: Double] = [:]
  /// Kinds by name.
  private(set) var kinds: [String: Substring] = [:]

  init(_ text: String) throws {
    try #require(text.isEmpty || text.hasSuffix("\n"))
    var helped: Set<Substring> = []
    var current: Substring = ""
    var ended: Set<Substring> = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      if let help = line.wholeMatch(of: /# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (?:[^\\]|\\\\|\\n)*/) {
        try #require(helped.insert(help.1).inserted, "\(line)")
        ended.insert(current)
        current = help.1
        try #require(!ended.contains(current), "\(line)")
      } else if let kind = line.wholeMatch(of: /# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge)/)
      {
        try #require(kinds.updateValue(kind.2, forKey: String(kind.1)) == nil, "\(line)")
        try #require(kind.1 == current, "\(line)")
      } else {
        let sample = try #require(
          line.wholeMatch(
            of:
              /(([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\]|\\\\|\\"|\\n)*",?)*\})?) (\S+)/
          ),
          "\(line)")
        try #require(sample.2 == current && kinds[String(sample.2)] != nil, "\(line)")
        let value = try #require(Double(sample.3), "\(line)")
        try #require(values.updateValue(value, forKey: String(sample.1)) == nil, "\(line)")
      }
    }
  }
}
