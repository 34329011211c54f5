-- Kept: what large tables come to by day or month, some thousands of rows each. The marts make series of
-- them and add names, so that names are never old.

CREATE MATERIALIZED VIEW analytics.int_activecampaign__list_days AS
SELECT source_relation, list_id, on_day, sum(subscribed)::bigint AS subscribed,
  sum(unsubscribed)::bigint AS unsubscribed, sum(bounced)::bigint AS bounced
FROM (
  SELECT m.source_relation, m.list AS list_id, (m.at AT TIME ZONE a.time_zone)::date AS on_day,
    1 AS subscribed, 0 AS unsubscribed, 0 AS bounced
  FROM (
    SELECT source_relation, list,
      coalesce(sdate, created_timestamp AT TIME ZONE 'America/Chicago') AS at
    FROM acsync.source_contact_lists
    WHERE _deleted_at IS NULL AND status IN (1, 2, 3)
  ) AS m JOIN analytics.stg_activecampaign__source_accounts a USING (source_relation)
  UNION ALL
  SELECT m.source_relation, m.list, (m.at AT TIME ZONE a.time_zone)::date, 0,
    (m.status = 2)::integer, (m.status = 3)::integer
  FROM (
    SELECT source_relation, list, status, greatest(
      coalesce(udate, updated_timestamp AT TIME ZONE 'America/Chicago', sdate),
      coalesce(sdate, created_timestamp AT TIME ZONE 'America/Chicago')) AS at
    FROM acsync.source_contact_lists
    WHERE _deleted_at IS NULL AND status IN (2, 3)
  ) AS m JOIN analytics.stg_activecampaign__source_accounts a USING (source_relation)
) AS events
WHERE on_day IS NOT NULL AND list_id IS NOT NULL
GROUP BY source_relation, list_id, on_day;
CREATE UNIQUE INDEX int_list_days_key
  ON analytics.int_activecampaign__list_days (source_relation, list_id, on_day);
SELECT acsync.keep_refreshed('analytics.int_activecampaign__list_days', ARRAY['contact_lists']);
SELECT acsync.describe('analytics.int_activecampaign__list_days', $$
Days on which contacts came to or left a list. Kept, and refreshed by runs.

source_relation: The account: the schema that its tables lie in
list_id: List
on_day: Day in the account's zone
subscribed: Contacts that subscribed, whatever became of them; unconfirmed ones left out
unsubscribed: Contacts that unsubscribed
bounced: Contacts that were taken off as their mails bounced
$$);

CREATE MATERIALIZED VIEW analytics.int_activecampaign__bounce_days AS
WITH bounces AS (
  -- One list a bounce, so that sums are right: of the campaign's lists the first that the contact is on.
  SELECT DISTINCT ON (b.source_relation, b.bounce_log_id)
    b.source_relation, b.bounce_log_id, b.bounced_at, b.bounce_code, b.bounce_type, l.listid AS list_id
  FROM analytics.stg_activecampaign__bounce_logs b
  LEFT JOIN acsync.source_campaign_lists l ON l.source_relation = b.source_relation
    AND l.campaignid = b.campaign_id AND l._deleted_at IS NULL
  LEFT JOIN acsync.source_contact_lists m ON m.source_relation = b.source_relation
    AND m.contact = b.contact_id AND m.list = l.listid AND m._deleted_at IS NULL
  ORDER BY b.source_relation, b.bounce_log_id, m.id IS NULL, l.listid
)
SELECT b.source_relation, (b.bounced_at AT TIME ZONE a.time_zone)::date AS on_day,
  coalesce(b.list_id, 0) AS list_id, coalesce(b.bounce_code, '') AS bounce_code, b.bounce_type,
  count(*) AS bounces
FROM bounces b
JOIN analytics.stg_activecampaign__source_accounts a USING (source_relation)
WHERE b.bounced_at IS NOT NULL
GROUP BY 1, 2, 3, 4, 5;
CREATE UNIQUE INDEX int_bounce_days_key ON analytics.int_activecampaign__bounce_days
  (source_relation, on_day, list_id, bounce_code, bounce_type);
SELECT acsync.keep_refreshed('analytics.int_activecampaign__bounce_days',
  ARRAY['bounce_logs', 'campaign_lists', 'contact_lists']);
SELECT acsync.describe('analytics.int_activecampaign__bounce_days', $$
Bounces by day, list and code. Kept, and refreshed by runs.

source_relation: The account: the schema that its tables lie in
on_day: Day in the account's zone
list_id: The list: of those that the campaign went to, the first that the contact is on; 0: none
bounce_code: Code of the kind of bounce; empty: none
bounce_type: hard, soft, not told
bounces: Mails that bounced
$$);

CREATE MATERIALIZED VIEW analytics.int_activecampaign__automation_entries AS
SELECT
  source_relation,
  automation AS automation_id,
  count(*) AS count_entries,
  count(DISTINCT contact) AS count_contacts,
  count(*) FILTER (WHERE status = 1) AS count_active,
  count(*) FILTER (WHERE completed) AS count_completed,
  count(*) FILTER (WHERE status = 2 AND completed IS NOT TRUE) AS count_left_early,
  percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM remdate - adddate)::float8)
    FILTER (WHERE completed AND remdate >= adddate) AS median_seconds,
  min(adddate) AS first_entered_at,
  max(adddate) AS last_entered_at
FROM acsync.source_contact_automations
WHERE _deleted_at IS NULL AND automation IS NOT NULL
GROUP BY source_relation, automation;
CREATE UNIQUE INDEX int_automation_entries_key
  ON analytics.int_activecampaign__automation_entries (source_relation, automation_id);
SELECT acsync.keep_refreshed(
  'analytics.int_activecampaign__automation_entries', ARRAY['contact_automations']);
SELECT acsync.describe('analytics.int_activecampaign__automation_entries', $$
Entries into automations, counted, one row an automation. Kept, and refreshed by runs.

source_relation: The account: the schema that its tables lie in
automation_id: Automation
count_entries: Entries
count_contacts: Contacts that entered
count_active: Entries that are still in
count_completed: Entries that reached the end
count_left_early: Entries that left before the end
median_seconds: Median time from entry to end of those that reached it; null: none did
first_entered_at: When the first contact entered
last_entered_at: When the last contact entered
$$);

CREATE MATERIALIZED VIEW analytics.int_activecampaign__pipeline_days AS
WITH versions AS (
  SELECT v.source_relation, coalesce(v.pipeline_id, 0) AS pipeline_id,
    coalesce(v.stage_id, 0) AS stage_id, coalesce(v.currency, '') AS currency, v.amount,
    v.amount * coalesce(v.win_probability, v.entered_percent) * 0.01 AS weighted_amount,
    (v.valid_from AT TIME ZONE a.time_zone)::date AS first_day,
    (v.valid_to AT TIME ZONE a.time_zone)::date AS day_after
  FROM analytics.stg_activecampaign__deal_versions v
  JOIN analytics.stg_activecampaign__source_accounts a USING (source_relation)
  WHERE v.status = 'open'
)
SELECT source_relation, pipeline_id, stage_id, currency, on_day, sum(deals)::bigint AS deals,
  sum(amount) AS amount, sum(weighted_amount) AS weighted_amount
FROM (
  SELECT source_relation, pipeline_id, stage_id, currency, first_day AS on_day, 1 AS deals,
    coalesce(amount, 0) AS amount, coalesce(weighted_amount, 0) AS weighted_amount
  FROM versions WHERE day_after IS NULL OR day_after > first_day
  UNION ALL
  SELECT source_relation, pipeline_id, stage_id, currency, day_after, -1,
    -coalesce(amount, 0), -coalesce(weighted_amount, 0)
  FROM versions WHERE day_after > first_day
) AS changes
GROUP BY source_relation, pipeline_id, stage_id, currency, on_day;
CREATE UNIQUE INDEX int_pipeline_days_key ON analytics.int_activecampaign__pipeline_days
  (source_relation, pipeline_id, stage_id, currency, on_day);
SELECT acsync.keep_refreshed('analytics.int_activecampaign__pipeline_days', ARRAY['deals']);
SELECT acsync.describe('analytics.int_activecampaign__pipeline_days', $$
By how much open deals grew or shrank on a day, against the end of the day before. Kept, and refreshed by
runs.

source_relation: The account: the schema that its tables lie in
pipeline_id: Pipeline; 0: none
stage_id: Stage; 0: none
currency: Currency of the amounts, ISO 4217; empty: none
on_day: Day in the account's zone
deals: Open deals more than the day before
amount: Their worth more than the day before, in units of currency
weighted_amount: The same, each deal times its chance to win
$$);
