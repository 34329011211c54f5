import Catalog
import Postgres
import Simulator
import TestSupport
import Testing

/// Every stream of the catalogue, those that cost much as well.
@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `A sync of the whole account` {
  /// Lists of which only empty answers were ever seen.
  private static let alwaysEmpty: Set<String> = ["contact_logs"]

  /// Lists of which only the id is documented: all else that comes is in `_extra`.
  private static let undescribed: Set<String> = [
    "sms_lists", "user_groups", "list_groups", "deal_pipeline_groups", "address_groups",
    "address_lists",
  ]

  /// Streams whose rows are compared value by value: those with a number for an id, and with fields
  /// that stand in the row itself, each with a column named after it.
  private static let comparable = StreamDefinition.all.filter { stream in
    stream.columns[stream.keyIndex].madeFrom.isEmpty && !alwaysEmpty.contains(stream.id.name)
      && !undescribed.contains(stream.id.name)
      && !stream.columns.contains {
        $0.field.contains(".") || $0.name != Column.snakeCased($0.field)
      }
  }

  private func everything() throws -> World {
    try World(.scaled(contacts: 200)) { options in options.requestsPerSecond = nil }
  }

  private static let all =
    "--streams=" + StreamDefinition.all.map(\.id.name).joined(separator: ",")

  @Test func `fills every table as the account has it, and every column somewhere`() async throws {
    let world = try everything()
    defer { world.server.stop() }
    let run = try await world.run(Self.all)
    #expect(run.code == 0, "\(run.aside)")
    let document = try run.document
    #expect(Set(document.streams.map(\.stream)) == Set(StreamDefinition.all.map(\.id.name)))
    for stream in document.streams {
      #expect(stream.outcome == "done", "\(stream.stream)")
      #expect(stream.rejected == 0, "\(stream.stream)")
    }
    let account = world.account
    try await withDatabase { database in
      for stream in StreamDefinition.all where !Self.alwaysEmpty.contains(stream.id.name) {
        let path = try #require(
          Account.path(servedAt: stream.path, under: stream.rows), "\(stream.id)")
        let held = try await database.column(
          "SELECT count(*) FROM activecampaign.\(Identifier(stream.id.name)) WHERE _deleted_at IS NULL"
        )
        #expect(held == ["\(account.count(of: path))"], "\(stream.id)")
        let counts = stream.columns.map { "count(\(Identifier($0.name)))" as Statement }
        let filled = try await database.column(
          """
          SELECT unnest(ARRAY[\(counts.joined(separator: ", "))])
          FROM activecampaign.\(Identifier(stream.id.name))
          """)
        let empty = zip(stream.columns, filled).filter { $1 == "0" }.map(\.0.name)
        #expect(empty == [], "\(stream.id)")
      }
    }
    for stream in Self.comparable {
      let path = try #require(Account.path(servedAt: stream.path, under: stream.rows))
      let found = try await Comparison(account: account)
        .differences(in: stream.id.name, at: path, omitting: stream.omitted)
      #expect(found == [], "\(stream.id)")
    }
  }

  @Test func `writes nothing the second time`() async throws {
    let world = try everything()
    defer { world.server.stop() }
    let first = try await world.run(Self.all)
    #expect(first.code == 0, "\(first.aside)")
    let second = try await world.run(Self.all)
    #expect(second.code == 0, "\(second.aside)")
    let document = try second.document
    #expect(document.streams.count == StreamDefinition.all.count)
    for stream in document.streams {
      #expect(stream.inserted + stream.updated + stream.rejected == 0, "\(stream.stream)")
      #expect(stream.outcome == "done", "\(stream.stream)")
    }
  }

  @Test func `leaves out what the account does not offer, and tells so once each`() async throws {
    let world = try World(.scaled(contacts: 30)) { options in
      options.missingFeatures = Feature.ecommerce.paths.union(Feature.customObjects.paths)
    }
    defer { world.server.stop() }
    let run = try await world.run("--streams=ecommerce*,custom_object*,tags")
    #expect(run.code == 0, "\(run.aside)")
    let outcomes = try Dictionary(
      uniqueKeysWithValues: run.document.streams.map { ($0.stream, $0.outcome) })
    #expect(outcomes["tags"] == "done")
    for (stream, outcome) in outcomes where stream != "tags" {
      #expect(outcome == "skipped", "\(stream)")
    }
    #expect(outcomes.count > 5)
  }

  @Test func `takes a changed value from beside its contact, long before all values are due`()
    async throws
  {
    var size = AccountSize.scaled(contacts: 300)
    size.fieldValues = 1_500
    let world = try World(size)
    defer { world.server.stop() }
    let streams = "--streams=contacts,custom_fields,custom_field_values"
    #expect(try await world.run(streams).code == 0)
    let id = try #require(world.account.ids(of: "fieldValues").dropFirst(700).first)
    let contact = try await withDatabase {
      try await $0.column("SELECT contact FROM activecampaign.custom_field_values WHERE id = \(id)")
    }
    world.account.update("fieldValues", id: id, ["value": "seen at once"])
    world.account.update("contacts", id: Int(contact[0]) ?? 0, ["phone": "+15550199"])
    let run = try await world.run(streams)
    #expect(run.code == 0, "\(run.aside)")
    let value = try await withDatabase {
      try await $0.column("SELECT value FROM activecampaign.custom_field_values WHERE id = \(id)")
    }
    #expect(value == ["seen at once"])
  }
}
