import Catalog
import Testing

@Suite struct `Every documented field` {
  /// The documented fields by stream: the field and its type.
  static let streams: [(name: String, fields: [(field: String, kind: String)])] = {
    var streams: [(name: String, fields: [(field: String, kind: String)])] = []
    let all = [
      documentedFields, documentedFieldsOfContacts, documentedFieldsOfSales,
      documentedFieldsOfMailing, documentedFieldsOfAccount,
    ]
    for line in all.flatMap({ $0.split(separator: "\n") }) {
      let words = line.split(separator: " ").map { $0 == "-" ? "" : String($0) }
      if line.hasPrefix(" ") {
        streams[streams.count - 1].fields.append(
          (words[0], words.dropFirst().joined(separator: " ")))
      } else {
        streams.append((words[0], []))
      }
    }
    return streams
  }()

  @Test func `is listed for all streams`() {
    #expect(Set(Self.streams.map(\.name)) == Set(StreamDefinition.all.map(\.id.name)))
  }

  @Test(arguments: StreamDefinition.all)
  func `is declared with its type, or omitted`(_ stream: StreamDefinition) throws {
    let documented = try #require(Self.streams.first { $0.name == stream.id.name })
    for (field, kind) in documented.fields {
      let column = stream.columns.first { $0.field == field && $0.madeFrom.isEmpty }
      if kind.hasSuffix("omitted") {
        #expect(column == nil && stream.omitted.contains(field), "\(stream.id).\(field)")
      } else {
        #expect(column?.kind.rawValue == kind, "\(stream.id).\(field)")
      }
    }
    let known = Set(documented.fields.map(\.field))
    let undocumented = stream.columns.filter { $0.madeFrom.isEmpty && !known.contains($0.field) }
    #expect(undocumented.isEmpty)
  }
}
