-- Kept: how many mails a contact got since it last opened one. Holds every mail sent against every contact,
-- millions of each, to leave a row a contact; no index spares that. Nothing where send_logs is not read.

CREATE MATERIALIZED VIEW analytics.int_activecampaign__mails_since_open AS
SELECT source_relation, contact_id, count(*) AS count_mails
FROM analytics.stg_activecampaign__contacts
JOIN analytics.stg_activecampaign__send_logs USING (source_relation, contact_id)
WHERE is_delivered AND sent_at > coalesce(last_opened_at, '-infinity')
GROUP BY source_relation, contact_id;
CREATE UNIQUE INDEX int_mails_since_open_key
  ON analytics.int_activecampaign__mails_since_open (source_relation, contact_id);
SELECT acsync.keep_refreshed(
  'analytics.int_activecampaign__mails_since_open', ARRAY['contacts', 'send_logs']);
SELECT acsync.describe('analytics.int_activecampaign__mails_since_open', $$
How many mails a contact got since it last opened one; contacts with none have no row. Only where the
stream send_logs is read. Kept, and refreshed by runs.

source_relation: The account: the schema that its tables lie in
contact_id: Contact
count_mails: Mails delivered to it since it last opened one, or ever where it never did
$$);
