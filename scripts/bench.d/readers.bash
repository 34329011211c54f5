# What analysts ask: every question of docs/questions.md over a large warehouse, and what it costs
# to keep the rows of the views that keep theirs.

# In thousands of contacts; the rest is in proportion.
readers_sizes=(100)
[[ ${BENCH_LARGE:-} == 1 ]] && readers_sizes+=(1000)
readonly readers_sizes
# The day that is today for the questions: the one after the last of the rows.
readonly readers_today=2025-12-31

measure_readers() {
  local size
  take_apart "${parts%/scripts/*}/docs/questions.md" "$folder/questions"
  for size in "${readers_sizes[@]}"; do
    say "$(grouped "${size}000") contacts: filling the warehouse"
    lay_out "$size"
    sql -v thousands="$size" -f "$parts/readers.sql" || fail "the rows cannot be made" psql.log
    sql -c 'SELECT pg_database_size(current_database())' >"$folder/readers$size.bytes"
    say "$(grouped "${size}000") contacts: the kept views"
    refresh_due "$size.first"
    # As if the time had passed that they wait.
    sql -c "UPDATE acsync.materialized_views SET refreshed_at = refreshed_at - interval '1 hour'"
    refresh_due "$size.same"
    change_a_hundredth
    refresh_due "$size.changed"
    kept_views >"$folder/readers$size.kept"
    say "$(grouped "${size}000") contacts: the questions"
    ask_all "$size"
  done
}

# Tables and views as a run leaves them over an account of few rows.
lay_out() {
  empty
  serve "readers$1" --size none --rows contacts=10 --requests-per-second 0
  ACSYNC_ACCOUNT_TIME_ZONE=America/Chicago run "readers$1" --streams '*,send_logs' \
    --requests-per-second 1000000
  stop_simulator
}

# take_apart DOCUMENT FILE: FILE tells a question a line, its number and its words; FILE.1 and so on
# ask them.
take_apart() {
  awk -v list="$2" '
    # Whether a line is inside of SQL, of something else that is quoted, or of neither.
    /^```/ {
      state = $0 == "```sql" ? "sql" : $0 == "```" ? "" : "other"
      if (state == "sql") {
        questions++
        part++
        print number (part > 1 ? " " substr("abcdefghi", part, 1) : "") "\t" words >list
      }
      next
    }
    state == "sql" { print >(list "." questions) }
    state != "" { next }
    /^## / {
      number = $2
      sub(/\.$/, "", number)
      words = $0
      sub(/^## [^ ]+ /, "", words)
      part = 0
    }
    # The first of a heading is called by it, what follows by the sentence before.
    part > 0 && /:$/ { words = substr($0, 1, length($0) - 1) }
  ' "$1"
}

# ask_all SIZE
ask_all() {
  local place text setting="SET acsync.today = '$readers_today'"
  for ((place = 1; place <= $(wc -l <"$folder/questions"); place++)); do
    text=$(cat "$folder/questions.$place")
    [[ -n $(sql -c "$setting" -c "$text") ]] ||
      fail "no row answers question $place, so its time says nothing" "questions.$place"
    time_rounds "$1.question$place" "$text" "$setting"
  done
}

# refresh_due NAME: what a run does at its end; NAME.refreshed tells each view and its seconds.
refresh_due() {
  local view
  sql -c "SELECT acsync.refresh_due()" >"$folder/$1.due" || fail "no view can be told" psql.log
  : >"$folder/$1.refreshed"
  while read -r view; do
    sql -c "SELECT acsync.refresh('$view')" >/dev/null || fail "$view cannot be refreshed" psql.log
    sql -c "SELECT name, extract(epoch FROM took) FROM acsync.materialized_views
      WHERE name = '$view'" -F ' ' >>"$folder/$1.refreshed"
  done <"$folder/$1.due"
}

# The rows of a run that finds a hundredth of everything changed, or as many new.
change_a_hundredth() {
  sql <<'SQL' || fail "the rows cannot be changed" psql.log
SET search_path = activecampaign;
UPDATE contacts SET sentcnt = sentcnt + 1, udate = now(), _synced_at = now() WHERE id % 100 = 0;
UPDATE contact_lists SET status = 2, udate = '2025-12-31', _synced_at = now() WHERE id % 100 = 0;
UPDATE contact_automations SET status = 2, completed = true, remdate = '2025-12-31',
  _synced_at = now() WHERE id % 100 = 0;
UPDATE deals SET status = 1, stage = stage % 60 + 1, mdate = '2025-12-31', _synced_at = now()
WHERE id % 100 = 0;
UPDATE campaigns SET opens = opens + 1, uniqueopens = uniqueopens + 1, _synced_at = now()
WHERE id % 100 = 0;
UPDATE ecommerce_orders SET state = 1, _synced_at = now() WHERE id % 100 = 0;
INSERT INTO contact_tags (id, contact, tag, cdate, _synced_at)
SELECT -id, contact, tag, '2025-12-31', now() FROM contact_tags WHERE id % 100 = 0;
INSERT INTO deal_activities (id, d_id, deal, data_type, data_action, data_id, cdate, deleted,
  _synced_at)
SELECT -id, id, id, 'status', 'change', 1, '2025-12-31', false, now() FROM deals WHERE id % 100 = 0;
INSERT INTO bounce_logs (id, contact, campaign, campaignid, code, tstamp, _synced_at)
SELECT -id, contact, campaign, campaignid, code, '2025-12-31', now()
FROM bounce_logs WHERE id % 100 = 0;
SQL
}

# Name, rows and bytes with indexes of each.
kept_views() {
  sql -F ' ' <<'SQL'
SELECT m.name, c.reltuples::bigint, pg_total_relation_size(c.oid)
FROM acsync.materialized_views AS m JOIN pg_class AS c ON c.oid = m.name::regclass
ORDER BY c.oid;
SQL
}

print_readers() {
  local largest=${readers_sizes[-1]} size
  cat <<EOT
## What analysts ask

Every question of [questions.md](questions.md) over three years of an account: $(readers_rows)the rest in proportion, made by \`scripts/bench.d/readers.sql\` in tables and views that a run laid out. Milliseconds, medians of $rounds.

EOT
  print_questions
  echo
  for size in "${readers_sizes[@]}"; do print_slow "$size"; done
  echo
  echo "The views that keep their rows, at $(grouped "${largest}000") contacts. From the start of a refreshing a view waits nine times as long as it took."
  echo
  print_kept "$largest"
  echo
  for size in "${readers_sizes[@]}"; do
    echo "- $(grouped "${size}000") contacts, $(show %.1f "$(cat "$folder/readers$size.bytes") / 1e9") GB:" \
      "all kept views together take $(megabytes "$size") MB; brought up to date first in" \
      "$(seconds_of "$size.first") s, after a hundredth of all rows changed in" \
      "$(seconds_of "$size.changed") s. Where nothing changed, $(wc -l <"$folder/$size.same.due") of" \
      "them were due."
  done
}

readers_rows() {
  local size
  for size in "${readers_sizes[@]}"; do
    printf '%s contacts with %s deals, %s contact tags and as many list memberships; ' \
      "$(grouped "${size}000")" "$(grouped "${size}00")" "$(grouped "$((size * 3))000")"
  done
}

print_questions() {
  local size number words place=0
  printf '| | question |'
  for size in "${readers_sizes[@]}"; do printf ' %s contacts |' "$(grouped "${size}000")"; done
  printf '\n|---|---|'
  for size in "${readers_sizes[@]}"; do printf -- '---|'; done
  echo
  while IFS=$'\t' read -r number words; do
    place=$((place + 1))
    printf '| %s | %s |' "$number" "$words"
    for size in "${readers_sizes[@]}"; do
      printf ' %s |' "$(show %.0f "$(cat "$folder/$size.question$place.ms")")"
    done
    echo
  done <"$folder/questions"
}

# print_slow SIZE: whether the goal is met, which is a second for each.
print_slow() {
  local number words place=0 slow=() longest=0 ms
  while IFS=$'\t' read -r number words; do
    place=$((place + 1))
    ms=$(cat "$folder/$1.question$place.ms")
    longest=$(show %.0f "($ms > $longest) ? $ms : $longest")
    [[ $(verdict "$ms < 1000") == met ]] || slow+=("$number")
  done <"$folder/questions"
  echo "- $(grouped "${1}000") contacts: of $place questions ${#slow[@]} took a second or more" \
    "(goal: none; $(verdict "${#slow[@]} == 0"))${slow[*]:+: ${slow[*]}}. The longest took $longest ms."
}

# print_kept SIZE
print_kept() {
  local name rows bytes
  echo '| kept view | rows | MB | first, s | 1 % changed, s | then waits, s |'
  echo '|---|---|---|---|---|---|'
  while read -r name rows bytes; do
    printf '| `%s` | %s | %s | %s | %s | %s |\n' "${name#analytics.int_activecampaign__}" \
      "$(grouped "$rows")" "$(show %.1f "$bytes / 1e6")" \
      "$(seconds_of "$1.first" "$name")" "$(seconds_of "$1.changed" "$name")" \
      "$(show %.0f "9 * $(seconds_of "$1.changed" "$name")")"
  done <"$folder/readers$1.kept"
}

# seconds_of NAME [VIEW]: what it took to bring that view up to date, or all of them.
seconds_of() {
  awk -v view="${2:-}" 'view == "" || $1 == view { sum += $2 } END { printf "%.2f", sum }' \
    "$folder/$1.refreshed"
}

# megabytes SIZE: of all kept views.
megabytes() { awk '{ sum += $3 } END { printf "%.0f", sum / 1e6 }' "$folder/readers$1.kept"; }
