/// What is measured under one name, in the words of Prometheus.
///
/// https://prometheus.io/docs/instrumenting/exposition_formats/
public struct MetricFamily: Sendable, Hashable {
  /// How a value moves.
  public enum Kind: String, Sendable {
    /// Only ever up, from zero at the start of the process.
    case counter
    /// Up and down.
    case gauge
  }

  /// One value, and what tells it from the others of its name.
  public struct Sample: Sendable, Hashable {
    /// Names and values, in the order in which they are written.
    public let labels: [Label]
    /// The value.
    public let value: Double
  }

  /// One label of a sample.
  public struct Label: Sendable, Hashable {
    /// Its name: `stream`.
    public let name: String
    /// Its value: any text.
    public let value: String
  }

  /// Letters, digits and `_`: `acsync_runs_total`.
  public let name: String
  /// What it tells, in one line.
  public let help: String
  /// How it moves.
  public let kind: Kind
  /// Its values; a family without any is left out of what is written.
  public private(set) var samples: [Sample] = []

  /// Makes a family without samples.
  public init(_ name: String, _ kind: Kind, _ help: String) {
    precondition(name.isMetricName, "\(name) is no name for a metric")
    self.name = name
    self.kind = kind
    self.help = help
  }

  /// Adds a value.
  public mutating func add(_ value: Double, _ labels: KeyValuePairs<String, String> = [:]) {
    samples.append(
      Sample(labels: labels.map { Label(name: $0.key, value: $0.value) }, value: value))
  }
}

/// Families as Prometheus reads them: `# HELP` and `# TYPE` once, then a line a sample.
public enum Exposition {
  /// What a server says of it: text format, version 0.0.4.
  public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  /// The text; empty where there is no sample.
  public static func text(_ families: [MetricFamily]) -> String {
    families.filter { !$0.samples.isEmpty }.map(text).joined()
  }

  private static func text(_ family: MetricFamily) -> String {
    let head = """
      # HELP \(family.name) \(escaped(family.help, quotes: false))
      # TYPE \(family.name) \(family.kind.rawValue)

      """
    return head
      + family.samples.map { "\(family.name)\(text($0.labels)) \(text($0.value))\n" }.joined()
  }

  private static func text(_ labels: [MetricFamily.Label]) -> String {
    if labels.isEmpty { return "" }
    return
      "{\(labels.map { "\($0.name)=\"\(escaped($0.value, quotes: true))\"" }.joined(separator: ","))}"
  }

  /// A number as Go reads it.
  private static func text(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
    return value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
  }

  /// Scalar by scalar: a quote with a combining mark behind it is a quote too.
  private static func escaped(_ text: String, quotes: Bool) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped.append(contentsOf: "\\\\".unicodeScalars)
      case "\n": escaped.append(contentsOf: "\\n".unicodeScalars)
      case "\"" where quotes: escaped.append(contentsOf: "\\\"".unicodeScalars)
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }
}

extension String {
  fileprivate var isMetricName: Bool {
    guard let first = utf8.first, first.isLetterOrBar else { return false }
    return utf8.allSatisfy { $0.isLetterOrBar || (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= $0 }
  }
}

extension UInt8 {
  fileprivate var isLetterOrBar: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")) ~= self
      || (UInt8(ascii: "A")...UInt8(ascii: "Z")) ~= self || self == UInt8(ascii: "_")
  }
}
