extension StreamDefinition {
  /// What automations consist of, and what contacts reached in them.
  static let automationDetails = [
    automationBlocks, goals, contactGoals, conversions, conversionTriggers, contactConversions,
  ]

  /// Steps of automations.
  public static let automationBlocks = StreamDefinition(
    "automation_blocks", "Steps of automations", path: "automationBlocks",
    rows: "automationBlocks", lookup: .none, rest: .seconds(3600), standing: .seen,
    alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("automation", .bigint, "Automation it is a step of: automations.id"),
      .column("parent", .bigint, "Step before it: automation_blocks.id; 0: none"),
      .column("ordernum", .bigint, "Place among the steps, ascending"),
      .column(
        "params", .jsonb,
        "Settings of the step, such as what it sends or how long it waits"),
      .column("deleted", .boolean, "Whether the service has marked it deleted"),
      .column("cdate", .timestamptz, "When the step was made"),
      .column("mdate", .timestamptz, "When it last changed"),
    ])

  /// Goals of automations.
  public static let goals = StreamDefinition(
    "goals", "Goals of automations", path: "goals", rows: "goals", lookup: .none,
    rest: .seconds(3600), standing: .seen, alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("blockid", .bigint, "Step that is the goal: automation_blocks.id"),
      .column("seriesid", .bigint, "Automation it is a goal of: automations.id"),
      .column("name", .text, "Name that people see"),
      .column("cdate", .timestamptz, "When the goal was made"),
      .column(
        "dirty_stats", .bigint,
        "Whether its statistics are to be counted anew, undocumented"),
      .column("automation", .bigint, "Automation it is a goal of: automations.id"),
      .column("automation_block", .bigint, "Step that is the goal: automation_blocks.id"),
    ])

  /// Goals that contacts reached in automations.
  public static let contactGoals = StreamDefinition(
    "contact_goals", "Goals that contacts reached in automations",
    path: "contacts/{id}/contactGoals", rows: "contactGoals", parent: Parent("contacts"),
    lookup: .none, cost: "one request a contact",
    columns: [
      .key("id", .bigint),
      .column("goalid", .bigint, "Goal it reached: goals.id"),
      .column("seriesid", .bigint, "Automation it was in: automations.id"),
      .column("subscriberid", .bigint, "Contact that reached it: contacts.id"),
      .column(
        "subscriberseriesid", .bigint,
        "Its entry into the automation: contact_automations.id"),
      .column("timespan", .bigint, "Time it took, as the service counts it"),
      .column("tstamp", .timestamptz, "When it reached the goal"),
      .column("goal", .bigint, "Goal it reached: goals.id"),
      .column("automation", .bigint, "Automation it was in: automations.id"),
      .column("contact", .bigint, "Contact that reached it: contacts.id"),
      .column(
        "contactAutomation", .bigint,
        "Its entry into the automation: contact_automations.id"),
    ])

  /// What counts as a conversion.
  public static let conversions = StreamDefinition(
    "conversions", "What counts as a conversion", path: "conversions", rows: "conversions",
    lookup: .none, rest: .seconds(3600), standing: .seen, alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("name", .text, "Name that people see"),
      .column("value", .bigint, "Worth in minor units (cents) of currency"),
      .column("currency", .text, "Currency of value, ISO 4217"),
      .column("limit", .bigint, "How often it counts for one contact; 0: without limit"),
      .column("enforcelimit", .boolean, "Whether that limit holds"),
      .column("cdate", .timestamptz, "When it was created"),
      .column("udate", .timestamptz, "When it last changed"),
    ])

  /// What makes a conversion happen.
  public static let conversionTriggers = StreamDefinition(
    "conversion_triggers", "What makes a conversion happen", path: "conversionTriggers",
    rows: "conversionTriggers", lookup: .none, rest: .seconds(3600), standing: .seen,
    alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("conversion", .bigint, "Conversion that it makes happen: conversions.id"),
      .column("trigger_type", .text, "Kind of event, in the service's words"),
      .column(
        "modifier", .text,
        "How value changes the conversion's worth, in the service's words"),
      .column("value", .text, "Value it gives, or where that is taken from"),
      .column("dynamic", .boolean, "Whether the value is taken from the event"),
      .column("retroactive", .boolean, "Whether events of the past count too"),
      .column("cdate", .timestamptz, "When it was created"),
      .column("udate", .timestamptz, "When it last changed"),
      .column(
        "automation_block", .bigint,
        "Step of an automation that it is: automation_blocks.id; null: none"),
    ])

  /// Conversions of contacts.
  public static let contactConversions = StreamDefinition(
    "contact_conversions", "Conversions of contacts", path: "contactConversions",
    rows: "contactConversions", lookup: .none, rest: .seconds(3600), standing: .seen,
    alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("contact", .bigint, "Contact that converted: contacts.id"),
      .column("conversion", .bigint, "Conversion: conversions.id"),
      .column("conversion_trigger", .bigint, "What made it happen: conversion_triggers.id"),
      .column("converted_by_type", .text, "Kind of what caused it, such as a campaign"),
      .column(
        "converted_by_id", .bigint,
        "Id of what caused it, in the table that converted_by_type tells"),
      .column("trigger_type", .text, "Kind of event, in the service's words"),
      .column(
        "modifier", .text,
        "How value changes the conversion's worth, in the service's words"),
      .column("value", .bigint, "Worth in minor units (cents) of currency"),
      .column("currency", .text, "Currency of value, ISO 4217"),
      .column("dynamic", .boolean, "Whether the value was taken from the event"),
      .column("cdate", .timestamptz, "When it converted"),
      .column("conversiontrigger", .bigint, "What made it happen: conversion_triggers.id"),
      .column("converted_by", .bigint, "Id of what caused it; equal to converted_by_id"),
    ])
}
