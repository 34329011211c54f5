import FoundationEssentials
import Testing

@testable import Configuration

@Suite struct `The account` {
  @Test(arguments: [
    ("https://acme.api-us1.com", "https://acme.api-us1.com"),
    ("https://acme.api-us1.com/", "https://acme.api-us1.com"),
    ("https://acme.api-us1.com/api/3", "https://acme.api-us1.com"),
    ("HTTPS://Acme.API-us1.com/api/3/", "https://acme.api-us1.com"),
    ("https://acme.api-us1.com:8443", "https://acme.api-us1.com:8443"),
    ("https://proxy.example/ac/api/3", "https://proxy.example/ac"),
    ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
    ("http://localhost:8080/", "http://localhost:8080"),
    ("http://[::1]:8080/api/3", "http://[::1]:8080"),
  ])
  func `has an address in one form`(text: String, address: String) throws {
    let settings = try settings(environment: ["ACTIVECAMPAIGN_URL": text])
    #expect(settings.sourceURL?.value == address)
    #expect(settings.sourceURL?.origin == .environment("ACTIVECAMPAIGN_URL"))
  }

  @Test(arguments: [
    ("http://acme.api-us1.com", "not https"), ("http://127.0.0.1.evil.example", "not https"),
    ("http://localhost.evil.example", "not https"), ("ftp://acme.api-us1.com", "no https URL"),
    ("acme.api-us1.com", "no https URL"), ("https://", "no valid host"),
    ("https://acme.api-us1.com:0", "no valid host"),
    ("https://acme.api-us1.com:x", "no valid host"),
    ("https://acme.api-us1.com:99999", "no valid host"),
    ("https://me:pw@acme.api-us1.com", "password"),
    ("https://acme.api-us1.com/app/settings", "goes on"),
    ("https://acme.api-us1.com?x=/api/3", "goes on"),
    ("https://acme.api-us1.com#/api/3", "goes on"), ("https://acme.api us1.com", "no https URL"),
    ("https://acme.api-us1.com/\r\nHost: evil", "no https URL"), ("https://[::1", "no valid host"),
    ("https://äcme.example", "no https URL"), ("http://127.1", "not https"),
  ])
  func `is refused where the key would travel openly or elsewhere`(text: String, what: String) {
    let found = mistakes(environment: ["ACTIVECAMPAIGN_URL": text])
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("environment: ACTIVECAMPAIGN_URL: ") == true)
    #expect(found.first?.contains(what) == true, "\(found)")
    #expect(!found.description.contains("pw"))
  }

  @Test func `comes from the environment, .env or the file, in this order`() throws {
    let yaml = "source: https://file.example"
    let dotEnv = "ACTIVECAMPAIGN_URL=https://dotenv.example"
    let variable = ["ACTIVECAMPAIGN_URL": "https://environment.example"]
    #expect(try settings(yaml).sourceURL?.value == "https://file.example")
    #expect(try settings(yaml, env: dotEnv).sourceURL?.value == "https://dotenv.example")
    #expect(
      try settings(yaml, env: dotEnv, environment: variable).sourceURL?.value
        == "https://environment.example")
    #expect(try settings(yaml).sourceURL?.origin.description == "replication.yaml:1:9")
    #expect(try settings(env: dotEnv).sourceURL?.origin.description == ".env:1: ACTIVECAMPAIGN_URL")
  }

  @Test func `needs both, address and key, or neither`() throws {
    let address = ["ACTIVECAMPAIGN_URL": "https://acme.example"]
    let key = ["ACTIVECAMPAIGN_API_KEY": "k3y"]
    let both = address.merging(key) { first, _ in first }
    #expect(try settings().account() == nil)
    #expect(try settings(environment: both).account()?.url == "https://acme.example")
    #expect(try settings(environment: both).account()?.key.reveal() == "k3y")
    #expect(throws: ConfigurationError.self) { try settings(environment: address).account() }
    #expect(throws: ConfigurationError.self) { try settings(environment: key).account() }
  }

  @Test(arguments: [
    "ACTIVECAMPAIGN_URL", "ACTIVECAMPAIGN_API_KEY", "ACTIVECAMPAIGN_API_KEY_FILE", "DATABASE_URL",
    "ACSYNC_PAGE_SIZE",
  ])
  func `is not read from an empty variable`(name: String) {
    for text in ["", " ", "\n"] {
      #expect(
        mistakes(environment: [name: text])
          == ["environment: \(name): \(name) is set, but empty → set it, or `unset \(name)`"])
    }
  }
}

@Suite struct `The key` {
  @Test(arguments: [("k3y", "k3y"), ("k3y\n", "k3y"), ("k3y\r\n", "k3y")])
  func `may stand in a file, with one newline at its end`(text: String, key: String) throws {
    let folder = try freshFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try write(text, to: folder + "key")
    let settings = try settings(environment: ["ACTIVECAMPAIGN_API_KEY_FILE": folder + "key"])
    #expect(settings.apiKey?.value.reveal() == key)
  }

  @Test func `is refused where its file is missing, empty, a folder or no key`() throws {
    let folder = try freshFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try write("\n", to: folder + "empty")
    try write("k3y\n\n", to: folder + "two")
    for (file, what) in [
      ("missing", "does not exist"), ("empty", "is empty"), ("", "is a folder"),
      ("two", "line breaks"),
    ] {
      let found = mistakes(environment: ["ACTIVECAMPAIGN_API_KEY_FILE": folder + file])
      #expect(found.count == 1)
      #expect(found.first?.contains(what) == true, "\(found)")
      #expect(!found.description.contains("k3y"))
    }
  }

  @Test func `is asked for once: in the environment before .env`() throws {
    let folder = try freshFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try write("from-file", to: folder + "key")
    let file = "ACTIVECAMPAIGN_API_KEY_FILE"
    let itself = "ACTIVECAMPAIGN_API_KEY"
    #expect(
      mistakes(environment: [itself: "k3y", file: folder + "key"]).first?.contains("both set")
        == true)
    #expect(
      mistakes(env: "\(itself)=k3y\n\(file)=\(folder)key").first?.contains("both set") == true)
    let one = try settings(env: "\(file)=/nowhere", environment: [itself: "k3y"])
    #expect(one.apiKey?.value.reveal() == "k3y")
    let other = try settings(env: "\(itself)=k3y", environment: [file: folder + "key"])
    #expect(other.apiKey?.value.reveal() == "from-file")
  }

  @Test(arguments: ["two words", "k3y\r\nX: y", "schlüssel", "k\u{0}y"])
  func `is refused where it would break a header, and not repeated`(key: String) {
    let found = mistakes(environment: ["ACTIVECAMPAIGN_API_KEY": key])
    #expect(found.count == 1)
    #expect(!found.description.contains(key))
  }

  @Test func `is never printed`() throws {
    let settings = try settings(
      environment: [
        "ACTIVECAMPAIGN_URL": "https://acme.example", "ACTIVECAMPAIGN_API_KEY": "tops3cret",
        "DATABASE_URL": "postgresql://me:tops3cret@host/db",
      ])
    var dumped = ""
    dump(settings, to: &dumped)
    dump(try settings.account(), to: &dumped)
    for text in ["\(settings)", String(reflecting: settings), dumped] {
      #expect(!text.contains("tops3cret"))
    }
  }
}

@Suite struct `The database` {
  @Test func `is the embedded one where nothing is said`() throws {
    #expect(try settings().database.value == .embedded)
    #expect(try settings("target: POSTGRES").database.value.connectionString == nil)
    // These do not name a server.
    #expect(
      try settings(environment: ["PGAPPNAME": "x", "PGPASSWORD": "y", "PGHOST": ""]).database.value
        == .embedded)
  }

  @Test(arguments: ["PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE", "PGUSER", "PGSERVICE"])
  func `is left to libpq where a variable of it names a server`(name: String) throws {
    let database = try settings(environment: [name: "x"]).database
    #expect(database.value == .environment)
    #expect(database.value.connectionString == "")
    #expect(database.origin == .environment(name))
  }

  @Test func `is DATABASE_URL before the file before PG variables`() throws {
    let variables = ["DATABASE_URL": "postgres://me:pw@host/db", "PGHOST": "other"]
    let yaml = "target: postgresql://file.example/db"
    #expect(
      try settings(yaml, environment: variables).database.value.connectionString
        == "postgres://me:pw@host/db")
    #expect(
      try settings(yaml, environment: ["PGHOST": "other"]).database.value.connectionString
        == "postgresql://file.example/db")
    #expect(
      try settings("target: ${WAREHOUSE}", environment: ["WAREHOUSE": "postgres://a:b@c/d"])
        .database
        .value.connectionString == "postgres://a:b@c/d")
  }

  @Test func `takes PG variables from .env, which libpq does not read, quoted`() throws {
    let database = try settings(
      env: "PGHOST=db.example\nPGPASSWORD=\"it's \\\\ it\"\nPGUSER=me\nOTHER=x",
      environment: ["PGUSER": "someone"]
    ).database
    #expect(
      database.value.connectionString == #"host='db.example' password='it\'s \\ it'"#)
    #expect(database.origin.description == ".env:1: PGHOST")
  }

  @Test func `is refused, and not repeated, where it is no PostgreSQL`() {
    let found = mistakes(environment: ["DATABASE_URL": "mysql://me:tops3cret@host/db"])
    #expect(found.count == 1)
    #expect(!found.description.contains("tops3cret"))
  }
}
