extension StreamDefinition {
  /// What is sent: bodies of mails, templates, text messages.
  static let messagesAndTexts = [
    messages, templates, savedResponses, personalizations, siteMessages, sms, smsBroadcasts,
    smsLists,
  ]

  /// Mails as they were written, bodies included.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-messages>
  public static let messages = StreamDefinition(
    "messages", "Mails as they were written, bodies included", path: "messages", rows: "messages",
    rest: .seconds(3600), alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("userid", .bigint, "User who wrote it: users.id"),
      .column("ed_instanceid", .bigint, "Id of the editor's copy; 0: none"),
      .column("ed_version", .bigint, "Version of the editor it was made with"),
      .column("cdate", .timestamptz, "When it was created"),
      .column("mdate", .timestamptz, "When it last changed"),
      .column("name", .text, "Name that people see"),
      .personal("fromname", .text, "Name of the sender"),
      .personal("fromemail", .text, "E-mail address of the sender"),
      .personal("reply2", .text, "E-mail address that answers go to"),
      .column("priority", .bigint, "Priority of the mail: 1 high, 3 normal, 5 low"),
      .column("charset", .text, "Character set of the mail"),
      .column("encoding", .text, "How its bytes are encoded, such as quoted-printable"),
      .column("format", .text, "Format of the mail: mime, html, text"),
      .column("subject", .text, "Subject of the mail"),
      .column("preheader_text", .text, "Text that mail programs show behind the subject"),
      .column("text", .text, "Body as text; most of the table's bytes are in the bodies"),
      .column("html", .text, "Body as HTML; most of the table's bytes are in the bodies"),
      .column(
        "htmlfetch", .text,
        "When the HTML body is fetched from elsewhere: now or at the sending"),
      .column(
        "textfetch", .text,
        "When the text body is fetched from elsewhere: now or at the sending"),
      .column("hidden", .boolean, "Whether it is hidden from people"),
      .column("preview_mime", .text, "Address or data of its preview; empty: none"),
      .column("preview_data", .text, "Data of its preview; empty or null: none"),
      .column("user", .bigint, "User who wrote it: users.id"),
      .column("has_predictive_content", .boolean, "Whether its content is chosen by prediction"),
      .column("language_code", .text, "Language it is written in"),
      .column("source", .text, "How it came to be, in the service's words"),
    ])

  /// Templates of mails.
  ///
  /// <https://developers.activecampaign.com/reference/templates>
  public static let templates = StreamDefinition(
    "templates", "Templates of mails", path: "templates", rows: "templates", rest: .seconds(3600),
    alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("userid", .bigint, "User who made it: users.id"),
      .column("ed_instanceid", .bigint, "Id of the editor's copy; 0: none"),
      .column("ed_version", .bigint, "Version of the editor it was made with"),
      .column("name", .text, "Name that people see"),
      .column("subject", .text, "Subject of mails made from it; null: none"),
      .column("content", .text, "Content of the template"),
      .column("categoryid", .bigint, "Category it is in"),
      .column("used", .smallint, "How often it was used, or whether; undocumented"),
      .column("waitpreview", .boolean, "Whether it waits for a preview"),
      .column("importnum", .bigint, "Number of the import it came by; 0: none"),
      .column("mdate", .timestamp, "When it last changed; US Central wall clock"),
      .column("preview_content", .text, "Content of its preview; null: none"),
      .column("modified", .boolean, "Whether it was changed since its import"),
      .column("hidden", .boolean, "Whether it is hidden from people"),
      .column("screenshot", .text, "Address of a picture of it"),
    ])

  /// Texts that users answer mails with.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-saved-responses>
  public static let savedResponses = StreamDefinition(
    "saved_responses", "Texts that users answer mails with", path: "savedResponses",
    rows: "savedResponses", rest: .seconds(3600), alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("title", .text, "Name that people see"),
      .column("subject", .text, "Subject of the answer"),
      .column("body", .text, "Text of the answer"),
      .column("ldate", .timestamptz, "When it was last sent; null: never"),
      .column("last_sent_user_id", .bigint, "User who last sent it: users.id; null: never"),
      .column("cdate", .timestamptz, "When it was created"),
      .column("mdate", .timestamptz, "When it last changed; null until a change"),
    ])

  /// Texts of the account that mails can be personalised with.
  public static let personalizations = StreamDefinition(
    "personalizations", "Texts of the account that mails can be personalised with",
    path: "personalizations", rows: "personalizations", lookup: .none, rest: .seconds(3600),
    columns: [
      .key("id", .bigint),
      .column("name", .text, "Name that people see"),
      .column("tag", .text, "Tag that stands for it in mails"),
      .column("format", .text, "Format of the content: html or text"),
      .column("content", .text, "Text it stands for"),
      .column("listIds", .text, "Ids of the lists it may be used for, comma separated: lists.id"),
      .column("listNames", .text, "Names of those lists, comma separated"),
      .column("listsCount", .bigint, "Number of those lists"),
      .column("isLocked", .boolean, "Whether it cannot be changed"),
    ])

  /// Messages shown to visitors of the website by automations.
  public static let siteMessages = StreamDefinition(
    "site_messages", "Messages shown to visitors of the website by automations",
    path: "siteMessages", rows: "siteMessages", lookup: .none, rest: .seconds(3600),
    standing: .seen, alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("name", .text, "Name that people see"),
      .column("automation", .bigint, "Automation that shows it: automations.id"),
      .column("template", .jsonb, "What is shown, in the service's form"),
      .column("ldate", .timestamptz, "When it was last shown"),
    ])

  /// Text messages that automations send.
  public static let sms = StreamDefinition(
    "sms", "Text messages that automations send", path: "sms", rows: "sms", lookup: .none,
    rest: .seconds(3600), standing: .seen, alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("userid", .bigint, "User who made it: users.id"),
      .column("seriesid", .bigint, "Automation that sends it: automations.id"),
      .column("msg", .text, "Text of the message"),
      .column("tstamp", .timestamptz, "When it was made"),
      .column("tf_day", .text, "Days on which it may be sent, in the service's words"),
      .column("tf_hr_from", .bigint, "Hour of the day from which on it may be sent"),
      .column("tf_hr_to", .bigint, "Hour of the day up to which it may be sent"),
      .counter("sent", .bigint, "Messages sent"),
      .counter("failed", .bigint, "Messages that failed"),
      .counter("unsubscribes", .bigint, "Contacts who unsubscribed by it"),
      .counter("replies", .bigint, "Replies counted"),
      .counter("uniquereplies", .bigint, "Contacts who replied"),
      .column("sdate", .timestamptz, "When the first one was sent"),
      .column("ldate", .timestamptz, "When the last one was sent"),
      .column("user", .bigint, "User who made it: users.id"),
      .column("automation", .bigint, "Automation that sends it: automations.id"),
    ])

  /// Text messages sent to whole lists.
  public static let smsBroadcasts = StreamDefinition(
    "sms_broadcasts", "Text messages sent to whole lists", path: "sms/broadcasts",
    rows: "broadcasts", lookup: .none, rest: .seconds(3600),
    columns: [
      .key("id", .bigint),
      .column("name", .text, "Name that people see"),
      .column("address_id", .bigint, "Postal address it shows: addresses.id"),
      .column("body", .text, "Text of the message"),
      .column("media_urls", .jsonb, "Addresses of pictures sent with it"),
      .column("preview_url", .text, "Address of its preview"),
      .column(
        "shorten_track_links_enabled", .boolean,
        "Whether links are shortened and clicks counted"),
      .column(
        "status", .text,
        "How far it is, in the service's words: draft, scheduled, sent and others"),
      .column("sent_date", .timestamptz, "When it was sent; null: not yet"),
      .column("scheduled_date", .timestamptz, "When it is set to be sent; null: not set"),
      .column("custom_run_id", .text, "Id of its run over a segment, a UUID; null: none"),
      .column("custom_segment_id", .text, "Id of the segment it goes to, a UUID; null: none"),
      .column("scheduled_by", .bigint, "User who scheduled it: users.id"),
      .column("sent_to_count", .bigint, "Contacts it was sent to"),
      .column("created_at", .timestamptz, "When it was created"),
      .column("created_by", .bigint, "User who created it: users.id"),
      .column("updated_at", .timestamptz, "When it last changed"),
      .column("updated_by", .bigint, "User who last changed it: users.id"),
      .column("deleted_at", .timestamptz, "When it was marked deleted; null: it lives"),
      .column("sift_approved", .boolean, "Whether the check for abuse let it pass"),
      .column("arc_approved", .boolean, "Whether the service's review let it pass"),
      .column("quiet_hours_enabled", .boolean, "Whether it waits while contacts sleep"),
      .column("list_ids", .jsonb, "Ids of the lists it goes to: sms_lists.id"),
      .column("segment_id", .text, "Id of the segment it goes to; null: none"),
      .column("label_ids", .jsonb, "Ids of the labels it bears"),
    ])

  /// Lists of the service for text messages; not the rows of lists.
  public static let smsLists = StreamDefinition(
    "sms_lists", "Lists of the service for text messages; not the rows of lists",
    path: "sms/lists", rows: "lists", lookup: .none, rest: .seconds(3600), standing: .unverified,
    columns: [
      .key("id", .bigint)
    ])
}
