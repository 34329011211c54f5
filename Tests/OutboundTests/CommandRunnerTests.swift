import Foundation
import Glibc
import Testing

@testable import Outbound

@Suite(.timeLimit(.minutes(10))) struct `Running a command` {
  init() { signal(SIGPIPE, SIG_IGN) }

  @Test func `gives it its input, its words and its variables`() async throws {
    let file = "/tmp/acsync-command-\(UUID())"
    defer { unlink(file) }
    let script = #"{ cat; echo "$1|$ACSYNC_RUN_ID"; } > "$2""#
    try await run(
      .words(["/bin/sh", "-c", script, "sh", "a b; $(c)", file]), input: "{\"x\":1}\n",
      variables: ["ACSYNC_RUN_ID": "7"])
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "{\"x\":1}\na b; $(c)|7\n")
  }

  @Test func `keeps acsync's secrets from it`() async throws {
    let file = "/tmp/acsync-command-\(UUID())"
    defer { unlink(file) }
    let runner = CommandRunner(
      environment: [
        "ACTIVECAMPAIGN_API_KEY": "k", "ACTIVECAMPAIGN_API_KEY_FILE": "f",
        "ACTIVECAMPAIGN_ACME_API_KEY": "a", "DATABASE_URL": "d",
        "PGPASSWORD": "p", "COPY_OF_IT": "x canary-key y", "KEPT": "yes", "PATH": "/usr/bin:/bin",
      ], withheld: Withheld(["canary-key"]))
    try await runner.run(
      .shell("env > \(file)"), input: "", deadline: .seconds(60), at: "here")
    let names = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
      .compactMap { $0.split(separator: "=").first.map(String.init) }
    #expect(Set(names).subtracting(["PWD", "SHLVL", "_", "OLDPWD"]) == ["KEPT", "PATH"])
  }

  @Test func `says what it ended with, and its last line without secrets`() async throws {
    await #expect(
      throws: OutboundError.commandFailed(code: 3, output: "no (secret) here", place: "here")
    ) { try await run(.shell("echo first; echo 'no canary-key here' >&2; exit 3")) }
    await #expect(throws: OutboundError.commandFailed(code: 137, output: "", place: "here")) {
      try await run(.shell("kill -9 $$"))
    }
    await #expect(throws: OutboundError.self) { try await run(.words(["/no/such/program"])) }
  }

  @Test func `ends all of its group when its time is over`() async throws {
    let file = "/tmp/acsync-command-\(UUID())"
    defer { unlink(file) }
    // The child of the command holds a lock for as long as it lives.
    let error = await #expect(throws: OutboundError.self) {
      try await run(
        .shell("trap '' TERM; flock \(file) sleep 600 & wait; wait; wait"), deadline: .seconds(1))
    }
    #expect(error == .commandTookTooLong(.seconds(1), place: "here"))
    try await run(.shell("flock \(file) true"))
  }

  @Test func `is held up by no output, and by no input that is not read`() async throws {
    let input = String(repeating: "x", count: 1 << 20)
    try await run(.shell("head -c 1000000 /dev/zero | tr '\\0' y"), input: input)
  }

  private func run(
    _ form: CommandForm, input: String = "", variables: [String: String] = [:],
    deadline: Duration = .seconds(300)
  ) async throws {
    let runner = CommandRunner(
      environment: ["PATH": "/usr/bin:/bin"], withheld: Withheld(["canary-key"]))
    try await runner.run(
      form, input: input, variables: variables, deadline: deadline, at: "here")
  }
}
