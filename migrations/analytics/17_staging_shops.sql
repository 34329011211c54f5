-- Shops, their customers, and what was ordered; all amounts in units of their currency.

CREATE OR REPLACE VIEW analytics.stg_activecampaign__connections AS
SELECT
  source_relation,
  id AS connection_id,
  name AS connection_name,
  service,
  CASE status WHEN 0 THEN 'off' WHEN 1 THEN 'on' ELSE 'unknown (' || status || ')' END AS status,
  last_sync AS last_synchronised_at,
  disconnect_date AS disconnected_at,
  cdate AS created_at,
  _synced_at AS synced_at
FROM acsync.source_connections
WHERE _deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__connections', $$
Shops and other services that the account is connected to.

source_relation: The account: the schema that its tables lie in
connection_id: Id in ActiveCampaign
connection_name: Name that people see
service: Service it connects to, such as shopify
status: on or off; unknown (N) for a number we do not know
last_synchronised_at: When the service last synchronised it; null: never
disconnected_at: When it was disconnected; null: it is connected
created_at: When the connection was made
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__ecommerce_customers AS
SELECT
  source_relation,
  id AS customer_id,
  nullif(coalesce(connection, connectionid), 0) AS connection_id,
  nullif(externalid, '') AS shop_customer_id,
  nullif(email, '') AS email,
  total_orders AS count_orders_told,
  total_revenue * 0.01 AS revenue_told,
  accepts_marketing AS is_marketing_accepted,
  tstamp AS updated_at,
  _synced_at AS synced_at
FROM acsync.source_ecommerce_customers
WHERE _deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__ecommerce_customers', $$
Customers of the shops.

source_relation: The account: the schema that its tables lie in
customer_id: Id in ActiveCampaign
connection_id: Shop it is a customer of; null: none
shop_customer_id: Id in the shop
email: E-mail address [pii]
count_orders_told: Orders, as the service counts them
revenue_told: Worth of its orders as the service sums it; units, such as dollars, of no told currency
is_marketing_accepted: Whether it agreed to get advertising
updated_at: When the row last changed
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__ecommerce_orders AS
SELECT
  source_relation,
  id AS order_id,
  nullif(order_number, '') AS order_number,
  nullif(externalid, '') AS shop_order_id,
  nullif(coalesce(connection, connectionid), 0) AS connection_id,
  nullif(coalesce(customer, customerid), 0) AS customer_id,
  nullif(email, '') AS email,
  CASE state
    WHEN 0 THEN 'pending' WHEN 1 THEN 'completed' WHEN 2 THEN 'abandoned' WHEN 3 THEN 'recovered'
    WHEN 4 THEN 'waiting' ELSE 'unknown (' || state || ')'
  END AS status,
  state IN (1, 3) AS is_revenue,
  total_price * 0.01 AS amount,
  shipping_amount * 0.01 AS shipping_amount,
  tax_amount * 0.01 AS tax_amount,
  discount_amount * 0.01 AS discount_amount,
  upper(currency) AS currency,
  total_products AS count_products,
  nullif(shipping_method, '') AS shipping_method,
  coalesce(order_date, external_created_date, created_date) AS ordered_at,
  abandoned_date AS abandoned_at,
  created_date AS created_at,
  updated_date AS updated_at,
  _synced_at AS synced_at
FROM acsync.source_ecommerce_orders
WHERE _deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__ecommerce_orders', $$
Orders in the shops, and carts that were left.

source_relation: The account: the schema that its tables lie in
order_id: Id in ActiveCampaign
order_number: Number that the customer knows it by; null: none
shop_order_id: Id in the shop; null for a cart that was left
connection_id: Shop
customer_id: Customer
email: E-mail address of the customer [pii]
status: pending, completed, abandoned, recovered (a left cart that was bought), waiting; unknown (N)
is_revenue: Whether it counts as revenue here: completed or recovered
amount: Price with shipping and taxes, in units of currency, such as dollars, not cents
shipping_amount: Shipping, in units of currency
tax_amount: Taxes, in units of currency
discount_amount: Discounts, in units of currency
currency: Currency of all amounts, ISO 4217 in upper case
count_products: Products in it
shipping_method: How it is shipped, in the shop's words; null: not told
ordered_at: When it was ordered
abandoned_at: When the cart was left; null: it was not
created_at: When the row was created
updated_at: When the row last changed
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__ecommerce_order_products AS
SELECT
  p.source_relation,
  p.id AS order_product_id,
  coalesce(p.ecom_order, p.orderid) AS order_id,
  nullif(p.sku, '') AS sku,
  p.name AS product_name,
  nullif(p.category, '') AS category,
  nullif(p.brand, '') AS brand,
  p.quantity,
  p.price * 0.01 AS unit_price,
  p.price * p.quantity * 0.01 AS amount,
  upper(o.currency) AS currency,
  p._synced_at AS synced_at
FROM acsync.source_ecommerce_order_products p
LEFT JOIN acsync.source_ecommerce_orders o
  ON o.source_relation = p.source_relation AND o.id = coalesce(p.ecom_order, p.orderid)
WHERE p._deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__ecommerce_order_products', $$
Products in orders, a row each.

source_relation: The account: the schema that its tables lie in
order_product_id: Id in ActiveCampaign
order_id: Order it is in
sku: Number of the article; null: none
product_name: Name of the product
category: Category of the product; null: none
brand: Brand of the product; null: none
quantity: How many were ordered
unit_price: Price of one, in units of currency, such as dollars, not cents
amount: Price of all of them, before the order's discount, shipping and taxes
currency: Currency of the order, ISO 4217 in upper case
synced_at: When the service sent this version
$$);
