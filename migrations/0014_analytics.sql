-- What the views of schema analytics stand on. The views themselves are in the folder analytics.

CREATE TABLE acsync.accounts (
  table_schema text PRIMARY KEY,
  account text NOT NULL,
  time_zone text NOT NULL,
  time_zone_origin text NOT NULL
);
-- Of a warehouse that is there already the zones are heard with the next run.
INSERT INTO acsync.accounts
SELECT table_schema, min(account), 'UTC', 'default' FROM acsync.stream_state GROUP BY table_schema;
COMMENT ON TABLE acsync.accounts IS 'The accounts whose rows are in this warehouse.';
COMMENT ON COLUMN acsync.accounts.table_schema IS
  'The schema of the account''s tables: source_relation in schema analytics.';
COMMENT ON COLUMN acsync.accounts.account IS 'The account, as in acsync.stream_state.';
COMMENT ON COLUMN acsync.accounts.time_zone IS 'The zone whose days are its days.';
COMMENT ON COLUMN acsync.accounts.time_zone_origin IS
  'Who says so: setting (time_zone in the file), user (the user whose key is read with), default (UTC, as neither does).';

CREATE TABLE acsync.sources (
  table_schema text NOT NULL,
  source text NOT NULL,
  table_name text NOT NULL,
  columns jsonb NOT NULL,
  PRIMARY KEY (table_schema, source)
);
COMMENT ON TABLE acsync.sources IS
  'How the accounts'' tables become rows of the views acsync.source_…, which all other views are made of.';
COMMENT ON COLUMN acsync.sources.table_schema IS 'The schema of the account''s tables.';
COMMENT ON COLUMN acsync.sources.source IS 'What the view is of: a stream, or a table beside one.';
COMMENT ON COLUMN acsync.sources.table_name IS 'The account''s table.';
COMMENT ON COLUMN acsync.sources.columns IS
  'The table''s name for each of the view''s columns; one that is not stored is left out.';

CREATE TABLE acsync.view_files (
  name text PRIMARY KEY,
  place integer NOT NULL,
  checksum text NOT NULL,
  relations text[] NOT NULL
);
COMMENT ON TABLE acsync.view_files IS 'The files that made the views of schema analytics.';
COMMENT ON COLUMN acsync.view_files.name IS 'The SQL file, without its ending.';
COMMENT ON COLUMN acsync.view_files.place IS 'Its number in the order they are run.';
COMMENT ON COLUMN acsync.view_files.checksum IS 'Fingerprint of its text.';
COMMENT ON COLUMN acsync.view_files.relations IS 'What it made, in order.';

CREATE TABLE acsync.materialized_views (
  name text PRIMARY KEY,
  made_of text[] NOT NULL,
  is_daily boolean NOT NULL,
  written bigint,
  refreshed_at timestamptz,
  took interval
);
COMMENT ON TABLE acsync.materialized_views IS
  'Views whose rows are kept, and when they were last brought up to date.';
COMMENT ON COLUMN acsync.materialized_views.name IS 'The view, with its schema.';
COMMENT ON COLUMN acsync.materialized_views.made_of IS
  'What its rows are made of: names of views acsync.source_…, without that beginning.';
COMMENT ON COLUMN acsync.materialized_views.is_daily IS
  'Whether it is another one every day, though nothing changed.';
COMMENT ON COLUMN acsync.materialized_views.written IS
  'How many rows had been written into the tables below it, by the server''s statistics, when it was last brought up to date; null: it has no rows yet.';
COMMENT ON COLUMN acsync.materialized_views.refreshed_at IS 'When it was last brought up to date.';
COMMENT ON COLUMN acsync.materialized_views.took IS 'How long that took.';

-- Comments on a view and on each of its columns: a paragraph on the view, then a line a column,
-- `name: meaning`, which goes on in lines that are indented. Fails where a column is left out or unknown,
-- so that no view ships with a column nobody explains.
CREATE FUNCTION acsync.describe(relation text, description text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  line text;
  title text := '';
  told text[] := '{}';
  names text[] := '{}';
  in_title boolean := true;
  missing text;
BEGIN
  FOREACH line IN ARRAY string_to_array(btrim(description, E'\n '), E'\n') LOOP
    IF in_title THEN
      IF btrim(line) = '' THEN in_title := false; ELSE title := btrim(title || ' ' || btrim(line)); END IF;
    ELSIF line ~ '^[a-z_][a-z0-9_]*: ' THEN
      names := names || split_part(line, ':', 1);
      told := told || btrim(substr(line, strpos(line, ':') + 1));
    ELSIF btrim(line) <> '' THEN
      told[cardinality(told)] := told[cardinality(told)] || ' ' || btrim(line);
    END IF;
  END LOOP;
  SELECT string_agg(quote_ident(a.attname), ', ') INTO missing FROM pg_attribute a
  WHERE a.attrelid = relation::regclass AND a.attnum > 0 AND a.attname <> ALL (names);
  IF missing IS NOT NULL THEN
    RAISE EXCEPTION 'nothing is said of % in %', missing, relation;
  END IF;
  EXECUTE format('COMMENT ON %s %s IS %L',
    CASE (SELECT relkind FROM pg_class WHERE oid = relation::regclass)
      WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END,
    relation::regclass, title);
  FOR place IN 1 .. cardinality(names) LOOP
    EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', relation::regclass, names[place], told[place]);
  END LOOP;
END
$$;

-- What a view stands on, through whatever other views: tables, and views that are kept.
CREATE FUNCTION acsync.below(relation regclass) RETURNS TABLE (oid oid, kind "char")
LANGUAGE sql STABLE AS $$
  WITH RECURSIVE below (oid) AS (
    SELECT relation::oid
    UNION
    SELECT d.refobjid FROM below b JOIN pg_rewrite r ON r.ev_class = b.oid
    JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
      AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> r.ev_class
  )
  SELECT c.oid, c.relkind FROM below JOIN pg_class c USING (oid)
  WHERE c.relkind IN ('r', 'p', 'm') AND c.oid <> relation
$$;

-- How many rows were ever written into the tables below a view. The server's own count: it knows of runs
-- that were killed and of edits by hand, and costs nothing to keep. It may count what was rolled back,
-- and forget all in a crash: then the view is brought up to date once more than it needs. A table that
-- is another one now counts differently.
CREATE FUNCTION acsync.rows_written(relation regclass) RETURNS bigint
LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(t.oid::bigint % 1000003 + pg_stat_get_tuples_inserted(t.oid)
    + pg_stat_get_tuples_updated(t.oid) + pg_stat_get_tuples_deleted(t.oid)), 0)::bigint
  FROM acsync.below(relation) AS t WHERE t.kind <> 'm'
$$;

-- Enters a view that was just made among those that are kept up to date.
CREATE FUNCTION acsync.keep_refreshed(relation text, made_of text[], is_daily boolean DEFAULT false)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  -- Else nobody would know how many rows it has until the server finds the time.
  EXECUTE format('ANALYZE %s', relation::regclass);
  INSERT INTO acsync.materialized_views AS m (name, made_of, is_daily, written, refreshed_at, took)
  VALUES (relation, made_of, is_daily, acsync.rows_written(relation::regclass), clock_timestamp(), '0')
  ON CONFLICT (name) DO UPDATE
  SET made_of = excluded.made_of, is_daily = excluded.is_daily, written = excluded.written,
    refreshed_at = excluded.refreshed_at, took = coalesce(m.took, excluded.took);
END
$$;

-- Brings a view up to date while it is read. With the rights of its owner, since PostgreSQL lets nobody
-- else; only views that are entered.
CREATE FUNCTION acsync.refresh(relation text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET work_mem = '64MB' AS $$
DECLARE
  begun timestamptz := clock_timestamp();
  known acsync.materialized_views;
BEGIN
  SELECT * INTO known FROM acsync.materialized_views WHERE name = relation;
  IF NOT FOUND THEN
    RAISE EXCEPTION '% is not among acsync.materialized_views', relation USING ERRCODE = '42501';
  END IF;
  -- Counted before the rows are read: what comes meanwhile makes it due again.
  known.written := acsync.rows_written(relation::regclass);
  EXECUTE format('REFRESH MATERIALIZED VIEW CONCURRENTLY %s', relation::regclass);
  EXECUTE format('ANALYZE %s', relation::regclass);
  UPDATE acsync.materialized_views
  SET written = known.written, refreshed_at = begun, took = clock_timestamp() - begun
  WHERE name = relation;
END
$$;
REVOKE EXECUTE ON FUNCTION acsync.refresh(text) FROM PUBLIC;

-- The views that are to be brought up to date, those below others first: where something was written
-- below, a view below is newer, or the day is another. Each waits nine times as long as its last
-- refreshing took, so that a large warehouse spends a tenth of its time with it at most. `just_written`
-- names streams of which the server may not have counted the last rows yet.
CREATE FUNCTION acsync.refresh_due(just_written text[] DEFAULT '{}') RETURNS SETOF text
LANGUAGE sql STABLE AS $$
  WITH kept AS (
    SELECT m.*, to_regclass(m.name)::oid AS oid FROM acsync.materialized_views m
    WHERE to_regclass(m.name) IS NOT NULL
  ), stale AS (
    SELECT k.oid FROM kept k
    WHERE k.refreshed_at IS NULL
      OR EXISTS (
        SELECT FROM unnest(k.made_of) AS source
        WHERE regexp_replace(source, '_(history|snapshots)$', '') = ANY (just_written))
      OR k.written IS DISTINCT FROM acsync.rows_written(k.oid::regclass)
      OR k.is_daily AND EXISTS (
        SELECT FROM acsync.accounts a
        WHERE (now() AT TIME ZONE a.time_zone)::date
          > (k.refreshed_at AT TIME ZONE a.time_zone)::date)
      OR EXISTS (
        SELECT FROM acsync.below(k.oid::regclass) AS b JOIN kept AS lower ON lower.oid = b.oid
        WHERE b.kind = 'm' AND lower.refreshed_at > k.refreshed_at)
  )
  -- What stands on another was made after it.
  SELECT k.name FROM kept k JOIN stale USING (oid)
  WHERE k.refreshed_at IS NULL OR now() >= k.refreshed_at + 9 * k.took
  ORDER BY k.oid
$$;
