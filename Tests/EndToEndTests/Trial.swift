import Foundation
import Postgres
import Simulator
import TestSupport
import Testing

/// A small account with a replication.yaml of the test's own, and somebody who is told.
struct Trial {
  struct Message: Decodable {
    struct Subject: Decodable {
      let subject: String
      let message: String
    }
    let event: String
    let text: String
    let exit_code: Int?
    let run: Int?
    let subjects: [Subject]
  }

  static let token = "hook-canary-9f31"

  let world: World
  let hook: Receiver
  let pings: Receiver
  private let file: String
  private let notify: String
  private let environment: [String: String]

  init(
    _ yaml: String, environment: [String: String] = [:],
    hook answers: @escaping @Sendable (Int) -> String = { _ in "HTTP/1.1 200 OK" }
  ) throws {
    world = try World(.scaled(contacts: 40))
    hook = try Receiver(answers)
    pings = try Receiver()
    file = "/tmp/acsync-trial-\(UUID()).yaml"
    notify = yaml.components(separatedBy: "streams:").first ?? ""
    self.environment = [
      "HOOK": "\(hook.url)/\(Self.token)", "PING": "\(pings.url)/ping-canary",
    ].merging(environment) { $1 }
    try yaml.write(toFile: file, atomically: false, encoding: .utf8)
  }

  /// What the hook was sent.
  var messages: [Message] {
    get throws {
      try hook.requests.map { try JSONDecoder().decode(Message.self, from: Data($0.body.utf8)) }
    }
  }

  /// Writes the file anew; `keepingNotify` leaves who is told as it was.
  func write(_ head: String, _ streams: String, keepingNotify: Bool = false) throws {
    try ((keepingNotify ? notify : head + "\n") + streams)
      .write(toFile: file, atomically: false, encoding: .utf8)
  }

  /// Runs `acsync run --json`.
  func run(_ words: String...) async throws -> Ending {
    try await acsync(["run", "--json"] + words)
  }

  /// Runs the program with the file.
  func acsync(_ words: [String], as victim: Victim = Victim()) async throws -> Ending {
    try await EndToEndTests.acsync(
      words + ["-c", file], environment: world.environment.merging(environment) { $1 }, as: victim)
  }

  func stop() {
    world.server.stop()
    hook.stop()
    pings.stop()
    try? FileManager.default.removeItem(atPath: file)
  }

  func expectNoSecret(in ending: Ending) {
    let all = ending.result + ending.aside + hook.requests.map(\.body).joined()
    for secret in [World.key, Self.token, "ping-canary", hook.url, pings.url] {
      #expect(!all.contains(secret), "\(secret)")
    }
  }
}
