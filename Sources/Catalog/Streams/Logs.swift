extension StreamDefinition {
  /// What happened, a row an event: millions of rows, mostly only ever added to.
  static let logs = [
    activities, activityRecipients, emailActivities, trackingLogs, sendLogs, linkData, mppLinkData,
  ]

  /// What contacts did and what was done to them.
  public static let activities = StreamDefinition(
    "activities", "What contacts did and what was done to them", path: "activities",
    rows: "activities", lookup: .none, cost: "a row an event, for each contact",
    rest: .seconds(3600), alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("tstamp", .timestamptz, "When it happened"),
      .column("subscriberid", .bigint, "Contact it is about: contacts.id"),
      .column(
        "reference_type", .text,
        "What it points to, such as Log, LinkData, SubscriberList, Note, DealTask"),
      .column(
        "reference_id", .text,
        "Id of what it points to, in the table that reference_type tells"),
      .column("reference_action", .text, "What was done, in the service's words; empty: none"),
      .personal("jsonData", .embeddedJSON, "Further details, in the service's form"),
      .column("userid", .bigint, "User who did it: users.id; 0: none"),
      .column("permission", .text, "Who may see it, in the service's words; empty: all"),
      .column(
        "referenceModelName", .text,
        "What it points to, by another of the service's names"),
      .column("notes", .jsonb, "Ids of notes on it: notes.id"),
      .column("recipients", .jsonb, "Ids of its recipients, who are rows of activity_recipients"),
      .column("reference", .jsonb, "What it points to, as {\"type\", \"id\"}"),
      .column("user", .bigint, "User who did it: users.id; null: none"),
    ])

  /// Who activities are about, sent with the rows of activities.
  public static let activityRecipients = StreamDefinition(
    "activity_recipients", "Who activities are about, sent with the rows of activities",
    path: "activities", rows: "activityRecipients", carrier: "activities", lookup: .none,
    cost: "comes with activities: a row an event, for each contact", rest: .seconds(3600),
    columns: [
      .key(madeFrom: ["activityid", "reltype", "relid"]),
      .column("activityid", .bigint, "Activity: activities.id"),
      .column("reltype", .text, "What the recipient is, such as Subscriber (contact)"),
      .column("relid", .bigint, "Id of the recipient, in the table that reltype tells"),
      .column("recipient", .jsonb, "The recipient, as {\"type\", \"id\"}"),
    ])

  /// Mails sent to single contacts, by users and by automations, bodies included.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-email-activities>
  public static let emailActivities = StreamDefinition(
    "email_activities",
    "Mails sent to single contacts, by users and by automations, bodies included",
    path: "emailActivities", rows: "emailActivities", lookup: .none,
    cost: "a row a mail, with its body", rest: .seconds(3600), alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("subscriberid", .bigint, "Contact it was sent to: contacts.id"),
      .column("userid", .bigint, "User who sent it: users.id; 0: none"),
      .column("d_id", .bigint, "Deal it is about: deals.id; 0: none"),
      .column("account", .bigint, "Account it is about, presumably: accounts.id; 0 or null: none"),
      .column("reltype", .text, "What it belongs to, in the service's words"),
      .column("relid", .bigint, "Id of what it belongs to, in the table that reltype tells"),
      .personal("from_name", .text, "Name of the sender"),
      .personal("cc_address", .text, "E-mail addresses that got a copy"),
      .personal("subject", .text, "Subject of the mail, as the contact read it"),
      .personal("message", .text, "Body as text"),
      .personal("message_html", .text, "Body as HTML"),
      .column("tstamp", .timestamptz, "When it was sent"),
      .column("contact", .bigint, "Contact it was sent to: contacts.id"),
      .column("deal", .bigint, "Deal it is about: deals.id; null: none"),
      .column("user", .bigint, "User who sent it: users.id; null: none"),
      .column("reference", .jsonb, "What it points to, in the service's form"),
      .personal("fromAddress", .text, "E-mail address of the sender"),
      .personal("toAddress", .text, "E-mail address of the recipient"),
      .column("automation_name", .text, "Name of the automation that sent it; seen as null only"),
    ])

  /// Events and visits that were tracked.
  public static let trackingLogs = StreamDefinition(
    "tracking_logs", "Events and visits that were tracked", path: "trackingLogs",
    rows: "trackingLogs", lookup: .none, cost: "a row an event or visit", rest: .seconds(3600),
    standing: .seen,
    columns: [
      .key("id", .bigint),
      .column("subscriberid", .bigint, "Contact that was tracked: contacts.id"),
      .column("type", .text, "Name of the event: event_tracking_events.name"),
      .personal("value", .text, "What was told of the event, such as the page that was visited"),
      .column("tstamp", .timestamptz, "When it happened"),
      .column("hash", .text, "Hash that stands for the event"),
      .column("contact", .bigint, "Contact that was tracked: contacts.id"),
    ])

  /// Mails that were delivered, a row a contact and campaign.
  public static let sendLogs = StreamDefinition(
    "send_logs", "Mails that were delivered, a row a contact and campaign", path: "logs",
    rows: "logs", lookup: .none, cost: "a row a mail delivered", rest: .seconds(3600),
    standing: .seen,
    columns: [
      .key("id", .bigint),
      .column("subscriberid", .bigint, "Contact it was sent to: contacts.id"),
      .column("campaignid", .bigint, "Campaign it was of: campaigns.id"),
      .column("messageid", .bigint, "Message that was sent: messages.id"),
      .column("sendid", .bigint, "Id of the sending: campaigns.sendid"),
      .column("successful", .boolean, "Whether it was delivered"),
      .column("tstamp", .timestamptz, "When it was sent"),
      .column("contact", .bigint, "Contact it was sent to: contacts.id"),
      .column("campaign", .bigint, "Campaign it was of: campaigns.id"),
      .column("message", .bigint, "Message that was sent: messages.id"),
    ])

  /// Opens and clicks, a row a contact and link.
  public static let linkData = StreamDefinition(
    "link_data", "Opens and clicks, a row a contact and link", path: "linkData", rows: "linkData",
    lookup: .none, cost: "a row an open or click, and slow to page through", rest: .seconds(3600),
    standing: .seen,
    columns: [
      .key("id", .bigint),
      .column("subscriberid", .bigint, "Contact that opened or clicked: contacts.id"),
      .column("campaignid", .bigint, "Campaign: campaigns.id"),
      .column("messageid", .bigint, "Message: messages.id"),
      .column("linkid", .bigint, "Link that was clicked: campaign_links.id"),
      .column("link", .bigint, "Link that was clicked: campaign_links.id"),
      .column("isread", .smallint, "0 a click, 1 an open, counted by the pixel"),
      .column("times", .text, "How often, as the service counts it"),
      .personal("ip", .text, "IPv4 address it came from"),
      .personal("ip6", .text, "IPv6 address it came from"),
      .personal("ua", .text, "Program it came from"),
      .column("uasrc", .text, "Where the name of that program came from"),
      .personal("referer", .text, "Page it came from"),
      .column("tstamp", .timestamptz, "When it happened"),
      .column("created_timestamp", .timestamp, "When the row was created; US Central wall clock"),
    ])

  /// Mails that Apple Mail Privacy Protection fetched, which are no opens; a row a contact and link.
  public static let mppLinkData = StreamDefinition(
    "mpp_link_data",
    "Mails that Apple Mail Privacy Protection fetched, which are no opens; a row a contact and link",
    path: "mppLinkData", rows: "mppLinkData", lookup: .none,
    cost: "a row a mail fetched, and slow to page through", rest: .seconds(3600), standing: .seen,
    columns: [
      .key("id", .bigint),
      .column("subscriberid", .bigint, "Contact whose mail was fetched: contacts.id"),
      .column("campaignid", .bigint, "Campaign: campaigns.id"),
      .column("messageid", .bigint, "Message: messages.id"),
      .column("linkid", .bigint, "Link that was fetched: campaign_links.id"),
      .column("link", .bigint, "Link that was fetched: campaign_links.id"),
      .column("isread", .smallint, "2 a fetch by Apple's servers"),
      .column("times", .text, "How often, as the service counts it"),
      .personal("ip", .text, "IPv4 address it came from"),
      .personal("ip6", .text, "IPv6 address it came from"),
      .personal("ua", .text, "Program it came from"),
      .column("uasrc", .text, "Where the name of that program came from"),
      .personal("referer", .text, "Page it came from"),
      .column("tstamp", .timestamptz, "When it happened"),
      .column("created_timestamp", .timestamp, "When the row was created; US Central wall clock"),
    ])
}
