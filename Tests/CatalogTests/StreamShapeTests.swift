import Testing

@testable import Catalog

@Suite struct `A stream's shape` {
  private static let people = StreamDefinition(
    "people", "People", path: "people", rows: "people",
    cursor: .changedSince(filter: "filters[updated_after]", column: "udate"),
    columns: [
      .key("id", .bigint), .column("firstName", .text), .column("email", .text),
      .column("data", .jsonb), .column("udate", .timestamptz),
    ])

  @Test func `leaves a stream as it is where it says nothing`() {
    let shaped = Self.people.shaped(by: StreamShape())
    #expect(shaped.columns == Self.people.columns)
    #expect(shaped.omitted == ["links"])
    #expect(shaped.tableName == "people")
  }

  @Test func `takes fields out of the columns and out of everything undeclared`() {
    var shape = StreamShape()
    shape.deselected = ["email", "data"]
    let shaped = Self.people.shaped(by: shape)
    #expect(shaped.columns.map(\.name) == ["id", "first_name", "udate"])
    #expect(shaped.omitted == ["links", "email", "data"])
    #expect(shaped.versionIndex == 2)
    #expect(shaped.declaredColumns == Self.people.columns)
  }

  @Test func `can be taken back, and given anew`() {
    var shape = StreamShape()
    shape.deselected = ["email"]
    shape.names = ["firstName": "given"]
    let back = Self.people.shaped(by: shape).shaped(by: StreamShape())
    #expect(back.columns == Self.people.columns)
  }

  @Test func `renames, gives types, and notes what is done to values`() throws {
    var shape = StreamShape()
    shape.names = ["firstName": "given"]
    shape.kinds = ["data": .text]
    shape.transforms = ["data": [.mask]]
    let shaped = Self.people.shaped(by: shape)
    #expect(shaped.columns[1].name == "given")
    #expect(shaped.columns[1].field == "firstName")
    let data = shaped.columns[3]
    #expect(data.kind == .text)
    #expect(data.rewriting == Rewriting(transforms: [.mask], isJSON: true))
    #expect(shaped.hidesFields)
    #expect(!Self.people.hidesFields)
  }

  @Test func `keeps versions and counters as it is told to`() {
    var shape = StreamShape()
    #expect(StreamDefinition.campaigns.shaped(by: shape).keepsCounters)
    shape.history = true
    shape.snapshot = .never
    let campaigns = StreamDefinition.campaigns.shaped(by: shape)
    #expect(campaigns.keepsHistory && !campaigns.keepsCounters)
    #expect(campaigns.namesBeside == ["campaigns_history"])
    shape.history = false
    #expect(!StreamDefinition.deals.shaped(by: shape).keepsHistory)
    shape.snapshot = .daily
    shape.deselected = Set(StreamDefinition.automations.counters.map(\.field))
    #expect(!StreamDefinition.automations.shaped(by: shape).keepsCounters)
  }

  @Test func `names what lies beside a table so that PostgreSQL keeps the name whole`() {
    var shape = StreamShape()
    shape.tableName = String(repeating: "d", count: 60)
    let one = StreamDefinition.deals.shaped(by: shape)
    #expect(one.historyName.utf8.count == 63 && one.historyName.hasSuffix("_history"))
    shape.tableName = String(repeating: "d", count: 61)
    #expect(StreamDefinition.deals.shaped(by: shape).historyName != one.historyName)
  }

  @Test func `never changes what the reading depends on`() {
    #expect(Self.people.structuralFields == ["", "id", "udate"])
    #expect(StreamDefinition.contacts.structuralFields.contains("cdate"))
    for stream in StreamDefinition.all {
      for key in stream.columns where key.isKey {
        #expect(stream.structuralFields.isSuperset(of: key.madeFrom), "\(stream.id)")
      }
    }
  }

  @Test(arguments: [
    (Column.Kind.bigint, Column.Kind.text, true), (.bigint, .numeric, true),
    (.bigint, .smallint, false), (.smallint, .bigint, true), (.text, .numeric, true),
    (.text, .timestamptz, true), (.timestamptz, .date, false), (.numeric, .bigint, false),
    (.jsonb, .text, true), (.jsonb, .boolean, false), (.date, .timestamptz, true),
  ])
  func `knows which types hold the values of which`(
    _ kind: Column.Kind, _ other: Column.Kind, _ can: Bool
  ) {
    #expect(kind.canBecome(other) == can)
  }
}

@Suite struct `A transform` {
  @Test(arguments: [
    (ValueTransform.lower, "ÄbC", "äbc"), (.trim, "\u{a0} a b\n\t", "a b"),
    (.mask, "+49 (0)30-Ünı", "+** (*)**-***"), (.mask, "", ""),
    (.nullIf(["", "n/a"]), "n/a ", "n/a "), (.nullIf([""]), "0", "0"),
  ])
  func `makes of a text`(_ transform: ValueTransform, _ text: String, _ made: String) {
    #expect(transform.applied(to: text) == made)
  }

  @Test func `makes nothing of what null_if names`() {
    #expect(ValueTransform.nullIf(["", "n/a"]).applied(to: "n/a") == nil)
    #expect(ValueTransform.nullIf(["", "n/a"]).applied(to: "") == nil)
  }

  @Test func `applies after the one before it, and stops at null`() {
    let rewriting = Rewriting(transforms: [.trim, .lower, .nullIf(["x"]), .mask], isJSON: false)
    #expect(rewriting.applied(to: " X ") == nil)
    #expect(rewriting.applied(to: " Y1 ") == "**")
  }

  @Test func `hashes the salt and then the text`() {
    let salted = ValueTransform.hashSHA256(HashSalt("salt"))
    #expect(salted.applied(to: "a@b.c") == SHA256.hex(Array("salta@b.c".utf8)))
    #expect(salted.applied(to: "a") != ValueTransform.hashSHA256(HashSalt("s")).applied(to: "a"))
  }

  @Test func `never shows its salt`() {
    let salt = HashSalt("pepper-1234")
    var dumped = ""
    dump([ValueTransform.hashSHA256(salt)], to: &dumped)
    for text in ["\(salt)", "\(ValueTransform.hashSHA256(salt))", dumped, String(reflecting: salt)]
    {
      #expect(!text.contains("pepper"), "\(text)")
    }
  }
}

@Suite struct `SHA-256` {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 1_000_000),
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ])
  func `gives the digests that NIST published`(_ text: String, _ digest: String) {
    #expect(SHA256.hex(Array(text.utf8)) == digest)
  }
}
