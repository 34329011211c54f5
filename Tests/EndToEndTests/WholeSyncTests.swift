import Postgres
import Simulator
import TestSupport
import Testing

@Suite(.freshDatabase, .timeLimit(.minutes(2))) struct `A sync of all streams` {
  @Test func `brings over every row and every column, and nothing that must stay out`()
    async throws
  {
    let world = try World(.scaled(contacts: 450))
    defer { world.server.stop() }
    let run = try await world.run()
    #expect(run.code == 0, "\(run.aside)")
    let document = try run.document
    #expect(Set(document.streams.map(\.stream)) == Set(Truth.paths.keys))
    #expect(document.streams.allSatisfy { $0.outcome == "done" && $0.rejected == 0 })
    #expect(try await Comparison(account: world.account).differences() == [])
    let account = world.account
    try await withDatabase { database in
      for (stream, path) in Truth.paths {
        let count = try await database.column(
          "SELECT count(*) FROM activecampaign.\(Identifier(stream))")
        #expect(count == ["\(account.count(of: path))"], "\(stream)")
      }
      // A deal in a pipeline that the key may not see comes as a stub, and is stored as one.
      let stubs = try await database.column(
        "SELECT count(*) FROM activecampaign.deals WHERE is_disabled AND title <> '' AND value IS NULL"
      )
      #expect(stubs != ["0"])
      let secrets = try await database.column(
        "SELECT count(*) FROM activecampaign.lists AS t WHERE t::text LIKE '%not-a-real%'")
      #expect(secrets == ["0"])
    }
  }

  @Test func `the second time writes no row`() async throws {
    let world = try World(.scaled(contacts: 450))
    defer { world.server.stop() }
    let first = try await world.run()
    #expect(first.code == 0, "\(first.aside)")
    let before = try await fingerprints()
    let second = try await world.run()
    #expect(second.code == 0, "\(second.aside)")
    let document = try second.document
    #expect(document.streams.count == Truth.paths.count)
    #expect(document.streams.allSatisfy { $0.inserted + $0.updated + $0.rejected == 0 })
    #expect(try await fingerprints() == before)
    #expect(try document.requests < first.document.requests)
  }
}
