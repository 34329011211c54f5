import Warehouse

/// The views for analysts as sources of dbt: `integrations/dbt/models/sources/analytics.yml`, but for the
/// tests, which `make docs` adds from `integrations/dbt/view-tests.yml`.
enum WarehouseDbt {
  static func text(of relations: [WarehouseRelation]) -> String {
    DbtSource(
      name: "activecampaign_analytics",
      meaning: "Views for analysts over all ActiveCampaign accounts, as acsync makes them",
      schema: ("acsync_analytics_schema", "analytics"),
      tables: relations.filter(isEverywhere).map(table)
    ).text
  }

  /// What tells of runs rather than of the account, in every warehouse.
  private static let watch: Set<String> = ["data_freshness", "sync_health", "row_reconciliation"]

  /// Whether it is for reading, and the same in every warehouse: not what marts are made of, and nothing
  /// that depends on custom fields or on how many accounts there are.
  private static func isEverywhere(_ relation: WarehouseRelation) -> Bool {
    guard relation.schema == "analytics" else { return false }
    let isOfAccount = ["stg_activecampaign__", "activecampaign__", "dim_"]
      .contains { relation.name.hasPrefix($0) }
    return isOfAccount || watch.contains(relation.name)
  }

  private static func table(of relation: WarehouseRelation) -> DbtSource.Table {
    DbtSource.Table(
      name: relation.name, meaning: relation.meaning,
      // Of what is made of no stream nothing can be late.
      isDated: !watch.contains(relation.name) && !relation.name.hasPrefix("dim_")
        && relation.name != "stg_activecampaign__source_accounts",
      columns: relation.columns.map {
        DbtSource.Column(
          name: $0.name, type: $0.type, meaning: $0.meaning, isPersonal: $0.isPersonal)
      })
  }
}
