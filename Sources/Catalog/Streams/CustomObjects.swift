extension StreamDefinition {
  /// Objects that the account has defined, and their records.
  static let customObjects = [customObjectSchemas, customObjectRecords]

  /// Kinds of objects that the account has defined.
  public static let customObjectSchemas = StreamDefinition(
    "custom_object_schemas", "Kinds of objects that the account has defined",
    path: "customObjects/schemas", rows: "schemas", parameters: ["showFields": "all"],
    lookup: .none, rest: .seconds(3600),
    columns: [
      .key(madeFrom: ["id"]),
      .column("id", .text, "Id in ActiveCampaign, a UUID"),
      .column("slug", .text, "Name in lower case with dashes"),
      .column("visibility", .text, "Who may see it: private or public"),
      .column("labels", .jsonb, "Names that people see, as {\"singular\", \"plural\"}"),
      .column("description", .text, "Description"),
      .column(
        "createdTimestamp", .timestamptz,
        "When it was defined; the service knows nanoseconds"),
      .column(
        "updatedTimestamp", .timestamptz,
        "When it last changed; the service knows nanoseconds"),
      .column(
        "fields", .jsonb,
        "Its fields, deleted ones too: a list of objects with id, labels, type and choices"),
      .column("icons", .jsonb, "Addresses of its icons"),
      .column(
        "relationships", .jsonb,
        "What its records can be linked to: a list of objects with id, labels and namespace"),
    ])

  /// Records of the objects that the account has defined.
  public static let customObjectRecords = StreamDefinition(
    "custom_object_records", "Records of the objects that the account has defined",
    path: "customObjects/records/{id}", rows: "records",
    parent: Parent("custom_object_schemas", inPathBy: "id"), lookup: .none, rest: .seconds(3600),
    columns: [
      .key(madeFrom: ["id"]),
      .column("id", .text, "Id in ActiveCampaign, a UUID"),
      .personal("externalId", .text, "Id given by who made the record"),
      .column("schemaId", .text, "Kind of object: custom_object_schemas.id"),
      .personal(
        "fields", .jsonb,
        "Values of its fields: a list of {\"id\", \"value\"}, the values as typed in the schema"),
      .column(
        "relationships", .jsonb,
        "Ids of what it is linked to, by relationship, such as {\"primary-contact\": [\"14\"]}"),
      .column(
        "createdTimestamp", .timestamptz,
        "When it was created; the service knows nanoseconds"),
      .column(
        "updatedTimestamp", .timestamptz,
        "When it last changed; the service knows nanoseconds"),
    ])
}
