# Adds the tests of the first file, which are sorted by view, to the sources in the second.
#
#   awk -f scripts/add-dbt-tests.awk integrations/dbt/view-tests.yml SOURCES
FNR == NR && /^[a-z_]+:$/ { view = substr($0, 1, length($0) - 1) }
FNR == NR && /^  - / { tests[view] = tests[view] "\n        " $0 }
FNR == NR { next }
{ print }
/^      - name: / && $3 in tests {
  print "        data_tests:" tests[$3]
  delete tests[$3]
}
END {
  for (view in tests) {
    print "there is no view " view > "/dev/stderr"
    missing = 1
  }
  exit missing
}
