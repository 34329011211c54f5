-- What happened to a campaign on a day. The API tells sums until now only, so this is the difference of what
-- we saw on one day and on the day before, and knows nothing from before the first time we looked. Kept,
-- since there is a snapshot for every change that was read. Each refresh reads all of them:
-- 730,000, two years of 1,000 campaigns that change every day, took 7 to 11 seconds.

CREATE MATERIALIZED VIEW analytics.int_activecampaign__campaign_days AS
WITH last_of_day AS (
  SELECT DISTINCT ON (s.source_relation, s.campaign_id, d.metric_day) d.metric_day, s.*
  FROM analytics.stg_activecampaign__campaign_snapshots s
  JOIN analytics.stg_activecampaign__source_accounts a USING (source_relation)
  CROSS JOIN LATERAL (SELECT (s.taken_at AT TIME ZONE a.time_zone)::date AS metric_day) AS d
  ORDER BY s.source_relation, s.campaign_id, d.metric_day, s.taken_at DESC
), beginnings AS MATERIALIZED (
  -- A campaign made after we first looked at any had sent nothing before we saw it.
  SELECT source_relation, min(taken_at) AS began_at
  FROM analytics.stg_activecampaign__campaign_snapshots GROUP BY source_relation
), days AS (
  SELECT source_relation, campaign_id, metric_day,
    lag(metric_day) OVER campaign AS day_before,
    sends, lag(sends) OVER campaign AS sends_before,
    opens, lag(opens) OVER campaign AS opens_before,
    unique_opens, lag(unique_opens) OVER campaign AS unique_opens_before,
    verified_unique_opens, lag(verified_unique_opens) OVER campaign AS verified_unique_opens_before,
    clicks, lag(clicks) OVER campaign AS clicks_before,
    unique_link_clicks, lag(unique_link_clicks) OVER campaign AS unique_link_clicks_before,
    unique_clickers, lag(unique_clickers) OVER campaign AS unique_clickers_before,
    hard_bounces, lag(hard_bounces) OVER campaign AS hard_bounces_before,
    soft_bounces, lag(soft_bounces) OVER campaign AS soft_bounces_before,
    unsubscribes, lag(unsubscribes) OVER campaign AS unsubscribes_before,
    forwards, lag(forwards) OVER campaign AS forwards_before,
    replies, lag(replies) OVER campaign AS replies_before
  FROM last_of_day
  WINDOW campaign AS (PARTITION BY source_relation, campaign_id ORDER BY metric_day)
), grown AS (
  SELECT d.source_relation, d.campaign_id, d.metric_day, d.metric_day - d.day_before AS days_covered,
    d.sends,
    d.sends - coalesce(d.sends_before, f.zero) AS new_sends,
    d.opens,
    d.opens - coalesce(d.opens_before, f.zero) AS new_opens,
    d.unique_opens,
    d.unique_opens - coalesce(d.unique_opens_before, f.zero) AS new_unique_opens,
    d.verified_unique_opens,
    d.verified_unique_opens - coalesce(d.verified_unique_opens_before, f.zero) AS new_verified_unique_opens,
    d.clicks,
    d.clicks - coalesce(d.clicks_before, f.zero) AS new_clicks,
    d.unique_link_clicks,
    d.unique_link_clicks - coalesce(d.unique_link_clicks_before, f.zero) AS new_unique_link_clicks,
    d.unique_clickers,
    d.unique_clickers - coalesce(d.unique_clickers_before, f.zero) AS new_unique_clickers,
    d.hard_bounces,
    d.hard_bounces - coalesce(d.hard_bounces_before, f.zero) AS new_hard_bounces,
    d.soft_bounces,
    d.soft_bounces - coalesce(d.soft_bounces_before, f.zero) AS new_soft_bounces,
    d.unsubscribes,
    d.unsubscribes - coalesce(d.unsubscribes_before, f.zero) AS new_unsubscribes,
    d.forwards,
    d.forwards - coalesce(d.forwards_before, f.zero) AS new_forwards,
    d.replies,
    d.replies - coalesce(d.replies_before, f.zero) AS new_replies
  FROM days d
  LEFT JOIN beginnings b ON b.source_relation = d.source_relation
  LEFT JOIN acsync.source_campaigns c
    ON c.source_relation = d.source_relation AND c.id = d.campaign_id
  CROSS JOIN LATERAL (
    SELECT CASE WHEN d.day_before IS NULL AND c.cdate >= b.began_at THEN 0 END AS zero) AS f
)
SELECT * FROM grown
WHERE days_covered IS NULL OR (new_sends, new_opens, new_unique_opens, new_verified_unique_opens,
  new_clicks, new_unique_link_clicks, new_unique_clickers, new_hard_bounces,
  new_soft_bounces, new_unsubscribes, new_forwards, new_replies)
  IS DISTINCT FROM (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
CREATE UNIQUE INDEX int_campaign_days_key
  ON analytics.int_activecampaign__campaign_days (source_relation, campaign_id, metric_day);
CREATE INDEX int_campaign_days_day
  ON analytics.int_activecampaign__campaign_days (source_relation, metric_day);
SELECT acsync.keep_refreshed(
  'analytics.int_activecampaign__campaign_days', ARRAY['campaigns_snapshots', 'campaigns']);
SELECT acsync.describe('analytics.int_activecampaign__campaign_days', $$
Counters of campaigns at the end of a day and their growth, as activecampaign__campaign_metrics_daily tells
them with names. Kept, and refreshed by runs.

source_relation: The account: the schema that its tables lie in
campaign_id: Campaign
metric_day: Day in the account's zone
days_covered: Days since it was looked at before; 1: this day alone; null: the first row of the campaign
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
Counters of campaigns at the end of a day, and by how much they grew on it. A campaign has no row for a day
on which no counter moved. Growth counts for the day on which it was read: where days_covered is more than
1, nothing was read on the days between. Of campaigns that are older than our history the first row knows no
growth: null. A counter that the service corrects downwards grows by a negative number.

source_relation: The account: the schema that its tables lie in
campaign_id: Campaign
campaign_name: Name of the campaign
metric_day: Day in the account's zone
days_covered: Days since it was looked at before; 1: this day alone; null: the first row of the campaign
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
