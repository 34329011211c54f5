/// Why the private cluster could not be made, started or stopped.
public enum ClusterError: Error, Sendable, Hashable {
  /// The machine has no PostgreSQL server, or not one of these versions' programs.
  case binariesMissing
  /// The data is of another major version than any that is installed.
  case versionMismatch(folder: String, data: Int, installed: [Int])
  /// The user that the server runs as cannot enter the folder.
  case folderUnreachable(folder: String, user: String)
  /// The folder belongs to another user.
  case folderOfAnother(folder: String, user: String)
  /// Root runs no server, and there is no user `postgres` or `nobody` to run it.
  case noServerUser
  /// The disk that holds the folder is full.
  case diskFull(folder: String)
  /// A file or folder refused an operation.
  case file(path: String, reason: String)
  /// A program of PostgreSQL failed; its last words.
  case programFailed(program: String, folder: String, words: String)

  /// What happened.
  public var what: String {
    switch self {
    case .binariesMissing: "no PostgreSQL server is installed"
    case .versionMismatch(_, let data, let installed):
      "the data was made by PostgreSQL \(data), and installed is \(listed(installed))"
    case .folderUnreachable(_, let user):
      "the server's user \(user) cannot enter the folder"
    case .folderOfAnother(_, let user): "the folder belongs to the user \(user)"
    case .noServerUser: "PostgreSQL refuses to run as root, and there is no user to run it"
    case .diskFull: "the disk is full"
    case .file(_, let reason): reason
    case .programFailed(let program, _, let words): "\(program) failed: \(words)"
    }
  }

  /// Where it happened; nil when it is the machine as a whole.
  public var place: String? {
    switch self {
    case .binariesMissing, .noServerUser: nil
    case .versionMismatch(let folder, _, _), .folderUnreachable(let folder, _),
      .folderOfAnother(let folder, _), .diskFull(let folder),
      .programFailed(_, let folder, _):
      folder
    case .file(let path, _): path
    }
  }

  /// What to do about it.
  public var remedy: String {
    switch self {
    case .binariesMissing:
      "install it (Debian, Ubuntu: apt install postgresql), or set DATABASE_URL to a server"
    case .versionMismatch(_, let data, _):
      "install PostgreSQL \(data) (Debian, Ubuntu: apt install postgresql-\(data)), "
        + "or move the folder away to begin anew"
    case .folderUnreachable(let folder, let user):
      "choose a folder that \(user) can enter, or open the way: chmod o+x \(folder) and above"
    case .folderOfAnother(_, let user): "run as \(user), or choose another folder"
    case .noServerUser: "create one (useradd --system postgres), or run as an ordinary user"
    case .diskFull: "free some space, or choose a folder on another disk"
    case .file: "look at the path's owner and permissions, or choose another folder"
    case .programFailed: "read the server's log in the folder"
    }
  }

  private func listed(_ versions: [Int]) -> String {
    versions.isEmpty ? "none" : versions.map(String.init).joined(separator: ", ")
  }
}

extension ClusterError: CustomStringConvertible {
  /// What happened, where, and what to do.
  public var description: String {
    "\(what)\(place.map { ", at \($0)" } ?? ""); \(remedy)"
  }
}
