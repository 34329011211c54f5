/// What the service says of an error, in its own few words; never a row's values.
enum ServiceMessage {
  private static let maxLength = 200
  /// Bodies longer than this are no error messages.
  private static let maxBodyBytes = 64 << 10

  /// The `message` of an error's body, else the `title` of its first error; nil where there is none.
  static func text(of body: [UInt8]) -> String? {
    guard body.count <= maxBodyBytes else { return nil }
    let span = body.span
    var reader = JSONReader()
    guard let root = try? reader.value(in: span) else { return nil }
    let fields = JSONFields(of: root, in: span)
    let text =
      fields.text("message", in: span) ?? fields["errors"].flatMap { title(of: $0, in: span) }
    return text.map { $0.printable(atMost: maxLength) }
  }

  /// The `title` of the first of several errors, or of the only one.
  static func title(of errors: JSONSlice, in text: Span<UInt8>) -> String? {
    var first = errors
    if errors.kind == .array {
      var reader = JSONReader(at: errors.range.lowerBound + 1)
      guard (try? reader.hasElement(in: text, isFirst: true)) == true,
        let element = try? reader.value(in: text)
      else { return nil }
      first = element
    }
    return JSONFields(of: first, in: text).text("title", in: text)
  }
}

/// The members of one JSON object, for small ones that are read once.
struct JSONFields {
  private var slices: [String: JSONSlice] = [:]

  /// Lists the members of `object`, a value that has been read to its end; none for other kinds.
  init(of object: JSONSlice, in text: Span<UInt8>) {
    guard object.kind == .object else { return }
    var reader = JSONReader(at: object.range.lowerBound + 1)
    var repairs: JSONRepairs = []
    while let key = try? reader.key(in: text, isFirst: slices.isEmpty),
      let value = try? reader.value(in: text)
    {
      slices[JSONString.decoded(key, in: text, repairs: &repairs)] = value
    }
  }

  /// The member of this name.
  subscript(_ name: String) -> JSONSlice? { slices[name] }

  /// A string, or a number in its spelling; nil for anything else.
  func text(_ name: String, in text: Span<UInt8>) -> String? {
    guard let slice = slices[name] else { return nil }
    var repairs: JSONRepairs = []
    switch slice.kind {
    case .string: return JSONString.decoded(slice, in: text, repairs: &repairs)
    case .number: return JSONString.copied(slice.range, of: text)
    default: return nil
    }
  }
}

extension String {
  /// This text in one line of at most `length` characters, each of them printable.
  func printable(atMost length: Int) -> String {
    let scalars = unicodeScalars.prefix(length).map { scalar -> Unicode.Scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
        .paragraphSeparator:
        " "
      default: scalar
      }
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text) + (unicodeScalars.count > length ? "…" : "")
  }
}
