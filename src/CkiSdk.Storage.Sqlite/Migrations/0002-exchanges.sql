-- What the exchanges between domains need. Where a column names the own authority or the own domain, it is the empty text.

CREATE TABLE revoked_lists (
  source TEXT NOT NULL,
  domain TEXT NOT NULL,
  time INTEGER NOT NULL,                     -- messageTime of the latest list
  PRIMARY KEY (source, domain)
) STRICT, WITHOUT ROWID;

CREATE TABLE revoked_users (
  source TEXT NOT NULL,
  domain TEXT NOT NULL,
  canonical_name TEXT NOT NULL,
  name BLOB NOT NULL,                        -- DER
  reason INTEGER NOT NULL,
  PRIMARY KEY (source, domain, canonical_name),
  FOREIGN KEY (source, domain) REFERENCES revoked_lists
) STRICT, WITHOUT ROWID;
CREATE INDEX revoked_users_by_name ON revoked_users (canonical_name);

INSERT INTO revoked_lists SELECT '', '', 0 WHERE EXISTS (SELECT 1 FROM users WHERE is_revoked = 1);
INSERT INTO revoked_users SELECT '', '', canonical_name, name, 0 FROM users WHERE is_revoked = 1;
ALTER TABLE users DROP COLUMN is_revoked;
ALTER TABLE users ADD COLUMN encryption_certificate BLOB;

CREATE TABLE delegates (
  user TEXT NOT NULL,
  delegate TEXT NOT NULL,
  PRIMARY KEY (user, delegate)
) STRICT, WITHOUT ROWID;
CREATE INDEX delegates_by_delegate ON delegates (delegate);

CREATE TABLE correspondences (
  user TEXT NOT NULL,
  cma TEXT NOT NULL,
  PRIMARY KEY (user, cma)
) STRICT, WITHOUT ROWID;

CREATE TABLE names (
  canonical_name TEXT PRIMARY KEY NOT NULL,
  name BLOB NOT NULL                         -- DER, as first seen
) STRICT, WITHOUT ROWID;

ALTER TABLE interoperability_keys ADD COLUMN your_reference TEXT;
ALTER TABLE interoperability_keys ADD COLUMN source TEXT;
ALTER TABLE interoperability_keys ADD COLUMN base_and_modulus BLOB;

CREATE TABLE pair_keys (
  first_reference TEXT PRIMARY KEY NOT NULL,
  first TEXT NOT NULL,
  second_reference TEXT UNIQUE,
  second TEXT,
  not_before INTEGER NOT NULL,
  not_after INTEGER NOT NULL,
  wrapped_key BLOB NOT NULL CHECK (length(wrapped_key) = 40)
) STRICT;

CREATE TABLE domain_keys (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  certificate BLOB NOT NULL UNIQUE,
  wrapped_exponent BLOB NOT NULL
) STRICT;

CREATE TABLE pending_requests (
  recipient TEXT NOT NULL,
  transaction_id TEXT NOT NULL,
  message BLOB NOT NULL,
  sent_at INTEGER NOT NULL,
  PRIMARY KEY (recipient, transaction_id)
) STRICT;

CREATE TABLE tokens (
  signer TEXT NOT NULL,
  random TEXT NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (signer, random)
) STRICT, WITHOUT ROWID;

ALTER TABLE certificates ADD COLUMN key_reference TEXT;
ALTER TABLE certificates ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
CREATE INDEX certificates_by_subject ON certificates (subject, usage, not_after);
CREATE INDEX certificates_by_end ON certificates (not_after);

CREATE TABLE revoked_certificates (
  serial BLOB PRIMARY KEY NOT NULL REFERENCES certificates,
  reason INTEGER NOT NULL,
  revoked_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE crls (
  issuer TEXT PRIMARY KEY NOT NULL,
  number INTEGER NOT NULL,
  next_update INTEGER NOT NULL,
  encoded BLOB NOT NULL
) STRICT;

CREATE TABLE peers (
  canonical_name TEXT PRIMARY KEY NOT NULL,
  name BLOB NOT NULL,
  kinds INTEGER NOT NULL,
  domain BLOB NOT NULL,
  encryption_certificate BLOB NOT NULL,
  anchor BLOB NOT NULL
) STRICT;

CREATE TABLE authorities (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  cma TEXT NOT NULL,
  encoded BLOB NOT NULL UNIQUE,
  accepted_at INTEGER NOT NULL
) STRICT;

CREATE TABLE recovery_cases (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  sender TEXT NOT NULL,
  transaction_id TEXT NOT NULL,
  request_hash BLOB NOT NULL,
  body BLOB NOT NULL,
  asked_at INTEGER NOT NULL,
  refused_by TEXT
) STRICT;

CREATE TABLE recovery_approvals (
  case_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  approver TEXT NOT NULL,
  PRIMARY KEY (case_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  event TEXT NOT NULL,
  party TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
