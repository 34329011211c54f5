import Glibc

/// One process of its own group: started, fed, listened to and ended; all of it blocks.
struct ChildProcess: Sendable {
  enum Ending: Sendable, Equatable {
    case notStarted(Int32)
    /// With its code (128 and more for a signal), and the end of what it wrote.
    case ended(Int32, [UInt8])
    case tookTooLong
  }

  /// How long nothing is looked at, at most.
  private static let pause: Int32 = 50

  let arguments: [String]
  let environment: [String: String]
  let input: [UInt8]
  let deadline: Duration
  let grace: Duration
  let keptBytes: Int

  /// Runs it to its end.
  func run(_ flag: EndFlag) -> Ending {
    var (stdin, stdout) = ([Int32](repeating: -1, count: 2), [Int32](repeating: -1, count: 2))
    guard pipe(&stdin) == 0 else { return .notStarted(errno) }
    guard pipe(&stdout) == 0 else {
      let reason = errno
      stdin.forEach { close($0) }
      return .notStarted(reason)
    }
    var child: pid_t = 0
    let failure = spawn(&child, input: stdin[0], output: stdout[1])
    close(stdin[0])
    close(stdout[1])
    guard failure == 0 else {
      close(stdin[1])
      close(stdout[0])
      return .notStarted(failure)
    }
    return attend(child, Pipes(feeding: stdin[1], input, from: stdout[0], keeping: keptBytes), flag)
  }

  private func spawn(_ child: inout pid_t, input: Int32, output: Int32) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, output, 2)
    // Neither our connections nor any other end of a pipe. Closing what is not open is no failure.
    for file in 3..<Int32(1024) { posix_spawn_file_actions_addclose(&actions, file) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (all, none) = (sigset_t(), sigset_t())
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    posix_spawnattr_setflags(&attributes, Int16(flags))
    return withCStrings(arguments) { arguments in
      withCStrings(environment.map { "\($0.key)=\($0.value)" }) { environment in
        guard let program = arguments[0] else { return EINVAL }
        return posix_spawnp(&child, program, &actions, &attributes, arguments, environment)
      }
    }
  }

  /// Feeds it and takes what it writes until it ends, by itself or because it must.
  private func attend(_ child: pid_t, _ pipes: consuming Pipes, _ flag: EndFlag) -> Ending {
    let start = ContinuousClock.now
    var isTold = false
    while !hasEnded(child) {
      pipes.pass(waiting: Self.pause)
      let time = ContinuousClock.now - start
      if time >= deadline || flag.isSet, !isTold {
        isTold = true
        kill(-child, SIGTERM)
      }
      if isTold, time >= deadline + grace || flag.isSet { kill(-child, SIGKILL) }
    }
    // It is not reaped yet, so its group's number cannot be another's by now.
    if isTold { kill(-child, SIGKILL) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    pipes.pass(waiting: 0)
    if isTold { return .tookTooLong }
    let signal = status & 0x7F
    return .ended(signal == 0 ? (status >> 8) & 0xFF : 128 + signal, pipes.kept)
  }

  private func hasEnded(_ child: pid_t) -> Bool {
    var info = siginfo_t()
    guard waitid(P_PID, id_t(child), &info, WEXITED | WNOHANG | WNOWAIT) == 0 else { return true }
    return info.si_signo == SIGCHLD
  }
}

/// The way into a process and the way out of it; neither ever holds us up.
private struct Pipes: ~Copyable {
  private var way: Int32
  private var rest: ArraySlice<UInt8>
  private var back: Int32
  private let most: Int
  /// The last bytes that came.
  private(set) var kept: [UInt8] = []

  init(feeding way: Int32, _ input: [UInt8], from back: Int32, keeping most: Int) {
    self.way = way
    self.back = back
    self.most = most
    rest = input[...]
    for descriptor in [way, back] { _ = fcntl(descriptor, F_SETFL, O_NONBLOCK) }
  }

  deinit {
    if way >= 0 { close(way) }
    if back >= 0 { close(back) }
  }

  /// Writes and reads what can be, after waiting so many milliseconds at most.
  mutating func pass(waiting milliseconds: Int32) {
    var polled = [
      pollfd(fd: rest.isEmpty ? -1 : way, events: Int16(POLLOUT), revents: 0),
      pollfd(fd: back, events: Int16(POLLIN), revents: 0),
    ]
    poll(&polled, 2, milliseconds)
    if rest.isEmpty || polled[0].revents != 0 { feed() }
    if polled[1].revents != 0 { take() }
  }

  private mutating func feed() {
    guard way >= 0 else { return }
    if !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(way, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) }
      // It reads no more: that is its own affair.
      if count < 0, errno != EAGAIN, errno != EINTR { rest = [] }
    }
    if rest.isEmpty {
      close(way)
      way = -1
    }
  }

  private mutating func take() {
    guard back >= 0 else { return }
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(back, &buffer, buffer.count)
      if count > 0 {
        kept = (kept + buffer.prefix(count)).suffix(most)
      } else {
        if count < 0, errno == EAGAIN || errno == EINTR { return }
        close(back)
        back = -1
        return
      }
    }
  }
}

/// Lends texts as a list of C strings that ends with null.
private func withCStrings<Result>(
  _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  let copies = texts.map { strdup($0) } + [nil]
  defer { copies.forEach { free($0) } }
  return copies.withUnsafeBufferPointer { buffer in
    // A list with a null in it is never empty.
    guard let list = buffer.baseAddress else { preconditionFailure("a list without its end") }
    return body(list)
  }
}
