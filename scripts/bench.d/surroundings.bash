# A place to measure in: a folder, a PostgreSQL, a simulator; and all of it cleared away.

# The simulator that runs, and the lanes that measure beside each other, by process.
simulator=
lanes=()

readonly fifteen=contacts,contact_tags,custom_fields,lists,tags,forms,deals,deal_pipelines,\
deal_stages,accounts,notes,tasks,campaigns,automations,users

# A cluster of its own, and none of the caller's settings.
prepare() {
  local name
  for name in $(compgen -e | grep -E '^(ACTIVECAMPAIGN_|ACSYNC_|PG|DATABASE_URL$)'); do
    unset "$name"
  done
  # What is measured, unless a part says otherwise: the streams that the goals are set for.
  export ACSYNC_STREAMS=$fifteen
  # The server may run as another user, who has to pass here.
  chmod 711 "$folder"
  # No .env or replication.yaml of the caller's is read.
  cd "$folder"
  export ACSYNC_POSTGRES_FOLDER=$folder/postgres
  "$acsync" db start >"$folder/start.log" || fail "the embedded PostgreSQL does not start" start.log
}

clean() {
  trap '' INT TERM
  local lane
  # Each lane is a group of processes: itself, its simulator, its run. None has to end in order, since
  # all that they wrote goes.
  for lane in "${lanes[@]}"; do
    kill -KILL -- "-$lane" 2>/dev/null || true
    wait "$lane" 2>/dev/null || true
  done
  stop_simulator
  "$acsync" db stop >/dev/null 2>&1 || true
  cd /
  rm -rf "$folder"
}

# What is wrong, and the end of a file that tells more.
fail() {
  printf '%s\n' "$1" >&2
  tail -n 20 "$folder/$2" >&2
  exit 1
}

say() { printf '%s\n' "$*" >&2; }

# How many processes wanted a processor in the last minute.
load() { cut -d ' ' -f 1 /proc/loadavg; }

# serve NAME OPTION…: starts a simulator in a process of its own; at its end NAME.audit tells what
# it saw.
serve() {
  local name=$1 line
  shift
  exec {answers}< <(
    exec "$acsync" simulate --seed "$seed" --until "$day" "$@" 2>"$folder/$name.audit"
  )
  simulator=$!
  while read -r -u "$answers" line; do
    export "${line?}"
    [[ $line == ACTIVECAMPAIGN_API_KEY=* ]] && return
  done
  fail "the simulator does not start" "$name.audit"
}

stop_simulator() {
  [[ -n $simulator ]] || return 0
  kill "$simulator" 2>/dev/null || true
  wait "$simulator" 2>/dev/null || true
  exec {answers}<&-
  simulator=
}

sql() { "$acsync" db psql -XqAt -v ON_ERROR_STOP=1 "$@" 2>>"$folder/psql.log"; }

# time_rounds NAME QUESTION [SETTING]: the median of its milliseconds, in NAME.ms.
time_rounds() {
  local round
  {
    [[ -z ${3:-} ]] || echo "$3;"
    echo '\timing on'
    for ((round = 1; round <= rounds; round++)); do
      echo '\o /dev/null'
      echo "${2%;};"
    done
  } >"$folder/question.sql"
  sql -f "$folder/question.sql" >"$folder/$1.log" || fail "the question $1 failed" psql.log
  sed -nE 's/^Time: ([0-9.]+) ms.*/\1/p' "$folder/$1.log" | median >"$folder/$1.ms"
}

# Back to an empty warehouse, with what was written before on the disk.
empty() {
  sql -c 'SET client_min_messages = warning' \
    -c 'DROP SCHEMA IF EXISTS activecampaign, acsync, analytics CASCADE' \
    -c 'CHECKPOINT' >/dev/null || fail "the warehouse cannot be emptied" psql.log
}

# run NAME [OPTION…]: one run, its document in NAME.json, its time from start to exit in
# NAME.wall.
run() {
  local name=$1 start
  shift
  start=$EPOCHREALTIME
  "$acsync" run --json "$@" >"$folder/$name.json" 2>"$folder/$name.log" ||
    fail "the run $name failed" "$name.log"
  calculate "$EPOCHREALTIME - $start" >"$folder/$name.wall"
}
