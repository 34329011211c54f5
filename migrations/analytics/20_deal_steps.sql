-- Kept: when deals closed and which stages they were in. Both walk all activities and versions of deals,
-- which is too slow for every question and cheap once a run.

CREATE MATERIALIZED VIEW analytics.int_activecampaign__deal_milestones AS
WITH version_closings AS (
  SELECT source_relation, id, status, max(valid_from) AS closed_at
  FROM (
    SELECT source_relation, id, status, valid_from,
      lag(status) OVER (PARTITION BY source_relation, id ORDER BY valid_from) AS status_before
    FROM acsync.source_deals_history
  ) AS v
  WHERE status IN (1, 2) AND status_before <> status
  GROUP BY source_relation, id, status
), told AS (
  SELECT d.source_relation, d.id, d.status, d.mdate,
    count(*) FILTER (WHERE a.deleted IS NOT TRUE AND a.id IS NOT NULL) AS count_activities,
    max(a.cdate) FILTER (WHERE a.deleted IS NOT TRUE) AS last_activity_at,
    max(a.cdate) FILTER (WHERE a.data_type = 'status' AND a.data_id = d.status) AS closed_at,
    (array_agg(nullif(a.userid, 0) ORDER BY a.cdate DESC, a.id DESC)
      FILTER (WHERE a.data_type = 'status' AND a.data_id = d.status))[1] AS closed_by_user_id
  FROM acsync.source_deals d
  LEFT JOIN acsync.source_deal_activities a
    ON a.source_relation = d.source_relation AND a.d_id = d.id AND a._deleted_at IS NULL
  WHERE d._deleted_at IS NULL
  GROUP BY d.source_relation, d.id, d.status, d.mdate
)
SELECT
  t.source_relation,
  t.id AS deal_id,
  CASE WHEN t.status IN (1, 2) THEN coalesce(t.closed_at, v.closed_at, t.mdate) END AS closed_at,
  CASE WHEN t.status IN (1, 2) THEN
    CASE WHEN t.closed_at IS NOT NULL THEN 'activity' WHEN v.closed_at IS NOT NULL THEN 'version'
      ELSE 'last change' END
  END AS closing_source,
  CASE WHEN t.status IN (1, 2) THEN t.closed_by_user_id END AS closed_by_user_id,
  t.count_activities,
  t.last_activity_at
FROM told t
LEFT JOIN version_closings v
  ON v.source_relation = t.source_relation AND v.id = t.id AND v.status = t.status;
CREATE UNIQUE INDEX int_deal_milestones_key
  ON analytics.int_activecampaign__deal_milestones (source_relation, deal_id);
SELECT acsync.keep_refreshed(
  'analytics.int_activecampaign__deal_milestones', ARRAY['deals', 'deal_activities']);
SELECT acsync.describe('analytics.int_activecampaign__deal_milestones', $$
When deals were won or lost and last worked on, one row a deal. Kept, and refreshed by runs.

source_relation: The account: the schema that its tables lie in
deal_id: Deal
closed_at: When it was won or lost; null: it is open
closing_source: What tells so: activity (the deal's own log), version (our history of deals: not before it
  was read), last change (nothing tells; its last change stands in)
closed_by_user_id: User who closed it; null: not told
count_activities: Activities recorded on it
last_activity_at: When the last one was; null: none
$$);

CREATE MATERIALIZED VIEW analytics.int_activecampaign__deal_stage_visits AS
WITH activity_moves AS MATERIALIZED (
  SELECT source_relation, deal_id, happened_at AS at, deal_activity_id AS number, from_stage_id,
    to_stage_id, user_id, 'activity' AS entry_source
  FROM analytics.stg_activecampaign__deal_activities
  WHERE activity_type = 'stage' AND to_stage_id IS NOT NULL
), version_moves AS (
  SELECT source_relation, id AS deal_id, valid_from AS at, stage AS to_stage_id,
    lag(stage) OVER versions AS from_stage_id, lag(valid_from) OVER versions AS at_before
  FROM acsync.source_deals_history
  WINDOW versions AS (PARTITION BY source_relation, id ORDER BY valid_from)
), moves AS MATERIALIZED (
  SELECT source_relation, deal_id, at, number, from_stage_id, to_stage_id, user_id, entry_source
  FROM activity_moves
  UNION ALL
  -- A version tells of a move that no activity between it and the version before tells.
  SELECT v.source_relation, v.deal_id, v.at, 0, v.from_stage_id, v.to_stage_id, NULL, 'version'
  FROM version_moves v
  WHERE v.to_stage_id <> v.from_stage_id AND NOT EXISTS (
    SELECT FROM activity_moves a
    WHERE a.source_relation = v.source_relation AND a.deal_id = v.deal_id
      AND a.to_stage_id = v.to_stage_id
      AND a.at > v.at_before - interval '1 hour' AND a.at <= v.at + interval '1 hour'
  )
), first_moves AS (
  SELECT DISTINCT ON (source_relation, deal_id) source_relation, deal_id, at, from_stage_id
  FROM moves ORDER BY source_relation, deal_id, at, number
), last_moves AS (
  SELECT DISTINCT ON (source_relation, deal_id) source_relation, deal_id, at, to_stage_id
  FROM moves ORDER BY source_relation, deal_id, at DESC, number DESC
), deals AS MATERIALIZED (
  SELECT d.source_relation, d.id AS deal_id, d.stage, d.status, d.cdate, d.mdate, m.closed_at
  FROM acsync.source_deals d
  LEFT JOIN analytics.int_activecampaign__deal_milestones m
    ON m.source_relation = d.source_relation AND m.deal_id = d.id
  WHERE d._deleted_at IS NULL AND d.stage IS NOT NULL
), entries AS (
  SELECT d.source_relation, d.deal_id, least(d.cdate, f.at) AS at, -1 AS number,
    coalesce(f.from_stage_id, CASE WHEN f.deal_id IS NULL THEN d.stage END) AS stage_id,
    NULL::bigint AS user_id, 'creation' AS entry_source
  FROM deals d LEFT JOIN first_moves f USING (source_relation, deal_id)
  UNION ALL
  SELECT m.source_relation, m.deal_id, m.at, m.number, m.to_stage_id, m.user_id, m.entry_source
  FROM moves m JOIN deals USING (source_relation, deal_id)
  UNION ALL
  SELECT d.source_relation, d.deal_id, greatest(d.mdate, l.at), 9223372036854775807, d.stage, NULL,
    'last change'
  FROM deals d JOIN last_moves l USING (source_relation, deal_id)
  WHERE l.to_stage_id <> d.stage
), changes AS (
  SELECT e.*, lag(stage_id) OVER (
    PARTITION BY source_relation, deal_id ORDER BY at, number) AS stage_before
  FROM entries e WHERE stage_id IS NOT NULL
), visits AS (
  SELECT c.source_relation, c.deal_id, c.stage_id, c.at AS entered_at, c.user_id, c.entry_source,
    row_number() OVER deal AS visit_number, lead(c.at) OVER deal AS next_at
  FROM changes c WHERE stage_before IS DISTINCT FROM stage_id
  WINDOW deal AS (PARTITION BY source_relation, deal_id ORDER BY at, number)
)
SELECT
  v.source_relation,
  v.deal_id,
  v.visit_number,
  v.stage_id,
  s."group" AS pipeline_id,
  v.entered_at,
  coalesce(
    v.next_at, CASE WHEN d.closed_at IS NOT NULL THEN greatest(v.entered_at, d.closed_at) END
  ) AS exited_at,
  CASE WHEN v.next_at IS NOT NULL THEN 'moved' WHEN d.status = 1 THEN 'won'
    WHEN d.status = 2 THEN 'lost' END AS exit_reason,
  v.user_id AS moved_by_user_id,
  v.entry_source,
  v.next_at IS NULL AS is_last,
  d.status = 1 OR coalesce(max(s."order") OVER later > s."order", false) AS is_advanced
FROM visits v
JOIN deals d USING (source_relation, deal_id)
LEFT JOIN acsync.source_deal_stages s
  ON s.source_relation = v.source_relation AND s.id = v.stage_id
WINDOW later AS (
  PARTITION BY v.source_relation, v.deal_id, s."group" ORDER BY v.visit_number
  ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
);
CREATE UNIQUE INDEX int_deal_stage_visits_key
  ON analytics.int_activecampaign__deal_stage_visits (source_relation, deal_id, visit_number);
CREATE UNIQUE INDEX int_deal_stage_visits_last
  ON analytics.int_activecampaign__deal_stage_visits (source_relation, deal_id) WHERE is_last;
SELECT acsync.keep_refreshed('analytics.int_activecampaign__deal_stage_visits',
  ARRAY['deals', 'deal_activities', 'deal_stages']);
SELECT acsync.describe('analytics.int_activecampaign__deal_stage_visits', $$
Stays of deals in stages, one row a stay, in turn and without overlap. Kept, and refreshed by runs.

source_relation: The account: the schema that its tables lie in
deal_id: Deal
visit_number: Number of the stay of the deal, from 1
stage_id: Stage
pipeline_id: Pipeline of the stage; null: the stage was never read
entered_at: When it came
exited_at: When it left or the deal was closed; null: it is there
exit_reason: moved, won or lost; null: it is there
moved_by_user_id: User who moved it here; null: not told
entry_source: What tells so: creation, activity (the deal's log), version (our history of deals), last
  change (nothing tells the move; the deal's last change stands in)
is_last: Whether it is the stage the deal is in
is_advanced: Whether the deal came to a later stage of the pipeline afterwards, or was won
$$);
