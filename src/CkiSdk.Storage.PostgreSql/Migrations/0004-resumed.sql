-- Keys that were there when the database was restored from a backup: no certificate is issued under them any more.
ALTER TABLE interoperability_keys ADD COLUMN is_retired boolean NOT NULL DEFAULT false;

-- From where on everything is counted that may never return, since the database was restored from a backup.
CREATE TABLE resumed (
  id integer PRIMARY KEY CHECK (id = 1),
  counts_from bigint NOT NULL,
  resumed_at bigint NOT NULL                 -- the first message time that was free then
);
INSERT INTO resumed VALUES (1, 0, 0);
CREATE TRIGGER counted AFTER INSERT OR UPDATE OR DELETE ON resumed FOR EACH ROW EXECUTE FUNCTION count_change();
