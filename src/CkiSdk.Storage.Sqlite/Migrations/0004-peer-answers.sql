-- What the own next request to a peer repeats, as long as he may lack the answer to his.
ALTER TABLE interoperability_keys ADD COLUMN domain_certificate BLOB;
ALTER TABLE interoperability_keys ADD COLUMN asked_at INTEGER;         -- messageTime of his request
