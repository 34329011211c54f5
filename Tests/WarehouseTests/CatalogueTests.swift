import Catalog
import Postgres
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase) struct `The catalogue's streams` {
  @Test func `take a row of nulls and a row of everything`() async throws {
    let loader = try await Loader.fresh()
    for stream in StreamDefinition.all { try await take(stream, on: loader) }
    #expect(StreamDefinition.all.count >= 15)
  }

  private func take(_ stream: StreamDefinition, on loader: Loader) async throws {
    #expect(try await loader.claim(stream) == StreamState())
    let batch = Batch.of(stream, [row(1, of: stream) { _ in .null }, row(2, of: stream, full)])
    #expect(try await loader.write(batch) == CommitCounts(inserted: 2))
    #expect(try await loader.write(batch) == CommitCounts(unchanged: 2))
    let table = Table(of: stream, in: "activecampaign")
    let filled = try await rows(
      """
      SELECT (
        SELECT count(*) FROM jsonb_object_keys(jsonb_strip_nulls(to_jsonb(t))) AS name
        WHERE name = '_key' OR name NOT LIKE '\\_%'
      ) FROM \(table.name) t ORDER BY 1
      """)
    #expect(filled == ["1", "\(stream.columns.count)"])
    let uncommented = try await rows(
      """
      SELECT attname FROM pg_attribute WHERE attrelid = \(table.title)::regclass AND attnum > 0
        AND col_description(attrelid, attnum) IS NULL
      """)
    let meaningless = stream.columns.filter(\.meaning.isEmpty).map(\.name)
    #expect(uncommented == meaningless)
  }

  private func row(
    _ key: Int64, of stream: StreamDefinition, _ value: (Column) -> Value
  ) -> Catalog.Row {
    Row(key: key, values: stream.columns.map { $0.isKey ? .integer(key) : value($0) })
  }

  private func full(_ column: Column) -> Value {
    switch column.kind {
    case .bigint: .integer(.max)
    case .smallint: .integer(-32_768)
    case .boolean: .boolean(true)
    case .text: .text("text")
    case .timestamptz: .instant(.at(0))
    case .timestamp: .wallClock(microseconds: -1)
    case .date: .day(CalendarDay(daysSinceEpoch: 20_000))
    case .numeric: .text("-12345678901234567890.000000001")
    case .jsonb, .embeddedJSON: .json(#"{"a": [1, null, "x"]}"#)
    }
  }
}
