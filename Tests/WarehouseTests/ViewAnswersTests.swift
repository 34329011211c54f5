import Catalog
import Postgres
import TestSupport
import Testing

@testable import Warehouse

@Suite(.freshDatabase) struct `What the analysts' views answer` {
  /// Lays out tables with these rows and the views over them, in an account of Auckland.
  private func account(of streams: StreamDefinition..., rows: String) async throws {
    let loader = try await Loader.fresh()
    for stream in streams { _ = try await loader.claim(stream) }
    #expect(try await loader.keep(AccountZone(setting: "Pacific/Auckland", user: nil)) == nil)
    try await script("SET search_path = activecampaign; SET TimeZone = 'UTC'; \(rows)")
    #expect(await loader.layOut(StreamDefinition.all, by: .shipped) == nil)
    await loader.close()
  }

  @Test func `an order belongs to no contact that is marked deleted`() async throws {
    try await account(
      of: .contacts, .ecommerceOrders,
      rows: """
        INSERT INTO contacts (id, email, deleted, _synced_at) VALUES
          (1, 'ada@acme.example', true, now()), (2, 'Ada@acme.example', false, now()),
          (3, 'ada@acme.example', NULL, now()), (4, 'bob@acme.example', true, now());
        INSERT INTO ecommerce_orders (id, email, state, total_price, currency, _synced_at) VALUES
          (7, 'ada@acme.example', 1, 1000, 'EUR', now()),
          (8, 'bob@acme.example', 1, 1000, 'EUR', now());
        """)
    #expect(
      try await rows(
        """
        SELECT order_id, contact_id FROM analytics.activecampaign__orders ORDER BY 1
        """) == ["7|2", "8"])
    #expect(
      try await rows(
        """
        SELECT conversion_id, contact_id, c.email FROM analytics.int_activecampaign__conversions
        LEFT JOIN analytics.activecampaign__contacts c USING (source_relation, contact_id) ORDER BY 1
        """) == ["7|2|Ada@acme.example", "8"])
  }

  @Test func `a cart that was left takes nobody's currency away`() async throws {
    try await account(
      of: .ecommerceCustomers, .ecommerceOrders,
      rows: """
        INSERT INTO ecommerce_customers (id, email, _synced_at) VALUES
          (1, 'ada@acme.example', now()), (2, 'bob@acme.example', now()),
          (3, 'eve@acme.example', now());
        INSERT INTO ecommerce_orders (id, customer, state, total_price, currency, _synced_at) VALUES
          (1, 1, 1, 1000, 'EUR', now()), (2, 1, 3, 550, 'EUR', now()), (3, 1, 2, 9000, 'JPY', now()),
          (4, 2, 1, 1000, 'EUR', now()), (5, 2, 1, 1000, 'USD', now()),
          (6, 3, 2, 1000, 'EUR', now());
        """)
    #expect(
      try await rows(
        """
        SELECT customer_id, count_orders, count_carts_left, coalesce(lifetime_value::text, 'none'),
          coalesce(currency, 'none')
        FROM analytics.activecampaign__customers ORDER BY 1
        """) == ["1|2|1|15.50|EUR", "2|2|0|none|none", "3|0|1|none|none"])
  }

  @Test func `a campaign made after the first reading is known from its first mail`() async throws {
    try await account(
      of: .campaigns,
      rows: """
        INSERT INTO campaigns (id, cdate, send_amt, _synced_at) VALUES
          (1, '2026-03-01 00:00Z', 500, '2026-03-10 00:00Z');
        INSERT INTO campaigns (id, cdate, send_amt, _synced_at) VALUES
          (2, '2026-03-10 03:00Z', 1000, '2026-03-10 04:00Z');
        UPDATE campaigns SET send_amt = send_amt + 40, _synced_at = '2026-03-10 11:30Z';
        """)
    // The day ends at 11:00 by UTC there.
    #expect(
      try await rows(
        """
        SELECT campaign_id, metric_day, sends, coalesce(new_sends::text, 'unknown'), is_complete
        FROM analytics.activecampaign__campaign_metrics_daily ORDER BY 1, 2
        """) == [
          "1|2026-03-10|500|unknown|f", "1|2026-03-11|540|40|t",
          "2|2026-03-10|1000|1000|t", "2|2026-03-11|1040|40|t",
        ])
  }

  @Test func `the lists of a campaign add up to it, whatever is told of them`() async throws {
    try await account(
      of: .campaigns, .campaignLists,
      rows: """
        INSERT INTO campaigns (id, _synced_at) VALUES (1, now()), (2, now()), (3, now());
        INSERT INTO campaign_lists (id, campaignid, listid, list_amt, _synced_at) VALUES
          (1, 1, 1, 30, now()), (2, 1, 2, 10, now()), (3, 2, 1, 30, now()), (4, 2, 2, NULL, now()),
          (5, 3, 1, 0, now()), (6, 3, 2, 0, now());
        """)
    #expect(
      try await rows(
        """
        SELECT campaign_id, list_id, round(list_share, 2)
        FROM analytics.activecampaign__campaign_lists ORDER BY 1, 2
        """) == ["1|1|0.75", "1|2|0.25", "2|1|0.50", "2|2|0.50", "3|1|0.50", "3|2|0.50"])
  }

  @Test func `a list for text messages says nothing of mails`() async throws {
    try await account(
      of: .contacts, .lists, .contactLists,
      rows: """
        INSERT INTO contacts (id, _synced_at) VALUES (1, now()), (2, now()), (3, now());
        INSERT INTO lists (id, name, channel, _synced_at) VALUES
          (1, 'Mail', 'email', now()), (2, 'Text', 'sms', now()), (3, 'Old', NULL, now());
        INSERT INTO contact_lists (id, contact, list, status, channel, _synced_at) VALUES
          (1, 1, 1, 2, 'email', now()), (2, 1, 2, 1, 'sms', now()), (3, 2, 2, 1, NULL, now()),
          (4, 3, 3, 1, NULL, now());
        """)
    #expect(
      try await rows(
        "SELECT contact_id, email_status FROM analytics.activecampaign__contacts ORDER BY 1")
        == ["1|unsubscribed", "2|on no list", "3|active"])
  }
}
