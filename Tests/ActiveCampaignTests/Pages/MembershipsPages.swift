extension RecordedPage {
  /// Pages of the streams in Memberships.swift.
  static let memberships = [
    RecordedPage(
      "contact_lists",
      #"""
      {"contactLists":[
      {"id":"205","contact":"206","list":"207","form":"208","seriesid":"209",
      "sdate":"2024-07-06T12:40:14-05:00","udate":"2024-08-12T13:47:15-05:00","status":"1",
      "responder":"1","sync":"0","unsubreason":"Too many mails","campaign":"216",
      "message":"217","first_name":"Mira","last_name":"Lindqvist \u2013 S\u00f8e",
      "ip4Sub":"3405803854","sourceid":"221","autosyncLog":"222","ip4_last":"3405803855",
      "ip4Unsub":"3405803856","unsubscribeAutomation":"225","automation":"226",
      "created_timestamp":"2024-04-24 07:39:31","updated_timestamp":"2024-05-31 08:46:32",
      "created_by":"229","updated_by":"230","channel":"email",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9015,"contact":null,"list":"0","form":"3","seriesid":"-1","udate":"","status":7,
      "responder":1,"sync":null,"unsubreason":"a \u0026 b","campaign":"-1","first_name":"",
      "last_name":null,"ip4Sub":17,"sourceid":"0","autosyncLog":"8","ip4_last":"-1",
      "unsubscribeAutomation":"","automation":21,"created_timestamp":null,
      "updated_timestamp":"2019-09-06 02:10:00","created_by":"6","updated_by":"-1","links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=205 | contact=206 | list=207 | form=208 | seriesid=209 | sdate=2024-07-06T17:40:14Z
      udate=2024-08-12T18:47:15Z | status=1 | responder=true | sync=false
      unsubreason=Too many mails | campaign=216 | message=217 | first_name=Mira
      last_name=Lindqvist – Søe | ip4_sub=3405803854 | sourceid=221 | autosync_log=222
      ip4_last=3405803855 | ip4_unsub=3405803856 | unsubscribe_automation=225 | automation=226
      created_timestamp=2024-04-24 07:39:31 | updated_timestamp=2024-05-31 08:46:32
      created_by=229 | updated_by=230 | channel=email

      id=9015 | contact=null | list=0 | form=3 | seriesid=-1 | udate=null | status=7
      responder=true | sync=null | unsubreason=a & b | campaign=-1 | first_name=
      last_name=null | ip4_sub=17 | sourceid=0 | autosync_log=8 | ip4_last=-1
      unsubscribe_automation=null | automation=21 | created_timestamp=null
      updated_timestamp=2019-09-06 02:10:00 | created_by=6 | updated_by=-1
      """#),
    RecordedPage(
      "contact_automations",
      #"""
      {"contactAutomations":[
      {"id":"212","contact":"213","seriesid":"214","startid":"215","status":"1",
      "batchid":"completed","adddate":"2024-08-12T13:47:15-05:00",
      "remdate":"2024-09-18T14:54:16-05:00","timespan":"220","lastblock":"221",
      "lastlogid":"222","lastdate":"2025-02-13T19:22:20-06:00","completedElements":"224",
      "totalElements":"225","completed":1,"completeValue":227,"automation":"228",
      "in_als":"229","links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9016,"contact":"0","seriesid":"2","startid":"-1","batchid":"",
      "adddate":"0000-00-00 00:00:00","remdate":null,"timespan":"0","lastblock":"0",
      "lastlogid":"-1","completedElements":"","totalElements":13,"completed":1,
      "completeValue":"0","automation":"7","in_als":"-1"}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=212 | contact=213 | seriesid=214 | startid=215 | status=1 | batchid=completed
      adddate=2024-08-12T18:47:15Z | remdate=2024-09-18T19:54:16Z | timespan=220
      lastblock=221 | lastlogid=222 | lastdate=2025-02-14T01:22:20Z | completed_elements=224
      total_elements=225 | completed=true | complete_value=227 | automation=228 | in_als=229

      id=9016 | contact=0 | seriesid=2 | startid=-1 | batchid= | adddate=null | remdate=null
      timespan=0 | lastblock=0 | lastlogid=-1 | completed_elements=null | total_elements=13
      completed=true | complete_value=0 | automation=7 | in_als=-1
      """#),
    RecordedPage(
      "contact_deals",
      #"""
      {"contactDeals":[
      {"id":"219","deal":"220","contact":"221","cdate":"2024-04-23T10:26:12-05:00","role":"4",
      "created_timestamp":"2024-07-06 12:40:14","updated_timestamp":"2024-08-12 13:47:15",
      "created_by":"226","updated_by":"227",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9017,"deal":"1","contact":"-1","role":"","created_timestamp":"0000-00-00 00:00:00",
      "updated_timestamp":null,"created_by":"0","updated_by":"8","links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=219 | deal=220 | contact=221 | cdate=2024-04-23T15:26:12Z | role=4
      created_timestamp=2024-07-06 12:40:14 | updated_timestamp=2024-08-12 13:47:15
      created_by=226 | updated_by=227

      id=9017 | deal=1 | contact=-1 | role= | created_timestamp=null | updated_timestamp=null
      created_by=0 | updated_by=8
      """#),
    RecordedPage(
      "account_contacts",
      #"""
      {"accountContacts":[
      {"id":"226","account":"227","contact":"228","jobTitle":"Ingeni\u00f8r",
      "createdTimestamp":"2024-05-30T11:33:13-05:00",
      "updatedTimestamp":"2024-07-06T12:40:14-05:00",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9018,"account":"-1","jobTitle":"","createdTimestamp":"0000-00-00 00:00:00",
      "updatedTimestamp":null}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=226 | account=227 | contact=228 | job_title=Ingeniør
      created_timestamp=2024-05-30T16:33:13Z | updated_timestamp=2024-07-06T17:40:14Z

      id=9018 | account=-1 | job_title= | created_timestamp=null | updated_timestamp=null
      """#),
    RecordedPage(
      "organizations",
      #"""
      {"organizations":[
      {"id":"233","name":"Autumn \u201cHarvest\u201d \ud83c\udf42",
      "created_timestamp":"2024-03-17T09:19:11-05:00",
      "updated_timestamp":"2024-04-23T10:26:12-05:00","userid":"237","owner":"238",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9019,"created_timestamp":"","updated_timestamp":"0000-00-00 00:00:00",
      "userid":null,"owner":"0","links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=233 | name=Autumn “Harvest” 🍂 | created_timestamp=2024-03-17T14:19:11Z
      updated_timestamp=2024-04-23T15:26:12Z | userid=237 | owner=238

      id=9019 | created_timestamp=null | updated_timestamp=null | userid=null | owner=0
      """#),
  ]
}
