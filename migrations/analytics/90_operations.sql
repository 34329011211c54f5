-- May one trust the numbers? How fresh each stream is, how runs went, and whether rows add up.

CREATE OR REPLACE VIEW analytics.data_freshness AS
SELECT
  s.table_schema AS source_relation,
  'stream' AS kind,
  s.stream AS name,
  s.last_success AS refreshed_at,
  s.complete_as_of,
  now() - s.complete_as_of AS lag,
  round((extract(epoch FROM now() - s.complete_as_of) / 3600)::numeric, 1) AS lag_hours,
  s.live_rows
FROM acsync.stream_state s
UNION ALL
SELECT
  NULL,
  'kept view',
  m.name,
  m.refreshed_at,
  least(m.refreshed_at, (
    SELECT min(s.complete_as_of) FROM acsync.stream_state s WHERE s.stream = ANY (m.made_of))),
  now() - m.refreshed_at,
  round((extract(epoch FROM now() - m.refreshed_at) / 3600)::numeric, 1),
  NULL
FROM acsync.materialized_views m;
SELECT acsync.describe('analytics.data_freshness', $$
How fresh each stream is, and each of the kept views that some marts read. The service itself is up to some
15 minutes behind its own screens.

source_relation: The account: the schema that its tables lie in; null: a kept view, of all accounts
kind: stream or kept view
name: The stream, which is its table's name, or the view
refreshed_at: When the stream was last read to its end, or the view last refreshed; null: never
complete_as_of: Time up to which its rows are known to be complete; null: never yet
lag: How long ago that is; of a kept view, since refreshed_at
lag_hours: The same in hours
live_rows: Rows that are not deleted; null for views
$$);

CREATE OR REPLACE VIEW analytics.sync_health AS
SELECT
  s.table_schema AS source_relation,
  s.stream,
  r.run AS last_run_id,
  r.outcome AS last_outcome,
  r.finished_at AS last_finished_at,
  r.mode AS last_mode,
  r.rows_read,
  r.inserted,
  r.updated,
  r.deleted,
  r.rejected,
  round(r.duration_ms / 1000.0, 1) AS seconds,
  r.message,
  r.note,
  s.last_success AS last_success_at,
  (SELECT count(*) FROM acsync.stream_runs f
    WHERE f.account = s.account AND f.stream = s.stream AND f.outcome NOT IN ('done', 'skipped')
      AND f.finished_at > now() - interval '7 days') AS failures_7_days,
  (SELECT count(*) FROM acsync.rejected_rows v
    WHERE v.account = s.account AND v.stream = s.stream) AS rejected_values,
  (SELECT count(*) FROM acsync.check_results k
    WHERE k.account = s.account AND k.stream = s.stream AND k.run = r.run AND k.outcome = 'failed')
    AS failed_checks,
  s.walk_signature IS NOT NULL AS is_reading_unfinished
FROM acsync.stream_state s
LEFT JOIN LATERAL (
  SELECT * FROM acsync.stream_runs r
  WHERE r.account = s.account AND r.stream = s.stream ORDER BY r.run DESC LIMIT 1
) AS r ON true;
SELECT acsync.describe('analytics.sync_health', $$
What the last run did to each stream, and what went wrong lately.

source_relation: The account: the schema that its tables lie in
stream: The stream, which is its table's name
last_run_id: The last run that read it; null: none on record
last_outcome: done, skipped, interrupted, held or failed
last_finished_at: When it ended
last_mode: incremental or full-refresh
rows_read: Rows the service sent
inserted: Rows that were new
updated: Rows that had changed
deleted: Rows found to be gone
rejected: Values that did not fit their column
seconds: Time from its first request to its last commit
message: Why it did not end well; null: it did
note: What is worth knowing although it ended well; null: nothing
last_success_at: When the stream was last read to its end
failures_7_days: Runs of the last 7 days that did not end well
rejected_values: Values that ever did not fit, and are null in the table
failed_checks: Checks of the configuration that failed in the last run
is_reading_unfinished: Whether a reading was begun and goes on in the next run
$$);

CREATE OR REPLACE VIEW analytics.row_reconciliation AS
SELECT
  s.table_schema AS source_relation,
  s.stream,
  s.last_success AS last_success_at,
  s.complete_as_of,
  now() - s.complete_as_of AS lag,
  s.live_rows AS warehouse_rows,
  s.known_shortage,
  v.verified_at,
  v.total AS source_rows,
  v.live_rows AS warehouse_rows_then,
  v.live_rows - v.total AS difference,
  v.rows_compared,
  v.differing,
  v.unclear
FROM acsync.stream_state s
LEFT JOIN LATERAL (
  SELECT * FROM acsync.verifications v
  WHERE v.account = s.account AND v.stream = s.stream AND v.message IS NULL
  ORDER BY v.id DESC LIMIT 1
) AS v ON true;
SELECT acsync.describe('analytics.row_reconciliation', $$
Rows of each stream here and in the account. Every run that reads a list to its end holds its count against
the account's before it calls the stream complete; source_rows is what the last acsync verify asked.

source_relation: The account: the schema that its tables lie in
stream: The stream, which is its table's name
last_success_at: When the stream was last read to its end
complete_as_of: Time up to which its rows are known to be complete; null: never yet
lag: How long ago that is
warehouse_rows: Rows that are not deleted, now
known_shortage: By how many rows the service's total exceeds what it lists, as whole readings agreed
verified_at: When it was last verified; null: never
source_rows: Rows the account said there are, then; null: never verified, or it does not tell
warehouse_rows_then: Rows counted in the table then
difference: warehouse_rows_then - source_rows; rows that changed in between make a small one
rows_compared: Rows compared field by field then
differing: Differences for which the table is to blame
unclear: Differences of which nothing tells whether the row changed or the table is wrong
$$);
