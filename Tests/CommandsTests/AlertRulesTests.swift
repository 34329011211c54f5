import Catalog
import Foundation
import Monitoring
import Testing

@testable import Commands

@Suite struct `The alert rules that ship` {
  private static let path = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "deploy/prometheus/alerts.yaml")

  /// The expressions, without what stands in quotes.
  private func expressions() throws -> [String] {
    try String(contentsOf: Self.path, encoding: .utf8).split(separator: "\n")
      .compactMap { $0.firstMatch(of: /^\s+expr: (.+)$/).map { String($0.output.1) } }
      .map { $0.replacing(/"[^"]*"/, with: "\"\"") }
  }

  private var exported: Set<String> {
    Set(Scoreboard().families(at: Instant(seconds: 0), isLasting: true).map(\.name))
  }

  @Test func `ask for metrics that there are`() throws {
    let names = try expressions().flatMap { text in
      text.matches(of: /acsync_\w+/).map { String($0.output) }
    }
    #expect(names.count >= 9)
    for name in names { #expect(exported.contains(name), "\(name)") }
  }

  @Test func `name labels that those metrics have`() throws {
    let text = try String(contentsOf: Self.path, encoding: .utf8)
    let labels = Set(text.matches(of: /\$labels\.(\w+)/).map { String($0.output.1) })
    #expect(labels.isSubset(of: ["account", "schedule", "stream"]))
  }

  @Test func `cover what an operator must hear of`() throws {
    let text = try String(contentsOf: Self.path, encoding: .utf8)
    for alert in ["StreamStale", "RunsFail", "KeyRefused", "GuardRefused", "TicksSkipped"] {
      #expect(text.contains("- alert: Acsync\(alert)\n"), "\(alert)")
    }
    let all = try expressions()
    #expect(all.contains { $0.hasSuffix("== \(ExitCode.sourceRefused.rawValue)") })
    #expect(all.contains { $0.hasSuffix("== \(ExitCode.guardRefused.rawValue)") })
  }

  @Test func `name in the document what is exported`() throws {
    let document = Self.path.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/operating.md")
    let text = try String(contentsOf: document, encoding: .utf8)
    for name in exported { #expect(text.contains("`\(name)`"), "\(name)") }
    let named = Set(text.matches(of: /`(acsync_\w+)`/).map { String($0.output.1) })
    let roles: Set = ["owner", "loader", "analyst", "analyst_pii"]
    let others = named.subtracting(exported).subtracting(roles.map { "acsync_\($0)" })
    #expect(others.isEmpty, "\(others)")
  }
}
