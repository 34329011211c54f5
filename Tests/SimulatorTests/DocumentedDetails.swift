/// The fields of what lies beside an account's core, and the JSON types they may come as.
///
/// S text, N number, B boolean, A array, O object, ? any; every one may also be null. Copied from
/// the documentation of the API; where that knows a field in snake case only, as the simulator
/// spells it.
enum DocumentedDetails {
  static let byPath = [people, mail, sales, settings].reduce(into: [:]) {
    $0.merge($1) { one, _ in one }
  }

  static let people: [String: String] = [
    "contactAutomations": """
    id:S contact:S seriesid:S startid:S status:S batchid:S adddate:S remdate:S timespan:S
    lastblock:S lastlogid:S lastdate:S completedElements:SN totalElements:SN completed:N
    completeValue:N automation:S in_als:S
    """,
    "contactConversions": """
    id:? contact:? conversion:? conversion_trigger:? converted_by_type:? converted_by_id:?
    trigger_type:? modifier:? value:? currency:? dynamic:? cdate:? conversiontrigger:?
    converted_by:?
    """,
    "contactData": """
    id:S contact:S tstamp:S geoTstamp:? geoIp4:S geoCountry2:S geoState:S geoCity:S geoZip:S
    geoArea:S geoLat:S geoLon:S geoTz:S geoTzOffset:S ga_campaign_source:S ga_campaign_name:S
    ga_campaign_medium:S ga_campaign_term:S ga_campaign_content:S ga_campaign_customsegment:S
    ga_first_visit:? ga_times_visited:S fb_id:S fb_name:S tw_id:S created_timestamp:S
    updated_timestamp:S created_by:S updated_by:S
    """,
    "contactDeals": """
    id:S deal:S contact:S cdate:S role:? created_timestamp:S updated_timestamp:S created_by:?
    updated_by:?
    """,
    "contactEmails": """
    id:? messageid:? seriesid:? messageheader:? userid:? d_id:? subscriberid:? account:? ip:?
    sdate:? source:? user:? deal:? contact:? message:?
    """,
    "contactGoals": """
    id:S goalid:S seriesid:S subscriberid:S subscriberseriesid:S timespan:S tstamp:S goal:S
    automation:S contact:S contactAutomation:S
    """,
    "scoreValues": """
    id:S score:S contact:S deal:? cdate:S mdate:S scoreValue:S
    """,
    "geoIps": """
    id:S contact:S campaignid:S messageid:S geoaddrid:S ip4:S tstamp:S geoAddress:S
    """,
    "geoAddresses": """
    id:S ip4:S country2:S country:S state:S city:S zip:S area:S lat:S lon:S tz:S tstamp:S
    """,
    "trackingLogs": """
    id:S subscriberid:S type:S value:S tstamp:S hash:S contact:S
    """,
    "plusAppends": """
    id:S contact:S last_updated_rapleaf:? last_updated_fliptop:? last_updated_fullcontact:?
    imageUrl:S membershipsFacebook:S membershipsTwitter:S membershipsLinkedin:S
    """,
    "organizations": """
    id:S name:S created_timestamp:S updated_timestamp:S userid:S owner:S
    """,
    "segments": """
    id:S created_by:S created_timestamp:S hidden:S logic:S name:S segmentid_v2:S seriesid:S
    updated_by:S updated_timestamp:S
    """,
    "audiences": """
    id:S type:S attributes:O
    """,
    "lists/exclusions": """
    id:S matchPhrase:S matchType:S channel:S hidden:B lists:A
    """,
  ]

  static let mail: [String: String] = [
    "activities": """
    id:S tstamp:S subscriberid:S reference_type:S reference_id:S reference_action:S jsonData:?
    userid:S permission:S referenceModelName:S notes:A recipients:A reference:O user:S
    """,
    "activityRecipients": """
    reltype:S relid:S activityid:S recipient:O
    """,
    "links": """
    id:S campaignid:S messageid:S link:S name:S ref:S tracked:S campaign:S message:S
    uniquelinkclicks:? linkclicks:? created_timestamp:? updated_timestamp:? created_by:?
    updated_by:?
    """,
    "campaignLists": """
    id:? campaignid:? listid:? userid:? list_amt:? cdate:? udate:? name:? user:? list:?
    campaign:?
    """,
    "campaignMessages": """
    id:? messageid:? campaignid:? percentage:? sourcesize:? send_amt:? total_amt:? opens:?
    uniqueopens:? linkclicks:? uniquelinkclicks:? subscriberclicks:? forwards:?
    uniqueforwards:? hardbounces:? softbounces:? unsubscribes:? unsubreasons:? updates:?
    socialshares:? replies:? uniquereplies:? spamcheck_score:? spamcheck_max:?
    initial_split_percentage:? screenshot:? subject:? campaign:? message:?
    """,
    "messages": """
    id:S userid:S ed_instanceid:S ed_version:S cdate:S mdate:S name:S fromname:S fromemail:S
    reply2:S priority:S charset:S encoding:S format:S subject:S preheader_text:S text:S html:S
    htmlfetch:S textfetch:S hidden:S preview_mime:S preview_data:S user:S
    has_predictive_content:S language_code:S source:S
    """,
    "templates": """
    id:S userid:S ed_instanceid:S ed_version:S name:S subject:? content:S categoryid:S used:S
    waitpreview:S importnum:S mdate:S preview_content:? modified:S hidden:S screenshot:?
    """,
    "savedResponses": """
    id:S title:S subject:S body:S ldate:? last_sent_user_id:? cdate:S mdate:?
    """,
    "personalizations": """
    id:S name:S tag:S format:S content:S listIds:S listNames:S listsCount:S isLocked:B
    """,
    "logs": """
    id:S subscriberid:S campaignid:S messageid:S sendid:S successful:S tstamp:S contact:S
    campaign:S message:S
    """,
    "linkData": """
    id:S subscriberid:S campaignid:S messageid:S linkid:S link:S isread:S times:S ip:S ip6:S
    ua:S uasrc:S referer:S tstamp:S created_timestamp:S
    """,
    "emailActivities": """
    id:? subscriberid:? userid:? d_id:? account:? reltype:? relid:? from_name:? cc_address:?
    subject:? message:? message_html:? tstamp:? contact:? deal:? user:? reference:?
    fromAddress:S toAddress:S automation_name:?
    """,
    "bounceLogs": """
    id:S tstamp:S bounceid:S subscriberid:S campaignid:S messageid:S codeid:S email:S error:S
    source:S created_timestamp:S updated_timestamp:S created_by:? updated_by:? bounce:S
    contact:S campaign:S message:S code:SN
    """,
    "sms": """
    id:? userid:? seriesid:? msg:? tstamp:? tf_day:? tf_hr_from:? tf_hr_to:? sent:? failed:?
    unsubscribes:? replies:? uniquereplies:? sdate:? ldate:? user:? automation:?
    """,
    "sms/broadcasts": """
    id:N name:S address_id:N body:S media_urls:A preview_url:S shorten_track_links_enabled:B
    status:S sent_date:S scheduled_date:S custom_run_id:S custom_segment_id:S scheduled_by:N
    sent_to_count:N created_at:S created_by:N updated_at:S updated_by:N deleted_at:S
    sift_approved:N arc_approved:N quiet_hours_enabled:N list_ids:A segment_id:S label_ids:A
    """,
    "siteMessages": """
    id:? name:? automation:? template:? ldate:?
    """,
    "automationBlocks": """
    id:? automation:? parent:? ordernum:? params:? deleted:? cdate:? mdate:?
    """,
    "goals": """
    id:? blockid:? seriesid:? name:? cdate:? dirty_stats:? automation:? automationBlock:?
    """,
    "conversions": """
    id:? name:? value:? currency:? limit:? enforcelimit:? cdate:? udate:?
    """,
    "conversionTriggers": """
    id:? conversion:? trigger_type:? modifier:? value:? dynamic:? retroactive:? cdate:?
    udate:? automationBlock:?
    """,
    "scores": """
    id:S reltype:S name:S descript:S status:S cdate:S mdate:S
    """,
  ]

  static let sales: [String: String] = [
    "dealTasktypes": """
    id:S cdate:S defduration:S status:S title:S udate:S created_by:S created_utc_timestamp:S
    display_order:S outcomes:? updated_by:S updated_utc_timestamp:S
    """,
    "taskOutcomes": """
    id:S title:S sentiment:S disabled:S created_by:S updated_by:S created_utc_timestamp:S
    updated_utc_timestamp:S dealTasktype_ids:A
    """,
    "tasktypeOutcomeRels": """
    id:S tasktype_id:S outcome_id:S display_order:S created_by:S created_utc_timestamp:S
    updated_by:? updated_utc_timestamp:S tasktype:S outcome:S createdBy:S
    """,
    "dealActivities": """
    id:S d_id:S d_stageid:S userid:S dataId:S dataType:S dataAction:S dataOldval:S cdate:S
    sortdate:S isAddtask:S deleted:S seriesid:S deal:S stage:? user:S automation:?
    """,
    "dealGroupUsers": """
    id:? dealGroup:? user:? cdate:?
    """,
    "dealRoles": """
    id:S title:S created_timestamp:S updated_timestamp:S
    """,
    "dealCustomFieldMeta": """
    id:S fieldLabel:S fieldType:S fieldOptions:A fieldDefault:SN fieldDefaultCurrency:?
    isFormVisible:N isRequired:N displayOrder:N personalization:S knownFieldId:N
    hideFieldFlag:N createdTimestamp:S updatedTimestamp:S createdBy:SN updatedBy:SN
    """,
    "dealCustomFieldData": """
    id:S dealCustomFieldMetumId:N dealId:N customFieldId:N createdTimestamp:S
    updatedTimestamp:S fieldValue:?
    """,
    "accountCustomFieldMeta": """
    id:S fieldLabel:S fieldType:S fieldOptions:A fieldDefault:SN fieldDefaultCurrency:?
    isFormVisible:N isRequired:N displayOrder:N personalization:S knownFieldId:?
    hideFieldFlag:N createdTimestamp:S updatedTimestamp:S
    """,
    "accountCustomFieldData": """
    id:S accountCustomFieldMetumId:N accountId:N customFieldId:N createdTimestamp:S
    updatedTimestamp:S fieldValue:?
    """,
    "connections": """
    id:S service:S externalid:S name:S isInternal:SN status:S syncStatus:S lastSync:S
    logoUrl:S linkUrl:S listId:S cdate:S udate:S connectionType:S sync_request_time:S
    sync_start_time:S credentialExpiration:S disconnectDate:S planTier:S serviceName:S
    """,
    "ecomCustomers": """
    id:S connectionid:S externalid:S email:S totalRevenue:S totalOrders:S totalProducts:S
    avgRevenuePerOrder:S avgProductCategory:S tstamp:S connection:S acceptsMarketing:S
    sms_marketing_state:? sms_opt_in_level:? sms_consent_updated_at:?
    """,
    "ecomOrders": """
    id:S externalid:S source:S email:S currency:S connectionid:S customerid:S orderUrl:S
    shippingMethod:S totalPrice:SN shippingAmount:SN taxAmount:SN discountAmount:SN
    externalCreatedDate:S totalProducts:SN createdDate:S updatedDate:S state:SN connection:S
    orderProducts:A customer:S orderDate:S tstamp:S externalcheckoutid:? orderNumber:S
    externalUpdatedDate:S abandonedDate:?
    """,
    "ecomOrderProducts": """
    id:S orderid:S connectionid:S externalid:S sku:S name:S description:S price:S quantity:S
    category:S imageUrl:S productUrl:S createdDate:S updatedDate:S tstamp:S ecomOrder:S tags:?
    isOnSale:? brand:? averageRating:?
    """,
    "ecomOrderActivities": """
    id:? orderid:? connectionid:? customerid:? externalid:? externalcheckoutid:? source:?
    orderNumber:? email:? totalPrice:? discountAmount:? shippingAmount:? taxAmount:?
    totalProducts:? currency:? shippingMethod:? storeName:? logoUrl:? orderUrl:? state:?
    externalCreatedDate:? externalUpdatedDate:? abandonedDate:? createdDate:? updatedDate:?
    connection:? order:?
    """,
  ]

  static let settings: [String: String] = [
    "groups": """
    id:S title:S descript:S unsubscribelink:S optinconfirm:S p_admin:S sdate:S reqApproval:S
    reqApproval1st:S reqApprovalNotify:S socialdata:S pgListAdd:S pgListEdit:S pgListDelete:S
    pgListHeaders:S pgListEmailaccount:S pgListBounce:S pgMessageAdd:S pgMessageEdit:S
    pgMessageDelete:S pgMessageSend:S pgContactAdd:S pgContactEdit:S pgContactDelete:S
    pgContactMerge:S pgContactImport:S pgContactApprove:S pgContactExport:S pgContactSync:S
    pgContactFilters:S pgContactActions:S pgContactFields:S pg_user_add:S pg_user_edit:S
    pg_user_delete:S pgGroupAdd:S pgGroupEdit:S pgGroupDelete:S pgTemplateAdd:S
    pgTemplateEdit:S pgTemplateDelete:S pgPersonalizationAdd:S pgPersonalizationEdit:S
    pgPersonalizationDelete:S pgAutomationManage:S pgFormEdit:S pgReportsCampaign:S
    pgReportsList:S pgReportsUser:S pgReportsTrend:S pgStartupReports:S
    pgStartupGettingstarted:S pgDeal:S pgDealDelete:S pgDealReassign:S pgDealGroupAdd:S
    pgDealGroupEdit:S pgDealGroupDelete:S pgSavedResponsesManage:S pgReportsDeal:S
    pgAccountAdd:S pgAccountEdit:S pgAccountDelete:S pgAccountManageCustomField:S
    pgDealFields:S pgMfaAdmin:S pgDealExport:S pgDealManageRoles:S pgAccountNoteAdd:S
    pgAccountNoteEdit:S pgAccountNoteDelete:S pgDealNoteAdd:S pgDealNoteEdit:S
    pgDealNoteDelete:S pgDealListAll:S pgTagManage:S pgContactResubscribe:S pgDealImport:S
    pgAccountImport:S pgAccountExport:S
    """,
    "groupLimits": """
    id:S groupid:S limitMail:S limitMailType:S limitContact:S limitList:S limitCampaign:S
    limitCampaignType:S limitAttachment:S limitUser:S abuseRatio:S forceSenderInfo:S group:S
    """,
    "groupMembers": """
    id:N type_id:N label:S ordernum:N group_id:N rel_id:N
    """,
    "addresses": """
    id:S companyName:S address1:S address2:S city:S state:S district:S zip:S country:S
    allgroup:S isDefault:S created_timestamp:S updated_timestamp:S created_by:? updated_by:?
    smsName:S
    """,
    "brandings": """
    id:S groupid:S siteName:S siteLogo:S siteLogoSmall:S headerTextValue:S headerHtmlValue:S
    footerTextValue:S footerHtmlValue:S copyright:S version:S license:S help:S
    adminTemplateHtm:S adminTemplateCss:S publicTemplateHtm:S publicTemplateCss:S favicon:?
    admin_template_css_backup:S admin_template_htm_backup:S created_timestamp:S
    updated_timestamp:S zendeskWidgetEnabled:S
    """,
    "calendars": """
    id:S userid:S title:S type:S token:S notification:S cdate:S mdate:S
    """,
    "configs": """
    id:? keyname:? section:? item:? userid:? val:? cdate:? udate:? created_timestamp:?
    updated_timestamp:? created_by:? updated_by:? owner:?
    """,
    "webhooks": """
    id:S cdate:S listid:S name:S url:S events:A sources:A deactivated_date:S state:S
    """,
    "eventTrackingEvents": """
    name:S
    """,
    "customObjects/schemas": """
    id:S slug:S visibility:S labels:O description:S createdTimestamp:S updatedTimestamp:S
    fields:A icons:O relationships:A
    """,
    "customObjects/records": """
    id:S externalId:S schemaId:S fields:A relationships:O createdTimestamp:S
    updatedTimestamp:S
    """,
  ]
}
