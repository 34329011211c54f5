import Catalog
import Configuration
import Warehouse

extension Option {
  fileprivate static let format = Option(
    "format", value: CatalogueFormat.allCases.map(\.rawValue).joined(separator: "|"),
    "how to print it; default text")
  fileprivate static let shown = Option(
    "streams", value: "A,B", isRepeatable: true, "only these streams, as behind discover")
  fileprivate static let warehouse = Option(
    "warehouse", "what the warehouse holds instead: views, histories, their columns")
  fileprivate static let ends = Option.configured.filter { $0.name != Option.streams.name }
}

/// How the catalogue can be printed.
enum CatalogueFormat: String, CaseIterable {
  case text, json, markdown, dbml, mermaid, schema, dbt
}

extension Verb {
  static let discover = Verb(
    "discover", "what can be read: streams, and with a stream's name its columns",
    operands: "[STREAM …]",
    details: """
      Needs no account and no database: it shows what acsync knows of the API. Streams
      marked costly are read only where their names are written, in replication.yaml or
      in --streams; hourly ones are left alone for an hour once they are proven complete.

      Besides text: json, markdown (docs/streams.md), dbml and mermaid (diagrams of the
      tables), schema: the JSON Schema of replication.yaml, for editors, and dbt: the
      tables as sources of a dbt project (integrations/dbt).

      With --warehouse it asks the database what is there for analysts, as text, json,
      markdown (docs/warehouse.md), mermaid or dbt; acsync migrate has to have been run.
      """,
    options: [.format, .shown, .warehouse] + Option.ends
  ) { invocation in
    let format = try format(of: invocation)
    if invocation.arguments.has(.warehouse) { return try await describe(invocation, format) }
    let named = try streams(named: invocation.arguments)
    let shown = named.isEmpty ? StreamDefinition.all : named
    let console = invocation.console
    switch format {
    case .text where named.isEmpty: CatalogueText.overview(shown, on: console)
    case .text: named.forEach { CatalogueText.describe($0, on: console) }
    case .json: console.result(JSON.text(CatalogueDocument(shown)))
    case .markdown: console.result(CatalogueMarkdown.text(of: named))
    case .dbml: console.result(CatalogueDBML.text(of: shown))
    case .mermaid: console.result(CatalogueMermaid.text(of: shown, isWhole: !named.isEmpty))
    case .dbt: console.result(CatalogueDbt.text(of: shown))
    case .schema:
      guard named.isEmpty else {
        throw UsageError.contradiction("--format schema", "the name of a stream")
      }
      console.result(SchemaText.text(of: FileSchema.document))
    }
    return .done
  }

  /// Prints what the database holds, as it describes itself.
  private static func describe(
    _ invocation: Invocation, _ format: CatalogueFormat
  ) async throws -> ExitCode {
    if let name = invocation.arguments.operands.first ?? invocation.arguments.value(of: .shown) {
      throw UsageError.contradiction("--warehouse", name)
    }
    if format == .dbml || format == .schema {
      throw UsageError.contradiction("--warehouse", "--format \(format.rawValue)")
    }
    let setup = try Setup(invocation)
    let loader = try await setup.openLoader(
      account: (try? setup.account()) ?? "", note: invocation.note)
    let relations = try await loader.dictionary()
    await loader.close()
    let console = invocation.console
    switch format {
    case .json: console.result(JSON.text(WarehouseDocument(relations, in: loader.place)))
    case .markdown: console.result(WarehouseMarkdown.text(of: relations))
    case .mermaid:
      console.result(WarehouseMermaid.text(of: relations.filter { $0.name.hasPrefix("stg_") }))
    case .dbt: console.result(WarehouseDbt.text(of: relations))
    case .text, .dbml, .schema:
      for relation in relations {
        console.result("\(relation.schema).\(relation.name)")
        let width = console.resultTerminal.width ?? 100
        for line in TableText.folded("  " + relation.meaning, width: width, indent: 2) {
          console.result(line)
        }
      }
    }
    return .done
  }

  private static func format(of invocation: Invocation) throws(UsageError) -> CatalogueFormat {
    guard let text = invocation.arguments.value(of: .format) else {
      return invocation.wantsJSON ? .json : .text
    }
    guard let format = CatalogueFormat(rawValue: text) else {
      throw .badValue(
        text, option: Option.format.name,
        expected: "one of \(CatalogueFormat.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    if invocation.wantsJSON, format != .json { throw .contradiction("--json", "--format \(text)") }
    return format
  }

  private static func streams(named arguments: Arguments) throws(UsageError) -> [StreamDefinition] {
    let listed = arguments.value(of: .shown).map { $0.split(separator: ",") } ?? []
    var streams: [StreamDefinition] = []
    for name in arguments.operands + listed.map(String.init) {
      guard let stream = StreamDefinition.named(name) else { throw .unknownStream(name) }
      if !streams.contains(stream) { streams.append(stream) }
    }
    return streams
  }
}
