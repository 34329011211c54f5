import Catalog

/// The tables as a diagram in DBML, as dbdiagram.io and dbdocs.io draw it.
///
/// <https://dbml.dbdiagram.io/docs>
enum CatalogueDBML {
  static func text(of streams: [StreamDefinition]) -> String {
    var parts = [
      """
      Project acsync {
        database_type: 'PostgreSQL'
        Note: 'Tables that acsync keeps of an ActiveCampaign account.'
      }
      """
    ]
    parts += streams.map(table)
    let shown = Set(streams.map(\.id))
    let references = streams.flatMap { stream in
      stream.columns.compactMap { column -> String? in
        // A list of ids is no key of another table.
        guard let target = column.reference, !target.isList, shown.contains(target.stream) else {
          return nil
        }
        return "Ref: \(place(stream.id, column.name)) > \(place(target.stream, target.column))"
      }
    }
    if !references.isEmpty { parts.append(references.joined(separator: "\n")) }
    return parts.joined(separator: "\n\n")
  }

  private static func table(of stream: StreamDefinition) -> String {
    var lines = ["Table \(name(of: stream.id)) {"]
    for column in stream.columns {
      let settings = (column.isKey ? ["pk"] : []) + ["note: \(text(column.meaning))"]
      lines.append(field(column.name, column.kind.postgresType, settings))
    }
    lines += [
      field(
        "_synced_at", "timestamptz", ["not null", "note: 'When the service sent this version'"]),
      field("_deleted_at", "timestamptz", ["note: 'Null while the row lives'"]),
      field("_extra", "jsonb", ["note: 'Fields that are not declared'"]),
      "", "  Note: \(text(stream.summary))", "}",
    ]
    return lines.joined(separator: "\n")
  }

  private static func field(_ name: String, _ type: String, _ settings: [String]) -> String {
    "  \"\(name)\" \(type) [\(settings.joined(separator: ", "))]"
  }

  private static func name(of stream: StreamDefinition.ID) -> String {
    "\"activecampaign\".\"\(stream)\""
  }

  private static func place(_ stream: StreamDefinition.ID, _ column: String) -> String {
    "\(name(of: stream)).\"\(column)\""
  }

  /// Text between apostrophes.
  private static func text(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }
}
