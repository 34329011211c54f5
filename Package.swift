// swift-tools-version: 6.2
import PackageDescription

/// Language rules every target of ours follows.
let rules: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A target of ours: its name, what it may import, and where it lies.
func module(
  _ name: String, importing dependencies: [Target.Dependency] = [], at path: String? = nil
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: path ?? "Sources/\(name)", swiftSettings: rules)
}

/// The tests of one module, with what else they need.
func tests(of module: String, with others: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(module)Tests", dependencies: [.init(stringLiteral: module)] + others,
    swiftSettings: rules)
}

let package = Package(
  name: "acsync",
  products: [.executable(name: "acsync", targets: ["acsync"])],
  targets: [
    // C libraries of the system, under a Swift name.
    .systemLibrary(
      name: "CLibPQ", path: "Sources/System/CLibPQ", pkgConfig: "libpq",
      providers: [.apt(["libpq-dev"])]),
    .systemLibrary(
      name: "CCurl", path: "Sources/System/CCurl", pkgConfig: "libcurl",
      providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(
      name: "CYAML", path: "Sources/System/CYAML", pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CMalloc", path: "Sources/System/CMalloc"),
    .systemLibrary(
      name: "CMicroHTTPD", path: "Sources/System/CMicroHTTPD", pkgConfig: "libmicrohttpd",
      providers: [.apt(["libmicrohttpd-dev"])]),
    // What the account offers: every stream, its columns, and the words for a page of it.
    module("Catalog"),
    // When something is to happen again: cron expressions, intervals, time zones; without a clock.
    module("Scheduling", importing: ["Catalog"]),
    // Metrics in Prometheus' text format, served and written to files.
    module("Monitoring", importing: ["CMicroHTTPD"]),
    // The source: one GET at a time, throttled, decoded into pages.
    module("ActiveCampaign", importing: ["Catalog", "CCurl"]),
    // The engine: plans, walks, workers, and the committer between them and the warehouse.
    module("Replication", importing: ["Catalog"]),
    // PostgreSQL over libpq; knows no stream.
    module("Postgres", importing: ["CLibPQ"]),
    // A private PostgreSQL cluster for those who have none.
    module("EmbeddedPostgres"),
    // The SQL that lays out schema acsync, embedded in the binary.
    .target(
      name: "SchemaMigrations", path: "migrations",
      resources: [
        .embedInCode("0001_state.sql"),
        .embedInCode("0002_deletions.sql"),
        .embedInCode("0003_budget.sql"),
        .embedInCode("0004_probe.sql"),
        .embedInCode("0005_reading.sql"),
        .embedInCode("0006_older_rows.sql"),
        .embedInCode("0007_accounts.sql"),
        .embedInCode("0008_verify.sql"),
        .embedInCode("0009_checks.sql"),
        .embedInCode("0010_audit.sql"),
        .embedInCode("0011_backfill.sql"),
        .embedInCode("0012_wide.sql"),
        .embedInCode("0013_shape.sql"),
        .embedInCode("0014_analytics.sql"),
        .embedInCode("0015_roles.sql"),
        .embedInCode("0016_history.sql"),
        .embedInCode("analytics"),
      ],
      swiftSettings: rules),
    // The warehouse: a page becomes rows, and rows and progress are committed together.
    module("Warehouse", importing: ["Catalog", "Postgres", "SchemaMigrations"]),
    // What leaves besides the GETs to the account: webhooks, pings, commands.
    module("Outbound", importing: ["Catalog", "CCurl"]),
    // replication.yaml and the environment, checked.
    module("Configuration", importing: ["Catalog", "Scheduling", "CYAML"]),
    // The API, played over loopback; shares nothing with the client.
    module("Simulator"),
    // One file a verb, and the wiring of all the above.
    .target(
      name: "Commands",
      dependencies: [
        "Catalog", "ActiveCampaign", "Replication", "Postgres", "EmbeddedPostgres", "Warehouse",
        "Configuration", "Outbound", "Simulator", "CMalloc", "Scheduling",
        "Monitoring",
      ],
      // A link to the file at the top, so that `acsync init` writes the one that ships.
      resources: [.embedInCode("replication.yaml")], swiftSettings: rules),
    .executableTarget(name: "acsync", dependencies: ["Commands"], swiftSettings: rules),

    // Tests, mirroring the modules; each that needs PostgreSQL gets a fresh database from TestSupport.
    module("TestSupport", importing: ["Postgres", "EmbeddedPostgres"], at: "Tests/TestSupport"),
    module("InMemoryEnds", importing: ["Catalog", "Replication"], at: "Tests/InMemoryEnds"),
    tests(of: "Catalog"),
    tests(of: "Scheduling", with: ["Catalog"]),
    tests(of: "Monitoring"),
    tests(of: "ActiveCampaign", with: ["Catalog"]),
    tests(of: "Replication", with: ["Catalog", "InMemoryEnds"]),
    tests(of: "Postgres", with: ["TestSupport"]),
    tests(of: "EmbeddedPostgres", with: ["Postgres", "TestSupport"]),
    tests(
      of: "Warehouse",
      with: [
        "Catalog", "Replication", "Postgres", "SchemaMigrations", "TestSupport", "InMemoryEnds",
      ]),
    tests(of: "Outbound", with: ["TestSupport"]),
    tests(of: "Configuration", with: ["Catalog"]),
    tests(of: "Simulator"),
    tests(
      of: "Commands",
      with: [
        "ActiveCampaign", "Catalog", "Configuration", "EmbeddedPostgres", "Postgres", "Replication",
        "Simulator", "Warehouse", "TestSupport", "Monitoring", "Scheduling", "acsync",
      ]),
    .testTarget(
      name: "EndToEndTests",
      dependencies: ["acsync", "Simulator", "Postgres", "EmbeddedPostgres", "TestSupport"],
      swiftSettings: rules),
    // The project's own rules: import directions, migrations, shipped files.
    .testTarget(name: "ProjectTests", swiftSettings: rules),
  ]
)
