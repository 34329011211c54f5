import FoundationEssentials
import Glibc

/// What is known of the machine and the process: nothing that names a person.
enum Machine {
  /// The system's name, the kernel, and what hardware it takes itself for.
  static var system: String {
    var names = utsname()
    uname(&names)
    func text<Characters>(_ characters: Characters) -> String {
      withUnsafeBytes(of: characters) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
    }
    let kernel = "\(text(names.sysname)) \(text(names.release)) \(text(names.machine))"
    return [distribution, kernel].compactMap(\.self).joined(separator: ", ")
  }

  /// `Debian GNU/Linux 12 (bookworm)`; nil where the system does not tell.
  private static var distribution: String? {
    lines(of: "/etc/os-release").first { $0.hasPrefix("PRETTY_NAME=") }
      .map { $0.dropFirst(12).filter { $0 != "\"" } }
  }

  /// The compiler that built the program.
  static var compiler: String {
    #if compiler(>=6.4)
      "6.4 or later"
    #elseif compiler(>=6.3)
      "6.3"
    #else
      "6.2"
    #endif
  }

  static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Memory of the machine and what is free of it, in bytes.
  static var memory: (total: Int64, free: Int64)? {
    let fields = lines(of: "/proc/meminfo")
    func bytes(_ name: String) -> Int64? {
      fields.first { $0.hasPrefix(name) }
        .flatMap { Int64($0.split { !$0.isNumber }.first ?? "") }.map { $0 * 1024 }
    }
    guard let total = bytes("MemTotal:"), let free = bytes("MemAvailable:") else { return nil }
    return (total, free)
  }

  /// What this process' group may use, in bytes; nil where nothing limits it.
  static var memoryLimit: Int64? {
    let places = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"]
    return places.lazy.compactMap { lines(of: $0).first.flatMap { Int64($0) } }
      .first { $0 < 1 << 50 }
  }

  /// Free bytes of the file system that a path, or what there is of it, lies on.
  static func freeDisk(at path: String) -> Int64? {
    var path = path
    var status = statvfs()
    while statvfs(path, &status) != 0 {
      guard let slash = path.lastIndex(of: "/"), path.count > 1 else { return nil }
      path = slash == path.startIndex ? "/" : String(path[..<slash])
    }
    return Int64(status.f_bavail) * Int64(status.f_frsize)
  }

  /// How many files the process may have open.
  static var openFiles: UInt64 {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    return UInt64(limit.rlim_cur)
  }

  /// Whether others than its owner may read a file; nil where there is none.
  static func isOpenToOthers(_ path: String) -> Bool? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return status.st_mode & 0o077 != 0
  }

  private static func lines(of path: String) -> [String] {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").map(String.init)
  }
}
