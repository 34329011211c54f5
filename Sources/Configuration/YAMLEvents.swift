internal import CYAML

/// Why a text is no YAML.
struct YAMLProblem: Error {
  let what: String
  let place: Place
  let remedy: String
}

/// The events of libyaml's parser, one by one, as Swift values.
final class YAMLEvents {
  /// What begins, ends or stands at a place.
  struct Event {
    enum Kind {
      case scalar(String, isPlain: Bool)
      case alias
      case listStart, listEnd, mapStart, mapEnd
      case documentStart, documentEnd, streamStart, streamEnd
    }
    let kind: Kind
    let place: Place
    var hasAnchor = false
    var hasTag = false
  }

  private let file: String
  // libyaml keeps the addresses of both, so they must not move.
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let bytes: UnsafeMutableBufferPointer<UInt8>

  init(_ text: String, file: String) {
    self.file = file
    let source = Array(text.utf8)
    bytes = .allocate(capacity: source.count + 1)
    _ = bytes.initialize(from: source + [UInt8(ascii: "\n")])
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    // It can only fail for want of memory, as any Swift allocation would.
    precondition(yaml_parser_initialize(parser) == 1)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    bytes.deallocate()
  }

  /// The next event; after the last one, `streamEnd` again and again.
  func next() throws(YAMLProblem) -> Event {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw problem }
    defer { yaml_event_delete(&event) }
    let place = place(event.start_mark)
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let text = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      return Event(
        kind: .scalar(
          String(decoding: text, as: UTF8.self), isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE),
        place: place, hasAnchor: scalar.anchor != nil, hasTag: scalar.tag != nil)
    case YAML_SEQUENCE_START_EVENT:
      let start = event.data.sequence_start
      return Event(
        kind: .listStart, place: place, hasAnchor: start.anchor != nil, hasTag: start.tag != nil)
    case YAML_MAPPING_START_EVENT:
      let start = event.data.mapping_start
      return Event(
        kind: .mapStart, place: place, hasAnchor: start.anchor != nil, hasTag: start.tag != nil)
    case YAML_SEQUENCE_END_EVENT: return Event(kind: .listEnd, place: place)
    case YAML_MAPPING_END_EVENT: return Event(kind: .mapEnd, place: place)
    case YAML_ALIAS_EVENT: return Event(kind: .alias, place: place)
    case YAML_STREAM_START_EVENT: return Event(kind: .streamStart, place: place)
    case YAML_DOCUMENT_START_EVENT: return Event(kind: .documentStart, place: place)
    case YAML_DOCUMENT_END_EVENT: return Event(kind: .documentEnd, place: place)
    default: return Event(kind: .streamEnd, place: place)
    }
  }

  private func place(_ mark: yaml_mark_t) -> Place {
    Place(file: file, line: mark.line + 1, column: mark.column + 1)
  }

  private var problem: YAMLProblem {
    let words = parser.pointee.problem.map { String(cString: $0) } ?? "it cannot be read"
    if parser.pointee.error == YAML_READER_ERROR {
      // The mark is not set yet where the characters themselves are wrong: count the lines.
      let before = bytes.prefix(parser.pointee.problem_offset)
      let line = before.count { $0 == UInt8(ascii: "\n") } + 1
      return YAMLProblem(
        what: "this is no text: \(words)", place: Place(file: file, line: line, column: nil),
        remedy: "save the file as UTF-8 text")
    }
    let isAlias = words.contains("alias") || contextWords.contains("alias")
    let isInBraces = contextWords.contains("flow")
    return YAMLProblem(
      what: "this is no YAML: \(words)", place: place(parser.pointee.problem_mark),
      remedy: isAlias
        ? "put quotes around the pattern: '*'"
        : "check the indents, colons, quotes and brackets"
          + (isInBraces ? "; between { and } a ${NAME} needs quotes" : ""))
  }

  private var contextWords: String {
    parser.pointee.context.map { String(cString: $0) } ?? ""
  }
}
