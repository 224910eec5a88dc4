-- Who has asked for a receive certificate hears of the next one.
CREATE TABLE certificate_holders (
  serial BLOB NOT NULL REFERENCES certificates,
  holder TEXT NOT NULL,
  PRIMARY KEY (serial, holder)
) STRICT, WITHOUT ROWID;

-- The hash of each entry covers the one before. What older versions wrote gets its place in the chain with this step.
ALTER TABLE audit RENAME TO unchained_audit;

CREATE TABLE audit (
  number INTEGER PRIMARY KEY NOT NULL,       -- 1, 2, … without gaps
  at INTEGER NOT NULL,
  event TEXT NOT NULL,
  party TEXT NOT NULL,
  detail TEXT NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TABLE audit_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  number INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
INSERT INTO audit_head VALUES (1, 0, zeroblob(32));
