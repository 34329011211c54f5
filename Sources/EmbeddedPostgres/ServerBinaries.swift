internal import FoundationEssentials
internal import Glibc

/// An installed PostgreSQL server: its programs' folder and its major version.
struct ServerBinaries: Hashable {
  let folder: String
  let version: Int

  /// The path of one of its programs.
  func path(of program: String) -> String { folder + "/" + program }

  /// The installed server that fits the data, or the newest where there is no data yet.
  /// - Throws: ``ClusterError/binariesMissing``, ``ClusterError/versionMismatch(folder:data:installed:)``.
  static func find(forDataIn layout: Layout) throws -> ServerBinaries {
    try choose(from: installed(), for: layout.majorVersion, in: layout.folder)
  }

  static func choose(
    from installed: [ServerBinaries], for version: Int?, in folder: String
  ) throws -> ServerBinaries {
    guard let newest = installed.max(by: { $0.version < $1.version }) else {
      throw ClusterError.binariesMissing
    }
    guard let version else { return newest }
    guard let fitting = installed.first(where: { $0.version == version }) else {
      let versions = Set(installed.map(\.version)).sorted()
      throw ClusterError.versionMismatch(folder: folder, data: version, installed: versions)
    }
    return fitting
  }

  /// The servers on this machine: Debian's folders, then what `pg_config` and the path lead to.
  static func installed() throws -> [ServerBinaries] {
    let debian = versionFolders(in: "/usr/lib/postgresql").map { "\($0)/bin" }
    let configured = try Program("pg_config", ["--bindir"]).run()
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let others =
      (configured.code == 0 ? [String(configured.output.prefix { $0 != "\n" })] : [])
      + path.split(separator: ":").map(String.init)
    var found = debian.compactMap(inspect)
    for folder in others
    where folder.hasPrefix("/") && !found.contains(where: { $0.folder == folder }) {
      if let binaries = inspect(folder) { found.append(binaries) }
    }
    return found
  }

  private static func versionFolders(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { Int($0) != nil }.map { folder + "/" + $0 }
  }

  /// The server in a folder, if all of the programs needed are there.
  private static func inspect(_ folder: String) -> ServerBinaries? {
    let needed = ["initdb", "pg_ctl", "postgres"].map { folder + "/" + $0 }
    guard needed.allSatisfy({ access($0, X_OK) == 0 }),
      let answer = try? Program(folder + "/postgres", ["--version"]).run(), answer.code == 0
    else { return nil }
    // postgres (PostgreSQL) 15.4 (Debian 15.4-1)
    let version = answer.output.split(separator: " ").lazy
      .compactMap { Int($0.prefix { $0.isNumber }) }.first
    return version.map { ServerBinaries(folder: folder, version: $0) }
  }
}
