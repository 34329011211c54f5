# The local path: contacts only, with the throttle raised, next to psql's \copy of the same rows.

# Each throughput is measured so often; the median counts.
readonly rounds=3

sizes=(10000 100000)
[[ ${BENCH_LARGE:-} == 1 ]] && sizes+=(1000000)
readonly sizes

measure_local() {
  local size
  for size in "${sizes[@]}"; do throughput "$size"; done
}

# throughput CONTACTS: rounds of a full sync and a copy, in turn; then the rows are read whole again.
throughput() {
  local contacts=$1 round name before
  say "$(grouped "$contacts") contacts: making the account"
  serve "sync$contacts" --size none --rows "contacts=$contacts" --requests-per-second 0
  for ((round = 1; round <= rounds; round++)); do
    name=sync$contacts.$round
    say "$(grouped "$contacts") contacts, round $round of $rounds"
    empty
    before=$(processor_time "$simulator")
    sync_contacts "$name"
    calculate "$(processor_time "$simulator") - $before" >"$folder/$name.simulator"
    copy "$contacts" >"$folder/$name.copy" || fail "the copy failed" psql.log
  done
  wal_of "again$contacts" sync_contacts "again$contacts" --full-refresh
  stop_simulator
}

sync_contacts() {
  run "$1" --streams contacts --requests-per-second 1000000 --concurrency 3 "${@:2}"
}

# copy CONTACTS: the seconds of \copy into a table like the one that was synced.
copy() {
  sql >"$folder/copy.log" <<'SQL'
\copy activecampaign.contacts TO 'rows'
CREATE TABLE activecampaign.copied (LIKE activecampaign.contacts INCLUDING ALL);
CHECKPOINT;
\timing on
\copy activecampaign.copied FROM 'rows'
\timing off
SELECT 'same ' || count(*) FROM activecampaign.contacts JOIN activecampaign.copied USING (id);
DROP TABLE activecampaign.copied;
SQL
  grep -qx "same $1" "$folder/copy.log" || fail "the copy is not the same" copy.log
  sed -nE 's/^Time: ([0-9.]+) ms.*/\1/p' "$folder/copy.log" | awk '{ print $1 / 1000 }'
}

# over CONTACTS COMMAND…: the median of what the command prints for each round's name.
over() {
  local contacts=$1 round
  shift
  for ((round = 1; round <= rounds; round++)); do "$@" "sync$contacts.$round"; done | median
}

cpu() { figure "$1" cpu_seconds; }
peak() { figure "$1" peak_memory_bytes; }
copy_seconds() { cat "$folder/$1.copy"; }
simulator_seconds() { cat "$folder/$1.simulator"; }
ratio() { calculate "100 * $(copy_seconds "$1") / $(wall "$1")"; }

print_local() {
  local size
  cat <<EOT
## The local path

\`acsync simulate --size none --rows contacts=N\`: a full sync of \`contacts\` with the throttle raised (\`--concurrency 3\`), from the start of the process to its exit, next to psql's \`\copy\` of the same rows from a file into an identical empty table. Medians of $rounds rounds, sync and copy in turn; the ratio is taken in each round.

| contacts | seconds | rows a second | \`\copy\`, seconds | speed over \`\copy\` | goal | verdict | processor seconds | µs a row | peak memory | goal | verdict | simulator's processor seconds |
|---|---|---|---|---|---|---|---|---|---|---|---|---|
EOT
  for size in "${sizes[@]}"; do local_row "$size"; done
  echo
  for size in "${sizes[@]:1}"; do
    print_growth "$size" "$(calculate "$(over "$size" peak) / $(over "${sizes[0]}" peak)")"
  done
  for size in "${sizes[@]}"; do
    echo "- WAL of $(grouped "$size") contacts read whole again, unchanged:" \
      "$(wal_sentence "again$size")."
  done
}

local_row() {
  local size=$1 seconds share goal= reached= memory
  seconds=$(over "$size" wall) share=$(over "$size" ratio) memory=$(over "$size" peak)
  # Below, the start of the process weighs more than its rows.
  ((size < 100000)) || { goal="≥ 40 %" reached=$(verdict "$share >= 40"); }
  printf '| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | ≤ 64 MB | %s | %s |\n' \
    "$(grouped "$size")" "$(show %.2f "$seconds")" \
    "$(grouped "$(show %d "$size / $seconds")")" "$(show %.2f "$(over "$size" copy_seconds)")" \
    "$(show '%.0f %%' "$share")" "$goal" "$reached" "$(show %.2f "$(over "$size" cpu)")" \
    "$(show %.1f "1000000 * $(over "$size" cpu) / $size")" \
    "$(show '%.1f MB' "$memory / 1000000")" "$(verdict "$memory <= 64000000")" \
    "$(show %.2f "$(over "$size" simulator_seconds)")"
}

# print_growth CONTACTS RATIO
print_growth() {
  printf -- '- Peak memory at %s contacts over that at %s: %s (goal: ≤ 1.1×; %s).\n' \
    "$(grouped "$1")" "$(grouped "${sizes[0]}")" "$(show '%.2f×' "$2")" "$(verdict "$2 <= 1.1")"
}
