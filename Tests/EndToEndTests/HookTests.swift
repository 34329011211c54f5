import Foundation
import Postgres
import Simulator
import TestSupport
import Testing

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `Hooks` {
  @Test func `are done at their moments, with what is known there`() async throws {
    let trial = try Trial(
      """
      hooks:
        start:
          - {type: query, query: "CREATE TABLE public.log (at bigserial, what text, run bigint, n bigint)"}
          - {type: query, query: "INSERT INTO public.log (what, run) VALUES ('start', {run.id})"}
        end:
          - {type: query, query: "INSERT INTO public.log (what, run, n) VALUES ('end ' || {run.outcome}, {run.id}, {run.exit_code})"}
          - {type: http, url: "${PING}", headers: {X-Own: yes}, payload: '{"text": "{run.account} {run.outcome}"}'}
      streams:
        tags:
          hooks:
            pre:
              - {type: query, query: "INSERT INTO public.log (what) VALUES ('pre ' || {stream.name})"}
              - {type: check, check: "SELECT count(*) = 0 FROM activecampaign.tags"}
            post:
              - {type: query, query: "INSERT INTO public.log (what, n) SELECT 'post', {stream.inserted} WHERE {stream.inserted} = (SELECT count(*) FROM activecampaign.tags)"}
      """)
    defer { trial.stop() }
    let ending = try await trial.run()
    #expect(ending.code == 0, "\(ending.aside) \(ending.result)")
    let count = trial.world.account.count(of: "tags")
    let log = try await withDatabase {
      try await $0.column(
        "SELECT concat_ws(' ', what, run, n) FROM public.log ORDER BY at")
    }
    #expect(log == ["start 1", "pre tags", "post \(count)", "end done 1 0"])
    let call = try #require(trial.pings.requests.first)
    #expect(call.body.hasSuffix("done\"}") && call.body.hasPrefix("{\"text\": \"127.0.0.1"))
    #expect(call.head.contains("X-Own: yes"))
    trial.expectNoSecret(in: ending)
  }

  @Test func `before a stream keep it from being read, and say so`() async throws {
    let trial = try Trial(
      """
      hooks: {end: [{type: http, url: "${PING}"}]}
      streams:
        tags: {hooks: {pre: [{type: check, check: SELECT false, failure_message: "the books are closed"}]}}
        lists: {hooks: {pre: [{type: query, query: SELECT 1/0, on_failure: skip}]}}
        users: {hooks: {pre: [{type: query, query: SELECT 1/0, on_failure: warn}]}}
      """)
    defer { trial.stop() }
    let ending = try await trial.run()
    #expect(ending.code == 3)
    let streams = try ending.document.streams
    #expect(
      Dictionary(uniqueKeysWithValues: streams.map { ($0.stream, $0.outcome) })
        == ["tags": "failed", "lists": "skipped", "users": "done"])
    #expect(ending.aside.contains("pre hook 1 failed: the books are closed"))
    #expect(
      ending.result.contains("pre hook 1 failed:") && ending.result.contains("division by zero"))
    let paths = trial.world.server.audit.requests
    #expect(paths > 0)
    let states = try await withDatabase {
      try await $0.column(
        """
        SELECT concat_ws(' ', stream, outcome, rows_read) FROM acsync.stream_runs ORDER BY stream
        """)
    }
    #expect(states.prefix(2) == ["lists skipped 0", "tags failed 0"])
    #expect(trial.pings.requests.count == 1)
  }

  @Test func `before the run keep all of it from being read`() async throws {
    let trial = try Trial(
      """
      hooks:
        start: [{type: http, url: "${HOOK}"}]
        end: [{type: query, query: "CREATE TABLE public.ended AS SELECT {run.problem}::text AS why"}]
      streams: {tags: }
      """, hook: { _ in "HTTP/1.1 409 Conflict" })
    defer { trial.stop() }
    // The schema is laid out by a run that is let through.
    try trial.write("", "streams: {tags: }")
    #expect(try await trial.run().code == 0)
    let before = trial.world.server.audit.requests
    try trial.write(
      """
      hooks:
        start: [{type: http, url: "${HOOK}"}]
        end: [{type: query, query: "CREATE TABLE public.ended AS SELECT {run.problem}::text AS why"}]
      """, "streams: {tags: }")
    let ending = try await trial.run()
    #expect(ending.code == 3)
    #expect(ending.aside.contains("start hook 1 failed: the answer is HTTP status 409"))
    #expect(trial.world.server.audit.requests == before)
    let records = try await withDatabase {
      try await $0.column("SELECT why FROM public.ended")
        + $0.column("SELECT outcome || exit_code || message FROM acsync.runs WHERE id = 2")
    }
    #expect(records.allSatisfy { $0.contains("start hook 1 failed") })
    #expect(records.last?.hasPrefix("failed3") == true)
    trial.expectNoSecret(in: ending)
  }

  @Test func `end with the run that a signal ends`() async throws {
    let victim = Victim()
    let trial = try Trial(
      """
      streams:
        tags:
          hooks:
            pre:
              - {type: http, url: "${HOOK}", timeout: 1d}
              - {type: query, query: SELECT pg_sleep(86000), timeout: 1d}
      """,
      hook: { _ in
        _ = victim.terminate()
        return "HTTP/1.1 200 OK"
      })
    defer { trial.stop() }
    let ending = try await trial.acsync(["run"], as: victim)
    #expect(ending.code == 143 && !ending.isKilled, "\(ending.aside)")
    #expect(trial.hook.requests.count == 1)
  }

  @Test func `before the run leave it out`() async throws {
    let trial = try Trial(
      """
      hooks: {start: [{type: query, query: SELECT 1/0, on_failure: skip}]}
      notify: [{type: ping, url: "${PING}", on: [success, failure]}]
      streams: {tags: }
      """)
    defer { trial.stop() }
    let ending = try await trial.run()
    #expect(ending.code == 0)
    #expect(try ending.document.outcome == "skipped" && ending.document.streams.isEmpty)
    #expect(trial.pings.requests.isEmpty)
  }

  @Test func `after the reading make a good run fail`() async throws {
    let trial = try Trial(
      """
      hooks: {end: [{type: check, check: SELECT false}]}
      streams: {tags: {hooks: {post: [{type: query, query: SELECT 1/0}]}}, lists: }
      """)
    defer { trial.stop() }
    let ending = try await trial.run()
    #expect(ending.code == 3)
    #expect(
      ending.aside.contains("post hook 1 failed") && ending.aside.contains("end hook 1 failed"))
    let kept = try await withDatabase {
      try await $0.column("SELECT count(*) FROM activecampaign.tags")
    }
    #expect(kept == ["\(trial.world.account.count(of: "tags"))"])
  }

  @Test(arguments: [
    "hooks: {end: [{type: command, command: [\"true\"]}]}\nstreams: {tags: }",
    "streams: {tags: , deal_pipelines: {disabled: true, hooks: {pre: [{type: command, command: 'true'}]}}}",
  ])
  func `run commands only where that is allowed`(yaml: String) async throws {
    let trial = try Trial(yaml)
    defer { trial.stop() }
    let refused = try await trial.run()
    #expect(refused.code == 2 && refused.aside.contains("--allow-commands"))
    #expect(trial.world.server.audit.requests == 0)
    let laidOut = try await withDatabase {
      try await $0.column("SELECT count(*) FROM pg_namespace WHERE nspname = 'acsync'")
    }
    #expect(laidOut == ["0"])
    #expect(try await trial.run("--allow-commands").code == 0)
  }

  @Test func `never hold the key`() async throws {
    let trial = try Trial(
      """
      hooks: {end: [{type: http, url: "${PING}", payload: "${ACTIVECAMPAIGN_API_KEY}"}]}
      streams: {tags: }
      """)
    defer { trial.stop() }
    let ending = try await trial.run()
    #expect(ending.code == 2)
    #expect(ending.aside.contains("holds the account's key"))
    #expect(trial.pings.requests.isEmpty)
    trial.expectNoSecret(in: ending)
  }
}

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `Checks` {
  @Test func `fail the stream or warn, are counted and stored`() async throws {
    let trial = try Trial(
      """
      streams:
        tags:
          checks:
            - unique: id
            - {min_rows: 1000000, on_failure: warn}
        lists:
          checks: [{sql: SELECT * FROM activecampaign.lists, name: none at all}]
          hooks: {post: [{type: query, query: CREATE TABLE public.never ()}]}
      """)
    defer { trial.stop() }
    let ending = try await trial.acsync(["run"])
    #expect(ending.code == 3)
    let lists = trial.world.account.count(of: "lists")
    #expect(ending.result.contains("3 checks: 1 passed, 1 warned, 1 failed"))
    #expect(ending.result.contains("tags: check min_rows:"))
    #expect(ending.aside.contains("a check of lists failed: none at all: \(lists) row"))
    #expect(ending.aside.contains("the rows stay as they were brought"))
    let records = try await withDatabase {
      try await $0.column(
        """
        SELECT concat_ws(' ', stream, check_name, outcome, failing_rows) FROM acsync.check_results
        UNION ALL SELECT concat_ws(' ', stream, outcome) FROM acsync.stream_runs
        UNION ALL SELECT to_regclass('public.never')::text
        UNION ALL SELECT count(*)::text FROM activecampaign.lists ORDER BY 1
        """)
    }
    #expect(
      records == [
        "\(lists)", "lists failed", "lists none at all failed \(lists)", "tags done",
        "tags min_rows warned", "tags unique(id) passed 0", "null",
      ])
    let again = try await trial.run("--streams=tags")
    #expect(again.code == 0)
    #expect(
      again.result.contains("\"check\" : \"min_rows\"") && again.result.contains("\"warned\""))
  }

  @Test func `notice a table that is empty for the first time`() async throws {
    let trial = try Trial("streams: {tags: }")
    defer { trial.stop() }
    #expect(try await trial.run().code == 0)
    for id in trial.world.account.ids(of: "tags") { trial.world.account.delete("tags", id: id) }
    var ending = try await trial.acsync(["run", "--allow-deletes"])
    for _ in 0..<2 where !ending.result.contains("there always were some") {
      ending = try await trial.acsync(["run", "--allow-deletes"])
    }
    #expect(ending.result.contains("tags: no row lives any more, and there always were some"))
  }
}
