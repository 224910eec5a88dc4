-- Keys of CMA certificates that were revoked, so that no other certificate is made for one: the certificates themselves are forgotten, and a CRL names numbers alone.
CREATE TABLE revoked_authority_keys (
  sha256 bytea PRIMARY KEY,                  -- of the content of subjectPublicKey
  cma text COLLATE "C" NOT NULL,
  revoked_at bigint NOT NULL
);

-- When a party was first made an approver: to make approvers anew does not bring the day back on which all count at once. Null: never, or before this was kept.
ALTER TABLE peers ADD COLUMN approver_since bigint;
