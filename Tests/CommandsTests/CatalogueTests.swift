import Catalog
import Foundation
import Testing

@testable import Commands

@Suite struct `The catalogue as documents` {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private func text(of path: String) throws -> String {
    try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
  }

  @Test(arguments: [
    ("markdown", "docs/streams.md"), ("schema", "docs/replication.schema.json"),
    ("dbt", "integrations/dbt/models/sources/activecampaign.yml"),
  ])
  func `is what lies in docs`(_ format: String, _ path: String) async throws {
    let printed = await acsync("discover", "--format", format)
    #expect(printed.code == .done)
    let isFresh = try text(of: path) == printed.result
    #expect(isFresh, "\(path) is stale: run make docs")
  }

  @Test func `is counted in the README as it is now`() throws {
    let readme = try text(of: "README.md")
    let isFresh = readme.contains(CatalogueMarkdown.comparison)
    #expect(isFresh, "copy the first table of docs/streams.md into README.md, after make docs")
    let usual = StreamDefinition.all.filter(\.isUsual)
    #expect(readme.contains("all that costs little: \(usual.count) streams."))
    #expect(readme.contains("**Some rest**: \(usual.count { $0.rest > .zero }) lists"))
    let costly = StreamDefinition.all.count - usual.count
    #expect(readme.contains("**Costly ones only if named**: \(costly) streams"))
  }

  @Test func `tells in Markdown of every stream and column`() async {
    let text = await acsync("discover", "--format", "markdown").result
    for stream in StreamDefinition.all {
      #expect(text.contains("| [`\(stream.id)`](#\(stream.id)) |"), "\(stream.id)")
      let section = text.split(separator: "\n### ").first { $0.hasPrefix("\(stream.id)\n") } ?? ""
      for column in stream.columns {
        #expect(section.contains("\n| `\(column.name)` | "), "\(stream.id).\(column.name)")
      }
      #expect(section.contains("**Undocumented") == (stream.standing != .documented))
      if let cost = stream.cost { #expect(section.contains("only if named (\(cost))")) }
    }
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }
    #expect(rows.count == StreamDefinition.all.map(\.columns.count).reduce(0, +))
    for row in rows {
      // A bar inside a cell is escaped.
      #expect(row.replacing("\\|", with: "").count { $0 == "|" } == 5, "\(row)")
    }
  }

  @Test func `tells in Markdown what each column means`() async {
    let text = await acsync("discover", "deal_stages", "--format", "markdown").result
    #expect(
      text.hasPrefix(
        """
        # deal_stages

        Stages of the pipelines. `GET dealStages`, by position. A run reads its end, all when due. Read every run.

        | column | type | meaning | personal |
        |---|---|---|---|
        | `id` | bigint, key | Id in ActiveCampaign |  |
        """))
    #expect(
      text.contains(
        "| `group` | bigint | Its pipeline: [deal_pipelines.id](#deal_pipelines) |  |"))
    let contacts = await acsync("discover", "contacts", "--format=markdown").result
    #expect(contacts.contains("| `email` | text | E-mail address | yes |"))
  }

  @Test(arguments: [
    (["--format", "yaml"], "one of text, json, markdown, dbml, mermaid, schema, dbt"),
    (["--format", "dbml", "--json"], "contradict each other"),
    (["--format", "schema", "tags"], "contradict each other"),
    (["--streams", "tags,contact"], "did you mean contacts?"),
  ])
  func `is refused for what makes no sense`(_ words: [String], _ remedy: String) async {
    let outcome = await acsync(["discover"] + words)
    #expect(outcome.code == .usage)
    #expect(outcome.aside.contains(remedy), "\(outcome.aside)")
    #expect(outcome.result.isEmpty || words.contains("--json"))
  }

  @Test func `is narrowed by operands and by an option alike`() async {
    let one = await acsync("discover", "tags", "lists", "--format", "json")
    let other = await acsync("discover", "--streams", "tags,lists", "--json")
    let both = await acsync("discover", "tags", "--streams=lists,tags", "--json")
    #expect(one.code == .done && one.result == other.result && one.result == both.result)
  }
}

@Suite struct `The catalogue as a diagram` {
  private static let name = #""[a-z0-9_]+""#

  @Test func `in DBML keeps to its grammar`() async throws {
    let text = await acsync("discover", "--format", "dbml").result
    let place = #""activecampaign"\.\#(Self.name)"#
    let note = #"note: '(?:[^'\\]|\\['\\])*'"#
    let shapes = try [
      "Project acsync \\{", "  database_type: 'PostgreSQL'", "Table \(place) \\{", "\\}",
      "  Note: '(?:[^'\\\\]|\\\\['\\\\])*'", "",
      "  \(Self.name) [a-z]+ \\[(?:pk, |not null, )?\(note)\\]",
      "Ref: \(place)\\.\(Self.name) > \(place)\\.\(Self.name)",
    ].map { try Regex($0) }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let isKnown = shapes.contains { (try? $0.wholeMatch(in: line)) != nil }
      #expect(isKnown, "\(line)")
    }
    let tables = text.matches(of: /\nTable "activecampaign"\."(\w+)"/).map { String($0.1) }
    #expect(tables == StreamDefinition.all.map(\.id.name))
    let references = text.split(separator: "\n").filter { $0.hasPrefix("Ref: ") }
    #expect(Set(references).count == references.count && references.count > 150)
    #expect(
      references.contains(
        #"Ref: "activecampaign"."deals"."contact" > "activecampaign"."contacts"."id""#))
    // A list of ids is no foreign key.
    #expect(!text.contains(#"Ref: "activecampaign"."deal_pipelines"."stages""#))
  }

  @Test func `in DBML shows the table as it is`() async {
    let text = await acsync("discover", "webhook_events", "--format", "dbml").result
    #expect(
      text.contains(
        """
        Table "activecampaign"."webhook_events" {
          "id" bigint [pk, note: 'Stands for the row\\'s text: a number made from it, since the rows have none of their own']
        """))
    #expect(text.contains("  \"_deleted_at\" timestamptz [note: 'Null while the row lives']"))
    // Of one table alone no line leads to others.
    #expect(!text.contains("Ref:"))
  }

  @Test func `in Mermaid keeps to its grammar, and to its size`() async throws {
    let all = await acsync("discover", "--format", "mermaid").result
    // What Mermaid takes where nobody has set maxTextSize.
    #expect(all.utf8.count < 50_000)
    let some = await acsync("discover", "--format", "mermaid", "--streams", "contacts,deals,tasks")
    let shapes = try [
      "erDiagram", "  \(Self.name) \\{", "  \\}",
      #"    [a-z]+ [A-Za-z_][A-Za-z0-9_]*(?: PK| FK| PK, FK)?(?: "[^"]+")?"#,
      "  \(Self.name) \\|o--o\\{ \(Self.name) : \(Self.name)",
    ].map { try Regex($0) }
    for line in (all + some.result).split(separator: "\n") {
      #expect(shapes.contains { (try? $0.wholeMatch(in: line)) != nil }, "\(line)")
    }
    #expect(all.hasPrefix("erDiagram\n  \"contacts\" {\n    bigint id PK\n"))
    #expect(!all.contains("text email"))
    #expect(all.contains("    bigint contact FK\n"))
    #expect(some.result.contains(#"    text email "E-mail address""#))
    #expect(some.result.contains(#"  "contacts" |o--o{ "deals" : "contact""#))
    #expect(!some.result.contains("\"users\""))
  }
}
