/// Turns the text of a YAML file into nodes with places, and refuses what a configuration has no use
/// for: keys given twice, anchors and aliases, tags, several documents, depth and size without end.
struct YAMLReader {
  /// How deep lists and maps may lie in each other.
  static let mostDepth = 16
  /// The longest text that is read.
  static let mostBytes = 1 << 20

  private let events: YAMLEvents
  private let file: String
  private var mistakes: Mistakes

  /// The root of the document; nil where the text is no YAML at all, with the reason in `mistakes`.
  static func read(_ text: String, file: String, _ mistakes: inout Mistakes) -> YAMLNode? {
    guard text.utf8.count <= mostBytes else {
      mistakes.add(
        "the file is larger than \(mostBytes >> 20) MB",
        at: Place(file: file, line: 1, column: nil),
        remedy: "check that it is the right file")
      return nil
    }
    var reader = YAMLReader(events: YAMLEvents(text, file: file), file: file, mistakes: mistakes)
    defer { mistakes = reader.mistakes }
    do {
      return try reader.document()
    } catch {
      reader.mistakes.add(error.what, at: error.place, remedy: error.remedy)
      return nil
    }
  }

  private mutating func document() throws(YAMLProblem) -> YAMLNode {
    var root: YAMLNode?
    while true {
      let event = try events.next()
      switch event.kind {
      case .streamStart, .documentEnd: continue
      case .documentStart where root == nil: root = try node(events.next(), depth: 0)
      case .documentStart:
        throw YAMLProblem(
          what: "a second document begins here", place: event.place, remedy: "remove the line ---")
      default:
        let empty = YAMLNode.Scalar(text: "", written: "", isPlain: true)
        return root
          ?? YAMLNode(place: Place(file: file, line: 1, column: 1), content: .scalar(empty))
      }
    }
  }

  private mutating func node(_ event: YAMLEvents.Event, depth: Int) throws(YAMLProblem) -> YAMLNode
  {
    guard depth <= Self.mostDepth else {
      throw YAMLProblem(
        what: "lists and maps lie more than \(Self.mostDepth) deep in each other",
        place: event.place, remedy: "nothing here needs that: check the brackets and indents")
    }
    if event.hasAnchor || event.hasTag {
      mistakes.add(
        event.hasAnchor ? "anchors (&name) are not read" : "tags (!name) are not read",
        at: event.place, remedy: "remove it and write the value out")
    }
    switch event.kind {
    case .scalar(let text, let isPlain):
      let scalar = YAMLNode.Scalar(text: text, written: text, isPlain: isPlain)
      return YAMLNode(place: event.place, content: .scalar(scalar))
    case .listStart: return YAMLNode(place: event.place, content: .list(try list(depth)))
    case .mapStart: return YAMLNode(place: event.place, content: .map(try map(depth)))
    default:
      mistakes.add(
        "aliases (*name) are not read", at: event.place,
        remedy: "write the value out; a pattern needs quotes: '*'")
      return YAMLNode(place: event.place, content: .unreadable)
    }
  }

  private mutating func list(_ depth: Int) throws(YAMLProblem) -> [YAMLNode] {
    var nodes: [YAMLNode] = []
    while true {
      let event = try events.next()
      if case .listEnd = event.kind { return nodes }
      nodes.append(try node(event, depth: depth + 1))
    }
  }

  private mutating func map(_ depth: Int) throws(YAMLProblem) -> [YAMLNode.Entry] {
    var entries: [YAMLNode.Entry] = []
    var lines: [String: Int] = [:]
    while true {
      let event = try events.next()
      if case .mapEnd = event.kind { return entries }
      let key = try node(event, depth: depth + 1)
      let value = try node(events.next(), depth: depth + 1)
      guard case .scalar(let scalar) = key.content else {
        if case .unreadable = key.content { continue }
        mistakes.add(
          "a key must be text, and here is \(key.kind)", at: key.place, remedy: "write a name")
        continue
      }
      if let line = lines[scalar.text] {
        mistakes.add(
          "the key \(scalar.text.shown) stands here a second time", at: key.place,
          remedy: "keep this one or that of line \(line)")
        continue
      }
      lines[scalar.text] = key.place.line
      entries.append(.init(key: .init(text: scalar.text, place: key.place), value: value))
    }
  }
}
