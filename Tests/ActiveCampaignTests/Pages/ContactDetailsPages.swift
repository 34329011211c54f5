extension RecordedPage {
  /// Pages of the streams in ContactDetails.swift.
  static let contactDetails = [
    RecordedPage(
      "contact_data",
      #"""
      {"contactData":[
      {"id":"240","contact":"241","tstamp":"2024-03-17T09:19:11-05:00",
      "geoTstamp":"2024-04-23T10:26:12-05:00","geoIp4":"3405803853","geoCountry2":"DK",
      "geoState":"Hovedstaden","geoCity":"Helsing\u00f8r","geoZip":"3000","geoArea":"49",
      "geoLat":"56.036100","geoLon":"12.613600","geoTz":"Europe/Copenhagen",
      "geoTzOffset":"1.00","ga_campaign_source":"newsletter",
      "ga_campaign_name":"Ga campaign name \u00e9n","ga_campaign_medium":"Ga campaign medium",
      "ga_campaign_term":"Ga campaign term","ga_campaign_content":"Ga campaign content",
      "ga_campaign_customsegment":"Ga campaign customsegment","ga_first_visit":"2021-04-05",
      "ga_times_visited":"261","fb_id":"262","fb_name":"mira.lindqvist","tw_id":"264",
      "created_timestamp":"2024-08-13 11:00:34","updated_timestamp":"2024-09-19 12:07:35",
      "created_by":"267","updated_by":"268",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9020,"contact":"","tstamp":"0000-00-00 00:00:00","geoTstamp":null,"geoIp4":true,
      "geoCountry2":"a \u0026 b","geoState":"0","geoZip":"","geoArea":null,"geoLat":17,
      "geoLon":true,"geoTz":"a \u0026 b","geoTzOffset":"0","ga_campaign_name":"",
      "ga_campaign_medium":null,"ga_campaign_term":17,"ga_campaign_content":true,
      "ga_campaign_customsegment":"a \u0026 b","ga_first_visit":"0","fb_id":"","fb_name":null,
      "tw_id":null,"created_timestamp":"2019-09-06 02:10:00","updated_timestamp":"0000-00-00",
      "created_by":"-1"}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=240 | contact=241 | tstamp=2024-03-17T14:19:11Z | geo_tstamp=2024-04-23T15:26:12Z
      geo_ip4=3405803853 | geo_country2=DK | geo_state=Hovedstaden | geo_city=Helsingør
      geo_zip=3000 | geo_area=49 | geo_lat=56.036100 | geo_lon=12.613600
      geo_tz=Europe/Copenhagen | geo_tz_offset=1.00 | ga_campaign_source=newsletter
      ga_campaign_name=Ga campaign name én | ga_campaign_medium=Ga campaign medium
      ga_campaign_term=Ga campaign term | ga_campaign_content=Ga campaign content
      ga_campaign_customsegment=Ga campaign customsegment | ga_first_visit=2021-04-05
      ga_times_visited=261 | fb_id=262 | fb_name=mira.lindqvist | tw_id=264
      created_timestamp=2024-08-13 11:00:34 | updated_timestamp=2024-09-19 12:07:35
      created_by=267 | updated_by=268

      id=9020 | contact=null | tstamp=null | geo_tstamp=null | geo_ip4=true
      geo_country2=a & b | geo_state=0 | geo_zip= | geo_area=null | geo_lat=17 | geo_lon=true
      geo_tz=a & b | geo_tz_offset=0 | ga_campaign_name= | ga_campaign_medium=null
      ga_campaign_term=17 | ga_campaign_content=true | ga_campaign_customsegment=a & b
      ga_first_visit=0 | fb_id=null | fb_name=null | tw_id=null
      created_timestamp=2019-09-06 02:10:00 | updated_timestamp=null | created_by=-1
      """#),
    RecordedPage(
      "contact_emails",
      #"""
      {"contactEmails":[
      {"id":"247","messageid":"248","seriesid":"249","messageheader":"X-Mailer: AC",
      "userid":"251","d_id":"252","subscriberid":"253","account":"254","ip":"203.0.113.77",
      "sdate":"2024-12-01T17:08:18-06:00","source":"web","user":"258","deal":"259",
      "contact":"260","message":"261","links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9021,"messageid":1,"seriesid":null,"messageheader":true,"userid":"4","d_id":"-1",
      "account":"","ip":null,"sdate":null,"source":true,"user":"2","deal":"-1","message":"",
      "links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=247 | messageid=248 | seriesid=249 | messageheader=X-Mailer: AC | userid=251
      d_id=252 | subscriberid=253 | account=254 | ip=203.0.113.77 | sdate=2024-12-01T23:08:18Z
      source=web | user=258 | deal=259 | contact=260 | message=261

      id=9021 | messageid=1 | seriesid=null | messageheader=true | userid=4 | d_id=-1
      account=null | ip=null | sdate=null | source=true | user=2 | deal=-1 | message=null
      """#),
    RecordedPage(
      "geo_ips",
      #"""
      {"geoIps":[
      {"id":"254","contact":"255","campaignid":"256","messageid":"257","geoaddrid":"258",
      "ip4":"3405803853","tstamp":"2024-08-12T13:47:15-05:00","geoAddress":"261",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9022,"contact":null,"campaignid":"0","messageid":"3","geoaddrid":"-1","tstamp":"",
      "geoAddress":7}],
      "geoAddresses":[]}
      """#,
      #"""
      id=254 | contact=255 | campaignid=256 | messageid=257 | geoaddrid=258 | ip4=3405803853
      tstamp=2024-08-12T18:47:15Z | geo_address=261

      id=9022 | contact=null | campaignid=0 | messageid=3 | geoaddrid=-1 | tstamp=null
      geo_address=7
      """#),
    RecordedPage(
      "geo_addresses",
      #"""
      {"geoIps":[{"id":"1"}],
      "geoAddresses":[
      {"id":"261","ip4":"3405803853","country2":"DK","country":"Denmark","state":"Hovedstaden",
      "city":"Helsing\u00f8r","zip":"3000","area":"49","lat":"56.036100","lon":"12.613600",
      "tz":"Europe/Copenhagen","tstamp":"2025-02-13T19:22:20-06:00",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9023,"ip4":true,"country2":"a \u0026 b","country":"0","city":"","zip":null,
      "area":17,"lat":true,"lon":"a \u0026 b","tz":"0","links":[]}]}
      """#,
      #"""
      id=261 | ip4=3405803853 | country2=DK | country=Denmark | state=Hovedstaden
      city=Helsingør | zip=3000 | area=49 | lat=56.036100 | lon=12.613600
      tz=Europe/Copenhagen | tstamp=2025-02-14T01:22:20Z

      id=9023 | ip4=true | country2=a & b | country=0 | city= | zip=null | area=17 | lat=true
      lon=a & b | tz=0
      """#),
    RecordedPage(
      "contact_logs",
      #"""
      {"contactLogs":[{"id":"124"},{"id":9024}]
      }
      """#,
      #"""
      id=124

      id=9024
      """#),
    RecordedPage(
      "plus_append",
      #"""
      {"plusAppend":
      {"id":"275","contact":"276","last_updated_rapleaf":"2019-02-03",
      "last_updated_fliptop":"2019-02-04","last_updated_fullcontact":"2019-02-05",
      "imageUrl":"https:\/\/nordlys.example\/image-url",
      "membershipsFacebook":"https:\/\/nordlys.example\/memberships-facebook",
      "membershipsTwitter":"https:\/\/nordlys.example\/memberships-twitter",
      "membershipsLinkedin":"https:\/\/nordlys.example\/memberships-linkedin",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}}}
      """#,
      #"""
      id=275 | contact=276 | last_updated_rapleaf=2019-02-03 | last_updated_fliptop=2019-02-04
      last_updated_fullcontact=2019-02-05 | image_url=https://nordlys.example/image-url
      memberships_facebook=https://nordlys.example/memberships-facebook
      memberships_twitter=https://nordlys.example/memberships-twitter
      memberships_linkedin=https://nordlys.example/memberships-linkedin
      """#),
  ]
}
