internal import FoundationEssentials
internal import Glibc

/// The steps of making, starting and stopping a cluster; they block.
struct Launch {
  /// How long a start may take: after a power cut the server replays its log first.
  private static let startSeconds = 300
  private static let stopSeconds = 120
  private static let startAttempts = 5
  /// A log of this size is set aside at the next start, in place of the one before.
  private static let maxLogBytes = 16 << 20

  let cluster: Cluster
  private var layout: Layout { cluster.layout }

  init(cluster: Cluster) {
    self.cluster = cluster
  }

  func start() throws {
    let user = try ServerUser(for: layout)
    try makeFolder()
    try withFolderLock(layout.lockFile) {
      guard RunningServer(of: layout) == nil else { return }
      let binaries = try ServerBinaries.find(forDataIn: layout)
      try makeClusterFolder(of: user)
      try writeSettings()
      if layout.majorVersion == nil { try makeData(binaries, user) }
      try clearLeftovers(user)
      if cluster.purpose == .temporary { try startWatch(binaries, user) }
      try startServer(binaries, user)
    }
  }

  func stop() throws {
    guard layout.majorVersion != nil else { return }
    let user = try ServerUser(for: layout)
    try withFolderLock(layout.lockFile) {
      guard RunningServer(of: layout) != nil else { return }
      let binaries = try ServerBinaries.find(forDataIn: layout)
      try run(stopProgram(binaries, user, mode: "fast"), as: "pg_ctl stop")
    }
  }

  // MARK: Folders

  private func makeFolder() throws {
    // Root's folder is entered by the server's user; another's is closed to all others.
    let mode: mode_t = geteuid() == 0 ? 0o755 : 0o700
    var path = ""
    for part in layout.folder.split(separator: "/") {
      path += "/" + part
      guard mkdir(path, mode) != 0 else {
        chmod(path, mode)  // whatever the umask took away
        continue
      }
      guard errno == EEXIST || access(path, X_OK) == 0 else { throw fileError(path) }
    }
  }

  private func makeClusterFolder(of user: ServerUser) throws {
    try makeFolder(layout.cluster, of: user)
    guard try user.program("test", ["-w", layout.cluster]).run().code == 0 else {
      throw ClusterError.folderUnreachable(folder: layout.folder, user: user.name)
    }
    if layout.hasSocketFolderElsewhere {
      // Under /tmp anyone may have been there first.
      try makeFolder(layout.socketFolder, of: user)
    } else {
      try run(user.program("mkdir", ["-p", "-m", "700", layout.socketFolder]), as: "mkdir")
    }
  }

  /// Makes a folder that only the user may enter, or makes sure that it is one.
  private func makeFolder(_ path: String, of user: ServerUser) throws {
    if mkdir(path, 0o700) == 0 {
      guard !user.isOther || lchown(path, user.id, user.group) == 0 else { throw fileError(path) }
      return
    }
    guard errno == EEXIST else { throw fileError(path) }
    var entry = stat()
    guard lstat(path, &entry) == 0 else { throw fileError(path) }
    guard entry.st_mode & S_IFMT == S_IFDIR, entry.st_uid == user.id, entry.st_mode & 0o077 == 0
    else {
      throw ClusterError.file(
        path: path, reason: "it should be a folder that only \(user.name) may enter")
    }
  }

  private func fileError(_ path: String) -> ClusterError {
    errno == ENOSPC
      ? .diskFull(folder: layout.folder) : .file(path: path, reason: lastFileError())
  }

  // MARK: Data

  /// Written at every start, since the socket's folder follows the cluster's.
  private func writeSettings() throws {
    let text = ServerSettings(
      socketFolder: layout.socketFolder, maxConnections: cluster.maxConnections,
      isTemporary: cluster.purpose == .temporary
    ).text
    do {
      try Data(text.utf8).write(to: URL(filePath: layout.settingsFile), options: .atomic)
    } catch {
      throw fileError(layout.settingsFile)
    }
    guard chmod(layout.settingsFile, 0o644) == 0 else { throw fileError(layout.settingsFile) }
  }

  /// Makes the data beside its place and moves it there when it is whole, so that a start that was
  /// killed leaves nothing that looks like a cluster.
  private func makeData(_ binaries: ServerBinaries, _ user: ServerUser) throws {
    let new = layout.newDataFolder
    try run(user.program("rm", ["-rf", "--", new]), as: "rm")
    let options =
      ["-U", Cluster.name, "-E", "UTF8", "--locale=C.UTF-8", "--lc-messages=C"]
      + ["--auth-local=trust", "--auth-host=reject"]
      + (cluster.purpose == .temporary ? ["--no-sync"] : ["--data-checksums"])
    try run(
      user.program(binaries.path(of: "initdb"), ["-D", new] + options), as: "initdb")
    let include = "include '../../acsync.conf'"
    try run(
      user.program(
        "sh", ["-c", "echo \"$1\" >> \"$2\"", "sh", include, new + "/postgresql.conf"]), as: "sh")
    try makeDatabase(binaries, user, in: new)
    try run(user.program("mv", ["-T", "--", new, layout.dataFolder]), as: "mv")
  }

  /// Makes the database in single-user mode, before anyone can connect.
  private func makeDatabase(
    _ binaries: ServerBinaries, _ user: ServerUser, in data: String
  ) throws {
    let script = "echo \"CREATE DATABASE $1\" | \"$2\" --single -D \"$3\" postgres"
    let postgres = binaries.path(of: "postgres")
    let outcome = try run(
      user.program("sh", ["-c", script, "sh", Cluster.name, postgres, data]), as: "postgres")
    // In this mode a statement that fails is not told by the exit code.
    guard !outcome.output.contains("ERROR:") else { throw failure("postgres", outcome.output) }
  }

  // MARK: Server

  private func clearLeftovers(_ user: ServerUser) throws {
    for file in RunningServer.staleFiles(of: layout) {
      try run(user.program("rm", ["-f", "--", file]), as: "rm")
    }
    var log = stat()
    if lstat(layout.logFile, &log) == 0, log.st_size > Self.maxLogBytes {
      let old = layout.logFile + ".1"
      try run(user.program("mv", ["-fT", "--", layout.logFile, old]), as: "mv")
    }
  }

  private func startServer(_ binaries: ServerBinaries, _ user: ServerUser) throws {
    let place = ["-D", layout.dataFolder, "-l", layout.logFile]
    let wait = ["-w", "-t", "\(Self.startSeconds)"]
    let start = user.program(binaries.path(of: "pg_ctl"), place + wait + ["start"])
    for attempt in 1...Self.startAttempts {
      let outcome = try start.run()
      guard outcome.code != 0 else { return }
      // The children of a server that was killed take a moment to notice.
      let isWaiting = logEnd().contains("shared memory block") && attempt < Self.startAttempts
      guard isWaiting else { throw failure("pg_ctl start", outcome.output) }
      sleep(1)
    }
  }

  /// Starts what ends a temporary cluster: it waits for a lock that this process holds until it
  /// dies, however it dies, then stops the server and removes the folder.
  private func startWatch(_ binaries: ServerBinaries, _ user: ServerUser) throws {
    let owner = open(layout.ownerFile, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard owner >= 0 else { throw fileError(layout.ownerFile) }
    guard flock(owner, LOCK_EX | LOCK_NB) == 0 else {
      close(owner)  // an earlier start holds it, and its watch waits
      return
    }
    let stop = stopProgram(binaries, user, mode: "immediate")
    let script = "folder=$1 socket=$2; shift 2; \"$@\"; rm -rf -- \"$folder\" \"$socket\""
    let watch = Program(
      "flock",
      [layout.ownerFile, "sh", "-c", script, "sh", layout.folder, layout.socketFolder]
        + [stop.name] + stop.arguments)
    try watch.startDetached()
  }

  private func stopProgram(
    _ binaries: ServerBinaries, _ user: ServerUser, mode: String
  ) -> Program {
    user.program(
      binaries.path(of: "pg_ctl"),
      ["-D", layout.dataFolder, "-m", mode, "-w", "-t", "\(Self.stopSeconds)", "stop"])
  }

  // MARK: Programs

  @discardableResult
  private func run(_ program: Program, as name: String) throws -> Program.Outcome {
    let outcome = try program.run()
    guard outcome.code == 0 else { throw failure(name, outcome.output) }
    return outcome
  }

  /// The error of a program that failed: what it said, and what the server's log says at its end.
  private func failure(_ name: String, _ output: String) -> ClusterError {
    let log = name.hasPrefix("pg_ctl") ? logEnd() : ""
    let words = (output + "\n" + log).split(separator: "\n")
    if words.contains(where: { $0.contains("No space left on device") }) {
      return .diskFull(folder: layout.folder)
    }
    let telling = words.filter { line in
      ["FATAL", "PANIC", "ERROR", "error", "DETAIL", "HINT"].contains { line.contains($0) }
    }
    let chosen = telling.isEmpty ? words.suffix(3) : telling.suffix(4)
    return .programFailed(
      program: name, folder: layout.folder, words: chosen.joined(separator: "; "))
  }

  private func logEnd() -> String {
    let file = open(layout.logFile, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else { return "" }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let end = lseek(file, 0, SEEK_END)
    let count = pread(file, &bytes, bytes.count, max(0, end - bytes.count))
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}
