-- Accounts, users, and what users write down and plan: notes and tasks; custom fields of deals.

CREATE OR REPLACE VIEW analytics.stg_activecampaign__users AS
SELECT
  source_relation,
  id AS user_id,
  nullif(btrim(concat_ws(' ', first_name, last_name)), '') AS user_name,
  nullif(username, '') AS login_name,
  nullif(email, '') AS email,
  nullif(local_zoneid, '') AS time_zone,
  _deleted_at IS NULL AS is_present,
  _synced_at AS synced_at
FROM acsync.source_users;
SELECT acsync.describe('analytics.stg_activecampaign__users', $$
Users of the account. Those that are gone stay, since what they owned and did names them.

source_relation: The account: the schema that its tables lie in
user_id: Id in ActiveCampaign
user_name: First and last name [pii]
login_name: Name for signing in [pii]
email: E-mail address [pii]
time_zone: Time zone of the user, such as Europe/Berlin; null: not told
is_present: Whether the account still lists it
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__accounts AS
SELECT
  a.source_relation,
  a.id AS account_id,
  a.name AS account_name,
  nullif(a.account_url, '') AS account_url,
  nullif(a.owner, 0) AS owner_user_id,
  nullif(btrim(concat_ws(' ', u.first_name, u.last_name)), '') AS owner_name,
  a.contact_count AS count_contacts,
  a.deal_count AS count_deals,
  a.created_timestamp AS created_at,
  a.updated_timestamp AS updated_at,
  a._synced_at AS synced_at
FROM acsync.source_accounts a
LEFT JOIN acsync.source_users u ON u.source_relation = a.source_relation AND u.id = a.owner
WHERE a._deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__accounts', $$
Companies that contacts and deals belong to.

source_relation: The account: the schema that its tables lie in
account_id: Id in ActiveCampaign
account_name: Name of the company
account_url: Web address of the company; null: none
owner_user_id: User who owns it; null: none
owner_name: First and last name of the owner [pii]
count_contacts: Contacts linked to it, as the service counts them
count_deals: Deals linked to it, as the service counts them
created_at: When the account was created
updated_at: When it last changed
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__account_contacts AS
SELECT
  l.source_relation,
  l.id AS account_contact_id,
  l.account AS account_id,
  a.name AS account_name,
  l.contact AS contact_id,
  nullif(l.job_title, '') AS job_title,
  l.created_timestamp AS linked_at,
  l._synced_at AS synced_at
FROM acsync.source_account_contacts l
LEFT JOIN acsync.source_accounts a ON a.source_relation = l.source_relation AND a.id = l.account
WHERE l._deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__account_contacts', $$
Which contact belongs to which account.

source_relation: The account: the schema that its tables lie in
account_contact_id: Id in ActiveCampaign
account_id: Account it belongs to
account_name: Name of the account
contact_id: Contact that belongs to it
job_title: The contact's job there; null: not told [pii]
linked_at: When it was linked
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__notes AS
SELECT
  source_relation,
  id AS note_id,
  CASE reltype
    WHEN 'Subscriber' THEN 'contact' WHEN 'Deal' THEN 'deal' WHEN 'Activity' THEN 'activity'
    WHEN 'CustomerAccount' THEN 'account' WHEN 'DealTask' THEN 'task' ELSE reltype
  END AS object_type,
  nullif(relid, 0) AS object_id,
  CASE WHEN reltype = 'Subscriber' THEN nullif(relid, 0) END AS contact_id,
  CASE WHEN reltype = 'Deal' THEN nullif(relid, 0) END AS deal_id,
  CASE WHEN reltype = 'CustomerAccount' THEN nullif(relid, 0) END AS account_id,
  nullif(coalesce("user", userid), 0) AS user_id,
  note AS note_text,
  is_draft,
  cdate AS created_at,
  mdate AS updated_at,
  _synced_at AS synced_at
FROM acsync.source_notes
WHERE _deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__notes', $$
Notes on contacts, deals, accounts, tasks and activities.

source_relation: The account: the schema that its tables lie in
note_id: Id in ActiveCampaign
object_type: What it is about: contact, deal, account, task, activity
object_id: Id of what it is about, in the table that object_type names
contact_id: Contact it is about; null: it is about something else
deal_id: Deal it is about; null: it is about something else
account_id: Account it is about; null: it is about something else
user_id: User who wrote it; null: none
note_text: Text of the note [pii]
is_draft: Whether it is a draft
created_at: When the note was written
updated_at: When it last changed
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__tasks AS
SELECT
  t.source_relation,
  t.id AS task_id,
  t.title AS task_title,
  t.deal_tasktype AS task_type_id,
  k.title AS task_type_name,
  CASE t.status WHEN 0 THEN 'open' WHEN 1 THEN 'done' ELSE 'unknown (' || t.status || ')' END AS status,
  t.status = 1 AS is_done,
  CASE t.reltype WHEN 'Subscriber' THEN 'contact' WHEN 'Deal' THEN 'deal'
    WHEN 'Activity' THEN 'activity' ELSE t.reltype END AS object_type,
  nullif(t.relid, 0) AS object_id,
  CASE WHEN t.reltype = 'Subscriber' THEN nullif(t.relid, 0) END AS contact_id,
  CASE WHEN t.reltype = 'Deal' THEN nullif(t.relid, 0) END AS deal_id,
  nullif(t."user", 0) AS created_by_user_id,
  CASE WHEN t.assignee #>> '{}' ~ '^[1-9][0-9]{0,17}$' THEN (t.assignee #>> '{}')::bigint
    WHEN t.assignee ->> 'id' ~ '^[1-9][0-9]{0,17}$' THEN (t.assignee ->> 'id')::bigint
  END AS assignee_user_id,
  nullif(t.automation, 0) AS automation_id,
  o.title AS outcome_name,
  o.sentiment AS outcome_sentiment,
  t.cdate AS created_at,
  t.duedate AS due_at,
  t.donedate AS done_at,
  t._synced_at AS synced_at
FROM acsync.source_tasks t
LEFT JOIN acsync.source_task_types k
  ON k.source_relation = t.source_relation AND k.id = t.deal_tasktype
LEFT JOIN acsync.source_task_outcomes o
  ON o.source_relation = t.source_relation AND o.id = t.outcome_id
WHERE t._deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__tasks', $$
Tasks on deals and on contacts.

source_relation: The account: the schema that its tables lie in
task_id: Id in ActiveCampaign
task_title: Name that people see [pii]
task_type_id: Kind of task
task_type_name: Name of that kind, such as Call
status: open or done; unknown (N) for a number we do not know
is_done: Whether it is done
object_type: What it is about: contact, deal, activity
object_id: Id of what it is about, in the table that object_type names
contact_id: Contact it is about; null: it is about something else
deal_id: Deal it is about; null: it is about something else
created_by_user_id: User who made it; null: none
assignee_user_id: User who is to do it; null: none
automation_id: Automation that made it; null: none
outcome_name: How it went; null: not told
outcome_sentiment: NEGATIVE, NEUTRAL, POSITIVE; null: not told
created_at: When the task was created
due_at: When it is due
done_at: When it was done; null: it is not, or that is not told
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__deal_custom_field_values AS
SELECT
  v.source_relation,
  v.id AS deal_custom_field_value_id,
  v.deal_id,
  v.custom_field_id AS deal_custom_field_id,
  f.field_label AS deal_custom_field_name,
  f.field_type,
  CASE WHEN jsonb_typeof(v.field_value) = 'array' THEN
    (SELECT string_agg(choice, ', ' ORDER BY place)
     FROM jsonb_array_elements_text(v.field_value) WITH ORDINALITY AS t (choice, place))
    ELSE v.field_value #>> '{}'
  END AS value,
  upper(nullif(v.field_currency, '')) AS currency,
  v.updated_timestamp AS updated_at,
  v._synced_at AS synced_at
FROM acsync.source_deal_custom_field_values v
LEFT JOIN acsync.source_deal_custom_fields f
  ON f.source_relation = v.source_relation AND f.id = v.custom_field_id
WHERE v._deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__deal_custom_field_values', $$
What deals have in their custom fields, a row each.

source_relation: The account: the schema that its tables lie in
deal_custom_field_value_id: Id in ActiveCampaign
deal_id: Deal that has it
deal_custom_field_id: Field
deal_custom_field_name: Name of the field
field_type: Kind of the field, such as text, dropdown, currency, number
value: Value as text; several choices with commas; money as the service sends it, in cents [pii]
currency: Currency of a value of money; null for other fields
updated_at: When it last changed
synced_at: When the service sent this version
$$);
