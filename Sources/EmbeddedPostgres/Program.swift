internal import FoundationEssentials
internal import Glibc

/// Runs another program to its end and gives what it said.
struct Program {
  struct Outcome {
    /// The exit code; negative when a signal ended it.
    let code: Int32
    /// Standard output and error together.
    let output: String
  }

  /// Only what the programs need: no `PG…` variable of ours may lead them to another cluster.
  private static let environment = [
    "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C", "TZ=UTC",
  ]

  let name: String
  let arguments: [String]

  /// A program by its path, or by its name in the system's own folders.
  init(_ name: String, _ arguments: [String]) {
    self.name = name
    self.arguments = arguments
  }

  /// Runs it from the root folder, since the server's user may not be able to enter ours.
  func run() throws -> Outcome {
    var path = Array("/tmp/acsync-output-XXXXXX".utf8CString)
    let output = mkstemp(&path)
    guard output >= 0 else { throw ClusterError.file(path: "/tmp", reason: lastFileError()) }
    defer { Glibc.close(output) }
    unlink(path)
    let process = try spawn(output: output)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    // wait(2): the low seven bits are the signal, the next byte the exit code.
    let signal = status & 0x7F
    return Outcome(code: signal == 0 ? status >> 8 & 0xFF : -signal, output: text(of: output))
  }

  /// Starts it and does not wait: it ends when it pleases, in a session of its own.
  func startDetached() throws {
    let null = open("/dev/null", O_WRONLY | O_CLOEXEC)
    defer { Glibc.close(null) }
    _ = try Program("setsid", ["--fork", name] + arguments).spawn(output: null)
  }

  private func spawn(output: Int32) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, output, 2)
    // The server outlives this process, and would hold open what others wait to see closed.
    // Closing what is not open is no failure here.
    for file in 3..<Int32(1024) { posix_spawn_file_actions_addclose(&actions, file) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A signal that this process ignores or holds back must reach the server all the same.
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let command = ["env", "--chdir=/", name] + arguments
    var process: pid_t = 0
    let failure = withCArray(command) { arguments in
      withCArray(Self.environment) { environment in
        posix_spawn(&process, "/usr/bin/env", &actions, &attributes, arguments, environment)
      }
    }
    guard failure == 0 else {
      throw ClusterError.file(path: "/usr/bin/env", reason: String(cString: strerror(failure)))
    }
    return process
  }

  private func text(of file: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 64 * 1024)
    let count = pread(file, &bytes, bytes.count, 0)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}

/// The system's word for what went wrong last.
func lastFileError() -> String { String(cString: strerror(errno)) }

/// Calls a C function with a list of texts ended by nil.
private func withCArray<Value>(
  _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
) -> Value {
  let copies = texts.map { strdup($0) }
  defer { copies.forEach { free($0) } }
  return body(copies + [nil])
}
