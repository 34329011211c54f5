-- What checks found, and who has been told of what.

CREATE TABLE acsync.check_results (
  run bigint NOT NULL REFERENCES acsync.runs (id) ON DELETE CASCADE,
  account text NOT NULL,
  stream text NOT NULL,
  check_name text NOT NULL,
  outcome text NOT NULL,
  failing_rows bigint,
  message text,
  checked_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (run, stream, check_name)
);
COMMENT ON TABLE acsync.check_results IS
  'What the checks of replication.yaml found, one row for each run, stream and check.';
COMMENT ON COLUMN acsync.check_results.run IS 'The run.';
COMMENT ON COLUMN acsync.check_results.account IS 'The account.';
COMMENT ON COLUMN acsync.check_results.stream IS 'The stream whose rows were looked at.';
COMMENT ON COLUMN acsync.check_results.check_name IS 'The check''s name.';
COMMENT ON COLUMN acsync.check_results.outcome IS 'passed, warned or failed.';
COMMENT ON COLUMN acsync.check_results.failing_rows IS
  'Rows that are wrong; null where the check counts none, or could not be carried out.';
COMMENT ON COLUMN acsync.check_results.message IS 'What is wrong; null for nothing.';
COMMENT ON COLUMN acsync.check_results.checked_at IS
  'When it was looked at, by the clock of this database.';

CREATE TABLE acsync.alerts (
  account text NOT NULL,
  target text NOT NULL,
  event text NOT NULL,
  subject text NOT NULL,
  begun_at timestamptz NOT NULL DEFAULT now(),
  told_at timestamptz,
  PRIMARY KEY (account, target, event, subject)
);
COMMENT ON TABLE acsync.alerts IS
  'What is wrong just now, and when each receiver of notifications was last told of it, so that none is told twice, whichever host runs.';
COMMENT ON COLUMN acsync.alerts.account IS 'The account.';
COMMENT ON COLUMN acsync.alerts.target IS 'The receiver: its id in replication.yaml.';
COMMENT ON COLUMN acsync.alerts.event IS
  'failure, schema_change, rejected_rows or stale_stream.';
COMMENT ON COLUMN acsync.alerts.subject IS
  'The stream it is about, a field of it after a dot, or nothing for the whole run.';
COMMENT ON COLUMN acsync.alerts.begun_at IS 'When it began, by the clock of this database.';
COMMENT ON COLUMN acsync.alerts.told_at IS
  'When the receiver was last told; null while it could not be.';

CREATE TABLE acsync.known_fields (
  account text NOT NULL,
  stream text NOT NULL,
  field text NOT NULL,
  kind text NOT NULL,
  first_seen timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account, stream, field)
);
COMMENT ON TABLE acsync.known_fields IS
  'The columns and undeclared fields each stream is known to have: what is not among them is a change of schema.';
COMMENT ON COLUMN acsync.known_fields.account IS 'The account.';
COMMENT ON COLUMN acsync.known_fields.stream IS 'The stream.';
COMMENT ON COLUMN acsync.known_fields.field IS 'A column of its table, or a field in _extra.';
COMMENT ON COLUMN acsync.known_fields.kind IS 'The column''s type; undeclared for a field in _extra.';
COMMENT ON COLUMN acsync.known_fields.first_seen IS
  'When it was first seen, by the clock of this database.';
