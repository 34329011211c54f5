extension StreamDefinition {
  /// Contacts, and what is put on them.
  static let people = [contacts, contactTags, customFields]

  /// People, by e-mail address or phone number.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-contacts>
  public static let contacts = StreamDefinition(
    "contacts", "People, by e-mail address or phone number", path: "contacts", rows: "contacts",
    cursor: .changedSince(filter: "filters[updated_after]", column: "udate"),
    windows: .created(
      after: "filters[created_after]", before: "filters[created_before]", column: "cdate"),
    paging: .ids,
    // Where these are sent beside them, contacts list their ids.
    omitted: ["contactLists", "contactTags", "fieldValues"],
    sideLoads: ["contact_lists", "contact_tags", "custom_field_values"],
    alsoReadBy: [.sling, .singer, .airbyte],
    lookedUpBy: ["contact", "tag"],
    columns: [
      .key("id", .bigint),
      .column("cdate", .timestamptz, "When the contact was created"),
      .personal("email", .text, "E-mail address"),
      .personal("firstName", .text, "First name"),
      .personal("lastName", .text, "Last name"),
      .column("created_timestamp", .timestamp, "When it was created; US Central wall clock"),
      .column(
        "updated_timestamp", .timestamp,
        "When the row was last touched, also by the system; US Central wall clock"
      ),
      .personal("phone", .text, "Phone number as entered"),
      .column(
        "orgid", .bigint,
        "Organization: organizations.id (deprecated in favour of accounts); 0: none"),
      .personal("segmentio_id", .text, "Id in Segment.io; empty: none"),
      .column("bounced_hard", .bigint, "Hard bounces counted"),
      .column("bounced_soft", .bigint, "Soft bounces counted"),
      .column("bounced_date", .date, "Day of the last bounce; null: never"),
      .personal("ip", .text, "IPv4 address as an unsigned 32-bit number in decimal; 0: none"),
      .personal("ua", .text, "User agent of the sign-up"),
      .personal("hash", .text, "Hash that stands for the contact in links"),
      .column(
        "socialdata_lastcheck", .timestamp,
        "When social data were last looked up; US Central wall clock; null: never"
      ),
      .personal("email_local", .text, "Part of the e-mail address before the @; often empty"),
      .column("email_domain", .text, "Part of the e-mail address after the @"),
      .column("sentcnt", .bigint, "Mails sent to the contact"),
      .column(
        "rating_tstamp", .timestamp,
        "When the rating was last computed; US Central wall clock; null: never"
      ),
      .column(
        "gravatar", .smallint,
        "Whether a Gravatar picture is known: 0 no, 1 yes; other values are undocumented"
      ),
      .column(
        "deleted", .boolean,
        "Whether the service has marked it deleted; such rows may still be listed"
      ),
      .column("anonymized", .boolean, "Whether its personal data were erased on request"),
      .column(
        "udate", .timestamptz,
        "When the contact last changed: the cursor of incremental runs"
      ),
      .column(
        "deleted_at", .timestamp,
        "When it was marked deleted; US Central wall clock; null: it is not"
      ),
      .column("scoreValues", .jsonb, "Ids of its score values: score_values.id"),
      .column(
        "organization", .bigint,
        "Organization: organizations.id (deprecated in favour of accounts); null: none"
      ),
      .column("adate", .timestamptz, "When it was last active; the exact event is undocumented"),
      .column("edate", .timestamptz, "When it was last edited; the exact event is undocumented"),
      .column(
        "contactAutomations", .jsonb,
        "Ids of its entries into automations: contact_automations.id; sent only with side-loads"
      ),
      .column(
        "geoIps", .jsonb,
        "Ids of its geolocated addresses: geo_ips.id; sent only with side-loads"),
      .column("deals", .jsonb, "Ids of its deals: deals.id; sent only with side-loads"),
      .column("accountContacts", .jsonb, "Ids of its links to accounts: account_contacts.id"),
      .personal("orgname", .text, "Name of its organization or account, as told with the contact"),
      .column(
        "created_utc_timestamp", .timestamp,
        "Equal to created_timestamp despite its name: US Central wall clock, not UTC"
      ),
      .column(
        "updated_utc_timestamp", .timestamp,
        "Equal to updated_timestamp despite its name: US Central wall clock, not UTC"
      ),
      .column("created_by", .bigint, "User who created it: users.id; 0: none"),
      .column("updated_by", .bigint, "User who last changed it: users.id; 0: none"),
      .column("email_empty", .boolean, "Whether it has no e-mail address"),
      .column(
        "mpp_tracking", .boolean,
        "Whether Apple Mail Privacy Protection was seen on its opens"
      ),
      .column("last_click_date", .timestamptz, "When it last clicked a link in a mail"),
      .column(
        "last_open_date", .timestamptz,
        "When it last opened a mail, privacy prefetches left out"
      ),
      .column(
        "last_mpp_open_date", .timestamptz,
        "When Apple Mail Privacy Protection last fetched a mail for it"
      ),
      .column("best_send_hour", .text, "Hour at which predictive sending mails it"),
      .column("sms_consent", .text, "Consent to text messages, in the service's words"),
      .column("sms_consent_updated_at", .timestamptz, "When that consent last changed"),
      .personal("whatsapp_id", .text, "Id in WhatsApp"),
      .personal("whatsapp_username", .text, "Name in WhatsApp"),
    ])

  /// Which contact bears which tag; a tag taken off is a row gone.
  ///
  /// <https://developers.activecampaign.com/reference/contact-tags>
  public static let contactTags = StreamDefinition(
    "contact_tags", "Which contact bears which tag; a tag taken off is a row gone",
    path: "contactTags", rows: "contactTags",
    standing: .seen, alsoReadBy: [.sling, .singer],
    columns: [
      .key("id", .bigint),
      .column("contact", .bigint, "Contact that bears the tag: contacts.id"),
      .column("tag", .bigint, "Tag it bears: tags.id"),
      .column("cdate", .timestamptz, "When the tag was put on the contact"),
      .column("created_timestamp", .timestamp, "When it was put on; US Central wall clock"),
      .column("updated_timestamp", .timestamp, "When the row last changed; US Central wall clock"),
      .column(
        "created_by", .bigint,
        "User who put it on: users.id; null: an automation, a form or the API"),
      .column("updated_by", .bigint, "User who last changed it: users.id"),
    ])

  /// The contact fields that the account has defined.
  ///
  /// <https://developers.activecampaign.com/reference/retrieve-fields>
  public static let customFields = StreamDefinition(
    "custom_fields", "The contact fields that the account has defined", path: "fields",
    rows: "fields",
    alsoReadBy: [.sling, .singer],
    columns: [
      .key("id", .bigint),
      .column("title", .text, "Name that people see"),
      .column("descript", .text, "Description"),
      .column(
        "type", .text,
        "Kind: text, textarea, date, datetime, dropdown, multiselect, radio, checkbox, listbox, …"
      ),
      .column("isrequired", .boolean, "Whether forms require it"),
      .column("perstag", .text, "Personalization tag, without the percent signs around it"),
      .column("defval", .text, "Value where a contact has none"),
      .column("show_in_list", .boolean, "Whether the contact list shows it as a column"),
      .column("rows", .bigint, "Height of a text area in rows; 0: not set"),
      .column("cols", .bigint, "Width of a text area in columns; 0: not set"),
      .column("visible", .boolean, "Whether forms show it"),
      .column("service", .text, "Service it was imported from; empty: none"),
      .column("ordernum", .bigint, "Place among the fields, ascending"),
      .column("cdate", .timestamptz, "When the field was created"),
      .column("udate", .timestamptz, "When it last changed"),
      .column(
        "options", .jsonb,
        "Ids of its options, for fields with choices: custom_field_options.id"),
      .column("relations", .jsonb, "Ids of its links to lists: custom_field_rels.id"),
      .column("created_timestamp", .timestamp, "When it was created; US Central wall clock"),
      .column("updated_timestamp", .timestamp, "When it last changed; US Central wall clock"),
      .column("created_by", .bigint, "User who created it: users.id"),
      .column("updated_by", .bigint, "User who last changed it: users.id"),
    ])
}
