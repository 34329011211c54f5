-- How far backfills are: years of a stream, read window by window beside its syncs.

CREATE TABLE acsync.backfills (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account text NOT NULL,
  stream text NOT NULL,
  first_day date NOT NULL,
  last_day date NOT NULL,
  days integer NOT NULL CHECK (days > 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  last_run_at timestamptz,
  outcome text,
  message text,
  UNIQUE (account, stream, first_day, days)
);
COMMENT ON TABLE acsync.backfills IS
  'Backfills that were asked for, one row for each stream, first day and length of the windows.';
COMMENT ON COLUMN acsync.backfills.id IS 'Number of the backfill.';
COMMENT ON COLUMN acsync.backfills.account IS 'The account.';
COMMENT ON COLUMN acsync.backfills.stream IS 'The stream, which is its table''s name.';
COMMENT ON COLUMN acsync.backfills.first_day IS
  'The first day of creation that was asked for; windows are counted from it.';
COMMENT ON COLUMN acsync.backfills.last_day IS
  'The last day of creation that was asked for last, part of what is read.';
COMMENT ON COLUMN acsync.backfills.days IS 'Days of a window; the last one may be shorter.';
COMMENT ON COLUMN acsync.backfills.created_at IS
  'When it was first asked for, by the clock of this database.';
COMMENT ON COLUMN acsync.backfills.last_run_at IS
  'When it was last gone on with, by the clock of this database.';
COMMENT ON COLUMN acsync.backfills.outcome IS
  'How that ended: done, paused, interrupted, held or failed; null while it is under way, and for ever if it was killed.';
COMMENT ON COLUMN acsync.backfills.message IS
  'Why, or that the stream was read whole instead of window by window; null for nothing.';

CREATE TABLE acsync.backfill_windows (
  backfill bigint NOT NULL REFERENCES acsync.backfills (id) ON DELETE CASCADE,
  first_day date NOT NULL,
  last_day date NOT NULL,
  walk_signature text,
  walk_started_at timestamptz,
  rows_read bigint NOT NULL DEFAULT 0,
  inserted bigint NOT NULL DEFAULT 0,
  updated bigint NOT NULL DEFAULT 0,
  unchanged bigint NOT NULL DEFAULT 0,
  rejected bigint NOT NULL DEFAULT 0,
  requests bigint NOT NULL DEFAULT 0,
  done_at timestamptz,
  PRIMARY KEY (backfill, first_day, last_day)
);
COMMENT ON TABLE acsync.backfill_windows IS 'Windows of backfills that were begun, one row each.';
COMMENT ON COLUMN acsync.backfill_windows.backfill IS 'The backfill.';
COMMENT ON COLUMN acsync.backfill_windows.first_day IS 'The window''s first day of creation, in UTC.';
COMMENT ON COLUMN acsync.backfill_windows.last_day IS
  'The window''s last day of creation, in UTC, part of it.';
COMMENT ON COLUMN acsync.backfill_windows.walk_signature IS
  'What the window''s unfinished walk asks for; null when there is none.';
COMMENT ON COLUMN acsync.backfill_windows.walk_started_at IS
  'When that walk began, by the server''s clock; null when there is none.';
COMMENT ON COLUMN acsync.backfill_windows.rows_read IS
  'Rows the API sent, those of the days around the window among them.';
COMMENT ON COLUMN acsync.backfill_windows.inserted IS 'Rows that were new.';
COMMENT ON COLUMN acsync.backfill_windows.updated IS 'Rows that differed from what was stored.';
COMMENT ON COLUMN acsync.backfill_windows.unchanged IS
  'Rows that were stored so already, or in a newer version.';
COMMENT ON COLUMN acsync.backfill_windows.rejected IS 'Values that did not fit their column.';
COMMENT ON COLUMN acsync.backfill_windows.requests IS 'Requests it took, retries included.';
COMMENT ON COLUMN acsync.backfill_windows.done_at IS
  'When it was read to its end, by the clock of this database; null before.';

CREATE TABLE acsync.backfill_segments (
  backfill bigint NOT NULL,
  first_day date NOT NULL,
  last_day date NOT NULL,
  segment integer NOT NULL,
  position bigint NOT NULL,
  upper bigint,
  overlap bigint NOT NULL,
  edge bigint,
  end_edge bigint,
  done boolean NOT NULL,
  PRIMARY KEY (backfill, first_day, last_day, segment),
  FOREIGN KEY (backfill, first_day, last_day) REFERENCES acsync.backfill_windows ON DELETE CASCADE
);
COMMENT ON TABLE acsync.backfill_segments IS
  'Parts of unfinished walks of windows, as acsync.segment_state holds those of syncs.';
COMMENT ON COLUMN acsync.backfill_segments.backfill IS 'The backfill.';
COMMENT ON COLUMN acsync.backfill_segments.first_day IS 'The window''s first day.';
COMMENT ON COLUMN acsync.backfill_segments.last_day IS 'The window''s last day.';
COMMENT ON COLUMN acsync.backfill_segments.segment IS 'Number of the part within the walk.';
COMMENT ON COLUMN acsync.backfill_segments.position IS
  'The last id read, or the next offset to read.';
COMMENT ON COLUMN acsync.backfill_segments.upper IS
  'The first id or offset that is no longer its own; null: to the end of the list.';
COMMENT ON COLUMN acsync.backfill_segments.overlap IS
  'How many rows before the position the next page asks for again.';
COMMENT ON COLUMN acsync.backfill_segments.edge IS
  'Place in the list''s order of the last row read; null before the first.';
COMMENT ON COLUMN acsync.backfill_segments.end_edge IS
  'Place in the list''s order where the next part began; null while unknown.';
COMMENT ON COLUMN acsync.backfill_segments.done IS 'Whether its end has been read.';

CREATE TABLE acsync.backfill_seen (
  backfill bigint NOT NULL,
  first_day date NOT NULL,
  last_day date NOT NULL,
  keys bigint[] NOT NULL,
  FOREIGN KEY (backfill, first_day, last_day) REFERENCES acsync.backfill_windows ON DELETE CASCADE
);
CREATE INDEX backfill_seen_by_window ON acsync.backfill_seen (backfill, first_day, last_day);
COMMENT ON TABLE acsync.backfill_seen IS
  'Ids that unfinished walks of windows have seen, one row a batch: what the window''s length is held against.';
COMMENT ON COLUMN acsync.backfill_seen.backfill IS 'The backfill.';
COMMENT ON COLUMN acsync.backfill_seen.first_day IS 'The window''s first day.';
COMMENT ON COLUMN acsync.backfill_seen.last_day IS 'The window''s last day.';
COMMENT ON COLUMN acsync.backfill_seen.keys IS 'Ids of the rows.';
