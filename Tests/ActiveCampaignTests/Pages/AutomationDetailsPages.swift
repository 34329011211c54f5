extension RecordedPage {
  /// Pages of the streams in AutomationDetails.swift.
  static let automationDetails = [
    RecordedPage(
      "automation_blocks",
      #"""
      {"automationBlocks":[
      {"id":"457","automation":"458","parent":"459","ordernum":"460",
      "params":{"campaignid":31,"sendtype":"imm"},"deleted":"0",
      "cdate":"2024-08-12T13:47:15-05:00","mdate":"2024-09-18T14:54:16-05:00",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9051,"automation":"0","parent":"2","ordernum":"-1","deleted":true,
      "cdate":"0000-00-00 00:00:00","mdate":null,"links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=457 | automation=458 | parent=459 | ordernum=460
      params={"campaignid":31,"sendtype":"imm"} | deleted=false | cdate=2024-08-12T18:47:15Z
      mdate=2024-09-18T19:54:16Z

      id=9051 | automation=0 | parent=2 | ordernum=-1 | deleted=true | cdate=null | mdate=null
      """#),
    RecordedPage(
      "goals",
      #"""
      {"goals":[
      {"id":"464","blockid":"465","seriesid":"466",
      "name":"Autumn \u201cHarvest\u201d \ud83c\udf42","cdate":"2024-05-30T11:33:13-05:00",
      "dirty_stats":"469","automation":"470","automation_block":"471",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9052,"blockid":"1","seriesid":"-1","cdate":"","dirty_stats":5,"automation":null,
      "automation_block":"0"}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=464 | blockid=465 | seriesid=466 | name=Autumn “Harvest” 🍂
      cdate=2024-05-30T16:33:13Z | dirty_stats=469 | automation=470 | automation_block=471

      id=9052 | blockid=1 | seriesid=-1 | cdate=null | dirty_stats=5 | automation=null
      automation_block=0
      """#),
    RecordedPage(
      "contact_goals",
      #"""
      {"contactGoals":[
      {"id":"471","goalid":"472","seriesid":"473","subscriberid":"474",
      "subscriberseriesid":"475","timespan":"476","tstamp":"2024-08-12T13:47:15-05:00",
      "goal":"478","automation":"479","contact":"480","contactAutomation":"481",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9053,"goalid":"-1","subscriberid":"","subscriberseriesid":4,"timespan":null,
      "tstamp":"2019-09-06T2:10:00-05:00","goal":"7","automation":"-1","contactAutomation":"",
      "links":[]}]}
      """#,
      #"""
      id=471 | goalid=472 | seriesid=473 | subscriberid=474 | subscriberseriesid=475
      timespan=476 | tstamp=2024-08-12T18:47:15Z | goal=478 | automation=479 | contact=480
      contact_automation=481

      id=9053 | goalid=-1 | subscriberid=null | subscriberseriesid=4 | timespan=null
      tstamp=2019-09-06T07:10:00Z | goal=7 | automation=-1 | contact_automation=null
      """#),
    RecordedPage(
      "conversions",
      #"""
      {"conversions":[
      {"id":"478","name":"Autumn \u201cHarvest\u201d \ud83c\udf42","value":"48095",
      "currency":"dkk","limit":"482","enforcelimit":"0","cdate":"2024-08-12T13:47:15-05:00",
      "udate":"2024-09-18T14:54:16-05:00","links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9054,"value":"","currency":null,"limit":null,"enforcelimit":null,
      "cdate":"0000-00-00","udate":"0000-00-00T00:00:00-06:00"}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=478 | name=Autumn “Harvest” 🍂 | value=48095 | currency=dkk | limit=482
      enforcelimit=false | cdate=2024-08-12T18:47:15Z | udate=2024-09-18T19:54:16Z

      id=9054 | value=null | currency=null | limit=null | enforcelimit=null | cdate=null
      udate=null
      """#),
    RecordedPage(
      "conversion_triggers",
      #"""
      {"conversionTriggers":[
      {"id":"485","conversion":"486","trigger_type":"goal","modifier":"set",
      "value":"||red||blue||","dynamic":"0","retroactive":"1",
      "cdate":"2024-09-18T14:54:16-05:00","udate":"2024-10-25T16:01:17-05:00",
      "automation_block":"494","links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9055,"conversion":"","trigger_type":null,"modifier":17,"value":true,
      "dynamic":false,"retroactive":0,"udate":"","automation_block":9,"links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=485 | conversion=486 | trigger_type=goal | modifier=set | value=||red||blue||
      dynamic=false | retroactive=true | cdate=2024-09-18T19:54:16Z
      udate=2024-10-25T21:01:17Z | automation_block=494

      id=9055 | conversion=null | trigger_type=null | modifier=17 | value=true | dynamic=false
      retroactive=false | udate=null | automation_block=9
      """#),
    RecordedPage(
      "contact_conversions",
      #"""
      {"contactConversions":[
      {"id":"492","contact":"493","conversion":"494","conversion_trigger":"495",
      "converted_by_type":"campaign","converted_by_id":"497","trigger_type":"goal",
      "modifier":"set","value":"50095","currency":"dkk","dynamic":"1",
      "cdate":"2025-02-13T19:22:20-06:00","conversiontrigger":"504","converted_by":"505",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9056,"contact":1,"conversion":null,"conversion_trigger":"0",
      "converted_by_type":"a \u0026 b","converted_by_id":"-1","modifier":"","value":8,
      "currency":17,"dynamic":null,"cdate":"0000-00-00","conversiontrigger":"-1"}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=492 | contact=493 | conversion=494 | conversion_trigger=495
      converted_by_type=campaign | converted_by_id=497 | trigger_type=goal | modifier=set
      value=50095 | currency=dkk | dynamic=true | cdate=2025-02-14T01:22:20Z
      conversiontrigger=504 | converted_by=505

      id=9056 | contact=1 | conversion=null | conversion_trigger=0 | converted_by_type=a & b
      converted_by_id=-1 | modifier= | value=8 | currency=17 | dynamic=null | cdate=null
      conversiontrigger=-1
      """#),
  ]
}
