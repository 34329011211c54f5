-- The accounts of this warehouse and the day it is in each of them: all days below are theirs.

CREATE OR REPLACE VIEW analytics.stg_activecampaign__source_accounts AS
SELECT
  table_schema AS source_relation,
  account,
  time_zone,
  time_zone_origin,
  coalesce(
    nullif(current_setting('acsync.today', true), '')::date,
    (now() AT TIME ZONE time_zone)::date
  ) AS today,
  coalesce(
    (nullif(current_setting('acsync.today', true), '')::date + 1)::timestamp AT TIME ZONE time_zone,
    now()
  ) AS as_of
FROM acsync.accounts;
SELECT acsync.describe('analytics.stg_activecampaign__source_accounts', $$
The ActiveCampaign accounts whose rows are here, one row each. SET acsync.today = '2026-01-31' makes
every view that knows a today answer as of that day.

source_relation: The account: the schema that its tables lie in; first column of every view
account: The account as acsync names it: the first part of its address
time_zone: Zone whose days are the days of all views, such as America/Chicago
time_zone_origin: Who says so: setting (the configuration), user (the user whose key is read with),
  default (UTC, as neither does)
today: The day it is there now, or the day that acsync.today is set to
as_of: Now, or the end of the day that acsync.today is set to
$$);

-- In a condition write (SELECT analytics.today()): so it is asked once, not for every row.
CREATE OR REPLACE FUNCTION analytics.today() RETURNS date
LANGUAGE sql STABLE AS $$
  SELECT coalesce(
    (SELECT min(today) FROM analytics.stg_activecampaign__source_accounts),
    (now() AT TIME ZONE 'UTC')::date
  )
$$;
COMMENT ON FUNCTION analytics.today() IS
  'Today in the account''s zone (the earliest of several accounts), or the day acsync.today is set to.';
