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
    #expect(Target.variables.psqlLine(program: "x/acsync") == "psql")
    #expect(
      Target.embedded(database: Cluster.name).psqlLine(program: "x/acsync") == "x/acsync db psql")
    #expect(
      Target(.embedded, isDemo: true).psqlLine(program: "acsync")
        == "acsync db psql -d acsync_demo")
  }

  @Test func `keeps the demonstration out of the database of a real account`() {
    #expect(Target(.embedded, isDemo: true) != Target(.embedded, isDemo: false))
    #expect(Target(.embedded, isDemo: false) == .embedded(database: Cluster.name))
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
