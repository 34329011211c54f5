-- How the processes that read one account share its requests per second and its requests in flight.

CREATE TABLE acsync.request_slots (
  account text PRIMARY KEY,
  next_slot timestamptz NOT NULL,
  clear_at timestamptz NOT NULL,
  tolerance_us bigint NOT NULL
);
COMMENT ON TABLE acsync.request_slots IS
  'When the next request to each account may start, by the clock of this database.';
COMMENT ON COLUMN acsync.request_slots.account IS 'The account.';
COMMENT ON COLUMN acsync.request_slots.next_slot IS
  'The earliest start that has not been given out.';
COMMENT ON COLUMN acsync.request_slots.clear_at IS
  'From when on no start given out so far counts against the rate any more.';
COMMENT ON COLUMN acsync.request_slots.tolerance_us IS
  'How late after its slot a request may start, in microseconds; slots lie further apart for it.';

CREATE TABLE acsync.request_leases (
  account text NOT NULL REFERENCES acsync.request_slots ON DELETE CASCADE,
  holder bigint NOT NULL,
  in_flight integer NOT NULL,
  is_whole boolean NOT NULL,
  waiting_since timestamptz,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (account, holder)
);
COMMENT ON TABLE acsync.request_leases IS
  'The processes that read each account now, and what each has of its budget.';
COMMENT ON COLUMN acsync.request_leases.account IS 'The account.';
COMMENT ON COLUMN acsync.request_leases.holder IS 'The process, by a number it drew.';
COMMENT ON COLUMN acsync.request_leases.in_flight IS
  'How many requests it may have in flight.';
COMMENT ON COLUMN acsync.request_leases.is_whole IS
  'Whether it has the whole budget, being alone.';
COMMENT ON COLUMN acsync.request_leases.waiting_since IS
  'Since when it has waited for a request in flight; null if it does not.';
COMMENT ON COLUMN acsync.request_leases.expires_at IS
  'When what it has is free again, unless it renews it before.';
