-- Lists, tags and forms, and which contact is on or bears which.

CREATE OR REPLACE VIEW analytics.stg_activecampaign__lists AS
SELECT
  source_relation,
  id AS list_id,
  name AS list_name,
  channel,
  nullif("user", 0) AS owner_user_id,
  active_subscribers AS count_active_contacts,
  non_deleted_subscribers AS count_contacts,
  private AS is_private,
  cdate AS created_at,
  udate AS updated_at,
  deletestamp IS NOT NULL AS is_marked_deleted,
  deletestamp AT TIME ZONE 'America/Chicago' AS marked_deleted_at,
  _synced_at AS synced_at
FROM acsync.source_lists
WHERE _deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__lists', $$
Mailing lists that the key's user may see.

source_relation: The account: the schema that its tables lie in
list_id: Id in ActiveCampaign
list_name: Name that people see
channel: Channel it serves: email, sms
owner_user_id: User who owns it; null: none
count_active_contacts: Contacts subscribed now, as the service counts them; null: not told
count_contacts: Contacts on it in any status, as the service counts them; null: not told
is_private: Whether it is left out of public lists
created_at: When the list was created
updated_at: When it last changed; null until a change
is_marked_deleted: Whether the service has marked it deleted and still lists it
marked_deleted_at: When it was marked deleted; null: it lives
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__contact_lists AS
SELECT
  m.source_relation,
  m.id AS contact_list_id,
  m.contact AS contact_id,
  m.list AS list_id,
  l.name AS list_name,
  CASE m.status
    WHEN 0 THEN 'unconfirmed' WHEN 1 THEN 'active' WHEN 2 THEN 'unsubscribed' WHEN 3 THEN 'bounced'
    ELSE 'unknown (' || m.status || ')'
  END AS status,
  m.status = 1 AS is_active,
  m.sdate AS subscribed_at,
  CASE WHEN m.status IN (2, 3) THEN
    coalesce(m.udate, m.updated_timestamp AT TIME ZONE 'America/Chicago', m.sdate)
  END AS left_at,
  m.udate AS status_changed_at,
  nullif(m.form, 0) AS form_id,
  nullif(coalesce(m.automation, m.seriesid), 0) AS automation_id,
  nullif(m.campaign, 0) AS unsubscribe_campaign_id,
  nullif(m.message, 0) AS unsubscribe_message_id,
  nullif(m.unsubscribe_automation, 0) AS unsubscribe_automation_id,
  nullif(m.unsubreason, '') AS unsubscribe_reason,
  nullif(m.channel, '') AS channel,
  m._synced_at AS synced_at
FROM acsync.source_contact_lists m
LEFT JOIN acsync.source_lists l ON l.source_relation = m.source_relation AND l.id = m.list
WHERE m._deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__contact_lists', $$
Which contact is on which list, and in what state. The service keeps the last state only: a contact that
left and came back shows as having come once.

source_relation: The account: the schema that its tables lie in
contact_list_id: Id in ActiveCampaign
contact_id: Contact on the list
list_id: List it is on
list_name: Name of the list
status: unconfirmed, active, unsubscribed or bounced; unknown (N) for a number we do not know
is_active: Whether the contact gets mails of the list
subscribed_at: When it subscribed
left_at: When it unsubscribed or bounced: the status' change, else the row's; null: it is on the list
status_changed_at: When the state last changed; null until a change
form_id: Form it came by; null: none
automation_id: Automation that put it on; null: none
unsubscribe_campaign_id: Campaign by which it unsubscribed; null: none
unsubscribe_message_id: Message by which it unsubscribed; null: none
unsubscribe_automation_id: Automation that unsubscribed it; null: none
unsubscribe_reason: Reason it gave for unsubscribing; null: none [pii]
channel: Channel of the subscription: email, sms
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__tags AS
SELECT
  source_relation,
  id AS tag_id,
  tag AS tag_name,
  tag_type,
  nullif(description, '') AS description,
  subscriber_count AS count_contacts,
  coalesce(cdate, created_timestamp AT TIME ZONE 'America/Chicago') AS created_at,
  updated_timestamp AT TIME ZONE 'America/Chicago' AS updated_at,
  deleted AS is_marked_deleted,
  _synced_at AS synced_at
FROM acsync.source_tags
WHERE _deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__tags', $$
Tags, for contacts and for templates.

source_relation: The account: the schema that its tables lie in
tag_id: Id in ActiveCampaign
tag_name: Name that people see
tag_type: What it is put on: contact or template
description: Description; null: none
count_contacts: Contacts that bear it, as the service counts them
created_at: When it was created
updated_at: When the row last changed, also when count_contacts did
is_marked_deleted: Whether the service has marked it deleted and still lists it
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__contact_tags AS
SELECT
  m.source_relation,
  m.id AS contact_tag_id,
  m.contact AS contact_id,
  m.tag AS tag_id,
  t.tag AS tag_name,
  m.cdate AS tagged_at,
  nullif(m.created_by, 0) AS tagged_by_user_id,
  m._synced_at AS synced_at
FROM acsync.source_contact_tags m
LEFT JOIN acsync.source_tags t ON t.source_relation = m.source_relation AND t.id = m.tag
WHERE m._deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__contact_tags', $$
Which contact bears which tag. A tag taken off is a row gone: who bore it before is not known.

source_relation: The account: the schema that its tables lie in
contact_tag_id: Id in ActiveCampaign
contact_id: Contact that bears the tag
tag_id: Tag it bears
tag_name: Name of the tag
tagged_at: When the tag was put on
tagged_by_user_id: User who put it on; null: an automation, a form or the API
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__forms AS
SELECT
  source_relation,
  id AS form_id,
  name AS form_name,
  nullif(title, '') AS form_title,
  nullif(url, '') AS page_url,
  layout,
  nullif(userid, 0) AS owner_user_id,
  entries AS count_entries,
  contacts AS count_contacts,
  deals AS count_deals,
  cdate AS created_at,
  udate AS updated_at,
  _synced_at AS synced_at
FROM acsync.source_forms
WHERE _deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__forms', $$
Sign-up forms.

source_relation: The account: the schema that its tables lie in
form_id: Id in ActiveCampaign
form_name: Name that people see
form_title: Title shown above it; null: none
page_url: Address of the page it stands on; null: not told
layout: Layout: inline-form, floating-bar, floating-box, modal
owner_user_id: User who owns it; null: none
count_entries: Submissions, as the service counts them
count_contacts: Contacts that came by it, as the service counts them
count_deals: Deals that came by it, as the service counts them
created_at: When the form was created
updated_at: When it last changed
synced_at: When the service sent this version
$$);
