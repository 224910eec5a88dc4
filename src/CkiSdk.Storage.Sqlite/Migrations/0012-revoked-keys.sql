-- Keys of CMA certificates that were revoked, so that no other certificate is made for one: the certificates themselves are forgotten, and a CRL names numbers alone.
CREATE TABLE revoked_authority_keys (
  sha256 BLOB PRIMARY KEY NOT NULL,          -- of the DER of SubjectPublicKeyInfo
  cma TEXT NOT NULL,
  revoked_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
