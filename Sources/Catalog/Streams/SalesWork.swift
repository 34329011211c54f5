extension StreamDefinition {
  /// What is set up around deals and tasks, and what happened to deals.
  static let salesWork = [
    taskTypes, taskOutcomes, taskTypeOutcomes, dealActivities, dealPipelineUsers, dealRoles,
  ]

  /// Kinds of tasks, such as calls and mails.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-deal-task-types>
  public static let taskTypes = StreamDefinition(
    "task_types", "Kinds of tasks, such as calls and mails", path: "dealTasktypes",
    rows: "dealTasktypes", rest: .seconds(3600), alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column(
        "cdate", .timestamptz,
        "When the kind was created; null on those that came with the account"),
      .column(
        "defduration", .bigint,
        "Usual length of such a task, presumably in minutes; 0: none"),
      .column(
        "status", .smallint,
        "State of the kind, in numbers of the service; 0 on those in use"),
      .column("title", .text, "Name that people see"),
      .column(
        "udate", .timestamptz,
        "When it last changed; null on those that came with the account"),
      .column("created_by", .bigint, "User who created it: users.id"),
      .column(
        "created_utc_timestamp", .timestamp,
        "When it was created; wall clock, not known to be UTC despite its name"),
      .column("display_order", .bigint, "Place among the kinds, ascending"),
      .column("outcomes", .jsonb, "Outcomes that such a task may have, in the service's form"),
      .column("updated_by", .bigint, "User who last changed it: users.id"),
      .column(
        "updated_utc_timestamp", .timestamp,
        "When it last changed; wall clock, not known to be UTC despite its name"),
    ])

  /// How tasks can go.
  public static let taskOutcomes = StreamDefinition(
    "task_outcomes", "How tasks can go", path: "taskOutcomes", rows: "taskOutcomes",
    lookup: .none, rest: .seconds(3600),
    columns: [
      .key("id", .bigint),
      .column("title", .text, "Name that people see"),
      .column("sentiment", .text, "How good it is: NEGATIVE, NEUTRAL, POSITIVE"),
      .column("disabled", .boolean, "Whether it is no longer offered"),
      .column("created_by", .bigint, "User who created it: users.id"),
      .column("updated_by", .bigint, "User who last changed it: users.id"),
      .column("created_utc_timestamp", .timestamptz, "When it was created"),
      .column("updated_utc_timestamp", .timestamptz, "When it last changed"),
      .column(
        "dealTasktype_ids", .jsonb,
        "Ids of the kinds of tasks that it is offered for: task_types.id"),
    ])

  /// Which outcome is offered for which kind of task.
  public static let taskTypeOutcomes = StreamDefinition(
    "task_type_outcomes", "Which outcome is offered for which kind of task",
    path: "tasktypeOutcomeRels", rows: "tasktypeOutcomeRels", lookup: .none, rest: .seconds(3600),
    columns: [
      .key("id", .bigint),
      .column("tasktype_id", .bigint, "Kind of task: task_types.id"),
      .column("outcome_id", .bigint, "Outcome that is offered: task_outcomes.id"),
      .column("display_order", .bigint, "Place among the outcomes, ascending"),
      .column("created_by", .bigint, "User who made the link: users.id; 0: none"),
      .column("created_utc_timestamp", .timestamptz, "When it was made"),
      .column("updated_by", .bigint, "User who last changed it: users.id; null: none"),
      .column("updated_utc_timestamp", .timestamptz, "When it last changed"),
      .column("tasktype", .bigint, "Kind of task: task_types.id"),
      .column("outcome", .bigint, "Outcome that is offered: task_outcomes.id"),
      .column(
        "createdBy", .bigint,
        "User who made the link: users.id; null: none", named: "created_by_user"),
    ])

  /// What happened to deals: stages passed, owners changed, tasks and notes added.
  public static let dealActivities = StreamDefinition(
    "deal_activities",
    "What happened to deals: stages passed, owners changed, tasks and notes added",
    path: "dealActivities", rows: "dealActivities", lookup: .none, rest: .seconds(3600),
    alsoReadBy: [.singer],
    lookedUpBy: ["d_id"],
    columns: [
      .key("id", .bigint),
      .column("d_id", .bigint, "Deal it happened to: deals.id"),
      .column("d_stageid", .bigint, "Stage it was in: deal_stages.id; 0: not told"),
      .column("userid", .bigint, "User who did it: users.id; 0: none"),
      .column(
        "dataId", .bigint,
        "Id of what it is about, in the table that data_type tells; for a stage, the new one"),
      .column(
        "dataType", .text,
        "What it is about, such as contact, d_stageid, status, note, task"),
      .column("dataAction", .text, "What was done, such as add, update, delete"),
      .personal("dataOldval", .text, "Value before; empty: none"),
      .column("cdate", .timestamptz, "When it happened"),
      .column(
        "sortdate", .timestamptz,
        "When it counts as happened, in the order that people see"),
      .column("isAddtask", .boolean, "Whether a task was added"),
      .column("deleted", .boolean, "Whether the service has marked it deleted"),
      .column("seriesid", .bigint, "Automation that did it: automations.id; 0: none"),
      .column("deal", .bigint, "Deal it happened to: deals.id"),
      .column("stage", .bigint, "Stage it was in: deal_stages.id; null: not told"),
      .column("user", .bigint, "User who did it: users.id"),
      .column("automation", .bigint, "Automation that did it: automations.id; null: none"),
    ])

  /// Which user may see which pipeline.
  public static let dealPipelineUsers = StreamDefinition(
    "deal_pipeline_users", "Which user may see which pipeline", path: "dealGroupUsers",
    rows: "dealGroupUsers", lookup: .none, rest: .seconds(3600), standing: .seen,
    alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("deal_group", .bigint, "Pipeline: deal_pipelines.id"),
      .column("user", .bigint, "User who may see it: users.id"),
      .column("cdate", .timestamptz, "When it was allowed"),
    ])

  /// Parts that further contacts can have in a deal.
  public static let dealRoles = StreamDefinition(
    "deal_roles", "Parts that further contacts can have in a deal", path: "dealRoles",
    rows: "dealRoles", lookup: .none, rest: .seconds(3600),
    columns: [
      .key("id", .bigint),
      .column("title", .text, "Name that people see"),
      .column("created_timestamp", .timestamptz, "When it was created"),
      .column("updated_timestamp", .timestamptz, "When it last changed"),
    ])
}
