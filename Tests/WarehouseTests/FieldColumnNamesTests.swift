import Testing

@testable import Warehouse

@Suite struct `Names of the columns of custom fields` {
  private func names(
    _ fields: [CustomField], taken: Set<String> = ["id", "email"],
    reserved: Set<String> = ["order", "user"]
  ) -> [String] {
    var names = FieldColumnNames(taken: taken, reserved: reserved)
    return fields.enumerated().flatMap { index, field in
      names.columns(
        of: field, kinds: FieldKind.kinds(of: field.type, hasCurrency: true), beside: [],
        from: index
      ).map(\.name)
    }
  }

  private func field(
    _ id: Int64, _ tag: String, title: String = "", type: String = "text"
  ) -> CustomField { CustomField(id: id, title: title, type: type, tag: tag) }

  @Test(arguments: [
    ("LEAD_SOURCE", "lead_source"), ("  What's \"this\"?; ", "what_s_this"), ("a--b__c", "a_b_c"),
    ("GRÖSSE", "grösse"), ("会社名", "会社名"), ("ÉTÉ 🌞 2024", "été_2024"), ("1st", "field_1st"),
    ("e\u{301}t", "e\u{301}t"), ("\"\u{301}", "field_3"), ("कीमत", "कीमत"), ("a\u{0}b", "a_b"),
    ("ID", "id_3"), ("email", "email_3"), ("Order", "order_3"), ("XMIN", "xmin_3"),
    ("%%", "field_3"),
    ("_synced_at", "synced_at"), ("a\u{202E}b", "a_b"), ("½", "field_3"),
  ])
  func `come from the tag, as SQL takes them without quotes`(_ tag: String, _ name: String) {
    #expect(names([field(3, tag)]) == [name])
  }

  @Test func `come from the title where there is no tag, else from the id`() {
    #expect(names([field(5, "", title: "Shoe size")]) == ["shoe_size"])
    #expect(names([field(5, "%", title: "Shoe size")]) == ["shoe_size"])
    #expect(names([field(5, "", title: "")]) == ["field_5"])
  }

  @Test func `are never given twice`() {
    #expect(
      names([field(1, "A"), field(2, "a"), field(3, "A_2"), field(4, "a!"), field(5, "a_4")])
        == ["a", "a_2", "a_2_3", "a_4", "a_4_5"])
    let taken: Set<String> = ["a", "a_7", "a_7_2"]
    #expect(names([field(7, "A")], taken: taken) == ["a_7_3"])
  }

  @Test func `fit into 63 bytes and stay apart`() {
    for scalar in ["x", "é", "会", "😀a"] {
      let long = String(repeating: scalar, count: 100)
      let found = names([field(1, long), field(2, long), field(3, long, type: "currency")])
      #expect(Set(found).count == 4)
      #expect(found.allSatisfy { $0.utf8.count <= 63 && $0.utf8.count > 55 })
      #expect(found[3].hasSuffix("_currency"))
    }
  }

  @Test func `keep what a field's first column is called`() {
    let first = FieldColumn(place: 0, field: 9, kind: .text, name: "born", isFilled: true)
    var names = FieldColumnNames(taken: ["id", "born"], reserved: [])
    let added = names.columns(
      of: field(9, "BIRTHDAY", type: "date"), kinds: [.date], beside: [first], from: 1)
    #expect(added.map(\.name) == ["born_date"])
    #expect(
      names.columns(of: field(9, "X"), kinds: [.text], beside: [first] + added, from: 2) == [])
  }

  @Test(arguments: 0..<200)
  func `are apart, short and plain, whatever the tags`(_ seed: UInt64) {
    var generator = SeededGenerator(seed)
    let alphabet = Array("aAbB_ -\"'%é会🌞1\u{301}\0")
    let fields = (1...40).map { id in
      let length = Int.random(in: 0...(id % 5 == 0 ? 90 : 3), using: &generator)
      let tag = (0..<length).map { _ in alphabet.randomElement(using: &generator) ?? "a" }
      return field(
        Int64(id), String(tag), type: ["text", "currency"].randomElement(using: &generator) ?? "")
    }
    let found = names(fields)
    #expect(Set(found).count == found.count)
    for name in found {
      #expect((1...63).contains(name.utf8.count))
      #expect(!["id", "email", "order", "user"].contains(name))
      #expect(name.unicodeScalars.first?.properties.isAlphabetic == true)
      #expect(name == FieldColumnNames.word(name) || name.hasSuffix("_currency"))
      #expect(!name.contains { $0 == "\"" || $0 == " " || $0 == "\0" })
    }
  }

  @Test func `of the views tell the accounts apart`() {
    let contacts = WideSource.all[0]
    #expect(contacts.viewName(for: "activecampaign") == "contacts_wide")
    #expect(contacts.viewName(for: "activecampaign_acme") == "acme_contacts_wide")
    #expect(contacts.viewName(for: "zenith") == "zenith_contacts_wide")
    let long = contacts.viewName(for: String(repeating: "s", count: 63))
    #expect(long.utf8.count == 63 && long.hasSuffix("s_contacts_wide"))
  }
}

/// The same numbers for the same seed.
private struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    return bits ^ (bits >> 31)
  }
}
