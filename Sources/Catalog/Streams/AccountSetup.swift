extension StreamDefinition {
  /// How the account is set up.
  static let accountSetup = [
    addresses, brandings, calendars, configs, webhooks, webhookEvents, eventTrackingEvents,
    siteTrackingDomains, urlWhitelistings,
  ]

  /// Postal addresses that mails show.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-addresses>
  public static let addresses = StreamDefinition(
    "addresses", "Postal addresses that mails show", path: "addresses", rows: "addresses",
    rest: .seconds(3600), alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("companyName", .text, "Name of the company"),
      .column("address1", .text, "Street, first line"),
      .column("address2", .text, "Street, second line"),
      .column("city", .text, "City"),
      .column("state", .text, "State or province"),
      .column("district", .text, "District"),
      .column("zip", .text, "Postal code"),
      .column("country", .text, "Country, two letters"),
      .column("allgroup", .boolean, "Whether users of all groups may use it"),
      .column("isDefault", .boolean, "Whether it is used where no other is chosen"),
      .column("created_timestamp", .timestamp, "When it was created; US Central wall clock"),
      .column("updated_timestamp", .timestamp, "When it last changed; US Central wall clock"),
      .column("created_by", .bigint, "User who created it: users.id; null: none"),
      .column("updated_by", .bigint, "User who last changed it: users.id; null: none"),
      .column("smsName", .text, "Name that text messages show"),
    ])

  /// How the account looks to its users.
  ///
  /// <https://developers.activecampaign.com/reference/brandings>
  public static let brandings = StreamDefinition(
    "brandings", "How the account looks to its users", path: "brandings", rows: "brandings",
    rest: .seconds(3600), alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("groupid", .text, "Group whose users see it: groups.id, as text"),
      .column("siteName", .text, "Name of the site"),
      .column("siteLogo", .text, "Address of its logo"),
      .column("siteLogoSmall", .text, "Address of its small logo"),
      .column("headerTextValue", .text, "Text put before the text part of mails"),
      .column("headerHtmlValue", .text, "HTML put before the HTML part of mails"),
      .column("footerTextValue", .text, "Text put behind the text part of mails"),
      .column("footerHtmlValue", .text, "HTML put behind the HTML part of mails"),
      .column("copyright", .boolean, "Whether the service's copyright is shown"),
      .column("version", .text, "Whether the service's version is shown: 1 yes"),
      .column("license", .text, "Whether the service's licence is shown: 1 yes"),
      .column("help", .boolean, "Whether the service's help is shown"),
      .column("adminTemplateHtm", .text, "HTML around the pages of users"),
      .column("adminTemplateCss", .text, "Style sheet of the pages of users"),
      .column("publicTemplateHtm", .text, "HTML around the pages of contacts"),
      .column("publicTemplateCss", .text, "Style sheet of the pages of contacts"),
      .column("favicon", .text, "Address of its icon; null: the service's"),
      .column("admin_template_css_backup", .text, "Style sheet before the last change"),
      .column("admin_template_htm_backup", .text, "HTML before the last change"),
      .column("created_timestamp", .timestamp, "When it was created; US Central wall clock"),
      .column("updated_timestamp", .timestamp, "When it last changed; US Central wall clock"),
      .column(
        "zendeskWidgetEnabled", .boolean,
        "Whether the service's support can be written to from the pages"),
    ])

  /// Calendar feeds of tasks.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-calendar-feeds>
  public static let calendars = StreamDefinition(
    "calendars", "Calendar feeds of tasks", path: "calendars", rows: "calendars",
    omitted: ["token"], rest: .seconds(3600), alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("userid", .bigint, "User whose feed it is: users.id"),
      .column("title", .text, "Name that people see"),
      .column("type", .text, "Whose tasks it shows, such as All"),
      .column(
        "notification", .smallint,
        "How long before a task it reminds, as the service counts it; 0: not"),
      .column("cdate", .timestamptz, "When the feed was created"),
      .column("mdate", .timestamptz, "When it last changed"),
    ])

  /// Names of the account's settings; their values are never stored, since some are secrets.
  ///
  /// <https://developers.activecampaign.com/reference/configs>
  public static let configs = StreamDefinition(
    "configs",
    "Names of the account's settings; their values are never stored, since some are secrets",
    path: "configs", rows: "configs", omitted: ["val"], lookup: .none, rest: .seconds(3600),
    standing: .seen, alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("keyname", .text, "Name of the setting"),
      .column("section", .text, "Part of the account it belongs to"),
      .column("item", .text, "What it is set for"),
      .column("userid", .bigint, "User it is set for: users.id; 0: all"),
      .column("cdate", .timestamptz, "When it was first set"),
      .column("udate", .timestamptz, "When it last changed"),
      .column("created_timestamp", .timestamp, "When the row was created; US Central wall clock"),
      .column(
        "updated_timestamp", .timestamp,
        "When the row last changed; US Central wall clock"),
      .column("created_by", .bigint, "User who set it first: users.id; null: none"),
      .column("updated_by", .bigint, "User who last changed it: users.id; null: none"),
      .column("owner", .bigint, "User it is set for: users.id; null: all"),
    ])

  /// Addresses that the account tells of events.
  ///
  /// <https://developers.activecampaign.com/reference/get-a-list-of-webhooks>
  public static let webhooks = StreamDefinition(
    "webhooks", "Addresses that the account tells of events", path: "webhooks", rows: "webhooks",
    rest: .seconds(3600), alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("cdate", .timestamptz, "When it was created"),
      .column("listid", .bigint, "List whose events it is told of: lists.id; 0: all"),
      .column("name", .text, "Name that people see"),
      .personal("url", .text, "Address that is told; it may hold a token"),
      .column("events", .jsonb, "Events it is told of: webhook_events.name"),
      .column("sources", .jsonb, "What may cause them: public, admin, api, system"),
      .column("deactivated_date", .timestamptz, "When it was switched off; null: it is on"),
      .column("state", .text, "Whether it is on, in the service's words"),
    ])

  /// Events that webhooks can be told of.
  ///
  /// <https://developers.activecampaign.com/reference/get-a-list-of-webhook-events>
  public static let webhookEvents = StreamDefinition(
    "webhook_events", "Events that webhooks can be told of", path: "webhook/events",
    rows: "webhookEvents", paging: .atOnce, lookup: .none, rest: .seconds(3600),
    columns: [
      .key(madeFrom: [""]),
      .column("", .text, "Name of the event", named: "name"),
    ])

  /// Events that the account tracks.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-event-types>
  public static let eventTrackingEvents = StreamDefinition(
    "event_tracking_events", "Events that the account tracks", path: "eventTrackingEvents",
    rows: "eventTrackingEvents", lookup: .none, rest: .seconds(3600),
    columns: [
      .key(madeFrom: ["name"]),
      .column("name", .text, "Name of the event"),
    ])

  /// Websites whose visits the account tracks.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-whitelisted-domains>
  public static let siteTrackingDomains = StreamDefinition(
    "site_tracking_domains", "Websites whose visits the account tracks",
    path: "siteTrackingDomains", rows: "siteTrackingDomains", lookup: .none, rest: .seconds(3600),
    columns: [
      .key(madeFrom: ["name"]),
      .column("name", .text, "Domain of the website"),
    ])

  /// Addresses that mails may link to; what comes besides id and type is in attributes.
  public static let urlWhitelistings = StreamDefinition(
    "url_whitelistings",
    "Addresses that mails may link to; what comes besides id and type is in attributes",
    path: "prism/urlWhitelistings", rows: "data", paging: .atOnce, lookup: .none,
    rest: .seconds(3600), standing: .unverified,
    columns: [
      .key(madeFrom: ["id"]),
      .column("id", .text, "Id in ActiveCampaign"),
      .column("type", .text, "Kind of the row, in the service's words"),
      .column("attributes", .jsonb, "What is known of it, in the service's form"),
    ])
}
