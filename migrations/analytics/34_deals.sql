-- Deals: how long, how much, how stale; their way through the stages; and who closes them.

CREATE OR REPLACE VIEW analytics.activecampaign__deals AS
SELECT
  d.source_relation,
  d.deal_id,
  d.deal_title,
  d.pipeline_id,
  d.pipeline_name,
  d.stage_id,
  d.stage_name,
  d.stage_order,
  d.owner_user_id,
  d.owner_name,
  d.contact_id,
  d.account_id,
  d.account_name,
  d.status,
  d.is_open,
  d.is_won,
  d.is_lost,
  d.amount,
  d.currency,
  coalesce(d.win_probability, d.entered_percent) AS win_probability,
  round(CASE d.status WHEN 'won' THEN d.amount WHEN 'lost' THEN 0
    WHEN 'open' THEN d.amount * coalesce(d.win_probability, d.entered_percent) / 100 END, 2)
    AS weighted_amount,
  d.created_at,
  (d.created_at AT TIME ZONE a.time_zone)::date AS created_on,
  m.closed_at,
  (m.closed_at AT TIME ZONE a.time_zone)::date AS closed_on,
  m.closing_source,
  d.expected_close_on,
  d.next_task_due_at,
  v.entered_at AS stage_entered_at,
  CASE WHEN d.is_open THEN a.today - (v.entered_at AT TIME ZONE a.time_zone)::date END AS days_in_stage,
  coalesce((m.closed_at AT TIME ZONE a.time_zone)::date, CASE WHEN d.is_open THEN a.today END)
    - (d.created_at AT TIME ZONE a.time_zone)::date AS days_open,
  (m.closed_at AT TIME ZONE a.time_zone)::date - (d.created_at AT TIME ZONE a.time_zone)::date
    AS days_to_close,
  m.count_activities,
  greatest(d.updated_at, m.last_activity_at) AS last_worked_at,
  CASE WHEN d.is_open THEN
    a.today - (greatest(d.updated_at, m.last_activity_at) AT TIME ZONE a.time_zone)::date > 30
    ELSE false END AS is_stale,
  d.updated_at,
  d.synced_at
FROM analytics.stg_activecampaign__deals d
JOIN analytics.stg_activecampaign__source_accounts a USING (source_relation)
LEFT JOIN analytics.int_activecampaign__deal_milestones m
  ON m.source_relation = d.source_relation AND m.deal_id = d.deal_id
LEFT JOIN analytics.int_activecampaign__deal_stage_visits v
  ON v.source_relation = d.source_relation AND v.deal_id = d.deal_id AND v.is_last;
SELECT acsync.describe('analytics.activecampaign__deals', $$
Deals as they are now, one row each.

source_relation: The account: the schema that its tables lie in
deal_id: Id in ActiveCampaign
deal_title: Name that people see [pii]
pipeline_id: Its pipeline
pipeline_name: Name of the pipeline
stage_id: Its stage; a closed deal stays in its last one
stage_name: Name of the stage
stage_order: Place of the stage within its pipeline, ascending
owner_user_id: User who owns it; null: none
owner_name: First and last name of the owner [pii]
contact_id: Its primary contact; null: none
account_id: Account it belongs to; null: none
account_name: Name of the account
status: open, won or lost; null: hidden from the key
is_open: Whether it is open
is_won: Whether it was won
is_lost: Whether it was lost
amount: Worth in units of currency, such as dollars, not cents
currency: Currency of amount, ISO 4217 in upper case
win_probability: Chance to win, in percent: predicted, else as a user entered it; null: neither
weighted_amount: Of an open deal amount * win_probability / 100 (null: no chance told), of a won one
  amount, of a lost one 0
created_at: When the deal was created
created_on: Day of that in the account's zone
closed_at: When it was won or lost; null: it is open
closed_on: Day of that in the account's zone
closing_source: What tells closed_at: activity (the deal's log), version (our history of deals), last
  change (nothing; its last change stands in)
expected_close_on: Day it is expected to close, as entered; null: not set
next_task_due_at: When its next task is due; null: none
stage_entered_at: When it came to its stage
days_in_stage: Days since then of an open deal; null: it is closed
days_open: Days from its creation to its closing, or to today
days_to_close: Days from its creation to its closing; null: it is open
count_activities: Activities recorded on it
last_worked_at: When it last changed or something was last recorded on it
is_stale: Whether it is open and last_worked_at is more than 30 days ago
updated_at: When it last changed
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.activecampaign__deal_stage_history AS
SELECT
  v.source_relation,
  v.deal_id,
  v.visit_number,
  v.pipeline_id,
  p.title AS pipeline_name,
  v.stage_id,
  s.title AS stage_name,
  s."order" AS stage_order,
  v.entered_at,
  v.exited_at,
  v.exit_reason,
  round((extract(epoch FROM coalesce(v.exited_at, greatest(a.as_of, v.entered_at)) - v.entered_at)
    / 86400)::numeric, 2) AS days_in_stage,
  v.moved_by_user_id,
  nullif(btrim(concat_ws(' ', u.first_name, u.last_name)), '') AS moved_by_name,
  v.entry_source,
  v.is_last,
  v.is_advanced
FROM analytics.int_activecampaign__deal_stage_visits v
JOIN analytics.stg_activecampaign__source_accounts a USING (source_relation)
LEFT JOIN acsync.source_deal_stages s
  ON s.source_relation = v.source_relation AND s.id = v.stage_id
LEFT JOIN acsync.source_deal_pipelines p
  ON p.source_relation = v.source_relation AND p.id = v.pipeline_id
LEFT JOIN acsync.source_users u
  ON u.source_relation = v.source_relation AND u.id = v.moved_by_user_id;
SELECT acsync.describe('analytics.activecampaign__deal_stage_history', $$
Stays of deals in stages, one row a stay: the stays of a deal follow each other without gap or overlap.

source_relation: The account: the schema that its tables lie in
deal_id: Deal
visit_number: Number of the stay of the deal, from 1
pipeline_id: Pipeline of the stage
pipeline_name: Name of the pipeline
stage_id: Stage
stage_name: Name of the stage
stage_order: Place of the stage within its pipeline, ascending
entered_at: When the deal came to the stage
exited_at: When it left it or was closed; null: it is there
exit_reason: moved, won or lost; null: it is there
days_in_stage: Days from entered_at to exited_at, or to now, with fractions
moved_by_user_id: User who moved it here; null: not told, or it was created here
moved_by_name: First and last name of that user [pii]
entry_source: What tells so: creation, activity (the deal's log), version (our history of deals), last
  change (nothing tells the move; the deal's last change stands in)
is_last: Whether it is the stage the deal is in
is_advanced: Whether the deal came to a later stage of the pipeline afterwards, or was won
$$);
