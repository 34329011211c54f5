import Catalog

/// The streams' tables as sources of dbt: `integrations/dbt/models/sources/activecampaign.yml`.
enum CatalogueDbt {
  static func text(of streams: [StreamDefinition]) -> String {
    DbtSource(
      name: "activecampaign",
      meaning: "The tables of an ActiveCampaign account, as acsync keeps them",
      schema: ("acsync_schema", "activecampaign"), tables: streams.map(table)
    ).text
  }

  private static func table(of stream: StreamDefinition) -> DbtSource.Table {
    let variable = "var('acsync_streams', 'default')"
    let isNamed = "'\(stream.id)' in \(variable)"
    return DbtSource.Table(
      name: stream.id.name, meaning: stream.summary,
      condition: stream.isUsual ? "\(variable) == 'default' or \(isNamed)" : isNamed,
      columns: stream.columns.map(column) + system)
  }

  private static func column(_ column: Column) -> DbtSource.Column {
    DbtSource.Column(
      name: column.name, type: column.kind.postgresType, meaning: column.meaning,
      isPersonal: column.isPersonal, tests: column.isKey ? ["unique", "not_null"] : [])
  }

  /// What every table has besides.
  private static let system = [
    DbtSource.Column(
      name: "_synced_at", type: "timestamptz", meaning: "When the service sent this version",
      isPersonal: false),
    DbtSource.Column(
      name: "_deleted_at", type: "timestamptz", meaning: "Null while the row lives",
      isPersonal: false),
    DbtSource.Column(
      name: "_extra", type: "jsonb", meaning: "Fields that are not declared", isPersonal: true),
  ]
}
