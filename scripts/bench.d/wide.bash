# Custom fields as columns: the view that acsync makes next to one that puts the long tables together
# whenever it is asked, over the same rows.

readonly wide_contacts=100000 wide_fields=200
# Of the fields, so many have a value in each contact.
wide_filled=(20)
[[ ${BENCH_LARGE:-} == 1 ]] && wide_filled+=(200)
readonly wide_filled

# The questions, by name; VIEW stands for the view.
readonly wide_questions=(
  'count the rows|SELECT count(*) FROM VIEW'
  'those with a value in a field|SELECT count(*), min(email) FROM VIEW WHERE NAME = '"'value 77'"
  'a value by another|SELECT count(DISTINCT OTHER) FROM VIEW WHERE NAME < '"'value 2'"
  'one row by its id|SELECT * FROM VIEW WHERE id = 4711'
  'all rows, all columns|COPY (SELECT * FROM VIEW) TO STDOUT'
)

measure_wide() {
  local filled question number
  for filled in "${wide_filled[@]}"; do
    say "custom fields, $filled of $wide_fields filled: making the account"
    empty
    serve "wide$filled" --size none --requests-per-second 0 \
      --rows "contacts=100,custom_fields=$wide_fields,custom_field_values=100"
    sync_wide "first$filled" contacts,custom_fields,custom_field_values
    fill_wide "$filled"
    say "custom fields, $filled of $wide_fields filled: measuring"
    sync_wide "filling$filled" custom_fields
    sync_wide "unchanged$filled" custom_fields
    sql -c "UPDATE activecampaign.custom_field_values SET value = 'value x' WHERE contact <= 1000" \
      -c CHECKPOINT >/dev/null || fail "the values cannot be changed" psql.log
    sync_wide "changed$filled" custom_fields
    sql -c "ANALYZE" >/dev/null
    number=0
    for question in "${wide_questions[@]}"; do
      ask "$filled.$number.made" analytics.contacts_wide "${question#*|}"
      ask "$filled.$number.plain" public.contacts_plain "${question#*|}"
      number=$((number + 1))
    done
    wide_bytes >"$folder/wide$filled.bytes"
    stop_simulator
  done
}

sync_wide() { run "$1" --streams "$2" --requests-per-second 1000000; }

# fill_wide VALUES: the tables of a large account, as a run would leave them, and the plain view.
fill_wide() {
  sql -v contacts="$wide_contacts" -v fields="$wide_fields" -v filled="$1" \
    >"$folder/fill.log" <<'SQL' || fail "the tables cannot be filled" psql.log
TRUNCATE activecampaign.contacts, activecampaign.custom_field_values;
INSERT INTO activecampaign.contacts (id, email, first_name, udate, _synced_at)
SELECT i, 'p' || i || '@example.com', 'Name ' || i % 1000, now(), now()
FROM generate_series(1, :contacts) AS i;
CREATE TEMPORARY TABLE field AS
SELECT id, type, row_number() OVER (ORDER BY id) - 1 AS place FROM activecampaign.custom_fields;
INSERT INTO activecampaign.custom_field_values (id, contact, field, value, cdate, udate, _synced_at)
SELECT row_number() OVER (), i, f.id,
  CASE WHEN f.type = 'date' THEN (date '2020-01-01' + (i % 1000)::integer)::text
    WHEN f.type = 'datetime' THEN '2024-07-01T10:00:00-05:00'
    WHEN f.type IN ('checkbox', 'multiselect', 'listbox') THEN '||a||b' || i % 5 || '||'
    WHEN f.type IN ('number', 'currency') THEN (i * 7 % 10007)::text
    ELSE 'value ' || (i * 31 + f.id) % 977 END, now(), now(), now()
FROM generate_series(1, :contacts) AS i
JOIN field AS f ON (i * 13 + f.place) % (:fields / :filled) = 0;
VACUUM ANALYZE activecampaign.contacts, activecampaign.custom_field_values;
SELECT string_agg(format(
  '%s(max(value) FILTER (WHERE field = %s)) AS %I',
  CASE WHEN f.type = 'date' THEN 'acsync.as_date' WHEN f.type = 'datetime' THEN 'acsync.as_time'
    WHEN f.type IN ('checkbox', 'multiselect', 'listbox') THEN 'acsync.as_list'
    WHEN f.type = 'number' THEN 'acsync.as_number' ELSE '' END,
  w.field, w.column_name), ', ' ORDER BY w.place) AS columns
FROM acsync.wide_columns AS w JOIN field AS f ON f.id = w.field \gset
CREATE VIEW public.contacts_plain AS
SELECT r.*, v.* FROM activecampaign.contacts AS r
LEFT JOIN (
  SELECT contact AS owner_id, :columns FROM activecampaign.custom_field_values
  WHERE _deleted_at IS NULL GROUP BY contact
) AS v ON v.owner_id = r.id
WHERE r._deleted_at IS NULL;
SQL
}

# ask NAME VIEW QUESTION: the median of its milliseconds, in NAME.ms.
ask() {
  local text columns
  columns=$(sql -c "SELECT string_agg(quote_ident(column_name), ' ') FROM (
      SELECT column_name FROM acsync.wide_columns WHERE kind = 'text' ORDER BY place LIMIT 2) AS c")
  text=${3//VIEW/$2}
  text=${text//NAME/${columns% *}}
  text=${text//OTHER/${columns#* }}
  time_rounds "$1" "$text"
}

# What the long table takes, and what is kept beside it, with their indexes.
wide_bytes() {
  sql -c "SELECT pg_total_relation_size('activecampaign.custom_field_values') || ' ' ||
    sum(pg_total_relation_size(oid)) FROM pg_class
    WHERE relnamespace = 'acsync'::regnamespace AND relkind = 'r' AND relname LIKE 'contacts_wide_%'"
}

print_wide() {
  local filled number question made plain values kept
  cat <<EOT
## Custom fields as columns

$(grouped "$wide_contacts") contacts, $wide_fields fields: \`analytics.contacts_wide\` next to a plain view of the same columns, which puts the values together whenever it is asked (one \`GROUP BY\`, an aggregate with \`FILTER\` a field, the values indexed by contact). Medians of $rounds.

| fields filled a contact | question | \`contacts_wide\`, ms | plain view, ms | plain over \`contacts_wide\` |
|---|---|---|---|---|
EOT
  for filled in "${wide_filled[@]}"; do
    number=0
    for question in "${wide_questions[@]}"; do
      made=$(cat "$folder/$filled.$number.made.ms") plain=$(cat "$folder/$filled.$number.plain.ms")
      printf '| %s | %s | %s | %s | %s |\n' "$filled" "${question%%|*}" "$(show %.1f "$made")" \
        "$(show %.1f "$plain")" "$(show '%.1f×' "$plain / $made")"
      number=$((number + 1))
    done
  done
  echo
  for filled in "${wide_filled[@]}"; do
    read -r values kept <"$folder/wide$filled.bytes"
    echo "- $filled of $wide_fields filled ($(grouped "$((wide_contacts * filled))") values):" \
      "filling all rows took $(seconds_more "filling$filled" "unchanged$filled") s of a run," \
      "1,000 changed contacts $(seconds_more "changed$filled" "unchanged$filled") s;" \
      "the columns take $(show %.0f "$kept / 1000000") MB beside" \
      "$(show %.0f "$values / 1000000") MB of values."
  done
}

# seconds_more RUN OTHER: by how many seconds a run was longer than another.
seconds_more() { show %.2f "$(wall "$1") - $(wall "$2")"; }
