import Catalog
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase) struct `What has been told` {
  private static let tags = Alert("failure", "tags")
  private static let lists = Alert("failure", "lists")

  @Test func `is told once, and again after a while`() async throws {
    let session = try await begun()
    #expect(try await told(session, [Self.tags]) == [Self.tags])
    #expect(try await told(session, [Self.tags]) == [])
    #expect(try await told(session, [Self.tags, Self.lists]) == [Self.lists])
    try await script("UPDATE acsync.alerts SET told_at = now() - interval '7 hours'")
    #expect(try await told(session, [Self.tags], repeatEvery: nil) == [])
    #expect(try await told(session, [Self.tags]) == [Self.tags])
    #expect(try await told(session, [Self.tags]) == [])
  }

  @Test func `is each receiver's, and each account's, own`() async throws {
    let session = try await begun()
    #expect(try await told(session, [Self.tags]) == [Self.tags])
    #expect(try await told(session, [Self.tags], to: "other") == [Self.tags])
    let second = try Self.session("zenith")
    #expect(try await told(second, [Self.tags]) == [Self.tags])
  }

  @Test func `is closed once, and then new again`() async throws {
    let session = try await begun()
    _ = try await told(session, [Self.tags])
    let closing = try await session.decide(
      for: "hook", current: [], resolved: [Self.tags, Self.lists], repeatEvery: nil)
    #expect(closing.closed == [Self.tags] && closing.due.isEmpty)
    let again = try await session.decide(
      for: "hook", current: [], resolved: [Self.tags], repeatEvery: nil)
    #expect(again.closed.isEmpty)
    #expect(try await told(session, [Self.tags]) == [Self.tags])
  }

  @Test func `is due again where it could not be sent`() async throws {
    let session = try await begun()
    let first = try await session.decide(
      for: "hook", current: [Self.tags], resolved: [], repeatEvery: nil)
    try await session.retract(first.due, of: first, for: "hook")
    #expect(try await told(session, [Self.tags]) == [Self.tags])
    let closing = try await session.decide(
      for: "hook", current: [], resolved: [Self.tags], repeatEvery: nil)
    try await session.retract(closing.closed, of: closing, for: "hook")
    let again = try await session.decide(
      for: "hook", current: [], resolved: [Self.tags], repeatEvery: nil)
    #expect(again.closed == [Self.tags])
  }

  @Test func `holds a change of schema until it has been sent`() async throws {
    let session = try await begun()
    let change = Alert("schema_change", "tags.new")
    let first = try await session.decide(
      for: "hook", current: [change], resolved: [], repeatEvery: nil)
    try await session.retract(first.due, of: first, for: "hook")
    #expect(try await told(session, []) == [change])
    #expect(try await told(session, []) == [])
  }

  @Test func `is told by one of several hosts alone`() async throws {
    _ = try await begun()
    let all = try await withThrowingTaskGroup(of: Set<Alert>.self) { group in
      for _ in 0..<6 {
        group.addTask { try await told(try Self.session(), [Self.tags]) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(all.count { $0 == [Self.tags] } == 1 && all.count { $0.isEmpty } == 5)
  }

  @Test func `finds new fields once, and none the first time`() async throws {
    let loader = try await Loader.holding(.notes)
    let run = try #require(await loader.runNumber)
    _ = try await loader.write(.of(.notes, [.note(1, .null, extra: #"{"a": 1}"#)]))
    try await script("UPDATE activecampaign.notes SET _synced_at = now()")
    let session = try Self.session()
    #expect(try await session.newFields(of: .notes, in: run) == [])
    #expect(try await session.newFields(of: .notes, in: run) == [])
    try await script(
      """
      UPDATE activecampaign.notes SET _extra = '{"a": 1, "b": 2}';
      ALTER TABLE activecampaign.notes ADD COLUMN own text, ALTER COLUMN size TYPE integer
      """)
    #expect(try await session.newFields(of: .notes, in: run) == ["b", "own", "size"])
    #expect(try await session.newFields(of: .notes, in: run) == [])
    await session.close()
  }

  private func told(
    _ session: SideSession, _ alerts: Set<Alert>, to target: String = "hook",
    repeatEvery: Duration? = .seconds(6 * 3600)
  ) async throws -> Set<Alert> {
    try await session.decide(
      for: target, current: alerts, resolved: [], repeatEvery: repeatEvery
    ).due
  }

  private func begun() async throws -> SideSession {
    await (try await Loader.fresh()).close()
    return try Self.session()
  }

  static func session(_ account: String = "acme") throws -> SideSession {
    SideSession(
      uri: try Database.current.uri, account: account, schema: "activecampaign",
      applicationName: "side")
  }
}
