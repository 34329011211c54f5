internal import Glibc

/// Why something of the machine was refused: the call, what it was about, and the system's words.
public struct MonitoringError: Error, Sendable, Hashable {
  /// What could not be done: `cannot be written`.
  public let what: String
  /// The file or address.
  public let place: String
  /// Why, in the system's words.
  public let reason: String
}

/// A file that is replaced as a whole: a reader sees all of the old text or all of the new one.
public enum TextFile {
  /// Writes a text into a file beside the one that is meant, and moves it there.
  ///
  /// Readable to all, as the collector of Prometheus' node exporter needs it.
  /// - Throws: `MonitoringError`; the old file is then left as it was.
  public static func replace(_ path: String, by text: String) throws(MonitoringError) {
    // The collector reads names that end in .prom, and nothing else.
    var template = Array("\(path).XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw error("cannot be written", path) }
    let temporary = String(
      decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    do throws(MonitoringError) {
      try write(text, to: descriptor, path)
      guard rename(temporary, path) == 0 else { throw error("cannot be replaced", path) }
    } catch {
      unlink(temporary)
      throw error
    }
    settleFolder(of: path)
  }

  private static func write(
    _ text: String, to descriptor: Int32, _ path: String
  ) throws(MonitoringError) {
    defer { close(descriptor) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw error("cannot be written", path) }
      bytes = bytes.dropFirst(written)
    }
    guard fchmod(descriptor, 0o644) == 0, fsync(descriptor) == 0 else {
      throw error("cannot be written", path)
    }
  }

  /// So that the new name outlives a power cut; where a folder cannot be synced the old one may come back.
  private static func settleFolder(of path: String) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    _ = fsync(descriptor)
    close(descriptor)
  }

  private static func error(_ what: String, _ path: String) -> MonitoringError {
    MonitoringError(what: what, place: path, reason: String(cString: strerror(errno)))
  }
}
