-- Answers and certificates go to the ends of their tables. What finds them is a mark, the first 8 octets of a hash: it goes into a small table, and from there, a stretch of marks at a
-- time, into a large one. So a page of the large table is written once for many rows, where the indexes that were here had a page written for nearly each of them.
CREATE TABLE marked_answers (
  number INTEGER PRIMARY KEY NOT NULL,
  sender TEXT NOT NULL,
  transaction_id TEXT NOT NULL,
  request_hash BLOB NOT NULL,
  body BLOB NOT NULL,
  text TEXT,
  answered_at INTEGER NOT NULL,
  certificates BLOB                          -- as before
) STRICT;
INSERT INTO marked_answers SELECT rowid, sender, transaction_id, request_hash, body, text, answered_at, certificates FROM answers ORDER BY rowid;
DROP TABLE answers;
ALTER TABLE marked_answers RENAME TO answers;

-- Of the transaction.
CREATE TABLE recent_answers (mark INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (mark, number)) STRICT, WITHOUT ROWID;
CREATE TABLE older_answers (mark INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (mark, number)) STRICT, WITHOUT ROWID;

-- Tables that refer to certificates would hold the old one back.
CREATE TABLE former_holders AS SELECT serial, holder FROM certificate_holders;
CREATE TABLE former_revoked AS SELECT serial, reason, revoked_at FROM revoked_certificates;
DROP TABLE certificate_holders;
DROP TABLE revoked_certificates;
CREATE TABLE marked_certificates (
  number INTEGER PRIMARY KEY NOT NULL,
  serial BLOB NOT NULL UNIQUE,
  usage TEXT NOT NULL,
  subject TEXT NOT NULL,
  not_after INTEGER NOT NULL,
  encoded BLOB NOT NULL,
  key_reference TEXT,
  generation INTEGER NOT NULL
) STRICT;
INSERT INTO marked_certificates SELECT rowid, serial, usage, subject, not_after, encoded, key_reference, generation FROM certificates ORDER BY rowid;
DROP TABLE certificates;
ALTER TABLE marked_certificates RENAME TO certificates;

CREATE TABLE certificate_holders (
  serial BLOB NOT NULL REFERENCES certificates (serial),
  holder TEXT NOT NULL,
  PRIMARY KEY (serial, holder)
) STRICT, WITHOUT ROWID;
INSERT INTO certificate_holders SELECT serial, holder FROM former_holders ORDER BY serial, holder;
DROP TABLE former_holders;

CREATE TABLE revoked_certificates (
  serial BLOB PRIMARY KEY NOT NULL REFERENCES certificates (serial),
  reason INTEGER NOT NULL,
  revoked_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO revoked_certificates SELECT serial, reason, revoked_at FROM former_revoked ORDER BY serial;
DROP TABLE former_revoked;

-- Of usage and subject.
CREATE TABLE recent_subjects (mark INTEGER NOT NULL, not_after INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (mark, not_after, number)) STRICT, WITHOUT ROWID;
CREATE TABLE older_subjects (mark INTEGER NOT NULL, not_after INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (mark, not_after, number)) STRICT, WITHOUT ROWID;
