-- Custom fields as columns: what each field's column is called, and whose values have changed.

CREATE TABLE acsync.wide_views (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  table_schema text NOT NULL,
  stream text NOT NULL,
  view_name text NOT NULL UNIQUE,
  granted text[] NOT NULL DEFAULT '{}',
  UNIQUE (table_schema, stream)
);
COMMENT ON TABLE acsync.wide_views IS
  'Views of schema analytics that have a column for each custom field.';
COMMENT ON COLUMN acsync.wide_views.id IS
  'Number of the view, which the names of its tables in this schema begin with.';
COMMENT ON COLUMN acsync.wide_views.table_schema IS 'The schema of the account''s tables.';
COMMENT ON COLUMN acsync.wide_views.stream IS 'The stream whose live rows it has.';
COMMENT ON COLUMN acsync.wide_views.view_name IS 'Its name in schema analytics.';
COMMENT ON COLUMN acsync.wide_views.granted IS
  'Roles that may read it because they may read the tables below it.';

CREATE TABLE acsync.wide_columns (
  view bigint NOT NULL REFERENCES acsync.wide_views (id) ON DELETE CASCADE,
  place integer NOT NULL,
  field bigint NOT NULL,
  kind text NOT NULL,
  column_name text NOT NULL,
  is_filled boolean NOT NULL,
  PRIMARY KEY (view, place),
  UNIQUE (view, field, kind),
  UNIQUE (view, column_name)
);
COMMENT ON TABLE acsync.wide_columns IS
  'The column of each custom field: the same for ever, whatever the field is called later.';
COMMENT ON COLUMN acsync.wide_columns.view IS 'The view.';
COMMENT ON COLUMN acsync.wide_columns.place IS 'Its number in the order of appearance, from 0.';
COMMENT ON COLUMN acsync.wide_columns.field IS 'Id of the field in ActiveCampaign.';
COMMENT ON COLUMN acsync.wide_columns.kind IS
  'What it holds: text, date, datetime, number, list, amount, currency; a field has one of each kind it ever was of.';
COMMENT ON COLUMN acsync.wide_columns.column_name IS 'Its name.';
COMMENT ON COLUMN acsync.wide_columns.is_filled IS
  'Whether values are kept in it: not while the field is gone from the account.';

CREATE TABLE acsync.wide_changes (
  view bigint NOT NULL REFERENCES acsync.wide_views (id) ON DELETE CASCADE,
  owner bigint NOT NULL
);
CREATE INDEX wide_changes_by_view ON acsync.wide_changes (view, owner);
COMMENT ON TABLE acsync.wide_changes IS
  'Rows whose custom field values have changed since the view''s columns were last filled.';
COMMENT ON COLUMN acsync.wide_changes.view IS 'The view.';
COMMENT ON COLUMN acsync.wide_changes.owner IS
  'Id of the contact, deal or account; may stand here more than once.';

-- Notes whose values a statement has changed, in the transaction that changes them. Its arguments: the
-- view, the column with the owner's id, and the table to empty where all values go at once.
CREATE FUNCTION acsync.note_wide_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    EXECUTE format(
      'INSERT INTO acsync.wide_changes (view, owner) SELECT $1, id FROM acsync.%I', TG_ARGV[2])
    USING TG_ARGV[0]::bigint;
  ELSIF TG_OP = 'UPDATE' THEN
    -- Of both, since a value can pass to another owner where two contacts are merged.
    EXECUTE format(
      'INSERT INTO acsync.wide_changes (view, owner)
       SELECT $1, %1$I FROM changed WHERE %1$I IS NOT NULL
       UNION SELECT $1, %1$I FROM before WHERE %1$I IS NOT NULL', TG_ARGV[1])
    USING TG_ARGV[0]::bigint;
  ELSE
    EXECUTE format(
      'INSERT INTO acsync.wide_changes (view, owner)
       SELECT DISTINCT $1, %1$I FROM changed WHERE %1$I IS NOT NULL', TG_ARGV[1])
    USING TG_ARGV[0]::bigint;
  END IF;
  RETURN NULL;
END
$$;

-- What a custom field's value is as a date, a time and so on; null where it is none. None of them fails,
-- whatever the text.
CREATE FUNCTION acsync.as_date(value text) RETURNS date
LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
  parts text[] := regexp_match(value, '^\s*(\d{4})-(\d\d?)-(\d\d?)([T\s].*)?$');
  first_day date;
  day integer;
BEGIN
  IF parts IS NULL OR parts[1] = '0000' OR parts[2]::integer NOT BETWEEN 1 AND 12 THEN
    RETURN NULL;
  END IF;
  first_day := make_date(parts[1]::integer, parts[2]::integer, 1);
  day := parts[3]::integer;
  IF day < 1 OR day > extract(day FROM first_day + interval '1 month' - interval '1 day') THEN
    RETURN NULL;
  END IF;
  RETURN first_day + (day - 1);
END
$$;

-- Times without an offset are US Central, as everywhere in the API.
CREATE FUNCTION acsync.as_time(value text) RETURNS timestamptz
LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
  parts text[] := regexp_match(value,
    '^\s*\d{4}-\d\d?-\d\d?(?:[T\s]+(\d\d?):(\d\d)(?::(\d\d(?:\.\d{1,9})?))?\s*(Z|z|[+-]\d\d(?::?\d\d)?)?)?\s*$');
  day date := acsync.as_date(value);
  zone text;
  wall timestamp;
BEGIN
  IF parts IS NULL OR day IS NULL OR coalesce(parts[1], '0')::integer > 23
    OR coalesce(parts[2], '0')::integer > 59 OR coalesce(parts[3], '0')::numeric >= 60
  THEN
    RETURN NULL;
  END IF;
  wall := day + make_time(coalesce(parts[1], '0')::integer, coalesce(parts[2], '0')::integer,
    coalesce(parts[3], '0')::double precision);
  zone := translate(parts[4], ':', '');
  IF zone IS NULL THEN
    RETURN wall AT TIME ZONE 'America/Chicago';
  ELSIF zone IN ('Z', 'z') THEN
    RETURN wall AT TIME ZONE 'UTC';
  ELSIF substr(zone, 2, 2)::integer > 15 OR coalesce(nullif(substr(zone, 4), ''), '0')::integer > 59
  THEN
    RETURN NULL;
  END IF;
  RETURN wall AT TIME ZONE make_interval(
    mins => (substr(zone, 1, 1) || '1')::integer
      * (60 * substr(zone, 2, 2)::integer + coalesce(nullif(substr(zone, 4), ''), '0')::integer));
END
$$;

CREATE FUNCTION acsync.as_number(value text) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN
  IF value ~ '^\s*[+-]?(\d{1,100}(\.\d{0,100})?|\.\d{1,100})([eE][+-]?\d{1,2})?\s*$' THEN
    RETURN value::numeric;
  END IF;
  RETURN NULL;
END
$$;

-- The service keeps money in hundredths; what has a decimal point is in whole units already.
CREATE FUNCTION acsync.as_amount(value text) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN
  IF value ~ '[.eE]' THEN RETURN acsync.as_number(value); END IF;
  RETURN acsync.as_number(value) * 0.01;
END
$$;

-- ||a||b||, ["a", "b"], or one value by itself; null where there is none.
CREATE FUNCTION acsync.as_list(value text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
  json jsonb;
  list text[];
BEGIN
  IF value ~ '^\s*[\[{]' THEN
    BEGIN
      json := value::jsonb;
    EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
      json := NULL;
    END;
  END IF;
  IF jsonb_typeof(json) = 'array' THEN
    list := ARRAY(
      SELECT e.item #>> '{}' FROM jsonb_array_elements(json) WITH ORDINALITY AS e (item, place)
      ORDER BY place);
  ELSIF jsonb_typeof(json) = 'object' THEN
    list := ARRAY(
      SELECT e.item #>> '{}' FROM jsonb_each(json) WITH ORDINALITY AS e (name, item, place)
      ORDER BY place);
  ELSE
    list := string_to_array(value, '||');
  END IF;
  list := ARRAY(
    SELECT e.item FROM unnest(list) WITH ORDINALITY AS e (item, place)
    WHERE btrim(e.item) <> '' ORDER BY place);
  RETURN CASE WHEN cardinality(list) > 0 THEN list END;
END
$$;
