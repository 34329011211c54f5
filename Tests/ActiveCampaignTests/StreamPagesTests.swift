import Catalog
import Testing

@testable import ActiveCampaign

@Suite struct `A page of every stream` {
  @Test func `is recorded`() {
    #expect(
      RecordedPage.all.map(\.stream).sorted() == StreamDefinition.all.map(\.id.name).sorted())
  }

  @Test(arguments: RecordedPage.all)
  func `becomes typed rows`(_ recorded: RecordedPage) throws {
    let (stream, page) = try recorded.decoded()
    #expect(page.rows.count == recorded.rows.count)
    for (row, expected) in zip(page.rows, recorded.rows) {
      #expect(row.spelled(by: stream) == expected)
    }
    #expect(page.rejected.isEmpty)
    #expect(page.received == recorded.rows.count)
  }

  @Test(arguments: RecordedPage.all)
  func `leaves nothing undeclared, and stores nothing that is omitted`(
    _ recorded: RecordedPage
  ) throws {
    let (stream, page) = try recorded.decoded()
    for row in page.rows {
      #expect(row.extra == nil)
      #expect(!row.spelled(by: stream).contains { $0.contains("never-stored") })
    }
    for field in stream.omitted.subtracting(["links"]) {
      #expect(recorded.body.contains("\"\(field)\":"), "\(field)")
    }
  }

  @Test(arguments: RecordedPage.all)
  func `fills every declared column with a value of its kind`(_ recorded: RecordedPage) throws {
    let (stream, page) = try recorded.decoded()
    for (index, column) in stream.columns.enumerated() {
      #expect(page.rows.contains { $0.values[index].fits(column.kind) }, "\(column.name)")
      let isSound = page.rows.allSatisfy { row in
        let value = row.values[index]
        return value == .missing || value == .null || value.fits(column.kind)
      }
      #expect(isSound, "\(column.name)")
    }
  }

  @Test(arguments: RecordedPage.all)
  func `gives each row a key of its own, the same each time`(_ recorded: RecordedPage) throws {
    let (stream, page) = try recorded.decoded()
    let keys = page.rows.map(\.key)
    #expect(Set(keys).count == keys.count)
    #expect(try recorded.decoded().page.rows.map(\.key) == keys)
    #expect(page.rows.allSatisfy { $0.values[stream.keyIndex] == .integer($0.key) && $0.key > 0 })
  }

  @Test(arguments: RecordedPage.all.filter { StreamDefinition.named($0.stream)?.carrier != nil })
  func `that carries another's rows is read for both`(_ recorded: RecordedPage) throws {
    let (stream, page) = try recorded.decoded()
    let carrier = try #require(stream.carrier)
    let host = try #require(StreamDefinition.named(carrier.name))
    let both = try PageDecoder(host).decode(
      Array(recorded.body.utf8), serverTime: .zero, beside: [PageDecoder(stream)])
    #expect(both.rows.count == 1)
    #expect(both.beside[stream.id]?.rows == page.rows)
  }
}

@Suite struct `A list of at most one row` {
  @Test func `is read where the row stands alone, and where there is none`() throws {
    let decoder = PageDecoder(.plusAppend)
    let decode = { (body: String) throws(PageError.UnreadableBody) in
      try decoder.decode(Array(body.utf8), serverTime: .zero)
    }
    #expect(try decode(#"{"plusAppend":{"id":"2","contact":"3"}}"#).rows.map(\.key) == [2])
    #expect(try decode(#"{"plusAppend":[]}"#).rows.isEmpty)
    #expect(try decode("{}").rows.isEmpty)
    // Anything else is not taken for an account without such rows.
    #expect(throws: PageError.UnreadableBody.noRows(key: "plusAppend")) {
      try decode(#"{"message":"sorry"}"#)
    }
    #expect(throws: PageError.UnreadableBody.noRows(key: "tags")) {
      try PageDecoder(.tags).decode(Array("{}".utf8), serverTime: .zero)
    }
  }
}

@Suite struct `A field known in snake case` {
  @Test func `is taken in camel case too, unless that is another field`() throws {
    let decode = { (stream: StreamDefinition, row: String) throws(PageError.UnreadableBody) in
      try PageDecoder(stream).decode(
        Array(#"{"\#(stream.rows)":[{"id":"1",\#(row)}]}"#.utf8), serverTime: .zero)
    }
    let page = try decode(.dealPipelineUsers, #""dealGroup":"3","user":"2""#)
    #expect(page.rows[0].spelled(by: .dealPipelineUsers) == ["id=1", "deal_group=3", "user=2"])
    #expect(page.rows[0].extra == nil)
    let both = try decode(.taskTypeOutcomes, #""created_by":"0","createdBy":"1""#)
    #expect(
      both.rows[0].spelled(by: .taskTypeOutcomes) == ["id=1", "created_by=0", "created_by_user=1"])
    let secret = try decode(.lists, #""twitterToken":"x","twitter_token":"y""#)
    #expect(secret.rows[0].extra == nil)
  }
}
