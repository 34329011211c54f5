-- The rows that analysts' questions are measured on: three years of an account, to 2025-12-30, of
-- so many thousands of contacts, and to each thousand 100 deals and 3,000 contact tags, list
-- memberships and mails sent.
--
--   psql -v thousands=1000 -f readers.sql
SET synchronous_commit = off;
SET TimeZone = 'UTC';
SET client_min_messages = warning;
SET search_path = activecampaign;
-- What is kept beside the tables is filled here as well, with a past.
SET session_replication_role = replica;
SELECT setseed(0.7) \g /dev/null

-- The time of one row of so many, evenly over the three years.
CREATE FUNCTION pg_temp.at(row_number bigint, of_rows bigint) RETURNS timestamptz
LANGUAGE sql IMMUTABLE AS $$
  SELECT timestamptz '2023-01-01 00:00Z' + interval '1094 days' * (row_number / of_rows::float8)
$$;
SELECT 1000 * :thousands AS contacts, 2000 * :thousands AS entries, 3000 * :thousands AS tags,
  100 * :thousands AS deals, 100 * :thousands AS customers, 200 * :thousands AS orders,
  50 * :thousands AS bounces \gset

TRUNCATE contacts, contact_tags, contact_lists, contact_automations, custom_field_values,
  contact_data, account_contacts, accounts, deals, deal_activities, deals_history, lists,
  lists_snapshots, tags, forms, users, automations, automations_snapshots, campaigns,
  campaigns_snapshots, campaign_lists, campaign_links, campaign_messages,
  campaign_messages_snapshots, bounce_logs, send_logs, ecommerce_customers, ecommerce_orders,
  ecommerce_order_products, score_values, deal_pipelines, deal_stages, deal_custom_fields,
  deal_custom_field_values, custom_fields;

-- Names, which are as many in an account of any size. Some are those that the questions ask for.
INSERT INTO users (id, first_name, last_name, _synced_at)
SELECT n, 'User', 'No ' || n, now() FROM generate_series(1, 40) AS n;
INSERT INTO lists (id, name, cdate, _synced_at)
SELECT n, 'List ' || n, '2023-01-01', now() FROM generate_series(1, 50) AS n;
INSERT INTO tags (id, tag, tag_type, _synced_at)
SELECT n, CASE n WHEN 1 THEN 'interest: onboarding 2' WHEN 2 THEN 'interest: pricing 1'
  ELSE 'Tag ' || n END, 'contact', now()
FROM generate_series(1, 500) AS n;
INSERT INTO forms (id, name, _synced_at)
SELECT n, 'Form ' || n, now() FROM generate_series(1, 100) AS n;
INSERT INTO automations (id, name, status, _synced_at)
SELECT n, 'Automation ' || n, 1, now() FROM generate_series(1, 150) AS n;
INSERT INTO deal_pipelines (id, title, currency, _synced_at)
SELECT n, 'Pipeline ' || n, 'usd', now() FROM generate_series(1, 10) AS n;
INSERT INTO deal_stages (id, title, "group", "order", _synced_at)
SELECT n, 'Stage ' || n, (n - 1) / 6 + 1, (n - 1) % 6 + 1, now() FROM generate_series(1, 60) AS n;
INSERT INTO custom_fields (id, title, perstag, type, _synced_at)
SELECT n, 'Field ' || n, 'FIELD_' || n, 'text', now() FROM generate_series(1, 40) AS n;
INSERT INTO deal_custom_fields (id, field_label, field_type, _synced_at)
SELECT n, CASE n WHEN 1 THEN 'Deal webinar' ELSE 'Field ' || n END, 'text', now()
FROM generate_series(1, 10) AS n;
INSERT INTO accounts (id, name, _synced_at)
SELECT n, 'Company ' || n, now() FROM generate_series(1, 20000) AS n;

-- Contacts and what hangs on them. A third of the tags and half of the entries into automations
-- came with it, the others later, so that those of a contact do not lie beside each other.
INSERT INTO contacts (id, email, email_domain, first_name, last_name, phone, hash, ua, cdate, udate,
  created_timestamp, updated_timestamp, sentcnt, bounced_hard, bounced_soft, last_open_date,
  last_click_date, deleted, anonymized, _synced_at)
SELECT n, 'person' || n || '@mail' || n % 97 || '.example.com', 'mail' || n % 97 || '.example.com',
  'First' || n % 977, 'Last' || n % 7919, '+1555' || n, md5(n::text), 'Mozilla/5.0 (X11; Linux)',
  t, t + interval '30 days' * random(), t, t, n % 60, (n % 50 = 0)::integer, n % 3,
  CASE WHEN n % 3 > 0 THEN t + interval '90 days' * random() END,
  CASE WHEN n % 9 = 1 THEN t + interval '90 days' * random() END, false, false, now()
FROM generate_series(1, :contacts) AS n, pg_temp.at(n, :contacts) AS t;
INSERT INTO contact_lists (id, contact, list, form, sdate, udate, status, campaign, channel,
  created_timestamp, updated_timestamp, _synced_at)
SELECT n, (n - 1) / 3 + 1, (n % 3) * 16 + (n / 3) % 16 + 1,
  CASE WHEN n % 6 = 0 THEN n % 100 + 1 END, t,
  CASE WHEN s = 2 THEN least(t + interval '400 days' * random(), '2025-12-30') END, s,
  CASE WHEN s = 2 THEN n % 2000 + 1 END, 'email', t, t, now()
FROM generate_series(1, :tags) AS n, pg_temp.at(n, :tags) AS t,
  LATERAL (SELECT CASE n % 10 WHEN 7 THEN 2 WHEN 8 THEN 3 WHEN 9 THEN 0 ELSE 1 END) AS c (s);
INSERT INTO contact_tags (id, contact, tag, cdate, created_timestamp, updated_timestamp, _synced_at)
SELECT n, CASE n % 3 WHEN 0 THEN n / 3 ELSE n::bigint * 7919 % :contacts + 1 END,
  floor(power(random(), 2) * 500)::integer + 1, t, t, t, now()
FROM generate_series(1, :tags) AS n, pg_temp.at(n, :tags) AS t;
INSERT INTO contact_automations (id, contact, seriesid, automation, status, adddate, remdate,
  lastdate, completed, complete_value, _synced_at)
SELECT n, CASE n % 2 WHEN 0 THEN n / 2 ELSE n::bigint * 7919 % :contacts + 1 END, n % 150 + 1,
  n % 150 + 1, 1 + (n % 4 > 0)::integer, t,
  CASE WHEN n % 4 > 0 THEN t + interval '40 days' * random() END, t, n % 4 > 1, 50, now()
FROM generate_series(1, :entries) AS n, pg_temp.at(n, :entries) AS t;
INSERT INTO custom_field_values (id, contact, field, value, cdate, udate, _synced_at)
SELECT n, n % :contacts + 1, n % 40 + 1, 'Value ' || n % 1000, now(), now(), now()
FROM generate_series(1, :entries) AS n;
INSERT INTO contact_data (id, contact, ga_campaign_source, ga_campaign_medium, ga_campaign_name,
  _synced_at)
SELECT n, n * 3, CASE WHEN n % 2 = 0 THEN 'newsletter' END, 'email', 'spring', now()
FROM generate_series(1, :contacts * 3 / 10) AS n;
INSERT INTO account_contacts (id, account, contact, _synced_at)
SELECT n, n % 20000 + 1, n * 5, now() FROM generate_series(1, :contacts / 5) AS n;
INSERT INTO score_values (id, score, contact, score_value, _synced_at)
SELECT n, n % 6 + 1, n * 2, n % 100, now() FROM generate_series(1, :contacts / 2) AS n;
-- Six mails in two months to each second contact.
INSERT INTO send_logs (id, subscriberid, contact, campaignid, campaign, message, successful, tstamp,
  _synced_at)
SELECT n, c, c, s, s, s, n % 50 > 0,
  timestamptz '2025-12-30' - interval '60 days' * (1 - n / :tags::float8), now()
FROM generate_series(1, :tags) AS n,
  LATERAL (
    SELECT n::bigint * 7919 % (:contacts / 2) * 2 + 1, 1890 + n::bigint * 110 / :tags
  ) AS x (c, s);

-- Deals: four or five activities and three versions each.
INSERT INTO deals (id, owner, contact, "group", stage, title, currency, status, value,
  win_probability, cdate, mdate, edate, account, _synced_at)
SELECT n, n % 40 + 1, n * 10, (n % 60) / 6 + 1, n % 60 + 1, 'Deal ' || n,
  CASE WHEN n % 10 = 0 THEN 'eur' ELSE 'usd' END,
  CASE WHEN n % 10 < 5 THEN 0 WHEN n % 10 < 8 THEN 1 ELSE 2 END, (random() * 1000000)::integer,
  n % 101, t, least(t + interval '60 days' * random(), '2025-12-30'),
  CASE WHEN n % 2 = 0 THEN t + interval '60 days' END, n % 20000 + 1, now()
FROM generate_series(1, :deals) AS n, pg_temp.at(n, :deals) AS t;
INSERT INTO deal_activities (id, d_id, deal, userid, data_type, data_action, data_id, d_stageid,
  data_oldval, cdate, sortdate, deleted, _synced_at)
SELECT row_number() OVER (), d.id, d.id, d.owner,
  (ARRAY['deal', 'stage', 'stage', 'note', 'status'])[k],
  CASE k WHEN 1 THEN 'add' ELSE 'change' END,
  CASE k WHEN 2 THEN greatest(d.stage - 1, 1) WHEN 3 THEN d.stage WHEN 5 THEN d.status ELSE 0 END,
  0, CASE k WHEN 2 THEN greatest(d.stage - 2, 1)::text WHEN 3 THEN greatest(d.stage - 1, 1)::text
    ELSE '' END,
  d.cdate + (k - 1) * (d.mdate - d.cdate) / 4, d.cdate, false, now()
FROM deals AS d, generate_series(1, 5) AS k WHERE k < 5 OR d.status > 0;
INSERT INTO deals_history (id, owner, contact, "group", stage, title, currency, status, value,
  win_probability, cdate, mdate, edate, account, _synced_at, valid_from, valid_to)
SELECT d.id, d.owner, d.contact, d."group",
  CASE k WHEN 3 THEN d.stage ELSE greatest(d.stage - 1, 1) END, d.title, d.currency,
  CASE k WHEN 3 THEN d.status ELSE 0 END, d.value, d.win_probability, d.cdate,
  d.mdate, d.edate, d.account, now(), d.cdate + (k - 1) * (d.mdate - d.cdate) / 2,
  CASE WHEN k < 3 THEN d.cdate + k * (d.mdate - d.cdate) / 2 END
FROM deals AS d, generate_series(1, 3) AS k WHERE d.mdate > d.cdate;
INSERT INTO deal_custom_field_values (id, deal_id, custom_field_id, field_value, _synced_at)
SELECT row_number() OVER (), d.id, k, to_jsonb('Option ' || d.id % 30), now()
FROM deals AS d, generate_series(1, 3) AS k;

-- Two campaigns a day, each to one list or two. Their counters grow for sixty days, with a snapshot
-- a day for the last year.
INSERT INTO campaigns (id, type, name, status, userid, cdate, sdate, ldate, send_amt, total_amt,
  opens, uniqueopens, verified_unique_opens, linkclicks, uniquelinkclicks, subscriberclicks,
  hardbounces, softbounces, unsubscribes, forwards, replies, analytics_campaign_name,
  tracklinksanalytics, seriesid, _synced_at)
SELECT n, 'single', 'Campaign ' || n, 5, n % 40 + 1, t, t, t, 50 * :thousands, 50 * :thousands,
  20 * :thousands, (12 + n % 3) * :thousands, 9 * :thousands, 3 * :thousands, 2 * :thousands,
  2 * :thousands, :thousands / 10, 3 * :thousands / 10, (6 + n % 120) * :thousands / 100, 3, 5,
  'ga-' || n, true, 0, now()
FROM generate_series(1, 2000) AS n, pg_temp.at(n, 2000) AS t;
INSERT INTO campaigns_snapshots (id, taken_at, send_amt, total_amt, opens, uniqueopens, linkclicks,
  uniquelinkclicks, subscriberclicks, forwards, hardbounces, softbounces, unsubscribes, replies,
  verified_unique_opens)
SELECT id, day, send_amt, total_amt, opens * grown / 60, uniqueopens * grown / 60,
  linkclicks * grown / 60, uniquelinkclicks * grown / 60, subscriberclicks * grown / 60, forwards,
  hardbounces * grown / 60, softbounces * grown / 60, unsubscribes * grown / 60, replies,
  verified_unique_opens * grown / 60
FROM campaigns,
  generate_series(timestamptz '2024-12-31 18:00Z', '2025-12-30 18:00Z', '1 day') AS day,
  LATERAL (SELECT least(extract(day FROM day - sdate)::integer, 60)) AS g (grown)
WHERE sdate < day;
INSERT INTO campaign_lists (id, campaignid, listid, list_amt, _synced_at)
SELECT row_number() OVER (), c.id, (c.id + k * 7) % 50 + 1, 25 * k * :thousands, now()
FROM campaigns AS c, generate_series(1, 2) AS k WHERE k = 1 OR c.id % 2 = 0;
INSERT INTO campaign_links (id, campaignid, messageid, link, tracked, linkclicks, uniquelinkclicks,
  _synced_at)
SELECT row_number() OVER (), c.id, c.id,
  CASE k WHEN 1 THEN 'open' ELSE 'https://example.com/p' || k || '?utm_source='
    || (ARRAY['newsletter', 'ActiveCampaign', 'caf%C3%A9'])[k % 3 + 1]
    || '&utm_medium=email&utm_campaign=c' || c.id END, true, 700, 500, now()
FROM campaigns AS c, generate_series(1, 6) AS k;
INSERT INTO campaign_messages (id, messageid, campaignid, percentage, send_amt, _synced_at)
SELECT id, id, id, 100, send_amt, now() FROM campaigns;
INSERT INTO bounce_logs (id, contact, subscriberid, campaign, campaignid, code, codeid, tstamp,
  email, _synced_at)
SELECT n, n::bigint * 17 % :contacts + 1, 0, n % 2000 + 1, n % 2000 + 1, c, c,
  pg_temp.at(n, :bounces), '', now()
FROM generate_series(1, :bounces) AS n,
  LATERAL (SELECT (ARRAY['511', '421', '48'])[n % 3 + 1]) AS x (c);

-- Shops: two orders a customer, two products an order.
INSERT INTO ecommerce_customers (id, connectionid, email, total_orders, total_revenue, _synced_at)
SELECT n, 1, 'person' || n * 7 || '@mail' || n * 7 % 97 || '.example.com', 2, 20000, now()
FROM generate_series(1, :customers) AS n;
INSERT INTO ecommerce_orders (id, customerid, connectionid, email, currency, total_price, state,
  order_date, total_products, _synced_at)
SELECT n, c.id, 1, c.email, 'USD', (random() * 20000)::integer, n % 5, pg_temp.at(n, :orders), 2,
  now()
FROM generate_series(1, :orders) AS n JOIN ecommerce_customers AS c ON c.id = n % :customers + 1;
INSERT INTO ecommerce_order_products (id, orderid, ecom_order, sku, name, category, price, quantity,
  _synced_at)
SELECT row_number() OVER (), o.id, o.id, 'SKU-' || (o.id + k) % 300, 'Product ' || (o.id + k) % 300,
  'Toys', 1000, k, now()
FROM ecommerce_orders AS o, generate_series(1, 2) AS k;
-- What autovacuum would do by and by.
VACUUM ANALYZE;
