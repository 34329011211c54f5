extension RecordedPage {
  /// Pages of the streams in SalesWork.swift.
  static let salesWork = [
    RecordedPage(
      "task_types",
      #"""
      {"dealTasktypes":[
      {"id":"331","cdate":"2024-02-09T08:12:10-06:00","defduration":"333","status":"1",
      "title":"Renewal \u2013 Fj\u00e6rehus","udate":"2024-07-06T12:40:14-05:00",
      "created_by":"337","created_utc_timestamp":"2024-09-18 14:54:16","display_order":"339",
      "outcomes":[],"updated_by":"341","updated_utc_timestamp":"2025-02-13 19:22:20",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9033,"defduration":"","status":3,"title":17,"udate":"2019-09-06T2:10:00-05:00",
      "created_by":"6","created_utc_timestamp":"2019-09-06T02:10:00-05:00","outcomes":[],
      "updated_by":10,"updated_utc_timestamp":null,"links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=331 | cdate=2024-02-09T14:12:10Z | defduration=333 | status=1
      title=Renewal – Fjærehus | udate=2024-07-06T17:40:14Z | created_by=337
      created_utc_timestamp=2024-09-18 14:54:16 | display_order=339 | outcomes=[]
      updated_by=341 | updated_utc_timestamp=2025-02-13 19:22:20

      id=9033 | defduration=null | status=3 | title=17 | udate=2019-09-06T07:10:00Z
      created_by=6 | created_utc_timestamp=2019-09-06 02:10:00 | outcomes=[] | updated_by=10
      updated_utc_timestamp=null
      """#),
    RecordedPage(
      "task_outcomes",
      #"""
      {"taskOutcomes":[
      {"id":"338","title":"Renewal \u2013 Fj\u00e6rehus","sentiment":"NEUTRAL","disabled":"0",
      "created_by":"342","updated_by":"343",
      "created_utc_timestamp":"2024-08-12T13:47:15-05:00",
      "updated_utc_timestamp":"2024-09-18T14:54:16-05:00","dealTasktype_ids":["1","2"],
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9034,"title":"","sentiment":null,"disabled":1,"created_by":"0","updated_by":"5",
      "created_utc_timestamp":"0000-00-00T00:00:00-06:00","dealTasktype_ids":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=338 | title=Renewal – Fjærehus | sentiment=NEUTRAL | disabled=false | created_by=342
      updated_by=343 | created_utc_timestamp=2024-08-12T18:47:15Z
      updated_utc_timestamp=2024-09-18T19:54:16Z | deal_tasktype_ids=["1","2"]

      id=9034 | title= | sentiment=null | disabled=true | created_by=0 | updated_by=5
      created_utc_timestamp=null | deal_tasktype_ids=[]
      """#),
    RecordedPage(
      "task_type_outcomes",
      #"""
      {"tasktypeOutcomeRels":[
      {"id":"345","tasktype_id":"346","outcome_id":"347","display_order":"348",
      "created_by":"349","created_utc_timestamp":"2024-07-06T12:40:14-05:00",
      "updated_by":"351","updated_utc_timestamp":"2024-09-18T14:54:16-05:00","tasktype":"353",
      "outcome":"354","createdBy":"355","links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9035,"tasktype_id":1,"outcome_id":null,"display_order":"0","created_by":"4",
      "created_utc_timestamp":"0000-00-00T00:00:00-06:00","updated_utc_timestamp":"",
      "tasktype":8,"outcome":null,"createdBy":"0","links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=345 | tasktype_id=346 | outcome_id=347 | display_order=348 | created_by=349
      created_utc_timestamp=2024-07-06T17:40:14Z | updated_by=351
      updated_utc_timestamp=2024-09-18T19:54:16Z | tasktype=353 | outcome=354
      created_by_user=355

      id=9035 | tasktype_id=1 | outcome_id=null | display_order=0 | created_by=4
      created_utc_timestamp=null | updated_utc_timestamp=null | tasktype=8 | outcome=null
      created_by_user=0
      """#),
    RecordedPage(
      "deal_activities",
      #"""
      {"dealActivities":[
      {"id":"352","d_id":"353","d_stageid":"354","userid":"355","dataId":"356",
      "dataType":"d_stageid","dataAction":"update","dataOldval":"11",
      "cdate":"2024-10-25T16:01:17-05:00","sortdate":"2024-12-01T17:08:18-06:00",
      "isAddtask":"1","deleted":"0","seriesid":"364","deal":"365","stage":"366","user":"367",
      "automation":"368","links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9036,"d_id":null,"d_stageid":"0","userid":"3","dataId":"-1","dataAction":"",
      "dataOldval":null,"cdate":null,"sortdate":"2019-09-06T2:10:00-05:00","isAddtask":false,
      "deleted":0,"deal":"","stage":14,"user":null,"automation":"0"}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=352 | d_id=353 | d_stageid=354 | userid=355 | data_id=356 | data_type=d_stageid
      data_action=update | data_oldval=11 | cdate=2024-10-25T21:01:17Z
      sortdate=2024-12-01T23:08:18Z | is_addtask=true | deleted=false | seriesid=364 | deal=365
      stage=366 | user=367 | automation=368

      id=9036 | d_id=null | d_stageid=0 | userid=3 | data_id=-1 | data_action=
      data_oldval=null | cdate=null | sortdate=2019-09-06T07:10:00Z | is_addtask=false
      deleted=false | deal=null | stage=14 | user=null | automation=0
      """#),
    RecordedPage(
      "deal_pipeline_users",
      #"""
      {"dealGroupUsers":[
      {"id":"359","deal_group":"360","user":"361","cdate":"2024-04-23T10:26:12-05:00",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9037,"deal_group":"0","user":"2","cdate":"0000-00-00T00:00:00-06:00","links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=359 | deal_group=360 | user=361 | cdate=2024-04-23T15:26:12Z

      id=9037 | deal_group=0 | user=2 | cdate=null
      """#),
    RecordedPage(
      "deal_roles",
      #"""
      {"dealRoles":[
      {"id":"366","title":"Renewal \u2013 Fj\u00e6rehus",
      "created_timestamp":"2024-03-17T09:19:11-05:00",
      "updated_timestamp":"2024-04-23T10:26:12-05:00",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9038,"title":"a \u0026 b","created_timestamp":"0000-00-00T00:00:00-06:00"}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=366 | title=Renewal – Fjærehus | created_timestamp=2024-03-17T14:19:11Z
      updated_timestamp=2024-04-23T15:26:12Z

      id=9038 | title=a & b | created_timestamp=null
      """#),
  ]
}
