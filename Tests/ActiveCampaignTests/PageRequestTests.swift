import Catalog
import Testing

@testable import ActiveCampaign

@Suite struct `Spelling a request` {
  static let people = StreamDefinition(
    "contacts", "People.", path: "contacts", rows: "contacts",
    cursor: .changedSince(filter: "filters[updated_after]", column: "udate"), paging: .ids,
    columns: [.key("id", .bigint)])
  static let deals = StreamDefinition(
    "deals", "Deals.", path: "deals", rows: "deals", paging: .offset(order: "cdate"),
    columns: [.key("id", .bigint)])
  static let stages = StreamDefinition(
    "deal_stages", "Stages.", path: "dealStages", rows: "dealStages",
    parent: Parent("deal_pipelines", filter: "filters[d_groupid]"),
    columns: [.key("id", .bigint)])

  @Test func `asks for ids above and below in ascending order`() {
    let query = PageQuery(Self.people, .ids(after: 81, below: 4000), limit: 100)
    #expect(
      PageRequest(query).description
        == "GET contacts?limit=100&orders[id]=ASC&id_greater=81&id_less=4000")
    let open = PageQuery(Self.people, .ids(after: 0, below: nil), limit: 100)
    #expect(
      PageRequest(open).description == "GET contacts?limit=100&orders[id]=ASC&id_greater=0")
  }

  @Test func `asks for days of creation where the stream has a filter on them`() {
    let bounds = CreationBounds(
      after: CalendarDay(daysSinceEpoch: 17_897), before: CalendarDay(daysSinceEpoch: 17_930))
    let query = PageQuery(
      StreamDefinition.deals, .offset(0), limit: 100, created: bounds)
    #expect(
      PageRequest(query).description
        == "GET deals?limit=100&orders[cdate]=ASC&offset=0&filters[created_after]=2019-01-01"
        + "&filters[created_before]=2019-02-03")
    let open = PageQuery(
      StreamDefinition.contacts, .ids(after: 7, below: nil), limit: 1,
      created: CreationBounds(before: bounds.before))
    #expect(
      PageRequest(open.asking(for: 2)).description
        == "GET contacts?limit=2&orders[id]=ASC&id_greater=7&filters[created_before]=2019-02-03")
    let other = PageQuery(Self.stages, .offset(0), limit: 1, created: bounds)
    #expect(PageRequest(other).description == "GET dealStages?limit=1&offset=0")
  }

  @Test func `percent-encodes names and values`() {
    let query = PageQuery(
      Self.people, .ids(after: 5, below: nil), limit: 50,
      changedSince: CalendarDay(year: 2024, month: 1, day: 31).map { .day($0) })
    #expect(
      PageRequest(query).target
        == "contacts?limit=50&orders%5Bid%5D=ASC&id_greater=5&filters%5Bupdated_after%5D=2024-01-31"
    )
  }

  @Test func `asks for the newest rows by descending id`() {
    let query = PageQuery(Self.people, .newest, limit: 1)
    #expect(PageRequest(query).description == "GET contacts?limit=1&orders[id]=DESC")
  }

  @Test func `asks for the stream's order with an offset`() {
    #expect(
      PageRequest(PageQuery(Self.deals, .offset(300), limit: 100)).description
        == "GET deals?limit=100&orders[cdate]=ASC&offset=300")
    #expect(
      PageRequest(PageQuery(Self.stages, .offset(0), limit: 100, parent: 7)).description
        == "GET dealStages?limit=100&offset=0&filters[d_groupid]=7")
  }

  @Test func `ignores a day where the stream has no filter for it`() {
    let day = CalendarDay(daysSinceEpoch: 0)
    let query = PageQuery(Self.deals, .offset(0), limit: 100, changedSince: .day(day))
    #expect(PageRequest(query).description == "GET deals?limit=100&orders[cdate]=ASC&offset=0")
  }

  @Test(arguments: [(0, "limit=1"), (-5, "limit=1"), (500, "limit=100"), (20, "limit=20")])
  func `keeps the limit within what the API allows`(_ limit: Int, _ expected: String) {
    let request = PageRequest(PageQuery(Self.deals, .offset(0), limit: limit))
    #expect(request.target.contains(expected + "&"))
  }
}
