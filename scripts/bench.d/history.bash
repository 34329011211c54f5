# What is kept beside the rows: the same account with and without it, run by run in turn.

readonly history_deals=100000 history_campaigns=1200

measure_history() {
  local round port how
  printf 'defaults: {history: %s, snapshot: none}\nstreams: {deals: }\n' true >"$folder/kept.yaml"
  printf 'defaults: {history: %s, snapshot: none}\nstreams: {deals: }\n' false >"$folder/left.yaml"
  printf 'streams: {campaigns: {snapshot: daily}}\n' >"$folder/daily.yaml"
  printf 'streams: {campaigns: {snapshot: none}}\n' >"$folder/never.yaml"
  for ((round = 1; round <= rounds; round++)); do
    say "$(grouped "$history_deals") deals, round $round of $rounds"
    for how in left kept; do
      empty
      history_account "deals$round$how"
      # The account's progress is kept under its address, so the changed account has the same port.
      port=${ACTIVECAMPAIGN_URL##*:}
      sync_history "first$round$how" "$how" deals
      stop_simulator
      [[ $how == left ]] || history_bytes >"$folder/bytes$round.first"
      history_account "changed$round$how" --port "$port" --changed 1
      sync_history "change$round$how" "$how" deals
      sync_history "same$round$how" "$how" deals
      stop_simulator
      [[ $how == left ]] || history_bytes >"$folder/bytes$round.changed"
    done
  done
  say "$(grouped "$history_campaigns") campaigns, a year"
  serve campaigns --size none --rows "campaigns=$history_campaigns" --requests-per-second 0
  for ((round = 1; round <= rounds; round++)); do
    for how in never daily; do
      empty
      sync_history "campaigns$round$how" "$how" campaigns
      sync_history "campaignsagain$round$how" "$how" campaigns
    done
  done
  fill_year
  stop_simulator
}

history_account() {
  serve "$1" --size none --rows "deals=$history_deals,deal_pipelines=5" \
    --requests-per-second 0 "${@:2}"
}

sync_history() { run "$1" -c "$folder/$2.yaml" --streams "$3" --requests-per-second 1000000; }

# Versions, and the bytes of their table with its indexes and of the deals'.
history_bytes() {
  sql -c "SELECT count(*) || ' ' || pg_total_relation_size('activecampaign.deals_history') || ' ' ||
    pg_total_relation_size('activecampaign.deals') FROM activecampaign.deals_history"
}

# The other 364 days of each campaign, as its run of each day would have written them.
fill_year() {
  sql <<'SQL' >"$folder/year.bytes" || fail "the days cannot be filled" psql.log
INSERT INTO activecampaign.campaigns_snapshots
SELECT r.* FROM generate_series(1, 364) AS day, activecampaign.campaigns_snapshots AS s,
  jsonb_populate_record(
    s, jsonb_build_object('taken_at', s.taken_at - day * interval '1 day')) AS r;
SELECT count(*) || ' ' || pg_total_relation_size('activecampaign.campaigns_snapshots')
FROM activecampaign.campaigns_snapshots;
SQL
}

print_history() {
  local versions first rows changed_versions changed count bytes
  read -r versions first rows <"$folder/bytes$rounds.first"
  read -r changed_versions changed _ <"$folder/bytes$rounds.changed"
  read -r count bytes <"$folder/year.bytes"
  cat <<EOT
## History

\`acsync simulate --size none --rows deals=$history_deals,deal_pipelines=5\`: a run with \`history: true\` next to one with \`history: false\`; and $(grouped "$history_campaigns") campaigns with \`snapshot: daily\` next to \`snapshot: none\`. From the start of the process to its exit, with the throttle raised. Medians of $rounds rounds, each run in turn with and without; the ratio is taken in each round.

| run | without, seconds | with, seconds | with over without |
|---|---|---|---|
EOT
  history_row first "first, $(grouped "$history_deals") deals" left kept
  history_row change "1 % of them changed" left kept
  history_row same "nothing changed since" left kept
  history_row campaigns "first, $(grouped "$history_campaigns") campaigns" never daily
  history_row campaignsagain "nothing changed since" never daily
  cat <<EOT

- $(grouped "$versions") versions take $(show %.0f "$first / 1000000") MB with their indexes, beside $(show %.0f "$rows / 1000000") MB of deals: $(show %.0f "$first / $versions") bytes a version. The $(grouped "$((changed_versions - versions))") versions of the change took $(show %.0f "($changed - $first) / ($changed_versions - $versions)") bytes each.
- A year of $(grouped "$history_campaigns") campaigns, $(grouped "$count") rows of counters: $(show %.0f "$bytes / 1000000") MB with their indexes, $(show %.0f "$bytes / $count") bytes a row.
EOT
}

# history_row NAME WORDS WITHOUT WITH
history_row() {
  local round
  for ((round = 1; round <= rounds; round++)); do
    wall "$1$round$3" >>"$folder/$1.without"
    wall "$1$round$4" >>"$folder/$1.with"
    calculate "$(wall "$1$round$4") / $(wall "$1$round$3")" >>"$folder/$1.over"
  done
  printf '| %s | %s | %s | %s |\n' "$2" "$(show %.2f "$(median <"$folder/$1.without")")" \
    "$(show %.2f "$(median <"$folder/$1.with")")" "$(show '%.2f×' "$(median <"$folder/$1.over")")"
}
