extension RecordedPage {
  /// Pages of the streams in CustomObjects.swift.
  static let customObjects = [
    RecordedPage(
      "custom_object_schemas",
      #"""
      {"schemas":[
      {"id":"0d4f7a52-6b1e-4c8e-9d55-6a2b7f1c9e10","slug":"boat-berths","visibility":"private",
      "labels":{"singular":"Berth","plural":"Berths"},"description":"Bl\u00e5 hat af uld",
      "createdTimestamp":"2024-07-06T12:40:14.783751329Z",
      "updatedTimestamp":"2024-08-12T13:47:15.783751329Z",
      "fields":[{"id":"length","value":12.5}],
      "icons":{"default":"https:\/\/nordlys.example\/b.png"},
      "relationships":{"primary-contact":["12"]},
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":"b0a1-2","slug":null,"visibility":17,"labels":"as text","description":"a \u0026 b",
      "createdTimestamp":"0000-00-00T00:00:00-06:00","fields":[],"icons":null,
      "relationships":{},"links":[]}],
      "meta":{"total":2}}
      """#,
      #"""
      id=0d4f7a52-6b1e-4c8e-9d55-6a2b7f1c9e10 | slug=boat-berths | visibility=private
      labels={"singular":"Berth","plural":"Berths"} | description=Blå hat af uld
      created_timestamp=2024-07-06T12:40:14.783751Z
      updated_timestamp=2024-08-12T13:47:15.783751Z | fields=[{"id":"length","value":12.5}]
      icons={"default":"https:\/\/nordlys.example\/b.png"}
      relationships={"primary-contact":["12"]}

      id=b0a1-2 | slug=null | visibility=17 | labels="as text" | description=a & b
      created_timestamp=null | fields=[] | icons=null | relationships={}
      """#),
    RecordedPage(
      "custom_object_records",
      #"""
      {"records":[
      {"id":"0d4f7a52-6b1e-4c8e-9d55-6a2b7f1c9e10","externalId":"berth-17",
      "schemaId":"0d4f7a52-6b1e-4c8e-9d55-6a2b7f1c9e10",
      "fields":[{"id":"length","value":12.5}],"relationships":{"primary-contact":["12"]},
      "createdTimestamp":"2024-07-06T12:40:14.783751329Z",
      "updatedTimestamp":"2024-08-12T13:47:15.783751329Z",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":"b0a1-2","externalId":17,"schemaId":true,"fields":7,"relationships":[{"id":"1"}],
      "updatedTimestamp":""}],
      "meta":{"total":2}}
      """#,
      #"""
      id=0d4f7a52-6b1e-4c8e-9d55-6a2b7f1c9e10 | external_id=berth-17
      schema_id=0d4f7a52-6b1e-4c8e-9d55-6a2b7f1c9e10 | fields=[{"id":"length","value":12.5}]
      relationships={"primary-contact":["12"]} | created_timestamp=2024-07-06T12:40:14.783751Z
      updated_timestamp=2024-08-12T13:47:15.783751Z

      id=b0a1-2 | external_id=17 | schema_id=true | fields=7 | relationships=[{"id":"1"}]
      updated_timestamp=null
      """#),
  ]
}
