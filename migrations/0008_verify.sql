-- What holding the tables against the account found: never a row's values.

CREATE TABLE acsync.verifications (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account text NOT NULL,
  stream text NOT NULL,
  verified_at timestamptz NOT NULL DEFAULT now(),
  is_full boolean NOT NULL,
  seed bigint NOT NULL,
  complete_as_of timestamptz,
  total bigint,
  live_rows bigint NOT NULL,
  rows_compared bigint NOT NULL,
  requests bigint NOT NULL,
  changed bigint NOT NULL,
  differing bigint NOT NULL,
  unclear bigint NOT NULL,
  note text,
  message text
);
CREATE INDEX verifications_by_stream ON acsync.verifications (account, stream, id DESC);
COMMENT ON TABLE acsync.verifications IS
  'What acsync verify found, a row a stream and time; the last hundred of each stream are kept.';
COMMENT ON COLUMN acsync.verifications.id IS 'Number of the verification.';
COMMENT ON COLUMN acsync.verifications.account IS 'The account.';
COMMENT ON COLUMN acsync.verifications.stream IS 'The stream, which is its table''s name.';
COMMENT ON COLUMN acsync.verifications.verified_at IS
  'When it ended, by the clock of this database.';
COMMENT ON COLUMN acsync.verifications.is_full IS 'Whether every row was looked at, not a sample.';
COMMENT ON COLUMN acsync.verifications.seed IS
  'What chose the sample: acsync verify --seed with it looks at the same places.';
COMMENT ON COLUMN acsync.verifications.complete_as_of IS
  'Up to when the table was proven complete when it was looked at.';
COMMENT ON COLUMN acsync.verifications.total IS
  'How many rows the account said there are; null where it does not tell.';
COMMENT ON COLUMN acsync.verifications.live_rows IS 'Rows of the table that lived, as counted then.';
COMMENT ON COLUMN acsync.verifications.rows_compared IS 'Rows compared field by field.';
COMMENT ON COLUMN acsync.verifications.requests IS 'Requests it took, retries included.';
COMMENT ON COLUMN acsync.verifications.changed IS
  'Differences of rows that changed after complete_as_of: no fault of the table.';
COMMENT ON COLUMN acsync.verifications.differing IS 'Differences for which the table is to blame.';
COMMENT ON COLUMN acsync.verifications.unclear IS
  'Differences of which nothing tells whether the row changed or the table is wrong.';
COMMENT ON COLUMN acsync.verifications.note IS
  'What a reader must know to judge it; null for nothing.';
COMMENT ON COLUMN acsync.verifications.message IS
  'Why it could not be done to the end; null if it was.';

CREATE TABLE acsync.differences (
  verification bigint NOT NULL REFERENCES acsync.verifications (id) ON DELETE CASCADE,
  number integer NOT NULL,
  row_key bigint,
  column_name text,
  kind text NOT NULL,
  verdict text NOT NULL,
  PRIMARY KEY (verification, number)
);
COMMENT ON TABLE acsync.differences IS
  'In what the tables and the account differed; at most a thousand a verification, no values.';
COMMENT ON COLUMN acsync.differences.verification IS 'The verification that found it.';
COMMENT ON COLUMN acsync.differences.number IS 'Its number there, from 1.';
COMMENT ON COLUMN acsync.differences.row_key IS 'Id of the row; null for the whole table.';
COMMENT ON COLUMN acsync.differences.column_name IS
  'The column; null for the whole row or table.';
COMMENT ON COLUMN acsync.differences.kind IS
  'value, missing, deleted, surplus, rejected, omitted or count.';
COMMENT ON COLUMN acsync.differences.verdict IS 'changed, differs or unclear.';

-- There is a verb for what was to be done by hand.
COMMENT ON COLUMN acsync.stream_state.filter_finding IS
  'Whether the account''s filter on changes does what a run relies on: narrows (by days), exact (to the second), or useless, and then the stream is read whole; null: not asked yet. acsync reset STREAM has it asked again.';
