-- Automations and the way of contacts through them; scores and segments.

CREATE OR REPLACE VIEW analytics.stg_activecampaign__automations AS
SELECT
  source_relation,
  id AS automation_id,
  name AS automation_name,
  CASE status WHEN 1 THEN 'active' WHEN 2 THEN 'inactive' ELSE 'unknown (' || status || ')' END AS status,
  status = 1 AS is_active,
  hidden AS is_hidden,
  multientry AS is_entered_repeatedly,
  entered AS count_entered,
  exited AS count_exited,
  nullif(userid, 0) AS user_id,
  cdate AS created_at,
  mdate AS edited_at,
  _synced_at AS synced_at
FROM acsync.source_automations
WHERE _deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__automations', $$
Automations with the service's own counts.

source_relation: The account: the schema that its tables lie in
automation_id: Id in ActiveCampaign
automation_name: Name that people see
status: active or inactive; unknown (N) for a number we do not know
is_active: Whether contacts enter it and go on in it
is_hidden: Whether it is hidden from the overview
is_entered_repeatedly: Whether a contact may enter it more than once
count_entered: Entries, as the service counts them; contacts deleted since are in it
count_exited: Exits, as the service counts them
user_id: User who made it; null: none
created_at: When the automation was created
edited_at: When it was last edited
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__contact_automations AS
SELECT
  e.source_relation,
  e.id AS contact_automation_id,
  e.contact AS contact_id,
  e.automation AS automation_id,
  a.name AS automation_name,
  CASE e.status WHEN 1 THEN 'active' WHEN 2 THEN 'done' ELSE 'unknown (' || e.status || ')' END AS status,
  e.status = 1 AS is_active,
  e.completed AS is_completed,
  e.adddate AS entered_at,
  e.remdate AS left_at,
  e.lastdate AS last_step_at,
  e.completed_elements AS count_steps_done,
  e.total_elements AS count_steps,
  e.complete_value AS percent_done,
  e._synced_at AS synced_at
FROM acsync.source_contact_automations e
LEFT JOIN acsync.source_automations a
  ON a.source_relation = e.source_relation AND a.id = e.automation
WHERE e._deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__contact_automations', $$
Entries of contacts into automations, and how far they came.

source_relation: The account: the schema that its tables lie in
contact_automation_id: Id in ActiveCampaign
contact_id: Contact in the automation
automation_id: Automation it entered
automation_name: Name of the automation
status: active or done; unknown (N) for a number we do not know
is_active: Whether it is still in
is_completed: Whether it reached the end
entered_at: When it entered
left_at: When it left; null: it is still in
last_step_at: When it reached its last step
count_steps_done: Steps done
count_steps: Steps in all
percent_done: Steps done, in percent
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__score_values AS
SELECT
  v.source_relation,
  v.id AS score_value_id,
  v.score AS score_id,
  s.name AS score_name,
  nullif(v.contact, 0) AS contact_id,
  nullif(v.deal, 0) AS deal_id,
  v.score_value AS points,
  v.cdate AS created_at,
  v.mdate AS updated_at,
  v._synced_at AS synced_at
FROM acsync.source_score_values v
LEFT JOIN acsync.source_scores s ON s.source_relation = v.source_relation AND s.id = v.score
WHERE v._deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__score_values', $$
Scores of contacts and deals, a row each.

source_relation: The account: the schema that its tables lie in
score_value_id: Id in ActiveCampaign
score_id: Score
score_name: Name of the score
contact_id: Contact that is rated; null: a deal is
deal_id: Deal that is rated; null: a contact is
points: Points it has
created_at: When it was first rated
updated_at: When its points last changed
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__segments AS
SELECT
  source_relation,
  id AS segment_id,
  nullif(name, '') AS segment_name,
  logic,
  hidden AS is_hidden,
  nullif(seriesid, 0) AS automation_id,
  created_timestamp AT TIME ZONE 'America/Chicago' AS created_at,
  updated_timestamp AT TIME ZONE 'America/Chicago' AS updated_at,
  _synced_at AS synced_at
FROM acsync.source_segments
WHERE _deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__segments', $$
Segments of contacts; who is in them is told by no list of the API.

source_relation: The account: the schema that its tables lie in
segment_id: Id in ActiveCampaign
segment_name: Name that people see; null on hidden ones
logic: Whether all conditions must hold (and) or one (or)
is_hidden: Whether it is a helper of an automation or a campaign
automation_id: Automation it belongs to; null: none
created_at: When it was created
updated_at: When it last changed
synced_at: When the service sent this version
$$);
