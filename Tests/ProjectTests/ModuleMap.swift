/// One module: where it lies, and what it may import.
struct ModuleRule {
  let name: String
  let folder: String
  /// Modules of ours; all of them stand above this one in the map.
  let ours: Set<String>
  /// Modules of the system and the toolchain.
  let others: Set<String>

  init(_ name: String, at folder: String? = nil, ours: Set<String> = [], others: Set<String> = []) {
    self.name = name
    self.folder = folder ?? "Sources/\(name)"
    self.ours = ours
    self.others = others
  }

  /// What speaks with the machine: clocks, files, sockets, threads.
  private static let machine: Set<String> = [
    "Dispatch", "FoundationEssentials", "Glibc", "Synchronization",
  ]

  /// The map, bottom first.
  ///
  /// An arrow that is not in it is a decision: change it here, on purpose.
  static let map: [ModuleRule] = [
    ModuleRule("CLibPQ", at: "Sources/System/CLibPQ"),
    ModuleRule("CCurl", at: "Sources/System/CCurl"),
    ModuleRule("CYAML", at: "Sources/System/CYAML"),
    ModuleRule("CMalloc", at: "Sources/System/CMalloc"),
    ModuleRule("CMicroHTTPD", at: "Sources/System/CMicroHTTPD"),
    // The words and the engine are values and rules: no clock, file or socket.
    ModuleRule("Catalog"),
    ModuleRule("Scheduling", ours: ["Catalog"]),
    ModuleRule("Monitoring", ours: ["CMicroHTTPD"], others: machine),
    ModuleRule("ActiveCampaign", ours: ["Catalog", "CCurl"], others: machine),
    ModuleRule("Replication", ours: ["Catalog"], others: ["Synchronization"]),
    ModuleRule("Postgres", ours: ["CLibPQ"], others: machine),
    ModuleRule("EmbeddedPostgres", others: machine),
    ModuleRule("SchemaMigrations", at: "migrations"),
    ModuleRule(
      "Warehouse", ours: ["Catalog", "Postgres", "SchemaMigrations"],
      others: ["Synchronization"]),
    ModuleRule("Outbound", ours: ["Catalog", "CCurl"], others: machine),
    ModuleRule("Configuration", ours: ["Catalog", "Scheduling", "CYAML"], others: machine),
    ModuleRule("Simulator", others: machine),
    ModuleRule(
      "Commands",
      ours: [
        "Catalog", "ActiveCampaign", "Replication", "Postgres", "EmbeddedPostgres", "Warehouse",
        "Configuration", "Outbound", "Simulator", "CMalloc", "Scheduling", "Monitoring",
      ],
      others: machine),
    ModuleRule("acsync", ours: ["Commands"]),
  ]
}
