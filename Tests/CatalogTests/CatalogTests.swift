import Catalog
import Testing

@Suite struct `Every stream` {
  @Test func `is one of the fifteen, once`() {
    let expected = [
      "accounts", "automations", "campaigns", "contact_tags", "contacts", "custom_fields",
      "deal_pipelines", "deal_stages", "deals", "forms", "lists", "notes", "tags", "tasks", "users",
    ]
    #expect(StreamDefinition.all.map(\.id.name).sorted() == expected)
  }

  @Test(arguments: StreamDefinition.all)
  func `has one key, id, which comes first`(_ stream: StreamDefinition) {
    #expect(stream.columns.filter(\.isKey).map(\.field) == ["id"])
    #expect(stream.keyIndex == 0)
    #expect(stream.columns.first?.kind == .bigint)
  }

  @Test(arguments: StreamDefinition.all)
  func `declares no field and no column twice, and none that is omitted`(
    _ stream: StreamDefinition
  ) {
    #expect(Set(stream.columns.map(\.field)).count == stream.columns.count)
    #expect(Set(stream.columns.map(\.name)).count == stream.columns.count)
    #expect(stream.omitted.isDisjoint(with: stream.columns.map(\.field)))
    #expect(stream.omitted.contains("links"))
  }

  @Test(arguments: StreamDefinition.all)
  func `has names that PostgreSQL takes without surprise`(_ stream: StreamDefinition) throws {
    for name in [stream.id.name] + stream.columns.map(\.name) {
      let isPlain = try /[a-z][a-z0-9]*(_[a-z0-9]+)*/.wholeMatch(in: name) != nil
      #expect(isPlain, "\(name)")
      #expect(name.utf8.count < 63, "\(name)")
    }
    // A leading underscore belongs to the system columns.
    #expect(!stream.columns.contains { $0.name.hasPrefix("_") })
  }

  @Test(arguments: StreamDefinition.all)
  func `says what it is and what each column means`(_ stream: StreamDefinition) {
    #expect(!stream.summary.isEmpty)
    for column in stream.columns {
      #expect(!column.meaning.isEmpty, "\(stream.id).\(column.name)")
      #expect(!column.meaning.hasSuffix("."), "\(stream.id).\(column.name)")
      if column.kind == .timestamp {
        #expect(column.meaning.contains("wall clock"), "\(stream.id).\(column.name)")
      }
    }
  }

  @Test(arguments: StreamDefinition.all)
  func `with a cursor has a column of instants for it`(_ stream: StreamDefinition) throws {
    guard stream.isIncremental else { return #expect(stream.versionIndex == nil) }
    let index = try #require(stream.versionIndex)
    #expect(stream.columns[index].kind == .timestamptz)
  }

  @Test(arguments: StreamDefinition.all)
  func `asks for an order only by a column it has`(_ stream: StreamDefinition) {
    guard case .offset(let order?) = stream.paging else { return }
    #expect(stream.columns.contains { $0.field == order })
  }

  @Test func `stands after its parent, which exists`() throws {
    let names = StreamDefinition.all.map(\.id)
    for (position, stream) in StreamDefinition.all.enumerated() {
      guard let parent = stream.parent else { continue }
      // Coming strictly before rules out cycles too.
      let index = try #require(names.firstIndex(of: parent.stream))
      #expect(index < position, "\(stream.id)")
      switch parent.listing {
      case .filter(let name): #expect(name.hasPrefix("filters["))
      case .path: #expect(stream.path.contains(Parent.placeholder), "\(stream.id)")
      }
    }
  }
}

@Suite struct `The streams as the design fixes them` {
  @Test func `read contacts by id and deals by creation time, both by update time`() {
    #expect(StreamDefinition.contacts.paging == .ids)
    #expect(
      StreamDefinition.contacts.cursor
        == .changedSince(filter: "filters[updated_after]", column: "udate"))
    #expect(StreamDefinition.deals.paging == .offset(order: "cdate"))
    #expect(
      StreamDefinition.deals.cursor
        == .changedSince(filter: "filters[updated_after]", column: "mdate"))
    let others = StreamDefinition.all.filter { !["contacts", "deals"].contains($0.id) }
    #expect(others.allSatisfy { $0.cursor == .wholeStream && $0.paging == .offset(order: nil) })
  }

  @Test func `know stages as children of pipelines, listed all at once, and no other children`() {
    #expect(
      StreamDefinition.dealStages.parent
        == Parent("deal_pipelines", filter: "filters[d_groupid]", hasFlatList: true))
    #expect(StreamDefinition.dealStages.listedBelow == nil)
    #expect(StreamDefinition.all.filter { $0.parent != nil }.map(\.id) == ["deal_stages"])
  }

  @Test func `ask accounts for their counts, and carry no other parameter`() {
    #expect(StreamDefinition.accounts.parameters == ["count_deals": "true"])
    let others = StreamDefinition.all.filter { $0.id != "accounts" }
    #expect(others.allSatisfy { $0.parameters.isEmpty })
  }

  @Test(arguments: [
    ("custom_fields", "fields"), ("tasks", "dealTasks"), ("deal_pipelines", "dealGroups"),
    ("deal_stages", "dealStages"), ("contact_tags", "contactTags"), ("users", "users"),
  ])
  func `lie where the API has them`(name: String, path: String) throws {
    let stream = try #require(StreamDefinition.named(name))
    #expect(stream.path == path)
    #expect(stream.rows == path)
  }
}

@Suite struct `Every documented field` {
  /// The documented fields by stream: the field and its type.
  static let streams: [(name: String, fields: [(field: String, kind: String)])] = {
    var streams: [(name: String, fields: [(field: String, kind: String)])] = []
    for line in documentedFields.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      if line.hasPrefix(" ") {
        streams[streams.count - 1].fields.append(
          (words[0], words.dropFirst().joined(separator: " ")))
      } else {
        streams.append((words[0], []))
      }
    }
    return streams
  }()

  @Test func `is listed for all streams`() {
    #expect(Set(Self.streams.map(\.name)) == Set(StreamDefinition.all.map(\.id.name)))
  }

  @Test(arguments: StreamDefinition.all)
  func `is declared with its type, or omitted`(_ stream: StreamDefinition) throws {
    let documented = try #require(Self.streams.first { $0.name == stream.id.name })
    for (field, kind) in documented.fields {
      let column = stream.columns.first { $0.field == field }
      if kind.hasSuffix("omitted") {
        #expect(column == nil && stream.omitted.contains(field), "\(stream.id).\(field)")
      } else {
        #expect(column?.kind.rawValue == kind, "\(stream.id).\(field)")
      }
    }
    let known = Set(documented.fields.map(\.field))
    #expect(stream.columns.allSatisfy { known.contains($0.field) })
  }

  @Test func `that is a secret is omitted`() {
    let secrets: Set = ["twitter_token", "twitter_token_secret", "facebook_session", "links"]
    #expect(StreamDefinition.lists.omitted == secrets)
  }
}
