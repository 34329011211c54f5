# Figures out of a run's document, of what the simulator saw, and of both together.

# figure NAME KEY: a figure of a run's document; the streams' own stand deeper in it.
figure() { sed -nE "s/^  \"$2\" : ([0-9.]+),?\$/\1/p" "$folder/$1.json"; }

# total NAME KEY: a figure of a run, summed over its streams.
total() {
  awk -v key="\"$2\"" '$1 == key { sub(",", "", $3); sum += $3 } END { print sum + 0 }' \
    "$folder/$1.json"
}

# The least number of requests for what the run left in the warehouse: a page holds 100 rows, and one
# page is asked for where there is none.
least_requests() {
  awk '/^      "live_rows" : / { sub(",", "", $3); sum += $3 > 0 ? int(($3 + 99) / 100) : 1 }
    END { print sum }' "$folder/$1.json"
}

# audited NAME PATTERN REPLACEMENT: what the simulator saw.
audited() { sed -nE "s/.*$2.*/$3/p" "$folder/$1.audit"; }

# All that were sent, those included that no stream sends: the question for the key.
requests() { audited "$1" '(^|[^0-9,])([0-9,]+) requests, at most' '\2' | tr -d ,; }

wall() { cat "$folder/$1.wall"; }

calculate() { awk "BEGIN { printf \"%.6f\\n\", $1 }"; }

# show FORMAT EXPRESSION
show() { awk "BEGIN { printf \"$1\", $2 }"; }

# verdict EXPRESSION: of a figure and its goal.
verdict() { awk "BEGIN { print ($1) ? \"met\" : \"missed\" }"; }

grouped() { sed -E ':a; s/^([0-9]+)([0-9]{3})/\1,\2/; ta' <<<"$1"; }

median() { sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }

# processor_time PROCESS: what it has used until now, in seconds.
processor_time() {
  local fields
  read -r -a fields <<<"$(sed 's/.*) //' "/proc/$1/stat")"
  calculate "(${fields[11]} + ${fields[12]}) / $(getconf CLK_TCK)"
}
