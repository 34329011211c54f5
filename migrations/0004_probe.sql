-- What was found out about the account's own filter on changes.

ALTER TABLE acsync.stream_state ADD COLUMN filter_finding text;
COMMENT ON COLUMN acsync.stream_state.filter_finding IS
  'Whether the account''s filter on changes does what a run relies on: narrows, or useless, and then the stream is read whole; null: not asked yet. Set it to null to have it asked again.';
