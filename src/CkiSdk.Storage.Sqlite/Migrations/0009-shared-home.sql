-- What was files of the home before, so that the processes of several machines know it: the certificate with which a user authenticates himself, and the cards of other parties.
ALTER TABLE users ADD COLUMN authentication_certificate BLOB;

CREATE TABLE cards (
  canonical_name TEXT PRIMARY KEY,
  content BLOB NOT NULL,
  route TEXT                                 -- null: as the card says
) STRICT, WITHOUT ROWID;

CREATE TRIGGER cards_inserted AFTER INSERT ON cards BEGIN UPDATE state_version SET version = version + 1; END;
CREATE TRIGGER cards_updated AFTER UPDATE ON cards BEGIN UPDATE state_version SET version = version + 1; END;
CREATE TRIGGER cards_deleted AFTER DELETE ON cards BEGIN UPDATE state_version SET version = version + 1; END;
