-- What acsync remembers between runs. Everything is keyed by account, stream and, below it, segment.

CREATE SCHEMA IF NOT EXISTS activecampaign;
COMMENT ON SCHEMA activecampaign IS
  'The account''s streams, one table each, kept by acsync. Read freely; write nothing here.';

CREATE SCHEMA IF NOT EXISTS analytics;
COMMENT ON SCHEMA analytics IS
  'Views for analysts on the tables of schema activecampaign.';

COMMENT ON SCHEMA acsync IS
  'What acsync remembers between runs: progress, reports, rejected values.';

CREATE TABLE acsync.runs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account text NOT NULL,
  version text NOT NULL,
  streams text[] NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  outcome text,
  exit_code integer,
  requests bigint,
  retries bigint,
  duration_ms bigint,
  message text
);
CREATE INDEX runs_by_account ON acsync.runs (account, id DESC);
COMMENT ON TABLE acsync.runs IS 'Runs of acsync, one row each, written at its start and its end.';
COMMENT ON COLUMN acsync.runs.id IS 'Number of the run; later runs have higher ones.';
COMMENT ON COLUMN acsync.runs.account IS 'The account that was read.';
COMMENT ON COLUMN acsync.runs.version IS 'Version of the program.';
COMMENT ON COLUMN acsync.runs.streams IS 'The streams selected, in the order they are read.';
COMMENT ON COLUMN acsync.runs.started_at IS 'When it began, by the clock of this database.';
COMMENT ON COLUMN acsync.runs.finished_at IS
  'When it ended, by the clock of this database; null while it runs, and for ever if it was killed.';
COMMENT ON COLUMN acsync.runs.outcome IS 'done, skipped, interrupted, held or failed.';
COMMENT ON COLUMN acsync.runs.exit_code IS 'The number the process exited with.';
COMMENT ON COLUMN acsync.runs.requests IS 'Requests sent to the account, retries included.';
COMMENT ON COLUMN acsync.runs.retries IS 'How many of the requests were retries.';
COMMENT ON COLUMN acsync.runs.duration_ms IS 'Time from start to end, in milliseconds.';
COMMENT ON COLUMN acsync.runs.message IS 'Why the run as a whole ended early; null if it did not.';

CREATE TABLE acsync.stream_runs (
  run bigint NOT NULL REFERENCES acsync.runs (id) ON DELETE CASCADE,
  account text NOT NULL,
  stream text NOT NULL,
  mode text NOT NULL,
  outcome text NOT NULL,
  rows_read bigint NOT NULL,
  inserted bigint NOT NULL,
  updated bigint NOT NULL,
  unchanged bigint NOT NULL,
  rejected bigint NOT NULL,
  requests bigint NOT NULL,
  live_rows bigint NOT NULL,
  floor timestamptz,
  duration_ms bigint NOT NULL,
  message text,
  finished_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (run, stream)
);
CREATE INDEX stream_runs_by_stream ON acsync.stream_runs (account, stream, run DESC);
COMMENT ON TABLE acsync.stream_runs IS 'What each run did to each of its streams.';
COMMENT ON COLUMN acsync.stream_runs.run IS 'The run.';
COMMENT ON COLUMN acsync.stream_runs.account IS 'The account that was read.';
COMMENT ON COLUMN acsync.stream_runs.stream IS 'The stream, which is its table''s name.';
COMMENT ON COLUMN acsync.stream_runs.mode IS 'How it was read: incremental or full-refresh.';
COMMENT ON COLUMN acsync.stream_runs.outcome IS 'done, skipped, interrupted, held or failed.';
COMMENT ON COLUMN acsync.stream_runs.rows_read IS 'Rows the API sent.';
COMMENT ON COLUMN acsync.stream_runs.inserted IS 'Rows that were new.';
COMMENT ON COLUMN acsync.stream_runs.updated IS 'Rows that differed from what was stored.';
COMMENT ON COLUMN acsync.stream_runs.unchanged IS
  'Rows that were stored so already, or in a newer version.';
COMMENT ON COLUMN acsync.stream_runs.rejected IS 'Values that did not fit their column.';
COMMENT ON COLUMN acsync.stream_runs.requests IS 'Requests it took, retries included.';
COMMENT ON COLUMN acsync.stream_runs.live_rows IS 'Rows of the table that lived when it ended.';
COMMENT ON COLUMN acsync.stream_runs.floor IS
  'The time up to which changes had been read when it ended; null without a cursor.';
COMMENT ON COLUMN acsync.stream_runs.duration_ms IS
  'Time from its first request to its last commit, in milliseconds.';
COMMENT ON COLUMN acsync.stream_runs.message IS 'Why it did not end well; null if it did.';
COMMENT ON COLUMN acsync.stream_runs.finished_at IS 'When it ended, by the clock of this database.';

CREATE TABLE acsync.stream_state (
  account text NOT NULL,
  stream text NOT NULL,
  epoch bigint NOT NULL DEFAULT 0,
  floor timestamptz,
  walk_signature text,
  walk_started_at timestamptz,
  live_rows bigint NOT NULL DEFAULT 0,
  last_success timestamptz,
  complete_as_of timestamptz,
  last_run bigint,
  PRIMARY KEY (account, stream),
  CHECK ((walk_signature IS NULL) = (walk_started_at IS NULL))
);
COMMENT ON TABLE acsync.stream_state IS
  'How far each stream is; written in the same transaction as the rows it speaks of.';
COMMENT ON COLUMN acsync.stream_state.account IS 'The account.';
COMMENT ON COLUMN acsync.stream_state.stream IS 'The stream, which is its table''s name.';
COMMENT ON COLUMN acsync.stream_state.epoch IS
  'Rises with every run that takes the stream; a run with an older one can no longer write.';
COMMENT ON COLUMN acsync.stream_state.floor IS
  'Changes older than this have been read; the next incremental read starts below it.';
COMMENT ON COLUMN acsync.stream_state.walk_signature IS
  'What the unfinished reading asks for; null when the last one was finished.';
COMMENT ON COLUMN acsync.stream_state.walk_started_at IS
  'The server''s time of the unfinished reading''s first answer.';
COMMENT ON COLUMN acsync.stream_state.live_rows IS 'Rows of the table that are not deleted.';
COMMENT ON COLUMN acsync.stream_state.last_success IS
  'When the stream was last read to its end, by the server''s clock.';
COMMENT ON COLUMN acsync.stream_state.complete_as_of IS
  'The server''s time up to which the table is known to be complete.';
COMMENT ON COLUMN acsync.stream_state.last_run IS 'The last run that took the stream.';

CREATE TABLE acsync.segment_state (
  account text NOT NULL,
  stream text NOT NULL,
  segment bigint NOT NULL,
  parent bigint,
  position bigint NOT NULL,
  upper bigint,
  overlap bigint NOT NULL,
  edge bigint,
  end_edge bigint,
  done boolean NOT NULL,
  PRIMARY KEY (account, stream, segment),
  FOREIGN KEY (account, stream) REFERENCES acsync.stream_state ON DELETE CASCADE
);
COMMENT ON TABLE acsync.segment_state IS
  'The parts of each unfinished reading, and how far each has come.';
COMMENT ON COLUMN acsync.segment_state.account IS 'The account.';
COMMENT ON COLUMN acsync.segment_state.stream IS 'The stream.';
COMMENT ON COLUMN acsync.segment_state.segment IS 'Number of the part, from 0.';
COMMENT ON COLUMN acsync.segment_state.parent IS
  'The row of the parent stream whose list it is; null for a stream without parent.';
COMMENT ON COLUMN acsync.segment_state.position IS 'The last id read, or the next offset to read.';
COMMENT ON COLUMN acsync.segment_state.upper IS
  'The first id or offset that is no longer its own; null: to the end of the list.';
COMMENT ON COLUMN acsync.segment_state.overlap IS
  'By offset: how many rows before the position the next page asks for again.';
COMMENT ON COLUMN acsync.segment_state.edge IS
  'By offset: place in the list''s order of the last row read: an id, or a time in microseconds.';
COMMENT ON COLUMN acsync.segment_state.end_edge IS
  'By offset: place in the list''s order at which the next part began; null while unknown.';
COMMENT ON COLUMN acsync.segment_state.done IS 'Whether its end has been read.';

CREATE TABLE acsync.rejected_rows (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account text NOT NULL,
  stream text NOT NULL,
  run bigint,
  row_key bigint,
  column_name text NOT NULL,
  raw text NOT NULL,
  reason text NOT NULL,
  rejected_at timestamptz NOT NULL DEFAULT now()
);
-- The same value rejected again is the same rejection, so that full reads do not fill the table.
-- Hashed, because an index takes no long texts; rows without a key share one.
CREATE UNIQUE INDEX rejected_rows_once ON acsync.rejected_rows (
  account, stream, coalesce(row_key, -9223372036854775808), column_name, hashtextextended(raw, 0)
);
COMMENT ON TABLE acsync.rejected_rows IS
  'Values the API sent that did not fit their column: the row is stored with null in their place.';
COMMENT ON COLUMN acsync.rejected_rows.id IS 'Number of the rejection.';
COMMENT ON COLUMN acsync.rejected_rows.account IS 'The account.';
COMMENT ON COLUMN acsync.rejected_rows.stream IS 'The stream.';
COMMENT ON COLUMN acsync.rejected_rows.run IS 'The run that first met the value.';
COMMENT ON COLUMN acsync.rejected_rows.row_key IS
  'Id of the row; null if it had no usable one, and so was not stored.';
COMMENT ON COLUMN acsync.rejected_rows.column_name IS 'The column it was meant for.';
COMMENT ON COLUMN acsync.rejected_rows.raw IS 'The value as the API sent it.';
COMMENT ON COLUMN acsync.rejected_rows.reason IS 'Why it did not fit.';
COMMENT ON COLUMN acsync.rejected_rows.rejected_at IS
  'When it was first met, by the clock of this database.';
