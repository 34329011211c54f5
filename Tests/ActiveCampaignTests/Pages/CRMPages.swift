extension RecordedPage {
  /// Pages of the streams in CRM.swift.
  static let crm = [
    RecordedPage(
      "deals",
      #"""
      {"deals":[
      {"id":"142","owner":"143","contact":"144","organization":"145","group":"146",
      "title":"Renewal \u2013 Fj\u00e6rehus","nexttaskid":"148","currency":"dkk","status":"1",
      "nextTask":"151","hash":"9f86d081884c7d65","stage":"153",
      "description":"Bl\u00e5 hat af uld","percent":"155","cdate":"2025-06-04T22:43:23-05:00",
      "mdate":"2025-07-11T23:50:24-05:00","nextdate":"2025-08-18T00:57:25-05:00",
      "value":"159","winProbability":2,"winProbabilityMdate":"2024-01-04T04:18:28-06:00",
      "activitycount":"162","nextdealid":"163","edate":"2024-04-24 07:39:31",
      "isDisabled":false,"account":"166","customerAccount":"167",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9006,"owner":"","contact":2,"organization":null,"group":"0","title":"a \u0026 b",
      "nexttaskid":"-1","status":"","nextTask":9,"hash":17,"stage":"0",
      "description":"a \u0026 b","percent":"-1","mdate":"","nextdate":"0000-00-00 00:00:00",
      "value":null,"winProbability":"0","winProbabilityMdate":"0000-00-00",
      "activitycount":"-1","edate":"","isDisabled":"","account":null,"customerAccount":"0"}],
      "meta":{"total":2}}
      """#,
      #"""
      id=142 | owner=143 | contact=144 | organization=145 | group=146
      title=Renewal – Fjærehus | nexttaskid=148 | currency=dkk | status=1 | next_task=151
      hash=9f86d081884c7d65 | stage=153 | description=Blå hat af uld | percent=155
      cdate=2025-06-05T03:43:23Z | mdate=2025-07-12T04:50:24Z | nextdate=2025-08-18T05:57:25Z
      value=159 | win_probability=2 | win_probability_mdate=2024-01-04T10:18:28Z
      activitycount=162 | nextdealid=163 | edate=2024-04-24 07:39:31 | is_disabled=false
      account=166 | customer_account=167

      id=9006 | owner=null | contact=2 | organization=null | group=0 | title=a & b
      nexttaskid=-1 | status=null | next_task=9 | hash=17 | stage=0 | description=a & b
      percent=-1 | mdate=null | nextdate=null | value=null | win_probability=0
      win_probability_mdate=null | activitycount=-1 | edate=null | is_disabled=null
      account=null | customer_account=0
      """#),
    RecordedPage(
      "deal_pipelines",
      #"""
      {"dealStages":[],
      "dealGroups":[
      {"id":"149","title":"Renewal \u2013 Fj\u00e6rehus","currency":"dkk","autoassign":"3",
      "allusers":"1","allgroups":"0","win_probability_initialize_date":"2024-08-12 13:47:15",
      "cdate":"2024-09-18T14:54:16-05:00","udate":"2024-10-25T16:01:17-05:00",
      "stages":["11","12"],"count":"159","source":"web",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9007,"title":null,"currency":17,"autoassign":"0","allusers":false,"allgroups":0,
      "cdate":"","udate":"0000-00-00 00:00:00","stages":{},"count":"0","source":"a \u0026 b",
      "links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=149 | title=Renewal – Fjærehus | currency=dkk | autoassign=3 | allusers=true
      allgroups=false | win_probability_initialize_date=2024-08-12 13:47:15
      cdate=2024-09-18T19:54:16Z | udate=2024-10-25T21:01:17Z | stages=["11","12"] | count=159
      source=web

      id=9007 | title=null | currency=17 | autoassign=0 | allusers=false | allgroups=false
      cdate=null | udate=null | stages={} | count=0 | source=a & b
      """#),
    RecordedPage(
      "deal_stages",
      #"""
      {"dealStages":[
      {"id":"156","cardRegion1":"title","cardRegion2":"next-action",
      "cardRegion3":"show-avatar","cardRegion4":"contact-fullname-acctname",
      "cardRegion5":"value","cdate":"2024-08-12T13:47:15-05:00","color":"7f3fbf",
      "dealOrder":"next-action DESC","group":"165","order":"166",
      "title":"Renewal \u2013 Fj\u00e6rehus","udate":"2025-03-22T20:29:21-05:00",
      "width":"169","links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9008,"cardRegion1":17,"cardRegion2":true,"cardRegion3":"a \u0026 b",
      "cardRegion4":"0","cdate":"","color":null,"dealOrder":17,"group":"0","order":"1",
      "title":"0","width":""}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=156 | card_region1=title | card_region2=next-action | card_region3=show-avatar
      card_region4=contact-fullname-acctname | card_region5=value | cdate=2024-08-12T18:47:15Z
      color=7f3fbf | deal_order=next-action DESC | group=165 | order=166
      title=Renewal – Fjærehus | udate=2025-03-23T01:29:21Z | width=169

      id=9008 | card_region1=17 | card_region2=true | card_region3=a & b | card_region4=0
      cdate=null | color=null | deal_order=17 | group=0 | order=1 | title=0 | width=null
      """#),
    RecordedPage(
      "accounts",
      #"""
      {"accounts":[
      {"id":"163","name":"Autumn \u201cHarvest\u201d \ud83c\udf42",
      "accountUrl":"https:\/\/nordlys.example\/account-url",
      "createdTimestamp":"2024-04-23T10:26:12-05:00",
      "updatedTimestamp":"2024-05-30T11:33:13-05:00","contactCount":"168","dealCount":"169",
      "owner":"170","links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9009,"name":true,"accountUrl":"a \u0026 b",
      "createdTimestamp":"0000-00-00T00:00:00-06:00","contactCount":"","dealCount":6,
      "owner":null,"links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=163 | name=Autumn “Harvest” 🍂 | account_url=https://nordlys.example/account-url
      created_timestamp=2024-04-23T15:26:12Z | updated_timestamp=2024-05-30T16:33:13Z
      contact_count=168 | deal_count=169 | owner=170

      id=9009 | name=true | account_url=a & b | created_timestamp=null | contact_count=null
      deal_count=6 | owner=null
      """#),
    RecordedPage(
      "notes",
      #"""
      {"notes":[
      {"id":"170","relid":"171","reltype":"Deal","userid":"173","is_draft":"1",
      "cdate":"2024-07-06T12:40:14-05:00","mdate":"2024-08-12T13:47:15-05:00",
      "note":"Called; wants the \u201cblue\u201d one \ud83d\udc1f","user":"178",
      "owner":{"type":"deal","id":"40"},"links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9010,"relid":"1","reltype":"0","is_draft":true,"cdate":"0000-00-00 00:00:00",
      "mdate":null,"note":true,"user":"8","owner":[{"id":"1"}]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=170 | relid=171 | reltype=Deal | userid=173 | is_draft=true
      cdate=2024-07-06T17:40:14Z | mdate=2024-08-12T18:47:15Z
      note=Called; wants the “blue” one 🐟 | user=178 | owner={"type":"deal","id":"40"}

      id=9010 | relid=1 | reltype=0 | is_draft=true | cdate=null | mdate=null | note=true
      user=8 | owner=[{"id":"1"}]
      """#),
    RecordedPage(
      "tasks",
      #"""
      {"dealTasks":[
      {"id":"177","duedate":"2024-02-09T08:12:10-06:00","edate":"2024-03-17T09:19:11-05:00",
      "status":"1","title":"Renewal \u2013 Fj\u00e6rehus",
      "note":"Called; wants the \u201cblue\u201d one \ud83d\udc1f","relid":"183",
      "reltype":"Deal","dealTasktype":"185","cdate":"2024-12-01T17:08:18-06:00",
      "udate":"2025-01-07T18:15:19-06:00","automation":"188","doneAutomation":"189",
      "user":"190","assignee":{"id":"2"},"owner":{"type":"deal","id":"40"},"outcomeId":193,
      "outcomeInfo":"Outcome info","duration":"195","donedate":"2024-01-04T04:18:28-06:00",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9011,"duedate":"0000-00-00T00:00:00-06:00","status":"","title":null,"note":17,
      "relid":"0","reltype":"a \u0026 b","dealTasktype":"-1","udate":"","automation":11,
      "doneAutomation":null,"user":"0","assignee":7,"owner":[{"id":"1"}],"outcomeInfo":"",
      "duration":18,"donedate":null,"links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=177 | duedate=2024-02-09T14:12:10Z | edate=2024-03-17T14:19:11Z | status=1
      title=Renewal – Fjærehus | note=Called; wants the “blue” one 🐟 | relid=183 | reltype=Deal
      deal_tasktype=185 | cdate=2024-12-01T23:08:18Z | udate=2025-01-08T00:15:19Z
      automation=188 | done_automation=189 | user=190 | assignee={"id":"2"}
      owner={"type":"deal","id":"40"} | outcome_id=193 | outcome_info=Outcome info
      duration=195 | donedate=2024-01-04T10:18:28Z

      id=9011 | duedate=null | status=null | title=null | note=17 | relid=0 | reltype=a & b
      deal_tasktype=-1 | udate=null | automation=11 | done_automation=null | user=0
      assignee=7 | owner=[{"id":"1"}] | outcome_info= | duration=18 | donedate=null
      """#),
  ]
}
