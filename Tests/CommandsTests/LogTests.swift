import Foundation
import Postgres
import Simulator
import TestSupport
import Testing

@testable import Commands

/// What tests read of a line of the log.
struct LoggedLine: Decodable {
  let time: String
  let level: String
  let event: String
  let message: String?
  let stream: String?
  let exit_code: Int?
  let run_summary: Summary?

  struct Summary: Decodable, Equatable {
    let outcome: String
    let exit_code: Int
    let requests: Int
  }

  /// Each line of a text, all of which must be objects.
  static func all(in text: String) throws -> [LoggedLine] {
    try text.split(separator: "\n").map { line in
      do {
        return try JSONDecoder().decode(LoggedLine.self, from: Data(line.utf8))
      } catch {
        Issue.record("no object: \(line)")
        throw error
      }
    }
  }
}

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `The log of a run` {
  private static let key = "canary-key-77aa"

  private func server(_ adjust: (inout ServerOptions) -> Void = { _ in }) throws -> (
    Server, [String: String]
  ) {
    var options = ServerOptions()
    options.apiKey = Self.key
    options.requestsPerSecond = nil
    adjust(&options)
    let server = Server(account: Account(seed: 1, size: .scaled(contacts: 60)), options: options)
    return (
      server,
      [
        "ACTIVECAMPAIGN_URL": try server.start(), "ACTIVECAMPAIGN_API_KEY": Self.key,
        "DATABASE_URL": try Database.current.uri + "&password=canary-password",
        "ACSYNC_REQUESTS_PER_SECOND": "10000", "ACSYNC_STREAMS": fifteenStreams,
      ]
    )
  }

  @Test func `is an object a line where that is asked for, with the summary at the end`()
    async throws
  {
    let (server, environment) = try server()
    defer { server.stop() }
    let run = await acsync(
      "run", "--streams=tags,notes", "--log-format=json", "--verbose", "--json",
      environment: environment)
    #expect(run.code == .done)
    let lines = try LoggedLine.all(in: run.aside)
    #expect(lines.contains { $0.event == "stream_planned" && $0.stream == "tags" })
    #expect(lines.contains { $0.event == "request_started" && $0.level == "debug" })
    #expect(
      lines.allSatisfy { $0.time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil })
    #expect(lines.last?.event == "run_summary")
    let summary = try #require(lines.last?.run_summary)
    #expect(
      try JSONDecoder().decode(LoggedLine.Summary.self, from: Data(run.result.utf8)) == summary)
    #expect(!run.everything.contains("canary"))
  }

  @Test func `ends with the very object that --json prints and the warehouse keeps`() async throws {
    let (server, environment) = try server()
    defer { server.stop() }
    let run = await acsync(
      "run", "--streams=tags", "--log-format=json", "--json", environment: environment)
    #expect(run.code == .done)
    struct Line: Decodable { let run_summary: JSONValue? }
    let last = try #require(run.aside.split(separator: "\n").last)
    let logged = try JSONDecoder().decode(Line.self, from: Data(last.utf8)).run_summary
    let printed = try JSONDecoder().decode(JSONValue.self, from: Data(run.result.utf8))
    let connection = try await Database.connect()
    let stored = try await connection.query("SELECT summary::text AS summary FROM acsync.runs")
    let kept = try JSONDecoder().decode(
      JSONValue.self, from: Data((stored.first?.value("summary") as String? ?? "").utf8))
    await connection.close()
    #expect(logged == printed)
    #expect(kept == printed)
  }

  @Test func `tells retries as warnings and failures as errors, without secrets`() async throws {
    let (server, environment) = try server {
      $0.faults.decide { $0.number < 4 ? .status(500) : $0.path == "notes" ? .status(500) : nil }
    }
    defer { server.stop() }
    let run = await acsync(
      "run", "--streams=tags,notes", "--log-format", "json", environment: environment)
    #expect(run.code != .done)
    let lines = try LoggedLine.all(in: run.aside)
    #expect(lines.contains { $0.level == "warning" && $0.event.hasSuffix("retry_scheduled") })
    #expect(lines.contains { $0.level == "error" && $0.event == "problem" })
    #expect(!run.everything.contains("canary"))
  }

  @Test(arguments: [["--log-format=json"], ["--log-format", "json"], []])
  func `is made of objects also where nothing could begin`(_ words: [String]) async throws {
    let run = await acsync(
      ["run"] + words,
      environment: [
        "ACTIVECAMPAIGN_URL": "http://127.0.0.1:1", "ACTIVECAMPAIGN_API_KEY": Self.key,
        "DATABASE_URL": "postgresql://me:canary-password@127.0.0.1:1/x",
      ].merging(words.isEmpty ? ["ACSYNC_LOG_FORMAT": "json"] : [:]) { $1 })
    #expect(run.code == .targetOutOfReach)
    let lines = try LoggedLine.all(in: run.aside)
    #expect(lines.map(\.event) == ["problem"])
    #expect(lines.first?.exit_code == 6)
    #expect(!run.everything.contains("canary"))
  }

  @Test func `stays text for people, as it was`() async throws {
    let (server, environment) = try server()
    defer { server.stop() }
    let run = await acsync("run", "--streams=tags", environment: environment)
    #expect(run.code == .done)
    #expect(!run.aside.contains("{"))
  }
}

/// Any JSON, to be compared.
indirect enum JSONValue: Decodable, Equatable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case map([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([JSONValue].self) {
      self = .list(list)
    } else {
      self = .map(try container.decode([String: JSONValue].self))
    }
  }
}
