import Catalog

/// A report for a person who was not there.
struct DoctorReport: Sendable {
  /// What belongs together.
  struct Section: Sendable {
    let title: String
    private(set) var items: [(name: String, value: String)] = []

    init(_ title: String) { self.title = title }

    mutating func add(_ name: String, _ value: String) { items.append((name, value)) }
  }

  private(set) var sections: [Section] = []
  /// What should be seen to, although it works.
  private(set) var warnings: [String] = []
  /// What does not work.
  private(set) var failures: [Explanation] = []
  /// What is kept out of all of it.
  var redaction = Redaction()

  mutating func add(_ section: Section) { sections.append(section) }

  mutating func warn(_ warning: String) {
    if !warnings.contains(warning) { warnings.append(warning) }
  }

  /// Notes that something could not be done, in a section of its own.
  mutating func fail(_ title: String, _ error: any Error) {
    var section = Section(title)
    for finding in Finding.all(of: error) {
      section.add("failed", finding.explanation.lines.joined(separator: "\n"))
      failures.append(finding.explanation)
    }
    add(section)
  }

  var lines: [String] {
    var lines: [String] = []
    for section in sections {
      let widest = section.items.map(\.name.count).max() ?? 0
      lines.append(section.title)
      for (name, value) in section.items {
        let space = String(repeating: " ", count: widest - name.count + 2)
        let parts = value.split(separator: "\n", omittingEmptySubsequences: false)
        lines.append("  \(name)\(space)\(parts.first ?? "")")
        lines += parts.dropFirst().map { String(repeating: " ", count: widest + 4) + $0 }
      }
      lines.append("")
    }
    lines.append(warnings.isEmpty ? "no warnings" : "warnings")
    return lines + warnings.map { "  - \($0)" }
  }
}

/// The report in JSON.
struct DoctorDocument: Encodable {
  struct Section: Encodable {
    let title: String
    let items: [Item]
  }

  struct Item: Encodable {
    let name: String
    let value: String
  }

  let sections: [Section]
  let warnings: [String]
  let exitCode: Int32

  init(_ report: DoctorReport) {
    sections = report.sections.map { section in
      Section(
        title: section.title, items: section.items.map { Item(name: $0.name, value: $0.value) })
    }
    warnings = report.warnings
    exitCode = ExitCode.first(of: report.failures.map { ExitCode($0.fault) }).rawValue
  }
}

extension Figures {
  /// Bytes as people write them: `512 B`, `1.5 MB`, `23.4 GB`.
  static func size(_ bytes: Int64) -> String {
    var (rest, unit) = (Double(bytes), 0)
    let units = ["B", "kB", "MB", "GB", "TB"]
    while rest >= 1024, unit < units.count - 1 { (rest, unit) = (rest / 1024, unit + 1) }
    return unit == 0 ? "\(bytes) B" : "\(decimal(rest)) \(units[unit])"
  }

  /// A short time in milliseconds: `12.3 ms`.
  static func milliseconds(_ duration: Duration) -> String {
    "\(decimal(duration.inSeconds * 1000)) ms"
  }
}
