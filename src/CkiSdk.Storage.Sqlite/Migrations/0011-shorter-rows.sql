-- For whom a serial number was taken: the mark of the transaction instead of two texts, which were four fifths of each row and the same in all of a block.
-- The program fills the table from the one before and puts it in its place.
CREATE TABLE owned_serials (
  serial BLOB PRIMARY KEY NOT NULL,
  owner INTEGER NOT NULL,
  reserved_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who asked for it when it was made; certificate_holders has the others. Null: nobody, or he is there.
ALTER TABLE certificates ADD COLUMN holder TEXT;
