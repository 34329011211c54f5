# Requests on the large account, the fifteen streams of Sling's connector, with the throttle raised:
# they are what a run costs, at 4 a second.

measure_requests() {
  local port name
  empty
  say "the large account: first run"
  large_account original
  # The account's progress is kept under its address, so the changed account has the same port.
  port=${ACTIVECAMPAIGN_URL##*:}
  large_run first
  say "second and third run, nothing changed"
  large_run second
  wal_of third large_run third
  agree original first second third
  say "fourth run, 1 % changed, and a fifth"
  large_account altered --port "$port" --changed 1 --added 500 --deleted 20
  large_run fourth
  large_run fifth
  agree altered fourth fifth
  say "first run where contacts bring nothing beside them"
  empty
  large_account bare --ignore-include
  large_run alone
  agree bare alone
  say "every stream that is read by default: first run, and two with nothing changed"
  empty
  large_account whole
  for name in everything everything2 everything3; do large_run "$name" --streams '*'; done
  agree whole everything everything2 everything3
}

large_account() { serve "$1" --size large --requests-per-second 0 "${@:2}"; }

large_run() { run "$1" --requests-per-second 100000 "${@:2}"; }

# agree ACCOUNT NAME…: the runs sent as many requests in all as the simulator has seen.
agree() {
  local account=$1 name sum=0
  shift
  stop_simulator
  for name in "$@"; do sum=$((sum + $(figure "$name" requests))); done
  [[ $sum == "$(requests "$account")" ]] ||
    fail "$sum requests were sent; the simulator saw others" "$account.audit"
}

print_requests() {
  cat <<EOT
## Requests

\`acsync simulate --size large --seed $seed --until $day\`, the fifteen streams of Sling's connector; all requests are counted, the question for the key as well, and the simulator saw as many. The least is ceil(rows ÷ 100) summed over the streams.

| run | requests | planned | least for all rows | over the least | goal | verdict | at 4 a second | rows inserted | updated | deleted |
|---|---|---|---|---|---|---|---|---|---|---|
EOT
  ratio_row first "first, contacts bring their children" 0.6
  ratio_row alone "first, every list for itself" 1.05
  count_row second "second, nothing changed" 40
  count_row third "third, nothing changed" 40
  count_row fourth "fourth: 1 % of contacts and deals changed, 500 contact tags, notes and tasks \
new of each, 20 rows gone" 250
  count_row fifth "fifth, nothing changed since the fourth" 40
  echo
  cat <<EOT
The same account, and every stream that is read by default ($(grep -c '"live_rows"' "$folder/everything.json") of them). What rarely changes is left alone for an hour after it was proven.

| run | requests | planned | least for all rows | over the least | goal | verdict | at 4 a second | rows inserted | updated | deleted |
|---|---|---|---|---|---|---|---|---|---|---|
EOT
  request_row everything first – –
  request_row everything2 "second, nothing changed" – –
  request_row everything3 "third, nothing changed" – –
  echo
  echo "WAL of the third run: $(wal_sentence third)."
}

# ratio_row NAME TITLE GOAL: where the goal is a multiple of the least.
ratio_row() {
  local most
  most=$(calculate "$3 * $(least_requests "$1")")
  request_row "$1" "$2" "≤ $3×" "$(verdict "$(figure "$1" requests) <= $most")"
}

# count_row NAME TITLE GOAL: where the goal is a number of requests.
count_row() { request_row "$1" "$2" "≤ $3" "$(verdict "$(figure "$1" requests) <= $3")"; }

request_row() {
  local sent least planned
  sent=$(figure "$1" requests) least=$(least_requests "$1")
  planned=$(grouped "$(figure "$1" planned_requests)")
  # Where a stream's requests depend on what comes beside another's rows, they are not planned.
  ! grep -q '^  "is_plan_complete" : false' "$folder/$1.json" || planned="≥ $planned"
  printf '| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n' "$2" "$(grouped "$sent")" \
    "$planned" "$(grouped "$least")" \
    "$(show '%.3f×' "$sent / $least")" "$3" "$4" "$(show '%.0f s' "$sent / 4")" \
    "$(grouped "$(total "$1" inserted)")" "$(grouped "$(total "$1" updated)")" \
    "$(grouped "$(total "$1" deleted)")"
}
