internal import FoundationEssentials
internal import Glibc

/// Where a cluster's parts lie.
///
/// The folder itself belongs to who starts the cluster, and `cluster` in it to the user the server
/// runs as. When these are root and `postgres`, root writes nothing inside `cluster` itself: a
/// link planted there must not lead it elsewhere.
struct Layout: Sendable {
  /// Names the socket's file; nothing listens on the network.
  static let port = 5432
  /// The longest path of a unix socket.
  private static let maxSocketPathBytes = 107

  let folder: String

  init(folder: String) {
    self.folder = absolute(folder)
  }

  /// What the server's user owns.
  var cluster: String { folder + "/cluster" }
  var dataFolder: String { cluster + "/data" }
  /// Data in the making: becomes ``dataFolder`` when it is whole.
  var newDataFolder: String { cluster + "/data.new" }
  var logFile: String { cluster + "/postgres.log" }
  /// Our settings, included by the server's own file.
  var settingsFile: String { folder + "/acsync.conf" }
  var lockFile: String { folder + "/lock" }
  /// Locked by the process that a temporary cluster belongs to.
  var ownerFile: String { folder + "/owner" }

  /// The socket's folder: inside the cluster, or under /tmp where that path is too long.
  var socketFolder: String {
    let inside = cluster + "/socket"
    let path = inside + "/.s.PGSQL.\(Self.port)"
    return path.utf8.count <= Self.maxSocketPathBytes ? inside : "/tmp/acsync-\(folderHash)"
  }

  var hasSocketFolderElsewhere: Bool { !socketFolder.hasPrefix(folder) }
  var socketFile: String { socketFolder + "/.s.PGSQL.\(Self.port)" }
  var socketLockFile: String { socketFile + ".lock" }
  /// What the server writes about its process while it runs.
  var processFile: String { dataFolder + "/postmaster.pid" }

  /// The major version that made the data; nil when there is none.
  var majorVersion: Int? {
    let text = try? String(contentsOfFile: dataFolder + "/PG_VERSION", encoding: .utf8)
    return text.flatMap { Int($0.prefix { $0.isNumber }) }
  }

  /// The user's data folder by the XDG rules, or for root one that a server's user can enter.
  static func defaultFolder(
    environment: [String: String] = ProcessInfo.processInfo.environment,
    isRoot: Bool = geteuid() == 0
  ) -> String {
    guard !isRoot else { return "/var/lib/acsync/postgres" }
    // By the XDG rules a relative path counts as none.
    if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
      return data + "/acsync/postgres"
    }
    let home = environment["HOME"] ?? FileManager.default.homeDirectoryForCurrentUser.path
    return home + "/.local/share/acsync/postgres"
  }

  /// FNV-1a of the folder's path: two clusters get two names, and one always the same.
  private var folderHash: String {
    let hash = folder.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3
    }
    return String(hash, radix: 16)
  }
}

private func absolute(_ path: String) -> String {
  let whole = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
  let parts = whole.split(separator: "/").filter { $0 != "." }
  return "/" + parts.joined(separator: "/")
}
