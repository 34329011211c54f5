extension StreamDefinition {
  /// Custom fields of contacts, deals and accounts, and their values.
  static let customFieldDetails = [
    customFieldOptions, customFieldRels, customFieldValues, dealCustomFields, dealCustomFieldValues,
    accountCustomFields, accountCustomFieldValues,
  ]

  /// Choices of the contact fields that offer some; they come with the pages of custom_fields.
  ///
  /// <https://developers.activecampaign.com/reference/create-custom-field-options>
  public static let customFieldOptions = StreamDefinition(
    "custom_field_options",
    "Choices of the contact fields that offer some; they come with the pages of custom_fields",
    path: "fields", rows: "fieldOptions", carrier: "custom_fields",
    lookup: .below("fieldOptions"), rest: .seconds(3600), alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("field", .bigint, "Field that offers it: custom_fields.id"),
      .column("orderid", .bigint, "Place among the field's choices, ascending"),
      .column("value", .text, "Value that is stored"),
      .column("label", .text, "Words that people see"),
      .column("isdefault", .boolean, "Whether it is chosen from the start"),
      .column("cdate", .timestamptz, "When the choice was created"),
      .column("udate", .timestamptz, "When it last changed"),
    ])

  /// Which contact field is shown for which list; they come with the pages of custom_fields.
  ///
  /// <https://developers.activecampaign.com/reference/create-a-custom-field-relationship-to-lists>
  public static let customFieldRels = StreamDefinition(
    "custom_field_rels",
    "Which contact field is shown for which list; they come with the pages of custom_fields",
    path: "fields", rows: "fieldRels", carrier: "custom_fields", lookup: .below("fieldRels"),
    rest: .seconds(3600), alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("field", .bigint, "Field that is shown: custom_fields.id"),
      .column("relid", .bigint, "List it is shown for: lists.id; 0: all lists"),
      .column("dorder", .bigint, "Place among the list's fields, ascending"),
      .column("cdate", .timestamptz, "When the link was made"),
    ])

  /// What contacts have in their custom fields, a row each.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-custom-field-values-1>
  public static let customFieldValues = StreamDefinition(
    "custom_field_values", "What contacts have in their custom fields, a row each",
    path: "fieldValues", rows: "fieldValues",
    parent: Parent("custom_fields", filter: "filters[fieldid]", hasFlatList: true),
    alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("contact", .bigint, "Contact that has it: contacts.id"),
      .column("field", .bigint, "Field it is in: custom_fields.id"),
      .personal(
        "value", .text,
        "Value as text; several are kept between double bars, as ||red||blue||"),
      .column("cdate", .timestamptz, "When it was first written"),
      .column("udate", .timestamptz, "When it last changed"),
      .column("owner", .bigint, "Contact that has it: contacts.id; equal to contact"),
      .column("created_by", .bigint, "User who wrote it first: users.id; 0 or null: none"),
      .column("updated_by", .bigint, "User who last changed it: users.id; 0 or null: none"),
    ])

  /// The deal fields that the account has defined.
  ///
  /// <https://developers.activecampaign.com/reference/retrieve-all-dealcustomfielddata-resources>
  public static let dealCustomFields = StreamDefinition(
    "deal_custom_fields", "The deal fields that the account has defined",
    path: "dealCustomFieldMeta", rows: "dealCustomFieldMeta", rest: .seconds(3600),
    alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("fieldLabel", .text, "Name that people see"),
      .column(
        "fieldType", .text,
        "Kind: text, textarea, date, datetime, dropdown, multiselect, radio, checkbox, hidden, currency, number"
      ),
      .column("fieldOptions", .jsonb, "Its choices, for fields that offer some: a list of texts"),
      .column("fieldDefault", .text, "Value where a deal has none"),
      .column("fieldDefaultCurrency", .text, "Currency of that value, for fields of money"),
      .column("isFormVisible", .boolean, "Whether forms show it"),
      .column("isRequired", .boolean, "Whether forms require it"),
      .column("displayOrder", .bigint, "Place among the fields, ascending"),
      .column(
        "personalization", .text,
        "Personalization tag, without the percent signs around it"),
      .column(
        "knownFieldId", .bigint,
        "Number of a field that the service itself defines; null: the account's own"),
      .column("hideFieldFlag", .boolean, "Whether it is hidden where it is empty"),
      .column(
        "createdTimestamp", .timestamptz,
        "When the field was created; UTC where the service tells no zone"),
      .column(
        "updatedTimestamp", .timestamptz,
        "When it last changed; UTC where the service tells no zone"),
      .column("createdBy", .bigint, "User who created it: users.id"),
      .column("updatedBy", .bigint, "User who last changed it: users.id"),
    ])

  /// What deals have in their custom fields, a row each.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-custom-field-values>
  public static let dealCustomFieldValues = StreamDefinition(
    "deal_custom_field_values", "What deals have in their custom fields, a row each",
    path: "dealCustomFieldData", rows: "dealCustomFieldData",
    parent: Parent("deals", filter: "filters[dealId]", hasFlatList: true), alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column(
        "dealCustomFieldMetumId", .bigint,
        "Field it is in: deal_custom_fields.id; equal to custom_field_id"),
      .column("dealId", .bigint, "Deal that has it: deals.id"),
      .column("customFieldId", .bigint, "Field it is in: deal_custom_fields.id"),
      .column(
        "createdTimestamp", .timestamptz,
        "When it was first written; UTC where the service tells no zone"),
      .column(
        "updatedTimestamp", .timestamptz,
        "When it last changed; UTC where the service tells no zone"),
      .personal(
        "fieldValue", .jsonb,
        "Value as sent: a text, a number, or a list of texts for several choices"),
      .column(
        "fieldCurrency", .text,
        "Currency of the value, ISO 4217 in any case; sent with fields of money only"),
    ])

  /// The account fields that the account has defined.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-custom-fields>
  public static let accountCustomFields = StreamDefinition(
    "account_custom_fields", "The account fields that the account has defined",
    path: "accountCustomFieldMeta", rows: "accountCustomFieldMeta", rest: .seconds(3600),
    alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("fieldLabel", .text, "Name that people see"),
      .column(
        "fieldType", .text,
        "Kind: text, textarea, date, datetime, dropdown, multiselect, radio, checkbox, hidden, currency, number"
      ),
      .column("fieldOptions", .jsonb, "Its choices, for fields that offer some: a list of texts"),
      .column("fieldDefault", .text, "Value where an account has none"),
      .column("fieldDefaultCurrency", .text, "Currency of that value, for fields of money"),
      .column("isFormVisible", .boolean, "Whether forms show it"),
      .column("isRequired", .boolean, "Whether forms require it"),
      .column("displayOrder", .bigint, "Place among the fields, ascending"),
      .column(
        "personalization", .text,
        "Personalization tag, without the percent signs around it"),
      .column(
        "knownFieldId", .bigint,
        "Number of a field that the service itself defines; null: the account's own"),
      .column("hideFieldFlag", .boolean, "Whether it is hidden where it is empty"),
      .column(
        "createdTimestamp", .timestamptz,
        "When the field was created; UTC where the service tells no zone"),
      .column(
        "updatedTimestamp", .timestamptz,
        "When it last changed; UTC where the service tells no zone"),
    ])

  /// What accounts have in their custom fields, a row each.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-custom-field-values-2>
  public static let accountCustomFieldValues = StreamDefinition(
    "account_custom_field_values", "What accounts have in their custom fields, a row each",
    path: "accountCustomFieldData", rows: "accountCustomFieldData",
    parent: Parent("accounts", filter: "filters[customerAccountId]", hasFlatList: true),
    alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column(
        "accountCustomFieldMetumId", .bigint,
        "Field it is in: account_custom_fields.id; equal to custom_field_id"),
      .column("accountId", .bigint, "Account that has it: accounts.id"),
      .column("customFieldId", .bigint, "Field it is in: account_custom_fields.id"),
      .column(
        "createdTimestamp", .timestamptz,
        "When it was first written; UTC where the service tells no zone"),
      .column(
        "updatedTimestamp", .timestamptz,
        "When it last changed; UTC where the service tells no zone"),
      .personal(
        "fieldValue", .jsonb,
        "Value as sent: a text, a number, or a list of texts for several choices"),
      .column(
        "fieldCurrency", .text,
        "Currency of the value, ISO 4217 in any case; sent with fields of money only"),
    ])
}
