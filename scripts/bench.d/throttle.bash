# The throttle's efficiency: whole first runs over a twentieth of the large account at 4 requests a
# second, against the account's limit of 5.

readonly latencies=(0 300 900 2500)

# All at once, since they wait nearly all of their time: each a lane of processes with a simulator
# and a database of its own, so that no two share an account's budget.
measure_throttle() {
  local latency lane
  say "first runs at ${latencies[*]} ms, with and without children beside contacts: four minutes"
  # Each lane is a group of processes, which can be ended as one.
  set -m
  for latency in "${latencies[@]}"; do
    start_lane "with$latency" "$latency"
    start_lane "alone$latency" "$latency" --ignore-include
  done
  set +m
  for lane in "${lanes[@]}"; do wait "$lane" || exit 1; done
  lanes=()
}

# start_lane NAME LATENCY [OPTION…]
start_lane() {
  sql -c "CREATE DATABASE $1" || fail "the database $1 cannot be made" psql.log
  lane "$@" &
  lanes+=($!)
  # So that they do not compete in their first moments.
  sleep 1
}

lane() {
  trap - EXIT INT TERM
  DATABASE_URL=$("$acsync" db url | sed "s|///[a-z]*|///$1|")
  export DATABASE_URL
  serve "$1" --size large/20 --latency "$2" "${@:3}"
  run "$1" --requests-per-second 4 --concurrency 3
  stop_simulator
}

print_throttle() {
  local latency
  cat <<EOT
## The throttle

\`acsync simulate --size large/20 --seed $seed --until $day\`, first run over the fifteen streams of Sling's connector, \`--requests-per-second 4 --concurrency 3\`. The share is requests a second, over the whole time of the process from its start to its exit, of min(4, 3 ÷ latency). All of them beside each other.

| latency of each answer | contacts bring their children | requests | seconds | requests a second | possible | share | goal | verdict | most in any second, at once | 429s |
|---|---|---|---|---|---|---|---|---|---|---|
EOT
  for latency in "${latencies[@]}"; do share_row "with$latency" "$latency" yes; done
  for latency in "${latencies[@]}"; do share_row "alone$latency" "$latency" no; done
  echo
  echo "Time of a first run over requests ÷ 4 per second, at 0 ms:" \
    "$(time_sentence with0) with children beside contacts, $(time_sentence alone0) without."
}

share_row() {
  local sent seconds possible share
  sent=$(requests "$1") seconds=$(wall "$1") possible=$(possible "$2")
  share=$(calculate "100 * $sent / $seconds / $possible")
  printf '| %s ms | %s | %s | %s | %s | %s | %s | ≥ 97 %% | %s | %s | %s |\n' \
    "$(grouped "$2")" "$3" "$sent" "$(show %.1f "$seconds")" \
    "$(show %.2f "$sent / $seconds")" "$(show %.2f "$possible")" \
    "$(show '%.1f %%' "$share")" "$(verdict "$share >= 97")" \
    "$(audited "$1" 'at most ([0-9]+) in a second and ([0-9]+) at once' '\1, \2')" \
    "$(audited "$1" 'refused: ([0-9]+) for the rate' '\1')"
}

# possible MILLISECONDS: the most requests a second that the budget and 3 workers allow.
possible() { calculate "($1 > 0 && 3000 / $1 < 4) ? 3000 / $1 : 4"; }

time_sentence() {
  local ratio
  ratio=$(calculate "$(wall "$1") * 4 / $(requests "$1")")
  printf '%s (goal: ≤ 1.02×; %s)' "$(show '%.3f×' "$ratio")" "$(verdict "$ratio <= 1.02")"
}
