extension StreamDefinition {
  /// What contacts are on, in and linked to.
  static let memberships = [
    contactLists, contactAutomations, contactDeals, accountContacts, organizations,
  ]

  /// Which contact is on which list, and in what state.
  public static let contactLists = StreamDefinition(
    "contact_lists", "Which contact is on which list, and in what state", path: "contactLists",
    rows: "contactLists", lookup: .none, standing: .seen, alsoReadBy: [.singer],
    lookedUpBy: ["contact"],
    columns: [
      .key("id", .bigint),
      .column("contact", .bigint, "Contact on the list: contacts.id"),
      .column("list", .bigint, "List it is on: lists.id"),
      .column("form", .bigint, "Form it came by: forms.id; null: none"),
      .column("seriesid", .bigint, "Automation that put it on: automations.id; 0: none"),
      .column("sdate", .timestamptz, "When it subscribed"),
      .column("udate", .timestamptz, "When the state last changed; null until a change"),
      .column("status", .smallint, "0 unconfirmed, 1 active, 2 unsubscribed, 3 bounced"),
      .column("responder", .boolean, "Whether auto-responders are sent to it"),
      .column("sync", .boolean, "Whether it came by a synchronisation"),
      .personal("unsubreason", .text, "Reason it gave for unsubscribing; empty: none"),
      .column("campaign", .bigint, "Campaign by which it unsubscribed: campaigns.id; null: none"),
      .column("message", .bigint, "Message by which it unsubscribed: messages.id; null: none"),
      .personal("first_name", .text, "First name when it subscribed"),
      .personal("last_name", .text, "Last name when it subscribed"),
      .personal(
        "ip4Sub", .text,
        "IPv4 address it subscribed from, as an unsigned 32-bit number in decimal; 0: none"),
      .column("sourceid", .bigint, "How it came onto the list, as a number of the service"),
      .column("autosyncLog", .bigint, "Log of the synchronisation that put it on; null: none"),
      .personal(
        "ip4_last", .bigint,
        "IPv4 address last seen, as an unsigned 32-bit number in decimal; 0: none"),
      .personal(
        "ip4Unsub", .bigint,
        "IPv4 address it unsubscribed from, as an unsigned 32-bit number in decimal; 0: none"),
      .column(
        "unsubscribeAutomation", .bigint,
        "Automation that unsubscribed it: automations.id; null: none"),
      .column("automation", .bigint, "Automation that put it on: automations.id; null: none"),
      .column("created_timestamp", .timestamp, "When the row was created; US Central wall clock"),
      .column(
        "updated_timestamp", .timestamp,
        "When the row last changed; US Central wall clock"),
      .column("created_by", .bigint, "User who created it: users.id; null: none"),
      .column("updated_by", .bigint, "User who last changed it: users.id; null: none"),
      .column("channel", .text, "Channel of the subscription: email, sms"),
    ])

  /// Entries of contacts into automations, and how far they came.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-contact-automations>
  public static let contactAutomations = StreamDefinition(
    "contact_automations", "Entries of contacts into automations, and how far they came",
    path: "contactAutomations", rows: "contactAutomations", alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("contact", .bigint, "Contact in the automation: contacts.id"),
      .column("seriesid", .bigint, "Automation it entered: automations.id"),
      .column("startid", .bigint, "Trigger by which it entered; 0: none"),
      .column("status", .smallint, "1 active, 2 done"),
      .column("batchid", .text, "Batch it was entered with, in the service's words; null: none"),
      .column("adddate", .timestamptz, "When it entered"),
      .column("remdate", .timestamptz, "When it left; null: it is still in"),
      .column("timespan", .bigint, "Time spent in it, as the service counts it; null: not told"),
      .column("lastblock", .bigint, "Last step it reached: automation_blocks.id"),
      .column("lastlogid", .bigint, "Log row of that step; 0: none"),
      .column("lastdate", .timestamptz, "When it reached its last step"),
      .column("completedElements", .bigint, "Steps done"),
      .column("totalElements", .bigint, "Steps in all"),
      .column("completed", .boolean, "Whether it reached the end"),
      .column("completeValue", .bigint, "Steps done, in percent"),
      .column("automation", .bigint, "Automation it entered: automations.id"),
      .column("in_als", .bigint, "A number sent with newer rows, undocumented"),
    ])

  /// Secondary contacts of deals.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-secondary-contacts>
  public static let contactDeals = StreamDefinition(
    "contact_deals", "Secondary contacts of deals", path: "contactDeals", rows: "contactDeals",
    rest: .seconds(3600), alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("deal", .bigint, "Deal it is a further contact of: deals.id"),
      .column("contact", .bigint, "The further contact: contacts.id"),
      .column("cdate", .timestamptz, "When it was linked"),
      .column("role", .text, "Its part in the deal: deal_roles.id; null: none"),
      .column("created_timestamp", .timestamp, "When the row was created; US Central wall clock"),
      .column(
        "updated_timestamp", .timestamp,
        "When the row last changed; US Central wall clock"),
      .column("created_by", .bigint, "User who linked it: users.id; null: none"),
      .column("updated_by", .bigint, "User who last changed it: users.id; null: none"),
    ])

  /// Which contact belongs to which account.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-associations-1>
  public static let accountContacts = StreamDefinition(
    "account_contacts", "Which contact belongs to which account", path: "accountContacts",
    rows: "accountContacts",
    parent: Parent("accounts", filter: "filters[account]", hasFlatList: true),
    rest: .seconds(3600), alsoReadBy: [.singer],
    lookedUpBy: ["contact"],
    columns: [
      .key("id", .bigint),
      .column("account", .bigint, "Account it belongs to: accounts.id"),
      .column("contact", .bigint, "Contact that belongs to it: contacts.id"),
      .personal("jobTitle", .text, "The contact's job there"),
      .column("createdTimestamp", .timestamptz, "When it was linked"),
      .column("updatedTimestamp", .timestamptz, "When the link last changed"),
    ])

  /// Organizations of contacts; the service has replaced them by accounts.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-organizations>
  public static let organizations = StreamDefinition(
    "organizations", "Organizations of contacts; the service has replaced them by accounts",
    path: "organizations", rows: "organizations", rest: .seconds(3600),
    columns: [
      .key("id", .bigint),
      .column("name", .text, "Name of the organization"),
      .column("created_timestamp", .timestamptz, "When it was created"),
      .column("updated_timestamp", .timestamptz, "When it last changed"),
      .column("userid", .bigint, "User who owns it: users.id"),
      .column("owner", .bigint, "User who owns it: users.id"),
    ])
}
