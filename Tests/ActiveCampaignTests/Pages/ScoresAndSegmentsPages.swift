extension RecordedPage {
  /// Pages of the streams in ScoresAndSegments.swift.
  static let scoresAndSegments = [
    RecordedPage(
      "scores",
      #"""
      {"scores":[
      {"id":"499","reltype":"Deal","name":"Autumn \u201cHarvest\u201d \ud83c\udf42",
      "descript":"What size","status":"1","cdate":"2024-07-06T12:40:14-05:00",
      "mdate":"2024-08-12T13:47:15-05:00","links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9057,"reltype":17,"name":true,"descript":"a \u0026 b","status":true,"mdate":"",
      "links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=499 | reltype=Deal | name=Autumn “Harvest” 🍂 | descript=What size | status=1
      cdate=2024-07-06T17:40:14Z | mdate=2024-08-12T18:47:15Z

      id=9057 | reltype=17 | name=true | descript=a & b | status=1 | mdate=null
      """#),
    RecordedPage(
      "score_values",
      #"""
      {"scoreValues":[
      {"id":"506","score":"507","contact":"508","deal":"509",
      "cdate":"2024-05-30T11:33:13-05:00","mdate":"2024-07-06T12:40:14-05:00",
      "scoreValue":"9.25","links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9058,"score":"0","contact":"2","deal":"-1","mdate":"","scoreValue":3}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=506 | score=507 | contact=508 | deal=509 | cdate=2024-05-30T16:33:13Z
      mdate=2024-07-06T17:40:14Z | score_value=9.25

      id=9058 | score=0 | contact=2 | deal=-1 | mdate=null | score_value=3
      """#),
    RecordedPage(
      "segments",
      #"""
      {"segments":[
      {"id":"513","created_by":"514","created_timestamp":"2024-03-17 09:19:11","hidden":"0",
      "logic":"or","name":"Autumn \u201cHarvest\u201d \ud83c\udf42",
      "segmentid_v2":"7c1d2f60-53a1-4a6e-8f0e-2b9f14f7a004","seriesid":"520",
      "updated_by":"521","updated_timestamp":"2024-12-01 17:08:18",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9059,"created_by":"1","created_timestamp":"2019-09-06T02:10:00-05:00","logic":"",
      "name":null,"segmentid_v2":17,"seriesid":"0","updated_by":"8",
      "updated_timestamp":"2019-09-06T02:10:00-05:00","links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=513 | created_by=514 | created_timestamp=2024-03-17 09:19:11 | hidden=false | logic=or
      name=Autumn “Harvest” 🍂 | segmentid_v2=7c1d2f60-53a1-4a6e-8f0e-2b9f14f7a004
      seriesid=520 | updated_by=521 | updated_timestamp=2024-12-01 17:08:18

      id=9059 | created_by=1 | created_timestamp=2019-09-06 02:10:00 | logic= | name=null
      segmentid_v2=17 | seriesid=0 | updated_by=8 | updated_timestamp=2019-09-06 02:10:00
      """#),
    RecordedPage(
      "audiences",
      #"""
      {"data":[
      {"id":"0d4f7a52-6b1e-4c8e-9d55-6a2b7f1c9e10","type":"segment",
      "attributes":{"segment_id":"7c1d2f60-53a1-4a6e-8f0e-2b9f14f7a001",
      "category":"marketing","name":"Sailors",
      "counts":{"last_total":{"count":412,"date":"2026-01-05T08:00:00Z"},
      "last_active_total":{"count":390,"date":"2026-01-05T08:00:00Z"}},
      "created_date":"2024-09-18T14:54:16Z","updated_date":"2024-10-25T16:01:17Z",
      "last_used_date":"2024-12-01T17:08:18Z"},
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":"b0a1-2","type":"0","attributes":{"category":"","name":null,
      "counts":{"last_total":{},"last_active_total":"as text"},"created_date":"0000-00-00",
      "updated_date":"0000-00-00T00:00:00-06:00"}}]}
      """#,
      #"""
      id=0d4f7a52-6b1e-4c8e-9d55-6a2b7f1c9e10 | type=segment
      segment_id=7c1d2f60-53a1-4a6e-8f0e-2b9f14f7a001 | category=marketing | name=Sailors
      last_total={"count":412,"date":"2026-01-05T08:00:00Z"}
      last_active_total={"count":390,"date":"2026-01-05T08:00:00Z"}
      created_date=2024-09-18T14:54:16Z | updated_date=2024-10-25T16:01:17Z
      last_used_date=2024-12-01T17:08:18Z

      id=b0a1-2 | type=0 | category= | name=null | last_total={} | last_active_total="as text"
      created_date=null | updated_date=null
      """#),
    RecordedPage(
      "list_exclusions",
      #"""
      {"exclusions":[
      {"id":"527","matchPhrase":"@competitor.example","matchType":"end","channel":"email",
      "hidden":true,"lists":["3","8"],"links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9061,"matchType":"","channel":null,"hidden":1,"lists":"as text","links":[]}],
      "meta":{"total":2}}
      """#,
      #"""
      id=527 | match_phrase=@competitor.example | match_type=end | channel=email | hidden=true
      lists=["3","8"]

      id=9061 | match_type= | channel=null | hidden=true | lists="as text"
      """#),
  ]
}
