import Catalog
import Testing

/// Names of streams, one a word.
private func names(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

@Suite struct `The catalogue` {
  static let fifteen = names(
    """
    contacts contact_tags custom_fields lists tags forms deals deal_pipelines deal_stages accounts \
    notes tasks campaigns automations users
    """)

  @Test func `begins with the fifteen that every run reads, in their order`() {
    #expect(StreamDefinition.all.prefix(15).map(\.id.name) == Self.fifteen)
    #expect(StreamDefinition.all.prefix(15).allSatisfy { $0.isUsual && $0.rest == .zero })
  }

  @Test func `has every list that is known, once`() {
    let expected = [
      "account_contacts", "account_custom_field_values", "account_custom_fields", "accounts",
      "activities", "activity_recipients", "address_groups", "address_lists", "addresses",
      "audiences", "automation_blocks", "automations", "bounce_logs", "brandings", "calendars",
      "campaign_links", "campaign_lists", "campaign_messages", "campaigns", "configs",
      "connections", "contact_automations", "contact_conversions", "contact_data", "contact_deals",
      "contact_emails", "contact_goals", "contact_lists", "contact_logs", "contact_tags",
      "contacts", "conversion_triggers", "conversions", "custom_field_options",
      "custom_field_rels", "custom_field_values", "custom_fields", "custom_object_records",
      "custom_object_schemas", "deal_activities", "deal_custom_field_values", "deal_custom_fields",
      "deal_pipeline_groups", "deal_pipeline_users", "deal_pipelines", "deal_roles", "deal_stages",
      "deals", "ecommerce_customers", "ecommerce_order_activities", "ecommerce_order_products",
      "ecommerce_orders", "email_activities", "event_tracking_events", "forms", "geo_addresses",
      "geo_ips", "goals", "group_limits", "group_members", "groups", "link_data",
      "list_exclusions", "list_groups", "lists", "messages", "mpp_link_data", "notes",
      "organizations", "personalizations", "plus_append", "saved_responses", "score_values",
      "scores", "segments", "send_logs", "site_messages", "site_tracking_domains", "sms",
      "sms_broadcasts", "sms_lists", "tags", "task_outcomes", "task_type_outcomes", "task_types",
      "tasks", "templates", "tracking_logs", "url_whitelistings", "user_groups", "users",
      "webhook_events", "webhooks",
    ]
    #expect(StreamDefinition.all.map(\.id.name).sorted() == expected)
  }

  @Test func `reads what grows with events or needs a request a contact only when asked to`() {
    let costly = StreamDefinition.all.filter { !$0.isUsual }.map(\.id.name)
    #expect(
      costly.sorted()
        == names(
          """
          activities activity_recipients contact_goals contact_logs email_activities geo_addresses \
          geo_ips link_data mpp_link_data plus_append send_logs tracking_logs
          """))
    for stream in StreamDefinition.all where stream.listedBelow == "contacts" {
      #expect(!stream.isUsual, "\(stream.id)")
    }
  }

  @Test func `leaves small definitions alone for an hour, and nothing that moves all the time`() {
    let moving = names(
      """
      custom_field_values contact_lists deal_custom_field_values account_custom_field_values \
      contact_automations ecommerce_orders
      """)
    for stream in StreamDefinition.all where stream.isUsual {
      let name = stream.id.name
      let isMoving = moving.contains(name) || Self.fifteen.contains(name)
      #expect(stream.rest == (isMoving ? .zero : .seconds(3600)), "\(name)")
    }
  }

  @Test func `keeps versions of deals, and counters where they count up without a past`() {
    let all = StreamDefinition.all
    #expect(all.filter(\.keepsHistory).map(\.id) == ["deals"])
    #expect(
      all.filter(\.keepsCounters).map(\.id).sorted() == [
        "automations", "campaign_messages", "campaigns", "lists",
      ])
    let counting = all.filter { !$0.counters.isEmpty }.map(\.id)
    #expect(
      counting.sorted() == [
        "automations", "campaign_links", "campaign_messages", "campaigns", "forms", "lists", "sms",
        "tags",
      ])
    #expect(all.flatMap(\.counters).allSatisfy { $0.kind == .bigint && !$0.isPersonal })
    let own: Set<String> = ["valid_from", "valid_to", "taken_at"]
    #expect(all.allSatisfy { $0.columns.allSatisfy { !own.contains($0.name) } })
    let names = all.flatMap { [$0.tableName, $0.historyName, $0.snapshotsName] }
    #expect(Set(names).count == names.count)
  }

  @Test func `counts what other tools read`() {
    let readers = { (tool: StreamDefinition.Tool) in
      StreamDefinition.all.filter { $0.alsoReadBy.contains(tool) }.map(\.id.name)
    }
    #expect(readers(.sling) == Self.fifteen)
    #expect(readers(.singer).count == 59)
    #expect(
      readers(.airbyte).sorted() == names("accounts campaigns contacts deals forms lists segments"))
  }

  @Test func `says which lists nobody has described`() {
    let unverified = StreamDefinition.all.filter { $0.standing == .unverified }
    #expect(
      unverified.map(\.id.name).sorted()
        == names(
          """
          address_groups address_lists contact_logs deal_pipeline_groups list_groups sms_lists \
          url_whitelistings user_groups
          """))
  }

  @Test func `stores no secret`() throws {
    let harmless = ["password_updated_utc_timestamp"]
    for stream in StreamDefinition.all {
      for column in stream.columns where !harmless.contains(column.name) {
        let isSecret =
          try /token|secret|session|password|api_?key/.firstMatch(in: column.name) != nil
        #expect(!isSecret, "\(stream.id).\(column.name)")
      }
    }
    #expect(StreamDefinition.calendars.omitted == ["token", "links"])
    #expect(StreamDefinition.configs.omitted == ["val", "links"])
    #expect(
      StreamDefinition.lists.omitted
        == ["twitter_token", "twitter_token_secret", "facebook_session", "links"])
  }

  @Test func `marks what tells something about a person`() {
    let personal: Set = [
      "email", "first_name", "last_name", "phone", "ip", "ip4", "ip6", "ua", "fromname",
      "fromemail",
      "reply2", "from_name", "cc_address", "from_address", "to_address", "fb_name", "referer",
      "match_phrase", "job_title", "ip4_sub", "ip4_last", "ip4_unsub", "geo_ip4", "username",
      "signature", "note", "whatsapp_username", "unsubreason", "field_value", "message_html",
    ]
    var seen: Set<String> = []
    for stream in StreamDefinition.all {
      for column in stream.columns where personal.contains(column.name) {
        #expect(column.isPersonal, "\(stream.id).\(column.name)")
        seen.insert(column.name)
      }
      #expect(!stream.columns[stream.keyIndex].isPersonal)
    }
    #expect(seen == personal)
  }
}

@Suite struct `The streams as the design fixes them` {
  @Test func `read contacts by id and deals by creation time, both by update time`() {
    #expect(StreamDefinition.contacts.paging == .ids)
    #expect(
      StreamDefinition.contacts.cursor
        == .changedSince(filter: "filters[updated_after]", column: "udate"))
    #expect(StreamDefinition.deals.paging == .offset(order: "cdate"))
    #expect(
      StreamDefinition.deals.cursor
        == .changedSince(filter: "filters[updated_after]", column: "mdate"))
    let others = StreamDefinition.all.filter { !["contacts", "deals"].contains($0.id) }
    #expect(others.allSatisfy { $0.cursor == .wholeStream && $0.windows == .wholeStream })
    let atOnce = others.filter { $0.paging == .atOnce }.map(\.id.name)
    #expect(atOnce.sorted() == ["audiences", "plus_append", "url_whitelistings", "webhook_events"])
    #expect(others.allSatisfy { $0.paging == .atOnce || $0.paging == .offset(order: nil) })
  }

  @Test func `are listed below others, by a filter or in a path`() {
    let parents = StreamDefinition.all.compactMap { stream in
      stream.parent.map { parent in
        switch parent.listing {
        case .filter(let name):
          "\(stream.id) \(parent.stream) \(name)\(parent.hasFlatList ? "" : " only")"
        case .path: "\(stream.id) \(parent.stream) \(stream.path) \(parent.field ?? "")"
        }
      }
    }
    #expect(
      parents.sorted() == [
        "account_contacts accounts filters[account]",
        "account_custom_field_values accounts filters[customerAccountId]",
        "contact_goals contacts contacts/{id}/contactGoals ",
        "contact_logs contacts contacts/{id}/contactLogs ",
        "custom_field_values custom_fields filters[fieldid]",
        "custom_object_records custom_object_schemas customObjects/records/{id} id",
        "deal_custom_field_values deals filters[dealId]",
        "deal_stages deal_pipelines filters[d_groupid]",
        "ecommerce_customers connections filters[connectionid]",
        "ecommerce_orders connections filters[connectionid]",
        "geo_ips contacts contacts/{id}/geoIps ",
        "plus_append contacts contacts/{id}/plusAppend ",
      ])
  }

  @Test func `come on the pages of others`() {
    let carried = StreamDefinition.all.filter { $0.carrier != nil }
    #expect(
      carried.map { "\($0.id) \($0.carrier?.name ?? "") \($0.rows)" }.sorted() == [
        "activity_recipients activities activityRecipients",
        "custom_field_options custom_fields fieldOptions",
        "custom_field_rels custom_fields fieldRels", "geo_addresses geo_ips geoAddresses",
      ])
    #expect(StreamDefinition.customFieldOptions.lookup == .below("fieldOptions"))
    #expect(StreamDefinition.customFieldRels.lookup == .below("fieldRels"))
  }

  @Test func `come beside contacts where asked to, which then list their ids`() {
    let contacts = StreamDefinition.contacts
    #expect(contacts.sideLoads == ["contact_lists", "contact_tags", "custom_field_values"])
    let arrays = contacts.sideLoads.compactMap { StreamDefinition.named($0.name)?.rows }
    #expect(contacts.omitted == Set(arrays).union(["links"]))
    let others = StreamDefinition.all.filter { $0.id != "contacts" }
    #expect(others.allSatisfy { $0.sideLoads.isEmpty })
  }

  @Test func `carry no other parameters than these`() {
    let parameters = StreamDefinition.all.filter { !$0.parameters.isEmpty }
    #expect(
      Dictionary(uniqueKeysWithValues: parameters.map { ($0.id.name, $0.parameters) }) == [
        "accounts": ["count_deals": "true"],
        "audiences": ["page": "1", "page_size": "10000"],
        "custom_object_schemas": ["showFields": "all"],
      ])
  }

  @Test(arguments: [
    ("custom_fields", "fields", "fields"), ("tasks", "dealTasks", "dealTasks"),
    ("deal_pipelines", "dealGroups", "dealGroups"), ("deal_stages", "dealStages", "dealStages"),
    ("contact_tags", "contactTags", "contactTags"), ("users", "users", "users"),
    ("task_types", "dealTasktypes", "dealTasktypes"), ("campaign_links", "links", "links"),
    ("group_members", "groupMembers", "groupDefinitions"), ("send_logs", "logs", "logs"),
    ("list_exclusions", "lists/exclusions", "exclusions"), ("audiences", "audiences", "data"),
    ("sms_broadcasts", "sms/broadcasts", "broadcasts"), ("sms_lists", "sms/lists", "lists"),
    ("webhook_events", "webhook/events", "webhookEvents"),
    ("custom_object_schemas", "customObjects/schemas", "schemas"),
  ])
  func `lie where the API has them`(name: String, path: String, rows: String) throws {
    let stream = try #require(StreamDefinition.named(name))
    #expect(stream.path == path)
    #expect(stream.rows == rows)
  }
}
