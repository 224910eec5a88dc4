-- Answers go to the end of their table. What finds one is a mark, the first 8 octets of a hash of its transaction: it goes into a small table, and from there, a stretch of marks at a
-- time, into a large one. So a page of the large table is written once for many answers, where the index that was here had a page written for nearly each of them.
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

CREATE TABLE recent_marks (
  mark INTEGER NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (mark, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE older_marks (
  mark INTEGER NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (mark, number)
) STRICT, WITHOUT ROWID;
