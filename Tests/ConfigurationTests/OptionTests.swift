import Catalog
import Testing

@testable import Configuration

@Suite struct `An option` {
  private let yaml = "defaults: {source_options: {page_size: 10}}\n"

  @Test func `is settled by flag, environment, .env, file, default, in this order`() throws {
    let dotEnv = "ACSYNC_PAGE_SIZE=20"
    let variable = ["ACSYNC_PAGE_SIZE": "30"]
    let flags = ["page-size": "40"]
    let all = try [
      settings(), settings(yaml), settings(yaml, env: dotEnv),
      settings(yaml, env: dotEnv, environment: variable),
      settings(yaml, env: dotEnv, environment: variable, flags: flags),
    ]
    #expect(all.map(\.pageSize.value) == [100, 10, 20, 30, 40])
    #expect(
      all.map(\.pageSize.origin.description) == [
        "default", "replication.yaml:1:40", ".env:1: ACSYNC_PAGE_SIZE",
        "environment: ACSYNC_PAGE_SIZE", "--page-size",
      ])
  }

  @Test func `each has a flag and a variable`() throws {
    let texts = [
      "requests_per_second": "0.5", "concurrency": "8", "page_size": "7",
      "anchor_date": "2024-01-01", "lookback": "2d", "mode": "full-refresh", "streams": "deals",
      "delete_missing": "hard", "max_delete_ratio": "0.5", "max_delete_rows": "7",
      "refresh": "3h", "max_requests": "500", "max_duration": "15m",
      "parallel_accounts": "20",
    ]
    #expect(Set(texts.keys) == Set(Options.names).subtracting(Options.operating))
    let variables = Dictionary(
      uniqueKeysWithValues: texts.map { ("ACSYNC_" + $0.key.uppercased(), $0.value) })
    for settings in try [settings(flags: texts), settings(environment: variables)] {
      #expect(settings.requestsPerSecond.value == 0.5)
      #expect(settings.concurrency.value == 8)
      #expect(settings.pageSize.value == 7)
      #expect(settings.maxRequests.value == 500)
      #expect(settings.maxDuration.value == .seconds(900))
      #expect(settings.parallelAccounts.value == 20)
      #expect(settings.streams.map(\.stream.id) == ["deals"])
      #expect(settings.streams.first?.anchor.value?.description == "2024-01-01T00:00:00Z")
      #expect(settings.streams.first?.lookback.value == .seconds(172_800))
      #expect(settings.streams.first?.mode.value == .fullRefresh)
      for stream in settings.streams + settings.others {
        #expect(stream.deleteMissing.value == .hard)
        #expect(stream.refresh.value == .seconds(10_800))
        #expect(stream.maxDeleteRatio.value == 0.5)
        #expect(stream.maxDeleteRows.value == 7)
      }
    }
  }

  @Test func `that limits a run is none by default, and can be lifted`() throws {
    let yaml = "defaults: {source_options: {max_requests: 40, max_duration: 1h}}\n"
    #expect(try settings().maxRequests.value == nil && settings().maxDuration.value == nil)
    #expect(try settings(yaml).maxRequests.value == 40)
    #expect(try settings(yaml).maxDuration.value == .seconds(3_600))
    let lifted = try settings(yaml, flags: ["max-requests": "none", "max-duration": "none"])
    #expect(lifted.maxRequests.value == nil && lifted.maxDuration.value == nil)
  }

  @Test func `on deletions is that of the stream, else of the defaults, else of the design`() throws
  {
    let yaml = """
      defaults: {target_options: {delete_missing: ignore, max_delete_ratio: 0}}
      streams:
        deals: {target_options: {delete_missing: hard, max_delete_rows: 0}}
        deal_stages:
      """
    let settings = try settings(yaml)
    #expect(settings.streams.map(\.stream.id) == ["deals", "deal_stages"])
    #expect(settings.streams.map(\.deleteMissing.value) == [.hard, .ignore])
    #expect(settings.streams.map(\.maxDeleteRatio.value) == [0, 0])
    #expect(settings.streams.map(\.maxDeleteRows.value) == [0, 20])
    // The parent that nobody named is read by the defaults too.
    let pipelines = settings.others.first { $0.stream.id == "deal_pipelines" }
    #expect(pipelines?.deleteMissing.value == .ignore)
    #expect(settings.others.count == StreamDefinition.all.count - 2)
  }

  @Test(arguments: ["", "-0.1", "1.01", "5%", "nan"])
  func `refuses what is no share`(text: String) {
    #expect(throws: WrongValue.self) { try Options.maxDeleteRatio.parse(text) }
  }

  @Test(arguments: ["", "-1", "2.5", "99999999999999999999"])
  func `refuses what is no number of rows`(text: String) {
    #expect(throws: WrongValue.self) { try Options.maxDeleteRows.parse(text) }
  }

  @Test func `is checked wherever it stands, once`() {
    let found = mistakes(
      environment: ["ACSYNC_LOOKBACK": "soon", "ACSYNC_CONCURENCY": "2"],
      flags: ["page_size": "101", "mode": "incremetal", "pagesize": "3"])
    #expect(
      found == [
        "environment: ACSYNC_CONCURENCY: nothing reads ACSYNC_CONCURENCY → did you mean ACSYNC_CONCURRENCY?",
        #"the command line: there is no option "pagesize" → did you mean page_size?"#,
        #"--page-size: page_size: expected a whole number from 1 to 100, found "101" → write 100, the most the API gives"#,
        #"--mode: mode: there is no mode "incremetal" → did you mean incremental?"#,
        #"environment: ACSYNC_LOOKBACK: lookback: expected a duration, found "soon" → write 10m, 1h or 2d"#,
      ])
  }

  @Test func `takes a wrong text for no secret's place`() {
    let long = String(repeating: "s3cret", count: 12)
    let found = mistakes(flags: ["page_size": long])
    #expect(found.first?.contains("found text of 72 characters") == true)
  }

  @Test(arguments: [
    ("0", 0), ("90s", 90), ("10m", 600), ("1h", 3600), ("2d", 172_800), ("1w", 604_800),
    ("010m", 600),
  ])
  func `reads a duration`(text: String, seconds: Int) {
    #expect(TimeText.duration(text) == .seconds(seconds))
  }

  @Test(arguments: [
    "", "10", "m", "-1m", "1.5h", "1 h", "1h30m", "10M", "999999999999w", "99999999999999999999s",
    "１m",
  ])
  func `refuses what is no duration`(text: String) {
    #expect(TimeText.duration(text) == nil)
  }

  @Test(arguments: [
    ("2024-02-29", "2024-02-29T00:00:00Z"), ("2024-02-29T10:00:00Z", "2024-02-29T10:00:00Z"),
    ("2024-02-29 10:00Z", "2024-02-29T10:00:00Z"),
    ("2024-03-01T01:30:00+02:00", "2024-02-29T23:30:00Z"),
    ("2024-02-29T23:30:00-05:00", "2024-03-01T04:30:00Z"),
    ("2024-02-29T10:00:00.5Z", "2024-02-29T10:00:00.500000Z"),
    ("2024-02-29T10:00:00.123456789Z", "2024-02-29T10:00:00.123456Z"),
  ])
  func `reads an instant`(text: String, instant: String) {
    #expect(TimeText.instant(text)?.description == instant)
  }

  @Test(arguments: [
    "", "2023-02-29", "2024-1-1", "2024-01-01T", "2024-01-01T10:00:00", "2024-01-01T24:00:00Z",
    "2024-01-01T10:60:00Z", "2024-01-01T10:00:00+15:00", "2024-01-01T10:00:00+0200",
    "2024-01-01T10Z", "2024-01-01X10:00:00Z", "0000-00-00", "1969-12-31", "2024-01-01T10:00:00.Z",
    "2024-01-01T1:00:00Z", "tomorrow", "2024-01-01T10:00:00.1234567890Z", "+024-01-01",
  ])
  func `refuses what is no instant`(text: String) {
    #expect(TimeText.instant(text) == nil)
  }

  @Test(arguments: [("4", 4.0), ("0.5", 0.5), ("1e3", 1000)])
  func `reads a rate`(text: String, rate: Double) throws {
    #expect(try Options.requestsPerSecond.parse(text) == rate)
  }

  @Test(arguments: ["0", "-1", "nan", "inf", "0x10", "1e-300", "1e300", "", "4/s", "e", "1e", "."])
  func `refuses what is no rate`(text: String) {
    #expect(throws: WrongValue.self) { try Options.requestsPerSecond.parse(text) }
  }
}

@Suite struct `A selection of streams` {
  private let yaml = """
    streams:
      '*':
      contacts: { tags: [core, people] }
      deals: { tags: [core] }
      forms: { disabled: true }
    """

  @Test(arguments: [
    ("contacts", ["contacts"]), (" deals , contacts ", ["contacts", "deals"]),
    ("tag:core", ["contacts", "deals"]), ("tag:core,-tag:people", ["deals"]),
    ("deal_st*", ["deal_stages"]), ("deal*,-deal_*", ["deals"]),
    ("send_logs", ["send_logs"]), ("send_log*,notes", ["notes"]),
    ("deals,deals", ["deals"]),
  ])
  func `leaves those it names`(text: String, names: [String]) throws {
    #expect(try settings(yaml, flags: ["streams": text]).streams.map(\.stream.id.name) == names)
  }

  @Test func `leaves all but those it takes away`() throws {
    let left = try settings(yaml, flags: ["streams": "-tag:core,-notes"]).streams
    #expect(left.count == StreamDefinition.all.filter(\.isUsual).count - 4)
    #expect(!left.contains { ["contacts", "deals", "notes", "forms"].contains($0.stream.id) })
  }

  @Test(arguments: [
    ("contcts", "there is no stream \"contcts\" → did you mean contacts?"),
    ("tag:cor", "no stream has the tag \"cor\" → did you mean core?"),
    ("forms", "replication.yaml:5:22: the stream forms is disabled in the file"),
    ("deals,-deals", "the selection leaves no stream"), (" , ", "expected names of streams"),
  ])
  func `is refused`(text: String, what: String) {
    let found = mistakes(yaml, flags: ["streams": text])
    #expect(found.count == 1)
    #expect(found.first?.contains(what) == true, "\(found)")
  }

  @Test func `names only streams of the file`() {
    let found = mistakes("streams: {deals: }", flags: ["streams": "users"])
    #expect(found.first?.contains("the stream users is not in the file") == true)
  }
}
