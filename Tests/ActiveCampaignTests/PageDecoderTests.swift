import Catalog
import Testing

@testable import ActiveCampaign

/// A stream with a column of every kind.
let sampler = StreamDefinition(
  "samples", "One of each kind.", path: "samples", rows: "samples", omitted: ["token"],
  columns: [
    .key("id", .bigint), .column("count", .bigint), .column("status", .smallint),
    .column("isOpen", .boolean), .column("title", .text), .column("cdate", .timestamptz),
    .column("created_timestamp", .timestamp), .column("birthday", .date),
    .column("rate", .numeric), .column("options", .jsonb), .column("additional", .embeddedJSON),
  ])

/// Decodes one row whose members beside the id are given.
func decodeRow(_ members: String, of stream: StreamDefinition = sampler) throws -> Page {
  try PageDecoder(stream).decode(
    Array(#"{"samples":[{"id":"7",\#(members)}],"meta":{"total":"1"}}"#.utf8),
    serverTime: Instant(seconds: 0))
}

@Suite struct `Decoding a page` {
  @Test func `keeps the rows in order, with total and server time`() throws {
    let body = #"{"other":[1,{"a":[]}],"samples":[{"id":"9"},{"id":4}],"meta":{"total":12}}"#
    let page = try PageDecoder(sampler).decode(Array(body.utf8), serverTime: Instant(seconds: 5))
    #expect(page.rows.map(\.key) == [9, 4])
    #expect(page.received == 2)
    #expect(page.total == 12)
    #expect(page.serverTime == Instant(seconds: 5))
    #expect(page.rows[0].values == [.integer(9)] + Array(repeating: .missing, count: 10))
  }
}
