import Testing

@Suite struct `Migrations` {
  /// What has shipped, with the checksum that databases remember: a line of it never changes, and a
  /// new migration adds one.
  static let shipped: [String: String] = [
    "0001_state.sql": "5b0756dd02a3dd22",
    "0002_deletions.sql": "f4a9893b72d27474",
    "0003_budget.sql": "a6315492e8b424aa",
    "0004_probe.sql": "956afc8a152b2166",
    "0005_reading.sql": "c0fc2ed046c62758",
    "0006_older_rows.sql": "b87620fc33139417",
    "0007_accounts.sql": "400911d7e70845c8",
    "0008_verify.sql": "d7c5f681e95ce691",
    "0009_checks.sql": "d6975c6bf7289a7",
    "0010_audit.sql": "e1045d2d8b1e7f80",
    "0011_backfill.sql": "94e9be38381e61b0",
    "0012_wide.sql": "13b8d81700bc30b1",
    "0013_shape.sql": "a0d5f27ef4987ede",
    "0014_analytics.sql": "48c96173cac29dec",
    "0015_roles.sql": "e6cd3a423338abcf",
    "0016_history.sql": "10f25ea728181d0",
  ]

  /// The numbered files; those in the folder below may change.
  private static var paths: [String] {
    get throws {
      try ProjectFiles.paths(in: "migrations", ending: ".sql")
        .filter { !$0.hasPrefix("migrations/analytics/") }
    }
  }

  @Test func `stay as they shipped`() throws {
    for path in try Self.paths {
      let name = String(path.dropFirst("migrations/".count))
      let checksum = checksum(of: try ProjectFiles.text(of: path))
      #expect(
        Self.shipped[name] == checksum,
        "a new migration gets a line (\"\(name)\": \"\(checksum)\"); a shipped one never changes")
    }
  }

  @Test func `are all there, and numbered without a gap`() throws {
    let names = try Self.paths.map { String($0.dropFirst("migrations/".count)) }
    #expect(names == Self.shipped.keys.sorted())
    for (index, name) in names.enumerated() {
      #expect(Int(name.prefix(4)) == index + 1, "\(name)")
      #expect(name.contains(/^\d{4}_[a-z0-9_]+\.sql$/), "\(name)")
    }
  }

  @Test func `are embedded in the program`() throws {
    let package = try ProjectFiles.text(of: "Package.swift")
    let list = try ProjectFiles.text(of: "migrations/SchemaMigrations.swift")
    for name in Self.shipped.keys {
      #expect(package.contains(".embedInCode(\"\(name)\")"), "\(name)")
      #expect(list.contains("(\"\(name.dropLast(4))\","), "\(name)")
    }
  }

  @Test func `of analysts' views are all run, in the order of their names`() throws {
    let names = try ProjectFiles.paths(in: "migrations/analytics", ending: ".sql")
      .map { String($0.dropFirst("migrations/analytics/".count).dropLast(4)) }
    let list = try ProjectFiles.text(of: "migrations/SchemaMigrations.swift")
    let listed = list.split(separator: "\n").drop { !$0.contains("let analytics") }
      .compactMap { $0.firstMatch(of: /\("([a-z0-9_]+)",/).map { String($0.output.1) } }
    #expect(listed == names)
  }

  @Test func `have checksums as published for FNV-1a`() {
    #expect(checksum(of: "") == "cbf29ce484222325")
    #expect(checksum(of: "foobar") == "85944171f73967e8")
  }
}

/// FNV-1a of 64 bits, in hex: what `acsync.schema_migrations` holds.
private func checksum(of text: String) -> String {
  let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { hash, byte in
    (hash ^ UInt64(byte)) &* 0x100_0000_01b3
  }
  return String(hash, radix: 16)
}
