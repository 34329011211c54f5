import Catalog
import Testing

@testable import Configuration

@Suite struct `Notifications, hooks and checks in the file` {
  @Test func `say who is told of what`() throws {
    let targets = try settings(
      """
      notify:
        - {type: webhook, url: "${HOOK}"}
        - {type: webhook, id: ops, url: https://b.example, on: stale_stream, stale_after: 2h, repeat: never}
        - {type: ping, url: "${HOOK}", on: [success, failure], method: GET, fail_url: https://f.example}
        - {type: command, command: [page, --now], on: [failure], timeout: 5s}
      """, environment: ["HOOK": "https://hooks.example/T0/canary"]
    ).notify
    #expect(targets.map(\.name) == ["webhook 1", "ops", "ping 3", "command 4"])
    #expect(targets.map(\.kind) == ["webhook", "webhook", "ping", "command"])
    #expect(targets[0].events == [.failure, .recovery])
    #expect(targets[0].repeatEvery == .seconds(6 * 3600))
    #expect(targets[1].events == [.staleStream] && targets[1].repeatEvery == nil)
    #expect(targets[1].staleAfter == .seconds(7200))
    #expect(targets[2].events == [.success, .failure])
    #expect(targets[3].isCommand && targets[3].timeout == .seconds(5))
    var shown = ""
    dump(targets, to: &shown)
    #expect(!shown.contains("canary") && !shown.contains("f.example"))
  }

  @Test func `say what is done when`() throws {
    let settings = try settings(
      """
      hooks:
        start: [{type: query, query: "INSERT INTO l VALUES ({run.id})", on_failure: skip}]
        end: [{type: http, url: https://x.example, payload: '{"text": "{run.outcome}"}'}]
      defaults: {hooks: {pre: [{type: command, command: [a, "{stream.name}"]}]}}
      streams:
        tags:
        lists: {hooks: {post: [{type: check, check: "SELECT true", failure_message: no}]}}
      """)
    #expect(settings.hooks.start.first?.onFailure == .skip)
    #expect(settings.hooks.start.first?.name == "start hook 1")
    #expect(settings.hooks.end.first?.onFailure == .abort)
    guard case .query(let text) = settings.hooks.start.first?.action else {
      Issue.record("no query")
      return
    }
    #expect(text.pieces == [.text("INSERT INTO l VALUES ("), .variable(.runID), .text(")")])
    let (lists, tags) = (
      settings.streams.first { $0.stream.id == "lists" },
      settings.streams.first { $0.stream.id == "tags" }
    )
    #expect(tags?.hooks.pre.count == 1 && tags?.hooks.post.isEmpty == true)
    #expect(lists?.hooks.pre.isEmpty == true && lists?.hooks.post.count == 1)
  }

  @Test func `say what must be true of rows`() throws {
    let streams = try settings(
      """
      defaults: {checks: [{unique: id}]}
      streams:
        tags:
        contacts:
          checks:
            - min_rows: 10
            - {freshness: 2d, column: udate, on_failure: warn}
            - freshness: 26h
            - unique: [email, phone]
            - not_null: email
            - {accepted_values: [0, 1, true], column: deleted}
            - {sql: SELECT 1, name: mine}
            - not_null: email
      """
    ).streams
    #expect(streams.first { $0.stream.id == "tags" }?.checks.map(\.rule) == [.unique(["id"])])
    let checks = try #require(streams.first { $0.stream.id == "contacts" }?.checks)
    #expect(
      checks.map(\.rule) == [
        .minRows(10), .freshness(column: "udate", age: .seconds(172_800)),
        .freshness(column: nil, age: .seconds(93_600)), .unique(["email", "phone"]),
        .notNull(["email"]), .acceptedValues(column: "deleted", ["0", "1", "true"]),
        .sql("SELECT 1"), .notNull(["email"]),
      ])
    #expect(checks.map(\.name).suffix(2) == ["mine", "not_null(email) 2"])
    #expect(checks.map(\.onFailure).prefix(2) == [.abort, .warn])
  }

  @Test(arguments: [
    ("notify: [{type: webhok, url: 'https://x.example'}]", "1:17", "did you mean webhook?"),
    ("notify: [{url: 'https://x.example'}]", "1:10", "type is missing"),
    ("notify: [{type: webhook}]", "1:10", "url is missing"),
    ("notify: [{type: webhook, url: 'hooks.example/T0'}]", "1:31", "no http or https URL"),
    (
      "notify: [{type: webhook, url: 'https://x.example', on: failed}]", "1:56",
      "write some of failure"
    ),
    (
      "notify: [{type: ping, url: 'https://x.example', on: recovery}]", "1:53",
      "a ping cannot be told"
    ),
    (
      "notify: [{type: ping, url: 'https://x.example', repeat: 6h}]", "1:57",
      "repeat means nothing to a ping"
    ),
    (
      "notify: [{type: webhook, url: 'https://x.example', repeat: often}]", "1:60",
      "expected a duration"
    ),
    ("notify: {type: webhook}", "1:9", "expected a list"),
    (
      "notify: [{type: ping, id: a, url: 'https://x.example'}, {type: ping, id: a, url: 'https://y.example'}]",
      "1:57", "two notifications have the id"
    ),
    ("hooks: {pre: []}", "1:9", "is a stream's hook"),
    ("hooks: {begin: []}", "1:9", "has no key \"begin\""),
    ("hooks: {end: [{type: query}]}", "1:15", "query is missing"),
    ("hooks: {end: [{type: query, query: 'SELECT {run.di}'}]}", "1:36", "did you mean run.id?"),
    (
      "hooks: {start: [{type: query, query: 'SELECT {run.outcome}'}]}", "1:38",
      "not known at this moment"
    ),
    (
      "hooks: {end: [{type: query, query: \"SELECT '{run.outcome}'\"}]}", "1:36",
      "between apostrophes"
    ),
    (
      "hooks: {end: [{type: command, command: 'page {run.outcome}'}]}", "1:40",
      "$ACSYNC_RUN_OUTCOME"
    ),
    (
      "hooks: {end: [{type: query, query: SELECT 1, url: x}]}", "1:51",
      "url means nothing to a query"
    ),
    (
      "hooks: {end: [{type: query, query: SELECT 1, on_failure: abrt}]}", "1:58",
      "did you mean abort?"
    ),
    (
      "hooks: {end: [{type: http, url: 'https://x.example', method: PUT}]}", "1:62",
      "expected GET or POST"
    ),
    (
      "hooks: {end: [{type: http, url: 'https://x.example', headers: {A: \"b\\r\\nC: d\"}}]}",
      "1:64",
      "line break"
    ),
    ("streams: {tags: {checks: [{not_null: tga}]}}", "1:27", "did you mean tag?"),
    ("streams: {tags: {checks: [{freshness: 1d, column: tag}]}}", "1:27", "holds no time"),
    ("streams: {tags: {checks: [{accepted_values: [a]}]}}", "1:45", "of which column"),
    ("streams: {tags: {checks: [{on_failure: warn}]}}", "1:27", "says nothing to check"),
    ("streams: {tags: {checks: [{min_rows: 1, sql: SELECT 1}]}}", "1:27", "two things at once"),
    ("streams: {tags: {checks: [{min_rows: -1}]}}", "1:38", "min_rows: expected a whole number"),
    (
      "streams: {tags: {checks: [{min_rows: 1, on_failure: skip}]}}", "1:53",
      "write one of abort, warn"
    ),
  ])
  func `refuses`(yaml: String, place: String, what: String) {
    let found = mistakes(yaml)
    #expect(found.count == 1, "\(found)")
    #expect(found.first?.hasPrefix("replication.yaml:\(place): ") == true, "\(found)")
    #expect(found.first?.contains(what) == true, "\(found)")
  }

  @Test func `shows no URL that is wrong`() {
    let found = mistakes(
      "notify: [{type: webhook, url: '${HOOK}'}]", environment: ["HOOK": "canary"])
    #expect(found.count == 1 && !found.joined().contains("canary"))
  }
}

@Suite struct `Text with variables` {
  @Test func `takes only words with a dot between for variables`() throws {
    let text = try TextTemplate(#"SELECT '{1,2}'::int[], '{"a": {run.id}}', {} {a b.c}"#)
    #expect(text.variables == [.runID])
    #expect(
      text.filled(with: [.runID: .number(7)])
        == #"SELECT '{1,2}'::int[], '{"a": 7}', {} {a b.c}"#)
    #expect(throws: TextTemplate.UnknownVariable.self) { try TextTemplate("{run.x}") }
  }

  @Test func `knows what stands between apostrophes`() throws {
    #expect(try TextTemplate("'it''s' || {run.id}").quotedVariables.isEmpty)
    #expect(try TextTemplate("'it''s {run.id}'").quotedVariables == [.runID])
  }
}
