-- Several accounts in one warehouse, each with a schema of its own.

ALTER TABLE acsync.stream_state
  ADD COLUMN table_schema text NOT NULL DEFAULT 'activecampaign';
ALTER TABLE acsync.stream_state ALTER COLUMN table_schema DROP DEFAULT;

COMMENT ON COLUMN acsync.stream_state.table_schema IS
  'The schema that the stream''s table lies in; the tables of two accounts never lie in one.';
