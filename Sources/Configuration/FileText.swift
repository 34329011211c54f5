internal import Glibc

/// Why a file has no text for us.
enum FileProblem: Error, Equatable {
  case isMissing
  case isNoFile
  case cannotBeRead(reason: String)
  case isTooLong(bytes: Int)
  case isNoText
}

/// The whole text of a small file.
enum FileText {
  /// - Throws: `FileProblem`, also for files longer than `most` bytes and for bytes that are no UTF-8.
  static func read(_ path: String, most: Int) throws(FileProblem) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let code = errno
      if code == ENOENT || code == ENOTDIR { throw .isMissing }
      throw .cannotBeRead(reason: String(cString: strerror(code)))
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw .cannotBeRead(reason: String(cString: strerror(errno)))
    }
    if status.st_mode & S_IFMT == S_IFDIR { throw .isNoFile }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .cannotBeRead(reason: String(cString: strerror(errno))) }
      if count == 0 { break }
      bytes += chunk[..<count]
      guard bytes.count <= most else { throw .isTooLong(bytes: most) }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .isNoText }
    return text
  }
}

extension FileProblem {
  /// The problem as it follows a file's name, and what to do about it.
  var words: (what: String, remedy: String) {
    switch self {
    case .isMissing: ("does not exist", "check the name and the working directory")
    case .isNoFile: ("is a folder", "name a file")
    case .cannotBeRead(let reason): ("cannot be read: \(reason)", "let this user read it")
    case .isTooLong(let bytes): ("is longer than \(bytes) bytes", "check that it is the right file")
    case .isNoText: ("is not UTF-8 text", "save it as UTF-8")
    }
  }
}
