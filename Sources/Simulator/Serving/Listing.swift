/// One page of a list, with what comes beside it.
struct Listing: Sendable {
  private static let largestLimit = 100
  /// Audiences come by pages, which may be large.
  private static let largestAudiencePage = 10_000

  private let resource: Resource
  private let rows: [Row]
  /// `meta.total`; nil where it is left out.
  private let total: RowValue?
  private let sideloads: [Sideload]
  private let meta: Fields

  init(
    _ query: Query, of resource: Resource, in state: inout Account.State,
    behaviour: FilterBehaviour, now: Int, fault: PageFault? = nil
  ) {
    self.resource = resource
    let query = fault?.understood(query) ?? query
    let (limit, offset) = Self.place(query, resource)
    let selection = Selection(query, of: resource, in: &state, behaviour: behaviour, now: now)
    var rows =
      fault?.rows(of: selection, offset: offset, limit: limit)
      ?? selection.page(offset: offset, limit: limit)
    var sideloads = Sideload.ofPage(rows, resource, in: state.tables)
    if behaviour.honoursInclude, let names = query.value("include") {
      switch resource.path {
      case "contacts": sideloads += Sideload.included(names, for: &rows, in: &state)
      case "deals": sideloads += Sideload.included(names, forDeals: &rows, in: &state)
      default: break
      }
    }
    self.sideloads = fault?.sideloads(sideloads) ?? sideloads
    if resource.path == "accounts", query.value("count_deals") == "true" {
      Self.count(&rows, in: state.tables)
    }
    self.rows = rows
    total = Self.total(selection.total, resource, offset: offset, fault)
    meta = Self.meta(query, resource, selection, limit: limit, offset: offset, rows.count)
  }

  /// Whether it has no rows.
  var isEmpty: Bool { rows.isEmpty }

  /// How many rows the page may have, and how many come before it.
  private static func place(_ query: Query, _ resource: Resource) -> (limit: Int, offset: Int) {
    if resource.path == "audiences" {
      let size = min(max(1, query.int("page_size") ?? resource.defaultLimit), largestAudiencePage)
      let (offset, isTooFar) = max(0, (query.int("page") ?? 1) - 1)
        .multipliedReportingOverflow(by: size)
      return (size, isTooFar ? .max : offset)
    }
    let asked = query.int("limit") ?? 0
    // Too much is cut down without complaint; nothing, or nonsense, means the default.
    let limit = asked > 0 ? min(asked, largestLimit) : resource.defaultLimit
    return (limit, max(0, query.int("offset") ?? 0))
  }

  /// The JSON of the page; the rows' array is not always the first key, `meta` is the last.
  func body(_ renderer: Renderer) -> [UInt8] {
    var writer = JSONWriter(reserving: 4096 * (rows.count + 1))
    writer.raw("{")
    for sideload in sideloads {
      sideload.write(to: &writer, renderer)
      writer.raw(",")
    }
    renderer.write(rows, as: resource.key, of: resource, to: &writer)
    guard resource.total != .none else {
      writer.raw("}")
      return writer.bytes
    }
    writer.raw(",")
    writer.key("meta")
    let total = Fields(total.map { [("total", $0)] } ?? [])
    writer.write(.object(resource.path == "deals" ? meta + total : total + meta))
    writer.raw("}")
    return writer.bytes
  }

  private static func total(
    _ count: Int, _ resource: Resource, offset: Int, _ fault: PageFault?
  ) -> RowValue? {
    let isNumber = resource.total == .number
    guard let fault else { return isNumber ? .number(count) : .count(count) }
    return fault.total(count, isNumber: isNumber, offset: offset)
  }

  /// Companies count their people and deals only when asked.
  private static func count(_ rows: inout [Row], in tables: Tables) {
    func counts(_ path: String) -> [Int: Int] {
      tables[path].rows.compactMap { $0.text.int(of: "account") }
        .reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
    let people = counts("accountContacts")
    let deals = counts("deals")
    for index in rows.indices {
      rows[index].text.set("contactCount", to: .count(people[rows[index].id, default: 0]))
      rows[index].text.set("dealCount", to: .count(deals[rows[index].id, default: 0]))
    }
  }

  private static func meta(
    _ query: Query, _ resource: Resource, _ selection: Selection, limit: Int, offset: Int,
    _ count: Int
  ) -> Fields {
    switch resource.path {
    case "contacts":
      return ["sortable": true, "page_input": .object(pageInput(query, limit, offset))]
    case "deals": return ["currencies": .object(currencies(selection))]
    case "fields": return ["selected": nil]
    case "contactAutomations": return ["showcase_stats": []]
    case "customObjects/schemas", "customObjects/records":
      return ["count": .number(count), "limit": .number(limit), "offset": .number(offset)]
    case "automations": return ["starts": [], "filtered": false, "smsLogs": []]
    default: return [:]
    }
  }

  private static func pageInput(_ query: Query, _ limit: Int, _ offset: Int) -> Fields {
    func given(_ name: String, else other: Int = 0) -> RowValue {
      .number(query.int(name) ?? other)
    }
    return [
      "segmentid": given("segmentid"), "formid": given("formid"), "listid": given("listid"),
      "tagid": given("tagid"), "limit": .number(limit), "offset": .number(offset),
      "search": .optional(query.value("search")), "sort": nil, "seriesid": given("seriesid"),
      "waitid": given("waitid"), "status": given("status", else: -1), "forceQuery": 0,
      "cacheid": .text(cacheID(query)),
    ]
  }

  /// Looks like the service's own: 32 hexadecimal digits that depend on the request.
  private static func cacheID(_ query: Query) -> String {
    let text = query.parameters.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    var random = Random(seed: text.utf8.reduce(5381) { $0 &* 33 &+ UInt64($1) })
    return random.hex(32)
  }

  private static func currencies(_ selection: Selection) -> Fields {
    Fields(
      selection.currencies.sorted { $0.key < $1.key }.map { currency, sum in
        (
          currency.uppercased(),
          [
            "total": .count(sum.count), "value": .count(sum.value),
            "currency": .text(currency.uppercased()), "isDisabled": false,
          ]
        )
      })
  }
}
