-- What was files of the home before, so that the processes of several machines know it: the certificate with which a user authenticates himself, and the cards of other parties.
ALTER TABLE users ADD COLUMN authentication_certificate bytea;

CREATE TABLE cards (
  canonical_name text COLLATE "C" PRIMARY KEY,
  content bytea NOT NULL,
  route text COLLATE "C"                     -- null: as the card says
);
CREATE TRIGGER counted AFTER INSERT OR UPDATE OR DELETE ON cards FOR EACH ROW EXECUTE FUNCTION count_change();
