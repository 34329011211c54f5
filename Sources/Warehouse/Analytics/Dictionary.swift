internal import Postgres

/// A table or view of the warehouse, as the database itself describes it.
public struct WarehouseRelation: Sendable, Hashable {
  /// What it is.
  public enum Kind: String, Sendable {
    case table, view
    /// A view that keeps its rows.
    case kept = "materialized view"
  }

  /// A column.
  public struct Column: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// Its type, as PostgreSQL writes it.
    public let type: String
    /// What it means; empty where nobody says.
    public let meaning: String
    /// Whether it tells something about a person.
    public let isPersonal: Bool

    init(name: String, type: String, comment: String) {
      self.name = name
      self.type = type
      isPersonal = comment.hasSuffix(Self.mark)
      meaning = isPersonal ? String(comment.dropLast(Self.mark.count)) : comment
    }

    /// What comments of personal columns end in.
    static let mark = " [pii]"
  }

  /// The schema it is in.
  public let schema: String
  /// Its name there.
  public let name: String
  /// What it is.
  public let kind: Kind
  /// What its rows are; empty where nobody says.
  public let meaning: String
  /// Its columns, in order.
  public internal(set) var columns: [Column]
}

extension Loader {
  /// What the warehouse holds for analysts, and what acsync keeps for itself: the views in the order in
  /// which their files make them, then other views, histories, and the tables of schema `acsync`.
  public func dictionary() async throws -> [WarehouseRelation] {
    try await persistently(at: "the database's catalogue") {
      guard try await self.isLaidOut() else { return [] }
      return try await Self.relations(of: self.connection.query(Self.described))
    }
  }

  private static func relations(of rows: Rows) throws -> [WarehouseRelation] {
    var relations: [WarehouseRelation] = []
    for row in rows {
      let (schema, name): (String, String) = (try row.value("schema"), try row.value("name"))
      if relations.last?.schema != schema || relations.last?.name != name {
        let comment: String = try row.value("comment")
        let meaning = comment.firstRange(of: "; \(OwnViews.maker)").map {
          comment[..<$0.lowerBound]
        }
        relations.append(
          WarehouseRelation(
            schema: schema, name: name,
            kind: WarehouseRelation.Kind(rawValue: try row.value("kind")) ?? .table,
            meaning: String(meaning ?? comment[...]), columns: []))
      }
      relations[relations.count - 1].columns.append(
        .init(
          name: try row.value("column"), type: try row.value("type"),
          comment: try row.value("meaning")))
    }
    return relations
  }

  /// Without the sources, which repeat the streams, and the tables of single custom fields.
  private static let described: Statement = """
    WITH made AS (
      SELECT to_regclass(r.relation) AS relation, f.place * 1000 + r.number AS place
      FROM acsync.view_files f, unnest(f.relations) WITH ORDINALITY AS r (relation, number)
    )
    SELECT n.nspname::text AS schema, c.relname::text AS name,
      CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' ELSE 'table' END AS kind,
      coalesce(obj_description(c.oid, 'pg_class'), '') AS comment, a.attname::text AS column,
      format_type(a.atttypid, a.atttypmod) AS type,
      coalesce(col_description(c.oid, a.attnum), '') AS meaning
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN made ON made.relation = c.oid
    WHERE n.nspname = 'analytics' AND c.relkind IN ('v', 'm')
      OR n.nspname = 'acsync' AND c.relkind = 'r' AND c.relname !~ '_wide_[0-9]+_[0-9]+$'
      OR c.relkind = 'r' AND c.relname ~ '_(history|snapshots)$'
        AND n.nspname IN (SELECT table_schema FROM acsync.account_schemas)
    ORDER BY made.place IS NULL AND n.nspname <> 'analytics', n.nspname = 'acsync',
      made.place NULLS LAST, n.nspname, c.relname, a.attnum
    """
}
