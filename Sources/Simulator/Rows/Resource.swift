/// What the service fixes per kind of row: its names, its links, and how its lists are answered.
struct Resource: Sendable {
  /// How `meta.total` is written.
  enum Total {
    case text, number
    /// There is no `meta` at all.
    case none
  }

  /// How a row is served.
  enum Form {
    /// With `links` before its id, as the legacy resources have them.
    case linked
    /// Without links.
    case plain
    /// As the bare text under `name`.
    case bare
  }

  /// What an edit writes into a row.
  enum Edited {
    /// Any text, under this key.
    case text(String)
    /// Any count in quotes, under this key.
    case count(String)
  }

  /// The path below `/api/3/`.
  let path: String
  /// The key of a single row.
  let single: String
  /// The service's own name of the kind, as its "not found" messages tell it.
  let model: String
  /// The key of the array of rows.
  let key: String
  /// The status of a row that does not exist.
  let missingStatus: Int
  /// Whether the kind has a list of its own.
  let isListed: Bool
  /// How lists write their total.
  let total: Total
  /// How many rows a page has when the request names no `limit`.
  let defaultLimit: Int
  /// How its rows are served.
  let form: Form
  /// The names in `links`, with what the address ends in.
  let links: [String]
  /// The keys of the creation and update times.
  let created: String
  let updated: String
  /// What edits change; nil where rows only come and go.
  let edited: Edited?

  init(
    _ path: String, _ single: String, model: String, key: String? = nil, missing: Int = 404,
    listed: Bool = true, total: Total = .text, defaultLimit: Int = 20, form: Form = .linked,
    created: String = "cdate", updated: String = "udate", edited: Edited? = nil,
    links: [String] = []
  ) {
    self.path = path
    self.single = single
    self.model = model
    self.key = key ?? path
    missingStatus = missing
    isListed = listed
    self.total = total
    self.defaultLimit = defaultLimit
    self.form = form
    self.created = created
    self.updated = updated
    self.edited = edited
    self.links = links
  }
}

extension Resource {
  /// Every kind: what every account is made of first.
  static let all = core + peopleDetails + mailDetails + salesDetails + shop + settings

  /// Every kind by its path.
  static let byPath = Dictionary(uniqueKeysWithValues: all.map { ($0.path, $0) })
}
