import Catalog
import Testing

@Suite struct `Every stream` {
  @Test(arguments: StreamDefinition.all)
  func `has one key, a number of the API or made of columns it has, which comes first`(
    _ stream: StreamDefinition
  ) {
    let keys = stream.columns.filter(\.isKey)
    #expect(keys.count == 1 && stream.keyIndex == 0)
    #expect(keys.first?.kind == .bigint)
    guard let key = keys.first, key.field.isEmpty else {
      return #expect(keys.map(\.field) == ["id"])
    }
    #expect(["id", Column.madeKey].contains(key.name) && !key.madeFrom.isEmpty)
    for field in key.madeFrom {
      #expect(stream.columns.contains { $0.field == field && !$0.isKey }, "\(field)")
    }
  }

  @Test(arguments: StreamDefinition.all)
  func `declares no field and no column twice, and none that is omitted`(
    _ stream: StreamDefinition
  ) {
    let fields = stream.columns.filter { $0.madeFrom.isEmpty }.map(\.field)
    #expect(Set(fields).count == fields.count)
    #expect(Set(stream.columns.map(\.name)).count == stream.columns.count)
    #expect(stream.omitted.isDisjoint(with: stream.columns.map(\.field)))
    #expect(stream.omitted.contains("links"))
  }

  @Test(arguments: StreamDefinition.all)
  func `has names that PostgreSQL takes without surprise`(_ stream: StreamDefinition) throws {
    let columns = stream.columns.map(\.name).filter { $0 != Column.madeKey }
    for name in [stream.id.name] + columns {
      let isPlain = try /[a-z][a-z0-9]*(_[a-z0-9]+)*/.wholeMatch(in: name) != nil
      #expect(isPlain, "\(name)")
      #expect(name.utf8.count < 63, "\(name)")
    }
    // A leading underscore belongs to the system columns.
    #expect(!columns.contains { $0.hasPrefix("_") })
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
      case .path:
        #expect(stream.path.contains(Parent.placeholder), "\(stream.id)")
        // A list below one row is not where a row is asked for alone.
        #expect(stream.lookup != .byID, "\(stream.id)")
      }
      guard let field = parent.field else { continue }
      #expect(
        StreamDefinition.all[index].columns.contains { $0.field == field && $0.kind == .text })
    }
    let others = StreamDefinition.all.filter { $0.parent?.listing != .path && $0.carrier == nil }
    for stream in others {
      #expect(!stream.path.contains(Parent.placeholder), "\(stream.id)")
    }
  }

  @Test func `stands after what carries it, at the same path, and costs what that costs`() throws {
    let names = StreamDefinition.all.map(\.id)
    for (position, stream) in StreamDefinition.all.enumerated() {
      guard let carrier = stream.carrier else { continue }
      let index = try #require(names.firstIndex(of: carrier))
      let host = StreamDefinition.all[index]
      #expect(index < position && host.carrier == nil, "\(stream.id)")
      #expect(stream.path == host.path && stream.rows != host.rows, "\(stream.id)")
      #expect(stream.isUsual == host.isUsual && stream.parent == nil, "\(stream.id)")
      #expect(stream.lookup != .byID, "\(stream.id)")
    }
  }

  @Test func `whose rows have no number cannot be asked for by one`() {
    for stream in StreamDefinition.all where stream.columns[stream.keyIndex].field.isEmpty {
      #expect(stream.lookup == .none, "\(stream.id)")
    }
  }

  @Test(arguments: StreamDefinition.all)
  func `points at columns that exist`(_ stream: StreamDefinition) throws {
    for column in stream.columns {
      for match in column.meaning.matches(of: /: ([a-z_]+)\.([a-z_]+)/) {
        let other = try #require(
          StreamDefinition.named(String(match.1)), "\(stream.id).\(column.name): \(match.1)")
        #expect(
          other.columns.contains { $0.name == match.2 }, "\(stream.id).\(column.name): \(match.0)")
      }
    }
  }
}
