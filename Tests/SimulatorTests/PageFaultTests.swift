import Foundation
import Testing

@testable import Simulator

@Suite struct `A page that disappoints` {
  /// The answer to a request that meets the fault, and to the same one that does not.
  private func replies(_ fault: PageFault, _ target: String, from account: Account = .small) throws
    -> (faulty: Reply, right: Reply)
  {
    try serving(account) { server, url in
      server.options.faults.next(.page(fault))
      let reader = try Reader(url)
      return (try reader.get(target), try reader.get(target))
    }
  }

  @Test(arguments: ["contacts?limit=40&orders[id]=ASC&id_greater=20", "deals?limit=10", "tags"])
  func `is short though more follows, or empty, and tells the right total`(target: String) throws {
    let path = String(target.prefix { $0 != "?" })
    let short = try replies(.short, target)
    let ids = short.right.ids(path)
    #expect(!ids.isEmpty)
    #expect(short.faulty.ids(path) == Array(ids.prefix(ids.count / 2)))
    #expect(short.faulty.total == short.right.total)
    let empty = try replies(.empty, target)
    #expect(empty.faulty.rows(path).isEmpty && empty.faulty.total == empty.right.total)
  }

  @Test func `comes again instead of the next one`() throws {
    let contacts = Account.small.ids(of: "contacts")
    let byOffset = try replies(.repeated, "contacts?limit=30&offset=60")
    #expect(byOffset.faulty.ids("contacts") == Array(contacts[30..<60]))
    let byKey = try replies(
      .repeated, "contacts?limit=30&orders[id]=ASC&id_greater=\(contacts[59])")
    #expect(byKey.right.ids("contacts") == Array(contacts[60..<90]))
    #expect(byKey.faulty.ids("contacts") == Array(contacts[30..<60]))
    let descending = try replies(.repeated, "contacts?limit=30&orders[id]=DESC&offset=30")
    #expect(descending.faulty.ids("contacts") == Array(contacts.reversed()[..<30]))
    let first = try replies(.repeated, "contacts?limit=30")
    #expect(first.faulty.ids("contacts") == first.right.ids("contacts"))
  }

  @Test func `holds its rows in no order`() throws {
    let pages = try replies(.shuffled, "contacts?limit=50&orders[id]=ASC&id_greater=0")
    let (faulty, right) = (pages.faulty.ids("contacts"), pages.right.ids("contacts"))
    #expect(faulty.sorted() == right && faulty != right)
    let two = try replies(.shuffled, "contacts?limit=2&orders[id]=ASC")
    #expect(two.faulty.ids("contacts") == Array(two.right.ids("contacts").reversed()))
  }

  @Test func `ignores what was asked for`() throws {
    let contacts = Account.small.ids(of: "contacts")
    let order = try replies(.ignoredOrder, "contacts?limit=5&orders[id]=DESC")
    #expect(order.faulty.ids("contacts") == Array(contacts.prefix(5)))
    #expect(order.right.ids("contacts") == Array(contacts.suffix(5).reversed()))
    let keys = "contacts?limit=5&orders[id]=ASC&id_greater=\(contacts[9])&id_less=\(contacts[12])"
    let keyset = try replies(.ignoredKeyset, keys)
    #expect(keyset.faulty.ids("contacts") == Array(contacts.prefix(5)))
    #expect(keyset.right.ids("contacts") == Array(contacts[10..<12]))
    let filter = try replies(.ignoredFilters, "contacts?filters[updated_after]=2099-01-01")
    #expect(filter.right.total == 0 && filter.faulty.total == contacts.count)
  }

  @Test func `has no rows from a certain offset on`() throws {
    let cap = PageFault.offsetCap
    let within = try replies(.cappedOffset, "contacts?limit=5&offset=\(cap - 1)", from: .medium)
    #expect(within.faulty.ids("contacts") == within.right.ids("contacts"))
    let beyond = try replies(.cappedOffset, "contacts?limit=5&offset=\(cap)", from: .medium)
    #expect(beyond.faulty.rows("contacts").isEmpty && beyond.right.rows("contacts").count == 5)
  }

  @Test func `brings too little beside its rows, which name it all the same`() throws {
    let target = "contacts?limit=50&include=contactTags,fieldValues"
    let pages = try replies(.shortSideloads, target)
    for path in ["contactTags", "fieldValues"] {
      let right = pages.right.ids(path)
      #expect(right.count > 1 && pages.faulty.ids(path) == Array(right.prefix(right.count / 2)))
      let named = pages.faulty.rows("contacts").flatMap { $0[path] as? [String] ?? [] }
      #expect(named == right.map(String.init))
    }
  }

  @Test(arguments: ["contacts?include=contactTags", "dealGroups", "fields"])
  func `brings nothing beside its rows`(target: String) throws {
    let path = String(target.prefix { $0 != "?" })
    let pages = try replies(.noSideloads, target)
    #expect(Set(pages.faulty.json.keys) == [path, "meta"])
    #expect(pages.faulty.ids(path) == pages.right.ids(path))
    #expect(pages.right.json.keys.count > 2)
  }

  /// `meta.total` as JSON has it.
  private func total(_ fault: PageFault, _ target: String) throws -> (Any?, right: Int) {
    let pages = try replies(fault, target)
    // Without anything in it `meta` is PHP's empty array.
    func total(_ reply: Reply) -> Any? { (reply.json["meta"] as? [String: Any])?["total"] }
    let right = total(pages.right)
    return (total(pages.faulty), right as? Int ?? Int(right as? String ?? "") ?? -1)
  }

  @Test func `lies about its total`() throws {
    #expect(try total(.totalAbsent, "tags").0 == nil)
    #expect(try total(.totalNull, "tags").0 is NSNull)
    #expect(try total(.totalZero, "tags").0 as? String == "0")
    let more = try total(.totalTooLarge, "contacts")
    #expect(more.0 as? String == String(more.right + PageFault.totalError))
    let fewer = try total(.totalTooSmall, "deals")
    #expect(fewer.0 as? Int == fewer.right - PageFault.totalError)
    let shrinking = try total(.totalShrinking, "contacts?offset=120")
    #expect(shrinking.0 as? String == String(shrinking.right - 120))
    #expect(try total(.totalRetyped, "tags").0 is Int)
    #expect(try total(.totalRetyped, "deals").0 is String)
  }

  @Test func `comes from an old copy, which is made anew every so many edits`() throws {
    let account = Account.fresh()
    let before = account.ids(of: "tags")
    try serving(account, { $0.keepsCopy = true }) { server, url in
      let added = account.insert("tags")
      account.delete("tags", id: before[0])
      server.options.faults.decide { _ in .page(.stale) }
      let reader = try Reader(url)
      #expect(try reader.get("tags?limit=100").ids("tags") == before)
      #expect(try reader.get("tags/\(added)").status == 200)
      for _ in 0..<Account.State.copyLag {
        account.update("tags", id: added, ["description": "edited"])
      }
      #expect(try reader.get("tags?limit=100").ids("tags") == account.ids(of: "tags"))
    }
  }

  @Test func `is the right one where no copy is kept`() throws {
    let account = Account.fresh()
    account.insert("tags")
    let pages = try replies(.stale, "tags?limit=100", from: account)
    #expect(pages.faulty.ids("tags") == account.ids(of: "tags"))
  }
}
