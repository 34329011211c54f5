import Catalog
import FoundationEssentials

extension Duration {
  /// In seconds, to the millisecond.
  var roundedSeconds: Double { (inSeconds * 1000).rounded() / 1000 }
}

/// Results for machines: names in snake case, in alphabetical order, so that two documents can be
/// compared line by line.
enum JSON {
  /// One document, as people like to read it.
  static func text(_ document: some Encodable) -> String { text(document, [.prettyPrinted]) }

  /// One document in one line.
  static func line(_ document: some Encodable) -> String { text(document, []) }

  private static func text(
    _ document: some Encodable, _ formatting: JSONEncoder.OutputFormatting
  ) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting.union([.sortedKeys, .withoutEscapingSlashes])
    encoder.keyEncodingStrategy = .convertToSnakeCase
    // Documents are our own types of texts, numbers and lists: none of them can fail to encode.
    guard let bytes = try? encoder.encode(document) else {
      preconditionFailure("\(type(of: document)) cannot be encoded")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Text as it stands between the quotes of a JSON text.
  static func escaped(_ text: String) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    guard let bytes = try? encoder.encode(text) else { preconditionFailure("text is no text") }
    return String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self)
  }
}
