extension RecordedPage {
  /// Pages of the streams in Campaigns.swift.
  static let campaignsAndAutomations = [
    RecordedPage(
      "campaigns",
      #"""
      {"campaigns":[
      {"id":"184","type":"split","userid":"186","segmentid":"187","bounceid":"188",
      "realcid":"189","sendid":"190","threadid":"191","seriesid":"192","formid":"193",
      "basetemplateid":"19","basemessageid":"195","addressid":"196","source":"web",
      "name":"Autumn \u201cHarvest\u201d \ud83c\udf42","cdate":"2025-07-11T23:50:24-05:00",
      "mdate":"2025-08-18T00:57:25-05:00","sdate":"2025-09-24T02:04:26-05:00",
      "ldate":"2025-10-31T03:11:27-05:00","send_amt":"203","total_amt":"204","opens":"205",
      "uniqueopens":"206","linkclicks":"207","uniquelinkclicks":"208",
      "subscriberclicks":"209","forwards":"210","uniqueforwards":"211","hardbounces":"212",
      "softbounces":"213","unsubscribes":"214","unsubreasons":"215","updates":"216",
      "socialshares":"217","replies":"218","uniquereplies":"219","status":"1","public":"0",
      "mail_transfer":"222","mail_send":"223","mail_cleanup":"224","mailer_log_file":"225",
      "tracklinks":"all","tracklinksanalytics":"0","trackreads":"1","trackreadsanalytics":"0",
      "analytics_campaign_name":"Analytics campaign name","tweet":"0","facebook":"1",
      "survey":"Survey","embed_images":"1","htmlunsub":"0","textunsub":"1",
      "htmlunsubdata":"<p>Hej<\/p>","textunsubdata":"Textunsubdata","recurring":"day1",
      "willrecur":"1","split_type":"Split type","split_content":"1","split_offset":"243",
      "split_offset_type":"Split offset type \u00e9n","split_winner_messageid":"245",
      "split_winner_awaiting":"1","responder_offset":"247","responder_type":"Responder type",
      "responder_existing":"0","reminder_field":"Reminder field",
      "reminder_format":"Reminder format","reminder_type":"Reminder type",
      "reminder_offset":"253","reminder_offset_type":"Reminder offset type \u00e9n",
      "reminder_offset_sign":"+","reminder_last_cron_run":"2025-07-14T15:30:21-05:00",
      "activerss_interval":"Activerss interval",
      "activerss_url":"https:\/\/nordlys.example\/activerss-url","activerss_items":"259",
      "ip4":"3405803853","laststep":"Laststep","managetext":"1","schedule":"0",
      "scheduleddate":"2024-06-03T00:26:29-05:00","waitpreview":"0",
      "deletestamp":"2024-08-16 02:40:31","replysys":"0","user":"268","automation":"269",
      "created_timestamp":"2025-01-11 07:08:35","updated_timestamp":"2025-02-17 08:15:36",
      "created_by":"272","updated_by":"273","ip":"203.0.113.77",
      "series_send_lock_time":"2025-07-15 12:43:40","can_skip_approval":"1",
      "use_quartz_scheduler":"0","verified_opens":"278","verified_unique_opens":"279",
      "additional_data":"{\"copiedFrom\":6800}","predictive_send":"0",
      "repair_timestamp":"2024-04-27 20:32:47","has_outdated_translations":"0",
      "moderation_status":"284","segmentname":"Segmentname","has_predictive_content":"1",
      "message_id":"287","screenshot":"https:\/\/nordlys.example\/screenshot",
      "campaign_message_id":"289","ed_version":"290","format":"mime",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9012,"userid":"","segmentid":3,"bounceid":null,"realcid":"0","sendid":"6",
      "threadid":"-1","formid":"","basetemplateid":null,"basemessageid":null,"addressid":"0",
      "source":"a \u0026 b","name":"0","mdate":"","sdate":"0000-00-00 00:00:00","ldate":null,
      "send_amt":"0","total_amt":"2","opens":"-1","linkclicks":"","uniquelinkclicks":24,
      "subscriberclicks":null,"forwards":"0","uniqueforwards":"0","hardbounces":"-1",
      "unsubscribes":"","unsubreasons":1,"updates":null,"socialshares":"0","replies":"7",
      "uniquereplies":"-1","public":true,"mail_transfer":8,"mail_send":null,
      "mail_cleanup":"0","mailer_log_file":"5","tracklinks":"0","trackreads":true,
      "trackreadsanalytics":"","analytics_campaign_name":17,"tweet":null,"facebook":false,
      "survey":"0","htmlunsub":true,"textunsub":"","htmlunsubdata":17,"textunsubdata":true,
      "recurring":"a \u0026 b","willrecur":0,"split_content":true,"split_offset":29,
      "split_offset_type":17,"split_winner_messageid":"0","split_winner_awaiting":false,
      "responder_offset":"-1","responder_existing":true,"reminder_field":null,
      "reminder_format":17,"reminder_type":true,"reminder_offset":"6",
      "reminder_offset_type":"0","reminder_last_cron_run":"","activerss_interval":null,
      "activerss_url":17,"activerss_items":"0","ip4":"a \u0026 b","laststep":"0",
      "schedule":true,"scheduleddate":"0000-00-00 00:00:00","waitpreview":1,
      "deletestamp":"2019-09-06 02:10:00","replysys":false,"user":"-1","created_timestamp":"",
      "updated_timestamp":"0000-00-00 00:00:00","created_by":null,"updated_by":"0",
      "ip":"a \u0026 b","series_send_lock_time":"2019-09-06T02:10:00-05:00",
      "use_quartz_scheduler":true,"verified_opens":4,"verified_unique_opens":null,
      "additional_data":"[]","predictive_send":false,
      "repair_timestamp":"2019-09-06T02:10:00-05:00","moderation_status":"",
      "segmentname":null,"has_predictive_content":1,"message_id":"0",
      "screenshot":"a \u0026 b","campaign_message_id":"-1","format":""}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=184 | type=split | userid=186 | segmentid=187 | bounceid=188 | realcid=189
      sendid=190 | threadid=191 | seriesid=192 | formid=193 | basetemplateid=19
      basemessageid=195 | addressid=196 | source=web | name=Autumn “Harvest” 🍂
      cdate=2025-07-12T04:50:24Z | mdate=2025-08-18T05:57:25Z | sdate=2025-09-24T07:04:26Z
      ldate=2025-10-31T08:11:27Z | send_amt=203 | total_amt=204 | opens=205 | uniqueopens=206
      linkclicks=207 | uniquelinkclicks=208 | subscriberclicks=209 | forwards=210
      uniqueforwards=211 | hardbounces=212 | softbounces=213 | unsubscribes=214
      unsubreasons=215 | updates=216 | socialshares=217 | replies=218 | uniquereplies=219
      status=1 | public=false | mail_transfer=222 | mail_send=223 | mail_cleanup=224
      mailer_log_file=225 | tracklinks=all | tracklinksanalytics=false | trackreads=true
      trackreadsanalytics=false | analytics_campaign_name=Analytics campaign name | tweet=false
      facebook=true | survey=Survey | embed_images=true | htmlunsub=false | textunsub=true
      htmlunsubdata=<p>Hej</p> | textunsubdata=Textunsubdata | recurring=day1 | willrecur=true
      split_type=Split type | split_content=true | split_offset=243
      split_offset_type=Split offset type én | split_winner_messageid=245
      split_winner_awaiting=true | responder_offset=247 | responder_type=Responder type
      responder_existing=false | reminder_field=Reminder field
      reminder_format=Reminder format | reminder_type=Reminder type | reminder_offset=253
      reminder_offset_type=Reminder offset type én | reminder_offset_sign=+
      reminder_last_cron_run=2025-07-14T20:30:21Z | activerss_interval=Activerss interval
      activerss_url=https://nordlys.example/activerss-url | activerss_items=259
      ip4=3405803853 | laststep=Laststep | managetext=true | schedule=false
      scheduleddate=2024-06-03T05:26:29Z | waitpreview=false | deletestamp=2024-08-16 02:40:31
      replysys=false | user=268 | automation=269 | created_timestamp=2025-01-11 07:08:35
      updated_timestamp=2025-02-17 08:15:36 | created_by=272 | updated_by=273 | ip=203.0.113.77
      series_send_lock_time=2025-07-15 12:43:40 | can_skip_approval=true
      use_quartz_scheduler=false | verified_opens=278 | verified_unique_opens=279
      additional_data={"copiedFrom":6800} | predictive_send=false
      repair_timestamp=2024-04-27 20:32:47 | has_outdated_translations=false
      moderation_status=284 | segmentname=Segmentname | has_predictive_content=true
      message_id=287 | screenshot=https://nordlys.example/screenshot | campaign_message_id=289
      ed_version=290 | format=mime

      id=9012 | userid=null | segmentid=3 | bounceid=null | realcid=0 | sendid=6 | threadid=-1
      formid=null | basetemplateid=null | basemessageid=null | addressid=0 | source=a & b
      name=0 | mdate=null | sdate=null | ldate=null | send_amt=0 | total_amt=2 | opens=-1
      linkclicks=null | uniquelinkclicks=24 | subscriberclicks=null | forwards=0
      uniqueforwards=0 | hardbounces=-1 | unsubscribes=null | unsubreasons=1 | updates=null
      socialshares=0 | replies=7 | uniquereplies=-1 | public=true | mail_transfer=8
      mail_send=null | mail_cleanup=0 | mailer_log_file=5 | tracklinks=0 | trackreads=true
      trackreadsanalytics=null | analytics_campaign_name=17 | tweet=null | facebook=false
      survey=0 | htmlunsub=true | textunsub=null | htmlunsubdata=17 | textunsubdata=true
      recurring=a & b | willrecur=false | split_content=true | split_offset=29
      split_offset_type=17 | split_winner_messageid=0 | split_winner_awaiting=false
      responder_offset=-1 | responder_existing=true | reminder_field=null | reminder_format=17
      reminder_type=true | reminder_offset=6 | reminder_offset_type=0
      reminder_last_cron_run=null | activerss_interval=null | activerss_url=17
      activerss_items=0 | ip4=a & b | laststep=0 | schedule=true | scheduleddate=null
      waitpreview=true | deletestamp=2019-09-06 02:10:00 | replysys=false | user=-1
      created_timestamp=null | updated_timestamp=null | created_by=null | updated_by=0
      ip=a & b | series_send_lock_time=2019-09-06 02:10:00 | use_quartz_scheduler=true
      verified_opens=4 | verified_unique_opens=null | additional_data=[]
      predictive_send=false | repair_timestamp=2019-09-06 02:10:00 | moderation_status=null
      segmentname=null | has_predictive_content=true | message_id=0 | screenshot=a & b
      campaign_message_id=-1 | format=
      """#),
    RecordedPage(
      "automations",
      #"""
      {"automations":[
      {"id":"191","name":"Autumn \u201cHarvest\u201d \ud83c\udf42",
      "cdate":"2024-03-17T09:19:11-05:00","mdate":"2024-04-23T10:26:12-05:00","userid":"195",
      "status":"1","entered":"197","exited":"198","hidden":"1",
      "defaultscreenshot":"https:\/\/nordlys.example\/defaultscreenshot",
      "screenshot":"https:\/\/nordlys.example\/screenshot","entitlements_violation":"0",
      "source":"203","description":"Bl\u00e5 hat af uld","exit_on_unsubscribe":"1",
      "exit_on_conversion":"0","multientry":"1",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9013,"name":"","cdate":"0000-00-00 00:00:00","mdate":null,"userid":"0",
      "status":"5","entered":"-1","hidden":true,"defaultscreenshot":null,"screenshot":17,
      "entitlements_violation":true,"source":"3","description":"0","exit_on_conversion":true,
      "multientry":"","links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=191 | name=Autumn “Harvest” 🍂 | cdate=2024-03-17T14:19:11Z
      mdate=2024-04-23T15:26:12Z | userid=195 | status=1 | entered=197 | exited=198
      hidden=true | defaultscreenshot=https://nordlys.example/defaultscreenshot
      screenshot=https://nordlys.example/screenshot | entitlements_violation=0 | source=203
      description=Blå hat af uld | exit_on_unsubscribe=true | exit_on_conversion=false
      multientry=true

      id=9013 | name= | cdate=null | mdate=null | userid=0 | status=5 | entered=-1
      hidden=true | defaultscreenshot=null | screenshot=17 | entitlements_violation=true
      source=3 | description=0 | exit_on_conversion=true | multientry=null
      """#),
  ]
}
