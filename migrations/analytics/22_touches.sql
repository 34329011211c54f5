-- Kept: by which list, form, automation, tag and campaign a contact was touched before it converted. Set by
-- set over whole tables, since a look-up for each conversion and kind is slower from some thousands on.

CREATE MATERIALIZED VIEW analytics.int_activecampaign__conversion_touches AS
WITH conversions AS NOT MATERIALIZED (
  SELECT source_relation, conversion_type, conversion_id, contact_id, converted_at
  FROM analytics.int_activecampaign__conversions
  WHERE contact_id IS NOT NULL AND converted_at IS NOT NULL
), sendings AS MATERIALIZED (
  -- By spans of 30 days: a campaign can have touched what converted in its own span or in the next one.
  SELECT l.source_relation, l.listid AS list, s.id, s.sdate,
    floor(extract(epoch FROM s.sdate) / 2592000)::bigint + spans_later AS span
  FROM acsync.source_campaign_lists l
  JOIN acsync.source_campaigns s
    ON s.source_relation = l.source_relation AND s.id = l.campaignid
  CROSS JOIN (VALUES (0), (1)) AS b (spans_later)
  WHERE l._deleted_at IS NULL AND s._deleted_at IS NULL AND s.deletestamp IS NULL AND s.send_amt > 0
), memberships AS NOT MATERIALIZED (
  SELECT c.*, m.list, m.form, m.sdate, m.status, m.udate
  FROM conversions c
  JOIN acsync.source_contact_lists m
    ON m.source_relation = c.source_relation AND m.contact = c.contact_id
  WHERE m._deleted_at IS NULL AND m.sdate <= c.converted_at
), touches AS (
  SELECT m.source_relation, m.conversion_type, m.conversion_id, t.kind, t.id, m.sdate AS at
  FROM memberships m
  CROSS JOIN LATERAL (VALUES ('list', m.list), ('form', nullif(m.form, 0))) AS t (kind, id)
  WHERE t.id IS NOT NULL
  UNION ALL
  SELECT c.source_relation, c.conversion_type, c.conversion_id, 'automation', e.automation, e.adddate
  FROM conversions c
  JOIN acsync.source_contact_automations e
    ON e.source_relation = c.source_relation AND e.contact = c.contact_id
  WHERE e._deleted_at IS NULL AND e.adddate <= c.converted_at
  UNION ALL
  SELECT c.source_relation, c.conversion_type, c.conversion_id, 'tag', t.tag, t.cdate
  FROM conversions c
  JOIN acsync.source_contact_tags t
    ON t.source_relation = c.source_relation AND t.contact = c.contact_id
  WHERE t._deleted_at IS NULL AND t.cdate <= c.converted_at
  UNION ALL
  SELECT m.source_relation, m.conversion_type, m.conversion_id, 'campaign', s.id, s.sdate
  FROM memberships m
  JOIN sendings s ON s.source_relation = m.source_relation AND s.list = m.list
    AND s.span = floor(extract(epoch FROM m.converted_at) / 2592000)::bigint
  WHERE s.sdate <= m.converted_at AND s.sdate > m.converted_at - interval '30 days'
    AND m.sdate <= s.sdate AND (m.status = 1 OR m.status IN (2, 3) AND m.udate > s.sdate)
  UNION ALL
  SELECT c.source_relation, c.conversion_type, c.conversion_id, 'visit', v.id, c.converted_at
  FROM conversions c
  JOIN acsync.source_contact_data v
    ON v.source_relation = c.source_relation AND v.contact = c.contact_id
  WHERE v._deleted_at IS NULL AND v.ga_campaign_source <> ''
)
-- A touch as an array of its time in microseconds and its id: the least is the first, the greatest the last.
SELECT
  source_relation,
  conversion_type,
  conversion_id,
  min(touch) FILTER (WHERE kind = 'list') AS first_list,
  max(touch) FILTER (WHERE kind = 'list') AS last_list,
  min(touch) FILTER (WHERE kind = 'form') AS first_form,
  max(touch) FILTER (WHERE kind = 'form') AS last_form,
  min(touch) FILTER (WHERE kind = 'automation') AS first_automation,
  max(touch) FILTER (WHERE kind = 'automation') AS last_automation,
  min(touch) FILTER (WHERE kind = 'tag') AS first_tag,
  max(touch) FILTER (WHERE kind = 'tag') AS last_tag,
  min(touch) FILTER (WHERE kind = 'campaign') AS first_campaign,
  max(touch) FILTER (WHERE kind = 'campaign') AS last_campaign,
  min(touch) FILTER (WHERE kind = 'visit') AS visit
FROM touches
CROSS JOIN LATERAL (SELECT ARRAY[(extract(epoch FROM at) * 1000000)::bigint, id]) AS t (touch)
GROUP BY source_relation, conversion_type, conversion_id;
CREATE UNIQUE INDEX int_conversion_touches_key ON analytics.int_activecampaign__conversion_touches
  (source_relation, conversion_type, conversion_id);
SELECT acsync.keep_refreshed('analytics.int_activecampaign__conversion_touches',
  ARRAY['deals', 'deal_activities', 'ecommerce_orders', 'ecommerce_customers', 'contacts',
    'contact_lists', 'contact_automations', 'contact_tags', 'campaigns', 'campaign_lists',
    'contact_data']);
SELECT acsync.describe('analytics.int_activecampaign__conversion_touches', $$
First and last touches before a conversion; conversions without any have no row. Each is an array of its
time, in microseconds since 1970, and the id of what it was. Read activecampaign__contact_attribution
instead, which has names. Kept, and refreshed by runs.

source_relation: The account: the schema that its tables lie in
conversion_type: deal or order
conversion_id: Id of the deal or the order
first_list: First list the contact subscribed to before; null: none
last_list: Last list it subscribed to before; null: none
first_form: First form it came onto a list by; null: none
last_form: Last form it came onto a list by; null: none
first_automation: First automation it entered before; null: none
last_automation: Last automation it entered before; null: none
first_tag: First tag put on it before, of those it still bears; null: none
last_tag: Last tag put on it before, of those it still bears; null: none
first_campaign: First campaign within 30 days before to a list it was on; null: none
last_campaign: Last campaign within 30 days before to a list it was on; null: none
visit: Row of contact_data that tells the source of its visit, its time not told; null: none
$$);
