extension RecordedPage {
  /// Pages of the streams in CampaignDetails.swift.
  static let campaignDetails = [
    RecordedPage(
      "campaign_lists",
      #"""
      {"campaignLists":[
      {"id":"373","campaignid":"374","listid":"375","userid":"376","list_amt":"377",
      "cdate":"2024-07-06T12:40:14-05:00","udate":"2024-08-12T13:47:15-05:00",
      "name":"Autumn \u201cHarvest\u201d \ud83c\udf42","user":"381","list":"382",
      "campaign":"383","links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9039,"campaignid":"-1","userid":"","list_amt":4,"cdate":null,
      "udate":"2019-09-06T2:10:00-05:00","name":"a \u0026 b","user":"-1","campaign":"",
      "links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=373 | campaignid=374 | listid=375 | userid=376 | list_amt=377
      cdate=2024-07-06T17:40:14Z | udate=2024-08-12T18:47:15Z | name=Autumn “Harvest” 🍂
      user=381 | list=382 | campaign=383

      id=9039 | campaignid=-1 | userid=null | list_amt=4 | cdate=null
      udate=2019-09-06T07:10:00Z | name=a & b | user=-1 | campaign=null
      """#),
    RecordedPage(
      "campaign_messages",
      #"""
      {"campaignMessages":[
      {"id":"380","messageid":"381","campaignid":"382","percentage":"6.25","sourcesize":"384",
      "send_amt":"385","total_amt":"386","opens":"387","uniqueopens":"388","linkclicks":"389",
      "uniquelinkclicks":"390","subscriberclicks":"391","forwards":"392",
      "uniqueforwards":"393","hardbounces":"394","softbounces":"395","unsubscribes":"396",
      "unsubreasons":"397","updates":"398","socialshares":"399","replies":"400",
      "uniquereplies":"401","spamcheck_score":"25.25","spamcheck_max":"26.25",
      "initial_split_percentage":"27.25","screenshot":"https:\/\/nordlys.example\/screenshot",
      "subject":"50 % off \u2013 today","campaign":"407","message":"408",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9040,"campaignid":"","percentage":3,"sourcesize":null,"send_amt":"0",
      "total_amt":"6","opens":"-1","linkclicks":"","uniquelinkclicks":10,
      "subscriberclicks":null,"forwards":"0","uniqueforwards":"4","hardbounces":"-1",
      "unsubscribes":"","unsubreasons":17,"updates":null,"socialshares":"0","replies":"2",
      "uniquereplies":"-1","spamcheck_max":"","initial_split_percentage":3,"screenshot":17,
      "subject":true,"campaign":"0","message":"-1"}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=380 | messageid=381 | campaignid=382 | percentage=6.25 | sourcesize=384 | send_amt=385
      total_amt=386 | opens=387 | uniqueopens=388 | linkclicks=389 | uniquelinkclicks=390
      subscriberclicks=391 | forwards=392 | uniqueforwards=393 | hardbounces=394
      softbounces=395 | unsubscribes=396 | unsubreasons=397 | updates=398 | socialshares=399
      replies=400 | uniquereplies=401 | spamcheck_score=25.25 | spamcheck_max=26.25
      initial_split_percentage=27.25 | screenshot=https://nordlys.example/screenshot
      subject=50 % off – today | campaign=407 | message=408

      id=9040 | campaignid=null | percentage=3 | sourcesize=null | send_amt=0 | total_amt=6
      opens=-1 | linkclicks=null | uniquelinkclicks=10 | subscriberclicks=null | forwards=0
      uniqueforwards=4 | hardbounces=-1 | unsubscribes=null | unsubreasons=17 | updates=null
      socialshares=0 | replies=2 | uniquereplies=-1 | spamcheck_max=null
      initial_split_percentage=3 | screenshot=17 | subject=true | campaign=0 | message=-1
      """#),
    RecordedPage(
      "campaign_links",
      #"""
      {"links":[
      {"id":"387","campaignid":"388","messageid":"389",
      "link":"https:\/\/nordlys.example\/hats?x=1",
      "name":"Autumn \u201cHarvest\u201d \ud83c\udf42","ref":"hero","tracked":"1",
      "campaign":"394","message":"395","uniquelinkclicks":"396","linkclicks":"397",
      "created_timestamp":"2025-02-13 19:22:20","updated_timestamp":"2025-03-22 20:29:21",
      "created_by":"400","updated_by":"401",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9041,"campaignid":"","messageid":2,"link":17,"name":true,"ref":"a \u0026 b",
      "tracked":0,"message":"","uniquelinkclicks":9,"linkclicks":null,
      "created_timestamp":"2019-09-06 02:10:00","updated_timestamp":"0000-00-00",
      "created_by":"-1","links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=387 | campaignid=388 | messageid=389 | link=https://nordlys.example/hats?x=1
      name=Autumn “Harvest” 🍂 | ref=hero | tracked=true | campaign=394 | message=395
      uniquelinkclicks=396 | linkclicks=397 | created_timestamp=2025-02-13 19:22:20
      updated_timestamp=2025-03-22 20:29:21 | created_by=400 | updated_by=401

      id=9041 | campaignid=null | messageid=2 | link=17 | name=true | ref=a & b | tracked=false
      message=null | uniquelinkclicks=9 | linkclicks=null
      created_timestamp=2019-09-06 02:10:00 | updated_timestamp=null | created_by=-1
      """#),
    RecordedPage(
      "bounce_logs",
      #"""
      {"bounceLogs":[
      {"id":"394","tstamp":"2024-02-09T08:12:10-06:00","bounceid":"396","subscriberid":"397",
      "campaignid":"398","messageid":"399","codeid":"48",
      "email":"mira.lindqvist@nordlys.example","error":"550 5.1.1 no such user",
      "source":"Return-Path: <> Received: from mx.nordlys.example",
      "created_timestamp":"2025-01-07 18:15:19","updated_timestamp":"2025-02-13 19:22:20",
      "created_by":"406","updated_by":"407","bounce":"408","contact":"409","campaign":"410",
      "message":"411","code":"48","links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9042,"tstamp":"0000-00-00 00:00:00","bounceid":null,"subscriberid":"0",
      "campaignid":"4","messageid":"-1","email":"","error":null,"source":17,
      "created_timestamp":"2019-09-06 02:10:00","updated_timestamp":"0000-00-00",
      "created_by":"-1","bounce":"","contact":15,"campaign":null,"message":"0",
      "code":"a \u0026 b"}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=394 | tstamp=2024-02-09T14:12:10Z | bounceid=396 | subscriberid=397 | campaignid=398
      messageid=399 | codeid=48 | email=mira.lindqvist@nordlys.example
      error=550 5.1.1 no such user | source=Return-Path: <> Received: from mx.nordlys.example
      created_timestamp=2025-01-07 18:15:19 | updated_timestamp=2025-02-13 19:22:20
      created_by=406 | updated_by=407 | bounce=408 | contact=409 | campaign=410 | message=411
      code=48

      id=9042 | tstamp=null | bounceid=null | subscriberid=0 | campaignid=4 | messageid=-1
      email= | error=null | source=17 | created_timestamp=2019-09-06 02:10:00
      updated_timestamp=null | created_by=-1 | bounce=null | contact=15 | campaign=null
      message=0 | code=a & b
      """#),
  ]
}
