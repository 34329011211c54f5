-- Who owns the warehouse, who fills it, and who reads how much of it. Nothing here makes a role when it
-- is applied: that takes a right that few have, so it is asked for (acsync.make_roles). Roles that are
-- there are given their rights, again and again, by acsync.grant_roles.

CREATE TABLE acsync.roles (
  kind text PRIMARY KEY CHECK (kind IN ('owner', 'loader', 'analyst', 'analyst_pii')),
  role_name text NOT NULL UNIQUE,
  is_used boolean NOT NULL DEFAULT false
);
INSERT INTO acsync.roles (kind, role_name) VALUES
  ('owner', 'acsync_owner'), ('loader', 'acsync_loader'),
  ('analyst', 'acsync_analyst'), ('analyst_pii', 'acsync_analyst_pii');
COMMENT ON TABLE acsync.roles IS
  'The roles of this server that have rights in this warehouse; one that does not exist gets none.';
COMMENT ON COLUMN acsync.roles.is_used IS
  'Whether this warehouse was told to use them (acsync migrate --roles): another one of the server may have made them for itself.';
COMMENT ON COLUMN acsync.roles.kind IS
  'owner: may change tables; loader: may change rows; analyst: reads what is not personal; analyst_pii: reads everything.';
COMMENT ON COLUMN acsync.roles.role_name IS 'The role.';

CREATE TABLE acsync.account_schemas (table_schema text PRIMARY KEY);
INSERT INTO acsync.account_schemas SELECT DISTINCT table_schema FROM acsync.stream_state;
COMMENT ON TABLE acsync.account_schemas IS
  'Schemas of accounts'' tables, as their owner laid them out: the roles have rights in these.';
COMMENT ON COLUMN acsync.account_schemas.table_schema IS 'The schema.';

CREATE TABLE acsync.analyst_grants (
  table_schema text NOT NULL,
  relation text NOT NULL,
  column_name text NOT NULL,
  PRIMARY KEY (table_schema, relation, column_name)
);
COMMENT ON TABLE acsync.analyst_grants IS
  'What acsync let analysts read: what becomes personal is taken back, what a person granted is not.';
COMMENT ON COLUMN acsync.analyst_grants.table_schema IS 'The schema.';
COMMENT ON COLUMN acsync.analyst_grants.relation IS 'The table or view.';
COMMENT ON COLUMN acsync.analyst_grants.column_name IS 'The column; empty: all of them at once.';

-- Whether a column is kept from analysts: one whose comment says so, one that nobody has explained, and
-- the fields that nobody declared.
CREATE FUNCTION acsync.is_personal(column_name text, description text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT column_name = '_extra' OR coalesce(description, '') = '' OR description LIKE '%[pii]'
$$;

-- What is still to be granted or taken back by whoever asks: only what belongs to him, since nothing
-- else is his to grant. What it is recorded by stands beside it.
CREATE FUNCTION acsync.missing_rights(only_schema text, only_relations text[])
RETURNS TABLE (
  statement text, table_schema text, relation text, given_columns text[], taken_columns text[]
)
LANGUAGE sql STABLE AS $$
  WITH roles AS (
    SELECT s.kind, r.oid, r.rolname AS name FROM acsync.roles s
    JOIN pg_roles r ON r.rolname = s.role_name WHERE s.kind <> 'owner' AND s.is_used
  ), schemas AS (
    SELECT n.oid, n.nspname::text AS name, n.nspowner AS owner,
      CASE WHEN n.nspname IN ('acsync', 'analytics') THEN n.nspname::text ELSE 'account' END AS area
    FROM pg_namespace n
    WHERE (n.nspname IN ('acsync', 'analytics')
        OR n.nspname IN (SELECT a.table_schema FROM acsync.account_schemas a))
      AND (only_schema IS NULL OR n.nspname = only_schema)
  ), relations AS (
    SELECT c.oid, s.name AS schema_name, c.relname::text AS name, s.area,
      -- The table that it keeps something of.
      CASE WHEN c.relname LIKE '%\_history' OR c.relname LIKE '%\_snapshots' THEN (
        SELECT o.oid FROM pg_class o WHERE o.relnamespace = s.oid
          AND o.relname = regexp_replace(c.relname, '_(history|snapshots)$', '')) END AS origin,
      c.relkind IN ('r', 'p') AS is_table,
      -- What is told here is done by the owner later: whoever could write it could do what he may.
      s.area = 'acsync' AND c.relname IN ('sources', 'view_files', 'schema_migrations',
        'materialized_views', 'roles', 'account_schemas', 'analyst_grants') AS is_the_owners,
      -- What others made says nothing reliable of what in it is personal.
      CASE s.area
        WHEN 'analytics' THEN
          EXISTS (
            SELECT FROM acsync.view_files f
            WHERE format('%s.%s', s.name, c.relname) = ANY (f.relations))
          OR EXISTS (SELECT FROM acsync.wide_views w WHERE w.view_name = c.relname)
          OR coalesce(obj_description(c.oid, 'pg_class'), '') LIKE '%made by acsync, mark %'
        ELSE c.relkind IN ('r', 'p') AND EXISTS (
          SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND NOT a.attisdropped
            AND a.attname IN ('_synced_at', 'taken_at'))
      END AS is_ours
    FROM schemas s JOIN pg_class c ON c.relnamespace = s.oid
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND pg_has_role(c.relowner, 'USAGE')
      AND (only_relations IS NULL OR c.relname = ANY (only_relations))
  ), whole AS (
    -- Those who read, or write, whole tables.
    SELECT l.schema_name, l.name, r.name AS role,
      string_agg(p.privilege, ', ' ORDER BY p.place) AS privileges
    FROM relations l JOIN roles r ON r.kind = 'loader' OR r.kind = 'analyst_pii' AND l.area <> 'acsync'
    CROSS JOIN LATERAL unnest(
      CASE WHEN r.kind = 'loader' AND l.is_table AND l.area <> 'analytics' AND NOT l.is_the_owners
        THEN ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE'] ELSE ARRAY['SELECT'] END)
      WITH ORDINALITY AS p (privilege, place)
    WHERE NOT has_table_privilege(r.oid, l.oid, p.privilege)
    GROUP BY l.schema_name, l.name, r.name
  ), columns AS MATERIALIZED (
    -- Those who read all but personal columns.
    SELECT l.oid, l.schema_name, l.name, r.oid AS analyst, r.name AS role, a.attnum,
      a.attname::text AS column_name,
      acsync.is_personal(a.attname, d.description)
        -- What is personal in a table is so in what is kept of it, though nobody may say so there.
        OR l.origin IS NOT NULL AND EXISTS (
          SELECT FROM pg_attribute t WHERE t.attrelid = l.origin AND t.attname = a.attname
            AND col_description(l.origin, t.attnum) LIKE '%[pii]') AS is_personal,
      g.column_name IS NOT NULL AS is_ours
    FROM relations l JOIN roles r ON r.kind = 'analyst' AND l.area <> 'acsync' AND l.is_ours
    JOIN pg_attribute a ON a.attrelid = l.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = l.oid
      AND d.objsubid = a.attnum
    LEFT JOIN acsync.analyst_grants g ON g.table_schema = l.schema_name AND g.relation = l.name
      AND g.column_name = a.attname
  ), partly AS (
    SELECT c.oid, c.schema_name, c.name, c.analyst, c.role, bool_or(c.is_personal) AS has_personal,
      g.column_name IS NOT NULL AS is_ours,
      array_agg(c.column_name ORDER BY c.attnum) FILTER (
        WHERE NOT c.is_personal AND NOT has_column_privilege(c.analyst, c.oid, c.attnum, 'SELECT')
      ) AS lacking,
      array_agg(c.column_name ORDER BY c.attnum) FILTER (WHERE c.is_personal AND c.is_ours) AS spare
    FROM columns c
    LEFT JOIN acsync.analyst_grants g ON g.table_schema = c.schema_name AND g.relation = c.name
      AND g.column_name = ''
    GROUP BY c.oid, c.schema_name, c.name, c.analyst, c.role, g.column_name
  )
  SELECT format('GRANT USAGE ON SCHEMA %I TO %I', s.name, r.name), s.name, NULL, NULL::text[],
    NULL::text[]
  FROM schemas s JOIN roles r ON r.kind = 'loader' OR s.area <> 'acsync'
  WHERE pg_has_role(s.owner, 'USAGE') AND NOT has_schema_privilege(r.oid, s.oid, 'USAGE')
  UNION ALL
  SELECT format('GRANT %s ON %I.%I TO %I', w.privileges, w.schema_name, w.name, w.role),
    w.schema_name, w.name, NULL, NULL
  FROM whole w
  UNION ALL
  SELECT format('GRANT SELECT ON %I.%I TO %I', p.schema_name, p.name, p.role), p.schema_name, p.name,
    ARRAY[''], NULL
  FROM partly p WHERE NOT p.has_personal AND NOT has_table_privilege(p.analyst, p.oid, 'SELECT')
  UNION ALL
  SELECT format('REVOKE SELECT ON %I.%I FROM %I', p.schema_name, p.name, p.role), p.schema_name,
    p.name, NULL, ARRAY['']
  FROM partly p WHERE p.has_personal AND p.is_ours
  UNION ALL
  SELECT format('REVOKE SELECT (%s) ON %I.%I FROM %I',
    (SELECT string_agg(quote_ident(n), ', ') FROM unnest(p.spare) AS n), p.schema_name, p.name,
    p.role), p.schema_name, p.name, NULL, p.spare
  FROM partly p WHERE p.has_personal AND p.spare IS NOT NULL
  UNION ALL
  SELECT format('GRANT SELECT (%s) ON %I.%I TO %I',
    (SELECT string_agg(quote_ident(n), ', ') FROM unnest(p.lacking) AS n), p.schema_name, p.name,
    p.role), p.schema_name, p.name, p.lacking, NULL
  FROM partly p WHERE p.has_personal AND p.lacking IS NOT NULL
  UNION ALL
  -- What belongs to no single table, asked for only where nothing single is meant.
  SELECT format('GRANT EXECUTE ON FUNCTION %s TO %I', f.oid::regprocedure, r.name), s.name, NULL,
    NULL, NULL
  FROM schemas s JOIN pg_proc f ON f.pronamespace = s.oid
  JOIN roles r ON r.kind = 'loader' OR NOT f.prosecdef
  WHERE only_relations IS NULL AND s.area = 'acsync' AND f.prokind = 'f'
    AND pg_has_role(f.proowner, 'USAGE') AND NOT has_function_privilege(r.oid, f.oid, 'EXECUTE')
  UNION ALL
  SELECT format('GRANT TEMPORARY ON DATABASE %I TO %I', current_database(), r.name), NULL, NULL, NULL,
    NULL
  FROM roles r
  WHERE only_relations IS NULL AND r.kind = 'loader'
    AND NOT has_database_privilege(r.oid, current_database(), 'TEMPORARY')
    AND has_database_privilege(current_database(), 'TEMPORARY WITH GRANT OPTION')
  UNION ALL
  SELECT format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT %s ON TABLES TO %I', s.name,
    d.privileges, r.name), s.name, NULL, NULL, NULL
  FROM schemas s JOIN roles r ON r.kind IN ('loader', 'analyst_pii')
  CROSS JOIN LATERAL (
    SELECT CASE WHEN r.kind = 'loader' AND s.area = 'account'
      THEN 'SELECT, INSERT, UPDATE, DELETE' ELSE 'SELECT' END AS privileges
  ) AS d
  WHERE only_relations IS NULL AND s.area <> 'acsync' AND pg_get_userbyid(s.owner) = current_user
    AND NOT EXISTS (
      SELECT FROM pg_default_acl a, aclexplode(a.defaclacl) AS given
      WHERE a.defaclrole = s.owner AND a.defaclnamespace = s.oid AND a.defaclobjtype = 'r'
        AND given.grantee = r.oid)
$$;

-- Gives the roles what they are to have, in all schemas, in one, or on some tables or views of one; tells
-- how much was missing. Where nothing is, nothing is locked or written; where the caller is not the
-- owner, nothing is done. A schema that is named counts as an account's from then on.
CREATE FUNCTION acsync.grant_roles(
  only_schema text DEFAULT NULL, only_relations text[] DEFAULT NULL
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  step record;
  missing bigint;
  done bigint := 0;
BEGIN
  IF NOT pg_has_role((SELECT nspowner FROM pg_namespace WHERE nspname = 'acsync'), 'USAGE') THEN
    RETURN 0;
  END IF;
  IF only_schema NOT IN ('acsync', 'analytics')
    AND NOT EXISTS (SELECT FROM acsync.account_schemas a WHERE a.table_schema = only_schema)
  THEN
    INSERT INTO acsync.account_schemas VALUES (only_schema) ON CONFLICT DO NOTHING;
    only_relations := NULL;
  END IF;
  IF NOT EXISTS (
    SELECT FROM acsync.roles s JOIN pg_roles r ON r.rolname = s.role_name
    WHERE s.kind <> 'owner' AND s.is_used)
  THEN
    RETURN 0;
  END IF;
  -- Again after what was taken back: columns of a table are granted once the whole is not.
  FOR pass IN 1 .. 3 LOOP
    SELECT count(*) INTO missing FROM acsync.missing_rights(only_schema, only_relations);
    EXIT WHEN missing = 0;
    -- Two who grant on one schema at once would fail.
    PERFORM pg_advisory_xact_lock(hashtextextended('acsync grants', 0));
    FOR step IN SELECT * FROM acsync.missing_rights(only_schema, only_relations) LOOP
      EXECUTE step.statement;
      done := done + 1;
      DELETE FROM acsync.analyst_grants g
      WHERE g.table_schema = step.table_schema AND g.relation = step.relation
        AND g.column_name = ANY (step.taken_columns);
      INSERT INTO acsync.analyst_grants
      SELECT step.table_schema, step.relation, n FROM unnest(step.given_columns) AS n
      ON CONFLICT DO NOTHING;
    END LOOP;
  END LOOP;
  RETURN done;
END
$$;

-- Makes those of the four roles that are not there, `prefix_owner` and so on, and has this warehouse use
-- them; tells which it made. Needs CREATEROLE where one is missing, else only the warehouse's owner.
CREATE FUNCTION acsync.make_roles(prefix text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
  wanted record;
BEGIN
  FOR wanted IN
    SELECT s.kind, prefix || '_' || s.kind AS name FROM acsync.roles s ORDER BY s.kind DESC
  LOOP
    IF octet_length(wanted.name) > 63 THEN
      RAISE EXCEPTION 'the name % is too long for a role', wanted.name USING ERRCODE = '42622';
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted.name) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', wanted.name);
        RETURN NEXT wanted.name;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        -- Another warehouse of this server was quicker.
        NULL;
      END;
    END IF;
    UPDATE acsync.roles s SET role_name = wanted.name, is_used = true
    WHERE s.kind = wanted.kind AND (s.role_name <> wanted.name OR NOT s.is_used);
  END LOOP;
END
$$;

-- Makes the owner role the owner of what the caller, or the owner so far, made in the warehouse's
-- schemas, and the caller a member of it; tells how much passed over.
CREATE FUNCTION acsync.hand_over() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  owner_role name;
  owner_oid oid;
  former oid;
  caller oid := (SELECT oid FROM pg_roles WHERE rolname = current_user);
  line text;
  done bigint := 0;
BEGIN
  SELECT r.rolname, r.oid INTO owner_role, owner_oid
  FROM acsync.roles s JOIN pg_roles r ON r.rolname = s.role_name WHERE s.kind = 'owner';
  IF owner_role IS NULL OR owner_oid = caller THEN RETURN 0; END IF;
  SELECT nspowner INTO former FROM pg_namespace WHERE nspname = 'acsync';
  -- From version 16 on, who makes a role may administer it, and is not yet a member that may act as it.
  IF NOT pg_has_role(owner_oid, CASE WHEN current_setting('server_version_num')::integer >= 160000
    THEN 'SET' ELSE 'MEMBER' END)
  THEN
    EXECUTE format('GRANT %I TO %I', owner_role, current_user);
  END IF;
  IF NOT has_database_privilege(owner_oid, current_database(), 'CREATE')
    AND has_database_privilege(current_database(), 'CREATE WITH GRANT OPTION')
  THEN
    EXECUTE format('GRANT CREATE, TEMPORARY ON DATABASE %I TO %I', current_database(), owner_role);
  END IF;
  -- Gathered first: a table is not handed over while it is read.
  FOREACH line IN ARRAY ARRAY(
    WITH schemas AS (
      SELECT n.oid, n.nspname, n.nspowner FROM pg_namespace n
      WHERE n.nspname IN ('acsync', 'analytics')
        OR n.nspname IN (SELECT table_schema FROM acsync.account_schemas)
        OR n.nspname = 'activecampaign'
    )
    SELECT format('ALTER SCHEMA %I OWNER TO %I', s.nspname, owner_role) FROM schemas s
    WHERE s.nspowner IN (former, caller) AND s.nspowner <> owner_oid
    UNION ALL
    -- A sequence of an identity column passes over with its table.
    SELECT format('ALTER TABLE %I.%I OWNER TO %I', s.nspname, c.relname, owner_role)
    FROM schemas s JOIN pg_class c ON c.relnamespace = s.oid
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S')
      AND c.relowner IN (former, caller) AND c.relowner <> owner_oid
      AND NOT EXISTS (
        SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
          AND d.objsubid = 0 AND c.relkind = 'S' AND d.deptype IN ('i', 'a'))
    UNION ALL
    SELECT format('ALTER ROUTINE %s OWNER TO %I', f.oid::regprocedure, owner_role)
    FROM schemas s JOIN pg_proc f ON f.pronamespace = s.oid
    WHERE f.proowner IN (former, caller) AND f.proowner <> owner_oid
  )
  LOOP
    EXECUTE line;
    done := done + 1;
  END LOOP;
  RETURN done;
END
$$;
