import Catalog
import Testing

@Suite struct `Looking a stream up` {
  @Test func `finds it by its exact name`() {
    for stream in StreamDefinition.all { #expect(StreamDefinition.named(stream.id.name) == stream) }
    #expect(StreamDefinition.named("Contacts") == nil)
  }

  @Test(arguments: [
    ("contcts", "contacts"), ("Contacts", "contacts"), ("contact", "contacts"),
    ("contact-tags", "contact_tags"), ("deal_stage", "deal_stages"), ("taks", "tasks"),
    ("dael_pipelines", "deal_pipelines"), ("note", "notes"), ("users ", "users"),
  ])
  func `suggests the nearest`(written: String, meant: String) {
    #expect(StreamDefinition.nearest(to: written) == meant)
  }

  @Test(arguments: ["", "zzzzzz", "customers", "x", String(repeating: "a", count: 100_000)])
  func `suggests nothing where nothing is near`(written: String) {
    #expect(StreamDefinition.nearest(to: written) == nil)
  }
}

@Suite struct `A field in snake case` {
  @Test(arguments: [
    ("firstName", "first_name"), ("id", "id"), ("cardRegion1", "card_region1"),
    ("winProbabilityMdate", "win_probability_mdate"), ("bounced_hard", "bounced_hard"),
    ("localZoneid", "local_zoneid"), ("dealTasktype", "deal_tasktype"),
  ])
  func `has an underscore before each capital`(field: String, name: String) {
    #expect(Column.snakeCased(field) == name)
  }
}
