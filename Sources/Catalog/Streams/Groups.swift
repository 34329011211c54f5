extension StreamDefinition {
  /// Groups of users, what they may do, and what they may see.
  static let groupsOfUsers = [
    groups, groupLimits, groupMembers, userGroups, listGroups, dealPipelineGroups, addressGroups,
    addressLists,
  ]

  /// Groups of users, and what they may do.
  ///
  /// <https://developers.activecampaign.com/reference/list-all-groups>
  public static let groups = StreamDefinition(
    "groups", "Groups of users, and what they may do", path: "groups", rows: "groups",
    rest: .seconds(3600), alsoReadBy: [.singer],
    columns: [
      .key("id", .bigint),
      .column("title", .text, "Name that people see"),
      .column("descript", .text, "Description"),
      .column(
        "unsubscribelink", .boolean,
        "Whether mails of its users must have an unsubscribe link"),
      .column("optinconfirm", .boolean, "Whether lists of its users must ask for confirmation"),
      .column("p_admin", .boolean, "Whether its users may do everything"),
      .column("sdate", .timestamptz, "When the group was created"),
      .column("reqApproval", .boolean, "Whether campaigns of its users need approval"),
      .column("reqApproval1st", .smallint, "How many of a user's first campaigns need approval"),
      .personal(
        "reqApprovalNotify", .text,
        "Addresses told of campaigns that wait for approval, comma separated"),
      .column("socialdata", .boolean, "Whether social data are looked up for its users"),
      .column("pgListAdd", .boolean, "Whether its users may create lists"),
      .column("pgListEdit", .boolean, "Whether its users may edit lists"),
      .column("pgListDelete", .boolean, "Whether its users may delete lists"),
      .column("pgListHeaders", .boolean, "Whether its users may edit the mail headers of lists"),
      .column(
        "pgListEmailaccount", .boolean,
        "Whether its users may edit the mail accounts of lists"),
      .column(
        "pgListBounce", .boolean,
        "Whether its users may edit the bounce handling of lists"),
      .column("pgMessageAdd", .boolean, "Whether its users may create messages"),
      .column("pgMessageEdit", .boolean, "Whether its users may edit messages"),
      .column("pgMessageDelete", .boolean, "Whether its users may delete messages"),
      .column("pgMessageSend", .boolean, "Whether its users may send campaigns"),
      .column("pgContactAdd", .boolean, "Whether its users may create contacts"),
      .column("pgContactEdit", .boolean, "Whether its users may edit contacts"),
      .column("pgContactDelete", .boolean, "Whether its users may delete contacts"),
      .column("pgContactMerge", .boolean, "Whether its users may merge contacts"),
      .column("pgContactImport", .boolean, "Whether its users may import contacts"),
      .column("pgContactApprove", .boolean, "Whether its users may approve contacts"),
      .column("pgContactExport", .boolean, "Whether its users may export contacts"),
      .column(
        "pgContactSync", .boolean,
        "Whether its users may synchronise contacts from elsewhere"),
      .column("pgContactFilters", .boolean, "Whether its users may edit segments"),
      .column("pgContactActions", .boolean, "Whether its users may edit actions on contacts"),
      .column("pgContactFields", .boolean, "Whether its users may edit contact fields"),
      .column("pg_user_add", .boolean, "Whether its users may create users"),
      .column("pg_user_edit", .boolean, "Whether its users may edit users"),
      .column("pg_user_delete", .boolean, "Whether its users may delete users"),
      .column("pgGroupAdd", .boolean, "Whether its users may create groups"),
      .column("pgGroupEdit", .boolean, "Whether its users may edit groups"),
      .column("pgGroupDelete", .boolean, "Whether its users may delete groups"),
      .column("pgTemplateAdd", .boolean, "Whether its users may create templates"),
      .column("pgTemplateEdit", .boolean, "Whether its users may edit templates"),
      .column("pgTemplateDelete", .boolean, "Whether its users may delete templates"),
      .column("pgPersonalizationAdd", .boolean, "Whether its users may create personalizations"),
      .column("pgPersonalizationEdit", .boolean, "Whether its users may edit personalizations"),
      .column(
        "pgPersonalizationDelete", .boolean,
        "Whether its users may delete personalizations"),
      .column("pgAutomationManage", .boolean, "Whether its users may manage automations"),
      .column("pgFormEdit", .boolean, "Whether its users may edit forms"),
      .column("pgReportsCampaign", .boolean, "Whether its users may see reports on campaigns"),
      .column("pgReportsList", .boolean, "Whether its users may see reports on lists"),
      .column("pgReportsUser", .boolean, "Whether its users may see reports on users"),
      .column("pgReportsTrend", .boolean, "Whether its users may see reports on trends"),
      .column(
        "pgStartupReports", .boolean,
        "Whether its users may see reports on the start page"),
      .column(
        "pgStartupGettingstarted", .boolean,
        "Whether its users may see the first steps on the start page"),
      .column("pgDeal", .boolean, "Whether its users may see and edit deals"),
      .column("pgDealDelete", .boolean, "Whether its users may delete deals"),
      .column("pgDealReassign", .boolean, "Whether its users may give deals to other users"),
      .column("pgDealGroupAdd", .boolean, "Whether its users may create pipelines"),
      .column("pgDealGroupEdit", .boolean, "Whether its users may edit pipelines"),
      .column("pgDealGroupDelete", .boolean, "Whether its users may delete pipelines"),
      .column("pgSavedResponsesManage", .boolean, "Whether its users may manage saved responses"),
      .column("pgReportsDeal", .boolean, "Whether its users may see reports on deals"),
      .column("pgAccountAdd", .boolean, "Whether its users may create accounts"),
      .column("pgAccountEdit", .boolean, "Whether its users may edit accounts"),
      .column("pgAccountDelete", .boolean, "Whether its users may delete accounts"),
      .column(
        "pgAccountManageCustomField", .boolean,
        "Whether its users may edit account fields"),
      .column("pgDealFields", .boolean, "Whether its users may edit deal fields"),
      .column(
        "pgMfaAdmin", .boolean,
        "Whether its users may manage second factors for signing in"),
      .column("pgDealExport", .boolean, "Whether its users may export deals"),
      .column("pgDealManageRoles", .boolean, "Whether its users may manage deal roles"),
      .column("pgAccountNoteAdd", .boolean, "Whether its users may write notes on accounts"),
      .column("pgAccountNoteEdit", .boolean, "Whether its users may edit notes on accounts"),
      .column("pgAccountNoteDelete", .boolean, "Whether its users may delete notes on accounts"),
      .column("pgDealNoteAdd", .boolean, "Whether its users may write notes on deals"),
      .column("pgDealNoteEdit", .boolean, "Whether its users may edit notes on deals"),
      .column("pgDealNoteDelete", .boolean, "Whether its users may delete notes on deals"),
      .column("pgDealListAll", .boolean, "Whether its users may see the deals of all users"),
      .column("pgTagManage", .boolean, "Whether its users may manage tags"),
      .column("pgContactResubscribe", .boolean, "Whether its users may subscribe contacts again"),
      .column("pgDealImport", .boolean, "Whether its users may import deals"),
      .column("pgAccountImport", .boolean, "Whether its users may import accounts"),
      .column("pgAccountExport", .boolean, "Whether its users may export accounts"),
    ])

  /// How much the users of a group may use.
  public static let groupLimits = StreamDefinition(
    "group_limits", "How much the users of a group may use", path: "groupLimits",
    rows: "groupLimits", lookup: .none, rest: .seconds(3600),
    columns: [
      .key("id", .bigint),
      .column("groupid", .bigint, "Group it holds for: groups.id"),
      .column("limitMail", .bigint, "Most mails in a span of time; 0: without limit"),
      .column("limitMailType", .text, "That span, such as month"),
      .column("limitContact", .bigint, "Most contacts; 0: without limit"),
      .column("limitList", .bigint, "Most lists; 0: without limit"),
      .column("limitCampaign", .bigint, "Most campaigns in a span of time; 0: without limit"),
      .column("limitCampaignType", .text, "That span, such as month"),
      .column("limitAttachment", .bigint, "Most attachments to a mail; -1: without limit"),
      .column("limitUser", .bigint, "Most users; 0: without limit"),
      .column("abuseRatio", .bigint, "Complaints, in percent, from which on sending stops"),
      .column("forceSenderInfo", .boolean, "Whether mails must tell who sends them"),
      .column("group", .bigint, "Group it holds for: groups.id"),
    ])

  /// Which contact field stands in which group of fields; not members of groups of users.
  public static let groupMembers = StreamDefinition(
    "group_members",
    "Which contact field stands in which group of fields; not members of groups of users",
    path: "groupMembers", rows: "groupDefinitions", lookup: .none, rest: .seconds(3600),
    columns: [
      .key("id", .bigint),
      .column("type_id", .bigint, "Kind of what is grouped, as a number of the service"),
      .column("label", .text, "Name of the group that people see"),
      .column("ordernum", .bigint, "Place within the group, ascending"),
      .column("group_id", .bigint, "Group of fields"),
      .column("rel_id", .bigint, "What is grouped: custom_fields.id for contact fields"),
    ])

  /// Which user is in which group; what comes besides the id is in _extra.
  public static let userGroups = StreamDefinition(
    "user_groups", "Which user is in which group; what comes besides the id is in _extra",
    path: "userGroups", rows: "userGroups", lookup: .none, rest: .seconds(3600),
    standing: .unverified,
    columns: [
      .key("id", .bigint)
    ])

  /// Which list the users of a group may see.
  ///
  /// <https://developers.activecampaign.com/reference/create-a-list-group-permission>
  public static let listGroups = StreamDefinition(
    "list_groups", "Which list the users of a group may see", path: "listGroups",
    rows: "listGroups", lookup: .none, rest: .seconds(3600), standing: .unverified,
    columns: [
      .key("id", .bigint),
      .column("listid", .bigint, "List: lists.id"),
      .column("groupid", .bigint, "Group whose users may see it: groups.id"),
    ])

  /// Which pipeline the users of a group may see; what comes besides the id is in _extra.
  public static let dealPipelineGroups = StreamDefinition(
    "deal_pipeline_groups",
    "Which pipeline the users of a group may see; what comes besides the id is in _extra",
    path: "dealGroupGroups", rows: "dealGroupGroups", lookup: .none, rest: .seconds(3600),
    standing: .unverified,
    columns: [
      .key("id", .bigint)
    ])

  /// Which postal address the users of a group may use; what comes besides the id is in _extra.
  ///
  /// <https://developers.activecampaign.com/reference/delete-an-addressgroup>
  public static let addressGroups = StreamDefinition(
    "address_groups",
    "Which postal address the users of a group may use; what comes besides the id is in _extra",
    path: "addressGroups", rows: "addressGroups", lookup: .none, rest: .seconds(3600),
    standing: .unverified,
    columns: [
      .key("id", .bigint)
    ])

  /// Which postal address is used for which list; what comes besides the id is in _extra.
  ///
  /// <https://developers.activecampaign.com/reference/delete-an-addresslist>
  public static let addressLists = StreamDefinition(
    "address_lists",
    "Which postal address is used for which list; what comes besides the id is in _extra",
    path: "addressLists", rows: "addressLists", lookup: .none, rest: .seconds(3600),
    standing: .unverified,
    columns: [
      .key("id", .bigint)
    ])
}
