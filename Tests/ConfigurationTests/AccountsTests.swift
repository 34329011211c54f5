import Catalog
import Testing

@testable import Configuration

@Suite struct `Several accounts in one file` {
  private let yaml = """
    defaults:
      source_options: {page_size: 50, lookback: 1h}
    accounts:
      acme:
        source: https://acme.example
        api_key: ${ACME_KEY}
      zenith_2:
        source: https://zenith.example
        api_key: ${ZENITH_KEY}
        schema: zenith
        mode: full-refresh
        source_options: {page_size: 20}
        target_options: {delete_missing: ignore}
        streams:
          contacts:
    streams:
      deals:
      contacts:
    """
  private let keys = ["ACME_KEY": "acme-key", "ZENITH_KEY": "zenith-key"]

  @Test func `each have their own ends, schema and options, and share the rest`() throws {
    let all = try accounts(yaml, environment: keys)
    #expect(all.map(\.accountName) == ["acme", "zenith_2"])
    #expect(all.map(\.schema.value) == ["activecampaign_acme", "zenith"])
    #expect(all.map(\.sourceURL?.value) == ["https://acme.example", "https://zenith.example"])
    #expect(all.map { $0.apiKey?.value.reveal() } == ["acme-key", "zenith-key"])
    #expect(all.map(\.pageSize.value) == [50, 20])
    #expect(all.map { $0.streams.map(\.stream.id.name) } == [["contacts", "deals"], ["contacts"]])
    #expect(all.map { $0.streams[0].mode.value } == [.incremental, .fullRefresh])
    #expect(all.map { $0.streams[0].deleteMissing.value } == [.soft, .ignore])
    #expect(all.map { $0.streams[0].lookback.value } == [.seconds(3600), .seconds(3600)])
  }

  @Test func `take flags and variables before what stands in the file, all of them`() throws {
    let all = try accounts(
      yaml, environment: keys.merging(["ACSYNC_PAGE_SIZE": "7"]) { $1 },
      flags: ["mode": "incremental"])
    #expect(all.map(\.pageSize.value) == [7, 7])
    #expect(all.map { $0.streams[0].mode.value } == [.incremental, .incremental])
  }

  @Test func `may have address and key in variables that bear their names`() throws {
    let all = try accounts(
      "accounts: {acme: , zenith: {disabled: true}}",
      environment: [
        "ACTIVECAMPAIGN_ACME_URL": "https://acme.example", "ACTIVECAMPAIGN_ACME_API_KEY": "k",
      ])
    #expect(all.map(\.accountName) == ["acme"])
    #expect(all.first?.apiKey?.origin == .environment("ACTIVECAMPAIGN_ACME_API_KEY"))
  }

  @Test(arguments: [
    ("accounts: {acme: {api_key: 123abc, source: https://a.example}}", "a key stands in the file"),
    ("accounts: {Acme: {}}", "is no account's name"), ("accounts: {}", "accounts names none"),
    ("accounts: {acme: {source: https://a.example}}", "the account acme has no key"),
    ("accounts: {acme: {api_key: '${K}'}}", "the account acme has no address"),
    ("accounts: {acme: {schema: acsync}}", "cannot be the schema"),
    ("accounts: {acme: {schema: pg_x}}", "cannot be the schema"),
    ("accounts: {acme: {shema: x}}", "did you mean schema?"),
    ("accounts: {acme: {disabled: true}}", "every account is disabled"),
    ("{source: https://a.example, accounts: {acme: {}}}", "source and accounts both"),
    (
      "{defaults: {object: 'activecampaign.{stream_name}'}, accounts: {acme: {}}}",
      "object names one schema"
    ),
    ("accounts: {acme: {source_options: {parallel_accounts: 2}}}", "for all accounts together"),
    (
      "accounts: {a: {source: https://a.example, api_key: '${K}'},"
        + " b: {source: https://a.example/, api_key: '${K}'}}", "two accounts have the same address"
    ),
    (
      "accounts: {a: {source: https://a.example, api_key: '${K}', schema: s},"
        + " b: {source: https://b.example, api_key: '${K}', schema: s}}",
      "two accounts have the schema s"
    ),
  ])
  func `are refused where they are wrong, with the place`(yaml: String, what: String) {
    let found = mistakes(yaml, environment: ["K": "canary-key"])
    #expect(found.contains { $0.contains(what) && $0.hasPrefix("replication.yaml:") }, "\(found)")
    #expect(!found.description.contains("canary-key"))
  }

  @Test func `are not meant by a variable that names none of them`() {
    let found = mistakes(
      yaml, environment: keys.merging(["ACTIVECAMPAIGN_URL": "https://x.example"]) { $1 })
    #expect(found.count == 1)
    #expect(found.first?.contains("does not say which of the accounts is meant") == true)
    let misspelt = mistakes(
      yaml, environment: keys.merging(["ACTIVECAMPAIGN_ACME_API_KY": "x"]) { $1 })
    #expect(misspelt.first?.contains("did you mean ACTIVECAMPAIGN_ACME_API_KEY?") == true)
  }
}
