-- What happened when: bounces, and the logs that are read only if named (no rows where they are not).

CREATE OR REPLACE VIEW analytics.stg_activecampaign__bounce_logs AS
SELECT
  source_relation,
  id AS bounce_log_id,
  contact AS contact_id,
  nullif(campaign, 0) AS campaign_id,
  nullif(message, 0) AS message_id,
  nullif(coalesce(code, codeid), '') AS bounce_code,
  CASE
    WHEN replace(coalesce(code, codeid), '.', '') ~ '^5[0-9]{2,}$' THEN 'hard'
    WHEN replace(coalesce(code, codeid), '.', '') ~ '^4[0-9]{2,}$' THEN 'soft'
    WHEN error ~ '^5[0-9][0-9][ -]' THEN 'hard'
    WHEN error ~ '^4[0-9][0-9][ -]' THEN 'soft'
    ELSE 'not told'
  END AS bounce_type,
  nullif(email, '') AS email,
  nullif(error, '') AS error_text,
  tstamp AS bounced_at,
  _synced_at AS synced_at
FROM acsync.source_bounce_logs
WHERE _deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__bounce_logs', $$
Mails that bounced, with their reason.

source_relation: The account: the schema that its tables lie in
bounce_log_id: Id in ActiveCampaign
contact_id: Contact it was sent to
campaign_id: Campaign it was of; null: none
message_id: Message that was sent; null: none
bounce_code: Code of the kind of bounce: one of SMTP, such as 511 or 5.1.1, or a number of the service
bounce_type: hard (SMTP 5xx, by the code or else the server's words), soft (4xx), or not told
email: E-mail address it was sent to [pii]
error_text: Words of the receiving server; null: none [pii]
bounced_at: When it bounced
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__send_logs AS
SELECT
  source_relation,
  id AS send_log_id,
  contact AS contact_id,
  nullif(campaign, 0) AS campaign_id,
  nullif(message, 0) AS message_id,
  successful AS is_delivered,
  tstamp AS sent_at,
  _synced_at AS synced_at
FROM acsync.source_send_logs
WHERE _deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__send_logs', $$
Mails sent, a row a contact and campaign. Read only where the stream send_logs is named: else no rows.

source_relation: The account: the schema that its tables lie in
send_log_id: Id in ActiveCampaign
contact_id: Contact it was sent to
campaign_id: Campaign it was of; null: none
message_id: Message that was sent; null: none
is_delivered: Whether it was delivered
sent_at: When it was sent
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__link_data AS
SELECT
  source_relation,
  id AS link_data_id,
  subscriberid AS contact_id,
  nullif(campaignid, 0) AS campaign_id,
  nullif(messageid, 0) AS message_id,
  nullif(coalesce(linkid, link), 0) AS campaign_link_id,
  isread = 1 AS is_open,
  CASE WHEN times ~ '^[0-9]{1,18}$' THEN times::bigint END AS count_times,
  tstamp AS happened_at,
  _synced_at AS synced_at
FROM acsync.source_link_data
WHERE _deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__link_data', $$
Opens and clicks, a row a contact and link. Read only where the stream link_data is named: else no rows.

source_relation: The account: the schema that its tables lie in
link_data_id: Id in ActiveCampaign
contact_id: Contact that opened or clicked
campaign_id: Campaign; null: none
message_id: Message; null: none
campaign_link_id: Link that was clicked, or the pixel
is_open: Whether it is an open, counted by the pixel, and no click
count_times: How often, as the service counts it; null: not a number
happened_at: When it happened
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__tracking_logs AS
SELECT
  source_relation,
  id AS tracking_log_id,
  coalesce(contact, subscriberid) AS contact_id,
  type AS event_name,
  nullif(value, '') AS event_value,
  tstamp AS happened_at,
  _synced_at AS synced_at
FROM acsync.source_tracking_logs
WHERE _deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__tracking_logs', $$
Events and visits that were tracked. Read only where the stream tracking_logs is named: else no rows.

source_relation: The account: the schema that its tables lie in
tracking_log_id: Id in ActiveCampaign
contact_id: Contact that was tracked
event_name: Name of the event
event_value: What was told of the event, such as the page that was visited; null: nothing [pii]
happened_at: When it happened
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__contact_conversions AS
SELECT
  v.source_relation,
  v.id AS contact_conversion_id,
  v.contact AS contact_id,
  v.conversion AS conversion_id,
  c.name AS conversion_name,
  nullif(v.converted_by_type, '') AS cause_type,
  nullif(v.converted_by_id, 0) AS cause_id,
  v.value * 0.01 AS amount,
  upper(nullif(v.currency, '')) AS currency,
  v.cdate AS converted_at,
  v._synced_at AS synced_at
FROM acsync.source_contact_conversions v
LEFT JOIN acsync.source_conversions c
  ON c.source_relation = v.source_relation AND c.id = v.conversion
WHERE v._deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__contact_conversions', $$
Conversions of contacts, as the service itself attributes them; not won deals, not orders.

source_relation: The account: the schema that its tables lie in
contact_conversion_id: Id in ActiveCampaign
contact_id: Contact that converted
conversion_id: What counts as the conversion
conversion_name: Name of the conversion
cause_type: Kind of what caused it, such as campaign; null: not told
cause_id: Id of what caused it, in the table that cause_type tells; null: not told
amount: Worth in units of currency, such as dollars, not cents
currency: Currency of amount, ISO 4217 in upper case
converted_at: When it converted
synced_at: When the service sent this version
$$);
