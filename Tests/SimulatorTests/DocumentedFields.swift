/// The fields of the service's resources and the JSON types they may come as.
///
/// S text, N number, B boolean, A array, O object, ? any; every one may also be null.
enum DocumentedFields {
  static let byPath: [String: String] = [
    "contacts": """
    id:S cdate:S email:S firstName:S lastName:S created_timestamp:S updated_timestamp:S
    phone:S orgid:S segmentio_id:S bounced_hard:S bounced_soft:S bounced_date:S ip:S ua:S
    hash:S socialdata_lastcheck:S email_local:S email_domain:S sentcnt:S rating_tstamp:S
    gravatar:S deleted:S anonymized:S udate:S deleted_at:S scoreValues:A organization:S
    adate:S edate:S contactAutomations:A contactLists:A fieldValues:A geoIps:A deals:A
    accountContacts:A orgname:S created_utc_timestamp:S updated_utc_timestamp:S created_by:S
    updated_by:S email_empty:B mpp_tracking:S last_click_date:S last_open_date:S
    last_mpp_open_date:S best_send_hour:S sms_consent:S sms_consent_updated_at:S
    whatsapp_id:S whatsapp_username:S
    """,
    "lists": """
    id:S stringid:S userid:S name:S cdate:S p_use_tracking:S p_use_analytics_read:S
    p_use_analytics_link:S p_use_twitter:S p_use_facebook:S p_embed_image:S p_use_captcha:S
    send_last_broadcast:S private:S analytics_domains:? analytics_source:S analytics_ua:S
    twitter_token:S twitter_token_secret:S facebook_session:? carboncopy:?
    subscription_notify:? unsubscription_notify:? require_name:S get_unsubscribe_reason:S
    to_name:S optinoptout:S sender_name:S sender_addr1:S sender_addr2:S sender_city:S
    sender_state:S sender_zip:S sender_country:S sender_phone:S sender_url:S
    sender_reminder:S fulladdress:S optinmessageid:S optoutconf:S deletestamp:? udate:S
    user:S created_timestamp:S updated_timestamp:S created_by:? updated_by:?
    active_subscribers:S channel:S description:S non_deleted_subscribers:S
    """,
    "tags": """
    id:S tagType:S tag:S description:S cdate:S subscriber_count:S created_timestamp:S
    updated_timestamp:S created_by:? updated_by:? deleted:S
    """,
    "contactTags": """
    id:S contact:S tag:S cdate:S created_timestamp:S updated_timestamp:S created_by:?
    updated_by:?
    """,
    "fields": """
    id:S title:S descript:S type:S isrequired:S perstag:S defval:S show_in_list:S rows:S
    cols:S visible:S service:S ordernum:S cdate:S udate:S options:A relations:A
    created_timestamp:S updated_timestamp:S created_by:? updated_by:?
    """,
    "forms": """
    id:S name:S action:S actiondata:O submit:S submitdata:O url:S layout:S title:S body:S
    button:S thanks:S style:O options:O cfields:A parentformid:S userid:S addressid:S
    cdate:S udate:S entries:S aid:S defaultscreenshot:S recent:A contacts:N deals:N
    address:?
    """,
    "deals": """
    id:S owner:S contact:S organization:S group:S title:S nexttaskid:S currency:S status:S
    nextTask:S hash:S stage:S description:S percent:S cdate:S mdate:S nextdate:S value:S
    winProbability:N winProbabilityMdate:S activitycount:S nextdealid:S edate:S
    isDisabled:NB account:S customerAccount:S
    """,
    "dealGroups": """
    id:S title:S currency:S autoassign:S allusers:S allgroups:S
    win_probability_initialize_date:S cdate:S udate:S stages:A count:S source:S
    """,
    "dealStages": """
    id:S cardRegion1:S cardRegion2:S cardRegion3:S cardRegion4:S cardRegion5:S cdate:S
    color:S dealOrder:S group:S order:S title:S udate:S width:S
    """,
    "accounts": """
    id:S name:S accountUrl:S createdTimestamp:S updatedTimestamp:S contactCount:S
    dealCount:S owner:S
    """,
    "notes": """
    id:S relid:S reltype:S userid:S is_draft:S cdate:S mdate:S note:S user:S owner:O
    """,
    "dealTasks": """
    id:S duedate:S edate:S status:SN title:S note:S relid:S reltype:S dealTasktype:S cdate:S
    udate:S automation:? doneAutomation:? user:S assignee:S owner:O outcomeId:N
    outcomeInfo:S duration:S donedate:?
    """,
    "campaigns": """
    id:S type:S userid:S segmentid:S bounceid:S realcid:S sendid:S threadid:S seriesid:S
    formid:S basetemplateid:S basemessageid:S addressid:S source:S name:S cdate:S mdate:S
    sdate:S ldate:S send_amt:S total_amt:S opens:S uniqueopens:S linkclicks:S
    uniquelinkclicks:S subscriberclicks:S forwards:S uniqueforwards:S hardbounces:S
    softbounces:S unsubscribes:S unsubreasons:S updates:S socialshares:S replies:S
    uniquereplies:S status:S public:S mail_transfer:S mail_send:S mail_cleanup:S
    mailer_log_file:S tracklinks:S tracklinksanalytics:S trackreads:S trackreadsanalytics:S
    analytics_campaign_name:S tweet:S facebook:S survey:S embed_images:S htmlunsub:S
    textunsub:S htmlunsubdata:S textunsubdata:S recurring:S willrecur:S split_type:S
    split_content:S split_offset:S split_offset_type:S split_winner_messageid:S
    split_winner_awaiting:S responder_offset:S responder_type:S responder_existing:S
    reminder_field:S reminder_format:S reminder_type:S reminder_offset:S
    reminder_offset_type:S reminder_offset_sign:S reminder_last_cron_run:?
    activerss_interval:S activerss_url:S activerss_items:S ip4:S laststep:S managetext:S
    schedule:S scheduleddate:? waitpreview:S deletestamp:? replysys:S user:S automation:?
    created_timestamp:S updated_timestamp:S created_by:S updated_by:S ip:S
    series_send_lock_time:S can_skip_approval:S use_quartz_scheduler:S verified_opens:S
    verified_unique_opens:S additional_data:S predictive_send:S repair_timestamp:S
    has_outdated_translations:? moderation_status:S segmentname:S has_predictive_content:S
    message_id:S screenshot:S campaign_message_id:S ed_version:S format:S
    """,
    "automations": """
    id:S name:S cdate:S mdate:S userid:S status:SN entered:S exited:S hidden:S
    defaultscreenshot:S screenshot:S entitlements_violation:S source:S description:S
    exit_on_unsubscribe:S exit_on_conversion:S multientry:S
    """,
    "users": """
    id:S username:S firstName:S lastName:S email:S phone:S signature:S localZoneid:S
    password_updated_utc_timestamp:S cdate:S udate:S mfaEnabled:S lang:S roles:?
    """,
    "fieldOptions": """
    id:S field:S orderid:S value:S label:S isdefault:S cdate:S udate:S
    """,
    "fieldRels": """
    id:S field:S relid:S dorder:S cdate:S
    """,
    "contactLists": """
    id:S contact:S list:S form:? seriesid:S sdate:S udate:S status:S responder:S sync:S
    unsubreason:S campaign:? message:? first_name:S last_name:S ip4Sub:S sourceid:S
    autosyncLog:? ip4_last:S ip4Unsub:S unsubscribeAutomation:? automation:?
    created_timestamp:S updated_timestamp:S created_by:? updated_by:? channel:S
    """,
    "fieldValues": """
    id:S contact:S field:S value:S cdate:S udate:S owner:S created_by:S updated_by:S
    """,
    "accountContacts": """
    id:S account:S contact:S jobTitle:S createdTimestamp:S updatedTimestamp:S
    """,
  ]
}
