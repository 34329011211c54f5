extension StreamDefinition {
  /// How contacts and deals are rated and grouped.
  static let scoresAndSegments = [scores, scoreValues, segments, audiences, listExclusions]

  /// Scores that contacts or deals can have.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-scores>
  public static let scores = StreamDefinition(
    "scores", "Scores that contacts or deals can have", path: "scores", rows: "scores",
    rest: .seconds(3600), alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("reltype", .text, "What it rates: contact or deal"),
      .column("name", .text, "Name that people see"),
      .column("descript", .text, "Description of its rules"),
      .column("status", .smallint, "Whether it is counted: 0 no, 1 yes"),
      .column("cdate", .timestamptz, "When the score was created"),
      .column("mdate", .timestamptz, "When it last changed"),
    ])

  /// Scores of contacts and deals, a row each.
  public static let scoreValues = StreamDefinition(
    "score_values", "Scores of contacts and deals, a row each", path: "scoreValues",
    rows: "scoreValues", lookup: .none, rest: .seconds(3600), standing: .seen,
    lookedUpBy: ["contact"],
    columns: [
      .key("id", .bigint),
      .column("score", .bigint, "Score: scores.id"),
      .column("contact", .bigint, "Contact that is rated: contacts.id; null: none"),
      .column("deal", .bigint, "Deal that is rated: deals.id; null: none"),
      .column("cdate", .timestamptz, "When it was first rated"),
      .column("mdate", .timestamptz, "When its score last changed"),
      .column("scoreValue", .numeric, "Points it has"),
    ])

  /// Segments of contacts; many are hidden helpers of automations and campaigns.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-segments>
  public static let segments = StreamDefinition(
    "segments", "Segments of contacts; many are hidden helpers of automations and campaigns",
    path: "segments", rows: "segments", rest: .seconds(3600), alsoReadBy: [.singer, .airbyte],
    columns: [
      .key("id", .bigint),
      .column("created_by", .bigint, "User who created it: users.id; null: none"),
      .column("created_timestamp", .timestamp, "When it was created; US Central wall clock"),
      .column(
        "hidden", .boolean,
        "Whether it is hidden from people: a helper of an automation or a campaign"),
      .column("logic", .text, "Whether all conditions must hold (and) or one (or)"),
      .column("name", .text, "Name that people see; empty on hidden ones"),
      .column(
        "segmentid_v2", .text,
        "Id in the newer service for segments, a UUID: audiences.segment_id"),
      .column("seriesid", .bigint, "Automation it belongs to: automations.id; 0: none"),
      .column("updated_by", .bigint, "User who last changed it: users.id; null: none"),
      .column("updated_timestamp", .timestamp, "When it last changed; US Central wall clock"),
    ])

  /// Saved segments of the newer service.
  public static let audiences = StreamDefinition(
    "audiences", "Saved segments of the newer service", path: "audiences", rows: "data",
    paging: .atOnce, parameters: ["page": "1", "page_size": "10000"], lookup: .none,
    rest: .seconds(3600),
    columns: [
      .key(madeFrom: ["id"]),
      .column("id", .text, "Id in ActiveCampaign, a UUID"),
      .column("type", .text, "Kind of the row, in the service's words"),
      .column("attributes.segment_id", .text, "Id of its definition, a UUID"),
      .column("attributes.category", .text, "Category it is in, in the service's words"),
      .column("attributes.name", .text, "Name that people see"),
      .column(
        "attributes.counts.last_total", .jsonb,
        "Contacts in it when they were last counted, with the time"),
      .column(
        "attributes.counts.last_active_total", .jsonb,
        "Active contacts in it when they were last counted, with the time"),
      .column("attributes.created_date", .timestamptz, "When it was created"),
      .column("attributes.updated_date", .timestamptz, "When it last changed"),
      .column("attributes.last_used_date", .timestamptz, "When it was last used; null: never"),
    ])

  /// Addresses and numbers that are never written to.
  public static let listExclusions = StreamDefinition(
    "list_exclusions", "Addresses and numbers that are never written to",
    path: "lists/exclusions", rows: "exclusions", lookup: .none, rest: .seconds(3600),
    columns: [
      .key("id", .bigint),
      .personal("matchPhrase", .text, "Address or number, or the part of it that is looked for"),
      .column("matchType", .text, "How it is looked for, such as exact, begin, end"),
      .column("channel", .text, "Channel it holds for, such as email, allSms"),
      .column("hidden", .boolean, "Whether it is hidden from people"),
      .column("lists", .jsonb, "Ids of the lists it holds for: lists.id"),
    ])
}
