import Testing

@testable import ActiveCampaign
@testable import Catalog

@Suite struct `Decoding a shaped stream` {
  private func shaped(_ change: (inout StreamShape) -> Void) -> StreamDefinition {
    var shape = StreamShape()
    change(&shape)
    return sampler.shaped(by: shape)
  }

  private func value(
    of field: String, _ members: String, in stream: StreamDefinition
  ) throws -> Value? {
    let index = try #require(stream.columns.firstIndex { $0.field == field })
    return try decodeRow(members, of: stream).rows.first?.values[index]
  }

  @Test func `stores nothing of a field that is not selected, nowhere`() throws {
    let stream = shaped { $0.deselected = ["title", "count"] }
    let page = try decodeRow(#""title":"secret","count":"many","status":1,"new":2"#, of: stream)
    let row = try #require(page.rows.first)
    #expect(row.values.count == sampler.columns.count - 2)
    #expect(row.values[1] == .integer(1))
    #expect(row.extra == #"{"new":2}"#)
    #expect(page.rejected.isEmpty)
  }

  @Test func `drops what nobody declared where the user named what is stored`() throws {
    let stream = shaped { $0.keepsUndeclared = false }
    let page = try decodeRow(#""title":"a","new":2,"other":{"a":"b"}"#, of: stream)
    #expect(page.rows.first?.extra == nil)
  }

  @Test func `hashes, masks and mends by the column's transforms`() throws {
    let salt = HashSalt("s")
    let stream = shaped {
      $0.transforms = [
        "title": [.trim, .lower, .hashSHA256(salt)], "count": [.hashSHA256(salt)],
        "options": [.hashSHA256(salt)], "birthday": [.nullIf(["1900-01-01"])],
      ]
      for field in ["title", "count", "options"] { $0.kinds[field] = .text }
    }
    let hashed = { (text: String) in Value.text(SHA256.hex(Array("s\(text)".utf8))) }
    #expect(try value(of: "title", #""title":" A@B.c ""#, in: stream) == hashed("a@b.c"))
    #expect(try value(of: "title", #""title":null"#, in: stream) == .null)
    #expect(try value(of: "title", #""status":1"#, in: stream) == .missing)
    #expect(try value(of: "count", #""count":81"#, in: stream) == hashed("81"))
    #expect(try value(of: "count", #""count":"81""#, in: stream) == hashed("81"))
    #expect(try value(of: "options", #""options":{"a":[1]}"#, in: stream) == hashed(#"{"a":[1]}"#))
    #expect(try value(of: "birthday", #""birthday":"1900-01-01""#, in: stream) == .null)
    let day = try #require(CalendarDay(year: 2019, month: 11, day: 22))
    #expect(try value(of: "birthday", #""birthday":"2019-11-22""#, in: stream) == .day(day))
  }

  @Test func `reads values as the type the user gave`() throws {
    let stream = shaped { $0.kinds = ["title": .numeric, "count": .text, "cdate": .text] }
    #expect(try value(of: "title", #""title":"1.50""#, in: stream) == .text("1.50"))
    #expect(try value(of: "title", #""title":"dear""#, in: stream) == .null)
    #expect(try value(of: "count", #""count":"007""#, in: stream) == .text("007"))
  }

  @Test func `shows nothing of a hidden value that does not fit`() throws {
    let stream = shaped {
      $0.transforms = ["title": [.hashSHA256(HashSalt("s"))], "rate": [.trim]]
    }
    let page = try decodeRow(#""title":["secret"],"rate":"secret","count":"open""#, of: stream)
    #expect(page.rejected.map(\.column) == ["title", "rate", "count"])
    #expect(page.rejected.map(\.raw) == [RejectedValue.withheld, RejectedValue.withheld, "open"])
    #expect(!page.rejected.contains { $0.reason.contains("secret") })
  }

  @Test func `shows of a row without key neither hidden nor deselected nor renamed fields`() throws
  {
    let stream = shaped {
      $0.transforms = ["title": [.mask]]
      $0.deselected = ["options"]
      $0.names = ["status": "state"]
      $0.renamed = ["status"]
    }
    let body = #"{"samples":[{"title":"secret","options":"secret","status":"secret","count":3}]}"#
    let page = try PageDecoder(stream).decode(Array(body.utf8), serverTime: Instant(seconds: 0))
    #expect(page.rejected.map(\.raw) == [#"{"count":3}"#])
  }

  @Test func `keeps nothing of what has no names where some of it is hidden or not selected`()
    throws
  {
    let nested = StreamDefinition(
      "samples", "Nested.", path: "samples", rows: "samples",
      columns: [.key("id", .bigint), .column("who.email", .text), .column("note", .text)])
    func page(_ row: String, _ change: (inout StreamShape) -> Void) throws -> Page {
      var shape = StreamShape()
      change(&shape)
      let body = Array(#"{"samples":[\#(row)]}"#.utf8)
      return try PageDecoder(nested.shaped(by: shape)).decode(
        body, serverTime: Instant(seconds: 0))
    }
    let changes: [(inout StreamShape) -> Void] = [
      { $0.deselected = ["who.email"] }, { $0.transforms = ["who.email": [.mask]] },
      { $0.transforms = ["note": [.mask]] }, { $0.keepsUndeclared = false },
    ]
    for group in [#"["secret"]"#, #""secret""#] {
      for change in changes {
        let odd = try page(#"{"id":1,"who":\#(group)}"#, change)
        #expect(odd.rows.map(\.key) == [1] && odd.rows[0].extra == nil)
        #expect(odd.rejected.map(\.raw) == [RejectedValue.withheldWhole])
        #expect(odd.rejected.map(\.column) == ["_extra"] && odd.rejected[0].key == 1)
        #expect(try page(group, change).rejected.map(\.raw) == [RejectedValue.withheldWhole])
      }
      #expect(
        try page(#"{"id":1,"who":\#(group)}"#) { _ in }.rows[0].extra?.contains("secret") == true)
      #expect(try page(group) { _ in }.rejected[0].raw.contains("secret"))
    }
    // An empty one is an object without members.
    #expect(try page(#"{"id":1,"who":[]}"#, changes[0]).rejected.isEmpty)
  }

  @Test func `hides a field inside an object, also where nothing else of the object is stored`()
    throws
  {
    let nested = StreamDefinition(
      "samples", "Nested.", path: "samples", rows: "samples",
      columns: [.key("id", .bigint), .column("who.email", .text), .column("who.name", .text)])
    var shape = StreamShape()
    shape.deselected = ["who.email", "who.name"]
    let page = try decodeRow(
      #""who":{"email":"secret","name":"secret","new":1}"#, of: nested.shaped(by: shape))
    #expect(page.rows.first?.extra?.contains("secret") == false)
    shape.deselected = ["who.name"]
    shape.transforms = ["who.email": [.mask]]
    let masked = try decodeRow(#""who":{"email":"ab","name":"x"}"#, of: nested.shaped(by: shape))
    #expect(masked.rows.first?.values == [.integer(7), .text("**")])
    #expect(masked.rows.first?.extra == nil)
  }
}

@Suite struct `Fields that nobody declared` {
  @Test func `are named once a page, those inside objects by their path`() throws {
    let nested = StreamDefinition(
      "samples", "Nested.", path: "samples", rows: "samples", omitted: ["token"],
      columns: [.key("id", .bigint), .column("who.email", .text)])
    let body = #"""
      {"samples":[{"id":1,"a":1,"token":2,"who":{"email":"x","b":1}},{"id":2,"a":1,"\u0063":2}]}
      """#
    let page = try PageDecoder(nested).decode(Array(body.utf8), serverTime: Instant(seconds: 0))
    #expect(page.undeclared == ["a", "c", "who.b"])
    #expect(try decodeRow(#""title":"x""#).undeclared.isEmpty)
  }
}
