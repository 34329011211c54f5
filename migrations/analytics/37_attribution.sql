-- What a won deal or an order came from. One row a conversion with first and last touches beside each other,
-- not one a model: so sums of amount are right whatever one groups by.

CREATE OR REPLACE VIEW analytics.activecampaign__contact_attribution AS
WITH touches AS (
  SELECT t.*,
    least(first_list, first_form, first_automation, first_tag, first_campaign) AS first_touch,
    greatest(last_list, last_form, last_automation, last_tag, last_campaign) AS last_touch
  FROM analytics.int_activecampaign__conversion_touches t
)
SELECT
  c.source_relation,
  c.conversion_type,
  c.conversion_id,
  c.contact_id,
  c.converted_at,
  (c.converted_at AT TIME ZONE a.time_zone)::date AS converted_on,
  c.amount,
  c.currency,
  CASE t.first_touch[1] WHEN t.first_campaign[1] THEN 'campaign' WHEN t.first_form[1] THEN 'form'
    WHEN t.first_automation[1] THEN 'automation' WHEN t.first_tag[1] THEN 'tag'
    WHEN t.first_list[1] THEN 'list' END AS first_touch_type,
  to_timestamp(t.first_touch[1] / 1000000.0) AS first_touch_at,
  CASE t.last_touch[1] WHEN t.last_campaign[1] THEN 'campaign' WHEN t.last_form[1] THEN 'form'
    WHEN t.last_automation[1] THEN 'automation' WHEN t.last_tag[1] THEN 'tag'
    WHEN t.last_list[1] THEN 'list' END AS last_touch_type,
  to_timestamp(t.last_touch[1] / 1000000.0) AS last_touch_at,
  t.first_list[2] AS first_list_id,
  fl.name AS first_list_name,
  t.last_list[2] AS last_list_id,
  ll.name AS last_list_name,
  t.first_form[2] AS first_form_id,
  ff.name AS first_form_name,
  t.last_form[2] AS last_form_id,
  lf.name AS last_form_name,
  t.first_automation[2] AS first_automation_id,
  fa.name AS first_automation_name,
  t.last_automation[2] AS last_automation_id,
  la.name AS last_automation_name,
  t.first_tag[2] AS first_tag_id,
  ft.tag AS first_tag_name,
  t.last_tag[2] AS last_tag_id,
  lt.tag AS last_tag_name,
  t.last_campaign[2] AS campaign_30_days_id,
  lc.name AS campaign_30_days_name,
  CASE WHEN to_timestamp(t.last_campaign[1] / 1000000.0) > c.converted_at - interval '7 days'
    THEN t.last_campaign[2] END AS campaign_7_days_id,
  CASE WHEN to_timestamp(t.last_campaign[1] / 1000000.0) > c.converted_at - interval '7 days'
    THEN lc.name END AS campaign_7_days_name,
  to_timestamp(t.last_campaign[1] / 1000000.0) AS campaign_sent_at,
  nullif(v.ga_campaign_source, '') AS utm_source,
  nullif(v.ga_campaign_medium, '') AS utm_medium,
  nullif(v.ga_campaign_name, '') AS utm_campaign
FROM analytics.int_activecampaign__conversions c
JOIN analytics.stg_activecampaign__source_accounts a ON a.source_relation = c.source_relation
LEFT JOIN touches t ON t.source_relation = c.source_relation
  AND t.conversion_type = c.conversion_type AND t.conversion_id = c.conversion_id
LEFT JOIN acsync.source_lists fl
  ON fl.source_relation = c.source_relation AND fl.id = t.first_list[2]
LEFT JOIN acsync.source_lists ll
  ON ll.source_relation = c.source_relation AND ll.id = t.last_list[2]
LEFT JOIN acsync.source_forms ff
  ON ff.source_relation = c.source_relation AND ff.id = t.first_form[2]
LEFT JOIN acsync.source_forms lf
  ON lf.source_relation = c.source_relation AND lf.id = t.last_form[2]
LEFT JOIN acsync.source_automations fa
  ON fa.source_relation = c.source_relation AND fa.id = t.first_automation[2]
LEFT JOIN acsync.source_automations la
  ON la.source_relation = c.source_relation AND la.id = t.last_automation[2]
LEFT JOIN acsync.source_tags ft
  ON ft.source_relation = c.source_relation AND ft.id = t.first_tag[2]
LEFT JOIN acsync.source_tags lt
  ON lt.source_relation = c.source_relation AND lt.id = t.last_tag[2]
LEFT JOIN acsync.source_campaigns lc
  ON lc.source_relation = c.source_relation AND lc.id = t.last_campaign[2]
LEFT JOIN acsync.source_contact_data v
  ON v.source_relation = c.source_relation AND v.id = t.visit[2];
SELECT acsync.describe('analytics.activecampaign__contact_attribution', $$
Won deals and orders (completed or recovered), one row each, with the first and the last list, form,
automation, tag and campaign that touched the contact before. Touches are what the account still tells: a
tag taken off, or a list left and joined again, is not what it was. Who got a mail is told by no bulk list:
a campaign counts if it was sent within 30 days before to a list that the contact was on.

source_relation: The account: the schema that its tables lie in
conversion_type: deal or order
conversion_id: Id of the deal or the order
contact_id: Contact it came from: the deal's primary one, or the one with the order's e-mail address;
  null: none, and then no touches
converted_at: When the deal was won, or the order made
converted_on: Day of that in the account's zone
amount: Worth in units of currency, such as dollars, not cents
currency: Currency of amount, ISO 4217 in upper case
first_touch_type: What touched it first: campaign (of 30 days), form, automation, tag or list; null: nothing
first_touch_at: When that was
last_touch_type: What touched it last: campaign (of 30 days), form, automation, tag or list; null: nothing
last_touch_at: When that was
first_list_id: First list it subscribed to; null: none
first_list_name: Name of that list
last_list_id: Last list it subscribed to before; null: none
last_list_name: Name of that list
first_form_id: First form by which it came onto a list; null: none
first_form_name: Name of that form
last_form_id: Last form by which it came onto a list before; null: none
last_form_name: Name of that form
first_automation_id: First automation it entered; null: none
first_automation_name: Name of that automation
last_automation_id: Last automation it entered before; null: none
last_automation_name: Name of that automation
first_tag_id: First tag put on it; null: none
first_tag_name: Name of that tag
last_tag_id: Last tag put on it before; null: none
last_tag_name: Name of that tag
campaign_30_days_id: Last campaign within 30 days before, to a list it was on; null: none
campaign_30_days_name: Name of that campaign
campaign_7_days_id: The same if it was within 7 days before; null: none
campaign_7_days_name: Name of that campaign
campaign_sent_at: When campaign_30_days was sent
utm_source: Source of its visit, by Google Analytics; null: not known
utm_medium: Medium of the visit; null: not known
utm_campaign: Campaign of the visit; null: not known
$$);
