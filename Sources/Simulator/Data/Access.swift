extension Generator {
  /// Who may do what.
  static let accessMakers: [String: RowMaker] = [
    "groups": { $0.group(&$1) }, "groupLimits": { $0.groupLimit(&$1) },
    "groupMembers": { $0.groupMember(&$1) },
    "userGroups": { $0.pair(&$1, ("user", "users"), ("group", "groups"), hasLongNames: true) },
    "listGroups": { $0.pair(&$1, ("list", "lists"), ("group", "groups"), hasLongNames: true) },
    "dealGroupGroups": { $0.pair(&$1, ("dealGroup", "dealGroups"), ("group", "groups")) },
    "addressGroups": {
      $0.pair(&$1, ("address", "addresses"), ("group", "groups"), hasLongNames: true)
    },
    "addressLists": { $0.pair(&$1, ("address", "addresses"), ("list", "lists")) },
  ]

  /// Every permission that a group may have.
  private static let permissions = [
    "pgListAdd", "pgListEdit", "pgListDelete", "pgListHeaders", "pgListEmailaccount",
    "pgListBounce", "pgMessageAdd", "pgMessageEdit", "pgMessageDelete", "pgMessageSend",
    "pgContactAdd", "pgContactEdit", "pgContactDelete", "pgContactMerge", "pgContactImport",
    "pgContactApprove", "pgContactExport", "pgContactSync", "pgContactFilters",
    "pgContactActions", "pgContactFields", "pg_user_add", "pg_user_edit", "pg_user_delete",
    "pgGroupAdd", "pgGroupEdit", "pgGroupDelete", "pgTemplateAdd", "pgTemplateEdit",
    "pgTemplateDelete", "pgPersonalizationAdd", "pgPersonalizationEdit",
    "pgPersonalizationDelete", "pgAutomationManage", "pgFormEdit", "pgReportsCampaign",
    "pgReportsList", "pgReportsUser", "pgReportsTrend", "pgStartupReports",
    "pgStartupGettingstarted", "pgDeal", "pgDealDelete", "pgDealReassign", "pgDealGroupAdd",
    "pgDealGroupEdit", "pgDealGroupDelete", "pgSavedResponsesManage", "pgReportsDeal",
    "pgAccountAdd", "pgAccountEdit", "pgAccountDelete", "pgAccountManageCustomField",
    "pgDealFields", "pgMfaAdmin", "pgDealExport", "pgDealManageRoles", "pgAccountNoteAdd",
    "pgAccountNoteEdit", "pgAccountNoteDelete", "pgDealNoteAdd", "pgDealNoteEdit",
    "pgDealNoteDelete", "pgDealListAll", "pgTagManage", "pgContactResubscribe", "pgDealImport",
    "pgAccountImport", "pgAccountExport",
  ]

  private func group(_ draft: inout Draft) -> Fields {
    let isAdmin = draft.index == 0
    let permissions = Self.permissions.enumerated().map { place, name in
      (name, RowValue.flag(isAdmin || (place + draft.index) % 3 > 0))
    }
    return [
      "title": .text(["Admin", "Sales", "Marketing", "Support", "Visitors"][draft.index % 5]),
      "descript": draft.index % 3 == 2 ? nil : "People who work here",
      "unsubscribelink": "0", "optinconfirm": .flag(draft.index == 4), "p_admin": .flag(isAdmin),
      "sdate": isAdmin ? nil : draft.created, "reqApproval": "0", "reqApproval1st": "2",
      "reqApprovalNotify": "", "socialdata": "0",
    ] + Fields(permissions) + ["id": .count(draft.id)]
  }

  private func groupLimit(_ draft: inout Draft) -> Fields {
    let group = ref("groups", draft.index)
    return [
      "groupid": group, "limitMail": .count(draft.index * 1000), "limitMailType": "month",
      "limitContact": "0", "limitList": "0", "limitCampaign": "0", "limitCampaignType": "month",
      "limitAttachment": "-1", "limitUser": "0", "abuseRatio": "4", "forceSenderInfo": "0",
      "group": group, "id": .count(draft.id),
    ]
  }

  /// How fields are grouped on a page, despite the name: real numbers.
  private func groupMember(_ draft: inout Draft) -> Fields {
    [
      "id": .number(draft.id), "type_id": .number(1 + draft.index % 2),
      "label": draft.index == 0 ? "{**DEFAULT**}" : .text("Section \(draft.index)"),
      "ordernum": .number(draft.index + 1), "group_id": .number(1 + draft.index / 4),
      "rel_id": .number(id("fields", draft.index)),
    ]
  }

  /// A row that joins two others, no two of them twice.
  private func pair(
    _ draft: inout Draft, _ first: (key: String, path: String),
    _ second: (key: String, path: String), hasLongNames: Bool = false
  ) -> Fields {
    let turn = draft.index / max(1, count(first.path))
    let one = ref(first.path, draft.index)
    let other = ref(second.path, draft.index + turn)
    let names: Fields =
      hasLongNames ? ["\(first.key)id": one, "\(second.key)id": other] : [:]
    return names + Fields([(first.key, one), (second.key, other), ("id", .count(draft.id))])
  }
}
