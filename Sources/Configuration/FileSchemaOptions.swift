internal import Catalog

/// What may stand under `defaults` or a stream.
extension FileSchema {
  static let mode = SchemaValue.orVariable(.words(Mode.allCases.map(\.rawValue)))
    .said("incremental: only what changed, where the API can tell; full-refresh: everything")

  /// The keys of an entry, wherever it stands.
  static let entry: [String: SchemaValue] = [
    "mode": mode,
    "object": SchemaValue.defined("text").said("What tables are called"),
    "primary_key": SchemaValue.defined("texts").said("The key, which the catalogue knows"),
    "update_key": SchemaValue.defined("text").said("The column that tells when a row changed"),
    "disabled": SchemaValue.defined("flag").said("Whether it is left out"),
    "tags": SchemaValue.defined("texts").said("Names to select it by: --streams tag:NAME"),
    "description": SchemaValue.defined("text").said("For people"),
    "source_options": SchemaValue.closed(.sourceOptions, sourceOptions).said("How it is read"),
    "target_options": SchemaValue.closed(.targetOptions, targetOptions).said("How it is written"),
    "hooks": SchemaValue.closed(ReplicationFileDecoder.streamHookKeys, streamHooks)
      .said("What is done before and after it is read"),
    "checks": SchemaValue.list(of: .defined("check")).said("What must be true of its rows"),
  ].merging(shape) { $1 }

  static let sourceOptions: [String: SchemaValue] = [
    Options.requestsPerSecond.name: number(Options.requestsPerSecond, "Most starts in a second; 4"),
    Options.concurrency.name: whole(Options.concurrency, 1...1000, "Requests in flight at once; 3"),
    Options.pageSize.name: whole(Options.pageSize, 1...100, "Rows in one answer; 100"),
    Options.maxRequests.name: .orVariable(
      ["const": "none"], ["type": "integer", "minimum": .whole(Options.fewestRequests)],
      ["type": "string", "pattern": "^[0-9]+$"]
    ).said("Most requests of a run, or none"),
    Options.maxDuration.name: time(or: "none", "After so much time a run asks for nothing more"),
    Options.parallelAccounts.name: .orVariable(
      ["const": "all"], ["type": "integer", "minimum": 1, "maximum": 10_000],
      ["type": "string", "pattern": "^[0-9]+$"]
    ).said("Of several accounts, how many at once; all"),
    Options.anchorDate.name: .orVariable(
      ["const": "all"],
      ["type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].+)?$"]
    ).said("Where a first incremental run begins: all, a day, or an instant with its zone"),
    Options.lookback.name: SchemaValue.defined("duration")
      .said("How far below the last run's start the next one begins; 10m"),
    Options.refresh.name: time(or: "auto", "How old the last reading of a whole list may become"),
    Options.auditRequests.name: .orVariable(
      ["type": "boolean"], .words(["true", "false", "1", "0"]), ["enum": [0, 1]]
    )
    .said("Whether every request is kept in acsync.requests"),
    Options.accountTimeZone.name: .orVariable(
      ["type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$"]
    ).said("The zone whose days are the account's days; auto: that of the user whose key it is"),
  ]

  static let targetOptions: [String: SchemaValue] = [
    Options.deleteMissing.name: .orVariable(.words(DeletionRule.Manner.allCases.map(\.rawValue)))
      .said("Rows gone from the account: soft marks, hard removes, ignore leaves them"),
    Options.maxDeleteRatio.name: .orVariable(["type": "number", "minimum": 0, "maximum": 1])
      .said("The share of a table's rows that may go at once; 0.05"),
    Options.maxDeleteRows.name: .orVariable(["type": "integer", "minimum": 0])
      .said("As many may go whatever their share; 20"),
  ].merging(tables) { $1 }

  /// Options that hold for the whole account stand under no stream.
  static func ofOneStream(_ options: [String: SchemaValue]) -> SchemaValue {
    let own = [Options.anchorDate.name, Options.lookback.name, Options.refresh.name]
    let refused = KnownKeys.sourceOptions.read.filter { !own.contains($0) }
      .map { ($0, SchemaValue.flag(false)) }
    return SchemaValue.closed(
      .sourceOptions, options.merging(refused) { $1 }
    ).said("How it is read")
  }

  /// One salt holds for all streams.
  static var ofOneTable: SchemaValue {
    SchemaValue.closed(.targetOptions, targetOptions.merging(["hash_salt": false]) { $1 })
      .said("How it is written")
  }

  private static func whole<Value>(
    _ rule: OptionRule<Value>, _ range: ClosedRange<Int>, _ words: String
  ) -> SchemaValue {
    .orVariable([
      "type": "integer", "minimum": .whole(range.lowerBound), "maximum": .whole(range.upperBound),
    ]).said(words)
  }

  private static func number<Value>(_ rule: OptionRule<Value>, _ words: String) -> SchemaValue {
    .orVariable(["type": "number", "exclusiveMinimum": 0]).said(words)
  }

  private static func time(or word: String, _ words: String) -> SchemaValue {
    .any(of: .defined("duration"), ["const": .text(word)]).said("\(words); or \(word)")
  }
}
