import Catalog
import Postgres
import TestSupport
import Testing

@testable import Warehouse

/// What a refusal of the server has to mean.
struct ExpectedRefusal: Sendable {
  let sqlstate: String
  let words: String
  let consequence: LastingConsequence
  let fault: Fault

  init(
    _ sqlstate: String, _ words: String, _ consequence: LastingConsequence = .stopRun,
    _ fault: Fault = .targetOutOfReach
  ) {
    (self.sqlstate, self.words) = (sqlstate, words)
    (self.consequence, self.fault) = (consequence, fault)
  }
}

@Suite(.freshDatabase) struct `A refusal of the warehouse` {
  @Test(arguments: [
    ExpectedRefusal("53100", "disk is full"), ExpectedRefusal("25006", "takes no writes"),
    ExpectedRefusal("42501", "may not do this"), ExpectedRefusal("53200", "no room"),
    ExpectedRefusal("58030", "no room"),
    ExpectedRefusal("40001", "stood in the way", .failStream, .partial),
    ExpectedRefusal("55P03", "stood in the way", .failStream, .partial),
    ExpectedRefusal("57014", "gave the statement up", .failStream, .partial),
    ExpectedRefusal("22003", "refuses this", .failStream, .partial),
    ExpectedRefusal("23514", "refuses this", .failStream, .partial),
    ExpectedRefusal("42804", "refuses this", .failStream, .partial),
    ExpectedRefusal("XX001", "refuses this", .failStream, .partial),
  ])
  func `says what happened, where, and what to do`(expected: ExpectedRefusal) async throws {
    let loader = try await Loader.holding(.notes)
    try await script(
      """
      CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'refused' USING ERRCODE = '\(expected.sqlstate)', HINT = 'be patient';
      END $$;
      CREATE TRIGGER refuse AFTER INSERT ON activecampaign.notes
        FOR EACH STATEMENT EXECUTE FUNCTION public.refuse()
      """)
    let error = await #expect(throws: WarehouseError.self) {
      try await loader.commit(.of(.notes, [.note(1, .text("private"))]))
    }
    let explanation = try #require(error?.explanation)
    #expect(explanation.what.contains(expected.words))
    #expect(explanation.what.contains(expected.sqlstate))
    #expect(explanation.place.contains("activecampaign.notes"))
    #expect(explanation.remedy.contains("be patient"))
    #expect(explanation.consequence == .lasting(expected.consequence))
    #expect(explanation.fault == expected.fault)
    #expect(!explanation.lines.joined().contains("private"))
  }

  @Test func `names a table that is gone`() async throws {
    let loader = try await Loader.holding(.notes)
    try await script("DROP TABLE activecampaign.notes")
    let error = await #expect(throws: WarehouseError.self) {
      try await loader.commit(.of(.notes, [.note(1, .null)]))
    }
    #expect(error?.explanation.remedy == "run again: acsync makes what is missing")
    #expect(error?.explanation.consequence == .lasting(.failStream))
  }

  @Test func `keeps quiet about the values of a row`() async throws {
    let loader = try await Loader.holding(.notes)
    let secret = Catalog.Row.note(1, .text("a"), extra: #"{"secret": 12345"#)
    let error = await #expect(throws: WarehouseError.self) {
      try await loader.commit(.of(.notes, [secret]))
    }
    #expect(error?.description.contains("12345") == false)
    #expect(error?.description.contains("secret") == false)
  }
}
