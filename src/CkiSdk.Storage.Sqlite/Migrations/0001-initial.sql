-- Times are counts of 100 ns since 0001-01-01 00:00 UTC. Names are in canonical form.

CREATE TABLE users (
  canonical_name TEXT PRIMARY KEY NOT NULL,
  name BLOB NOT NULL,                        -- DER, as first seen
  is_revoked INTEGER NOT NULL CHECK (is_revoked IN (0, 1))
) STRICT;

CREATE TABLE interoperability_keys (
  my_reference TEXT PRIMARY KEY NOT NULL,
  external_cma TEXT,                         -- null: the local key
  not_before INTEGER NOT NULL,
  not_after INTEGER NOT NULL,
  wrapped_key BLOB NOT NULL CHECK (length(wrapped_key) = 40)
) STRICT;

CREATE TABLE generations (
  my_reference TEXT NOT NULL REFERENCES interoperability_keys,
  canonical_name TEXT NOT NULL,
  generation INTEGER NOT NULL CHECK (generation >= 0),
  PRIMARY KEY (my_reference, canonical_name)
) STRICT, WITHOUT ROWID;

-- Rows are never deleted: a number that was ever taken is never taken again.
CREATE TABLE serials (
  serial BLOB PRIMARY KEY NOT NULL,
  sender TEXT NOT NULL,
  transaction_id TEXT NOT NULL,
  reserved_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE answers (
  sender TEXT NOT NULL,
  transaction_id TEXT NOT NULL,
  request_hash BLOB NOT NULL,
  body BLOB NOT NULL,
  text TEXT,
  answered_at INTEGER NOT NULL,
  PRIMARY KEY (sender, transaction_id)
) STRICT;

CREATE TABLE certificates (
  serial BLOB PRIMARY KEY NOT NULL REFERENCES serials,
  usage TEXT NOT NULL,
  subject TEXT NOT NULL,
  not_after INTEGER NOT NULL,
  encoded BLOB NOT NULL
) STRICT;

-- AUTOINCREMENT: the number of a removed announcement does not come back.
CREATE TABLE announcements (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  recipient TEXT NOT NULL,
  message BLOB NOT NULL,
  enqueued_at INTEGER NOT NULL
) STRICT;
CREATE INDEX announcements_by_recipient ON announcements (recipient, number);

CREATE TABLE message_times (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  next INTEGER NOT NULL                      -- the first time that nobody was given
) STRICT;
