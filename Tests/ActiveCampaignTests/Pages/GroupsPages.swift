extension RecordedPage {
  /// Pages of the streams in Groups.swift.
  static let groupsOfUsers = [
    RecordedPage(
      "groups",
      #"""
      {"groups":[
      {"id":"618","title":"Renewal \u2013 Fj\u00e6rehus","descript":"What size",
      "unsubscribelink":"0","optinconfirm":"1","p_admin":"0",
      "sdate":"2024-08-12T13:47:15-05:00","reqApproval":"0","reqApproval1st":"0",
      "reqApprovalNotify":"chef@nordlys.example","socialdata":"1","pgListAdd":"0",
      "pgListEdit":"1","pgListDelete":"0","pgListHeaders":"1","pgListEmailaccount":"0",
      "pgListBounce":"1","pgMessageAdd":"0","pgMessageEdit":"1","pgMessageDelete":"0",
      "pgMessageSend":"1","pgContactAdd":"0","pgContactEdit":"1","pgContactDelete":"0",
      "pgContactMerge":"1","pgContactImport":"0","pgContactApprove":"1","pgContactExport":"0",
      "pgContactSync":"1","pgContactFilters":"0","pgContactActions":"1","pgContactFields":"0",
      "pg_user_add":"1","pg_user_edit":"0","pg_user_delete":"1","pgGroupAdd":"0",
      "pgGroupEdit":"1","pgGroupDelete":"0","pgTemplateAdd":"1","pgTemplateEdit":"0",
      "pgTemplateDelete":"1","pgPersonalizationAdd":"0","pgPersonalizationEdit":"1",
      "pgPersonalizationDelete":"0","pgAutomationManage":"1","pgFormEdit":"0",
      "pgReportsCampaign":"1","pgReportsList":"0","pgReportsUser":"1","pgReportsTrend":"0",
      "pgStartupReports":"1","pgStartupGettingstarted":"0","pgDeal":"1","pgDealDelete":"0",
      "pgDealReassign":"1","pgDealGroupAdd":"0","pgDealGroupEdit":"1","pgDealGroupDelete":"0",
      "pgSavedResponsesManage":"1","pgReportsDeal":"0","pgAccountAdd":"1","pgAccountEdit":"0",
      "pgAccountDelete":"1","pgAccountManageCustomField":"0","pgDealFields":"1",
      "pgMfaAdmin":"0","pgDealExport":"1","pgDealManageRoles":"0","pgAccountNoteAdd":"1",
      "pgAccountNoteEdit":"0","pgAccountNoteDelete":"1","pgDealNoteAdd":"0",
      "pgDealNoteEdit":"1","pgDealNoteDelete":"0","pgDealListAll":"1","pgTagManage":"0",
      "pgContactResubscribe":"1","pgDealImport":"0","pgAccountImport":"1",
      "pgAccountExport":"0","links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9074,"title":"0","unsubscribelink":true,"optinconfirm":"","p_admin":1,
      "sdate":"2019-09-06T2:10:00-05:00","reqApproval":false,"reqApproval1st":true,
      "socialdata":true,"pgListAdd":"","pgListEdit":1,"pgListDelete":null,
      "pgListHeaders":false,"pgListEmailaccount":0,"pgMessageAdd":true,"pgMessageEdit":"",
      "pgMessageDelete":1,"pgMessageSend":null,"pgContactAdd":false,"pgContactEdit":0,
      "pgContactMerge":true,"pgContactImport":"","pgContactApprove":1,"pgContactExport":null,
      "pgContactSync":false,"pgContactFilters":0,"pgContactFields":true,"pg_user_add":"",
      "pg_user_edit":1,"pg_user_delete":null,"pgGroupAdd":false,"pgGroupEdit":0,
      "pgTemplateAdd":true,"pgTemplateEdit":"","pgTemplateDelete":1,
      "pgPersonalizationAdd":null,"pgPersonalizationEdit":false,"pgPersonalizationDelete":0,
      "pgFormEdit":true,"pgReportsCampaign":"","pgReportsList":1,"pgReportsUser":null,
      "pgReportsTrend":false,"pgStartupReports":0,"pgDeal":true,"pgDealDelete":"",
      "pgDealReassign":1,"pgDealGroupAdd":null,"pgDealGroupEdit":false,"pgDealGroupDelete":0,
      "pgReportsDeal":true,"pgAccountAdd":"","pgAccountEdit":1,"pgAccountDelete":null,
      "pgAccountManageCustomField":false,"pgDealFields":0,"pgDealExport":true,
      "pgDealManageRoles":"","pgAccountNoteAdd":1,"pgAccountNoteEdit":null,
      "pgAccountNoteDelete":false,"pgDealNoteAdd":0,"pgDealNoteDelete":true,
      "pgDealListAll":"","pgTagManage":1,"pgContactResubscribe":null,"pgDealImport":false,
      "pgAccountImport":0}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=618 | title=Renewal – Fjærehus | descript=What size | unsubscribelink=false
      optinconfirm=true | p_admin=false | sdate=2024-08-12T18:47:15Z | req_approval=false
      req_approval1st=0 | req_approval_notify=chef@nordlys.example | socialdata=true
      pg_list_add=false | pg_list_edit=true | pg_list_delete=false | pg_list_headers=true
      pg_list_emailaccount=false | pg_list_bounce=true | pg_message_add=false
      pg_message_edit=true | pg_message_delete=false | pg_message_send=true
      pg_contact_add=false | pg_contact_edit=true | pg_contact_delete=false
      pg_contact_merge=true | pg_contact_import=false | pg_contact_approve=true
      pg_contact_export=false | pg_contact_sync=true | pg_contact_filters=false
      pg_contact_actions=true | pg_contact_fields=false | pg_user_add=true | pg_user_edit=false
      pg_user_delete=true | pg_group_add=false | pg_group_edit=true | pg_group_delete=false
      pg_template_add=true | pg_template_edit=false | pg_template_delete=true
      pg_personalization_add=false | pg_personalization_edit=true
      pg_personalization_delete=false | pg_automation_manage=true | pg_form_edit=false
      pg_reports_campaign=true | pg_reports_list=false | pg_reports_user=true
      pg_reports_trend=false | pg_startup_reports=true | pg_startup_gettingstarted=false
      pg_deal=true | pg_deal_delete=false | pg_deal_reassign=true | pg_deal_group_add=false
      pg_deal_group_edit=true | pg_deal_group_delete=false | pg_saved_responses_manage=true
      pg_reports_deal=false | pg_account_add=true | pg_account_edit=false
      pg_account_delete=true | pg_account_manage_custom_field=false | pg_deal_fields=true
      pg_mfa_admin=false | pg_deal_export=true | pg_deal_manage_roles=false
      pg_account_note_add=true | pg_account_note_edit=false | pg_account_note_delete=true
      pg_deal_note_add=false | pg_deal_note_edit=true | pg_deal_note_delete=false
      pg_deal_list_all=true | pg_tag_manage=false | pg_contact_resubscribe=true
      pg_deal_import=false | pg_account_import=true | pg_account_export=false

      id=9074 | title=0 | unsubscribelink=true | optinconfirm=null | p_admin=true
      sdate=2019-09-06T07:10:00Z | req_approval=false | req_approval1st=1 | socialdata=true
      pg_list_add=null | pg_list_edit=true | pg_list_delete=null | pg_list_headers=false
      pg_list_emailaccount=false | pg_message_add=true | pg_message_edit=null
      pg_message_delete=true | pg_message_send=null | pg_contact_add=false
      pg_contact_edit=false | pg_contact_merge=true | pg_contact_import=null
      pg_contact_approve=true | pg_contact_export=null | pg_contact_sync=false
      pg_contact_filters=false | pg_contact_fields=true | pg_user_add=null | pg_user_edit=true
      pg_user_delete=null | pg_group_add=false | pg_group_edit=false | pg_template_add=true
      pg_template_edit=null | pg_template_delete=true | pg_personalization_add=null
      pg_personalization_edit=false | pg_personalization_delete=false | pg_form_edit=true
      pg_reports_campaign=null | pg_reports_list=true | pg_reports_user=null
      pg_reports_trend=false | pg_startup_reports=false | pg_deal=true | pg_deal_delete=null
      pg_deal_reassign=true | pg_deal_group_add=null | pg_deal_group_edit=false
      pg_deal_group_delete=false | pg_reports_deal=true | pg_account_add=null
      pg_account_edit=true | pg_account_delete=null | pg_account_manage_custom_field=false
      pg_deal_fields=false | pg_deal_export=true | pg_deal_manage_roles=null
      pg_account_note_add=true | pg_account_note_edit=null | pg_account_note_delete=false
      pg_deal_note_add=false | pg_deal_note_delete=true | pg_deal_list_all=null
      pg_tag_manage=true | pg_contact_resubscribe=null | pg_deal_import=false
      pg_account_import=false
      """#),
    RecordedPage(
      "group_limits",
      #"""
      {"groupLimits":[
      {"id":"625","groupid":"626","limitMail":"627","limitMailType":"month",
      "limitContact":"629","limitList":"630","limitCampaign":"631","limitCampaignType":"day",
      "limitAttachment":"-1","limitUser":"634","abuseRatio":"635","forceSenderInfo":"0",
      "group":"637","links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9075,"limitMail":"","limitMailType":null,"limitContact":null,"limitList":"0",
      "limitCampaign":"6","limitCampaignType":"0","limitUser":"","abuseRatio":10,
      "forceSenderInfo":1,"group":"0","links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=625 | groupid=626 | limit_mail=627 | limit_mail_type=month | limit_contact=629
      limit_list=630 | limit_campaign=631 | limit_campaign_type=day | limit_attachment=-1
      limit_user=634 | abuse_ratio=635 | force_sender_info=false | group=637

      id=9075 | limit_mail=null | limit_mail_type=null | limit_contact=null | limit_list=0
      limit_campaign=6 | limit_campaign_type=0 | limit_user=null | abuse_ratio=10
      force_sender_info=true | group=0
      """#),
    RecordedPage(
      "group_members",
      #"""
      {"groupDefinitions":[
      {"id":632,"type_id":633,"label":"Bl\u00e5","ordernum":635,"group_id":636,"rel_id":637,
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9076,"type_id":"","label":null,"ordernum":null,"group_id":"0","rel_id":"5"}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=632 | type_id=633 | label=Blå | ordernum=635 | group_id=636 | rel_id=637

      id=9076 | type_id=null | label=null | ordernum=null | group_id=0 | rel_id=5
      """#),
    RecordedPage(
      "user_groups",
      #"""
      {"userGroups":[{"id":"177"},{"id":9077}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=177

      id=9077
      """#),
    RecordedPage(
      "list_groups",
      #"""
      {"listGroups":[
      {"id":"646","listid":"647","groupid":"648",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9078,"listid":null,"groupid":"0"}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=646 | listid=647 | groupid=648

      id=9078 | listid=null | groupid=0
      """#),
    RecordedPage(
      "deal_pipeline_groups",
      #"""
      {"dealGroupGroups":[{"id":"179"},{"id":9079}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=179

      id=9079
      """#),
    RecordedPage(
      "address_groups",
      #"""
      {"addressGroups":[{"id":"180"},{"id":9080}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=180

      id=9080
      """#),
    RecordedPage(
      "address_lists",
      #"""
      {"addressLists":[{"id":"181"},{"id":9081}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=181

      id=9081
      """#),
  ]
}
