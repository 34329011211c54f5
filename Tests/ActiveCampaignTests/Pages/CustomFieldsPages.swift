extension RecordedPage {
  /// Pages of the streams in CustomFields.swift.
  static let customFieldDetails = [
    RecordedPage(
      "custom_field_options",
      #"""
      {"fieldOptions":[
      {"id":"282","field":"283","orderid":"284","value":"||red||blue||","label":"Bl\u00e5",
      "isdefault":"0","cdate":"2024-08-12T13:47:15-05:00","udate":"2024-09-18T14:54:16-05:00",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9026,"orderid":"","value":null,"label":17,"isdefault":null,"cdate":"0000-00-00",
      "udate":"0000-00-00T00:00:00-06:00"}],
      "fieldRels":[],"fields":[{"id":"1"}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=282 | field=283 | orderid=284 | value=||red||blue|| | label=Blå | isdefault=false
      cdate=2024-08-12T18:47:15Z | udate=2024-09-18T19:54:16Z

      id=9026 | orderid=null | value=null | label=17 | isdefault=null | cdate=null | udate=null
      """#),
    RecordedPage(
      "custom_field_rels",
      #"""
      {"fieldOptions":[],
      "fieldRels":[
      {"id":"289","field":"290","relid":"291","dorder":"292",
      "cdate":"2024-05-30T11:33:13-05:00","links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9027,"field":"","relid":2,"dorder":null,"cdate":"2019-09-06T2:10:00-05:00",
      "links":[]}],
      "fields":[{"id":"1"}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=289 | field=290 | relid=291 | dorder=292 | cdate=2024-05-30T16:33:13Z

      id=9027 | field=null | relid=2 | dorder=null | cdate=2019-09-06T07:10:00Z
      """#),
    RecordedPage(
      "custom_field_values",
      #"""
      {"fieldValues":[
      {"id":"296","contact":"297","field":"298","value":"||red||blue||",
      "cdate":"2024-05-30T11:33:13-05:00","udate":"2024-07-06T12:40:14-05:00","owner":"302",
      "created_by":"303","updated_by":"304",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9028,"contact":1,"field":null,"value":true,"cdate":"0000-00-00",
      "udate":"0000-00-00T00:00:00-06:00","created_by":"","updated_by":8}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=296 | contact=297 | field=298 | value=||red||blue|| | cdate=2024-05-30T16:33:13Z
      udate=2024-07-06T17:40:14Z | owner=302 | created_by=303 | updated_by=304

      id=9028 | contact=1 | field=null | value=true | cdate=null | udate=null | created_by=null
      updated_by=8
      """#),
    RecordedPage(
      "deal_custom_fields",
      #"""
      {"dealCustomFieldMeta":[
      {"id":"303","fieldLabel":"Renewal month","fieldType":"dropdown",
      "fieldOptions":["March","April"],"fieldDefault":"March","fieldDefaultCurrency":"dkk",
      "isFormVisible":1,"isRequired":0,"displayOrder":311,"personalization":"DEAL_RENEWAL",
      "knownFieldId":313,"hideFieldFlag":0,"createdTimestamp":"2025-03-22 20:29:21",
      "updatedTimestamp":"2025-04-28T21:36:22+00:00","createdBy":"317","updatedBy":"318",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9029,"fieldLabel":17,"fieldType":true,"fieldOptions":7,"fieldDefault":"0",
      "isFormVisible":true,"isRequired":"","displayOrder":null,"personalization":true,
      "knownFieldId":"1","hideFieldFlag":0,"updatedTimestamp":"","createdBy":14,
      "updatedBy":null,"links":[]}]}
      """#,
      #"""
      id=303 | field_label=Renewal month | field_type=dropdown
      field_options=["March","April"] | field_default=March | field_default_currency=dkk
      is_form_visible=true | is_required=false | display_order=311
      personalization=DEAL_RENEWAL | known_field_id=313 | hide_field_flag=false
      created_timestamp=2025-03-22T20:29:21Z | updated_timestamp=2025-04-28T21:36:22Z
      created_by=317 | updated_by=318

      id=9029 | field_label=17 | field_type=true | field_options=7 | field_default=0
      is_form_visible=true | is_required=null | display_order=null | personalization=true
      known_field_id=1 | hide_field_flag=false | updated_timestamp=null | created_by=14
      updated_by=null
      """#),
    RecordedPage(
      "deal_custom_field_values",
      #"""
      {"dealCustomFieldData":[
      {"id":"310","dealCustomFieldMetumId":311,"dealId":312,"customFieldId":313,
      "createdTimestamp":"2024-05-30 11:33:13","updatedTimestamp":"2024-07-06T12:40:14+00:00",
      "fieldValue":["March","April"],"fieldCurrency":"dkk",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9030,"dealCustomFieldMetumId":"0","dealId":"2","customFieldId":"-1",
      "updatedTimestamp":"","fieldValue":null,"fieldCurrency":17}],
      "meta":{"total":2}}
      """#,
      #"""
      id=310 | deal_custom_field_metum_id=311 | deal_id=312 | custom_field_id=313
      created_timestamp=2024-05-30T11:33:13Z | updated_timestamp=2024-07-06T12:40:14Z
      field_value=["March","April"] | field_currency=dkk

      id=9030 | deal_custom_field_metum_id=0 | deal_id=2 | custom_field_id=-1
      updated_timestamp=null | field_value=null | field_currency=17
      """#),
    RecordedPage(
      "account_custom_fields",
      #"""
      {"accountCustomFieldMeta":[
      {"id":"317","fieldLabel":"Renewal month","fieldType":"dropdown",
      "fieldOptions":["March","April"],"fieldDefault":"March","fieldDefaultCurrency":"dkk",
      "isFormVisible":1,"isRequired":0,"displayOrder":325,"personalization":"DEAL_RENEWAL",
      "knownFieldId":"327","hideFieldFlag":0,"createdTimestamp":"2025-03-22 20:29:21",
      "updatedTimestamp":"2025-04-28T21:36:22+00:00",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9031,"fieldLabel":"a \u0026 b","fieldType":"0","fieldDefault":"",
      "fieldDefaultCurrency":null,"isFormVisible":1,"isRequired":null,"displayOrder":"8",
      "personalization":"0","hideFieldFlag":true,"createdTimestamp":"0000-00-00 00:00:00",
      "updatedTimestamp":null,"links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=317 | field_label=Renewal month | field_type=dropdown
      field_options=["March","April"] | field_default=March | field_default_currency=dkk
      is_form_visible=true | is_required=false | display_order=325
      personalization=DEAL_RENEWAL | known_field_id=327 | hide_field_flag=false
      created_timestamp=2025-03-22T20:29:21Z | updated_timestamp=2025-04-28T21:36:22Z

      id=9031 | field_label=a & b | field_type=0 | field_default= | field_default_currency=null
      is_form_visible=true | is_required=null | display_order=8 | personalization=0
      hide_field_flag=true | created_timestamp=null | updated_timestamp=null
      """#),
    RecordedPage(
      "account_custom_field_values",
      #"""
      {"accountCustomFieldData":[
      {"id":"324","accountCustomFieldMetumId":325,"accountId":326,"customFieldId":327,
      "createdTimestamp":"2024-05-30 11:33:13","updatedTimestamp":"2024-07-06T12:40:14+00:00",
      "fieldValue":["March","April"],"fieldCurrency":"dkk",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9032,"accountCustomFieldMetumId":"-1","customFieldId":"",
      "createdTimestamp":"0000-00-00 00:00:00","updatedTimestamp":null,"fieldValue":"as text",
      "fieldCurrency":"a \u0026 b"}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=324 | account_custom_field_metum_id=325 | account_id=326 | custom_field_id=327
      created_timestamp=2024-05-30T11:33:13Z | updated_timestamp=2024-07-06T12:40:14Z
      field_value=["March","April"] | field_currency=dkk

      id=9032 | account_custom_field_metum_id=-1 | custom_field_id=null
      created_timestamp=null | updated_timestamp=null | field_value="as text"
      field_currency=a & b
      """#),
  ]
}
