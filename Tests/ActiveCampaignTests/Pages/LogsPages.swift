extension RecordedPage {
  /// Pages of the streams in Logs.swift.
  static let logs = [
    RecordedPage(
      "activities",
      #"""
      {"activities":[
      {"id":"569","tstamp":"2024-02-09T08:12:10-06:00","subscriberid":"571",
      "reference_type":"LinkData","reference_id":"90210","reference_action":"click",
      "jsonData":"{\"times\":3,\"note\":\"\u00e9n\"}","userid":"576","permission":"all",
      "referenceModelName":"link-data","notes":["61"],"recipients":["12"],
      "reference":{"type":"link-data","id":"90210"},"user":"582",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9067,"tstamp":"0000-00-00T00:00:00-06:00","reference_type":"","reference_id":null,
      "reference_action":17,"jsonData":"[]","userid":"7","permission":"0","notes":[],
      "recipients":null,"reference":{},"user":"0","links":[]}],
      "activityRecipients":[],"contacts":[],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=569 | tstamp=2024-02-09T14:12:10Z | subscriberid=571 | reference_type=LinkData
      reference_id=90210 | reference_action=click | json_data={"times":3,"note":"én"}
      userid=576 | permission=all | reference_model_name=link-data | notes=["61"]
      recipients=["12"] | reference={"type":"link-data","id":"90210"} | user=582

      id=9067 | tstamp=null | reference_type= | reference_id=null | reference_action=17
      json_data=[] | userid=7 | permission=0 | notes=[] | recipients=null | reference={} | user=0
      """#),
    RecordedPage(
      "activity_recipients",
      #"""
      {"activityRecipients":[
      {"activityid":"576","reltype":"Deal","relid":"578",
      "recipient":{"type":"contact","id":"12"},
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"activityid":70,"reltype":"Subscriber","relid":72,"recipient":null}],
      "activities":[{"id":"865"}],
      "meta":{"total":"2"}}
      """#,
      #"""
      activityid=576 | reltype=Deal | relid=578 | recipient={"type":"contact","id":"12"}

      activityid=70 | reltype=Subscriber | relid=72 | recipient=null
      """#),
    RecordedPage(
      "email_activities",
      #"""
      {"emailActivities":[
      {"id":"583","subscriberid":"584","userid":"585","d_id":"586","account":"587",
      "reltype":"Deal","relid":"589","from_name":"Nordlys",
      "cc_address":"chef@nordlys.example","subject":"50 % off \u2013 today",
      "message":"Hej Mira","message_html":"<b>Hej Mira<\/b>",
      "tstamp":"2025-03-22T20:29:21-05:00","contact":"596","deal":"597","user":"598",
      "reference":{"type":"link-data","id":"90210"},"fromAddress":"hej@nordlys.example",
      "toAddress":"mira.lindqvist@nordlys.example","automation_name":"Welcome",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9069,"subscriberid":"","userid":2,"d_id":null,"account":"0","reltype":"a \u0026 b",
      "relid":"-1","cc_address":"","subject":null,"message":17,"message_html":true,
      "tstamp":"0000-00-00","contact":"-1","user":"","reference":null,"fromAddress":17,
      "toAddress":true,"automation_name":"a \u0026 b","links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=583 | subscriberid=584 | userid=585 | d_id=586 | account=587 | reltype=Deal
      relid=589 | from_name=Nordlys | cc_address=chef@nordlys.example
      subject=50 % off – today | message=Hej Mira | message_html=<b>Hej Mira</b>
      tstamp=2025-03-23T01:29:21Z | contact=596 | deal=597 | user=598
      reference={"type":"link-data","id":"90210"} | from_address=hej@nordlys.example
      to_address=mira.lindqvist@nordlys.example | automation_name=Welcome

      id=9069 | subscriberid=null | userid=2 | d_id=null | account=0 | reltype=a & b | relid=-1
      cc_address= | subject=null | message=17 | message_html=true | tstamp=null | contact=-1
      user=null | reference=null | from_address=17 | to_address=true | automation_name=a & b
      """#),
    RecordedPage(
      "tracking_logs",
      #"""
      {"trackingLogs":[
      {"id":"590","subscriberid":"591","type":"viewed_berth",
      "value":"https:\/\/nordlys.example\/berths\/17","tstamp":"2024-05-30T11:33:13-05:00",
      "hash":"9f86d081884c7d65","contact":"596",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9070,"subscriberid":1,"type":17,"value":true,"tstamp":"0000-00-00","hash":"0"}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=590 | subscriberid=591 | type=viewed_berth | value=https://nordlys.example/berths/17
      tstamp=2024-05-30T16:33:13Z | hash=9f86d081884c7d65 | contact=596

      id=9070 | subscriberid=1 | type=17 | value=true | tstamp=null | hash=0
      """#),
    RecordedPage(
      "send_logs",
      #"""
      {"logs":[
      {"id":"597","subscriberid":"598","campaignid":"599","messageid":"600","sendid":"601",
      "successful":"0","tstamp":"2024-08-12T13:47:15-05:00","contact":"604","campaign":"605",
      "message":"606","links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9071,"subscriberid":null,"campaignid":"0","messageid":"3","sendid":"-1",
      "tstamp":"","contact":7,"campaign":null,"message":"0","links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=597 | subscriberid=598 | campaignid=599 | messageid=600 | sendid=601
      successful=false | tstamp=2024-08-12T18:47:15Z | contact=604 | campaign=605 | message=606

      id=9071 | subscriberid=null | campaignid=0 | messageid=3 | sendid=-1 | tstamp=null
      contact=7 | campaign=null | message=0
      """#),
    RecordedPage(
      "link_data",
      #"""
      {"linkData":[
      {"id":"604","subscriberid":"605","campaignid":"606","messageid":"607","linkid":"608",
      "link":"609","isread":"1","times":"3","ip":"203.0.113.77","ip6":"2001:db8::4d",
      "ua":"Mozilla/5.0 (X11; Linux x86_64)","uasrc":"header",
      "referer":"https:\/\/nordlys.example\/referer","tstamp":"2025-04-28T21:36:22-05:00",
      "created_timestamp":"2025-06-04 22:43:23",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9072,"subscriberid":"0","campaignid":"2","messageid":"-1","link":"","isread":6,
      "times":17,"ip":true,"ip6":"a \u0026 b","ua":"0","referer":"",
      "tstamp":"0000-00-00 00:00:00","created_timestamp":null}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=604 | subscriberid=605 | campaignid=606 | messageid=607 | linkid=608 | link=609
      isread=1 | times=3 | ip=203.0.113.77 | ip6=2001:db8::4d
      ua=Mozilla/5.0 (X11; Linux x86_64) | uasrc=header
      referer=https://nordlys.example/referer | tstamp=2025-04-29T02:36:22Z
      created_timestamp=2025-06-04 22:43:23

      id=9072 | subscriberid=0 | campaignid=2 | messageid=-1 | link=null | isread=6 | times=17
      ip=true | ip6=a & b | ua=0 | referer= | tstamp=null | created_timestamp=null
      """#),
    RecordedPage(
      "mpp_link_data",
      #"""
      {"mppLinkData":[
      {"id":"611","subscriberid":"612","campaignid":"613","messageid":"614","linkid":"615",
      "link":"616","isread":"2","times":"3","ip":"203.0.113.77","ip6":"2001:db8::4d",
      "ua":"Mozilla/5.0 (X11; Linux x86_64)","uasrc":"header",
      "referer":"https:\/\/nordlys.example\/referer","tstamp":"2025-04-28T21:36:22-05:00",
      "created_timestamp":"2025-06-04 22:43:23",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9073,"subscriberid":"1","campaignid":"-1","linkid":"","link":5,"isread":null,
      "times":true,"ip":"a \u0026 b","ip6":"0","uasrc":"","referer":null,"tstamp":null,
      "created_timestamp":"2019-09-06 02:10:00","links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=611 | subscriberid=612 | campaignid=613 | messageid=614 | linkid=615 | link=616
      isread=2 | times=3 | ip=203.0.113.77 | ip6=2001:db8::4d
      ua=Mozilla/5.0 (X11; Linux x86_64) | uasrc=header
      referer=https://nordlys.example/referer | tstamp=2025-04-29T02:36:22Z
      created_timestamp=2025-06-04 22:43:23

      id=9073 | subscriberid=1 | campaignid=-1 | linkid=null | link=5 | isread=null
      times=true | ip=a & b | ip6=0 | uasrc= | referer=null | tstamp=null
      created_timestamp=2019-09-06 02:10:00
      """#),
  ]
}
