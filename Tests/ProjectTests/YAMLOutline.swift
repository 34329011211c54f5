/// A YAML file of plain blocks as a list of paths: `services.sync.image` → `acsync`.
///
/// Enough for files of our own, whose maps and lists are indented blocks; the keys of `<<` and of
/// lists in brackets stay as they are written.
struct YAMLOutline {
  /// Each key's path and what stands behind it, in order; items of a list repeat its path.
  private(set) var entries: [(path: String, value: String)] = []

  /// Reads a text; lines of a block scalar (`|`) become one value.
  init(_ text: String) {
    var open: [(indent: Int, key: String)] = []
    var block: (indent: Int, index: Int)?
    for line in text.split(separator: "\n") {
      let content = line.drop { $0 == " " }
      let indent = line.count - content.count
      if let (outer, index) = block, indent > outer {
        entries[index].value += content + "\n"
        continue
      }
      block = nil
      guard content.first != "#", !content.isEmpty else { continue }
      let isItem = content.hasPrefix("- ")
      // An item belongs to the list above it also where it is not indented further than its key.
      open.removeAll { $0.indent > indent || $0.indent == indent && !isItem }
      let parents = open.map(\.key)
      let (key, value) = Self.parts(isItem ? content.dropFirst(2) : content)
      let path = (parents + (key.map { [$0] } ?? [])).joined(separator: ".")
      entries.append((path, value == "|" ? "" : value))
      if value == "|" { block = (indent, entries.count - 1) }
      if let key, !isItem { open.append((indent, key)) }
    }
  }

  /// The first value at a path; nil if it is not there.
  subscript(_ path: String) -> String? { entries.first { $0.path == path }?.value }

  /// All values at a path: the items of a list.
  func all(_ path: String) -> [String] {
    entries.filter { $0.path == path && !$0.value.isEmpty }.map(\.value)
  }

  /// The keys directly below a path, in order.
  func keys(below path: String) -> [String] {
    entries.map(\.path).filter { $0.hasPrefix(path + ".") }
      .map { String($0.dropFirst(path.count + 1)) }.filter { !$0.contains(".") }
  }

  private static func parts(_ content: Substring) -> (key: String?, value: String) {
    guard let match = content.prefixMatch(of: /(?<key>[\w<-]+):(?:\s+(?<value>.*))?$/) else {
      return (nil, String(content))
    }
    return (String(match.output.key), String(match.output.value ?? ""))
  }
}
