import Foundation
import Postgres
import Simulator
import TestSupport
import Testing

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `Notifications` {
  @Test func `tell of a failure once, and of the recovery once`() async throws {
    let trial = try Trial(
      """
      notify:
        - {type: webhook, url: "${HOOK}", on: [failure, recovery, success]}
        - {type: ping, url: "${PING}", on: [success, failure]}
      streams:
        tags:
          checks: [{min_rows: 1000000}]
        lists:
      """)
    defer { trial.stop() }
    let first = try await trial.run()
    let second = try await trial.run()
    #expect([first.code, second.code] == [3, 3], "\(first.aside)")
    #expect(try trial.messages.map(\.event) == ["failure"])
    let failure = try #require(try trial.messages.first)
    #expect(
      failure.text.contains("failed with 3") && failure.text.contains("tags: a check of tags"))
    #expect(failure.subjects.map(\.subject) == ["tags"])
    #expect(failure.exit_code == 3 && failure.run == 1)
    try trial.write("notify:", "streams: {tags: , lists: }", keepingNotify: true)
    let third = try await trial.run()
    let fourth = try await trial.run()
    #expect([third.code, fourth.code] == [0, 0], "\(third.aside)")
    #expect(try trial.messages.map(\.event) == ["failure", "recovery", "success", "success"])
    #expect(
      trial.pings.requests.map(\.line)
        == [
          "POST /ping-canary/fail", "POST /ping-canary/fail", "POST /ping-canary",
          "POST /ping-canary",
        ])
    for ending in [first, second, third, fourth] { trial.expectNoSecret(in: ending) }
  }

  @Test func `are told again to somebody who could not be told, and change no exit code`()
    async throws
  {
    let trial = try Trial(
      """
      notify: [{type: webhook, url: "${HOOK}", timeout: 5s}]
      streams: {tags: {checks: [{min_rows: 1000000}]}}
      """, hook: { $0 <= 1 ? "HTTP/1.1 404 No" : "HTTP/1.1 200 OK" })
    defer { trial.stop() }
    let first = try await trial.run()
    #expect(first.code == 3)
    #expect(first.aside.contains("warning: webhook 1 could not be told"))
    #expect(first.aside.contains("HTTP status 404"))
    trial.expectNoSecret(in: first)
    _ = try await trial.run()
    _ = try await trial.run()
    #expect(trial.hook.requests.count == 2)
  }

  @Test func `go out although the warehouse is out of reach`() async throws {
    let trial = try Trial(
      "notify: [{type: webhook, url: \"${HOOK}\"}]\nstreams: {tags: }",
      environment: ["DATABASE_URL": "postgresql://u:database-canary-1@127.0.0.1:9/x"])
    defer { trial.stop() }
    let ending = try await trial.run()
    #expect(ending.code == 6)
    let message = try #require(try trial.messages.first)
    #expect(message.event == "failure" && message.text.contains("the warehouse cannot be reached"))
    #expect(!(ending.result + ending.aside + message.text).contains("database-canary-1"))
    trial.expectNoSecret(in: ending)
  }

  @Test func `go out once although the warehouse of several accounts is out of reach`()
    async throws
  {
    let hook = try Receiver()
    let file = FileManager.default.temporaryDirectory.appending(path: "acsync-\(UUID()).yaml")
    defer {
      hook.stop()
      try? FileManager.default.removeItem(at: file)
    }
    try Data("notify: [{type: webhook, url: '${HOOK}'}]\naccounts: {one: , two: }\n".utf8)
      .write(to: file)
    var environment = [
      "DATABASE_URL": "postgresql://u:database-canary-1@127.0.0.1:9/x", "HOOK": hook.url,
    ]
    for (name, port) in [("ONE", 9), ("TWO", 10)] {
      environment["ACTIVECAMPAIGN_\(name)_URL"] = "http://127.0.0.1:\(port)"
      environment["ACTIVECAMPAIGN_\(name)_API_KEY"] = World.key
    }
    let ending = try await acsync(["run", "-c", file.path], environment: environment)
    #expect(ending.code == 6, "\(ending.aside)")
    let messages = try hook.requests.map {
      try JSONDecoder().decode(Trial.Message.self, from: Data($0.body.utf8))
    }
    #expect(messages.map(\.event) == ["failure"])
    #expect(messages.first?.text.contains("the warehouse cannot be reached") == true)
    let all = ending.result + ending.aside + hook.requests.map(\.body).joined()
    #expect(!all.contains("database-canary-1") && !all.contains(World.key))
  }

  @Test func `tell of a source that fails before anything is read`() async throws {
    let trial = try Trial(
      "notify: [{type: webhook, url: \"${HOOK}\"}]\nstreams: {tags: }",
      environment: ["ACTIVECAMPAIGN_API_KEY": "another-key-which-is-wrong"])
    defer { trial.stop() }
    #expect(try await trial.run().code == 4)
    #expect(try await trial.run().code == 4)
    // Nothing is laid out before the key is good, so that nothing can be remembered either.
    #expect(try trial.messages.allSatisfy { $0.event == "failure" })
    #expect(try trial.messages.first?.text.contains("refuses the API key") == true)
  }

  @Test func `tell of stale streams until they are proven complete again`() async throws {
    let notify =
      "notify: [{type: webhook, url: \"${HOOK}\", stale_after: 1h, on: [stale_stream]}]"
    let trial = try Trial(notify + "\nstreams: {tags: , lists: }")
    defer { trial.stop() }
    #expect(try await trial.run().code == 0)
    #expect(try trial.messages.isEmpty)
    // The stream is left out from now on, and its proof ages.
    try trial.write(
      notify,
      "streams: {tags: {hooks: {pre: [{type: check, check: SELECT false, on_failure: skip}]}}, lists: }"
    )
    try await withDatabase {
      _ = try await $0.execute(
        """
        UPDATE acsync.stream_state SET complete_as_of = now() - interval '2 hours'
        WHERE stream = 'tags'
        """)
    }
    for _ in 0..<2 { #expect(try await trial.run().code == 0) }
    #expect(try trial.messages.map(\.event) == ["stale_stream"])
    #expect(try trial.messages.first?.subjects.map(\.subject) == ["tags"])
    try trial.write(notify, "streams: {tags: , lists: }")
    #expect(try await trial.run().code == 0)
    let left = try await withDatabase {
      try await $0.column("SELECT count(*) FROM acsync.alerts")
    }
    #expect(left == ["0"])
    #expect(try trial.messages.count == 1)
  }

  @Test func `tell of a change of schema once`() async throws {
    let trial = try Trial(
      "notify: [{type: webhook, url: \"${HOOK}\", on: [schema_change]}]\nstreams: {lists: }")
    defer { trial.stop() }
    #expect(try await trial.run().code == 0)
    try await withDatabase {
      _ = try await $0.execute("ALTER TABLE activecampaign.lists ADD COLUMN own text")
    }
    let list = try #require(trial.world.account.ids(of: "lists").first)
    for name in ["renamed", "again"] {
      trial.world.account.update("lists", id: list, ["name": .text(name)])
      #expect(try await trial.run().code == 0)
    }
    let told = try trial.messages.map { "\($0.event) \($0.subjects.map(\.subject))" }
    #expect(told == ["schema_change [\"lists.own\"]"])
  }

  @Test func `run commands only where that is allowed, without the secrets`() async throws {
    let file = "/tmp/acsync-notified-\(UUID())"
    defer { try? FileManager.default.removeItem(atPath: file) }
    let trial = try Trial(
      """
      notify: [{type: command, command: "{ env; cat; } > \(file)", on: [success]}]
      streams: {tags: }
      """)
    defer { trial.stop() }
    let refused = try await trial.run()
    #expect(refused.code == 2)
    #expect(refused.aside.contains("--allow-commands"))
    #expect(trial.world.server.audit.requests == 0)
    #expect(try await trial.run("--allow-commands").code == 0)
    let seen = try String(contentsOfFile: file, encoding: .utf8)
    #expect(seen.contains("ACSYNC_EVENT=success") && seen.contains("\"event\" : \"success\""))
    #expect(!seen.contains(World.key) && !seen.contains("DATABASE_URL"))
  }

  @Test func `never go to the account`() async throws {
    let trial = try Trial("streams: {tags: }")
    defer { trial.stop() }
    try trial.write(
      "notify: [{type: webhook, url: \"\(trial.world.address)/api/3/contacts\"}]",
      "streams: {tags: }")
    let ending = try await trial.run()
    #expect(ending.code == 2)
    #expect(ending.aside.contains("leads to the ActiveCampaign account"))
    #expect(trial.world.server.audit.requests == 0)
  }

  @Test func `can be tried out`() async throws {
    let trial = try Trial(
      """
      notify:
        - {type: webhook, url: "${HOOK}"}
        - {type: ping, url: "${PING}"}
        - {type: command, command: "exit 4"}
      streams: {tags: }
      """, hook: { _ in "HTTP/1.1 403 No" })
    defer { trial.stop() }
    let ending = try await trial.acsync(["check", "--notify", "--allow-commands"])
    #expect(ending.result.contains("webhook 1      failed  the answer is HTTP status 403"))
    #expect(ending.result.contains("ping 2         ok"))
    #expect(ending.result.contains("the command ended with 4"))
    #expect(ending.code == 3)
    #expect(try trial.messages.map(\.event) == ["test"])
    trial.expectNoSecret(in: ending)
  }
}
