-- Kept: what brought money in, won deals and orders alike, with the contact it came from. Orders name an
-- e-mail address, not a contact: finding it among all contacts is too slow for every question.

CREATE MATERIALIZED VIEW analytics.int_activecampaign__buyers AS
WITH addresses AS (
  SELECT source_relation, lower(email) AS email
  FROM acsync.source_ecommerce_orders WHERE _deleted_at IS NULL AND email <> ''
  UNION
  SELECT source_relation, lower(email)
  FROM acsync.source_ecommerce_customers WHERE _deleted_at IS NULL AND email <> ''
)
SELECT a.source_relation, a.email, min(c.id) AS contact_id
FROM addresses a
JOIN acsync.source_contacts c
  ON c.source_relation = a.source_relation AND lower(c.email) = a.email
WHERE c._deleted_at IS NULL AND c.deleted IS NOT TRUE
GROUP BY a.source_relation, a.email;
CREATE UNIQUE INDEX int_buyers_key
  ON analytics.int_activecampaign__buyers (source_relation, email);
SELECT acsync.keep_refreshed('analytics.int_activecampaign__buyers',
  ARRAY['ecommerce_orders', 'ecommerce_customers', 'contacts']);
SELECT acsync.describe('analytics.int_activecampaign__buyers', $$
Which contact an e-mail address of the shops is; addresses of no contact, or only of contacts marked
deleted, are left out. Kept, and refreshed by runs.

source_relation: The account: the schema that its tables lie in
email: E-mail address in lower case [pii]
contact_id: The contact with it; the oldest one of several
$$);

CREATE MATERIALIZED VIEW analytics.int_activecampaign__conversions AS
SELECT
  d.source_relation,
  'deal' AS conversion_type,
  d.id AS conversion_id,
  nullif(d.contact, 0) AS contact_id,
  m.closed_at AS converted_at,
  d.value * 0.01 AS amount,
  upper(d.currency) AS currency
FROM acsync.source_deals d
JOIN analytics.int_activecampaign__deal_milestones m
  ON m.source_relation = d.source_relation AND m.deal_id = d.id
WHERE d._deleted_at IS NULL AND d.status = 1
UNION ALL
SELECT
  o.source_relation,
  'order',
  o.order_id,
  b.contact_id,
  o.ordered_at,
  o.amount,
  o.currency
FROM analytics.stg_activecampaign__ecommerce_orders o
LEFT JOIN analytics.int_activecampaign__buyers b
  ON b.source_relation = o.source_relation AND b.email = lower(o.email)
WHERE o.is_revenue;
CREATE UNIQUE INDEX int_conversions_key
  ON analytics.int_activecampaign__conversions (source_relation, conversion_type, conversion_id);
CREATE INDEX int_conversions_time
  ON analytics.int_activecampaign__conversions (source_relation, converted_at);
CREATE INDEX int_conversions_contact
  ON analytics.int_activecampaign__conversions (source_relation, contact_id);
SELECT acsync.keep_refreshed('analytics.int_activecampaign__conversions',
  ARRAY['deals', 'deal_activities', 'deals_history', 'ecommerce_orders', 'ecommerce_customers',
    'contacts']);
SELECT acsync.describe('analytics.int_activecampaign__conversions', $$
Won deals, and orders that are completed or recovered, one row each. An account that enters its orders as
deals too counts them twice: look at one conversion_type then. Kept, and refreshed by runs.

source_relation: The account: the schema that its tables lie in
conversion_type: deal or order
conversion_id: Id of the deal or the order
contact_id: Contact it came from: the deal's primary one, or the one with the order's e-mail address;
  null: none
converted_at: When the deal was won, or the order made
amount: Worth in units of currency, such as dollars, not cents
currency: Currency of amount, ISO 4217 in upper case
$$);
