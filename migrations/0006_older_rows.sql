-- Rows whose stored time is later than the account's own.

CREATE TABLE acsync.older_rows (
  account text NOT NULL,
  stream text NOT NULL,
  row_key bigint NOT NULL,
  version timestamptz NOT NULL,
  walk_started_at timestamptz NOT NULL,
  PRIMARY KEY (account, stream, row_key),
  FOREIGN KEY (account, stream) REFERENCES acsync.stream_state ON DELETE CASCADE
);
COMMENT ON TABLE acsync.older_rows IS
  'Rows that a whole walk found with an update time before the stored one. What a second walk finds so again is taken: a wrong stored time must not keep a row for ever.';
COMMENT ON COLUMN acsync.older_rows.account IS 'The account.';
COMMENT ON COLUMN acsync.older_rows.stream IS 'The stream.';
COMMENT ON COLUMN acsync.older_rows.row_key IS 'Id of the row.';
COMMENT ON COLUMN acsync.older_rows.version IS 'The update time that the account told.';
COMMENT ON COLUMN acsync.older_rows.walk_started_at IS
  'When the walk began that first told it, by the server''s clock.';

ALTER TABLE acsync.stream_runs ADD COLUMN corrected bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN acsync.stream_runs.corrected IS
  'Rows that took an earlier update time, since two whole walks found it.';
