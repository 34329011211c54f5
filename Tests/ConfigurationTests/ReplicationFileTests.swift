import Catalog
import Testing

@testable import Configuration

@Suite struct `replication.yaml` {
  @Test func `may be absent or empty: all streams, by the defaults`() throws {
    for yaml in [nil, "", "# nothing\n", "---\n", "{}"] {
      let settings = try settings(yaml)
      #expect(settings.streams.map(\.stream) == StreamDefinition.all.filter(\.isUsual))
      #expect(settings.requestsPerSecond.value == 4)
      #expect(settings.concurrency.value == 3)
      #expect(settings.pageSize.value == 100)
      #expect(settings.streams.allSatisfy { $0.mode.value == .incremental })
      #expect(settings.streams.allSatisfy { $0.anchor.value == nil })
      #expect(settings.streams.allSatisfy { $0.lookback.value == .seconds(600) })
      #expect(settings.pageSize.origin == .builtIn)
    }
  }

  @Test func `gives values, each with its place`() throws {
    let settings = try settings(
      """
      defaults:
        mode: full-refresh
        source_options: { requests_per_second: 2.5, concurrency: 7, page_size: 50, lookback: 1h }
      streams:
        deals:
          mode: incremental
          description: Deals of the sales team
          source_options:
            anchor_date: '2024-02-29T12:00:00+02:00'
        tags:
      """)
    #expect(settings.requestsPerSecond.value == 2.5)
    #expect(settings.concurrency.value == 7)
    #expect(settings.pageSize.value == 50)
    #expect(settings.pageSize.origin.description == "replication.yaml:3:74")
    #expect(settings.streams.map(\.stream.id) == ["tags", "deals"])
    let deals = try #require(settings.streams.last)
    #expect(deals.mode.value == .incremental)
    #expect(deals.mode.origin.description == "replication.yaml:6:11")
    #expect(deals.anchor.value?.description == "2024-02-29T10:00:00Z")
    #expect(deals.lookback.value == .seconds(3600))
    #expect(settings.streams[0].mode.value == .fullRefresh)
  }

  @Test func `lets an entry of its own replace a pattern's, and the first pattern count`() throws {
    let settings = try settings(
      """
      defaults: { tags: [all] }
      streams:
        deal*: { mode: full-refresh, tags: [crm] }
        '*': { tags: [rest] }
        deals: { tags: core }
        forms: { disabled: true }
      """)
    let byName = Dictionary(uniqueKeysWithValues: settings.streams.map { ($0.stream.id, $0) })
    #expect(byName["deals"]?.tags.value == ["core"])
    // Its own entry says nothing of a mode, and the pattern's does not reach it.
    #expect(byName["deals"]?.mode.value == .incremental)
    #expect(byName["deal_stages"]?.mode.value == .fullRefresh)
    #expect(byName["deal_stages"]?.tags.value == ["crm"])
    #expect(byName["notes"]?.tags.value == ["rest"])
    #expect(byName["forms"] == nil)
    #expect(settings.streams.count == StreamDefinition.all.filter(\.isUsual).count - 1)
  }

  @Test func `disables all in defaults but what an entry enables`() throws {
    let settings = try settings(
      "defaults: {disabled: true}\nstreams: {'*': , users: {disabled: false}}")
    #expect(settings.streams.map(\.stream.id) == ["users"])
  }

  @Test func `tells all mistakes at once, each with its place and a remedy`() {
    let found = mistakes(
      """
      sorce: ACTIVECAMPAIGN
      defaults:
        mode: incremental
        source_options:
          page_size: 500
          concurrency: many
          requests_per_second: 0
          lookback: 10 minutes
      streams:
        contcts:
        lists:
          disabled: yes
          update_key: udate
        deals:
          update_key: cdate
          primary_key: [id, hash]
          object: public.deals
      """)
    #expect(
      found == [
        #"replication.yaml:1:1: the file has no key "sorce" → did you mean source?"#,
        #"replication.yaml:5:16: page_size: expected a whole number from 1 to 100, found "500" → write 100, the most the API gives"#,
        "replication.yaml:6:18: concurrency: expected a whole number from 1 to 1000, found text → write a whole number from 1 to 1000",
        #"replication.yaml:7:26: requests_per_second: expected a number above 0, found "0" → write 4 or 0.5"#,
        #"replication.yaml:8:15: lookback: expected a duration, found "10 minutes" → write 10m, 1h or 2d"#,
        #"replication.yaml:10:3: there is no stream "contcts" → did you mean contacts?"#,
        "replication.yaml:12:15: disabled: expected true or false, found text → write true or false",
        "replication.yaml:13:5: lists has no update_key: the API cannot tell what changed there → remove it; the stream is read whole",
        #"replication.yaml:15:17: update_key: that of deals is mdate, not "cdate" → write mdate, or remove it"#,
        "replication.yaml:16:18: primary_key: every stream's key is id → write [id], or remove it",
        "replication.yaml:17:13: object: the tables of an account are in one schema, here activecampaign, not public → write activecampaign.deals, or say it under defaults for all",
      ])
  }

  @Test(arguments: [
    ("defaults: {id: 5}", "1:12", "id is known, but not in this version"),
    ("defaults: {sql: x}", "1:12", "sql means nothing between an API and a table"),
    (
      "defaults: {where: x}", "1:19",
      "where: expected =, !=, <, <=, >, >=, in, or is null, found the end"
    ),
    ("defaults: {mode: snapshot}", "1:18", "snapshot is known from Sling, but not in this version"),
    ("defaults: {mode: backfill}", "1:18", "backfill is known from Sling, but not in this version"),
    ("defaults: {mode: incremntal}", "1:18", "there is no mode \"incremntal\""),
    ("defaults: {page_size: 5}", "1:12", "a stream has no key \"page_size\""),
    ("defaults: {update_key: udate}", "1:12", "update_key differs from stream to stream"),
    (
      "defaults: {target_options: {delete_missing: sof}}", "1:45",
      "delete_missing: expected soft, hard or ignore, found \"sof\""
    ),
    (
      "defaults: {target_options: {max_delete_ratio: 1.1}}", "1:47",
      "max_delete_ratio: expected a number from 0 to 1, found \"1.1\""
    ),
    (
      "streams: {tags: {target_options: {max_delete_rows: -1}}}", "1:52",
      "max_delete_rows: expected a whole number from 0 on, found \"-1\""
    ),
    ("defaults: {source_options: {delete_missing: soft}}", "1:29", "has no key \"delete_missing\""),
    ("defaults: {target_options: {allow_deletes: true}}", "1:29", "has no key \"allow_deletes\""),
    (
      "defaults: {target_options: {add_new_columns: often}}", "1:46",
      "add_new_columns: expected true or false"
    ),
    ("defaults: {target_options: {column_typing: {}}}", "1:29", "column_typing is known, but"),
    ("defaults: {target_options: {history: true}}", "1:29", "has no key \"history\""),
    ("defaults: {history: often}", "1:21", "history: expected true or false"),
    ("streams: {campaigns: {snapshot: hourly}}", "1:33", "snapshot: there is no \"hourly\""),
    ("streams: {tasks: {snapshot: daily}}", "1:29", "snapshot: tasks has no counters"),
    (
      "streams: {lists: {snapshot: daily, select: [-active_subscribers, -non_deleted_subscribers]}}",
      "1:29", "snapshot: lists has no counters among its selected columns"
    ),
    (
      "streams: {tags: {object: deals_history}}", "1:26",
      "deals and tags would share the table deals_history"
    ),
    (
      "streams: {deals: {select: [currency as valid_to]}}", "1:28",
      "\"valid_to\" cannot be a column's name here"
    ),
    ("defaults: {source_options: {limit: 24}}", "1:29", "limit is known, but"),
    (
      "defaults: {source_options: {max_requests: 9}}", "1:43",
      "with 9 a run would end before it had read anything"
    ),
    (
      "defaults: {source_options: {max_requests: few}}", "1:43",
      "max_requests: expected a whole number, found \"few\""
    ),
    (
      "defaults: {source_options: {max_duration: 9s}}", "1:43",
      "max_duration: expected a duration from 10s on, or none, found \"9s\""
    ),
    ("streams: {tags: {source_options: {max_requests: 50}}}", "1:35", "for the whole account"),
    ("defaults: {source_options: {delimiter: x}}", "1:29", "delimiter means nothing"),
    ("streams: {tags: {source_options: {page_size: 5}}}", "1:35", "for the whole account"),
    ("streams: {tags: {source_options: {lookback: 5m}}}", "1:35", "has no effect on tags"),
    ("streams: {'x*': }", "1:11", "no stream fits"),
    ("streams: []", "1:10", "streams: expected a map (key: value), found a list"),
    ("streams: {}", "1:1", "no stream is left to read"),
    ("- a", "1:1", "the file: expected a map (key: value), found a list"),
    ("text", "1:1", "the file: expected a map (key: value), found text"),
    ("source:", "1:8", "source: expected ACTIVECAMPAIGN or an address, found nothing"),
    ("source: AC", "1:9", "source: expected ACTIVECAMPAIGN or an https URL"),
    ("source: http://acme.api-us1.com", "1:9", "not https"),
    ("target: somewhere", "1:9", "no PostgreSQL URI"),
    ("target: mysql://host/db", "1:9", "no PostgreSQL URI"),
    ("target: postgresql://me:pw@host/db", "1:9", "a password stands in the file"),
    ("defaults: {source_options: {page_size: '50'}}", "1:40", "found text"),
    ("defaults: {source_options: {page_size: 5.5}}", "1:40", "found \"5.5\""),
    ("defaults: {source_options: {page_size: ~}}", "1:40", "found nothing"),
    ("defaults: {source_options: {page_size: [1]}}", "1:40", "found a list"),
    ("defaults: {source_options: {page_size: {a: b}}}", "1:40", "found a map"),
    ("defaults: {source_options: {page_size: true}}", "1:40", "found a flag"),
    ("defaults: {source_options: {requests_per_second: -1}}", "1:50", "a number above 0"),
    ("defaults: {source_options: {requests_per_second: .inf}}", "1:50", "found text"),
    ("defaults: {source_options: {anchor_date: 2024-02-30}}", "1:42", "a day, an instant"),
    ("defaults: {tags: {a: b}}", "1:18", "tags: expected a list of names, found a map"),
  ])
  func `refuses`(yaml: String, place: String, what: String) {
    let found = mistakes(yaml)
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("replication.yaml:\(place): ") == true, "\(found)")
    #expect(found.first?.contains(what) == true, "\(found)")
  }

  @Test func `is fit for what it allows`() throws {
    _ = try settings(
      """
      source: https://acme.api-us1.com/api/3/
      target: postgresql://me@localhost/warehouse
      defaults: { object: "activecampaign.{stream_name}", primary_key: id, target_options: {} }
      streams: { contacts: { object: activecampaign.contacts, update_key: udate, tags: } }
      """.replacing("tags: ", with: "description: people "))
  }

  @Test(arguments: [
    ("contacts", "*", true), ("contacts", "c*", true), ("contacts", "*s", true),
    ("contacts", "c*t*s", true), ("contacts", "contacts*", true), ("contacts", "*contacts", true),
    ("contacts", "d*", false), ("contacts", "c*x*s", false), ("contacts", "contacts*s", false),
    ("contacts", "contacts", true), ("contacts", "contact", false), ("abc", "ab*bc", false),
  ])
  func `matches patterns`(name: String, pattern: String, matches: Bool) {
    #expect(ReplicationFile.matches(name, pattern: pattern) == matches)
  }
}

@Suite struct `Variables in the file` {
  @Test func `are replaced in values, the environment before .env before env`() throws {
    let yaml = """
      env: { SIZE: 10, RATE: 3, THREADS: 5 }
      defaults:
        source_options: { page_size: "${SIZE}", requests_per_second: "${RATE}", concurrency: "${THREADS}" }
      """
    let settings = try settings(
      yaml, env: "RATE=2\nSIZE=20", environment: ["SIZE": "30"])
    #expect(settings.pageSize.value == 30)
    #expect(settings.requestsPerSecond.value == 2)
    #expect(settings.concurrency.value == 5)
  }

  @Test func `cannot change the file's structure`() {
    let found = mistakes(
      "defaults: {mode: \"${M}\"}",
      environment: ["M": "incremental\n  source_options: {page_size: 1}"])
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("replication.yaml:1:18: mode") == true)
  }

  @Test(arguments: [
    ("source: ${NOT_SET}", "the variable NOT_SET is not set"),
    ("source: ${", "${ is not followed by a variable's name and }"),
    ("source: ${a b}", "${ is not followed"),
    ("source: ${}", "${ is not followed"),
    ("env: {A: 1}", "the variable \"A\" is used nowhere"),
    ("env: {'A-B': 1}", "is no variable's name"),
    ("env: {A: [1]}\nsource: ${A}", "A: expected a single value, found a list"),
    ("env: [A]", "env: expected a map"),
  ])
  func `are refused`(yaml: String, what: String) {
    let found = mistakes(yaml)
    #expect(found.contains { $0.contains(what) }, "\(found)")
  }

  @Test func `are told by name and not by value where they do not fit`() {
    let found = mistakes(
      "defaults: {source_options: {page_size: '${KEY}'}}", environment: ["KEY": "tops3cret"])
    #expect(found.count == 1)
    #expect(found.first?.contains("${KEY}") == true)
    #expect(!found.description.contains("tops3cret"))
  }

  @Test func `may be escaped, and a bare dollar is itself`() throws {
    let target = "target: \"host=h password_file=$${X}$Y\""
    #expect(try settings(target).database.value.connectionString == "host=h password_file=${X}$Y")
  }
}
