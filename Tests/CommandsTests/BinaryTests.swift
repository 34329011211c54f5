import Foundation
import Postgres
import Simulator
import TestSupport
import Testing

@testable import Commands

/// The built program, run as a process of its own.
struct Binary {
  let process = Process()
  let output = Pipe()
  let errors = Pipe()

  /// The program that was built beside this test.
  static var path: String {
    get throws {
      let test = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
      let path = URL(filePath: test).deletingLastPathComponent().appending(path: "acsync").path
      try #require(FileManager.default.isExecutableFile(atPath: path), "\(path)")
      return path
    }
  }

  init(_ words: [String], environment: [String: String] = [:]) throws {
    process.executableURL = URL(filePath: try Self.path)
    process.arguments = words
    let inherited = ProcessInfo.processInfo.environment.filter {
      ["PATH", "HOME"].contains($0.key)
    }
    process.environment = inherited.merging(environment) { $1 }
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    try process.run()
  }

  /// Waits for the end; returns the exit code and both outputs.
  func ended() -> (code: Int32, result: String, aside: String) {
    let result = output.fileHandleForReading.readDataToEndOfFile()
    let aside = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus, String(decoding: result, as: UTF8.self),
      String(decoding: aside, as: UTF8.self)
    )
  }

  /// Waits for a line of the standard output.
  func line(beginningWith start: String) throws -> String {
    var text = ""
    while true {
      let bytes = output.fileHandleForReading.availableData
      try #require(!bytes.isEmpty, "the output ended: \(text)")
      text += String(decoding: bytes, as: UTF8.self)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      if let line = lines.first(where: { $0.hasPrefix(start) }) { return String(line) }
    }
  }
}

@Suite(.serialized) struct `The built program` {
  @Test func `tells its version, and exits 2 where it is not understood`() throws {
    let version = try Binary(["version"]).ended()
    #expect(version.code == 0)
    #expect(version.result == "acsync \(Program.version)\n")
    let wrong = try Binary(["rnu"]).ended()
    #expect(wrong.code == 2)
    #expect(wrong.result.isEmpty)
  }

  @Test(.freshDatabase)
  func `serves the simulator until it is stopped, and then tells what it saw`() async throws {
    let binary = try Binary(["simulate", "--contacts", "50", "--key", "k", "--port", "0"])
    let url = try binary.line(beginningWith: "ACTIVECAMPAIGN_URL=").dropFirst(19)
    let plan = await acsync(
      "plan", "--streams=tags",
      environment: [
        "ACTIVECAMPAIGN_URL": String(url), "ACTIVECAMPAIGN_API_KEY": "k",
        "DATABASE_URL": try Database.current.uri,
      ])
    binary.process.interrupt()
    let end = binary.ended()
    #expect(plan.code == .done, "\(plan.aside)")
    #expect(end.code == 0)
    #expect(end.aside.contains("2 requests, at most "))
  }

  @Test func `misses no signal, however early it comes after the address`() throws {
    for _ in 0..<30 {
      let binary = try Binary(["simulate", "--rows=tags=1", "--size=none"])
      _ = try binary.line(beginningWith: "ACTIVECAMPAIGN_URL=")
      binary.process.terminate()
      #expect(binary.ended().code == 0)
    }
  }

  @Test(.freshDatabase)
  func `serves the account of a day, and what has changed since`() async throws {
    let binary = try Binary(
      ["simulate", "--contacts=100", "--key=k", "--until=2026-01-31", "--changed=10"])
    let url = try binary.line(beginningWith: "ACTIVECAMPAIGN_URL=").dropFirst(19)
    let database = try Database.current.uri
    let run = await acsync(
      "run", "--streams=contacts",
      environment: [
        "ACTIVECAMPAIGN_URL": String(url), "ACTIVECAMPAIGN_API_KEY": "k", "DATABASE_URL": database,
      ])
    binary.process.interrupt()
    #expect(binary.ended().code == 0)
    #expect(run.code == .done, "\(run.aside)")
    let connection = try await Database.connect()
    let days = try await connection.query(
      """
      SELECT count(*) FILTER (WHERE udate < '2026-01-31') AS old, count(*) FILTER (
        WHERE udate > '2026-01-31' AND phone = '+1 312 555 0100') AS new
      FROM activecampaign.contacts
      """)
    await connection.close()
    #expect(try days.first?.value("old") == 90)
    #expect(try days.first?.value("new") == 10)
  }

  @Test(.freshDatabase, arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
  func `drains at the first signal, and goes on from there the next time`(
    signal: Int32, code: Int32
  ) async throws {
    let served = try Served(contacts: 2000) { $0.latency = .milliseconds(150) }
    defer { served.server.stop() }
    let binary = try Binary(
      ["run", "--streams=contacts", "--page-size=20", "-v"], environment: served.environment)
    // As soon as something is committed.
    var log = ""
    while !log.contains("committed") {
      let bytes = binary.errors.fileHandleForReading.availableData
      try #require(!bytes.isEmpty, "\(log)")
      log += String(decoding: bytes, as: UTF8.self)
    }
    kill(binary.process.processIdentifier, signal)
    let end = binary.ended()
    #expect(end.code == code, "\(log) \(end.aside)")
    #expect(end.result.contains("contacts  interrupted"))
    #expect(!(log + end.aside + end.result).contains(Served.key))
    let read = served.server.audit.requests
    let next = await acsync("run", "--streams=contacts", environment: served.environment)
    #expect(next.code == .done)
    #expect(served.server.audit.requests > read)
    let status = await acsync("status", "--streams=contacts", environment: served.environment)
    #expect(status.result.contains("2,000"))
  }

  @Test(.timeLimit(.minutes(10))) func `starts, shows, uses and stops the embedded cluster`() throws
  {
    let folder = "/tmp/acsync-db-\(UInt32.random(in: 0...UInt32.max))"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    let environment = ["ACSYNC_POSTGRES_FOLDER": folder + "/postgres"]
    defer {
      // Also where an expectation has failed: nothing may go on running.
      _ = try? Binary(["db", "stop"], environment: environment).ended()
      try? FileManager.default.removeItem(atPath: folder)
    }
    #expect(
      try Binary(["db", "status"], environment: environment).ended().result.hasPrefix("absent"))
    let psql = try Binary(["db", "psql", "-Atc", "SELECT 6 * 7"], environment: environment).ended()
    #expect(psql.code == 0, "\(psql.aside)")
    #expect(psql.result == "42\n")
    #expect(
      try Binary(["db", "status"], environment: environment).ended().result.hasPrefix("running"))
    let url = try Binary(["db", "url"], environment: environment).ended().result
    #expect(url.hasPrefix("postgresql:///acsync?host=") && url.contains(folder))
    let stop = try Binary(["db", "stop"], environment: environment).ended()
    #expect(stop.code == 0)
    #expect(stop.result.hasPrefix("stopped"))
  }
}
