-- What a run must know to read a part of a list instead of all of it.

ALTER TABLE acsync.stream_state
  ADD COLUMN whole_as_of timestamptz,
  ADD COLUMN is_ordered boolean NOT NULL DEFAULT false,
  ADD COLUMN key_user bigint;
-- Until now every proof came from a whole reading, or stood beside one.
UPDATE acsync.stream_state SET whole_as_of = complete_as_of;

COMMENT ON COLUMN acsync.stream_state.whole_as_of IS
  'When the last reading of the whole list began, by the server''s clock; the next one is due when it is older than the stream''s refresh.';
COMMENT ON COLUMN acsync.stream_state.is_ordered IS
  'Whether that reading found the list in ascending order of ids, so that positions prove what is in it.';
COMMENT ON COLUMN acsync.stream_state.key_user IS
  'User whose key the stream was last read with: another one may see other rows, so that rows it does not see are not taken for gone.';
