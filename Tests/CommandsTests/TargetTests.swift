import ActiveCampaign
import Configuration
import EmbeddedPostgres
import Testing

@testable import Commands

@Suite struct `The line that opens psql` {
  @Test(arguments: [
    ("postgresql://me:secret@host:5432/db", "postgresql://me@host:5432/db"),
    ("postgres://me@host/db", "postgres://me@host/db"),
    ("postgresql://host/db?password=secret", "postgresql://host/db"),
    (
      "postgresql://host/db?sslmode=require&password=secret&sslpassword=secret",
      "postgresql://host/db?sslmode=require"
    ),
    ("postgresql://me:sec%40ret@[::1]:5432,other/db", "postgresql://me@[::1]:5432,other/db"),
    ("postgresql://me:@host", "postgresql://me@host"),
    ("host=h password=secret user=me", "host=h user=me"),
    ("host=h PASSWORD=secret", "host=h"),
    ("host=h password='sec ret' user=me", ""),
  ])
  func `holds no password`(given: String, shown: String) {
    #expect(Target.withoutPassword(given) == shown)
    let line = Target.uri(Secret(given)).psqlLine(program: "acsync")
    #expect(line == "psql '\(shown)'")
    #expect(!line.contains("sec"))
  }

  @Test func `is quoted for the shell`() {
    #expect(
      Target.uri(Secret("postgresql://h/it's")).psqlLine(program: "acsync")
        == "psql 'postgresql://h/it'\\''s'")
  }

  @Test func `is acsync's own for the embedded cluster, and plain for PG variables`() {
    func line(_ database: Configuration.Database, isDemo: Bool = false) -> String {
      Target(database, isDemo: isDemo, environment: [:]).psqlLine(program: "x/acsync")
    }
    #expect(line(.environment) == "psql")
    #expect(line(.embedded) == "x/acsync db psql")
    // The demonstration never meets the rows of a real account.
    #expect(line(.embedded, isDemo: true) == "x/acsync db psql -d acsync_demo")
  }
}

@Suite struct `The embedded cluster` {
  @Test func `lies where the environment says`() {
    let named = Target.cluster(of: ["ACSYNC_POSTGRES_FOLDER": "/tmp/nowhere/postgres"])
    #expect(named.folder == "/tmp/nowhere/postgres")
    #expect(Target.cluster(of: ["ACSYNC_POSTGRES_FOLDER": ""]).folder == Cluster().folder)
  }

  @Test func `is neither made nor started by looking`() async {
    let environment = [
      "ACSYNC_POSTGRES_FOLDER": "/tmp/acsync-none-\(UInt32.random(in: 0...UInt32.max))",
      "ACTIVECAMPAIGN_URL": "http://127.0.0.1:1", "ACTIVECAMPAIGN_API_KEY": "k",
    ]
    #expect(await acsync("status", environment: environment).code == .done)
    #expect(await acsync("check", environment: environment).result.contains("not made yet"))
    #expect(await acsync("db", "status", environment: environment).result.hasPrefix("absent"))
  }
}

@Suite struct `An account's name` {
  @Test(arguments: [
    ("https://acme.api-us1.com", "acme.api-us1.com"),
    ("https://ACME.api-us1.com:443/api/3/", "acme.api-us1.com"),
    ("https://acme.api-us1.com:8443", "acme.api-us1.com:8443"),
    ("http://127.0.0.1:8080", "127.0.0.1:8080"), ("http://localhost:80", "localhost"),
  ])
  func `is its host, with a port that is not the usual one`(url: String, name: String) throws {
    #expect(try Endpoint(url).account == name)
  }
}
