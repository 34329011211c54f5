import Postgres
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase) struct `Values of custom fields` {
  /// What a function makes of each text, in sessions with other ideas of time than ours.
  private func results(
    of function: String, _ values: [String]
  ) async throws -> [String] {
    _ = try await Loader.fresh()
    let connection = try await Database.connect()
    try await connection.script("SET TimeZone = 'Asia/Tokyo'; SET DateStyle = 'SQL, DMY'")
    let rows = try await connection.query(
      """
      SELECT coalesce(to_json(\(raw: function))::text, 'null') AS result
      FROM unnest(\(values)) WITH ORDINALITY AS t (v, place) ORDER BY place
      """)
    let found = try rows.map { try $0.value("result", as: String.self) }
    await connection.close()
    return found.map { $0.replacing("\"", with: "") }
  }

  @Test func `are dates where a day is told, and null elsewhere`() async throws {
    let found = try await results(
      of: "acsync.as_date(v)",
      [
        "2024-02-29", " 2024-03-01 ", "2024-03-01 10:00:00", "2024-03-01T23:00:00-06:00",
        "2023-02-29", "0000-00-00", "2024-13-01", "03/04/2024", "20240304", "yest-er-da", "today",
        "infinity", "", "2024-03-011",
      ])
    #expect(found.prefix(4) == ["2024-02-29", "2024-03-01", "2024-03-01", "2024-03-01"])
    #expect(found.dropFirst(4).allSatisfy { $0 == "null" })
  }

  @Test func `are times with the offset they tell, else US Central`() async throws {
    let found = try await results(
      of: "acsync.as_time(v) AT TIME ZONE 'UTC'",
      [
        "2024-07-01T10:00:00-05:00", "2024-07-01T10:00:00", "2024-01-01 10:00",
        "2024-01-01T10:00:00.5Z", "2024-01-01T10:00+0530", "2024-07-01T2:10:00-05:00", "2024-07-01",
        "2024-07-01T25:00:00", "0000-00-00 00:00:00", "2024-07-01 10:00:00 infinity", "now",
        "2024-07-01 10:00:00 -99:00", "2024-07-01 10:00:00 Mars/Base", "-infinity",
      ])
    #expect(
      found.prefix(7) == [
        "2024-07-01T15:00:00", "2024-07-01T15:00:00", "2024-01-01T16:00:00",
        "2024-01-01T10:00:00.5", "2024-01-01T04:30:00", "2024-07-01T07:10:00",
        "2024-07-01T05:00:00",
      ])
    #expect(found.dropFirst(7).allSatisfy { $0 == "null" })
  }

  @Test func `are numbers, exactly, or null`() async throws {
    let found = try await results(
      of: "acsync.as_number(v)",
      [
        "12", " -0.50 ", "1.", ".5", "+7", "1e3", "123456789012345678901234567890.12", "1,200",
        "NaN", "Infinity", "1e400", "0x10", "", ".", String(repeating: "9", count: 200000),
      ])
    #expect(
      found.prefix(7) == [
        "12", "-0.50", "1", "0.5", "7", "1000", "123456789012345678901234567890.12",
      ])
    #expect(found.dropFirst(7).allSatisfy { $0 == "null" })
  }

  @Test func `are amounts in whole units: hundredths, unless a point is in them`() async throws {
    let found = try await results(
      of: "acsync.as_amount(v)", ["1999", "-5", "19.99", "0", "7.", "twelve", "1.234.5"])
    #expect(found == ["19.99", "-0.05", "19.99", "0.00", "7", "null", "null"])
  }

  @Test func `are lists in any form that the service has for them`() async throws {
    let found = try await results(
      of: "acsync.as_list(v)",
      [
        "||a||b||", "a", "||a b||", "[\"a\", 1, null, \"\"]", "{\"0\": \"a\", \"2\": \"b\"}", "[a",
        "a||||b", "", "||", "[]", "{}", "||||",
      ])
    #expect(
      found == [
        "[a,b]", "[a]", "[a b]", "[a,1]", "[a,b]", "[[a]", "[a,b]", "null", "null", "null", "null",
        "null",
      ])
  }
}
