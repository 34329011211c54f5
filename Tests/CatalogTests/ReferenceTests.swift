import Testing

@testable import Catalog

@Suite struct `References of columns` {
  @Test func `are declared by what stands behind a colon`() {
    let column = { (kind: Column.Kind, meaning: String) in
      Column.column("field", kind, meaning).reference
    }
    let stage = Reference(to: "deal_stages", "id")
    #expect(column(.bigint, "Its stage: deal_stages.id") == stage)
    #expect(column(.bigint, "Its stage: deal_stages.id; 0: none") == stage)
    #expect(column(.text, "Its stage: deal_stages.id, as text") == stage)
    #expect(column(.bigint, "Its stage: deal_stages.id (deprecated); null: none") == stage)
    #expect(column(.bigint, "Kind: its stage: deal_stages.id") == stage)
    #expect(
      column(.jsonb, "Stages: deal_stages.id") == Reference(to: "deal_stages", "id", list: true))
    #expect(
      column(.text, "Ids of stages, comma separated: deal_stages.id")
        == Reference(to: "deal_stages", "id", list: true))
    for meaning in [
      "", "Its stage", "Kind: text, date", "Grouped: custom_fields.id for contact fields",
      "Worth: 12345 is 123.45", "A host: .example", "See deal_stages.id",
    ] {
      #expect(column(.bigint, meaning) == nil, "\(meaning)")
    }
  }

  @Test func `name streams and columns that exist`() throws {
    var count = 0
    for stream in StreamDefinition.all {
      for column in stream.columns {
        guard let reference = column.reference else { continue }
        count += 1
        let place = "\(stream.id).\(column.name)"
        let other = try #require(StreamDefinition.named(reference.stream.name), "\(place)")
        #expect(other.columns.contains { $0.name == reference.column }, "\(place)")
      }
    }
    #expect(count > 180)
  }

  @Test func `are told wherever a meaning names another stream's column`() {
    for stream in StreamDefinition.all {
      for column in stream.columns where column.reference == nil {
        let named = column.meaning.matches(of: /\b([a-z_]+)\.[a-z_]+\b/).map { String($0.1) }
          .filter { StreamDefinition.named($0) != nil }
        let isOfSome = column.meaning.contains(".id for ")
        #expect(named.isEmpty || isOfSome, "\(stream.id).\(column.name): \(column.meaning)")
      }
    }
  }

  @Test func `lead to keys, or to what keys are made from`() {
    let others = StreamDefinition.all.flatMap { stream in
      stream.columns.compactMap { column -> String? in
        guard let reference = column.reference,
          let other = StreamDefinition.named(reference.stream.name)
        else { return nil }
        let key = other.columns[other.keyIndex]
        let isKey = ([key.name] + key.madeFrom.map(Column.snakeCased)).contains(reference.column)
        return isKey ? nil : "\(stream.id).\(column.name) → \(reference.stream).\(reference.column)"
      }
    }
    #expect(
      others.sorted() == [
        "segments.segmentid_v2 → audiences.segment_id", "send_logs.sendid → campaigns.sendid",
        "webhooks.events → webhook_events.name",
      ])
  }
}

@Suite struct `Areas` {
  @Test func `hold every stream once`() {
    let streams = Area.all.flatMap(\.streams).map(\.id)
    #expect(streams.count == StreamDefinition.all.count)
    #expect(Set(streams) == Set(StreamDefinition.all.map(\.id)))
  }
}

extension Reference {
  fileprivate init(to stream: StreamDefinition.ID, _ column: String, list isList: Bool = false) {
    self.init(stream: stream, column: column, isList: isList)
  }
}
