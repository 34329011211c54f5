import Warehouse

/// What the warehouse holds, for programs.
struct WarehouseDocument: Encodable {
  struct Relation: Encodable {
    let schema: String
    let name: String
    let kind: String
    let meaning: String
    let columns: [Column]
  }

  struct Column: Encodable {
    let name: String
    let type: String
    let meaning: String
    let isPersonal: Bool
  }

  let warehouse: String
  let relations: [Relation]

  init(_ relations: [WarehouseRelation], in warehouse: String) {
    self.warehouse = warehouse
    self.relations = relations.map { relation in
      Relation(
        schema: relation.schema, name: relation.name, kind: relation.kind.rawValue,
        meaning: relation.meaning,
        columns: relation.columns.map {
          Column(name: $0.name, type: $0.type, meaning: $0.meaning, isPersonal: $0.isPersonal)
        })
    }
  }
}
