extension StreamDefinition {
  /// What else is known of a contact, mostly one request each.
  static let contactDetails = [
    contactData, contactEmails, geoIps, geoAddresses, contactLogs, plusAppend,
  ]

  /// Where contacts came from and what was found out about them; one row a contact at most.
  public static let contactData = StreamDefinition(
    "contact_data",
    "Where contacts came from and what was found out about them; one row a contact at most",
    path: "contactData", rows: "contactData", lookup: .none, rest: .seconds(3600),
    standing: .seen, alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("contact", .bigint, "Contact it is about: contacts.id"),
      .column("tstamp", .timestamptz, "When it was last looked up"),
      .column("geoTstamp", .timestamptz, "When the place was last looked up; null: never"),
      .personal(
        "geoIp4", .text,
        "IPv4 address it was looked up by, as an unsigned 32-bit number in decimal; 0: none"),
      .personal("geoCountry2", .text, "Country, two letters"),
      .personal("geoState", .text, "State or province"),
      .personal("geoCity", .text, "City"),
      .personal("geoZip", .text, "Postal code"),
      .personal("geoArea", .text, "Telephone area code; 0: none"),
      .personal("geoLat", .text, "Latitude in degrees"),
      .personal("geoLon", .text, "Longitude in degrees"),
      .personal("geoTz", .text, "Time zone, such as Europe/Berlin"),
      .personal("geoTzOffset", .text, "Hours ahead of UTC"),
      .column("ga_campaign_source", .text, "Source of the visit, by Google Analytics"),
      .column("ga_campaign_name", .text, "Campaign of the visit, by Google Analytics"),
      .column("ga_campaign_medium", .text, "Medium of the visit, by Google Analytics"),
      .column("ga_campaign_term", .text, "Search term of the visit, by Google Analytics"),
      .column("ga_campaign_content", .text, "Variant of the advertisement, by Google Analytics"),
      .column("ga_campaign_customsegment", .text, "Segment of the visitor, by Google Analytics"),
      .column(
        "ga_first_visit", .text,
        "When it first visited, as Google Analytics spells it; null: not known"),
      .column("ga_times_visited", .bigint, "Visits counted by Google Analytics"),
      .personal("fb_id", .bigint, "Id on Facebook; 0: none"),
      .personal("fb_name", .text, "Name on Facebook"),
      .personal("tw_id", .bigint, "Id on Twitter; 0: none"),
      .column(
        "created_timestamp", .timestamp,
        "When the row was created; US Central wall clock; null: not told"),
      .column(
        "updated_timestamp", .timestamp,
        "When the row last changed; US Central wall clock; null: not told"),
      .column("created_by", .bigint, "User who created it: users.id; 0: none"),
      .column("updated_by", .bigint, "User who last changed it: users.id; 0: none"),
    ])

  /// Mails that users wrote to single contacts.
  public static let contactEmails = StreamDefinition(
    "contact_emails", "Mails that users wrote to single contacts", path: "contactEmails",
    rows: "contactEmails", lookup: .none, rest: .seconds(3600), standing: .seen,
    alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("messageid", .bigint, "Message that was sent: messages.id"),
      .column("seriesid", .bigint, "Automation that sent it: automations.id; 0: none"),
      .personal("messageheader", .text, "Header of the mail"),
      .column("userid", .bigint, "User who sent it: users.id"),
      .column("d_id", .bigint, "Deal it is about: deals.id; 0: none"),
      .column("subscriberid", .bigint, "Contact it was sent to: contacts.id"),
      .column("account", .bigint, "Account it is about, presumably: accounts.id; 0 or null: none"),
      .personal("ip", .text, "IPv4 address it was sent from"),
      .column("sdate", .timestamptz, "When it was sent"),
      .column("source", .text, "How it came to be, in the service's words"),
      .column("user", .bigint, "User who sent it: users.id"),
      .column("deal", .bigint, "Deal it is about: deals.id; null: none"),
      .column("contact", .bigint, "Contact it was sent to: contacts.id"),
      .column("message", .bigint, "Message that was sent: messages.id"),
    ])

  /// Places that contacts were seen at, by the address they opened or clicked from.
  public static let geoIps = StreamDefinition(
    "geo_ips", "Places that contacts were seen at, by the address they opened or clicked from",
    path: "contacts/{id}/geoIps", rows: "geoIps", parent: Parent("contacts"), lookup: .none,
    cost: "one request a contact",
    columns: [
      .key("id", .bigint),
      .column("contact", .bigint, "Contact that was seen: contacts.id"),
      .column("campaignid", .bigint, "Campaign it opened or clicked: campaigns.id; 0: none"),
      .column("messageid", .bigint, "Message it opened or clicked: messages.id; 0: none"),
      .column("geoaddrid", .bigint, "Place of the address: geo_addresses.id"),
      .personal("ip4", .text, "IPv4 address, as an unsigned 32-bit number in decimal; 0: none"),
      .column("tstamp", .timestamptz, "When it was seen there"),
      .column("geoAddress", .bigint, "Place of the address: geo_addresses.id"),
    ])

  /// Places of network addresses, sent with the rows of geo_ips.
  public static let geoAddresses = StreamDefinition(
    "geo_addresses", "Places of network addresses, sent with the rows of geo_ips",
    path: "contacts/{id}/geoIps", rows: "geoAddresses", carrier: "geo_ips", lookup: .none,
    cost: "comes with geo_ips: one request a contact",
    columns: [
      .key("id", .bigint),
      .personal("ip4", .text, "IPv4 address, as an unsigned 32-bit number in decimal"),
      .personal("country2", .text, "Country, two letters"),
      .personal("country", .text, "Name of the country"),
      .personal("state", .text, "State or province"),
      .personal("city", .text, "City"),
      .personal("zip", .text, "Postal code"),
      .personal("area", .text, "Telephone area code; 0: none"),
      .personal("lat", .text, "Latitude in degrees"),
      .personal("lon", .text, "Longitude in degrees"),
      .personal("tz", .text, "Time zone, such as Europe/Berlin"),
      .column("tstamp", .timestamptz, "When the place was looked up"),
    ])

  /// Log rows of contacts; only empty lists were seen, so what comes is in _extra.
  public static let contactLogs = StreamDefinition(
    "contact_logs",
    "Log rows of contacts; only empty lists were seen, so what comes is in _extra",
    path: "contacts/{id}/contactLogs", rows: "contactLogs", parent: Parent("contacts"),
    lookup: .none, cost: "one request a contact, and only empty answers were seen",
    standing: .unverified,
    columns: [
      .key("id", .bigint)
    ])

  /// What services for social data found out about a contact.
  public static let plusAppend = StreamDefinition(
    "plus_append", "What services for social data found out about a contact",
    path: "contacts/{id}/plusAppend", rows: "plusAppend", paging: .atOnce,
    parent: Parent("contacts"), lookup: .none, cost: "one request a contact",
    columns: [
      .key("id", .bigint),
      .column("contact", .bigint, "Contact it is about: contacts.id"),
      .column(
        "last_updated_rapleaf", .text,
        "When Rapleaf was last asked, as the service spells it; null: never"),
      .column(
        "last_updated_fliptop", .text,
        "When Fliptop was last asked, as the service spells it; null: never"),
      .column(
        "last_updated_fullcontact", .text,
        "When FullContact was last asked, as the service spells it; null: never"),
      .personal("imageUrl", .text, "Address of a picture of the person"),
      .personal("membershipsFacebook", .text, "Address of its profile on Facebook; empty: none"),
      .personal("membershipsTwitter", .text, "Address of its profile on Twitter; empty: none"),
      .personal("membershipsLinkedin", .text, "Address of its profile on LinkedIn; empty: none"),
    ])
}
