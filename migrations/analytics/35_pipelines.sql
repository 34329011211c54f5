-- Pipelines: what was open on each day, how deals get from stage to stage, and how users do.

CREATE OR REPLACE VIEW analytics.activecampaign__pipeline_snapshot_daily AS
WITH days AS (
  SELECT b.source_relation, b.pipeline_id, b.stage_id, b.currency, b.first_day + n AS on_day
  FROM (
    SELECT source_relation, pipeline_id, stage_id, currency, min(on_day) AS first_day
    FROM analytics.int_activecampaign__pipeline_days
    GROUP BY source_relation, pipeline_id, stage_id, currency
  ) AS b
  JOIN analytics.stg_activecampaign__source_accounts a USING (source_relation)
  CROSS JOIN LATERAL generate_series(0, a.today - b.first_day) AS n
), totals AS (
  SELECT source_relation, pipeline_id, stage_id, currency, on_day,
    sum(e.deals) OVER so_far AS open_deals,
    sum(e.amount) OVER so_far AS amount,
    sum(e.weighted_amount) OVER so_far AS weighted_amount
  FROM days
  LEFT JOIN analytics.int_activecampaign__pipeline_days e
    USING (source_relation, pipeline_id, stage_id, currency, on_day)
  WINDOW so_far AS (
    PARTITION BY source_relation, pipeline_id, stage_id, currency ORDER BY on_day)
)
SELECT
  t.source_relation,
  nullif(t.pipeline_id, 0) AS pipeline_id,
  p.title AS pipeline_name,
  nullif(t.stage_id, 0) AS stage_id,
  s.title AS stage_name,
  s."order" AS stage_order,
  nullif(t.currency, '') AS currency,
  t.on_day AS snapshot_day,
  t.open_deals::bigint AS open_deals,
  round(t.amount, 2) AS amount,
  round(t.weighted_amount, 2) AS weighted_amount
FROM totals t
LEFT JOIN acsync.source_deal_pipelines p
  ON p.source_relation = t.source_relation AND p.id = t.pipeline_id
LEFT JOIN acsync.source_deal_stages s
  ON s.source_relation = t.source_relation AND s.id = t.stage_id;
SELECT acsync.describe('analytics.activecampaign__pipeline_snapshot_daily', $$
Open deals at the end of each day, by pipeline, stage and currency, from our history of deals: it begins on
the day that acsync first read them.

source_relation: The account: the schema that its tables lie in
pipeline_id: Pipeline; null: none
pipeline_name: Name of the pipeline
stage_id: Stage; null: none
stage_name: Name of the stage
stage_order: Place of the stage within its pipeline, ascending
currency: Currency of the amounts, ISO 4217 in upper case
snapshot_day: Day in the account's zone; today as it is now
open_deals: Open deals at the end of the day
amount: Their worth, in units of currency
weighted_amount: Their worth, each times its chance to win; deals without one count nothing
$$);

CREATE OR REPLACE VIEW analytics.activecampaign__funnel AS
SELECT
  v.source_relation,
  v.pipeline_id,
  p.title AS pipeline_name,
  v.stage_id,
  s.title AS stage_name,
  s."order" AS stage_order,
  v.count_entered,
  v.count_advanced,
  round(v.count_advanced / nullif(v.count_entered, 0)::numeric, 4) AS conversion_rate,
  v.count_open,
  v.count_won,
  v.count_lost,
  round(v.median_seconds::numeric / 86400, 2) AS median_days
FROM (
  SELECT source_relation, pipeline_id, stage_id,
    count(DISTINCT deal_id) AS count_entered,
    count(DISTINCT deal_id) FILTER (WHERE is_advanced) AS count_advanced,
    count(*) FILTER (WHERE is_last AND exited_at IS NULL) AS count_open,
    count(*) FILTER (WHERE exit_reason = 'won') AS count_won,
    count(*) FILTER (WHERE exit_reason = 'lost') AS count_lost,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM exited_at - entered_at)::float8)
      AS median_seconds
  FROM analytics.int_activecampaign__deal_stage_visits
  GROUP BY source_relation, pipeline_id, stage_id
) AS v
LEFT JOIN acsync.source_deal_stages s
  ON s.source_relation = v.source_relation AND s.id = v.stage_id
LEFT JOIN acsync.source_deal_pipelines p
  ON p.source_relation = v.source_relation AND p.id = v.pipeline_id;
SELECT acsync.describe('analytics.activecampaign__funnel', $$
Stages with the deals that ever came to them. A deal that skips a stage does not count there. For a span of
time group activecampaign__deal_stage_history by entered_at.

source_relation: The account: the schema that its tables lie in
pipeline_id: Pipeline
pipeline_name: Name of the pipeline
stage_id: Stage
stage_name: Name of the stage
stage_order: Place of the stage within its pipeline, ascending
count_entered: Deals that ever came to the stage
count_advanced: Those that came to a later stage of the pipeline afterwards, or were won
conversion_rate: count_advanced / count_entered, 0 to 1
count_open: Open deals that are in it
count_won: Deals won out of it
count_lost: Deals lost out of it
median_days: Median length of the stays that have ended, in days; null: none has
$$);

CREATE OR REPLACE VIEW analytics.activecampaign__owner_performance AS
SELECT
  e.source_relation,
  e.user_id,
  nullif(btrim(concat_ws(' ', u.first_name, u.last_name)), '') AS user_name,
  e.performance_month,
  e.currency,
  e.count_created,
  e.amount_created,
  e.count_won,
  e.amount_won,
  e.count_lost,
  e.amount_lost,
  round(e.count_won / nullif(e.count_won + e.count_lost, 0)::numeric, 4) AS win_rate,
  round(e.days_to_close, 1) AS average_days_to_close
FROM (
  SELECT source_relation, user_id, performance_month, currency,
    count(*) FILTER (WHERE event = 'created') AS count_created,
    coalesce(sum(amount) FILTER (WHERE event = 'created'), 0) AS amount_created,
    count(*) FILTER (WHERE event = 'won') AS count_won,
    coalesce(sum(amount) FILTER (WHERE event = 'won'), 0) AS amount_won,
    count(*) FILTER (WHERE event = 'lost') AS count_lost,
    coalesce(sum(amount) FILTER (WHERE event = 'lost'), 0) AS amount_lost,
    avg(days_to_close) FILTER (WHERE event <> 'created') AS days_to_close
  FROM (
    SELECT source_relation, owner_user_id AS user_id, currency, amount, days_to_close,
      'created' AS event, date_trunc('month', created_on::timestamp)::date AS performance_month
    FROM analytics.activecampaign__deals WHERE status IS NOT NULL
    UNION ALL
    SELECT source_relation, owner_user_id, currency, amount, days_to_close, status,
      date_trunc('month', closed_on::timestamp)::date
    FROM analytics.activecampaign__deals WHERE status IN ('won', 'lost')
  ) AS events
  GROUP BY source_relation, user_id, performance_month, currency
) AS e
LEFT JOIN acsync.source_users u ON u.source_relation = e.source_relation AND u.id = e.user_id;
SELECT acsync.describe('analytics.activecampaign__owner_performance', $$
Users by month and currency. A deal counts for the user who owns it now: created in the month it was
created in, won and lost in the month it was closed in.

source_relation: The account: the schema that its tables lie in
user_id: User; null: deals without an owner
user_name: First and last name [pii]
performance_month: First day of the month, in the account's zone
currency: Currency of the amounts, ISO 4217 in upper case
count_created: Deals created
amount_created: Their worth, in units of currency
count_won: Deals won
amount_won: Their worth, in units of currency
count_lost: Deals lost
amount_lost: Their worth, in units of currency
win_rate: count_won / (count_won + count_lost), 0 to 1; null: none was closed
average_days_to_close: Average days from creation to closing of the deals closed; null: none was
$$);
