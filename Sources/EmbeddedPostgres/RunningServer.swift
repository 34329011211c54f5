internal import FoundationEssentials
internal import Glibc

/// The server process of a cluster, if there is one.
struct RunningServer {
  let processID: Int32
  let since: Date

  /// Reads `postmaster.pid` and believes it only if that process works in the data folder: after a
  /// power cut the number may be another process's.
  init?(of layout: Layout) {
    guard let lines = Self.lines(of: layout.processFile), let process = Int32(lines[0].trimmed),
      Self.workingFolder(of: process) == Self.real(layout.dataFolder)
    else { return nil }
    processID = process
    since = Date(timeIntervalSince1970: lines.count > 2 ? Double(lines[2].trimmed) ?? 0 : 0)
  }

  /// The lock files that name a living process while nothing at all serves the data.
  ///
  /// The server would take that process for another server and refuse to start. The files of a
  /// process that is gone it replaces by itself.
  static func staleFiles(of layout: Layout) -> [String] {
    let files = [layout.processFile, layout.socketLockFile].filter { file in
      guard let process = lines(of: file).flatMap({ Int32($0[0].trimmed) }), process > 0
      else { return false }
      return kill(process, 0) == 0 || errno == EPERM
    }
    return files.isEmpty || isDataInUse(layout) ? [] : files
  }

  /// Whether any process works in the data folder, or answers at the socket: also what another
  /// container runs on the same folder, or what a killed server left behind.
  private static func isDataInUse(_ layout: Layout) -> Bool {
    let data = real(layout.dataFolder)
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return processes.compactMap { Int32($0) }.contains { workingFolder(of: $0) == data }
      || answers(at: layout.socketFile)
  }

  private static func lines(of file: String) -> [Substring]? {
    guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { return nil }
    return text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  private static func workingFolder(of process: Int32) -> String? {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/\(process)/cwd", &path, path.count)
    guard count > 0 else { return nil }
    return String(decoding: path.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func real(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func answers(at path: String) -> Bool {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return withUnsafePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
  }
}

extension Substring {
  fileprivate var trimmed: String { filter { !$0.isWhitespace } }
}
