/// A table for people: aligned columns, as many as the width allows.
struct TableText: Sendable {
  /// One column.
  struct Column: Sendable {
    /// What stands above it.
    let title: String
    /// Numbers stand at the right.
    var isNumber = false
    /// Columns with a higher number are left out first where the width is short; 0 is never left out.
    var sacrifice = 0

    init(_ title: String, isNumber: Bool = false, sacrifice: Int = 0) {
      self.title = title
      self.isNumber = isNumber
      self.sacrifice = sacrifice
    }
  }

  /// The columns, left to right.
  let columns: [Column]
  /// The rows; each has a text per column.
  private(set) var rows: [[String]] = []
  /// A row set off below the others, such as sums.
  var footer: [String]?
  /// Whether titles stand above the columns.
  var hasTitles = true

  init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row.
  mutating func add(_ row: [String]) {
    precondition(row.count == columns.count, "a row needs a text for each column")
    rows.append(row)
  }

  /// The table's lines, none wider than `width`; nil limits nothing.
  func lines(width: Int?) -> [String] {
    let all =
      (hasTitles ? [columns.map(\.title)] : []) + rows + (footer.map { [$0] } ?? [])
    var widths = columns.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    let shown = fit(&widths, into: width)
    var lines = all.map { line($0, shown, widths) }
    if footer != nil { lines.insert(line(rule(widths), shown, widths), at: lines.count - 1) }
    if hasTitles { lines.insert(line(rule(widths), shown, widths), at: 1) }
    return lines
  }

  private static let gap = 2

  /// Leaves out columns, and then narrows the widest text, until the rest fits.
  private func fit(_ widths: inout [Int], into width: Int?) -> [Int] {
    var shown = Array(columns.indices)
    guard let width else { return shown }
    func total() -> Int { shown.map { widths[$0] }.reduce(0, +) + Self.gap * (shown.count - 1) }
    while total() > width,
      let worst = shown.filter({ columns[$0].sacrifice > 0 })
        .max(by: { columns[$0].sacrifice < columns[$1].sacrifice })
    {
      shown.removeAll { $0 == worst }
    }
    let texts = shown.filter { !columns[$0].isNumber }
    while total() > width, let widest = texts.max(by: { widths[$0] < widths[$1] }),
      widths[widest] > 4
    {
      widths[widest] -= 1
    }
    return shown
  }

  private func rule(_ widths: [Int]) -> [String] { widths.map { String(repeating: "─", count: $0) } }

  private func line(_ row: [String], _ shown: [Int], _ widths: [Int]) -> String {
    let cells = shown.map { column in
      let text = Self.cut(row[column], to: widths[column])
      let space = String(repeating: " ", count: max(0, widths[column] - text.count))
      return columns[column].isNumber ? space + text : text + space
    }
    let joined = cells.joined(separator: String(repeating: " ", count: Self.gap))
    return String(joined.reversed().drop { $0 == " " }.reversed())
  }
}

extension TableText {
  /// `text`, its end replaced by an ellipsis if it is longer than `width`.
  static func cut(_ text: String, to width: Int) -> String {
    text.count <= width ? text : String(text.prefix(max(0, width - 1))) + "…"
  }

  /// `text` in lines of at most `width` columns, all but the first indented; long words stay whole.
  static func folded(_ text: String, width: Int, indent: Int) -> [String] {
    let margin = text.prefix { $0 == " " }
    var lines: [String] = []
    var line = String(margin)
    for word in text.split(whereSeparator: \.isWhitespace) {
      let isBegun = line.contains { $0 != " " }
      if isBegun, line.count + 1 + word.count > width {
        lines.append(line)
        line = String(repeating: " ", count: indent) + word
      } else {
        line += (isBegun ? " " : "") + word
      }
    }
    return lines + [line]
  }
}
