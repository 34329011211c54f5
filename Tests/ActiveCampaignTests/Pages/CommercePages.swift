extension RecordedPage {
  /// Pages of the streams in Commerce.swift.
  static let commerce = [
    RecordedPage(
      "connections",
      #"""
      {"connections":[
      {"id":"534","service":"shopify","externalid":"ext-5512",
      "name":"Autumn \u201cHarvest\u201d \ud83c\udf42","isInternal":"1","status":"1",
      "syncStatus":"540","lastSync":"2024-09-18T14:54:16-05:00",
      "logoUrl":"https:\/\/nordlys.example\/logo-url",
      "linkUrl":"https:\/\/nordlys.example\/link-url","listId":"544",
      "cdate":"2025-02-13T19:22:20-06:00","udate":"2025-03-22T20:29:21-05:00",
      "connectionType":"ecommerce","sync_request_time":"2025-06-04T22:43:23-05:00",
      "sync_start_time":"2025-07-11T23:50:24-05:00",
      "credentialExpiration":"2025-08-18T00:57:25-05:00",
      "disconnectDate":"2025-09-24T02:04:26-05:00","planTier":"basic","serviceName":"Shopify",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9062,"service":"","externalid":null,"name":17,"isInternal":null,"status":"5",
      "syncStatus":"-1","logoUrl":"","linkUrl":null,"listId":null,
      "cdate":"2019-09-06T2:10:00-05:00","udate":"0000-00-00","connectionType":"0",
      "sync_start_time":"","credentialExpiration":"0000-00-00 00:00:00","disconnectDate":null,
      "planTier":true,"serviceName":"a \u0026 b"}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=534 | service=shopify | externalid=ext-5512 | name=Autumn “Harvest” 🍂
      is_internal=true | status=1 | sync_status=540 | last_sync=2024-09-18T19:54:16Z
      logo_url=https://nordlys.example/logo-url | link_url=https://nordlys.example/link-url
      list_id=544 | cdate=2025-02-14T01:22:20Z | udate=2025-03-23T01:29:21Z
      connection_type=ecommerce | sync_request_time=2025-06-05T03:43:23Z
      sync_start_time=2025-07-12T04:50:24Z | credential_expiration=2025-08-18T05:57:25Z
      disconnect_date=2025-09-24T07:04:26Z | plan_tier=basic | service_name=Shopify

      id=9062 | service= | externalid=null | name=17 | is_internal=null | status=5
      sync_status=-1 | logo_url= | link_url=null | list_id=null | cdate=2019-09-06T07:10:00Z
      udate=null | connection_type=0 | sync_start_time=null | credential_expiration=null
      disconnect_date=null | plan_tier=true | service_name=a & b
      """#),
    RecordedPage(
      "ecommerce_customers",
      #"""
      {"ecomCustomers":[
      {"id":"541","connectionid":"542","externalid":"ext-5512",
      "email":"mira.lindqvist@nordlys.example","totalRevenue":"54595","totalOrders":"546",
      "totalProducts":"547","avgRevenuePerOrder":"54895","avgProductCategory":"Hats",
      "tstamp":"2024-12-01T17:08:18-06:00","connection":"551","acceptsMarketing":"0",
      "sms_marketing_state":"SUBSCRIBED","sms_opt_in_level":"CONFIRMED_OPT_IN",
      "sms_consent_updated_at":"2025-06-04T22:43:23-05:00",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9063,"connectionid":1,"externalid":17,"email":true,"totalRevenue":"4",
      "totalOrders":"-1","avgRevenuePerOrder":"","avgProductCategory":null,"tstamp":null,
      "connection":"0","acceptsMarketing":false,"sms_marketing_state":"0",
      "sms_consent_updated_at":"","links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=541 | connectionid=542 | externalid=ext-5512 | email=mira.lindqvist@nordlys.example
      total_revenue=54595 | total_orders=546 | total_products=547 | avg_revenue_per_order=54895
      avg_product_category=Hats | tstamp=2024-12-01T23:08:18Z | connection=551
      accepts_marketing=false | sms_marketing_state=SUBSCRIBED
      sms_opt_in_level=CONFIRMED_OPT_IN | sms_consent_updated_at=2025-06-05T03:43:23Z

      id=9063 | connectionid=1 | externalid=17 | email=true | total_revenue=4 | total_orders=-1
      avg_revenue_per_order=null | avg_product_category=null | tstamp=null | connection=0
      accepts_marketing=false | sms_marketing_state=0 | sms_consent_updated_at=null
      """#),
    RecordedPage(
      "ecommerce_orders",
      #"""
      {"ecomOrders":[
      {"id":"548","externalid":"ext-5512","source":"550",
      "email":"mira.lindqvist@nordlys.example","currency":"DKK","connectionid":"553",
      "customerid":"554","orderUrl":"https:\/\/nordlys.example\/order-url",
      "shippingMethod":"PostNord","totalPrice":"55795","shippingAmount":"55895",
      "taxAmount":"55995","discountAmount":"56095",
      "externalCreatedDate":"2025-04-28T21:36:22-05:00","totalProducts":"562",
      "createdDate":"2025-07-11T23:50:24-05:00","updatedDate":"2025-08-18T00:57:25-05:00",
      "state":"1","connection":"566","orderProducts":["501","502"],"customer":"568",
      "orderDate":"2024-03-18T06:32:30-05:00","tstamp":"2024-04-24T07:39:31-05:00",
      "externalcheckoutid":"cart-881","orderNumber":"2024-0117",
      "externalUpdatedDate":"2024-08-13T11:00:34-05:00",
      "abandonedDate":"2024-09-19T12:07:35-05:00",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9064,"externalid":17,"source":"0","email":"a \u0026 b","currency":"0",
      "customerid":"","orderUrl":null,"shippingMethod":17,"totalPrice":"0",
      "shippingAmount":"1","taxAmount":"-1","externalCreatedDate":"","totalProducts":14,
      "createdDate":null,"updatedDate":"2019-09-06T2:10:00-05:00","state":"8",
      "connection":"-1","customer":"","orderDate":"0000-00-00 00:00:00","tstamp":null,
      "externalcheckoutid":true,"orderNumber":"a \u0026 b",
      "externalUpdatedDate":"0000-00-00T00:00:00-06:00"}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=548 | externalid=ext-5512 | source=550 | email=mira.lindqvist@nordlys.example
      currency=DKK | connectionid=553 | customerid=554
      order_url=https://nordlys.example/order-url | shipping_method=PostNord
      total_price=55795 | shipping_amount=55895 | tax_amount=55995 | discount_amount=56095
      external_created_date=2025-04-29T02:36:22Z | total_products=562
      created_date=2025-07-12T04:50:24Z | updated_date=2025-08-18T05:57:25Z | state=1
      connection=566 | order_products=["501","502"] | customer=568
      order_date=2024-03-18T11:32:30Z | tstamp=2024-04-24T12:39:31Z
      externalcheckoutid=cart-881 | order_number=2024-0117
      external_updated_date=2024-08-13T16:00:34Z | abandoned_date=2024-09-19T17:07:35Z

      id=9064 | externalid=17 | source=0 | email=a & b | currency=0 | customerid=null
      order_url=null | shipping_method=17 | total_price=0 | shipping_amount=1 | tax_amount=-1
      external_created_date=null | total_products=14 | created_date=null
      updated_date=2019-09-06T07:10:00Z | state=8 | connection=-1 | customer=null
      order_date=null | tstamp=null | externalcheckoutid=true | order_number=a & b
      external_updated_date=null
      """#),
    RecordedPage(
      "ecommerce_order_products",
      #"""
      {"ecomOrderProducts":[
      {"id":"555","orderid":"556","connectionid":"557","externalid":"ext-5512","sku":"HAT-07",
      "name":"Autumn \u201cHarvest\u201d \ud83c\udf42","description":"Bl\u00e5 hat af uld",
      "price":"56295","quantity":"563","category":"Hats",
      "imageUrl":"https:\/\/nordlys.example\/image-url",
      "productUrl":"https:\/\/nordlys.example\/product-url",
      "createdDate":"2025-03-22T20:29:21-05:00","updatedDate":"2025-04-28T21:36:22-05:00",
      "tstamp":"2025-06-04T22:43:23-05:00","ecomOrder":"570","tags":["wool","blue"],
      "isOnSale":"0","brand":"Nordlys","averageRating":"22.25",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9065,"orderid":"0","connectionid":"2","externalid":"0","name":"",
      "description":null,"price":null,"quantity":"0","category":"a \u0026 b","imageUrl":"0",
      "createdDate":"","updatedDate":"0000-00-00 00:00:00","tstamp":null,"ecomOrder":"0",
      "tags":7,"isOnSale":0,"averageRating":"","links":[]}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=555 | orderid=556 | connectionid=557 | externalid=ext-5512 | sku=HAT-07
      name=Autumn “Harvest” 🍂 | description=Blå hat af uld | price=56295 | quantity=563
      category=Hats | image_url=https://nordlys.example/image-url
      product_url=https://nordlys.example/product-url | created_date=2025-03-23T01:29:21Z
      updated_date=2025-04-29T02:36:22Z | tstamp=2025-06-05T03:43:23Z | ecom_order=570
      tags=["wool","blue"] | is_on_sale=false | brand=Nordlys | average_rating=22.25

      id=9065 | orderid=0 | connectionid=2 | externalid=0 | name= | description=null
      price=null | quantity=0 | category=a & b | image_url=0 | created_date=null
      updated_date=null | tstamp=null | ecom_order=0 | tags=7 | is_on_sale=false
      average_rating=null
      """#),
    RecordedPage(
      "ecommerce_order_activities",
      #"""
      {"ecomOrderActivities":[
      {"id":"562","orderid":"563","connectionid":"564","customerid":"565",
      "externalid":"ext-5512","externalcheckoutid":"cart-881","source":"568",
      "orderNumber":"2024-0117","email":"mira.lindqvist@nordlys.example","totalPrice":"57195",
      "discountAmount":"57295","shippingAmount":"57395","taxAmount":"57495",
      "totalProducts":"575","currency":"DKK","shippingMethod":"PostNord",
      "store_name":"Nordlys Shop","logoUrl":"https:\/\/nordlys.example\/logo-url",
      "orderUrl":"https:\/\/nordlys.example\/order-url","state":"3",
      "externalCreatedDate":"2024-02-10T05:25:29-06:00",
      "externalUpdatedDate":"2024-03-18T06:32:30-05:00",
      "abandonedDate":"2024-04-24T07:39:31-05:00","createdDate":"2024-05-31T08:46:32-05:00",
      "updatedDate":"2024-07-07T09:53:33-05:00","connection":"587","order":"588",
      "links":{"a":"https:\/\/nordlys.example\/api\/3\/x"}},
      {"id":9066,"orderid":"1","connectionid":"-1","externalid":"","externalcheckoutid":null,
      "source":null,"orderNumber":true,"email":"a \u0026 b","totalPrice":"-1",
      "shippingAmount":"","taxAmount":12,"totalProducts":null,"currency":true,
      "shippingMethod":"a \u0026 b","store_name":"0","orderUrl":"","state":19,
      "externalCreatedDate":null,"externalUpdatedDate":"2019-09-06T2:10:00-05:00",
      "abandonedDate":"0000-00-00","createdDate":"0000-00-00T00:00:00-06:00","connection":"",
      "order":26}],
      "meta":{"total":"2"}}
      """#,
      #"""
      id=562 | orderid=563 | connectionid=564 | customerid=565 | externalid=ext-5512
      externalcheckoutid=cart-881 | source=568 | order_number=2024-0117
      email=mira.lindqvist@nordlys.example | total_price=57195 | discount_amount=57295
      shipping_amount=57395 | tax_amount=57495 | total_products=575 | currency=DKK
      shipping_method=PostNord | store_name=Nordlys Shop
      logo_url=https://nordlys.example/logo-url | order_url=https://nordlys.example/order-url
      state=3 | external_created_date=2024-02-10T11:25:29Z
      external_updated_date=2024-03-18T11:32:30Z | abandoned_date=2024-04-24T12:39:31Z
      created_date=2024-05-31T13:46:32Z | updated_date=2024-07-07T14:53:33Z | connection=587
      order=588

      id=9066 | orderid=1 | connectionid=-1 | externalid= | externalcheckoutid=null
      source=null | order_number=true | email=a & b | total_price=-1 | shipping_amount=null
      tax_amount=12 | total_products=null | currency=true | shipping_method=a & b
      store_name=0 | order_url= | state=19 | external_created_date=null
      external_updated_date=2019-09-06T07:10:00Z | abandoned_date=null | created_date=null
      connection=null | order=26
      """#),
  ]
}
