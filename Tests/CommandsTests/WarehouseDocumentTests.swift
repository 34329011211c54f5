import Foundation
import Postgres
import TestSupport
import Testing

@testable import Commands

@Suite(.freshDatabase) struct `The warehouse as a document` {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A warehouse in which everything is laid out and nothing was read.
  private func laidOut() async throws -> [String: String] {
    let environment = [
      "DATABASE_URL": try Database.current.uri, "ACTIVECAMPAIGN_API_KEY": "none",
      "ACTIVECAMPAIGN_URL": "https://acme.api-us1.com",
    ]
    let migrated = await acsync("migrate", environment: environment)
    #expect(migrated.code == .done, "\(migrated.aside)")
    #expect(migrated.aside == "")
    return environment
  }

  private func names(_ query: Statement) async throws -> [String] {
    let connection = try await Database.connect()
    let names = try await connection.query(query).map { try $0[0] ?? "" }
    await connection.close()
    return names
  }

  @Test func `is what lies in docs`() async throws {
    let environment = try await laidOut()
    let printed = await acsync(
      "discover", "--warehouse", "--format", "markdown", environment: environment)
    #expect(printed.code == .done, "\(printed.aside)")
    let text = try String(
      contentsOf: Self.root.appending(path: "docs/warehouse.md"), encoding: .utf8)
    let isFresh = text == printed.result
    #expect(isFresh, "docs/warehouse.md is stale: run make docs")
  }

  @Test func `leaves no table, view or column of it unexplained`() async throws {
    _ = try await laidOut()
    let relations = try await names(
      """
      SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname IN ('acsync', 'analytics', 'activecampaign') AND c.relkind IN ('r', 'v', 'm')
        AND obj_description(c.oid, 'pg_class') IS NULL
      """)
    #expect(relations == [])
    let columns = try await names(
      """
      SELECT c.oid::regclass || '.' || a.attname FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE n.nspname IN ('acsync', 'analytics', 'activecampaign') AND c.relkind IN ('r', 'v', 'm')
        -- These repeat the streams' columns, for the views above them.
        AND NOT (n.nspname = 'acsync' AND starts_with(c.relname, 'source_'))
        AND col_description(c.oid, a.attnum) IS NULL
      """)
    #expect(columns == [])
  }

  @Test func `names for each kept view every stream below it, which a run has just written`()
    async throws
  {
    _ = try await laidOut()
    let left = try await names(
      """
      SELECT DISTINCT m.name || ' ' || s.source FROM acsync.materialized_views m
      CROSS JOIN LATERAL acsync.below(m.name::regclass) AS b
      JOIN acsync.sources s ON to_regclass(format('%I.%I', s.table_schema, s.table_name)) = b.oid
      WHERE regexp_replace(s.source, '_(history|snapshots)$', '') NOT IN (
        SELECT regexp_replace(source, '_(history|snapshots)$', '')
        FROM acsync.materialized_views k, unnest(k.made_of) AS source
        -- What a kept view below it is made of makes that one due, and so this one.
        WHERE k.name = m.name OR to_regclass(k.name)::oid IN (
          SELECT oid FROM acsync.below(m.name::regclass)))
      """)
    #expect(left == [])
  }

  @Test func `leads from every id of a staging view to the view it is the key of`() async throws {
    let environment = try await laidOut()
    let diagram = await acsync(
      "discover", "--warehouse", "--format", "mermaid", environment: environment)
    #expect(diagram.result.hasPrefix("erDiagram\n  contacts {\n    bigint contact_id PK\n"))
    for line in ["contacts |o--o{ deals : contact_id", "stages |o--o{ deals : stage_id"] {
      #expect(diagram.result.contains("  \(line)\n"), "\(line)")
    }
  }

  @Test func `is JSON for programs, and refuses what makes no sense of a warehouse`() async throws {
    let environment = try await laidOut()
    let document = await acsync("discover", "--warehouse", "--json", environment: environment)
    let read = try JSONDecoder.snake.decode(Read.self, from: Data(document.result.utf8))
    let contacts = try #require(read.relations.first { $0.name == "activecampaign__contacts" })
    #expect(contacts.columns.first { $0.name == "email" }?.isPersonal == true)
    #expect(contacts.columns.first { $0.name == "email_domain" }?.isPersonal == false)
    for words in [["--format", "schema"], ["--format", "dbml"], ["contacts"]] {
      let refused = await acsync(["discover", "--warehouse"] + words, environment: environment)
      #expect(refused.code == .usage, "\(words)")
    }
  }

  @Test func `is text that fits the terminal`() async throws {
    let environment = try await laidOut()
    let text = await acsync("discover", "--warehouse", environment: environment, width: 60).result
    let lines = text.split(separator: "\n")
    let first = try #require(lines.firstIndex(of: "analytics.activecampaign__deals"))
    #expect(lines[first + 1] == "  Deals as they are now, one row each.")
    for line in lines where line.hasPrefix(" ") { #expect(line.count <= 60, "\(line)") }
  }

  private struct Read: Decodable {
    struct Relation: Decodable {
      let name: String
      let columns: [Column]
    }
    struct Column: Decodable {
      let name: String
      let isPersonal: Bool
    }
    let relations: [Relation]
  }
}

extension JSONDecoder {
  fileprivate static var snake: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }
}
