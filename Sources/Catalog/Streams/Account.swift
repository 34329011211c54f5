extension StreamDefinition {
  /// The account itself: who works in it.
  static let account = [users]

  /// Users of the account.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-users>
  public static let users = StreamDefinition(
    "users", "Users of the account", path: "users", rows: "users",
    alsoReadBy: [.sling, .singer],
    columns: [
      .key("id", .bigint),
      .personal("username", .text, "Name for signing in"),
      .personal("firstName", .text, "First name"),
      .personal("lastName", .text, "Last name"),
      .personal("email", .text, "E-mail address"),
      .personal("phone", .text, "Phone number as entered"),
      .personal("signature", .text, "Signature under mails"),
      .column(
        "localZoneid", .text,
        "Time zone, such as Europe/Berlin; times of the API do not follow it"
      ),
      .column(
        "password_updated_utc_timestamp", .timestamp,
        "When the password last changed; wall clock, UTC by its name; null: never"
      ),
      .column("cdate", .timestamptz, "When the user was created; no longer sent by all accounts"),
      .column("udate", .timestamptz, "When it last changed; no longer sent by all accounts"),
      .column("mfaEnabled", .boolean, "Whether signing in needs a second factor"),
      .column("lang", .text, "Language of the interface"),
      .column("roles", .jsonb, "Roles it has"),
    ])
}
