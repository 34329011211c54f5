-- What rows were before: versions of rows, and counters as they stood, beside a stream's table.

ALTER TABLE acsync.stream_state ADD COLUMN snapshot_day date;
COMMENT ON COLUMN acsync.stream_state.snapshot_day IS
  'The last day, of the account''s zone, for which each live row''s counters are kept; null: none, or not kept.';

-- A role that was let write the state by hand before there were days needs the zone they are of.
DO $$
DECLARE
  writer text;
BEGIN
  FOR writer IN
    SELECT DISTINCT CASE g.grantee WHEN 0 THEN 'PUBLIC'
      ELSE quote_ident(pg_get_userbyid(g.grantee)) END
    FROM pg_class t, aclexplode(t.relacl) AS g
    WHERE t.oid = 'acsync.stream_state'::regclass AND g.privilege_type IN ('INSERT', 'UPDATE')
      AND g.grantee <> t.relowner
  LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON acsync.accounts TO %s', writer);
  END LOOP;
END
$$;

-- Whether a table is one that acsync made beside a stream's: it has a constraint of ours. Another's of the
-- same name is neither written nor read.
CREATE FUNCTION acsync.is_beside(relation regclass) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM pg_catalog.pg_constraint
    WHERE conrelid = relation AND contype = 'c'
      AND conname IN ('acsync_history', 'acsync_counters'))
$$;

-- Lets those who may write a stream's table write what is kept beside it: the triggers act as they do.
CREATE FUNCTION acsync.let_write(origin regclass, beside regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  writer record;
BEGIN
  FOR writer IN
    SELECT DISTINCT g.grantee, CASE g.grantee WHEN 0 THEN 'PUBLIC'
      ELSE quote_ident(pg_get_userbyid(g.grantee)) END AS name
    FROM pg_class t, aclexplode(coalesce(t.relacl, acldefault('r', t.relowner))) AS g, pg_class b
    WHERE t.oid = origin AND b.oid = beside AND pg_has_role(b.relowner, 'USAGE')
      AND g.privilege_type IN ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE')
      AND g.grantee <> b.relowner
  LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO %s', beside, writer.name);
    -- They call functions there.
    IF writer.grantee <> 0 AND NOT has_schema_privilege(writer.grantee, 'acsync', 'USAGE')
      AND pg_has_role((SELECT nspowner FROM pg_namespace WHERE nspname = 'acsync'), 'USAGE')
    THEN
      EXECUTE format('GRANT USAGE ON SCHEMA acsync TO %s', writer.name);
    END IF;
  END LOOP;
END
$$;

-- What brings the versions in a history up to its table's rows, or to those that changed: four
-- statements, to be carried out in order, of which each takes the rows `n` from `source`.
-- `version` is the column with their update time; empty where they have none.
--
-- A version is valid from the row's update time, where that lies after the version before and not after
-- the answer that told it; else from that answer on. Whatever comes at the same instant takes its place.
CREATE FUNCTION acsync.version_statements(
  origin regclass, history regclass, key text, version text, source text
) RETURNS text[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  names text;
  new_values text;
  update_time text := CASE version WHEN '' THEN 'NULL::timestamptz' ELSE format('n.%I', version) END;
  is_open text;
  differs text;
  since text;
BEGIN
  SELECT string_agg(format('%I', h.attname), ', ' ORDER BY h.attnum),
    string_agg(format('n.%I', h.attname), ', ' ORDER BY h.attnum),
    format('(%s) IS DISTINCT FROM (%s)',
      string_agg(format('h.%I', h.attname), ', ' ORDER BY h.attnum)
        FILTER (WHERE h.attname <> '_synced_at'),
      string_agg(format('n.%I', h.attname), ', ' ORDER BY h.attnum)
        FILTER (WHERE h.attname <> '_synced_at'))
  INTO names, new_values, differs
  FROM pg_attribute h
  JOIN pg_attribute t ON t.attrelid = origin AND t.attname = h.attname AND NOT t.attisdropped
  WHERE h.attrelid = history AND h.attnum > 0 AND NOT h.attisdropped
    AND h.attname <> ALL ('{valid_from,valid_to,_deleted_at}');
  is_open := format('h.%1$I = n.%1$I AND h.valid_to IS NULL', key);
  since := format(
    'CASE WHEN %1$s > h.valid_from AND %1$s <= n._synced_at THEN %1$s ELSE n._synced_at END',
    update_time);
  RETURN ARRAY[
    -- Gone: the version ends, at the least a moment after it began.
    format(
      'UPDATE %s AS h
       SET valid_to = greatest(n._deleted_at, h.valid_from + interval ''1 microsecond'')
       FROM %s AS n WHERE %s AND n._deleted_at IS NOT NULL',
      history, source, is_open),
    -- Not later than the version that is open: in its place.
    format(
      'UPDATE %s AS h SET (%s) = ROW (%s) FROM %s AS n
       WHERE %s AND n._deleted_at IS NULL
         AND (%s AND %s <= h.valid_from OR NOT (%6$s) AND h._synced_at <> n._synced_at)',
      history, names, new_values, source, is_open, differs, since),
    -- Later: the one before ends.
    format(
      'UPDATE %s AS h SET valid_to = %s FROM %s AS n
       WHERE %s AND n._deleted_at IS NULL AND %s AND %2$s > h.valid_from',
      history, since, source, is_open, differs),
    -- And a new one begins, where it does: the same instant, or after the row was gone.
    format(
      'INSERT INTO %1$s (%2$s, valid_from)
       SELECT %3$s, CASE
         WHEN l.is_there IS NULL THEN least(%4$s, n._synced_at)
         WHEN %4$s >= l.valid_to AND %4$s <= n._synced_at THEN %4$s
         ELSE greatest(l.valid_to, n._synced_at) END
       FROM %5$s AS n
       LEFT JOIN LATERAL (
         SELECT true AS is_there, h.valid_to FROM %1$s AS h
         WHERE h.%6$I = n.%6$I ORDER BY h.valid_from DESC LIMIT 1
       ) AS l ON true
       WHERE n._deleted_at IS NULL AND (l.is_there IS NULL OR l.valid_to IS NOT NULL)',
      history, names, new_values, update_time, source, key)];
END
$$;

-- Keeps the versions of rows, in the transaction that changes them. Its arguments: the history, the key's
-- column, and the column with the rows' update time, or nothing.
--
-- Two settings of a transaction speak to it: `acsync.is_quiet`, where what is known is only laid out
-- anew, and `acsync.gone_at`, when rows were gone that are removed.
CREATE FUNCTION acsync.keep_versions() RETURNS trigger LANGUAGE plpgsql
SET jit = off SET search_path = pg_catalog AS $$
DECLARE
  history regclass := to_regclass(format('%I.%I', TG_TABLE_SCHEMA, TG_ARGV[0]));
  gone_at timestamptz := coalesce(
    nullif(current_setting('acsync.gone_at', true), '')::timestamptz, statement_timestamp());
  statements text[];
BEGIN
  -- Where somebody has dropped it, the next run makes it again.
  IF NOT acsync.is_beside(history) OR current_setting('acsync.is_quiet', true) = 'on' THEN
    RETURN NULL;
  END IF;
  IF TG_OP = 'TRUNCATE' THEN
    EXECUTE format(
      'UPDATE %s SET valid_to = greatest($1, valid_from + interval ''1 microsecond'')
       WHERE valid_to IS NULL', history)
    USING gone_at;
    RETURN NULL;
  END IF;
  IF NOT EXISTS (SELECT FROM changed) THEN RETURN NULL; END IF;
  IF TG_OP = 'DELETE' THEN
    EXECUTE format(
      'UPDATE %1$s AS h
       SET valid_to = greatest($1, h.valid_from + interval ''1 microsecond'')
       FROM changed AS n WHERE h.%2$I = n.%2$I AND h.valid_to IS NULL', history, TG_ARGV[1])
    USING gone_at;
    RETURN NULL;
  END IF;
  statements := acsync.version_statements(TG_RELID, history, TG_ARGV[1], TG_ARGV[2], 'changed');
  -- A row that is new has no version to end.
  IF TG_OP = 'UPDATE' THEN
    EXECUTE statements[1];
    EXECUTE statements[2];
    EXECUTE statements[3];
  END IF;
  EXECUTE statements[4];
  RETURN NULL;
END
$$;

-- Brings a history up to its table: all rows that changed while nobody kept it.
CREATE FUNCTION acsync.catch_up_versions(
  origin regclass, history regclass, key text, version text
) RETURNS void LANGUAGE plpgsql SET jit = off SET search_path = pg_catalog AS $$
DECLARE
  statement text;
BEGIN
  FOREACH statement IN ARRAY acsync.version_statements(
    origin, history, key, version, origin::text)
  LOOP
    EXECUTE statement;
  END LOOP;
  EXECUTE format(
    'UPDATE %1$s AS h
     SET valid_to = greatest(statement_timestamp(), h.valid_from + interval ''1 microsecond'')
     WHERE h.valid_to IS NULL AND NOT EXISTS (SELECT FROM %2$s AS n WHERE n.%3$I = h.%3$I)',
    history, origin, key);
END
$$;

-- What keeps the counters of live rows, `n` from `source`, that differ from those kept last.
CREATE FUNCTION acsync.counter_statement(
  origin regclass, snapshots regclass, key text, source text
) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  names text;
  new_values text;
  kept_values text;
  excluded_values text;
BEGIN
  SELECT string_agg(format('%I', s.attname), ', ' ORDER BY s.attnum),
    string_agg(format('n.%I', s.attname), ', ' ORDER BY s.attnum),
    string_agg(format('l.%I', s.attname), ', ' ORDER BY s.attnum),
    string_agg(format('excluded.%I', s.attname), ', ' ORDER BY s.attnum)
  INTO names, new_values, kept_values, excluded_values
  FROM pg_attribute s
  JOIN pg_attribute t ON t.attrelid = origin AND t.attname = s.attname AND NOT t.attisdropped
  WHERE s.attrelid = snapshots AND s.attnum > 0 AND NOT s.attisdropped
    AND s.attname NOT IN (key, 'taken_at');
  RETURN format(
    'INSERT INTO %1$s (%2$I, taken_at, %3$s)
     SELECT n.%2$I, greatest(n._synced_at, l.taken_at), %4$s
     FROM %5$s AS n
     LEFT JOIN LATERAL (
       SELECT true AS is_there, s.* FROM %1$s AS s
       WHERE s.%2$I = n.%2$I ORDER BY s.taken_at DESC LIMIT 1
     ) AS l ON true
     WHERE n._deleted_at IS NULL
       AND (l.is_there IS NULL OR (%6$s) IS DISTINCT FROM (%4$s))
     ON CONFLICT (%2$I, taken_at) DO UPDATE SET (%3$s) = ROW (%7$s)',
    snapshots, key, names, new_values, source, kept_values, excluded_values);
END
$$;

-- Keeps the counters of rows, in the transaction that changes them. Its arguments: the table they are kept
-- in, and the key's column.
CREATE FUNCTION acsync.keep_counters() RETURNS trigger LANGUAGE plpgsql
SET jit = off SET search_path = pg_catalog AS $$
DECLARE
  snapshots regclass := to_regclass(format('%I.%I', TG_TABLE_SCHEMA, TG_ARGV[0]));
BEGIN
  IF NOT acsync.is_beside(snapshots) OR current_setting('acsync.is_quiet', true) = 'on' THEN
    RETURN NULL;
  END IF;
  IF NOT EXISTS (SELECT FROM changed) THEN RETURN NULL; END IF;
  EXECUTE acsync.counter_statement(TG_RELID, snapshots, TG_ARGV[1], 'changed');
  RETURN NULL;
END
$$;

-- Keeps the counters of all rows that were changed while nobody did.
CREATE FUNCTION acsync.catch_up_counters(origin regclass, snapshots regclass, key text)
RETURNS void LANGUAGE plpgsql SET jit = off SET search_path = pg_catalog AS $$
BEGIN
  EXECUTE acsync.counter_statement(origin, snapshots, key, origin::text);
END
$$;

-- Keeps the counters of every live row once for the day up to which its table is complete, unless they
-- have been since that day began. Does nothing where the day is done.
CREATE FUNCTION acsync.keep_day(
  of_account text, of_stream text, origin regclass, snapshots regclass, key text
) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  state record;
  zone text;
  day_start timestamptz;
  day date;
  names text;
  new_values text;
BEGIN
  SELECT complete_as_of, snapshot_day, table_schema INTO state FROM acsync.stream_state
  WHERE account = of_account AND stream = of_stream;
  -- Where somebody has dropped the table, the next run makes it again.
  IF NOT acsync.is_beside(snapshots) OR state.complete_as_of IS NULL THEN RETURN; END IF;
  -- A role that was given rights by hand and not this one gets days of UTC, and its rows.
  IF has_table_privilege('acsync.accounts', 'SELECT') THEN
    SELECT time_zone INTO zone FROM acsync.accounts WHERE table_schema = state.table_schema;
  END IF;
  BEGIN
    day := (state.complete_as_of AT TIME ZONE coalesce(zone, 'UTC'))::date;
  EXCEPTION WHEN invalid_parameter_value THEN
    -- No zone that this server knows.
    zone := 'UTC';
    day := (state.complete_as_of AT TIME ZONE zone)::date;
  END;
  IF day <= state.snapshot_day THEN RETURN; END IF;
  day_start := day::timestamp AT TIME ZONE coalesce(zone, 'UTC');
  SELECT string_agg(format('%I', s.attname), ', ' ORDER BY s.attnum),
    string_agg(format('n.%I', s.attname), ', ' ORDER BY s.attnum)
  INTO names, new_values
  FROM pg_attribute s
  JOIN pg_attribute t ON t.attrelid = origin AND t.attname = s.attname AND NOT t.attisdropped
  WHERE s.attrelid = snapshots AND s.attnum > 0 AND NOT s.attisdropped
    AND s.attname NOT IN (key, 'taken_at');
  EXECUTE format(
    'INSERT INTO %1$s (%2$I, taken_at, %3$s)
     SELECT n.%2$I, $1, %4$s FROM %5$s AS n
     WHERE n._deleted_at IS NULL AND NOT EXISTS (
       SELECT FROM %1$s AS s WHERE s.%2$I = n.%2$I AND s.taken_at >= $2)',
    snapshots, key, names, new_values, origin)
  USING state.complete_as_of, day_start;
  UPDATE acsync.stream_state SET snapshot_day = day
  WHERE account = of_account AND stream = of_stream;
END
$$;
