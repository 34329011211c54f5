import Catalog

/// The catalogue for people.
enum CatalogueText {
  static func overview(_ streams: [StreamDefinition], on console: Console) {
    var table = TableText([
      .init("stream"), .init("modes", sacrifice: 1), .init("read", sacrifice: 2), .init("key"),
      .init("columns", isNumber: true, sacrifice: 4), .init("below", sacrifice: 3),
      .init("what a row is", sacrifice: 5),
    ])
    for stream in streams {
      table.add([
        stream.id.name, stream.modes.map(\.rawValue).joined(separator: ", "), stream.defaultWord,
        stream.keyName, "\(stream.columns.count)",
        (stream.parent?.stream ?? stream.carrier)?.name ?? "", stream.summary,
      ])
    }
    table.lines(width: console.resultTerminal.width).forEach(console.result)
  }

  /// Where what is said of a stream begins.
  private static let indent = 12

  static func describe(_ stream: StreamDefinition, on console: Console) {
    let width = console.resultTerminal.width
    let say = { (label: String, text: String) in
      let lines = TableText.folded(text, width: (width ?? .max) - indent, indent: 0)
      for (number, line) in lines.enumerated() {
        let margin = number == 0 ? "  \(label)" : ""
        console.result(margin + String(repeating: " ", count: indent - margin.count) + line)
      }
    }
    console.result(console.resultTerminal.bold(stream.id.name) + ": \(stream.summary)")
    say("read from", "GET /api/3/\(stream.path)")
    say("walked", stream.walkWords)
    say("a run", "reads \(stream.readingWords)")
    say("modes", stream.modes.map(\.rawValue).joined(separator: ", "))
    say("read", stream.defaultWords)
    if let parent = stream.parent { say("below", parent.stream.name) }
    if !stream.alsoReadBy.isEmpty { say("also by", stream.readerWords) }
    if let keeping = stream.keepingWords { say("kept", keeping) }
    if let warning = stream.standing.warning { say("beware", warning) }
    var table = TableText([
      .init("column"), .init("type"), .init("field of the API", sacrifice: 1),
      .init("personal", sacrifice: 3), .init("meaning", sacrifice: 2),
    ])
    for column in stream.columns {
      table.add([
        column.name + (column.isKey ? " (key)" : column.isCounter ? " (counter)" : ""),
        column.kind.postgresType, column.field,
        column.isPersonal ? "yes" : "", column.meaning,
      ])
    }
    console.result("")
    table.lines(width: width).forEach(console.result)
    console.result("")
  }
}
