-- What happened to a campaign on a day. The API tells sums until now only, so this is the difference of what
-- we saw on one day and on the day before, and knows nothing from before the first time we looked.

CREATE OR REPLACE VIEW analytics.activecampaign__campaign_metrics_daily AS
WITH last_of_day AS (
  SELECT DISTINCT ON (s.source_relation, s.campaign_id, (s.taken_at AT TIME ZONE a.time_zone)::date)
    s AS now, (s.taken_at AT TIME ZONE a.time_zone)::date AS metric_day
  FROM analytics.stg_activecampaign__campaign_snapshots s
  JOIN analytics.stg_activecampaign__source_accounts a USING (source_relation)
  ORDER BY s.source_relation, s.campaign_id, (s.taken_at AT TIME ZONE a.time_zone)::date,
    s.taken_at DESC
), days AS (
  SELECT now, metric_day, lag(now) OVER campaign AS before,
    metric_day - lag(metric_day) OVER campaign AS days_covered
  FROM last_of_day
  WINDOW campaign AS (
    PARTITION BY (now).source_relation, (now).campaign_id ORDER BY metric_day)
), beginnings AS (
  SELECT source_relation, min(taken_at) AS began_at
  FROM analytics.stg_activecampaign__campaign_snapshots GROUP BY source_relation
)
SELECT
  (d.now).source_relation,
  (d.now).campaign_id,
  c.name AS campaign_name,
  d.metric_day,
  d.days_covered,
  x.is_complete,
  (d.now).sends,
  (d.now).sends - x.sends AS new_sends,
  (d.now).opens,
  (d.now).opens - x.opens AS new_opens,
  (d.now).unique_opens,
  (d.now).unique_opens - x.unique_opens AS new_unique_opens,
  (d.now).verified_unique_opens,
  (d.now).verified_unique_opens - x.verified_unique_opens AS new_verified_unique_opens,
  (d.now).clicks,
  (d.now).clicks - x.clicks AS new_clicks,
  (d.now).unique_link_clicks,
  (d.now).unique_link_clicks - x.unique_link_clicks AS new_unique_link_clicks,
  (d.now).unique_clickers,
  (d.now).unique_clickers - x.unique_clickers AS new_unique_clickers,
  (d.now).hard_bounces,
  (d.now).hard_bounces - x.hard_bounces AS new_hard_bounces,
  (d.now).soft_bounces,
  (d.now).soft_bounces - x.soft_bounces AS new_soft_bounces,
  (d.now).unsubscribes,
  (d.now).unsubscribes - x.unsubscribes AS new_unsubscribes,
  (d.now).forwards,
  (d.now).forwards - x.forwards AS new_forwards,
  (d.now).replies,
  (d.now).replies - x.replies AS new_replies
FROM days d
JOIN beginnings b ON b.source_relation = (d.now).source_relation
LEFT JOIN acsync.source_campaigns c
  ON c.source_relation = (d.now).source_relation AND c.id = (d.now).campaign_id
-- A campaign made after we began to look had nothing before its first day here.
CROSS JOIN LATERAL (SELECT d.days_covered IS NOT NULL OR c.cdate >= b.began_at AS is_complete,
  CASE WHEN d.days_covered IS NULL AND c.cdate >= b.began_at THEN 0 END AS zero) AS f
CROSS JOIN LATERAL (SELECT
  coalesce(f.is_complete, false) AS is_complete,
  coalesce((d.before).sends, f.zero) AS sends,
  coalesce((d.before).opens, f.zero) AS opens,
  coalesce((d.before).unique_opens, f.zero) AS unique_opens,
  coalesce((d.before).verified_unique_opens, f.zero) AS verified_unique_opens,
  coalesce((d.before).clicks, f.zero) AS clicks,
  coalesce((d.before).unique_link_clicks, f.zero) AS unique_link_clicks,
  coalesce((d.before).unique_clickers, f.zero) AS unique_clickers,
  coalesce((d.before).hard_bounces, f.zero) AS hard_bounces,
  coalesce((d.before).soft_bounces, f.zero) AS soft_bounces,
  coalesce((d.before).unsubscribes, f.zero) AS unsubscribes,
  coalesce((d.before).forwards, f.zero) AS forwards,
  coalesce((d.before).replies, f.zero) AS replies) AS x;
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
