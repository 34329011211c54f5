extension StreamDefinition {
  /// Mails that are sent, and the automations that send them.
  static let campaignsAndAutomations = [campaigns, automations]

  /// Campaigns with their statistics.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-campaigns>
  public static let campaigns = StreamDefinition(
    "campaigns", "Campaigns with their statistics", path: "campaigns", rows: "campaigns",
    alsoReadBy: [.sling, .singer, .airbyte], snapshot: .daily,
    columns: [
      .key("id", .bigint),
      .column(
        "type", .text,
        "Kind: single, recurring, split, responder, reminder, special, activerss, automation, text"
      ),
      .column("userid", .bigint, "User who made it: users.id"),
      .column("segmentid", .bigint, "Segment it goes to: segments.id; 0: whole lists"),
      .column("bounceid", .bigint, "Bounce handling used; -1: all"),
      .column("realcid", .bigint, "Campaign that this one stands for; 0: itself"),
      .column("sendid", .bigint, "Id of its sending"),
      .column("threadid", .bigint, "Id of the thread that sends it; 0: none"),
      .column("seriesid", .bigint, "Automation that sends it: automations.id; 0: none"),
      .column("formid", .bigint, "Form whose opt-in it is: forms.id; 0: none"),
      .column("basetemplateid", .text, "Template it was made from: templates.id; 0: none"),
      .column("basemessageid", .bigint, "Message it was made from: messages.id; 0: none"),
      .column("addressid", .bigint, "Postal address in its footer: addresses.id; 0: none"),
      .column("source", .text, "How it came to be: web, copy, api and others"),
      .column("name", .text, "Name that people see"),
      .column("cdate", .timestamptz, "When the campaign was created"),
      .column("mdate", .timestamptz, "When it was last edited; statistics move without it"),
      .column("sdate", .timestamptz, "When it was or will be sent; null: not scheduled"),
      .column("ldate", .timestamptz, "When the last mail went out; null: none yet"),
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
      .column(
        "status", .smallint,
        "0 draft, 1 scheduled or by automation, 2 sending, 3 paused, 4 stopped, 5 finished"
      ),
      .column("public", .boolean, "Whether the public archive shows it"),
      .column(
        "mail_transfer", .bigint,
        "State of handing over to the mailer; a step of the sending, undocumented"
      ),
      .column("mail_send", .bigint, "State of the mailer; a step of the sending, undocumented"),
      .column("mail_cleanup", .bigint, "State of tidying up after the sending, undocumented"),
      .column("mailer_log_file", .bigint, "Whether the mailer keeps a log; 0: none"),
      .column("tracklinks", .text, "Which links are tracked: all, mime, html, text, none"),
      .column("tracklinksanalytics", .boolean, "Whether links carry analytics parameters"),
      .column("trackreads", .boolean, "Whether opens are tracked"),
      .column("trackreadsanalytics", .boolean, "Whether opens go to an analytics service"),
      .column("analytics_campaign_name", .text, "Campaign name in analytics parameters"),
      .column("tweet", .boolean, "Whether it is posted to Twitter"),
      .column("facebook", .boolean, "Whether it is posted to Facebook"),
      .column("survey", .text, "Survey attached; empty: none"),
      .column("embed_images", .boolean, "Whether images are sent inside the mail"),
      .column("htmlunsub", .boolean, "Whether an unsubscribe link is added to the HTML part"),
      .column("textunsub", .boolean, "Whether an unsubscribe link is added to the text part"),
      .column("htmlunsubdata", .text, "Unsubscribe text of the HTML part"),
      .column("textunsubdata", .text, "Unsubscribe text of the text part"),
      .column("recurring", .text, "How often a recurring campaign is sent, such as day1"),
      .column("willrecur", .boolean, "Whether it will be sent again"),
      .column("split_type", .text, "How a split test ends: even, read, click"),
      .column("split_content", .boolean, "Whether a split test varies the content"),
      .column("split_offset", .bigint, "How long a split test runs, in units of split_offset_type"),
      .column("split_offset_type", .text, "Unit of split_offset: hour, day, week, month"),
      .column(
        "split_winner_messageid", .bigint,
        "Message that won the split test: messages.id; 0: none yet"),
      .column("split_winner_awaiting", .boolean, "Whether the winner is still to be found"),
      .column(
        "responder_offset", .bigint,
        "Hours between the event and the mail of an auto-responder"
      ),
      .column("responder_type", .text, "Event of an auto-responder: subscribe, unsubscribe"),
      .column(
        "responder_existing", .boolean,
        "Whether an auto-responder goes to existing contacts too"
      ),
      .column("reminder_field", .text, "Date field a reminder counts from"),
      .column("reminder_format", .text, "Format of that date field"),
      .column("reminder_type", .text, "What of the date counts: month_day or year_month_day"),
      .column(
        "reminder_offset", .bigint,
        "Distance of a reminder from the date, in units of reminder_offset_type"
      ),
      .column("reminder_offset_type", .text, "Unit of reminder_offset: day, week, month, year"),
      .column(
        "reminder_offset_sign", .text,
        "Whether a reminder comes before (-) or after (+) the date"
      ),
      .column("reminder_last_cron_run", .timestamptz, "When reminders were last looked for"),
      .column(
        "activerss_interval", .text,
        "How often an RSS campaign looks for news, such as day1"
      ),
      .column("activerss_url", .text, "Feed of an RSS campaign"),
      .column("activerss_items", .bigint, "Most items of the feed in one mail"),
      .personal(
        "ip4", .text,
        "IPv4 address of its maker as an unsigned 32-bit number in decimal; 0: none"
      ),
      .column("laststep", .text, "Last step of the editor that was open"),
      .column("managetext", .boolean, "Whether the text part is written by hand"),
      .column("schedule", .boolean, "Whether it is sent at a set time"),
      .column("scheduleddate", .timestamptz, "When it is set to be sent; null: not set"),
      .column("waitpreview", .boolean, "Whether it waits for a preview"),
      .column(
        "deletestamp", .timestamp,
        "When it was marked deleted; US Central wall clock; null: it lives"
      ),
      .column("replysys", .boolean, "Whether the service handles replies"),
      .column("user", .bigint, "User who made it: users.id"),
      .column("automation", .bigint, "Automation that sends it: automations.id; null: none"),
      .column(
        "created_timestamp", .timestamp,
        "When it was created, or what it was copied from; US Central wall clock"
      ),
      .column(
        "updated_timestamp", .timestamp,
        "When the row last changed, statistics too; US Central wall clock"
      ),
      .column("created_by", .bigint, "User who created it: users.id; 0: none"),
      .column("updated_by", .bigint, "User who last changed it: users.id; 0: none"),
      .personal("ip", .text, "IPv4 address as an unsigned 32-bit number in decimal; 0: none"),
      .column(
        "series_send_lock_time", .timestamp,
        "When an automation's sending took its lock; US Central wall clock; null: never"
      ),
      .column("can_skip_approval", .boolean, "Whether it needs no approval"),
      .column("use_quartz_scheduler", .boolean, "Whether the newer scheduler sends it"),
      .counter("verified_opens", .bigint, "Opens counted, privacy prefetches left out"),
      .counter(
        "verified_unique_opens", .bigint,
        "Contacts who opened it, privacy prefetches left out"
      ),
      .column("additional_data", .embeddedJSON, "Further details, such as copiedFrom"),
      .column("predictive_send", .boolean, "Whether each contact gets it at a predicted hour"),
      .column(
        "repair_timestamp", .timestamp,
        "When statistics were last repaired; US Central wall clock; null: never"
      ),
      .column(
        "has_outdated_translations", .boolean,
        "Whether translations are older than the text"
      ),
      .column("moderation_status", .bigint, "State of the service's review; 0: none"),
      .column("segmentname", .text, "Name of its segment; empty: none"),
      .column("has_predictive_content", .boolean, "Whether its content is chosen by prediction"),
      .column("message_id", .bigint, "Its message: messages.id"),
      .column("screenshot", .text, "Address of a picture of the mail, without a scheme"),
      .column("campaign_message_id", .bigint, "Its link to the message: campaign_messages.id"),
      .column("ed_version", .bigint, "Version of the editor it was made with"),
      .column("format", .text, "Format of the mail: mime, html, text"),
    ])

  /// Automations with their counts of entries and exits.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-automations>
  public static let automations = StreamDefinition(
    "automations", "Automations with their counts of entries and exits", path: "automations",
    rows: "automations",
    alsoReadBy: [.sling, .singer], snapshot: .daily,
    columns: [
      .key("id", .bigint),
      .column("name", .text, "Name that people see"),
      .column("cdate", .timestamptz, "When the automation was created"),
      .column(
        "mdate", .timestamptz,
        "When it was last edited; its counters presumably move without it"
      ),
      .column("userid", .bigint, "User who made it: users.id"),
      .column("status", .smallint, "1 active, 2 inactive"),
      .counter("entered", .bigint, "Entries counted"),
      .counter("exited", .bigint, "Exits counted"),
      .column("hidden", .boolean, "Whether it is hidden from the overview"),
      .column(
        "defaultscreenshot", .text,
        "Address of a picture used where there is none of its own"
      ),
      .column("screenshot", .text, "Address of a picture of it"),
      .column("entitlements_violation", .text, "Which limit of the plan it breaks; 0: none"),
      .column("source", .bigint, "Where it came from; 0: made by hand"),
      .column("description", .text, "Description"),
      .column("exit_on_unsubscribe", .boolean, "Whether unsubscribing ends it for a contact"),
      .column("exit_on_conversion", .boolean, "Whether reaching a goal ends it for a contact"),
      .column("multientry", .boolean, "Whether a contact may enter it more than once"),
    ])
}
