/// The documented fields of the account: groups and settings.
///
/// `-` is a row that is no object.
let documentedFieldsOfAccount = """
  groups
    id bigint
    title text
    descript text
    unsubscribelink boolean
    optinconfirm boolean
    p_admin boolean
    sdate timestamptz
    reqApproval boolean
    reqApproval1st smallint
    reqApprovalNotify text
    socialdata boolean
    pgListAdd boolean
    pgListEdit boolean
    pgListDelete boolean
    pgListHeaders boolean
    pgListEmailaccount boolean
    pgListBounce boolean
    pgMessageAdd boolean
    pgMessageEdit boolean
    pgMessageDelete boolean
    pgMessageSend boolean
    pgContactAdd boolean
    pgContactEdit boolean
    pgContactDelete boolean
    pgContactMerge boolean
    pgContactImport boolean
    pgContactApprove boolean
    pgContactExport boolean
    pgContactSync boolean
    pgContactFilters boolean
    pgContactActions boolean
    pgContactFields boolean
    pg_user_add boolean
    pg_user_edit boolean
    pg_user_delete boolean
    pgGroupAdd boolean
    pgGroupEdit boolean
    pgGroupDelete boolean
    pgTemplateAdd boolean
    pgTemplateEdit boolean
    pgTemplateDelete boolean
    pgPersonalizationAdd boolean
    pgPersonalizationEdit boolean
    pgPersonalizationDelete boolean
    pgAutomationManage boolean
    pgFormEdit boolean
    pgReportsCampaign boolean
    pgReportsList boolean
    pgReportsUser boolean
    pgReportsTrend boolean
    pgStartupReports boolean
    pgStartupGettingstarted boolean
    pgDeal boolean
    pgDealDelete boolean
    pgDealReassign boolean
    pgDealGroupAdd boolean
    pgDealGroupEdit boolean
    pgDealGroupDelete boolean
    pgSavedResponsesManage boolean
    pgReportsDeal boolean
    pgAccountAdd boolean
    pgAccountEdit boolean
    pgAccountDelete boolean
    pgAccountManageCustomField boolean
    pgDealFields boolean
    pgMfaAdmin boolean
    pgDealExport boolean
    pgDealManageRoles boolean
    pgAccountNoteAdd boolean
    pgAccountNoteEdit boolean
    pgAccountNoteDelete boolean
    pgDealNoteAdd boolean
    pgDealNoteEdit boolean
    pgDealNoteDelete boolean
    pgDealListAll boolean
    pgTagManage boolean
    pgContactResubscribe boolean
    pgDealImport boolean
    pgAccountImport boolean
    pgAccountExport boolean
  group_limits
    id bigint
    groupid bigint
    limitMail bigint
    limitMailType text
    limitContact bigint
    limitList bigint
    limitCampaign bigint
    limitCampaignType text
    limitAttachment bigint
    limitUser bigint
    abuseRatio bigint
    forceSenderInfo boolean
    group bigint
  group_members
    id bigint
    type_id bigint
    label text
    ordernum bigint
    group_id bigint
    rel_id bigint
  user_groups
    id bigint
  list_groups
    id bigint
    listid bigint
    groupid bigint
  deal_pipeline_groups
    id bigint
  address_groups
    id bigint
  address_lists
    id bigint
  addresses
    id bigint
    companyName text
    address1 text
    address2 text
    city text
    state text
    district text
    zip text
    country text
    allgroup boolean
    isDefault boolean
    created_timestamp timestamp
    updated_timestamp timestamp
    created_by bigint
    updated_by bigint
    smsName text
  brandings
    id bigint
    groupid text
    siteName text
    siteLogo text
    siteLogoSmall text
    headerTextValue text
    headerHtmlValue text
    footerTextValue text
    footerHtmlValue text
    copyright boolean
    version text
    license text
    help boolean
    adminTemplateHtm text
    adminTemplateCss text
    publicTemplateHtm text
    publicTemplateCss text
    favicon text
    admin_template_css_backup text
    admin_template_htm_backup text
    created_timestamp timestamp
    updated_timestamp timestamp
    zendeskWidgetEnabled boolean
  calendars
    id bigint
    userid bigint
    title text
    type text
    token text omitted
    notification smallint
    cdate timestamptz
    mdate timestamptz
  configs
    id bigint
    keyname text
    section text
    item text
    userid bigint
    val text omitted
    cdate timestamptz
    udate timestamptz
    created_timestamp timestamp
    updated_timestamp timestamp
    created_by bigint
    updated_by bigint
    owner bigint
  webhooks
    id bigint
    cdate timestamptz
    listid bigint
    name text
    url text
    events jsonb
    sources jsonb
    deactivated_date timestamptz
    state text
  webhook_events
    - text
  event_tracking_events
    name text
  site_tracking_domains
    name text
  url_whitelistings
    id text
    type text
    attributes jsonb
  """
