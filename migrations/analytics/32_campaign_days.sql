-- What happened to a campaign on a day. The API tells sums until now only, so this is the difference of what
-- we saw on one day and on the day before, and knows nothing from before the first time we looked. Kept,
-- since there is a snapshot for every change that was read.

CREATE MATERIALIZED VIEW analytics.int_activecampaign__campaign_days AS
WITH last_of_day AS (
  SELECT DISTINCT ON (s.source_relation, s.campaign_id, d.metric_day) d.metric_day, s.*
  FROM analytics.stg_activecampaign__campaign_snapshots s
  JOIN analytics.stg_activecampaign__source_accounts a USING (source_relation)
  CROSS JOIN LATERAL (SELECT (s.taken_at AT TIME ZONE a.time_zone)::date AS metric_day) AS d
  ORDER BY s.source_relation, s.campaign_id, d.metric_day, s.taken_at DESC
), beginnings AS MATERIALIZED (
  SELECT source_relation, min(taken_at) AS began_at
  FROM analytics.stg_activecampaign__campaign_snapshots GROUP BY source_relation
), days AS (
  -- A campaign made after we began to look had nothing before its first day here.
  SELECT l.*, CASE WHEN c.cdate >= b.began_at THEN 0 END AS before
  FROM last_of_day l
  JOIN beginnings b USING (source_relation)
  LEFT JOIN acsync.source_campaigns c
    ON c.source_relation = l.source_relation AND c.id = l.campaign_id
)
SELECT
  source_relation,
  campaign_id,
  metric_day,
  metric_day - lag(metric_day) OVER campaign AS days_covered,
  sends,
  sends - coalesce(lag(sends) OVER campaign,
    CASE WHEN lag(metric_day) OVER campaign IS NULL THEN before END) AS new_sends,
  opens,
  opens - coalesce(lag(opens) OVER campaign,
    CASE WHEN lag(metric_day) OVER campaign IS NULL THEN before END) AS new_opens,
  unique_opens,
  unique_opens - coalesce(lag(unique_opens) OVER campaign,
    CASE WHEN lag(metric_day) OVER campaign IS NULL THEN before END) AS new_unique_opens,
  verified_unique_opens,
  verified_unique_opens - coalesce(lag(verified_unique_opens) OVER campaign,
    CASE WHEN lag(metric_day) OVER campaign IS NULL THEN before END) AS new_verified_unique_opens,
  clicks,
  clicks - coalesce(lag(clicks) OVER campaign,
    CASE WHEN lag(metric_day) OVER campaign IS NULL THEN before END) AS new_clicks,
  unique_link_clicks,
  unique_link_clicks - coalesce(lag(unique_link_clicks) OVER campaign,
    CASE WHEN lag(metric_day) OVER campaign IS NULL THEN before END) AS new_unique_link_clicks,
  unique_clickers,
  unique_clickers - coalesce(lag(unique_clickers) OVER campaign,
    CASE WHEN lag(metric_day) OVER campaign IS NULL THEN before END) AS new_unique_clickers,
  hard_bounces,
  hard_bounces - coalesce(lag(hard_bounces) OVER campaign,
    CASE WHEN lag(metric_day) OVER campaign IS NULL THEN before END) AS new_hard_bounces,
  soft_bounces,
  soft_bounces - coalesce(lag(soft_bounces) OVER campaign,
    CASE WHEN lag(metric_day) OVER campaign IS NULL THEN before END) AS new_soft_bounces,
  unsubscribes,
  unsubscribes - coalesce(lag(unsubscribes) OVER campaign,
    CASE WHEN lag(metric_day) OVER campaign IS NULL THEN before END) AS new_unsubscribes,
  forwards,
  forwards - coalesce(lag(forwards) OVER campaign,
    CASE WHEN lag(metric_day) OVER campaign IS NULL THEN before END) AS new_forwards,
  replies,
  replies - coalesce(lag(replies) OVER campaign,
    CASE WHEN lag(metric_day) OVER campaign IS NULL THEN before END) AS new_replies
FROM days
WINDOW campaign AS (PARTITION BY source_relation, campaign_id ORDER BY metric_day);
CREATE UNIQUE INDEX int_campaign_days_key
  ON analytics.int_activecampaign__campaign_days (source_relation, campaign_id, metric_day);
CREATE INDEX int_campaign_days_day
  ON analytics.int_activecampaign__campaign_days (source_relation, metric_day);
SELECT acsync.keep_refreshed('analytics.int_activecampaign__campaign_days', ARRAY['campaigns']);
SELECT acsync.describe('analytics.int_activecampaign__campaign_days', $$
Counters of campaigns at the end of a day and their growth, as activecampaign__campaign_metrics_daily tells
them with names. Kept, and refreshed by runs.

source_relation: The account: the schema that its tables lie in
campaign_id: Campaign
metric_day: Day in the account's zone
days_covered: Days since the row before; 1: this day alone; null: the first row of the campaign
sends: Mails sent until the end of the day
new_sends: Growth of sends; null: not known
opens: Opens until then, repeated ones too
new_opens: Growth of opens; null: not known
unique_opens: Contacts who had opened it
new_unique_opens: Growth of unique_opens: contacts who opened it for the first time; null: not known
verified_unique_opens: Contacts who had opened it, privacy prefetches left out
new_verified_unique_opens: Growth of verified_unique_opens; null: not known
clicks: Clicks until then, repeated ones too
new_clicks: Growth of clicks; null: not known
unique_link_clicks: Clicks until then, counted once for each contact and link
new_unique_link_clicks: Growth of unique_link_clicks; null: not known
unique_clickers: Contacts who had clicked
new_unique_clickers: Growth of unique_clickers; null: not known
hard_bounces: Mails that had bounced for good
new_hard_bounces: Growth of hard_bounces; null: not known
soft_bounces: Mails that had bounced for now
new_soft_bounces: Growth of soft_bounces; null: not known
unsubscribes: Contacts who had unsubscribed by it
new_unsubscribes: Growth of unsubscribes; null: not known
forwards: Forwards until then
new_forwards: Growth of forwards; null: not known
replies: Replies until then
new_replies: Growth of replies; null: not known
$$);

CREATE OR REPLACE VIEW analytics.activecampaign__campaign_metrics_daily AS
SELECT
  d.source_relation,
  d.campaign_id,
  c.name AS campaign_name,
  d.metric_day,
  d.days_covered,
  d.new_sends IS NOT NULL AS is_complete,
  d.sends,
  d.new_sends,
  d.opens,
  d.new_opens,
  d.unique_opens,
  d.new_unique_opens,
  d.verified_unique_opens,
  d.new_verified_unique_opens,
  d.clicks,
  d.new_clicks,
  d.unique_link_clicks,
  d.new_unique_link_clicks,
  d.unique_clickers,
  d.new_unique_clickers,
  d.hard_bounces,
  d.new_hard_bounces,
  d.soft_bounces,
  d.new_soft_bounces,
  d.unsubscribes,
  d.new_unsubscribes,
  d.forwards,
  d.new_forwards,
  d.replies,
  d.new_replies
FROM analytics.int_activecampaign__campaign_days d
LEFT JOIN acsync.source_campaigns c
  ON c.source_relation = d.source_relation AND c.id = d.campaign_id;
SELECT acsync.describe('analytics.activecampaign__campaign_metrics_daily', $$
Counters of campaigns at the end of a day, and by how much each grew since the end of the last day before
that has a row. Days on which nothing was read of a campaign have no row: days_covered then tells that a
row speaks for several. Of campaigns that are older than our history the first row knows no growth: null.
A counter that the service corrects downwards grows by a negative number.

source_relation: The account: the schema that its tables lie in
campaign_id: Campaign
campaign_name: Name of the campaign
metric_day: Day in the account's zone
days_covered: Days since the row before; 1: this day alone; null: the first row of the campaign
is_complete: Whether the growth is known: false on first rows of campaigns older than our history
sends: Mails sent until the end of the day
new_sends: Growth of sends; null: not known
opens: Opens until then, repeated ones too
new_opens: Growth of opens; null: not known
unique_opens: Contacts who had opened it
new_unique_opens: Growth of unique_opens: contacts who opened it for the first time; null: not known
verified_unique_opens: Contacts who had opened it, privacy prefetches left out
new_verified_unique_opens: Growth of verified_unique_opens; null: not known
clicks: Clicks until then, repeated ones too
new_clicks: Growth of clicks; null: not known
unique_link_clicks: Clicks until then, counted once for each contact and link
new_unique_link_clicks: Growth of unique_link_clicks; null: not known
unique_clickers: Contacts who had clicked
new_unique_clickers: Growth of unique_clickers; null: not known
hard_bounces: Mails that had bounced for good
new_hard_bounces: Growth of hard_bounces; null: not known
soft_bounces: Mails that had bounced for now
new_soft_bounces: Growth of soft_bounces; null: not known
unsubscribes: Contacts who had unsubscribed by it
new_unsubscribes: Growth of unsubscribes; null: not known
forwards: Forwards until then
new_forwards: Growth of forwards; null: not known
replies: Replies until then
new_replies: Growth of replies; null: not known
$$);
