extension StreamDefinition {
  /// What campaigns consist of, and what came back.
  static let campaignDetails = [campaignLists, campaignMessages, campaignLinks, bounceLogs]

  /// Which campaign went to which list.
  public static let campaignLists = StreamDefinition(
    "campaign_lists", "Which campaign went to which list", path: "campaignLists",
    rows: "campaignLists", lookup: .none, rest: .seconds(3600), standing: .seen,
    alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("campaignid", .bigint, "Campaign: campaigns.id"),
      .column("listid", .bigint, "List it went to: lists.id"),
      .column("userid", .bigint, "User who owns the list: users.id; 0: none"),
      .column("list_amt", .bigint, "Contacts of the list it went to"),
      .column("cdate", .timestamptz, "When the link was made"),
      .column("udate", .timestamptz, "When it last changed"),
      .column("name", .text, "Name of the list"),
      .column("user", .bigint, "User who owns the list: users.id; null: none"),
      .column("list", .bigint, "List it went to: lists.id"),
      .column("campaign", .bigint, "Campaign: campaigns.id"),
    ])

  /// Which message a campaign sent, with statistics of each; several in a split test.
  public static let campaignMessages = StreamDefinition(
    "campaign_messages",
    "Which message a campaign sent, with statistics of each; several in a split test",
    path: "campaignMessages", rows: "campaignMessages", lookup: .none, rest: .seconds(3600),
    standing: .seen, alsoReadBy: [.singer], snapshot: .daily,
    columns: [
      .key("id", .bigint),
      .column("messageid", .bigint, "Message that was sent: messages.id"),
      .column("campaignid", .bigint, "Campaign that sent it: campaigns.id"),
      .column("percentage", .numeric, "Share of the campaign's contacts that got it, in percent"),
      .column("sourcesize", .bigint, "Size of the mail in bytes"),
      .counter("send_amt", .bigint, "Mails sent so far"),
      .counter("total_amt", .bigint, "Mails to send in all"),
      .counter("opens", .bigint, "Opens counted, repeated ones too"),
      .counter("uniqueopens", .bigint, "Contacts who opened it"),
      .counter("linkclicks", .bigint, "Clicks counted, repeated ones too"),
      .counter("uniquelinkclicks", .bigint, "Clicks counted once for each contact and link"),
      .counter("subscriberclicks", .bigint, "Contacts who clicked"),
      .counter("forwards", .bigint, "Forwards counted"),
      .counter("uniqueforwards", .bigint, "Contacts who forwarded it"),
      .counter("hardbounces", .bigint, "Mails that bounced for good"),
      .counter("softbounces", .bigint, "Mails that bounced for now"),
      .counter("unsubscribes", .bigint, "Contacts who unsubscribed by it"),
      .counter("unsubreasons", .bigint, "Unsubscribers who gave a reason"),
      .counter("updates", .bigint, "Contacts who updated their profile by it"),
      .counter("socialshares", .bigint, "Shares on social networks"),
      .counter("replies", .bigint, "Replies counted"),
      .counter("uniquereplies", .bigint, "Contacts who replied"),
      .column("spamcheck_score", .numeric, "Points that the check for spam gave it"),
      .column("spamcheck_max", .numeric, "Points from which on it counts as spam"),
      .column(
        "initial_split_percentage", .numeric,
        "Share that it got in a split test before the winner was known, in percent"),
      .column("screenshot", .text, "Address of a picture of the mail"),
      .column("subject", .text, "Subject of the mail"),
      .column("campaign", .bigint, "Campaign that sent it: campaigns.id"),
      .column("message", .bigint, "Message that was sent: messages.id"),
    ])

  /// Links in campaigns, with their clicks; the link open is the pixel that counts opens.
  ///
  /// <https://developers.activecampaign.com/reference/retrieve-links-associated-campaign>
  public static let campaignLinks = StreamDefinition(
    "campaign_links",
    "Links in campaigns, with their clicks; the link open is the pixel that counts opens",
    path: "links", rows: "links", lookup: .none, rest: .seconds(3600), standing: .seen,
    alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("campaignid", .bigint, "Campaign it stands in: campaigns.id"),
      .column("messageid", .bigint, "Message it stands in: messages.id"),
      .column("link", .text, "Address it leads to; open for the pixel that counts opens"),
      .column("name", .text, "Name that people see"),
      .column("ref", .text, "Reference given to it; empty: none"),
      .column("tracked", .boolean, "Whether clicks are counted"),
      .column("campaign", .bigint, "Campaign it stands in: campaigns.id"),
      .column("message", .bigint, "Message it stands in: messages.id; null: none"),
      .counter("uniquelinkclicks", .bigint, "Contacts who clicked it"),
      .counter("linkclicks", .bigint, "Clicks counted, repeated ones too"),
      .column("created_timestamp", .timestamp, "When it was created; US Central wall clock"),
      .column(
        "updated_timestamp", .timestamp,
        "When the row last changed; US Central wall clock"),
      .column("created_by", .bigint, "User who created it: users.id; null: none"),
      .column("updated_by", .bigint, "User who last changed it: users.id; null: none"),
    ])

  /// Mails that bounced, with their reason.
  public static let bounceLogs = StreamDefinition(
    "bounce_logs", "Mails that bounced, with their reason", path: "bounceLogs",
    rows: "bounceLogs", lookup: .none, rest: .seconds(3600), standing: .seen,
    alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("tstamp", .timestamptz, "When it bounced"),
      .column("bounceid", .bigint, "Rule by which it counts as a bounce"),
      .column("subscriberid", .bigint, "Contact it was sent to: contacts.id"),
      .column("campaignid", .bigint, "Campaign it was of: campaigns.id; 0: none"),
      .column("messageid", .bigint, "Message that was sent: messages.id; 0: none"),
      .column("codeid", .text, "Code of the kind of bounce, such as 48"),
      .personal("email", .text, "E-mail address it was sent to"),
      .personal("error", .text, "Words of the receiving server"),
      .personal("source", .text, "The mail that came back, headers and all"),
      .column("created_timestamp", .timestamp, "When the row was created; US Central wall clock"),
      .column(
        "updated_timestamp", .timestamp,
        "When the row last changed; US Central wall clock"),
      .column("created_by", .bigint, "User who created it: users.id; null: none"),
      .column("updated_by", .bigint, "User who last changed it: users.id; null: none"),
      .column("bounce", .bigint, "Rule by which it counts as a bounce"),
      .column("contact", .bigint, "Contact it was sent to: contacts.id"),
      .column("campaign", .bigint, "Campaign it was of: campaigns.id; null: none"),
      .column("message", .bigint, "Message that was sent: messages.id; null: none"),
      .column("code", .text, "Code of the kind of bounce; equal to codeid"),
    ])
}
