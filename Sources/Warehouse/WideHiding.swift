internal import Catalog
internal import Postgres

/// Takes from the columns of custom fields what the table of the values is not to show any more: they
/// hold copies of it, which nobody else would miss before the run's end.
struct WideHiding {
  private let source: WideSource
  /// Whether only the currencies go.
  private let isOfCurrencies: Bool

  /// Nil where a change hides no custom field's value.
  init?(_ change: ShapeChange) {
    let stream = change.table.stream
    guard let source = WideSource.all.first(where: { $0.values == stream.id }) else { return nil }
    self.source = source
    let hidden = Set(change.hidden)
    isOfCurrencies = !hidden.contains(source.value)
    guard isOfCurrencies else { return }
    guard let currency = source.currency else { return nil }
    // Where no column is declared for it, it is read from `_extra`.
    let isInExtra = !stream.declaredColumns.contains { $0.field == currency }
    guard hidden.contains(currency) || isInExtra && change.emptiesExtra else { return nil }
  }

  /// Empties the columns, and notes their rows to be filled anew with what is left.
  func perform(in schema: String, _ transaction: Transaction) throws {
    // Whoever fills them now has read the values that go.
    try transaction.lock(source.lockKey(in: schema))
    guard let record = try WideRecord(of: source, in: schema, transaction) else { return }
    for part in record.parts {
      let held = try WideTables.columns(of: record.part(part), in: transaction).map(\.name)
      guard let emptying = emptying(part, of: record, holding: Set(held)) else { continue }
      try transaction.execute(
        """
        WITH emptied AS (\(emptying) RETURNING id)
        INSERT INTO acsync.wide_changes (view, owner) SELECT \(record.id), id FROM emptied
        """)
    }
  }

  /// Nil where there is nothing to empty.
  private func emptying(
    _ part: Int, of record: WideRecord, holding held: Set<String>
  ) -> Statement? {
    guard !held.isEmpty else { return nil }
    guard isOfCurrencies else { return "DELETE FROM \(record.part(part))" }
    let names = record.columns(of: part).filter { $0.kind == .currency && held.contains($0.name) }
      .map { Identifier($0.name) }
    guard !names.isEmpty else { return nil }
    let sets: [Statement] = names.map { "\($0) = NULL" }
    let held: [Statement] = names.map { "\($0) IS NOT NULL" }
    return """
      UPDATE \(record.part(part)) SET \(sets.joined(separator: ", "))
      WHERE \(held.joined(separator: " OR "))
      """
  }
}
