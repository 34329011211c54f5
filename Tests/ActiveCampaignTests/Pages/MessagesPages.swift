extension RecordedPage {
  /// Pages of the streams in Messages.swift.
  static let messagesAndTexts = [
    RecordedPage(
      "messages",
      #"""
      {"messages":[
      {"id":"401","userid":"402","ed_instanceid":"403","ed_version":"404",
      "cdate":"2024-05-30T11:33:13-05:00","mdate":"2024-07-06T12:40:14-05:00",
      "name":"Autumn \u201cHarvest\u201d \ud83c\udf42","fromname":"Mira fra Nordlys",
      "fromemail":"hej@nordlys.example","reply2":"svar@nordlys.example","priority":"411",
      "charset":"utf-8","encoding":"quoted-printable","format":"mime",
      "subject":"50 % off \u2013 today","preheader_text":"Only today",
      "text":"Hej %FIRSTNAME%","html":"<p>Hej %FIRSTNAME%<\/p>","htmlfetch":"now",
      "textfetch":"send","hidden":"1",
      "preview_mime":"https:\/\/nordlys.example\/preview-mime",
      "preview_data":"https:\/\/nordlys.example\/preview-data","user":"424",
      "has_predictive_content":"1","language_code":"da","source":"web",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9043,"userid":null,"ed_instanceid":"0","ed_version":"3",
      "cdate":"0000-00-00T00:00:00-06:00","name":"","fromname":null,"fromemail":17,
      "reply2":true,"priority":"1","charset":"0","format":"","subject":null,
      "preheader_text":17,"text":true,"html":"a \u0026 b","htmlfetch":"0","hidden":true,
      "preview_mime":null,"preview_data":17,"user":"0","has_predictive_content":false,
      "language_code":"0","links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=401 | userid=402 | ed_instanceid=403 | ed_version=404 | cdate=2024-05-30T16:33:13Z
      mdate=2024-07-06T17:40:14Z | name=Autumn “Harvest” 🍂 | fromname=Mira fra Nordlys
      fromemail=hej@nordlys.example | reply2=svar@nordlys.example | priority=411
      charset=utf-8 | encoding=quoted-printable | format=mime | subject=50 % off – today
      preheader_text=Only today | text=Hej %FIRSTNAME% | html=<p>Hej %FIRSTNAME%</p>
      htmlfetch=now | textfetch=send | hidden=true
      preview_mime=https://nordlys.example/preview-mime
      preview_data=https://nordlys.example/preview-data | user=424
      has_predictive_content=true | language_code=da | source=web

      id=9043 | userid=null | ed_instanceid=0 | ed_version=3 | cdate=null | name=
      fromname=null | fromemail=17 | reply2=true | priority=1 | charset=0 | format=
      subject=null | preheader_text=17 | text=true | html=a & b | htmlfetch=0 | hidden=true
      preview_mime=null | preview_data=17 | user=0 | has_predictive_content=false
      language_code=0
      """#),
    RecordedPage(
      "templates",
      #"""
      {"templates":[
      {"id":"408","userid":"409","ed_instanceid":"410","ed_version":"411",
      "name":"Autumn \u201cHarvest\u201d \ud83c\udf42","subject":"50 % off \u2013 today",
      "content":"<table><tr><td>Hej<\/td><\/tr><\/table>","categoryid":"415","used":"0",
      "waitpreview":"0","importnum":"418","mdate":"2025-02-13 19:22:20",
      "preview_content":"https:\/\/nordlys.example\/preview-content","modified":"0",
      "hidden":"1","screenshot":"https:\/\/nordlys.example\/screenshot",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9044,"userid":"0","ed_instanceid":"2","ed_version":"-1","subject":"",
      "content":null,"categoryid":null,"used":"0","waitpreview":false,"importnum":"-1",
      "preview_content":"","modified":"","hidden":1,"screenshot":true}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=408 | userid=409 | ed_instanceid=410 | ed_version=411 | name=Autumn “Harvest” 🍂
      subject=50 % off – today | content=<table><tr><td>Hej</td></tr></table> | categoryid=415
      used=0 | waitpreview=false | importnum=418 | mdate=2025-02-13 19:22:20
      preview_content=https://nordlys.example/preview-content | modified=false | hidden=true
      screenshot=https://nordlys.example/screenshot

      id=9044 | userid=0 | ed_instanceid=2 | ed_version=-1 | subject= | content=null
      categoryid=null | used=0 | waitpreview=false | importnum=-1 | preview_content=
      modified=null | hidden=true | screenshot=true
      """#),
    RecordedPage(
      "saved_responses",
      #"""
      {"savedResponses":[
      {"id":"415","title":"Renewal \u2013 Fj\u00e6rehus","subject":"50 % off \u2013 today",
      "body":"Tak for \u00e9n god dag","ldate":"2024-05-30T11:33:13-05:00",
      "last_sent_user_id":"420","cdate":"2024-08-12T13:47:15-05:00",
      "mdate":"2024-09-18T14:54:16-05:00","links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9045,"title":"a \u0026 b","subject":"0","ldate":"","last_sent_user_id":5,
      "cdate":null,"mdate":"2019-09-06T2:10:00-05:00","links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=415 | title=Renewal – Fjærehus | subject=50 % off – today | body=Tak for én god dag
      ldate=2024-05-30T16:33:13Z | last_sent_user_id=420 | cdate=2024-08-12T18:47:15Z
      mdate=2024-09-18T19:54:16Z

      id=9045 | title=a & b | subject=0 | ldate=null | last_sent_user_id=5 | cdate=null
      mdate=2019-09-06T07:10:00Z
      """#),
    RecordedPage(
      "personalizations",
      #"""
      {"personalizations":[
      {"id":"422","name":"Autumn \u201cHarvest\u201d \ud83c\udf42","tag":"Caf\u00e9 visitor",
      "format":"mime","content":"<table><tr><td>Hej<\/td><\/tr><\/table>","listIds":"3,8",
      "listNames":"News,Offers","listsCount":"429","isLocked":true,
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9046,"name":"0","format":"","content":null,"listIds":17,"listNames":true,
      "listsCount":"7","isLocked":0}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=422 | name=Autumn “Harvest” 🍂 | tag=Café visitor | format=mime
      content=<table><tr><td>Hej</td></tr></table> | list_ids=3,8 | list_names=News,Offers
      lists_count=429 | is_locked=true

      id=9046 | name=0 | format= | content=null | list_ids=17 | list_names=true | lists_count=7
      is_locked=false
      """#),
    RecordedPage(
      "site_messages",
      #"""
      {"siteMessages":[
      {"id":"429","name":"Autumn \u201cHarvest\u201d \ud83c\udf42","automation":"431",
      "template":{"type":"banner"},"ldate":"2024-05-30T11:33:13-05:00",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9047,"automation":"","template":null,"ldate":null,"links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=429 | name=Autumn “Harvest” 🍂 | automation=431 | template={"type":"banner"}
      ldate=2024-05-30T16:33:13Z

      id=9047 | automation=null | template=null | ldate=null
      """#),
    RecordedPage(
      "sms",
      #"""
      {"sms":[
      {"id":"436","userid":"437","seriesid":"438","msg":"Hej! Svar STOP",
      "tstamp":"2024-05-30T11:33:13-05:00","tf_day":"mon,tue","tf_hr_from":"442",
      "tf_hr_to":"443","sent":"444","failed":"445","unsubscribes":"446","replies":"447",
      "uniquereplies":"448","sdate":"2025-04-28T21:36:22-05:00",
      "ldate":"2025-06-04T22:43:23-05:00","user":"451","automation":"452",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9048,"userid":"","seriesid":2,"msg":17,"tstamp":"2019-09-06T2:10:00-05:00",
      "tf_day":"a \u0026 b","tf_hr_from":"-1","sent":"","failed":9,"unsubscribes":null,
      "replies":"0","uniquereplies":"3","sdate":"0000-00-00T00:00:00-06:00","user":"",
      "automation":16}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=436 | userid=437 | seriesid=438 | msg=Hej! Svar STOP | tstamp=2024-05-30T16:33:13Z
      tf_day=mon,tue | tf_hr_from=442 | tf_hr_to=443 | sent=444 | failed=445 | unsubscribes=446
      replies=447 | uniquereplies=448 | sdate=2025-04-29T02:36:22Z | ldate=2025-06-05T03:43:23Z
      user=451 | automation=452

      id=9048 | userid=null | seriesid=2 | msg=17 | tstamp=2019-09-06T07:10:00Z | tf_day=a & b
      tf_hr_from=-1 | sent=null | failed=9 | unsubscribes=null | replies=0 | uniquereplies=3
      sdate=null | user=null | automation=16
      """#),
    RecordedPage(
      "sms_broadcasts",
      #"""
      {"broadcasts":[
      {"id":443,"name":"Autumn \u201cHarvest\u201d \ud83c\udf42","address_id":445,
      "body":"Tak for \u00e9n god dag","media_urls":["https:\/\/nordlys.example\/m.jpg"],
      "preview_url":"https:\/\/nordlys.example\/preview-url",
      "shorten_track_links_enabled":true,"status":"scheduled",
      "sent_date":"2024-10-25T16:01:17Z","scheduled_date":"2024-12-01T17:08:18Z",
      "custom_run_id":"7c1d2f60-53a1-4a6e-8f0e-2b9f14f7a002",
      "custom_segment_id":"7c1d2f60-53a1-4a6e-8f0e-2b9f14f7a003","scheduled_by":455,
      "sent_to_count":456,"created_at":"2025-06-04T22:43:23Z","created_by":458,
      "updated_at":"2025-08-18T00:57:25Z","updated_by":460,
      "deleted_at":"2025-10-31T03:11:27Z","sift_approved":0,"arc_approved":1,
      "quiet_hours_enabled":0,"list_ids":[3,8],
      "segment_id":"7c1d2f60-53a1-4a6e-8f0e-2b9f14f7a001","label_ids":[1],
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9049,"name":null,"address_id":null,"body":true,"media_urls":7,"preview_url":"0",
      "status":"","sent_date":"0000-00-00 00:00:00","scheduled_date":null,
      "custom_run_id":true,"custom_segment_id":"a \u0026 b","scheduled_by":"-1",
      "created_at":"","created_by":"15","updated_at":null,"updated_by":"0",
      "deleted_at":"0000-00-00","sift_approved":0,"quiet_hours_enabled":true,"list_ids":null,
      "segment_id":17,"label_ids":"as text","links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=443 | name=Autumn “Harvest” 🍂 | address_id=445 | body=Tak for én god dag
      media_urls=["https:\/\/nordlys.example\/m.jpg"]
      preview_url=https://nordlys.example/preview-url | shorten_track_links_enabled=true
      status=scheduled | sent_date=2024-10-25T16:01:17Z | scheduled_date=2024-12-01T17:08:18Z
      custom_run_id=7c1d2f60-53a1-4a6e-8f0e-2b9f14f7a002
      custom_segment_id=7c1d2f60-53a1-4a6e-8f0e-2b9f14f7a003 | scheduled_by=455
      sent_to_count=456 | created_at=2025-06-04T22:43:23Z | created_by=458
      updated_at=2025-08-18T00:57:25Z | updated_by=460 | deleted_at=2025-10-31T03:11:27Z
      sift_approved=false | arc_approved=true | quiet_hours_enabled=false | list_ids=[3,8]
      segment_id=7c1d2f60-53a1-4a6e-8f0e-2b9f14f7a001 | label_ids=[1]

      id=9049 | name=null | address_id=null | body=true | media_urls=7 | preview_url=0
      status= | sent_date=null | scheduled_date=null | custom_run_id=true
      custom_segment_id=a & b | scheduled_by=-1 | created_at=null | created_by=15
      updated_at=null | updated_by=0 | deleted_at=null | sift_approved=false
      quiet_hours_enabled=true | list_ids=null | segment_id=17 | label_ids="as text"
      """#),
    RecordedPage(
      "sms_lists",
      #"""
      {"lists":[{"id":150},{"id":"9050"}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=150

      id=9050
      """#),
  ]
}
