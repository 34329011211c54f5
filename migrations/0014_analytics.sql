-- What the views of schema analytics stand on. The views themselves are in the folder analytics.

CREATE TABLE acsync.accounts (
  table_schema text PRIMARY KEY,
  account text NOT NULL,
  time_zone text NOT NULL,
  time_zone_origin text NOT NULL
);
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
  query text NOT NULL,
  PRIMARY KEY (table_schema, source)
);
COMMENT ON TABLE acsync.sources IS
  'How an account''s tables become rows of the views acsync.source_…, which all other views are made of.';
COMMENT ON COLUMN acsync.sources.table_schema IS 'The schema of the account''s tables.';
COMMENT ON COLUMN acsync.sources.source IS 'What the view is of: a stream, or a table beside one.';
COMMENT ON COLUMN acsync.sources.query IS 'The account''s part of the view.';

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
  streams text[] NOT NULL,
  refreshed_after bigint NOT NULL DEFAULT 0,
  refreshed_at timestamptz,
  took interval
);
COMMENT ON TABLE acsync.materialized_views IS
  'Views whose rows are kept, and when they were last brought up to date.';
COMMENT ON COLUMN acsync.materialized_views.name IS 'The view, with its schema.';
COMMENT ON COLUMN acsync.materialized_views.streams IS 'The streams that its rows are made of.';
COMMENT ON COLUMN acsync.materialized_views.refreshed_after IS
  'The last run whose rows it has: acsync.runs.id; 0: none.';
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

-- Enters a view among those that a run brings up to date when streams they are made of have changed.
CREATE FUNCTION acsync.keep_refreshed(relation text, made_of text[]) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO acsync.materialized_views AS m (name, streams) VALUES (relation, made_of)
  ON CONFLICT (name) DO UPDATE SET streams = excluded.streams;
$$;
