import Catalog

extension Verb {
  static let discover = Verb(
    "discover", "what can be read: streams, and with a stream's name its columns",
    operands: "[STREAM …]",
    details: "Needs no account and no database: it shows what acsync knows of the API."
  ) { invocation in
    let streams = try invocation.arguments.operands.map { name throws(UsageError) in
      guard let stream = StreamDefinition.named(name) else { throw .unknownStream(name) }
      return stream
    }
    let console = invocation.console
    let shown = streams.isEmpty ? StreamDefinition.all : streams
    if invocation.wantsJSON {
      console.result(JSON.text(CatalogDocument(shown)))
    } else if streams.isEmpty {
      Discovery.overview(shown).lines(width: console.resultTerminal.width)
        .forEach(console.result)
    } else {
      for stream in streams { Discovery.describe(stream, on: console) }
    }
    return .done
  }
}

/// The catalogue for people.
private enum Discovery {
  static func overview(_ streams: [StreamDefinition]) -> TableText {
    var table = TableText([
      .init("stream"), .init("modes"), .init("key"), .init("columns", isNumber: true, sacrifice: 2),
      .init("below", sacrifice: 1), .init("what a row is", sacrifice: 3),
    ])
    for stream in streams {
      table.add([
        stream.id.name, stream.modes.map(\.rawValue).joined(separator: ", "), stream.keyName,
        "\(stream.columns.count)", stream.parent?.stream.name ?? "", stream.summary,
      ])
    }
    return table
  }

  static func describe(_ stream: StreamDefinition, on console: Console) {
    console.result(console.resultTerminal.bold(stream.id.name) + ": \(stream.summary)")
    console.result("  read from GET /api/3/\(stream.path)")
    console.result("  modes     \(stream.modes.map(\.rawValue).joined(separator: ", "))")
    if let parent = stream.parent { console.result("  below     \(parent.stream)") }
    var table = TableText([
      .init("column"), .init("type"), .init("field of the API", sacrifice: 1),
      .init("meaning", sacrifice: 2),
    ])
    for column in stream.columns {
      table.add([
        column.name + (column.isKey ? " (key)" : ""), column.kind.postgresType, column.field,
        column.meaning,
      ])
    }
    console.result("")
    table.lines(width: console.resultTerminal.width).forEach(console.result)
    console.result("")
  }
}

extension StreamDefinition {
  /// The modes that make a difference for it.
  fileprivate var modes: [Mode] { isIncremental ? [.incremental, .fullRefresh] : [.fullRefresh] }

  /// The primary key's name.
  fileprivate var keyName: String { columns[keyIndex].name }
}

/// The catalogue in JSON.
private struct CatalogDocument: Encodable {
  struct Stream: Encodable {
    let name: String
    let summary: String
    let path: String
    let primaryKey: String
    let modes: [String]
    let updateKey: String?
    let parent: String?
    let columns: [Field]
  }

  struct Field: Encodable {
    let name: String
    let field: String
    let type: String
    let meaning: String
  }

  let streams: [Stream]

  init(_ definitions: [StreamDefinition]) {
    streams = definitions.map { stream in
      Stream(
        name: stream.id.name, summary: stream.summary, path: stream.path,
        primaryKey: stream.keyName, modes: stream.modes.map(\.rawValue),
        updateKey: stream.versionIndex.map { stream.columns[$0].name },
        parent: stream.parent?.stream.name,
        columns: stream.columns.map {
          Field(
            name: $0.name, field: $0.field, type: $0.kind.postgresType, meaning: $0.meaning)
        })
    }
  }
}
