extension RecordedPage {
  /// Pages of the streams in AccountSetup.swift.
  static let accountSetup = [
    RecordedPage(
      "addresses",
      #"""
      {"addresses":[
      {"id":"674","companyName":"Nordlys ApS","address1":"Kongevejen 12","address2":"2. sal",
      "city":"Helsing\u00f8r","state":"Hovedstaden","district":"Nord","zip":"3000",
      "country":"Denmark","allgroup":"0","isDefault":"1",
      "created_timestamp":"2025-02-13 19:22:20","updated_timestamp":"2025-03-22 20:29:21",
      "created_by":"687","updated_by":"688","smsName":"NORDLYS",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9082,"address1":"","address2":null,"city":17,"state":true,"district":"a \u0026 b",
      "zip":"0","allgroup":true,"isDefault":"","created_timestamp":null,
      "updated_timestamp":"2019-09-06 02:10:00","created_by":"4","updated_by":"-1"}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=674 | company_name=Nordlys ApS | address1=Kongevejen 12 | address2=2. sal
      city=Helsingør | state=Hovedstaden | district=Nord | zip=3000 | country=Denmark
      allgroup=false | is_default=true | created_timestamp=2025-02-13 19:22:20
      updated_timestamp=2025-03-22 20:29:21 | created_by=687 | updated_by=688 | sms_name=NORDLYS

      id=9082 | address1= | address2=null | city=17 | state=true | district=a & b | zip=0
      allgroup=true | is_default=null | created_timestamp=null
      updated_timestamp=2019-09-06 02:10:00 | created_by=4 | updated_by=-1
      """#),
    RecordedPage(
      "brandings",
      #"""
      {"brandings":[
      {"id":"681","groupid":"3","siteName":"Site name",
      "siteLogo":"https:\/\/nordlys.example\/site-logo",
      "siteLogoSmall":"https:\/\/nordlys.example\/site-logo-small",
      "headerTextValue":"Header text value \u00e9n","headerHtmlValue":"<p>Hej<\/p>",
      "footerTextValue":"Footer text value","footerHtmlValue":"<p>Hej<\/p>","copyright":"0",
      "version":"1","license":"1","help":"1","adminTemplateHtm":"<p>Hej<\/p>",
      "adminTemplateCss":"p{margin:0}","publicTemplateHtm":"<p>Hej<\/p>",
      "publicTemplateCss":"p{margin:0}","favicon":"https:\/\/nordlys.example\/favicon",
      "admin_template_css_backup":"p{margin:0}","admin_template_htm_backup":"<p>Hej<\/p>",
      "created_timestamp":"2024-02-10 05:25:29","updated_timestamp":"2024-03-18 06:32:30",
      "zendeskWidgetEnabled":"1","links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9083,"groupid":"","siteName":null,"siteLogo":17,"siteLogoSmall":true,
      "headerTextValue":"a \u0026 b","headerHtmlValue":"0","footerHtmlValue":"",
      "copyright":"","version":17,"license":true,"help":false,"adminTemplateHtm":"0",
      "publicTemplateHtm":"","publicTemplateCss":null,"favicon":17,
      "admin_template_css_backup":true,"admin_template_htm_backup":"a \u0026 b",
      "created_timestamp":"2019-09-06T02:10:00-05:00","zendeskWidgetEnabled":true,"links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=681 | groupid=3 | site_name=Site name | site_logo=https://nordlys.example/site-logo
      site_logo_small=https://nordlys.example/site-logo-small
      header_text_value=Header text value én | header_html_value=<p>Hej</p>
      footer_text_value=Footer text value | footer_html_value=<p>Hej</p> | copyright=false
      version=1 | license=1 | help=true | admin_template_htm=<p>Hej</p>
      admin_template_css=p{margin:0} | public_template_htm=<p>Hej</p>
      public_template_css=p{margin:0} | favicon=https://nordlys.example/favicon
      admin_template_css_backup=p{margin:0} | admin_template_htm_backup=<p>Hej</p>
      created_timestamp=2024-02-10 05:25:29 | updated_timestamp=2024-03-18 06:32:30
      zendesk_widget_enabled=true

      id=9083 | groupid= | site_name=null | site_logo=17 | site_logo_small=true
      header_text_value=a & b | header_html_value=0 | footer_html_value= | copyright=null
      version=17 | license=true | help=false | admin_template_htm=0 | public_template_htm=
      public_template_css=null | favicon=17 | admin_template_css_backup=true
      admin_template_htm_backup=a & b | created_timestamp=2019-09-06 02:10:00
      zendesk_widget_enabled=true
      """#),
    RecordedPage(
      "calendars",
      #"""
      {"calendars":[
      {"id":"688","userid":"689","title":"Renewal \u2013 Fj\u00e6rehus","type":"All",
      "notification":"0","cdate":"2024-07-06T12:40:14-05:00",
      "mdate":"2024-08-12T13:47:15-05:00","token":"never-stored",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9084,"userid":1,"title":17,"type":true,"notification":"4",
      "cdate":"0000-00-00T00:00:00-06:00","token":"never-stored"}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=688 | userid=689 | title=Renewal – Fjærehus | type=All | notification=0
      cdate=2024-07-06T17:40:14Z | mdate=2024-08-12T18:47:15Z

      id=9084 | userid=1 | title=17 | type=true | notification=4 | cdate=null
      """#),
    RecordedPage(
      "configs",
      #"""
      {"configs":[
      {"id":"695","keyname":"site_name","section":"general","item":"name","userid":"699",
      "cdate":"2024-07-06T12:40:14-05:00","udate":"2024-08-12T13:47:15-05:00",
      "created_timestamp":"2024-09-18 14:54:16","updated_timestamp":"2024-10-25 16:01:17",
      "created_by":"704","updated_by":"705","owner":"706","val":"never-stored",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9085,"keyname":17,"section":true,"item":"a \u0026 b","userid":"-1","udate":"",
      "created_timestamp":"0000-00-00 00:00:00","updated_timestamp":null,"created_by":"0",
      "updated_by":"1","owner":"-1","val":"never-stored","links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=695 | keyname=site_name | section=general | item=name | userid=699
      cdate=2024-07-06T17:40:14Z | udate=2024-08-12T18:47:15Z
      created_timestamp=2024-09-18 14:54:16 | updated_timestamp=2024-10-25 16:01:17
      created_by=704 | updated_by=705 | owner=706

      id=9085 | keyname=17 | section=true | item=a & b | userid=-1 | udate=null
      created_timestamp=null | updated_timestamp=null | created_by=0 | updated_by=1 | owner=-1
      """#),
    RecordedPage(
      "webhooks",
      #"""
      {"webhooks":[
      {"id":"702","cdate":"2024-02-09T08:12:10-06:00","listid":"704",
      "name":"Autumn \u201cHarvest\u201d \ud83c\udf42","url":"https:\/\/nordlys.example\/url",
      "events":["subscribe","bounce"],"sources":["public","system"],
      "deactivated_date":"2024-09-18T14:54:16-05:00","state":"Hovedstaden",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9086,"cdate":"2019-09-06T2:10:00-05:00","listid":"2","name":"0","events":[],
      "sources":null,"deactivated_date":null,"state":true}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=702 | cdate=2024-02-09T14:12:10Z | listid=704 | name=Autumn “Harvest” 🍂
      url=https://nordlys.example/url | events=["subscribe","bounce"]
      sources=["public","system"] | deactivated_date=2024-09-18T19:54:16Z | state=Hovedstaden

      id=9086 | cdate=2019-09-06T07:10:00Z | listid=2 | name=0 | events=[] | sources=null
      deactivated_date=null | state=true
      """#),
    RecordedPage(
      "webhook_events",
      #"""
      {"webhookEvents":["contact_tag_added","list_add"],
      "meta":{"total":2}}
      """#,
      #"""
      name=contact_tag_added

      name=list_add
      """#),
    RecordedPage(
      "event_tracking_events",
      #"""
      {"eventTrackingEvents":[
      {"name":"viewed_berth","links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"name":"second-2"}],
      "meta":{"total":2}}
      """#,
      #"""
      name=viewed_berth

      name=second-2
      """#),
    RecordedPage(
      "site_tracking_domains",
      #"""
      {"siteTrackingDomains":[
      {"name":"nordlys.example","links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"name":"second-2","links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      name=nordlys.example

      name=second-2
      """#),
    RecordedPage(
      "url_whitelistings",
      #"""
      {"data":[
      {"id":"0d4f7a52-6b1e-4c8e-9d55-6a2b7f1c9e10","type":"segment",
      "attributes":{"url":"https:\/\/nordlys.example"},
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":"b0a1-2","type":"","attributes":null}]}
      """#,
      #"""
      id=0d4f7a52-6b1e-4c8e-9d55-6a2b7f1c9e10 | type=segment
      attributes={"url":"https:\/\/nordlys.example"}

      id=b0a1-2 | type= | attributes=null
      """#),
  ]
}
