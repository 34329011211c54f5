/// A source of the dbt project in integrations/dbt, as the YAML that dbt reads.
///
/// <https://docs.getdbt.com/reference/source-properties>
struct DbtSource {
  /// A table or view.
  struct Table {
    let name: String
    let meaning: String
    /// When it is a source at all, as an expression of dbt's; nil for always.
    var condition: String?
    /// Whether it can be late.
    var isDated = true
    let columns: [Column]
  }

  struct Column {
    let name: String
    let type: String
    let meaning: String
    let isPersonal: Bool
    /// Names of dbt's tests that it has to pass.
    var tests: [String] = []
  }

  let name: String
  let meaning: String
  /// The variable that names its schema, and what that is where nobody sets it.
  let schema: (variable: String, usual: String)
  let tables: [Table]

  /// The whole file.
  var text: String {
    var lines = [
      "# Written by `make docs`; changes here are lost.", "version: 2", "", "sources:",
      "  - name: \(name)",
      "    description: \(Self.quoted(meaning))",
      "    schema: \"{{ var('\(schema.variable)', '\(schema.usual)') }}\"",
      "    config:",
      "      loaded_at_query: \"{{ acsync.acsync_complete_as_of(this) }}\"",
      "      freshness:",
    ]
    for (word, hours) in [("warn", 24), ("error", 48)] {
      let count = "{{ var('acsync_\(word)_after_hours', \(hours)) | as_number }}"
      lines.append("        \(word)_after: {count: \"\(count)\", period: hour}")
    }
    lines.append("    tables:")
    return (lines + tables.flatMap(Self.lines)).joined(separator: "\n")
  }

  private static func lines(of table: Table) -> [String] {
    var lines = [
      "      - name: \(table.name)", "        description: \(quoted(table.meaning))",
    ]
    let enabled = table.condition.map { "enabled: \"{{ (\($0)) | as_bool }}\"" }
    let config = [enabled, table.isDated ? nil : "freshness: null"].compactMap(\.self)
    if !config.isEmpty { lines.append("        config: {\(config.joined(separator: ", "))}") }
    lines.append("        columns:")
    for column in table.columns {
      lines += self.lines(of: column, testedWith: enabled.map { "{config: {\($0)}}" })
    }
    return lines
  }

  /// - Parameter options: of its tests, which have to go where the table goes.
  private static func lines(of column: Column, testedWith options: String?) -> [String] {
    var lines = [
      "          - name: \(column.name)", "            data_type: \(column.type)",
      "            description: \(quoted(column.meaning))",
    ]
    if column.isPersonal { lines.append("            config: {meta: {pii: true}}") }
    if !column.tests.isEmpty { lines.append("            data_tests:") }
    return lines + column.tests.map { "              - \($0)\(options.map { ": \($0)" } ?? "")" }
  }

  /// Text as YAML reads it between apostrophes.
  private static func quoted(_ text: String) -> String {
    // dbt would take such braces for an expression.
    let plain = text.replacing("{{", with: "{ {").replacing("{%", with: "{ %")
    return "'\(plain.replacing("'", with: "''"))'"
  }
}
