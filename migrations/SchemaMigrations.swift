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
    ("0015_history", text(PackageResources._015_history_sql)),
  ]

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
