extension StreamDefinition {
  /// What contacts subscribe to, are marked with, and come by.
  static let listsAndForms = [lists, tags, forms]

  /// Mailing lists that the key's user may see.
  ///
  /// <https://developers.activecampaign.com/reference/retrieve-all-lists>
  public static let lists = StreamDefinition(
    "lists", "Mailing lists that the key's user may see", path: "lists", rows: "lists",
    omitted: ["twitter_token", "twitter_token_secret", "facebook_session"],
    alsoReadBy: [.sling, .singer, .airbyte], snapshot: .daily,
    columns: [
      .key("id", .bigint),
      .column("stringid", .text, "Name in lower case with dashes, unique in the account"),
      .column("userid", .bigint, "User who owns it: users.id; 0: none"),
      .column("name", .text, "Name that people see"),
      .column("cdate", .timestamptz, "When the list was created"),
      .column("p_use_tracking", .boolean, "Whether mails to the list are tracked"),
      .column("p_use_analytics_read", .boolean, "Whether opens go to an analytics service"),
      .column("p_use_analytics_link", .boolean, "Whether links carry analytics parameters"),
      .column("p_use_twitter", .boolean, "Whether mails are posted to Twitter"),
      .column("p_use_facebook", .boolean, "Whether mails are posted to Facebook"),
      .column("p_embed_image", .boolean, "Whether images are sent inside the mail"),
      .column("p_use_captcha", .boolean, "Whether its forms ask for a captcha"),
      .column("send_last_broadcast", .boolean, "Whether a new subscriber gets the last mail"),
      .column("private", .boolean, "Whether it is left out of public lists"),
      .column("analytics_domains", .text, "Domains whose links carry analytics parameters"),
      .column("analytics_source", .text, "Source named in analytics parameters"),
      .column("analytics_ua", .text, "Account of the analytics service"),
      .personal("carboncopy", .text, "Addresses that get a copy of each mail, comma separated"),
      .personal(
        "subscription_notify", .text, "Addresses told of each subscription, comma separated"),
      .personal(
        "unsubscription_notify", .text,
        "Addresses told of each unsubscription, comma separated"
      ),
      .column("require_name", .boolean, "Whether subscribing requires a name"),
      .column("get_unsubscribe_reason", .boolean, "Whether unsubscribing asks for a reason"),
      .column("to_name", .text, "Name used for subscribers without one"),
      .column("optinoptout", .bigint, "Opt-in and opt-out set used by the list"),
      .column("sender_name", .text, "Sender's company"),
      .column("sender_addr1", .text, "Sender's address, first line"),
      .column("sender_addr2", .text, "Sender's address, second line"),
      .column("sender_city", .text, "Sender's city"),
      .column("sender_state", .text, "Sender's state or province"),
      .column("sender_zip", .text, "Sender's postal code"),
      .column("sender_country", .text, "Sender's country"),
      .personal("sender_phone", .text, "Sender's phone number"),
      .column("sender_url", .text, "Web address that people came from"),
      .column("sender_reminder", .text, "Reminder of why people get mails of this list"),
      .column("fulladdress", .text, "Sender's address in one text"),
      .column("optinmessageid", .bigint, "Message sent to confirm a subscription; 0: none"),
      .column("optoutconf", .bigint, "Message sent to confirm an unsubscription; 0: none"),
      .column(
        "deletestamp", .timestamp,
        "When it was marked deleted; US Central wall clock; null: it lives"
      ),
      .column("udate", .timestamptz, "When it last changed; null until a change"),
      .column("user", .bigint, "User who owns it: users.id"),
      .column("created_timestamp", .timestamp, "When it was created; US Central wall clock"),
      .column("updated_timestamp", .timestamp, "When the row last changed; US Central wall clock"),
      .column("created_by", .bigint, "User who created it: users.id"),
      .column("updated_by", .bigint, "User who last changed it: users.id"),
      .counter("active_subscribers", .bigint, "Contacts subscribed now"),
      .column("channel", .text, "Channel it serves: email, sms"),
      .column("description", .text, "Description"),
      .counter(
        "non_deleted_subscribers", .bigint,
        "Contacts on it in any status, deleted ones left out"
      ),
    ])

  /// Tags, for contacts and for templates.
  ///
  /// <https://developers.activecampaign.com/reference/retrieve-all-tags>
  public static let tags = StreamDefinition(
    "tags", "Tags, for contacts and for templates", path: "tags", rows: "tags",
    alsoReadBy: [.sling, .singer],
    columns: [
      .key("id", .bigint),
      .column("tagType", .text, "What it is put on: contact or template"),
      .column("tag", .text, "Name that people see"),
      .column("description", .text, "Description"),
      .column("cdate", .timestamptz, "When the tag was created"),
      .counter("subscriber_count", .bigint, "Contacts that bear it"),
      .column("created_timestamp", .timestamp, "When it was created; US Central wall clock"),
      .column(
        "updated_timestamp", .timestamp,
        "When the row last changed, also when subscriber_count did; US Central wall clock"
      ),
      .column("created_by", .bigint, "User who created it: users.id"),
      .column("updated_by", .bigint, "User who last changed it: users.id"),
      .column("deleted", .boolean, "Whether the service has marked it deleted"),
    ])

  /// Sign-up forms.
  ///
  /// <https://developers.activecampaign.com/reference/forms-1>
  public static let forms = StreamDefinition(
    "forms", "Sign-up forms", path: "forms", rows: "forms",
    alsoReadBy: [.sling, .singer, .airbyte],
    columns: [
      .key("id", .bigint),
      .column("name", .text, "Name that people see"),
      .column("action", .text, "Address the form is sent to; empty: the service"),
      .column("actiondata", .jsonb, "What a submission does: actions such as subscribe-to-list"),
      .column("submit", .text, "What follows a submission: show-thank-you or open-url"),
      .column("submitdata", .jsonb, "Details of what follows, such as the url to open"),
      .column("url", .text, "Address of the page the form stands on"),
      .column("layout", .text, "Layout: inline-form, floating-bar, floating-box, modal"),
      .column("title", .text, "Title shown above it"),
      .column("body", .text, "Text shown above it"),
      .column("button", .text, "Text of its button"),
      .column("thanks", .text, "Text shown after a submission"),
      .column("style", .jsonb, "Colours, fonts and borders"),
      .column("options", .jsonb, "Settings, such as whether blanks overwrite"),
      .column("cfields", .jsonb, "The fields it asks for, in order"),
      .column("parentformid", .bigint, "Form it was made from: forms.id; 0: none"),
      .column("userid", .bigint, "User who owns it: users.id"),
      .column("addressid", .bigint, "Postal address it shows: addresses.id; 0: none"),
      .column("cdate", .timestamptz, "When the form was created"),
      .column("udate", .timestamptz, "When it last changed"),
      .counter("entries", .bigint, "Submissions counted"),
      .column("aid", .bigint, "Id of a linked automation or address, undocumented; 0: none"),
      .column("defaultscreenshot", .text, "Address of a picture of the form"),
      .personal("recent", .jsonb, "The latest contacts that sent it"),
      .column("contacts", .bigint, "Contacts that came by it"),
      .column("deals", .bigint, "Deals that came by it"),
      .column("address", .bigint, "Postal address it shows: addresses.id; null: none"),
    ])
}
