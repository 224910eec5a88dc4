-- Keys that were there when the store was restored from a backup: no certificate is issued under them any more.
ALTER TABLE interoperability_keys ADD COLUMN is_retired INTEGER NOT NULL DEFAULT 0;

-- From where on everything is counted that may never return, since the store was restored from a backup.
CREATE TABLE resumed (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  counts_from INTEGER NOT NULL,
  resumed_at INTEGER NOT NULL                -- the first message time that was free then
) STRICT;
INSERT INTO resumed VALUES (1, 0, 0);
CREATE TRIGGER resumed_updated AFTER UPDATE ON resumed BEGIN UPDATE state_version SET version = version + 1; END;
