internal import Postgres

/// Finds names for the columns of custom fields: from their tags, as SQL takes them without quotes,
/// and none twice.
struct FieldColumnNames {
  private var taken: Set<String>
  private let reserved: Set<String>

  /// Names beside those that are taken.
  ///
  /// - Parameter reserved: words of SQL that no column bears without quotes.
  init(taken: Set<String>, reserved: Set<String>) {
    self.taken = taken
    self.reserved = reserved.union(Self.ofTheServer)
  }

  /// What every table of PostgreSQL has.
  private static let ofTheServer: Set<String> = [
    "tableoid", "xmin", "cmin", "xmax", "cmax", "ctid",
  ]

  /// The columns that a field lacks; `held` are those that it has, in the order of their appearance.
  mutating func columns(
    of field: CustomField, kinds: [FieldKind], beside held: [FieldColumn], from place: Int
  ) -> [FieldColumn] {
    var columns: [FieldColumn] = []
    for kind in kinds where !held.contains(where: { $0.kind == kind }) {
      // Named after the first, whatever the field is called by now.
      let first = (held + columns).first
      let name =
        first.map { free($0.name, "_\(kind.rawValue)", field.id) }
        ?? free(base(of: field), "", field.id)
      taken.insert(name)
      columns.append(
        FieldColumn(
          place: place + columns.count, field: field.id, kind: kind, name: name,
          isFilled: field.isLive))
    }
    return columns
  }

  private func base(of field: CustomField) -> String {
    for text in [field.tag, field.title] {
      let word = Self.word(text)
      guard let first = word.unicodeScalars.first else { continue }
      return first.properties.isAlphabetic ? word : "field_" + word
    }
    return "field_\(field.id)"
  }

  /// The name with its ending, and with the field's id where that is taken.
  private func free(_ base: String, _ ending: String, _ id: Int64) -> String {
    var name = Self.cut(base, for: ending)
    var attempt = 1
    while taken.contains(name) || reserved.contains(name) {
      name = Self.cut(base, for: ending + (attempt == 1 ? "_\(id)" : "_\(id)_\(attempt)"))
      attempt += 1
    }
    return name
  }

  /// A text with an ending, cut so that both fit a name of the server's.
  static func cut(_ text: String, for ending: String) -> String {
    var bytes = Identifier.maxBytes - ending.utf8.count
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      bytes -= UTF8.width(scalar)
      guard bytes >= 0 else { break }
      kept.append(scalar)
    }
    while kept.last == "_" { kept.removeLast() }
    return String(kept) + ending
  }

  /// A text as a word: letters and digits in lower case, what lies between them as one underscore.
  ///
  /// Scalar by scalar, since a grapheme may hide a quote below a mark.
  static func word(_ text: String) -> String {
    var word = String.UnicodeScalarView()
    var isBetween = false
    for scalar in text.lowercased().unicodeScalars {
      // Marks belong to the letter before them: without them, words of some scripts are others.
      let isPart =
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark: !word.isEmpty && !isBetween
        case .decimalNumber: true
        default: scalar.properties.isAlphabetic
        }
      guard isPart else {
        isBetween = true
        continue
      }
      if isBetween, !word.isEmpty { word.append("_") }
      isBetween = false
      word.append(scalar)
    }
    return String(word)
  }
}
