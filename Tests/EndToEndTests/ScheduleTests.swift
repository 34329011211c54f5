import EmbeddedPostgres
import Foundation
import Postgres
import Simulator
import TestSupport
import Testing

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `A schedule` {
  private static let key = "canary-key-91f3"
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "acsync-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func serve(
    port: UInt16 = 0, _ adjust: (inout ServerOptions) -> Void = { _ in }
  ) throws -> (server: Server, url: String) {
    var options = ServerOptions()
    options.apiKey = Self.key
    options.requestsPerSecond = nil
    options.port = port
    adjust(&options)
    let server = Server(account: Account(seed: 3, size: .scaled(contacts: 300)), options: options)
    return (server, try server.start())
  }

  private func service(
    _ words: [String], of url: String, database: String? = nil
  ) throws -> Service {
    try Service(
      ["--jitter=0", "--listen=127.0.0.1:0"] + words, in: folder,
      environment: [
        "ACTIVECAMPAIGN_URL": url, "ACTIVECAMPAIGN_API_KEY": Self.key,
        "DATABASE_URL": try database ?? Database.current.uri,
        "ACSYNC_REQUESTS_PER_SECOND": "10000", "ACSYNC_STREAMS": fifteenStreams,
      ])
  }

  private func write(_ yaml: String) throws {
    try Data(yaml.utf8).write(to: folder.appending(path: "replication.yaml"))
  }

  @Test func `syncs again and again, tells of it at its endpoint, and ends with 143`() async throws
  {
    let (server, url) = try serve()
    defer { server.stop() }
    let service = try service(
      ["--every=1s", "--streams=contacts,tags", "--audit-requests"], of: url)
    let address = try await service.address()
    try await service.ticks(3)
    #expect(try await get(address + "/healthz").status == 200)
    #expect(try await get(address + "/readyz").text == "ready\n")
    let metrics = try await get(address + "/metrics")
    #expect(metrics.status == 200)
    #expect(metrics.text.contains("acsync_stream_live_rows{") && !metrics.text.contains(Self.key))
    #expect(metrics.text.contains("acsync_ticks_total{schedule=\"every 1s\"} "))
    #expect(await service.end() == 143)
    #expect(!service.log.contains(Self.key))
    try await withDatabase { database in
      let runs = try await database.column("SELECT exit_code::text FROM acsync.runs")
      #expect(runs.count >= 3 && runs.prefix(3).allSatisfy { $0 == "0" })
      // The audit holds what the account was asked, in order, and all of it.
      let counts = try await database.column(
        """
        SELECT (count(*) = max(r.requests) AND max(q.number) = count(*)
          AND bool_and(q.method = 'GET' AND q.status = 200 AND q.attempt = 1))::text
        FROM acsync.runs r JOIN acsync.requests q ON q.run = r.id
        WHERE r.exit_code = 0 GROUP BY r.id
        """)
      #expect(counts.count >= 3 && counts.allSatisfy { $0 == "true" }, "\(counts)")
      let leaks = try await database.column(
        "SELECT path FROM acsync.requests WHERE strpos(requests::text, \(Self.key)) > 0")
      #expect(leaks.isEmpty)
    }
  }

  @Test func `reads its file again on SIGHUP, and keeps the old one where that is wrong`()
    async throws
  {
    let (server, url) = try serve()
    defer { server.stop() }
    try write("schedule: [{every: 1s, streams: tags}]")
    let service = try service([], of: url)
    try await service.next("tick_ended") { $0.message?.hasPrefix("every 1s: tags:") == true }
    try write("schedule: [{every: 2s, streams: lists}]")
    service.send(SIGHUP)
    try await service.next("reloaded")
    try await service.next("tick_ended") { $0.message?.hasPrefix("every 2s: lists:") == true }
    try write("schedule: [{every: 2s, streams: lsits}]")
    service.send(SIGHUP)
    let problem = try await service.next("problem")
    #expect(problem.message == "there is no stream \"lsits\"")
    try await service.next("reload_failed")
    try await service.next("tick_ended") { $0.message?.hasPrefix("every 2s: lists:") == true }
    #expect(await service.end(by: SIGINT) == 130)
  }

  @Test func `outlasts the loss of the account`() async throws {
    let (server, url) = try serve()
    let port = try #require(URL(string: url)?.port)
    let service = try service(["--every=1s", "--streams=tags"], of: url)
    let address = try await service.address()
    try await service.ticks(1)
    server.stop()
    try await service.next("tick_ended") { $0.level == "warning" }
    #expect(try await get(address + "/readyz").text == "every 1s: the last sync ended with 5\n")
    #expect(try await get(address + "/healthz").status == 200)
    let (again, _) = try serve(port: UInt16(port))
    defer { again.stop() }
    try await service.next("tick_ended") { $0.level == "info" }
    #expect(try await get(address + "/readyz").status == 200)
    #expect(await service.end() == 143)
  }

  @Test func `outlasts the loss of the warehouse`() async throws {
    let (server, url) = try serve()
    defer { server.stop() }
    let cluster = Cluster(
      folder: "/tmp/acsync-lost-\(UInt32.random(in: 0...UInt32.max))", purpose: .temporary,
      maxConnections: 20)
    try await cluster.start()
    let service = try service(
      ["--every=1s", "--streams=tags"], of: url, database: cluster.connectionURI)
    try await service.ticks(2)
    try await cluster.stop()
    try await service.next("tick_ended") { $0.message?.contains("exit code 6") == true }
    try await cluster.start()
    try await service.next("tick_ended") { $0.level == "info" }
    #expect(await service.end() == 143)
    try await cluster.stop()
    try? FileManager.default.removeItem(atPath: cluster.folder)
  }

  @Test func `skips the ticks that a slow sync overlaps, and counts them`() async throws {
    let (server, url) = try serve { $0.latency = .milliseconds(600) }
    defer { server.stop() }
    let service = try service(["--every=1s", "--streams=contacts", "--concurrency=1"], of: url)
    let address = try await service.address()
    try await service.next("tick_skipped")
    try await service.ticks(1)
    let text = try await get(address + "/metrics").text
    let line = try #require(text.firstMatch(of: /acsync_ticks_skipped_total\{[^}]*\} (\d+)/))
    #expect((Int(line.output.1) ?? 0) >= 1)
    #expect(await service.end() == 143)
  }

  @Test func `commits what was read when it is stopped in the middle of a sync`() async throws {
    let (server, url) = try serve { $0.latency = .milliseconds(200) }
    defer { server.stop() }
    let service = try service(
      ["--every=1h", "--streams=contacts", "--page-size=2", "--verbose"], of: url)
    try await service.next("pages_committed")
    #expect(await service.end() == 143)
    try await withDatabase { database in
      #expect(
        try await database.column("SELECT outcome || ' ' || exit_code FROM acsync.runs")
          == ["interrupted 143"])
      let rows = try await database.column("SELECT count(*)::text FROM activecampaign.contacts")
      #expect((1..<300).contains(Int(rows[0]) ?? 0))
    }
  }

  @Test func `ends in its time also where the account says nothing`() async throws {
    let (server, url) = try serve { $0.faults.decide { $0.path == "contacts" ? .hung : nil } }
    defer { server.stop() }
    let service = try service(["--every=1h", "--streams=contacts", "--verbose"], of: url)
    try await service.next("stream_planned")
    try await service.next("request_started")
    let start = ContinuousClock.now
    #expect(await service.end() == 143)
    // Ten seconds, and what a busy machine adds: an answer is waited for three minutes.
    #expect(ContinuousClock.now - start < .seconds(120))
  }

  @Test func `keeps no connection and no file from tick to tick`() async throws {
    let (server, url) = try serve()
    defer { server.stop() }
    let service = try service(
      ["--every=1s", "--streams=tags", "--audit-requests", "--metrics-file=acsync.prom"], of: url)
    try await service.ticks(3)
    let early = try service.openFiles
    try await service.ticks(12)
    let late = try service.openFiles
    // One sync more may be under way at the one moment than at the other.
    #expect(late <= early + 12, "\(early) files, then \(late)")
    try await withDatabase { database in
      let sessions = try await database.column(
        """
        SELECT count(*)::text FROM pg_stat_activity
        WHERE datname = current_database() AND application_name LIKE 'acsync%'
        """)
      #expect((Int(sessions[0]) ?? 99) <= 3)
    }
    #expect(await service.end() == 143)
  }

  @Test func `replaces its metrics file as a whole`() async throws {
    let (server, url) = try serve()
    defer { server.stop() }
    let service = try service(
      ["--every=1s", "--streams=tags", "--metrics-file=acsync.prom"], of: url)
    // The second tick's end is told when the first one's has been written.
    try await service.ticks(2)
    let file = folder.appending(path: "acsync.prom")
    let reading = Task {
      var (reads, torn) = (0, 0)
      while !Task.isCancelled {
        let text = try String(contentsOf: file, encoding: .utf8)
        let isWhole =
          text.hasPrefix("# HELP acsync_build_info ") && text.hasSuffix("\n")
          && text.contains("\nacsync_stream_rows_total{")
        (reads, torn) = (reads + 1, torn + (isWhole ? 0 : 1))
        await Task.yield()
      }
      return (reads, torn)
    }
    try await service.ticks(3)
    reading.cancel()
    let (reads, torn) = try await reading.value
    #expect(reads > 0 && torn == 0)
    #expect(await service.end() == 143)
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(left == ["acsync.prom"])
  }

  @Test func `says what is wrong before it begins`() async throws {
    let (server, url) = try serve()
    defer { server.stop() }
    let nothing = try service([], of: url)
    #expect(try await nothing.next("problem").message == "nothing says when to sync")
    #expect(await nothing.end(by: 0) == 2)
    let address = try service(["--every=1s", "--listen=localhost"], of: url)
    #expect(try await address.next("problem").message == "“localhost” is no value for --listen")
    #expect(await address.end(by: 0) == 2)
  }
}
