/// The keys of each part of `replication.yaml`: those that are read, and those that are known from Sling
/// or from the design, and refused with a reason instead of being silently ignored.
struct KnownKeys {
  /// The part's name, as in "source_options has no key …".
  let part: String
  /// Keys that are read.
  let read: [String]
  /// Keys of later versions.
  var later: [String] = []
  /// Keys that mean nothing here, since the source is an API or the target a table.
  var senseless: [String] = []

  static let root = KnownKeys(
    part: "the file",
    read: [
      "source", "target", "env", "defaults", "accounts", "streams", "schedule", "hooks",
      "notify",
    ])

  static let account = KnownKeys(
    part: "an account",
    read: [
      "source", "api_key", "api_key_file", "schema", "disabled", "mode", "tags", "description",
      "source_options", "target_options", "streams",
    ])

  static let stream = KnownKeys(
    part: "a stream",
    read: [
      "mode", "object", "primary_key", "update_key", "disabled", "tags", "description",
      "source_options", "target_options", "hooks", "checks", "select", "columns", "transforms",
      "where", "history", "snapshot",
    ],
    later: ["id"],
    senseless: ["sql", "single", "files", "change_capture_options"])

  static let sourceOptions = KnownKeys(
    part: "source_options",
    read: [
      Options.requestsPerSecond.name, Options.concurrency.name, Options.pageSize.name,
      Options.maxRequests.name, Options.maxDuration.name, Options.parallelAccounts.name,
      Options.anchorDate.name, Options.lookback.name, Options.refresh.name,
      Options.auditRequests.name, Options.accountTimeZone.name,
    ],
    later: ["range", "limit"],
    senseless: [
      "empty_as_null", "header", "flatten", "fields_per_rec", "compression", "format", "null_if",
      "datetime_format", "skip_blank_lines", "skip_lines", "delimiter", "escape", "quote",
      "max_decimals", "jmespath", "jq", "sheet", "offset", "chunk_size", "chunk_count",
      "chunk_expr",
      "encoding",
    ])

  static let targetOptions = KnownKeys(
    part: "target_options",
    read: [Options.deleteMissing.name, Options.maxDeleteRatio.name, Options.maxDeleteRows.name]
      + ReplicationFileDecoder.tableOptions,
    later: [
      "column_typing",
      "merge_strategy", "batch_limit",
      "batch_max_duration", "table_ddl", "table_tmp",
      "isolation_level",
      "direct_insert", "ignore_existing", "use_bulk", "concurrency",
    ],
    senseless: [
      "header", "compression", "datetime_format", "delimiter", "file_max_rows", "file_max_bytes",
      "format", "max_decimals", "encoding",
    ])

  /// Why a key of this part is refused, and what to do; nil where it is read.
  func refusal(of key: String) -> (what: String, remedy: String)? {
    if read.contains(key) { return nil }
    if later.contains(key) {
      return ("\(key) is known, but not in this version", "remove it")
    }
    if senseless.contains(key) {
      return ("\(key) means nothing between an API and a table", "remove it")
    }
    let elsewhere = [Self.root, .account, .stream, .sourceOptions, .targetOptions].first {
      $0.read.contains(key) || $0.later.contains(key)
    }
    let remedy =
      if let meant = suggestion(for: key, among: read) {
        meant
      } else if let elsewhere {
        "it belongs to \(elsewhere.part)"
      } else if let meant = suggestion(for: key, among: later + senseless) {
        meant
      } else {
        read.isEmpty ? "remove it" : "the keys are \(read.joined(separator: ", "))"
      }
    return ("\(part) has no key \(key.shown)", remedy)
  }
}
