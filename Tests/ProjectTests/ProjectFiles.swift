import Foundation

/// The files of this checkout, as the tests here read them.
enum ProjectFiles {
  /// The folder that holds Package.swift.
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The text of a file, by its path below the root.
  static func text(of path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The lines of a file, empty ones too.
  static func lines(of path: String) throws -> [Substring] {
    try text(of: path).split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// Paths of all files below a folder, from the root, in order; `ending` as in `.swift`.
  static func paths(in folder: String, ending: String = "") throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path())
      .filter { $0.hasSuffix(ending) && !$0.hasPrefix(".") }
      .map { "\(folder)/\($0)" }
      .filter { isFile($0) }
      .sorted()
  }

  /// Whether a path leads to a file, and not to a folder.
  static func isFile(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(
      atPath: root.appending(path: path).path(), isDirectory: &isFolder)
    return exists && !isFolder.boolValue
  }
}
