internal import Catalog

extension ReplicationFileDecoder {
  /// Which rows are stored.
  mutating func condition(_ node: YAMLNode, about subject: Subject) -> Named<ConditionText>? {
    guard let scalar = scalar(node, "where", expects: "a condition") else { return nil }
    do throws(ConditionFault) {
      let condition = try ConditionParser.parse(scalar.text)
      return Named(value: condition, place: node.place, isOfOneStream: subject.isOneStream)
    } catch {
      mistakes.add(
        "where: \(error.what), at its character \(error.position + 1)", at: node.place,
        remedy: "write it like status = 1 and (cdate >= '2024-01-01' or email is not null)")
      return nil
    }
  }
}

extension Layers {
  /// The condition on a stream's rows; nil for none, and for one said of all streams that asks for
  /// columns which this one does not have.
  mutating func condition(
    _ condition: Named<ConditionText>, of stream: StreamDefinition
  ) -> RowCondition? {
    let declared = stream.declaredColumns
    let missing = condition.value.names.filter { name in
      !declared.contains { $0.fits(name.text) } && !stream.columns.contains { $0.name == name.text }
    }
    if !missing.isEmpty, !condition.isOfOneStream { return nil }
    for name in missing { complain(unknown: name.text, of: stream, at: condition.place) }
    return missing.isEmpty ? typed(condition.value, of: stream, at: condition.place) : nil
  }

  private mutating func typed(
    _ condition: ConditionText, of stream: StreamDefinition, at place: Place
  ) -> RowCondition? {
    switch condition {
    case .not(let one): return typed(one, of: stream, at: place).map { .not($0) }
    case .and(let one, let other):
      let both = (typed(one, of: stream, at: place), typed(other, of: stream, at: place))
      guard let first = both.0, let second = both.1 else { return nil }
      return .and(first, second)
    case .or(let one, let other):
      let both = (typed(one, of: stream, at: place), typed(other, of: stream, at: place))
      guard let first = both.0, let second = both.1 else { return nil }
      return .or(first, second)
    case .isNull(let name):
      return column(name, of: stream, at: place).map { .isNull(field: $0.field) }
    case .compared(let name, let comparison, let operand):
      guard let column = column(name, of: stream, at: place) else { return nil }
      guard let value = Self.value(operand, as: column.kind) else {
        complain(
          "where: \(column.name) of \(stream.id) is \(column.kind.postgresType), and cannot be compared with what stands at character \(operand.position + 1)",
          at: place.description, remedy: Self.remedy(column.kind))
        return nil
      }
      return .compared(field: column.field, comparison, value)
    }
  }

  /// The stored column that a name means, as it came from the API.
  private mutating func column(
    _ name: ConditionText.Name, of stream: StreamDefinition, at place: Place
  ) -> Column? {
    let declared = stream.declaredColumns.first { $0.name == name.text || $0.field == name.text }
    guard
      let column = stream.columns.first(where: {
        $0.field == declared?.field || $0.name == name.text
      })
    else {
      complain(
        "where: \(name.text.shown) of \(stream.id) is not selected, so its rows cannot be judged by it",
        at: place.description, remedy: "select it, or remove it here")
      return nil
    }
    guard column.rewriting == nil else {
      complain(
        "where: \(name.text.shown) of \(stream.id) is transformed, so its rows cannot be judged by it",
        at: place.description, remedy: "use another column")
      return nil
    }
    return column
  }

  private static func value(
    _ operand: ConditionText.Operand, as kind: Column.Kind
  ) -> RowCondition.Operand? {
    let text = operand.text
    switch kind {
    case .bigint, .smallint: return Int64(text).map { .integer($0) }
    case .numeric: return ExactNumber(text).map { .number($0) }
    case .boolean:
      return ["true": true, "1": true, "false": false, "0": false][text].map { .boolean($0) }
    case .text: return operand.isQuoted ? .text(text) : nil
    case .timestamptz: return TimeText.instant(text).map { .instant($0) }
    case .timestamp:
      let isDay = text.count == 10
      return TimeText.instant(isDay ? text : text + "Z")
        .map { .wallClock(microseconds: $0.microseconds) }
    case .date:
      guard text.count == 10 else { return nil }
      return TimeText.instant(text).map { .day(CalendarDay(of: $0)) }
    case .jsonb, .embeddedJSON: return nil
    }
  }

  private static func remedy(_ kind: Column.Kind) -> String {
    switch kind {
    case .bigint, .smallint: "write a whole number"
    case .numeric: "write a number"
    case .boolean: "write true or false"
    case .text: "write a text in '…'"
    case .timestamptz: "write a day, or an instant with its zone: '2024-01-31T09:05:00Z'"
    case .timestamp: "write a day, or a time without a zone: '2024-01-31 09:05:00'"
    case .date: "write a day: '2024-01-31'"
    case .jsonb, .embeddedJSON: "ask only whether it is null"
    }
  }
}
