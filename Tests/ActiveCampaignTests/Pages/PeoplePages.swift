extension RecordedPage {
  /// Pages of the streams in People.swift.
  static let people = [
    RecordedPage(
      "contacts",
      #"""
      {"scoreValues":[],
      "contacts":[
      {"id":"100","cdate":"2024-02-09T08:12:10-06:00","email":"mira.lindqvist@nordlys.example",
      "firstName":"Mira","lastName":"Lindqvist","created_timestamp":"2024-07-06 12:40:14",
      "updated_timestamp":"2024-08-12 13:47:15","phone":"+45 20 55 01 42","orgid":"108",
      "segmentio_id":"sio-4471","bounced_hard":"110","bounced_soft":"111",
      "bounced_date":"2023-11-22","ip":"203.0.113.77","ua":"Mozilla/5.0 (X11; Linux x86_64)",
      "hash":"9f86d081884c7d65","socialdata_lastcheck":"2025-08-18 00:57:25",
      "email_local":"mira.lindqvist","email_domain":"nordlys.example","sentcnt":"119",
      "rating_tstamp":"2024-02-10 05:25:29","gravatar":"1","deleted":"1","anonymized":"0",
      "udate":"2024-07-07T09:53:33-05:00","deleted_at":"2024-08-13 11:00:34",
      "scoreValues":["4"],"organization":"127","adate":"2024-12-02T14:21:37-06:00",
      "edate":"2025-01-08T15:28:38-06:00","contactAutomations":["8","9"],"geoIps":["1"],
      "deals":["5"],"accountContacts":["7"],"orgname":"Nordlys ApS",
      "created_utc_timestamp":"2025-08-18 22:10:44",
      "updated_utc_timestamp":"2025-09-24 23:17:45","created_by":"137","updated_by":"138",
      "email_empty":false,"mpp_tracking":"1","last_click_date":"2024-04-25T04:52:50-05:00",
      "last_open_date":"2024-06-01T05:59:51-05:00",
      "last_mpp_open_date":"2024-07-08T07:06:52-05:00","best_send_hour":"17",
      "sms_consent":"granted","sms_consent_updated_at":"2024-10-27T10:27:55-05:00",
      "whatsapp_id":"4520550142","whatsapp_username":"mira.l","contactLists":["31","32"],
      "contactTags":["31","32"],"fieldValues":["31","32"],
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9000,"cdate":"0000-00-00 00:00:00","email":17,"firstName":true,
      "lastName":"a \u0026 b","created_timestamp":"2019-09-06T02:10:00-05:00","phone":"",
      "orgid":8,"segmentio_id":17,"bounced_hard":"0","bounced_soft":"2",
      "bounced_date":"0000-00-00","ua":"","hash":null,"socialdata_lastcheck":null,
      "email_local":true,"email_domain":"a \u0026 b","sentcnt":"-1","gravatar":"",
      "deleted":"","anonymized":1,"udate":"2019-09-06T2:10:00-05:00",
      "deleted_at":"0000-00-00","scoreValues":[{"id":"1"}],"adate":"",
      "edate":"0000-00-00 00:00:00","contactAutomations":{},"geoIps":"as text","deals":7,
      "accountContacts":[{"id":"1"}],"created_utc_timestamp":"",
      "updated_utc_timestamp":"0000-00-00 00:00:00","created_by":null,"updated_by":"0",
      "email_empty":false,"mpp_tracking":0,"last_open_date":"",
      "last_mpp_open_date":"0000-00-00 00:00:00","best_send_hour":17,"sms_consent":true,
      "sms_consent_updated_at":"0000-00-00","whatsapp_id":"0","contactLists":["31","32"],
      "contactTags":["31","32"],"fieldValues":["31","32"]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=100 | cdate=2024-02-09T14:12:10Z | email=mira.lindqvist@nordlys.example
      first_name=Mira | last_name=Lindqvist | created_timestamp=2024-07-06 12:40:14
      updated_timestamp=2024-08-12 13:47:15 | phone=+45 20 55 01 42 | orgid=108
      segmentio_id=sio-4471 | bounced_hard=110 | bounced_soft=111 | bounced_date=2023-11-22
      ip=203.0.113.77 | ua=Mozilla/5.0 (X11; Linux x86_64) | hash=9f86d081884c7d65
      socialdata_lastcheck=2025-08-18 00:57:25 | email_local=mira.lindqvist
      email_domain=nordlys.example | sentcnt=119 | rating_tstamp=2024-02-10 05:25:29
      gravatar=1 | deleted=true | anonymized=false | udate=2024-07-07T14:53:33Z
      deleted_at=2024-08-13 11:00:34 | score_values=["4"] | organization=127
      adate=2024-12-02T20:21:37Z | edate=2025-01-08T21:28:38Z | contact_automations=["8","9"]
      geo_ips=["1"] | deals=["5"] | account_contacts=["7"] | orgname=Nordlys ApS
      created_utc_timestamp=2025-08-18 22:10:44 | updated_utc_timestamp=2025-09-24 23:17:45
      created_by=137 | updated_by=138 | email_empty=false | mpp_tracking=true
      last_click_date=2024-04-25T09:52:50Z | last_open_date=2024-06-01T10:59:51Z
      last_mpp_open_date=2024-07-08T12:06:52Z | best_send_hour=17 | sms_consent=granted
      sms_consent_updated_at=2024-10-27T15:27:55Z | whatsapp_id=4520550142
      whatsapp_username=mira.l

      id=9000 | cdate=null | email=17 | first_name=true | last_name=a & b
      created_timestamp=2019-09-06 02:10:00 | phone= | orgid=8 | segmentio_id=17
      bounced_hard=0 | bounced_soft=2 | bounced_date=null | ua= | hash=null
      socialdata_lastcheck=null | email_local=true | email_domain=a & b | sentcnt=-1
      gravatar=null | deleted=null | anonymized=true | udate=2019-09-06T07:10:00Z
      deleted_at=null | score_values=[{"id":"1"}] | adate=null | edate=null
      contact_automations={} | geo_ips="as text" | deals=7 | account_contacts=[{"id":"1"}]
      created_utc_timestamp=null | updated_utc_timestamp=null | created_by=null | updated_by=0
      email_empty=false | mpp_tracking=false | last_open_date=null | last_mpp_open_date=null
      best_send_hour=17 | sms_consent=true | sms_consent_updated_at=null | whatsapp_id=0
      """#),
    RecordedPage(
      "contact_tags",
      #"""
      {"contactTags":[
      {"id":"107","contact":"108","tag":"109","cdate":"2024-04-23T10:26:12-05:00",
      "created_timestamp":"2024-05-30 11:33:13","updated_timestamp":"2024-07-06 12:40:14",
      "created_by":"113","updated_by":"114",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9001,"contact":null,"tag":"0","cdate":"0000-00-00",
      "created_timestamp":"2019-09-06T02:10:00-05:00","created_by":"","updated_by":7,
      "links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=107 | contact=108 | tag=109 | cdate=2024-04-23T15:26:12Z
      created_timestamp=2024-05-30 11:33:13 | updated_timestamp=2024-07-06 12:40:14
      created_by=113 | updated_by=114

      id=9001 | contact=null | tag=0 | cdate=null | created_timestamp=2019-09-06 02:10:00
      created_by=null | updated_by=7
      """#),
    RecordedPage(
      "custom_fields",
      #"""
      {"fieldOptions":[],"fieldRels":[],
      "fields":[
      {"id":"114","title":"Renewal \u2013 Fj\u00e6rehus","descript":"What size",
      "type":"dropdown","isrequired":"1","perstag":"SHOE_SIZE","defval":"42",
      "show_in_list":"0","rows":"122","cols":"123","visible":"1","service":"shopify",
      "ordernum":"126","cdate":"2025-04-28T21:36:22-05:00",
      "udate":"2025-06-04T22:43:23-05:00","options":["21","22"],"relations":["3"],
      "created_timestamp":"2025-09-24 02:04:26","updated_timestamp":"2025-10-31 03:11:27",
      "created_by":"133","updated_by":"134",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9002,"title":true,"descript":"a \u0026 b","type":"0","perstag":"","defval":null,
      "show_in_list":1,"rows":"0","cols":"0","visible":0,"ordernum":"",
      "cdate":"0000-00-00 00:00:00","udate":null,"options":"as text","relations":7,
      "created_timestamp":"2019-09-06T02:10:00-05:00","created_by":"","updated_by":20}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=114 | title=Renewal – Fjærehus | descript=What size | type=dropdown | isrequired=true
      perstag=SHOE_SIZE | defval=42 | show_in_list=false | rows=122 | cols=123 | visible=true
      service=shopify | ordernum=126 | cdate=2025-04-29T02:36:22Z | udate=2025-06-05T03:43:23Z
      options=["21","22"] | relations=["3"] | created_timestamp=2025-09-24 02:04:26
      updated_timestamp=2025-10-31 03:11:27 | created_by=133 | updated_by=134

      id=9002 | title=true | descript=a & b | type=0 | perstag= | defval=null
      show_in_list=true | rows=0 | cols=0 | visible=false | ordernum=null | cdate=null
      udate=null | options="as text" | relations=7 | created_timestamp=2019-09-06 02:10:00
      created_by=null | updated_by=20
      """#),
  ]
}
