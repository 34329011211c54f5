import Catalog

/// The catalogue in JSON.
struct CatalogueDocument: Encodable {
  struct Stream: Encodable {
    let name: String
    let summary: String
    /// Path of its list below `/api/3/`.
    let path: String
    /// Key of the array of rows in its answers.
    let rows: String
    let primaryKey: String
    let modes: [String]
    let updateKey: String?
    let filters: Filters
    let paging: String
    let order: String?
    let parent: String?
    /// Whether each of the parent's rows has a list of its own, and no list has all.
    let isListedPerParent: Bool
    /// The parent's field that its list is asked for by, where it is not the key.
    let parentField: String?
    let carrier: String?
    let comesBeside: [String]
    let isReadByDefault: Bool
    let cost: String?
    let restSeconds: Int64
    let standing: String
    let alsoReadBy: [String]
    let neverStored: [String]
    /// Whether every version of its rows is kept, and how often its counters are, where nothing is said.
    let history: Bool
    let snapshot: String
    let columns: [Field]
  }

  /// The query items by which its list can be narrowed.
  struct Filters: Encodable {
    let changedSince: String?
    let createdAfter: String?
    let createdBefore: String?
    let parent: String?
  }

  struct Field: Encodable {
    let name: String
    let field: String
    let type: String
    let isKey: Bool
    let madeFrom: [String]?
    let isPersonal: Bool
    let isCounter: Bool
    let references: Target?
    let meaning: String
  }

  /// What a column's values name.
  struct Target: Encodable {
    let stream: String
    let column: String
    let isList: Bool
  }

  let streams: [Stream]

  init(_ definitions: [StreamDefinition]) { streams = definitions.map(Stream.init) }
}

extension CatalogueDocument.Stream {
  fileprivate init(_ stream: StreamDefinition) {
    self.init(
      name: stream.id.name, summary: stream.summary, path: stream.path, rows: stream.rows,
      primaryKey: stream.keyName, modes: stream.modes.map(\.rawValue),
      updateKey: stream.versionIndex.map { stream.columns[$0].name },
      filters: CatalogueDocument.Filters(stream), paging: stream.paging.word,
      order: stream.paging.order, parent: stream.parent?.stream.name,
      isListedPerParent: stream.listedBelow != nil, parentField: stream.parent?.field,
      carrier: stream.carrier?.name, comesBeside: stream.sideLoads.map(\.name).sorted(),
      isReadByDefault: stream.isUsual, cost: stream.cost,
      restSeconds: stream.rest.components.seconds, standing: stream.standing.rawValue,
      alsoReadBy: stream.alsoReadBy.sorted().map { $0.rawValue.lowercased() },
      neverStored: stream.omitted.sorted(), history: stream.usuallyKeepsHistory,
      snapshot: stream.usualSnapshots.rawValue,
      columns: stream.columns.map(CatalogueDocument.Field.init))
  }
}

extension CatalogueDocument.Filters {
  fileprivate init(_ stream: StreamDefinition) {
    var (changed, after, before): (String?, String?, String?)
    if case .changedSince(let filter, _) = stream.cursor { changed = filter }
    if case .created(let from, let to, _) = stream.windows { (after, before) = (from, to) }
    var ofParent: String?
    if case .filter(let filter)? = stream.parent?.listing { ofParent = filter }
    self.init(changedSince: changed, createdAfter: after, createdBefore: before, parent: ofParent)
  }
}

extension CatalogueDocument.Field {
  fileprivate init(_ column: Column) {
    self.init(
      name: column.name, field: column.field, type: column.kind.postgresType,
      isKey: column.isKey, madeFrom: column.madeFrom.isEmpty ? nil : column.madeFrom,
      isPersonal: column.isPersonal, isCounter: column.isCounter,
      references: column.reference.map {
        CatalogueDocument.Target(stream: $0.stream.name, column: $0.column, isList: $0.isList)
      }, meaning: column.meaning)
  }
}

extension Paging {
  fileprivate var word: String {
    switch self {
    case .ids: "ids"
    case .offset: "offset"
    case .atOnce: "at_once"
    }
  }

  fileprivate var order: String? { if case .offset(let order) = self { order } else { nil } }
}
