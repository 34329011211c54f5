internal import Glibc

/// The user the server runs as: this one, or when this is root an unprivileged one.
struct ServerUser {
  let name: String
  let id: uid_t
  let group: gid_t
  /// Whether programs must change to the user first.
  let isOther: Bool

  /// The user of a layout: who owns the cluster if it exists, so that it always opens again.
  /// - Throws: ``ClusterError/noServerUser``, ``ClusterError/folderOfAnother(folder:user:)``.
  init(for layout: Layout) throws {
    let owner = fileOwner(of: layout.cluster)
    guard geteuid() == 0 else {
      if let owner, owner != geteuid() {
        throw ClusterError.folderOfAnother(folder: layout.folder, user: Self.name(of: owner))
      }
      self.init(name: Self.name(of: geteuid()), id: geteuid(), group: getegid(), isOther: false)
      return
    }
    if let owner, owner != 0 {
      guard let user = Self.account({ getpwuid_r(owner, $0, $1, $2, $3) }) else {
        throw ClusterError.folderOfAnother(folder: layout.folder, user: "\(owner)")
      }
      self = user
      return
    }
    let known = ["postgres", "nobody"].compactMap { (name: String) in
      Self.account { getpwnam_r(name, $0, $1, $2, $3) }
    }
    guard let user = known.first else { throw ClusterError.noServerUser }
    self = user
  }

  private init(name: String, id: uid_t, group: gid_t, isOther: Bool) {
    self.name = name
    self.id = id
    self.group = group
    self.isOther = isOther
  }

  /// The program, run as this user.
  func program(_ name: String, _ arguments: [String]) -> Program {
    guard isOther else { return Program(name, arguments) }
    let change = ["--reuid=\(id)", "--regid=\(group)", "--clear-groups", "--"]
    return Program("setpriv", change + [name] + arguments)
  }

  private typealias Lookup = (
    UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
    UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
  ) -> Int32

  private static func account(_ lookup: Lookup) -> ServerUser? {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 16 * 1024)
    guard lookup(&entry, &buffer, buffer.count, &found) == 0, found != nil else { return nil }
    return ServerUser(
      name: String(cString: entry.pw_name), id: entry.pw_uid, group: entry.pw_gid, isOther: true)
  }

  /// A user's name, or its number where it has none.
  private static func name(of id: uid_t) -> String {
    account { getpwuid_r(id, $0, $1, $2, $3) }?.name ?? "\(id)"
  }
}

/// The owner of a file or folder itself, not of what a link leads to; nil when there is none.
func fileOwner(of path: String) -> uid_t? {
  var entry = stat()
  return lstat(path, &entry) == 0 ? entry.st_uid : nil
}
