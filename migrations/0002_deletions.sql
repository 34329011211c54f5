-- What whole walks have seen, so that rows they did not see can be found.

ALTER TABLE acsync.stream_state
  ADD COLUMN known_shortage bigint NOT NULL DEFAULT 0,
  ADD COLUMN last_batch bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN acsync.stream_state.last_batch IS
  'Number of the last batch that the run holding the stream has committed: tells a batch whose commit was not answered from one that was lost.';
COMMENT ON COLUMN acsync.stream_state.known_shortage IS
  'By how many rows the service''s total exceeds what it lists, as two whole walks agreed.';

ALTER TABLE acsync.stream_runs
  ADD COLUMN deleted bigint NOT NULL DEFAULT 0,
  ADD COLUMN note text;
COMMENT ON COLUMN acsync.stream_runs.deleted IS 'Rows found to be gone from the account.';
COMMENT ON COLUMN acsync.stream_runs.note IS
  'What is worth knowing although the stream ended well; null for nothing.';

CREATE TABLE acsync.seen_keys (
  account text NOT NULL,
  stream text NOT NULL,
  keys bigint[] NOT NULL,
  FOREIGN KEY (account, stream) REFERENCES acsync.stream_state ON DELETE CASCADE
);
CREATE INDEX seen_keys_by_stream ON acsync.seen_keys (account, stream);
COMMENT ON TABLE acsync.seen_keys IS
  'Keys of the rows that each unfinished whole walk has seen, an array a batch.';
COMMENT ON COLUMN acsync.seen_keys.account IS 'The account.';
COMMENT ON COLUMN acsync.seen_keys.stream IS 'The stream.';
COMMENT ON COLUMN acsync.seen_keys.keys IS 'Keys of the rows of one batch.';

CREATE TABLE acsync.missing_rows (
  account text NOT NULL,
  stream text NOT NULL,
  row_key bigint NOT NULL,
  walks integer NOT NULL,
  first_missed timestamptz NOT NULL,
  PRIMARY KEY (account, stream, row_key),
  FOREIGN KEY (account, stream) REFERENCES acsync.stream_state ON DELETE CASCADE
);
COMMENT ON TABLE acsync.missing_rows IS
  'Live rows that the last whole walk did not see, in lists whose order does not prove them gone.';
COMMENT ON COLUMN acsync.missing_rows.account IS 'The account.';
COMMENT ON COLUMN acsync.missing_rows.stream IS 'The stream.';
COMMENT ON COLUMN acsync.missing_rows.row_key IS 'Id of the row.';
COMMENT ON COLUMN acsync.missing_rows.walks IS 'Whole walks in a row that did not see it.';
COMMENT ON COLUMN acsync.missing_rows.first_missed IS
  'When the first of those walks ended, by the server''s clock.';
