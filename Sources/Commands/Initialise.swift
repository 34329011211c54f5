import Glibc

extension Verb {
  static let initialise = Verb(
    "init", "write a commented replication.yaml to begin with",
    operands: "[FILE]",
    details: "Writes replication.yaml into this folder, or FILE; leaves an existing file alone.",
    options: [Initialisation.force]
  ) { invocation in
    let operands = invocation.arguments.operands
    if operands.count > 1 { throw UsageError.unexpectedOperand(operands[1], verb: "init") }
    let path = operands.first ?? "replication.yaml"
    try Initialisation.write(to: path, force: invocation.arguments.has(Initialisation.force))
    if invocation.wantsJSON {
      invocation.console.result(JSON.text(["file": path]))
    } else {
      invocation.console.result(path)
    }
    invocation.note("next: set ACTIVECAMPAIGN_URL and ACTIVECAMPAIGN_API_KEY, then acsync check")
    return .done
  }
}

/// Writing the example that ships with the source, and inside the binary.
private enum Initialisation {
  static let force = Option("force", "overwrite the file if it exists")

  static func write(to path: String, force: Bool) throws(UsageError) {
    // Made and checked in one step: a file that appears in between is not overwritten.
    let flags = O_WRONLY | O_CREAT | (force ? O_TRUNC : O_EXCL)
    let descriptor = open(path, flags, 0o644)
    guard descriptor >= 0 else {
      throw errno == EEXIST ? .fileExists(path) : failure(path)
    }
    defer { close(descriptor) }
    var rest = example[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard written > 0 else { throw failure(path) }
      rest = rest.dropFirst(written)
    }
  }

  /// The example without its first line, which leads editors to a file beside it in the source.
  private static var example: [UInt8] {
    let text = PackageResources.replication_yaml
    let end = text.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return text.starts(with: "# yaml-language-server".utf8) ? Array(text[end...]) : text
  }

  private static func failure(_ path: String) -> UsageError {
    .fileNotWritten(path, reason: String(cString: strerror(errno)))
  }
}
