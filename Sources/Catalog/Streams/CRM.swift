extension StreamDefinition {
  /// Deals and the work around them.
  static let crm = [deals, dealPipelines, dealStages, accounts, notes, tasks]

  /// Deals, won, lost and open.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-deals>
  public static let deals = StreamDefinition(
    "deals", "Deals, won, lost and open", path: "deals", rows: "deals",
    cursor: .changedSince(filter: "filters[updated_after]", column: "mdate"),
    windows: .created(
      after: "filters[created_after]", before: "filters[created_before]", column: "cdate"),
    paging: .offset(order: "cdate"),
    alsoReadBy: [.sling, .singer, .airbyte], history: true,
    columns: [
      .key("id", .bigint),
      .column("owner", .bigint, "User who owns it: users.id"),
      .column("contact", .bigint, "Its primary contact: contacts.id; 0: none"),
      .column(
        "organization", .bigint,
        "Its organization: organizations.id (deprecated in favour of accounts); null: none"
      ),
      .column("group", .bigint, "Its pipeline: deal_pipelines.id"),
      .personal("title", .text, "Name that people see"),
      .column("nexttaskid", .bigint, "Its next open task: tasks.id; 0: none"),
      .column("currency", .text, "Currency of value, ISO 4217 in lower case"),
      .column("status", .smallint, "0 open, 1 won, 2 lost"),
      .column("nextTask", .bigint, "Its next open task: tasks.id; null: none"),
      .column("hash", .text, "Hash that stands for the deal in links"),
      .column("stage", .bigint, "Its stage: deal_stages.id"),
      .personal("description", .text, "Description"),
      .column("percent", .bigint, "Percentage entered for the deal; 0: not set"),
      .column("cdate", .timestamptz, "When the deal was created"),
      .column("mdate", .timestamptz, "When it last changed: the cursor of incremental runs"),
      .column("nextdate", .timestamptz, "When its next task is due; null: none"),
      .column("value", .bigint, "Worth in minor units (cents) of currency: 12345 is 123.45"),
      .column(
        "winProbability", .smallint,
        "Predicted chance to win, in percent; null: not predicted"
      ),
      .column("winProbabilityMdate", .timestamptz, "When that prediction last changed"),
      .column("activitycount", .bigint, "Activities recorded on it"),
      .column(
        "nextdealid", .bigint,
        "Neighbouring deal on the pipeline's board, undocumented; 0: none"
      ),
      .column(
        "edate", .timestamp,
        "When it is expected to close; US Central wall clock; null: not set"
      ),
      .column(
        "isDisabled", .boolean,
        "Whether the key's user may not see its pipeline: only id and title are then sent"
      ),
      .column("account", .bigint, "Account it belongs to: accounts.id; null: none"),
      .column("customerAccount", .bigint, "Account it belongs to: accounts.id; equal to account"),
    ])

  /// Pipelines that deals move through.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-pipelines>
  public static let dealPipelines = StreamDefinition(
    "deal_pipelines", "Pipelines that deals move through", path: "dealGroups", rows: "dealGroups",
    alsoReadBy: [.sling, .singer],
    columns: [
      .key("id", .bigint),
      .column("title", .text, "Name that people see"),
      .column("currency", .text, "Currency for new deals, ISO 4217 in lower case"),
      .column(
        "autoassign", .smallint,
        "How new deals get their owner: 0 not assigned, 1 in turn, 2 by value"
      ),
      .column("allusers", .boolean, "Whether all users may see it"),
      .column("allgroups", .boolean, "Whether all user groups may see it"),
      .column(
        "win_probability_initialize_date", .timestamp,
        "When win probability was set up; US Central wall clock; null: never"
      ),
      .column("cdate", .timestamptz, "When the pipeline was created"),
      .column("udate", .timestamptz, "When it last changed"),
      .column("stages", .jsonb, "Ids of its stages: deal_stages.id"),
      .column("count", .bigint, "A count sent since 2026, undocumented; presumably its deals"),
      .column("source", .text, "Where it came from, in the service's words"),
    ])

  /// Stages of the pipelines.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-deal-stages>
  public static let dealStages = StreamDefinition(
    "deal_stages", "Stages of the pipelines", path: "dealStages", rows: "dealStages",
    parent: Parent("deal_pipelines", filter: "filters[d_groupid]", hasFlatList: true),
    alsoReadBy: [.sling, .singer],
    columns: [
      .key("id", .bigint),
      .column("cardRegion1", .text, "What the deal's card shows at the first place, such as title"),
      .column("cardRegion2", .text, "What the card shows at the second place, such as next-action"),
      .column("cardRegion3", .text, "What the card shows at the third place, such as show-avatar"),
      .column(
        "cardRegion4", .text,
        "What the card shows at the fourth place, such as contact-fullname-acctname"
      ),
      .column("cardRegion5", .text, "What the card shows at the fifth place, such as value"),
      .column(
        "cdate", .timestamptz,
        "When the stage was created; null on stages that came with the pipeline"
      ),
      .column("color", .text, "Colour on the board, as six hexadecimal digits"),
      .column(
        "dealOrder", .text,
        "How its deals are ordered on the board: a field and ASC or DESC"
      ),
      .column("group", .bigint, "Its pipeline: deal_pipelines.id"),
      .column("order", .bigint, "Place within its pipeline, ascending"),
      .column("title", .text, "Name that people see"),
      .column(
        "udate", .timestamptz,
        "When it last changed; null on stages that came with the pipeline"
      ),
      .column("width", .bigint, "Width on the board in pixels"),
    ])

  /// Companies that contacts and deals belong to.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-accounts>
  public static let accounts = StreamDefinition(
    "accounts", "Companies that contacts and deals belong to", path: "accounts", rows: "accounts",
    parameters: ["count_deals": "true"],
    alsoReadBy: [.sling, .singer, .airbyte],
    columns: [
      .key("id", .bigint),
      .column("name", .text, "Name of the company"),
      .column("accountUrl", .text, "Web address of the company"),
      .column("createdTimestamp", .timestamptz, "When the account was created"),
      .column("updatedTimestamp", .timestamptz, "When it last changed"),
      .column("contactCount", .bigint, "Contacts linked to it"),
      .column("dealCount", .bigint, "Deals linked to it"),
      .column("owner", .bigint, "User who owns it: users.id"),
    ])

  /// Notes on contacts, deals, accounts, tasks and activities.
  ///
  /// <https://developers.activecampaign.com/reference/retrieve-list-of-all-notes>
  public static let notes = StreamDefinition(
    "notes", "Notes on contacts, deals, accounts, tasks and activities", path: "notes",
    rows: "notes",
    alsoReadBy: [.sling],
    columns: [
      .key("id", .bigint),
      .column("relid", .bigint, "Id of what it is about, in the table that reltype names"),
      .column(
        "reltype", .text,
        "What it is about: Subscriber (contact), Deal, Activity, CustomerAccount, DealTask"
      ),
      .column("userid", .bigint, "User who wrote it: users.id"),
      .column("is_draft", .boolean, "Whether it is a draft"),
      .column("cdate", .timestamptz, "When the note was written"),
      .column("mdate", .timestamptz, "When it last changed"),
      .personal("note", .text, "Text of the note"),
      .column("user", .bigint, "User who wrote it: users.id"),
      .column("owner", .jsonb, "What it is about, as {\"type\", \"id\"}"),
    ])

  /// Tasks on deals and on contacts.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-tasks>
  public static let tasks = StreamDefinition(
    "tasks", "Tasks on deals and on contacts", path: "dealTasks", rows: "dealTasks",
    alsoReadBy: [.sling, .singer],
    columns: [
      .key("id", .bigint),
      .column("duedate", .timestamptz, "When it is due"),
      .column("edate", .timestamptz, "When it ends, for tasks with a duration"),
      .column("status", .smallint, "0 open, 1 done"),
      .personal("title", .text, "Name that people see"),
      .personal("note", .text, "Text of the task"),
      .column("relid", .bigint, "Id of what it is about, in the table that reltype names"),
      .column("reltype", .text, "What it is about: Subscriber (contact), Deal, Activity"),
      .column("dealTasktype", .bigint, "Kind of task: task_types.id"),
      .column("cdate", .timestamptz, "When the task was created"),
      .column("udate", .timestamptz, "When it last changed"),
      .column("automation", .bigint, "Automation that made it: automations.id; null: none"),
      .column(
        "doneAutomation", .bigint,
        "Automation that runs when it is done: automations.id; null: none"
      ),
      .column("user", .bigint, "User who made it: users.id"),
      .column("assignee", .jsonb, "User who is to do it: an id, or an object around one"),
      .column("owner", .jsonb, "What it is about, as {\"type\", \"id\"}"),
      .column("outcomeId", .bigint, "How it went: task_outcomes.id; null: not told"),
      .personal("outcomeInfo", .text, "Words on how it went"),
      .column("duration", .bigint, "Length of the task, presumably in minutes; 0: none"),
      .column("donedate", .timestamptz, "When it was done; null: it is not"),
    ])
}
