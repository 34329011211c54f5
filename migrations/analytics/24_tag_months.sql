-- Kept: contacts by tag and month of tagging, and what they brought in afterwards. Joins all tags of contacts
-- with all conversions, some hundreds of thousands of pairs, to leave some thousands of rows.

CREATE MATERIALIZED VIEW analytics.int_activecampaign__tag_months AS
SELECT t.source_relation, t.tag AS tag_id,
  date_trunc('month', t.cdate AT TIME ZONE a.time_zone)::date AS tagged_month,
  count(*) AS count_contacts
FROM acsync.source_contact_tags t
JOIN analytics.stg_activecampaign__source_accounts a USING (source_relation)
WHERE t._deleted_at IS NULL AND t.tag IS NOT NULL AND t.cdate IS NOT NULL
GROUP BY 1, 2, 3;
CREATE UNIQUE INDEX int_tag_months_key
  ON analytics.int_activecampaign__tag_months (source_relation, tag_id, tagged_month);
SELECT acsync.keep_refreshed('analytics.int_activecampaign__tag_months', ARRAY['contact_tags']);
SELECT acsync.describe('analytics.int_activecampaign__tag_months', $$
How many contacts got a tag in a month and still bear it. Kept, and refreshed by runs.

source_relation: The account: the schema that its tables lie in
tag_id: Tag
tagged_month: First day of the month, in the account's zone
count_contacts: Contacts that bear the tag since
$$);

CREATE MATERIALIZED VIEW analytics.int_activecampaign__tag_month_revenue AS
SELECT
  t.source_relation,
  t.tag AS tag_id,
  date_trunc('month', t.cdate AT TIME ZONE a.time_zone)::date AS tagged_month,
  coalesce(c.currency, '') AS currency,
  count(*) FILTER (WHERE c.conversion_type = 'deal') AS count_won_deals,
  count(*) FILTER (WHERE c.conversion_type = 'order') AS count_orders,
  count(DISTINCT c.contact_id) AS count_buyers,
  sum(c.amount) FILTER (WHERE c.converted_at < t.cdate + interval '1 month') AS revenue_1_month,
  sum(c.amount) FILTER (WHERE c.converted_at < t.cdate + interval '3 months') AS revenue_3_months,
  sum(c.amount) FILTER (WHERE c.converted_at < t.cdate + interval '6 months') AS revenue_6_months,
  sum(c.amount) FILTER (WHERE c.converted_at < t.cdate + interval '12 months') AS revenue_12_months,
  sum(c.amount) AS revenue_until_now
FROM analytics.int_activecampaign__conversions c
JOIN acsync.source_contact_tags t
  ON t.source_relation = c.source_relation AND t.contact = c.contact_id
JOIN analytics.stg_activecampaign__source_accounts a ON a.source_relation = t.source_relation
WHERE t._deleted_at IS NULL AND c.converted_at >= t.cdate
GROUP BY 1, 2, 3, 4;
CREATE UNIQUE INDEX int_tag_month_revenue_key ON analytics.int_activecampaign__tag_month_revenue
  (source_relation, tag_id, tagged_month, currency);
SELECT acsync.keep_refreshed('analytics.int_activecampaign__tag_month_revenue',
  ARRAY['contact_tags', 'deals', 'deal_activities', 'ecommerce_orders', 'ecommerce_customers',
    'contacts']);
SELECT acsync.describe('analytics.int_activecampaign__tag_month_revenue', $$
What contacts brought in after a tag was put on them, by month of tagging and currency. Kept, and
refreshed by runs.

source_relation: The account: the schema that its tables lie in
tag_id: Tag
tagged_month: First day of the month of tagging, in the account's zone
currency: Currency of the revenue, ISO 4217; empty: none
count_won_deals: Deals won after the tag was put on
count_orders: Orders made after the tag was put on
count_buyers: Contacts with such a deal or order
revenue_1_month: Worth of both within a month after the tag was put on; null: none
revenue_3_months: The same within three months
revenue_6_months: The same within six months
revenue_12_months: The same within twelve months
revenue_until_now: The same without an end
$$);
