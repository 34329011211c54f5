import Catalog
import Scheduling
import Testing

@testable import Configuration

@Suite struct `A schedule in the file` {
  @Test func `says when which streams are read`() throws {
    let yaml = """
      streams:
        '*':
        contacts: {tags: [core]}
        deals: {tags: [core]}
      schedule:
        - {every: 15m, streams: tag:core}
        - {cron: "0 3 * * *", time_zone: Europe/Berlin, streams: all}
        - cron: "@hourly"
          streams: [notes, "tasks,-tasks"]
      """
    let schedule = try settings(yaml).operating.schedule
    #expect(
      schedule.map(\.timing.description) == [
        "every 15m", "cron 0 3 * * * Europe/Berlin", "cron @hourly",
      ])
    #expect(schedule.map(\.names) == [["tag:core"], [], ["notes", "tasks", "-tasks"]])
    #expect(schedule[0].streams.map(\.stream.id) == ["contacts", "deals"])
    #expect(schedule[0].others.count == StreamDefinition.all.count - 2)
    #expect(schedule[1].streams.count == StreamDefinition.all.filter(\.isUsual).count)
    #expect(schedule[2].streams.map(\.stream.id) == ["notes"])
  }

  @Test func `takes the streams of a run where an element names none`() throws {
    let yaml = "streams: {contacts: , deals: }\nschedule: {every: 1h}"
    #expect(
      try settings(yaml).operating.schedule[0].streams.map(\.stream.id) == ["contacts", "deals"])
    let narrowed = try settings(yaml, flags: ["streams": "deals"])
    #expect(narrowed.operating.schedule[0].streams.map(\.stream.id) == ["deals"])
    #expect(narrowed.narrowed(to: narrowed.operating.schedule[0]).streams.count == 1)
  }

  @Test(arguments: [
    (
      "schedule: 15m", "replication.yaml:1:11: schedule: expected a list (- every: 15m), found text"
    ),
    (
      "schedule: [{evry: 15m}]",
      "replication.yaml:1:13: an element of schedule has no key \"evry\" → did you mean every?"
    ),
    (
      "schedule: [{every: 15}]",
      "replication.yaml:1:20: every: \"15\" is no interval → write 90s, 15m, 1h or 1d"
    ),
    ("schedule: [{every: 8d}]", "too long → choose one from 1s to 7d"),
    ("schedule: [{cron: \"61 * * * *\"}]", "replication.yaml:1:19: cron: minute: \"61\" is none"),
    ("schedule: [{cron: \"@dayly\"}]", "did you mean @daily?"),
    (
      "schedule: [{cron: \"@daily\", time_zone: Europe/Berln}]",
      "replication.yaml:1:40: time_zone: this machine knows no zone \"Europe/Berln\" → did you mean Europe/Berlin?"
    ),
    ("schedule: [{cron: \"@daily\", time_zone: ../../etc/passwd}]", "this machine knows no zone"),
    ("schedule: [{every: 15m, cron: \"@daily\"}]", "every and cron contradict each other"),
    ("schedule: [{every: 15m, time_zone: UTC}]", "time_zone has no effect without cron"),
    ("schedule: [{streams: all}]", "an element of schedule says not when"),
    (
      "schedule: [{every: 15m, streams: contcts}]",
      "replication.yaml:1:34: there is no stream \"contcts\" → did you mean contacts?"
    ),
    ("schedule: [{every: 15m, streams: tag:core}]", "no stream has the tag \"core\""),
    ("schedule: [{every: 15m, streams: []}]", "streams names none"),
    (
      "schedule: [{every: 15m, streams: -deals}, {every: 1h, streams: 'contacts,-contacts'}]",
      "the selection leaves no stream"
    ),
    ("streams: {contacts: {schedule: 15m}}", "it belongs to the file"),
  ])
  func `that is wrong says where, and what to write`(_ yaml: String, _ words: String) {
    let said = mistakes(yaml)
    #expect(said.contains { $0.contains(words) }, "\(said)")
    #expect(said.count == 1, "\(said)")
  }

  @Test func `gives way to a flag or variable`() throws {
    let yaml = "schedule: [{every: 15m}]"
    #expect(try settings(yaml).operating.timing == nil)
    let flag = try settings(yaml, flags: ["every": "5m"]).operating.timing
    #expect(flag?.value.description == "every 5m")
    let variables = ["ACSYNC_CRON": "0 3 * * *", "ACSYNC_TIME_ZONE": "America/New_York"]
    let variable = try settings(yaml, environment: variables).operating.timing
    #expect(variable?.value.description == "cron 0 3 * * * America/New_York")
    #expect(mistakes(flags: ["every": "5m", "cron": "@daily"]).count == 1)
    #expect(mistakes(flags: ["every": "5m", "time-zone": "UTC"]).count == 1)
  }
}

@Suite struct `How a run tells of itself` {
  @Test func `is settled by flags, variables and defaults`() throws {
    let usual = try settings().operating
    #expect(usual.logFormat.value == .text && usual.auditRequests.value == false)
    #expect(
      usual.metricsFile.value == nil && usual.listen.value == nil && usual.jitter.value == nil)
    let texts = [
      "log_format": "json", "audit_requests": "true", "metrics_file": "/tmp/x.prom",
      "listen": "none", "jitter": "5s",
    ]
    let variables = Dictionary(
      uniqueKeysWithValues: texts.map { ("ACSYNC_" + $0.key.uppercased(), $0.value) })
    for given in try [settings(flags: texts), settings(environment: variables)].map(\.operating) {
      #expect(given.logFormat.value == .json && given.auditRequests.value)
      #expect(given.metricsFile.value == "/tmp/x.prom")
      #expect(given.listen.value == "none")
      #expect(given.jitter.value == .seconds(5))
    }
  }

  @Test func `may ask for the audit in the file, for the whole account`() throws {
    let yaml = "defaults: {source_options: {audit_requests: true}}"
    #expect(try settings(yaml).operating.auditRequests.value)
    #expect(try !settings(yaml, flags: ["audit-requests": "false"]).operating.auditRequests.value)
    let wrong = "streams: {contacts: {source_options: {audit_requests: true}}}"
    #expect(mistakes(wrong).first?.contains("holds for the whole account") == true)
  }

  @Test(arguments: [
    ("log-format", "xml", "expected text or json"), ("audit-requests", "maybe", "true or false"),
    ("metrics-file", "/tmp/", "a file's name"), ("jitter", "2h", "a duration up to 1h"),
  ])
  func `refuses what is none`(_ flag: String, _ text: String, _ words: String) {
    #expect(mistakes(flags: [flag: text]).first?.contains(words) == true)
  }
}
