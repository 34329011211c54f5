-- What runs did in their own words, and, where it is asked for, every request they sent.

ALTER TABLE acsync.runs ADD COLUMN summary jsonb;
COMMENT ON COLUMN acsync.runs.summary IS
  'The run''s summary, the same object as run --json prints; null while it runs, if it was killed, and 30 days later.';
-- Few runs have one, and those alone are looked for when summaries are forgotten.
CREATE INDEX runs_with_summary ON acsync.runs (account, id) WHERE summary IS NOT NULL;

CREATE TABLE acsync.requests (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run bigint NOT NULL REFERENCES acsync.runs (id) ON DELETE CASCADE,
  account text NOT NULL,
  number bigint NOT NULL,
  started_at timestamptz NOT NULL,
  stream text,
  method text NOT NULL,
  path text NOT NULL,
  attempt integer NOT NULL,
  status integer,
  duration_ms double precision NOT NULL,
  bytes bigint NOT NULL
);
CREATE UNIQUE INDEX requests_by_run ON acsync.requests (run, number);
CREATE INDEX requests_by_account ON acsync.requests (account, id DESC);
CREATE INDEX requests_by_time ON acsync.requests (started_at);
COMMENT ON TABLE acsync.requests IS
  'Requests to the account, for runs with --audit-requests: of 30 days, and at most a million of each account.';
COMMENT ON COLUMN acsync.requests.id IS 'Number of the row; written later, higher.';
COMMENT ON COLUMN acsync.requests.run IS 'The run that sent it.';
COMMENT ON COLUMN acsync.requests.account IS 'The account it was sent to.';
COMMENT ON COLUMN acsync.requests.number IS
  'Its place among the requests of its run, in the order in which they were sent, from 1.';
COMMENT ON COLUMN acsync.requests.started_at IS 'When it was sent, by the clock of acsync''s machine.';
COMMENT ON COLUMN acsync.requests.stream IS
  'The stream it was sent for; null for the question whose key it is.';
COMMENT ON COLUMN acsync.requests.method IS 'GET: nothing else is ever sent.';
COMMENT ON COLUMN acsync.requests.path IS
  'Path and query below the account''s URL; the key travels in a header, and is never stored.';
COMMENT ON COLUMN acsync.requests.attempt IS '1 for the first time it was asked, and so on.';
COMMENT ON COLUMN acsync.requests.status IS
  'The HTTP status of the answer; null where none came, or none that was whole.';
COMMENT ON COLUMN acsync.requests.duration_ms IS
  'Milliseconds from sending it to the last byte of its answer.';
COMMENT ON COLUMN acsync.requests.bytes IS 'Bytes of the answer''s body, unpacked.';
