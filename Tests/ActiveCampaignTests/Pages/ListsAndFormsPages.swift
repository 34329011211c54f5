extension RecordedPage {
  /// Pages of the streams in ListsAndForms.swift.
  static let listsAndForms = [
    RecordedPage(
      "lists",
      #"""
      {"lists":[
      {"id":"121","stringid":"autumn-harvest","userid":"123",
      "name":"Autumn \u201cHarvest\u201d \ud83c\udf42","cdate":"2024-05-30T11:33:13-05:00",
      "p_use_tracking":"0","p_use_analytics_read":"1","p_use_analytics_link":"0",
      "p_use_twitter":"1","p_use_facebook":"0","p_embed_image":"1","p_use_captcha":"0",
      "send_last_broadcast":"1","private":"0",
      "analytics_domains":"https:\/\/nordlys.example\/analytics-domains",
      "analytics_source":"Analytics source \u00e9n","analytics_ua":"Analytics ua",
      "carboncopy":"chef@nordlys.example","subscription_notify":"chef@nordlys.example",
      "unsubscription_notify":"chef@nordlys.example","require_name":"1",
      "get_unsubscribe_reason":"0","to_name":"Reader","optinoptout":"144",
      "sender_name":"Sender name","sender_addr1":"Sender addr1 \u00e9n",
      "sender_addr2":"Sender addr2","sender_city":"Sender city","sender_state":"Sender state",
      "sender_zip":"Sender zip","sender_country":"Sender country \u00e9n",
      "sender_phone":"Sender phone","sender_url":"https:\/\/nordlys.example\/sender-url",
      "sender_reminder":"Sender reminder","fulladdress":"Fulladdress","optinmessageid":"156",
      "optoutconf":"157","deletestamp":"2025-11-01 00:24:46",
      "udate":"2024-01-05T01:31:47-06:00","user":"160",
      "created_timestamp":"2024-03-19 03:45:49","updated_timestamp":"2024-04-25 04:52:50",
      "created_by":"163","updated_by":"164","active_subscribers":"165","channel":"email",
      "description":"Bl\u00e5 hat af uld","non_deleted_subscribers":"168",
      "twitter_token":"never-stored","twitter_token_secret":"never-stored",
      "facebook_session":"never-stored","links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9003,"stringid":"a \u0026 b","userid":"-1","cdate":"","p_use_tracking":"",
      "p_use_analytics_read":1,"p_use_analytics_link":null,"p_use_twitter":false,
      "p_use_facebook":0,"p_use_captcha":true,"send_last_broadcast":"","private":1,
      "analytics_domains":true,"analytics_source":"a \u0026 b","analytics_ua":"0",
      "subscription_notify":"","unsubscription_notify":null,"require_name":1,
      "get_unsubscribe_reason":null,"to_name":"a \u0026 b","optinoptout":"-1",
      "sender_addr1":"","sender_addr2":null,"sender_city":17,"sender_state":true,
      "sender_zip":"a \u0026 b","sender_country":"0","sender_url":"","sender_reminder":null,
      "fulladdress":17,"optinmessageid":"0","optoutconf":"0",
      "deletestamp":"2019-09-06T02:10:00-05:00","user":"",
      "created_timestamp":"0000-00-00 00:00:00","updated_timestamp":null,"created_by":"0",
      "updated_by":"7","active_subscribers":"-1","description":"",
      "non_deleted_subscribers":17,"twitter_token":"never-stored",
      "twitter_token_secret":"never-stored","facebook_session":"never-stored","links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=121 | stringid=autumn-harvest | userid=123 | name=Autumn “Harvest” 🍂
      cdate=2024-05-30T16:33:13Z | p_use_tracking=false | p_use_analytics_read=true
      p_use_analytics_link=false | p_use_twitter=true | p_use_facebook=false
      p_embed_image=true | p_use_captcha=false | send_last_broadcast=true | private=false
      analytics_domains=https://nordlys.example/analytics-domains
      analytics_source=Analytics source én | analytics_ua=Analytics ua
      carboncopy=chef@nordlys.example | subscription_notify=chef@nordlys.example
      unsubscription_notify=chef@nordlys.example | require_name=true
      get_unsubscribe_reason=false | to_name=Reader | optinoptout=144 | sender_name=Sender name
      sender_addr1=Sender addr1 én | sender_addr2=Sender addr2 | sender_city=Sender city
      sender_state=Sender state | sender_zip=Sender zip | sender_country=Sender country én
      sender_phone=Sender phone | sender_url=https://nordlys.example/sender-url
      sender_reminder=Sender reminder | fulladdress=Fulladdress | optinmessageid=156
      optoutconf=157 | deletestamp=2025-11-01 00:24:46 | udate=2024-01-05T07:31:47Z | user=160
      created_timestamp=2024-03-19 03:45:49 | updated_timestamp=2024-04-25 04:52:50
      created_by=163 | updated_by=164 | active_subscribers=165 | channel=email
      description=Blå hat af uld | non_deleted_subscribers=168

      id=9003 | stringid=a & b | userid=-1 | cdate=null | p_use_tracking=null
      p_use_analytics_read=true | p_use_analytics_link=null | p_use_twitter=false
      p_use_facebook=false | p_use_captcha=true | send_last_broadcast=null | private=true
      analytics_domains=true | analytics_source=a & b | analytics_ua=0 | subscription_notify=
      unsubscription_notify=null | require_name=true | get_unsubscribe_reason=null
      to_name=a & b | optinoptout=-1 | sender_addr1= | sender_addr2=null | sender_city=17
      sender_state=true | sender_zip=a & b | sender_country=0 | sender_url=
      sender_reminder=null | fulladdress=17 | optinmessageid=0 | optoutconf=0
      deletestamp=2019-09-06 02:10:00 | user=null | created_timestamp=null
      updated_timestamp=null | created_by=0 | updated_by=7 | active_subscribers=-1
      description= | non_deleted_subscribers=17
      """#),
    RecordedPage(
      "tags",
      #"""
      {"tags":[
      {"id":"128","tagType":"contact","tag":"Caf\u00e9 visitor",
      "description":"Bl\u00e5 hat af uld","cdate":"2024-05-30T11:33:13-05:00",
      "subscriber_count":"133","created_timestamp":"2024-08-12 13:47:15",
      "updated_timestamp":"2024-09-18 14:54:16","created_by":"136","updated_by":"137",
      "deleted":"1","links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9004,"tagType":"0","description":"","cdate":"0000-00-00 00:00:00",
      "subscriber_count":null,"created_timestamp":"2019-09-06 02:10:00",
      "updated_timestamp":"0000-00-00","created_by":"-1","deleted":true}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=128 | tag_type=contact | tag=Café visitor | description=Blå hat af uld
      cdate=2024-05-30T16:33:13Z | subscriber_count=133 | created_timestamp=2024-08-12 13:47:15
      updated_timestamp=2024-09-18 14:54:16 | created_by=136 | updated_by=137 | deleted=true

      id=9004 | tag_type=0 | description= | cdate=null | subscriber_count=null
      created_timestamp=2019-09-06 02:10:00 | updated_timestamp=null | created_by=-1
      deleted=true
      """#),
    RecordedPage(
      "forms",
      #"""
      {"forms":[
      {"id":"135","name":"Autumn \u201cHarvest\u201d \ud83c\udf42","action":"Action",
      "actiondata":{"actions":[{"type":"subscribe-to-list","list":"3"}]},"submit":"Submit",
      "submitdata":{"url":"https:\/\/nordlys.example\/tak"},
      "url":"https:\/\/nordlys.example\/url","layout":"Layout",
      "title":"Renewal \u2013 Fj\u00e6rehus","body":"Tak for \u00e9n god dag",
      "button":"Button \u00e9n","thanks":"Thanks","style":{"background":"#fff","padding":20},
      "options":["21","22"],"cfields":[{"type":"email","required":true}],"parentformid":"150",
      "userid":"151","addressid":"152","cdate":"2025-10-31T03:11:27-05:00",
      "udate":"2024-01-04T04:18:28-06:00","entries":"155","aid":"156",
      "defaultscreenshot":"https:\/\/nordlys.example\/defaultscreenshot",
      "recent":[{"id":"12"}],"contacts":159,"deals":160,"address":"161",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9005,"action":"","actiondata":null,"submit":17,"submitdata":"as text",
      "url":"a \u0026 b","layout":"0","body":"","button":null,"thanks":17,"style":"as text",
      "options":7,"cfields":[{"id":"1"}],"userid":"","addressid":17,"cdate":null,
      "udate":"2019-09-06T2:10:00-05:00","entries":"2","aid":"-1","recent":[],"contacts":"24",
      "deals":null,"address":"0","links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=135 | name=Autumn “Harvest” 🍂 | action=Action
      actiondata={"actions":[{"type":"subscribe-to-list","list":"3"}]} | submit=Submit
      submitdata={"url":"https:\/\/nordlys.example\/tak"} | url=https://nordlys.example/url
      layout=Layout | title=Renewal – Fjærehus | body=Tak for én god dag | button=Button én
      thanks=Thanks | style={"background":"#fff","padding":20} | options=["21","22"]
      cfields=[{"type":"email","required":true}] | parentformid=150 | userid=151
      addressid=152 | cdate=2025-10-31T08:11:27Z | udate=2024-01-04T10:18:28Z | entries=155
      aid=156 | defaultscreenshot=https://nordlys.example/defaultscreenshot
      recent=[{"id":"12"}] | contacts=159 | deals=160 | address=161

      id=9005 | action= | actiondata=null | submit=17 | submitdata="as text" | url=a & b
      layout=0 | body= | button=null | thanks=17 | style="as text" | options=7
      cfields=[{"id":"1"}] | userid=null | addressid=17 | cdate=null
      udate=2019-09-06T07:10:00Z | entries=2 | aid=-1 | recent=[] | contacts=24 | deals=null
      address=0
      """#),
  ]
}
