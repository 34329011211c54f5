-- Orders and customers, with the contact each belongs to: the one with the same e-mail address.

CREATE OR REPLACE VIEW analytics.activecampaign__orders AS
SELECT
  o.source_relation,
  o.order_id,
  o.order_number,
  o.connection_id,
  s.name AS connection_name,
  o.customer_id,
  b.contact_id,
  o.email,
  o.status,
  o.is_revenue,
  o.amount,
  CASE WHEN o.is_revenue THEN o.amount ELSE 0 END AS revenue,
  o.shipping_amount,
  o.tax_amount,
  o.discount_amount,
  o.currency,
  o.count_products,
  o.ordered_at,
  (o.ordered_at AT TIME ZONE a.time_zone)::date AS ordered_on,
  o.abandoned_at,
  o.updated_at,
  o.synced_at
FROM analytics.stg_activecampaign__ecommerce_orders o
JOIN analytics.stg_activecampaign__source_accounts a USING (source_relation)
LEFT JOIN acsync.source_connections s
  ON s.source_relation = o.source_relation AND s.id = o.connection_id
LEFT JOIN analytics.int_activecampaign__buyers b
  ON b.source_relation = o.source_relation AND b.email = lower(o.email);
SELECT acsync.describe('analytics.activecampaign__orders', $$
Orders and left carts, one row each.

source_relation: The account: the schema that its tables lie in
order_id: Id in ActiveCampaign
order_number: Number that the customer knows it by; null: none
connection_id: Shop
connection_name: Name of the shop
customer_id: Customer
contact_id: Contact with the order's e-mail address; null: none
email: E-mail address of the customer [pii]
status: pending, completed, abandoned, recovered (a left cart that was bought), waiting
is_revenue: Whether it counts as revenue: completed or recovered
amount: Price with shipping and taxes, in units of currency, such as dollars, not cents
revenue: amount where is_revenue, else 0
shipping_amount: Shipping, in units of currency
tax_amount: Taxes, in units of currency
discount_amount: Discounts, in units of currency
currency: Currency of all amounts, ISO 4217 in upper case
count_products: Products in it
ordered_at: When it was ordered
ordered_on: Day of that in the account's zone
abandoned_at: When the cart was left; null: it was not
updated_at: When the row last changed
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.activecampaign__customers AS
SELECT
  c.source_relation,
  c.customer_id,
  c.connection_id,
  s.name AS connection_name,
  c.shop_customer_id,
  c.email,
  b.contact_id,
  coalesce(o.count_orders, 0) AS count_orders,
  o.lifetime_value,
  round(o.lifetime_value / nullif(o.count_orders, 0), 2) AS average_order_value,
  o.currency,
  o.first_ordered_at,
  o.last_ordered_at,
  coalesce(o.count_carts_left, 0) AS count_carts_left,
  c.count_orders_told,
  c.revenue_told,
  c.is_marketing_accepted,
  c.synced_at
FROM analytics.stg_activecampaign__ecommerce_customers c
LEFT JOIN (
  SELECT source_relation, nullif(coalesce(customer, customerid), 0) AS customer_id,
    count(*) FILTER (WHERE state IN (1, 3)) AS count_orders,
    CASE WHEN min(currency) FILTER (WHERE state IN (1, 3))
        = max(currency) FILTER (WHERE state IN (1, 3)) THEN
      sum(total_price) FILTER (WHERE state IN (1, 3)) * 0.01 END AS lifetime_value,
    CASE WHEN min(currency) FILTER (WHERE state IN (1, 3))
        = max(currency) FILTER (WHERE state IN (1, 3)) THEN
      upper(min(currency) FILTER (WHERE state IN (1, 3))) END AS currency,
    min(coalesce(order_date, external_created_date, created_date)) FILTER (WHERE state IN (1, 3))
      AS first_ordered_at,
    max(coalesce(order_date, external_created_date, created_date)) FILTER (WHERE state IN (1, 3))
      AS last_ordered_at,
    count(*) FILTER (WHERE state = 2) AS count_carts_left
  FROM acsync.source_ecommerce_orders
  WHERE _deleted_at IS NULL
  GROUP BY source_relation, nullif(coalesce(customer, customerid), 0)
) AS o USING (source_relation, customer_id)
LEFT JOIN acsync.source_connections s
  ON s.source_relation = c.source_relation AND s.id = c.connection_id
LEFT JOIN analytics.int_activecampaign__buyers b
  ON b.source_relation = c.source_relation AND b.email = lower(c.email);
SELECT acsync.describe('analytics.activecampaign__customers', $$
Customers of the shops, one row each: a person who buys in two shops is two of them.

source_relation: The account: the schema that its tables lie in
customer_id: Id in ActiveCampaign
connection_id: Shop it is a customer of; null: none
connection_name: Name of the shop
shop_customer_id: Id in the shop
email: E-mail address [pii]
contact_id: Contact with that address; null: none
count_orders: Orders completed or recovered
lifetime_value: Worth of those orders, in units of currency; null: none, or in several currencies
average_order_value: lifetime_value / count_orders; null: none
currency: Currency of those orders, ISO 4217; null: none, or several
first_ordered_at: When the first of those orders was made; null: none
last_ordered_at: When the last of those orders was made; null: none
count_carts_left: Carts left and not bought since
count_orders_told: Orders, as the service counts them
revenue_told: Worth of its orders as the service sums it; units, such as dollars, of no told currency
is_marketing_accepted: Whether it agreed to get advertising
synced_at: When the service sent this version
$$);
