-- One row a contact with what is known of it from everywhere. The lists and sums of a row are looked up when
-- it is read, so that a million contacts cost nothing until they are asked for.

CREATE OR REPLACE VIEW analytics.activecampaign__contacts AS
SELECT
  c.source_relation,
  c.contact_id,
  c.email,
  c.email_domain,
  c.first_name,
  c.last_name,
  c.contact_name,
  c.phone,
  (SELECT CASE
      WHEN bool_or(m.status = 1) THEN 'active'
      WHEN bool_or(m.status = 0) THEN 'unconfirmed'
      WHEN bool_or(m.status = 3) THEN 'bounced'
      WHEN bool_or(m.status = 2) THEN 'unsubscribed'
      ELSE 'on no list' END
    FROM acsync.source_contact_lists m
    WHERE m.source_relation = c.source_relation AND m.contact = c.contact_id
      AND m._deleted_at IS NULL AND m.channel IS DISTINCT FROM 'sms'
      AND (m.source_relation, m.list) NOT IN (
        SELECT l.source_relation, l.id FROM acsync.source_lists l WHERE l.channel = 'sms')
  ) AS email_status,
  (SELECT coalesce(array_agg(l.name ORDER BY l.name), '{}')
    FROM acsync.source_contact_lists m
    JOIN acsync.source_lists l ON l.source_relation = m.source_relation AND l.id = m.list
    WHERE m.source_relation = c.source_relation AND m.contact = c.contact_id
      AND m._deleted_at IS NULL AND m.status = 1) AS lists,
  (SELECT coalesce(array_agg(t.tag ORDER BY t.tag), '{}')
    FROM acsync.source_contact_tags m
    JOIN acsync.source_tags t ON t.source_relation = m.source_relation AND t.id = m.tag
    WHERE m.source_relation = c.source_relation AND m.contact = c.contact_id
      AND m._deleted_at IS NULL) AS tags,
  (SELECT coalesce(jsonb_object_agg(coalesce(nullif(f.perstag, ''), f.title), v.value), '{}')
    FROM acsync.source_custom_field_values v
    JOIN acsync.source_custom_fields f ON f.source_relation = v.source_relation AND f.id = v.field
    WHERE v.source_relation = c.source_relation AND v.contact = c.contact_id
      AND v._deleted_at IS NULL AND v.value <> ''
      AND coalesce(nullif(f.perstag, ''), f.title) IS NOT NULL) AS custom_fields,
  (SELECT max(v.score_value) FROM acsync.source_score_values v
    WHERE v.source_relation = c.source_relation AND v.contact = c.contact_id
      AND v._deleted_at IS NULL) AS highest_score,
  (SELECT min(a.name) FROM acsync.source_account_contacts m
    JOIN acsync.source_accounts a ON a.source_relation = m.source_relation AND a.id = m.account
    WHERE m.source_relation = c.source_relation AND m.contact = c.contact_id
      AND m._deleted_at IS NULL) AS account_name,
  (SELECT min(m.sdate) FROM acsync.source_contact_lists m
    WHERE m.source_relation = c.source_relation AND m.contact = c.contact_id
      AND m._deleted_at IS NULL) AS first_subscribed_at,
  coalesce(d.count_deals, 0) AS count_deals,
  coalesce(d.count_open_deals, 0) AS count_open_deals,
  coalesce(d.count_won_deals, 0) AS count_won_deals,
  coalesce(r.count_orders, 0) AS count_orders,
  r.revenue,
  r.revenue_currency,
  r.first_converted_at,
  r.last_converted_at,
  c.count_mails_sent,
  c.last_opened_at,
  c.last_clicked_at,
  greatest(c.last_opened_at, c.last_clicked_at) AS last_engaged_at,
  c.count_hard_bounces,
  c.count_soft_bounces,
  c.last_bounced_on,
  coalesce(c.count_hard_bounces, 0) > 0 AS is_bounced,
  c.is_apple_mail_privacy,
  c.sms_consent,
  c.is_anonymized,
  c.created_at,
  c.updated_at,
  c.synced_at
FROM analytics.stg_activecampaign__contacts c
LEFT JOIN (
  SELECT source_relation, nullif(contact, 0) AS contact_id, count(*) AS count_deals,
    count(*) FILTER (WHERE status = 0) AS count_open_deals,
    count(*) FILTER (WHERE status = 1) AS count_won_deals
  FROM acsync.source_deals WHERE _deleted_at IS NULL
  GROUP BY source_relation, nullif(contact, 0)
) AS d ON d.source_relation = c.source_relation AND d.contact_id = c.contact_id
LEFT JOIN (
  SELECT source_relation, contact_id,
    count(*) FILTER (WHERE conversion_type = 'order') AS count_orders,
    CASE WHEN min(currency) = max(currency) THEN sum(amount) END AS revenue,
    CASE WHEN min(currency) = max(currency) THEN min(currency) END AS revenue_currency,
    min(converted_at) AS first_converted_at,
    max(converted_at) AS last_converted_at
  FROM analytics.int_activecampaign__conversions
  GROUP BY source_relation, contact_id
) AS r ON r.source_relation = c.source_relation AND r.contact_id = c.contact_id
WHERE c.is_marked_deleted IS NOT TRUE;
SELECT acsync.describe('analytics.activecampaign__contacts', $$
Contacts, one row each, those marked deleted left out as on the service's screens. email_status, lists,
tags, custom_fields, highest_score, account_name and first_subscribed_at are looked up row by row: ask for
them with a condition or a LIMIT.

source_relation: The account: the schema that its tables lie in
contact_id: Id in ActiveCampaign
email: E-mail address; null: none [pii]
email_domain: Part of the e-mail address after the @, in lower case
first_name: First name [pii]
last_name: Last name [pii]
contact_name: First and last name [pii]
phone: Phone number as entered; null: none [pii]
email_status: The best of its states on lists for e-mail: active, unconfirmed, bounced, unsubscribed; on no
  list
lists: Names of the lists it is active on, in order of the alphabet
tags: Names of its tags, in order of the alphabet
custom_fields: Its custom fields as a JSON object, by personalization tag; empty ones left out [pii]
highest_score: The highest of its scores; null: none
account_name: Account it belongs to; the first by name of several; null: none
first_subscribed_at: When it first subscribed to one of its lists; null: to none
count_deals: Deals it is the primary contact of
count_open_deals: Those that are open
count_won_deals: Those that were won
count_orders: Orders with its e-mail address, completed or recovered
revenue: Worth of its won deals and orders, in units of revenue_currency; null: none, or in several
  currencies
revenue_currency: Currency of revenue, ISO 4217; null: none, or several
first_converted_at: When its first deal was won or order made; null: never
last_converted_at: When its last deal was won or order made; null: never
count_mails_sent: Mails sent to it so far, as the service counts them
last_opened_at: When it last opened a mail, privacy prefetches left out; null: never
last_clicked_at: When it last clicked a link in a mail; null: never
last_engaged_at: The later of the two; null: never
count_hard_bounces: Mails to it that bounced for good
count_soft_bounces: Mails to it that bounced for now
last_bounced_on: Day of the last bounce; null: never
is_bounced: Whether a mail to it ever bounced for good
is_apple_mail_privacy: Whether Apple Mail Privacy Protection was seen on its opens
sms_consent: Consent to text messages, in the service's words; null: not told
is_anonymized: Whether its personal data were erased on request
created_at: When the contact was created
updated_at: When it last changed
synced_at: When the service sent this version
$$);
