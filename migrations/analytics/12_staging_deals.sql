-- Deals with the names of what they point to, and what happened to them.

CREATE OR REPLACE VIEW analytics.stg_activecampaign__pipelines AS
SELECT
  source_relation,
  id AS pipeline_id,
  title AS pipeline_name,
  upper(currency) AS currency,
  cdate AS created_at,
  udate AS updated_at,
  _synced_at AS synced_at
FROM acsync.source_deal_pipelines
WHERE _deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__pipelines', $$
Pipelines that deals move through.

source_relation: The account: the schema that its tables lie in
pipeline_id: Id in ActiveCampaign
pipeline_name: Name that people see
currency: Currency for new deals, ISO 4217; a deal may have another
created_at: When the pipeline was created
updated_at: When it last changed
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__stages AS
SELECT
  s.source_relation,
  s.id AS stage_id,
  s.title AS stage_name,
  s."group" AS pipeline_id,
  p.title AS pipeline_name,
  s."order" AS stage_order,
  s.cdate AS created_at,
  s.udate AS updated_at,
  s._synced_at AS synced_at
FROM acsync.source_deal_stages s
LEFT JOIN acsync.source_deal_pipelines p
  ON p.source_relation = s.source_relation AND p.id = s."group"
WHERE s._deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__stages', $$
Stages of the pipelines.

source_relation: The account: the schema that its tables lie in
stage_id: Id in ActiveCampaign
stage_name: Name that people see
pipeline_id: Its pipeline
pipeline_name: Name of the pipeline
stage_order: Place within its pipeline, ascending
created_at: When the stage was created; null on stages that came with the pipeline
updated_at: When it last changed; null on stages that came with the pipeline
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__deals AS
SELECT
  d.source_relation,
  d.id AS deal_id,
  d.title AS deal_title,
  d."group" AS pipeline_id,
  p.title AS pipeline_name,
  d.stage AS stage_id,
  s.title AS stage_name,
  s."order" AS stage_order,
  nullif(d.owner, 0) AS owner_user_id,
  nullif(btrim(concat_ws(' ', u.first_name, u.last_name)), '') AS owner_name,
  nullif(d.contact, 0) AS contact_id,
  nullif(d.account, 0) AS account_id,
  a.name AS account_name,
  CASE d.status
    WHEN 0 THEN 'open' WHEN 1 THEN 'won' WHEN 2 THEN 'lost' ELSE 'unknown (' || d.status || ')'
  END AS status,
  d.status = 0 AS is_open,
  d.status = 1 AS is_won,
  d.status = 2 AS is_lost,
  d.value * 0.01 AS amount,
  upper(d.currency) AS currency,
  d.win_probability,
  nullif(d.percent, 0) AS entered_percent,
  d.cdate AS created_at,
  d.mdate AS updated_at,
  d.edate::date AS expected_close_on,
  d.nextdate AS next_task_due_at,
  nullif(d.next_task, 0) AS next_task_id,
  d.activitycount AS count_activities,
  d.is_disabled AS is_hidden_from_key,
  d._synced_at AS synced_at
FROM acsync.source_deals d
LEFT JOIN acsync.source_deal_pipelines p
  ON p.source_relation = d.source_relation AND p.id = d."group"
LEFT JOIN acsync.source_deal_stages s ON s.source_relation = d.source_relation AND s.id = d.stage
LEFT JOIN acsync.source_users u ON u.source_relation = d.source_relation AND u.id = d.owner
LEFT JOIN acsync.source_accounts a ON a.source_relation = d.source_relation AND a.id = d.account
WHERE d._deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__deals', $$
Deals, won, lost and open. Of deals in pipelines that the key's user may not see, id and title are all
there is.

source_relation: The account: the schema that its tables lie in
deal_id: Id in ActiveCampaign
deal_title: Name that people see [pii]
pipeline_id: Its pipeline
pipeline_name: Name of the pipeline
stage_id: Its stage
stage_name: Name of the stage
stage_order: Place of the stage within its pipeline, ascending
owner_user_id: User who owns it; null: none
owner_name: First and last name of the owner [pii]
contact_id: Its primary contact; null: none
account_id: Account it belongs to; null: none
account_name: Name of the account
status: open, won or lost; unknown (N) for a number we do not know; null: hidden from the key
is_open: Whether it is open
is_won: Whether it was won
is_lost: Whether it was lost
amount: Worth in units of currency, such as dollars, not cents
currency: Currency of amount, ISO 4217 in upper case
win_probability: Predicted chance to win, in percent; null: not predicted
entered_percent: Chance that a user entered, in percent; null: not set
created_at: When the deal was created
updated_at: When it last changed
expected_close_on: Day it is expected to close, by a US Central clock; null: not set; not when it closed
next_task_due_at: When its next task is due; null: none
next_task_id: Its next open task; null: none
count_activities: Activities recorded on it, as the service counts them
is_hidden_from_key: Whether the key's user may not see its pipeline
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__deal_activities AS
SELECT
  source_relation,
  id AS deal_activity_id,
  d_id AS deal_id,
  CASE WHEN data_type IN ('stage', 'd_stageid') THEN 'stage' ELSE data_type END AS activity_type,
  data_action AS activity_action,
  nullif(data_id, 0) AS object_id,
  CASE WHEN data_type IN ('stage', 'd_stageid') THEN
    coalesce(nullif(data_id, 0), nullif(d_stageid, 0))
  END AS to_stage_id,
  CASE WHEN data_type IN ('stage', 'd_stageid') AND data_oldval ~ '^[1-9][0-9]{0,17}$' THEN
    data_oldval::bigint
  END AS from_stage_id,
  CASE WHEN data_type = 'status' THEN data_id END AS to_status_number,
  nullif(data_oldval, '') AS old_value,
  nullif(userid, 0) AS user_id,
  nullif(coalesce(automation, seriesid), 0) AS automation_id,
  cdate AS happened_at,
  deleted AS is_marked_deleted,
  _synced_at AS synced_at
FROM acsync.source_deal_activities
WHERE _deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__deal_activities', $$
What happened to deals: stages passed, owners changed, tasks and notes added.

source_relation: The account: the schema that its tables lie in
deal_activity_id: Id in ActiveCampaign
deal_id: Deal it happened to
activity_type: What it is about, such as stage, status, value, note, task; the service's d_stageid is stage
activity_action: What was done, such as add, change, update, delete
object_id: Id of what it is about, in the table that activity_type tells; null: none
to_stage_id: Stage the deal came to; null for what is no change of stage
from_stage_id: Stage it left; null for what is no change of stage, or where it is not told
to_status_number: Status it came to: 0 open, 1 won, 2 lost; null for what is no change of status
old_value: Value before; null: none [pii]
user_id: User who did it; null: none
automation_id: Automation that did it; null: none
happened_at: When it happened
is_marked_deleted: Whether the service has marked it deleted and still lists it
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__contact_deals AS
SELECT
  c.source_relation,
  c.id AS contact_deal_id,
  c.deal AS deal_id,
  c.contact AS contact_id,
  CASE WHEN c.role ~ '^[1-9][0-9]{0,17}$' THEN c.role::bigint END AS deal_role_id,
  c.cdate AS linked_at,
  c._synced_at AS synced_at
FROM acsync.source_contact_deals c
WHERE c._deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__contact_deals', $$
Further contacts of deals, besides the primary one.

source_relation: The account: the schema that its tables lie in
contact_deal_id: Id in ActiveCampaign
deal_id: Deal it is a further contact of
contact_id: The further contact
deal_role_id: Its part in the deal; null: none
linked_at: When it was linked
synced_at: When the service sent this version
$$);
