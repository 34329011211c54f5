extension RecordedPage {
  /// Pages of the streams in Account.swift.
  static let account = [
    RecordedPage(
      "users",
      #"""
      {"users":[
      {"id":"198","username":"mira","firstName":"Mira","lastName":"Lindqvist",
      "email":"mira.lindqvist@nordlys.example","phone":"+45 20 55 01 42",
      "signature":"Best, Mira","localZoneid":"Europe/Copenhagen",
      "password_updated_utc_timestamp":"2024-10-25 16:01:17",
      "cdate":"2024-12-01T17:08:18-06:00","udate":"2025-01-07T18:15:19-06:00",
      "mfaEnabled":"0","lang":"danish","roles":["admin"],
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9014,"username":null,"firstName":17,"lastName":true,"email":"a \u0026 b",
      "phone":"0","localZoneid":"","password_updated_utc_timestamp":"0000-00-00 00:00:00",
      "cdate":null,"udate":"2019-09-06T2:10:00-05:00","mfaEnabled":false,"lang":"0"}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=198 | username=mira | first_name=Mira | last_name=Lindqvist
      email=mira.lindqvist@nordlys.example | phone=+45 20 55 01 42 | signature=Best, Mira
      local_zoneid=Europe/Copenhagen | password_updated_utc_timestamp=2024-10-25 16:01:17
      cdate=2024-12-01T23:08:18Z | udate=2025-01-08T00:15:19Z | mfa_enabled=false | lang=danish
      roles=["admin"]

      id=9014 | username=null | first_name=17 | last_name=true | email=a & b | phone=0
      local_zoneid= | password_updated_utc_timestamp=null | cdate=null
      udate=2019-09-06T07:10:00Z | mfa_enabled=false | lang=0
      """#)
  ]
}
