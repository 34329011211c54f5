/// The SQL files beside this one, embedded in the program, in the order they are applied.
///
/// Append only: a file that has shipped never changes, since databases remember its checksum.
public enum SchemaMigrations {
  /// Each file's name without its ending, and its text.
  public static let all: [(name: String, sql: String)] = [
    ("0001_state", text(PackageResources._001_state_sql)),
    ("0002_deletions", text(PackageResources._002_deletions_sql)),
    ("0003_budget", text(PackageResources._003_budget_sql)),
    ("0004_probe", text(PackageResources._004_probe_sql)),
    ("0005_reading", text(PackageResources._005_reading_sql)),
    ("0006_older_rows", text(PackageResources._006_older_rows_sql)),
    ("0007_accounts", text(PackageResources._007_accounts_sql)),
    ("0008_verify", text(PackageResources._008_verify_sql)),
    ("0009_checks", text(PackageResources._009_checks_sql)),
    ("0010_audit", text(PackageResources._010_audit_sql)),
    ("0011_backfill", text(PackageResources._011_backfill_sql)),
    ("0012_wide", text(PackageResources._012_wide_sql)),
    ("0013_shape", text(PackageResources._013_shape_sql)),
    ("0014_analytics", text(PackageResources._014_analytics_sql)),
    ("0015_roles", text(PackageResources._015_roles_sql)),
    ("0016_history", text(PackageResources._016_history_sql)),
  ]

  /// The files that make what analysts read, in the order they are run: unlike those above they may
  /// change, and are run again then.
  public static let analytics: [(name: String, sql: String)] = [
    ("01_accounts", text(PackageResources._1_accounts_sql)),
    ("02_dates", text(PackageResources._2_dates_sql)),
    ("10_staging_contacts", text(PackageResources._0_staging_contacts_sql)),
    ("11_staging_lists_tags", text(PackageResources._1_staging_lists_tags_sql)),
    ("12_staging_deals", text(PackageResources._2_staging_deals_sql)),
    ("13_staging_people", text(PackageResources._3_staging_people_sql)),
    ("14_staging_campaigns", text(PackageResources._4_staging_campaigns_sql)),
    ("15_staging_automations", text(PackageResources._5_staging_automations_sql)),
    ("16_staging_events", text(PackageResources._6_staging_events_sql)),
    ("17_staging_shops", text(PackageResources._7_staging_shops_sql)),
    ("18_staging_history", text(PackageResources._8_staging_history_sql)),
    ("20_deal_steps", text(PackageResources._0_deal_steps_sql)),
    ("21_conversions", text(PackageResources._1_conversions_sql)),
    ("22_touches", text(PackageResources._2_touches_sql)),
    ("23_days", text(PackageResources._3_days_sql)),
    ("24_tag_months", text(PackageResources._4_tag_months_sql)),
    ("25_mails_since_open", text(PackageResources._5_mails_since_open_sql)),
    ("30_contacts", text(PackageResources._0_contacts_sql)),
    ("31_campaigns", text(PackageResources._1_campaigns_sql)),
    ("32_campaign_days", text(PackageResources._2_campaign_days_sql)),
    ("33_lists_tags", text(PackageResources._3_lists_tags_sql)),
    ("34_deals", text(PackageResources._4_deals_sql)),
    ("35_pipelines", text(PackageResources._5_pipelines_sql)),
    ("36_automations", text(PackageResources._6_automations_sql)),
    ("37_attribution", text(PackageResources._7_attribution_sql)),
    ("38_shops", text(PackageResources._8_shops_sql)),
    ("90_operations", text(PackageResources._0_operations_sql)),
  ]

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
