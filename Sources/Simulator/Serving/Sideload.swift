/// Rows that come beside the ones asked for, under their own key.
struct Sideload: Sendable {
  let key: String
  let resource: Resource
  private(set) var rows: [Row]

  /// With the first half of its rows alone.
  var half: Sideload {
    var half = self
    half.rows = Array(rows.prefix(rows.count / 2))
    return half
  }

  init(_ path: String, _ rows: [Row]) {
    let resource = Resource.byPath[path] ?? Resource(path, path, model: path)
    self.resource = resource
    key = resource.key
    self.rows = rows
  }

  func write(to writer: inout JSONWriter, _ renderer: Renderer) {
    renderer.write(rows, as: key, of: resource, to: &writer)
  }

  /// Beside a page of rows: fields bring their options and relations, pipelines their stages.
  static func ofPage(_ rows: [Row], _ resource: Resource, in tables: Tables) -> [Sideload] {
    switch resource.path {
    case "contacts": return [Sideload("scoreValues", [])]
    case "fields":
      return [
        Sideload("fieldOptions", byIDs("options", of: rows, tables["fieldOptions"])),
        Sideload("fieldRels", byIDs("relations", of: rows, tables["fieldRels"])),
      ]
    case "dealGroups":
      return [Sideload("dealStages", byIDs("stages", of: rows, tables["dealStages"]))]
    case "activities":
      return [
        Sideload("activityRecipients", byIDs("recipients", of: rows, tables["activityRecipients"]))
      ]
    default: return []
    }
  }

  /// Beside a page of contacts, when asked for by `include`: their children, whose ids the contacts
  /// then list; after a dot, what those in turn belong to.
  static func included(_ names: String, for contacts: inout [Row], in state: inout Account.State)
    -> [Sideload]
  {
    let wanted = Set(names.split(separator: ",").map(String.init))
    var sideloads: [Sideload] = []
    for path in ["contactTags", "contactLists", "fieldValues", "contactAutomations"]
    where wanted.contains(path) || wanted.contains("contactTags.tag") && path == "contactTags" {
      var children: [Row] = []
      for index in contacts.indices {
        let own = state.children(path, of: contacts[index].id)
        contacts[index].text.set(path, to: .ids(own.map(\.id)))
        children += own
      }
      sideloads.append(Sideload(path, children))
      if wanted.contains("\(path).tag") {
        let tags = Set(children.compactMap { $0.text.int(of: "tag") }).sorted()
        sideloads.append(Sideload("tags", tags.compactMap { state.tables["tags"].row($0) }))
      }
    }
    return sideloads
  }

  /// Beside a page of deals, when asked for by `include`: the values of their custom fields, but of
  /// those that the key may see alone.
  static func included(_ names: String, forDeals deals: inout [Row], in state: inout Account.State)
    -> [Sideload]
  {
    let path = "dealCustomFieldData"
    guard names.split(separator: ",").contains(Substring(path)) else { return [] }
    var children: [Row] = []
    for index in deals.indices where deals[index].deal?.isHidden != true {
      let own = state.children(path, by: "dealId", of: deals[index].id)
      deals[index].text.set(path, to: .ids(own.map(\.id)))
      children += own
    }
    return [Sideload(path, children)]
  }

  /// Beside one row: as on a page, and a contact always brings its relatives.
  static func ofSingle(_ row: Row, _ resource: Resource, in tables: Tables) -> [Sideload] {
    guard resource.path == "contacts" else { return ofPage([row], resource, in: tables) }
    let paths = [
      "contactAutomations", "contactLists", "deals", "fieldValues", "geoIps", "accountContacts",
    ]
    return paths.map { Sideload($0, byIDs($0, of: [row], tables[$0])) }
  }

  /// The rows whose ids the given rows list under a key.
  private static func byIDs(_ key: String, of rows: [Row], _ table: Table) -> [Row] {
    rows.flatMap { $0.text.ids(of: key) }.compactMap { table.row($0) }
  }
}
