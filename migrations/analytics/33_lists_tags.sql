-- How lists grow, where mails to them bounce, and what tagged contacts bring in.

CREATE OR REPLACE VIEW analytics.activecampaign__list_growth_daily AS
WITH days AS (
  SELECT b.source_relation, b.list_id, b.first_day + n AS growth_day
  FROM (
    SELECT source_relation, list_id, min(on_day) AS first_day
    FROM analytics.int_activecampaign__list_days GROUP BY source_relation, list_id
  ) AS b
  JOIN analytics.stg_activecampaign__source_accounts a USING (source_relation)
  CROSS JOIN LATERAL generate_series(0, a.today - b.first_day) AS n
), totals AS (
  SELECT source_relation, list_id, growth_day,
    coalesce(e.subscribed, 0) AS subscribed,
    coalesce(e.unsubscribed, 0) AS unsubscribed,
    coalesce(e.bounced, 0) AS bounced,
    (sum(coalesce(e.subscribed - e.unsubscribed - e.bounced, 0)) OVER (
      PARTITION BY source_relation, list_id ORDER BY growth_day))::bigint AS active_total
  FROM days d
  LEFT JOIN (
    SELECT source_relation, list_id, on_day AS growth_day, subscribed, unsubscribed, bounced
    FROM analytics.int_activecampaign__list_days
  ) AS e USING (source_relation, list_id, growth_day)
)
SELECT
  t.source_relation,
  t.list_id,
  l.name AS list_name,
  t.growth_day,
  t.subscribed,
  t.unsubscribed,
  t.bounced,
  t.subscribed - t.unsubscribed - t.bounced AS net_growth,
  t.active_total,
  round((t.unsubscribed + t.bounced)
    / nullif(t.active_total - t.subscribed + t.unsubscribed + t.bounced, 0)::numeric, 6) AS churn_rate
FROM totals t
LEFT JOIN acsync.source_lists l ON l.source_relation = t.source_relation AND l.id = t.list_id;
SELECT acsync.describe('analytics.activecampaign__list_growth_daily', $$
Lists by day, from the first subscription to today, made of the present memberships: contacts that were
deleted, or left and came back, do not show in what was before. The service's own count of every day since
we look is in stg_activecampaign__list_snapshots.

source_relation: The account: the schema that its tables lie in
list_id: List
list_name: Name of the list
growth_day: Day in the account's zone
subscribed: Contacts that subscribed on the day
unsubscribed: Contacts that unsubscribed on the day
bounced: Contacts taken off on the day as their mails bounced
net_growth: subscribed - unsubscribed - bounced
active_total: Contacts active on the list at the end of the day
churn_rate: (unsubscribed + bounced) / contacts active at the beginning of the day; null: none were
$$);

CREATE OR REPLACE VIEW analytics.activecampaign__bounces_daily AS
SELECT
  b.source_relation,
  b.on_day AS bounce_day,
  nullif(b.list_id, 0) AS list_id,
  l.name AS list_name,
  nullif(b.bounce_code, '') AS bounce_code,
  sum(b.bounces) FILTER (WHERE b.bounce_type = 'hard')::bigint AS hard_bounces,
  sum(b.bounces) FILTER (WHERE b.bounce_type = 'soft')::bigint AS soft_bounces,
  sum(b.bounces)::bigint AS bounces
FROM analytics.int_activecampaign__bounce_days b
LEFT JOIN acsync.source_lists l ON l.source_relation = b.source_relation AND l.id = b.list_id
GROUP BY b.source_relation, b.on_day, b.list_id, l.name, b.bounce_code;
SELECT acsync.describe('analytics.activecampaign__bounces_daily', $$
Bounces by day, list and code, from the service's log of bounces. Each counts for one list: of those that
the campaign went to, the first that the contact is on.

source_relation: The account: the schema that its tables lie in
bounce_day: Day it bounced, in the account's zone
list_id: List; null: the mail was of no campaign, or its lists are not told
list_name: Name of the list
bounce_code: Code of the kind of bounce: one of SMTP, such as 511, or a number of the service; null: none
hard_bounces: Mails that bounced for good: SMTP 5xx; null: none
soft_bounces: Mails that bounced for now: SMTP 4xx; null: none
bounces: All, also those of which neither is told
$$);

CREATE OR REPLACE VIEW analytics.activecampaign__tag_cohorts AS
SELECT
  m.source_relation,
  m.tag_id,
  t.tag AS tag_name,
  m.tagged_month,
  m.count_contacts,
  nullif(r.currency, '') AS currency,
  coalesce(r.count_buyers, 0) AS count_buyers,
  coalesce(r.count_won_deals, 0) AS count_won_deals,
  coalesce(r.count_orders, 0) AS count_orders,
  CASE WHEN f.cohort_end + interval '1 month' <= f.today THEN coalesce(r.revenue_1_month, 0) END
    AS revenue_1_month,
  CASE WHEN f.cohort_end + interval '3 months' <= f.today THEN coalesce(r.revenue_3_months, 0) END
    AS revenue_3_months,
  CASE WHEN f.cohort_end + interval '6 months' <= f.today THEN coalesce(r.revenue_6_months, 0) END
    AS revenue_6_months,
  CASE WHEN f.cohort_end + interval '12 months' <= f.today THEN coalesce(r.revenue_12_months, 0) END
    AS revenue_12_months,
  coalesce(r.revenue_until_now, 0) AS revenue_until_now
FROM analytics.int_activecampaign__tag_months m
JOIN analytics.stg_activecampaign__source_accounts a USING (source_relation)
CROSS JOIN LATERAL (
  SELECT m.tagged_month + interval '1 month' AS cohort_end, a.today::timestamp AS today
) AS f
LEFT JOIN analytics.int_activecampaign__tag_month_revenue r
  USING (source_relation, tag_id, tagged_month)
LEFT JOIN acsync.source_tags t ON t.source_relation = m.source_relation AND t.id = m.tag_id;
SELECT acsync.describe('analytics.activecampaign__tag_cohorts', $$
Contacts by tag and the month they got it in, and what they brought in afterwards, a row a currency: where
there are several, count_contacts is told with each. Contacts the tag was taken off are not among them.

source_relation: The account: the schema that its tables lie in
tag_id: Tag
tag_name: Name of the tag
tagged_month: First day of the month, in the account's zone
count_contacts: Contacts that got the tag in the month and still bear it
currency: Currency of the revenue, ISO 4217; null: they brought in nothing
count_buyers: Contacts with a deal won or an order made after the tag was put on
count_won_deals: Their deals won after it was put on
count_orders: Their orders made after it was put on
revenue_1_month: Worth of both within a month after it was put on, in units of currency; null: that month
  is not over for all of them
revenue_3_months: The same within three months; null: not over yet
revenue_6_months: The same within six months; null: not over yet
revenue_12_months: The same within twelve months; null: not over yet
revenue_until_now: The same without an end
$$);
