-- What a table's rows were made by, so that another selection is not taken for the same one, and the
-- columns that came since the catalogue was written.

ALTER TABLE acsync.stream_state ADD COLUMN shape text;
COMMENT ON COLUMN acsync.stream_state.shape IS
  'By what select, columns, transforms and where its rows were made, a line a field; null: by none. Of texts to be hidden or compared only a hash.';

CREATE TABLE acsync.evolved_columns (
  account text NOT NULL,
  stream text NOT NULL,
  field text NOT NULL,
  column_name text NOT NULL,
  kind text NOT NULL,
  run bigint,
  evolved_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account, stream, field)
);
COMMENT ON TABLE acsync.evolved_columns IS
  'Columns that tables were given for fields the catalogue does not declare, or of a wider type than it declares.';
COMMENT ON COLUMN acsync.evolved_columns.account IS 'The account.';
COMMENT ON COLUMN acsync.evolved_columns.stream IS 'The stream.';
COMMENT ON COLUMN acsync.evolved_columns.field IS 'The field, as the API calls it.';
COMMENT ON COLUMN acsync.evolved_columns.column_name IS 'The column it fills.';
COMMENT ON COLUMN acsync.evolved_columns.kind IS 'What it holds.';
COMMENT ON COLUMN acsync.evolved_columns.run IS 'The run that found the need.';
COMMENT ON COLUMN acsync.evolved_columns.evolved_at IS
  'When it was last changed, by the clock of this database.';
