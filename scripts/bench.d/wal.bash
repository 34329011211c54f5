# What a run writes to PostgreSQL's log ahead, by pg_waldump: in all, and for the tables of the
# streams.

# wal_of NAME COMMAND…: NAME.wal holds the two figures, in bytes.
wal_of() {
  local name=$1 start end
  shift
  # What the first reading of a table leaves in it, and what autovacuum would do, is done before.
  sql -c VACUUM -c CHECKPOINT || fail "the tables cannot be vacuumed" psql.log
  start=$(sql -c 'SELECT pg_current_wal_insert_lsn()')
  "$@"
  end=$(sql -c 'SELECT pg_switch_wal()')
  read_wal "$start" "$end" >"$folder/$name.records" || fail "the WAL cannot be read" waldump.log
  stream_relations >"$folder/$name.relations" || fail "the tables cannot be told" psql.log
  printf '%s %s\n' "$(record_bytes <"$folder/$name.records")" \
    "$({ grep -wFf "$folder/$name.relations" "$folder/$name.records" || true; } | record_bytes)" \
    >"$folder/$name.wal"
}

# read_wal START END: a line for each record, by the program that belongs to the running server.
read_wal() {
  local data server
  data=$(sql -c 'SHOW data_directory')
  server=$(readlink "/proc/$(head -n 1 "$data/postmaster.pid")/exe")
  "$(dirname "$server")/pg_waldump" --path "$data/pg_wal" --start "$1" --end "$2" \
    2>"$folder/waldump.log"
}

# The tables of the streams with their indexes and what is kept beside them, as records name them.
stream_relations() {
  sql <<'SQL'
WITH tables AS (
  SELECT oid, reltoastrelid FROM pg_class
  WHERE relnamespace = 'activecampaign'::regnamespace AND relkind = 'r'
), relations AS (
  SELECT oid FROM tables UNION SELECT reltoastrelid FROM tables WHERE reltoastrelid <> 0
)
SELECT format('rel %s/%s/%s', coalesce(nullif(c.reltablespace, 0), d.dattablespace), d.oid,
  pg_relation_filenode(c.oid))
FROM pg_class c, pg_database d
WHERE d.datname = current_database()
  AND (c.oid IN (SELECT oid FROM relations)
    OR c.oid IN (SELECT indexrelid FROM pg_index WHERE indrelid IN (SELECT oid FROM relations)));
SQL
}

record_bytes() {
  sed -nE 's|.* len \(rec/tot\): *[0-9]+/ *([0-9]+),.*|\1|p' |
    awk '{ sum += $1 } END { print sum + 0 }'
}

# wal_sentence NAME: the figures in words.
wal_sentence() {
  local all streams
  read -r all streams <"$folder/$1.wal"
  printf '%s kB in all, for the tables of the streams %s bytes (goal: none; %s)' \
    "$(grouped "$(show %.0f "$all / 1000")")" "$(grouped "$streams")" "$(verdict "$streams == 0")"
}
