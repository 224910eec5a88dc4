-- Times are counts of 100 ns since 0001-01-01 00:00 UTC. Names are in canonical form and compared octet by octet. Where a column names the own
-- authority or the own domain, it is the empty text.

-- The process that holds this row writes; the others wait for it. So all writing has one order, and that is the order of the audit log.
CREATE TABLE audit_head (
  id integer PRIMARY KEY CHECK (id = 1),
  number bigint NOT NULL,
  hash bytea NOT NULL CHECK (octet_length(hash) = 32)
);
INSERT INTO audit_head VALUES (1, 0, decode(repeat('00', 32), 'hex'));

CREATE TABLE audit (
  number bigint PRIMARY KEY,                 -- 1, 2, … without gaps
  at bigint NOT NULL,
  event text COLLATE "C" NOT NULL,
  party text COLLATE "C" NOT NULL,
  detail text COLLATE "C" NOT NULL,
  hash bytea NOT NULL CHECK (octet_length(hash) = 32)
);

-- Tells a process whose connection broke at a commit whether that was made.
CREATE TABLE writers (
  id uuid PRIMARY KEY,
  last_group bigint NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Counts the changes of what seldom changes, so that each process may keep it in memory until somebody has changed any of it.
CREATE TABLE state_version (
  id integer PRIMARY KEY CHECK (id = 1),
  version bigint NOT NULL
);
INSERT INTO state_version VALUES (1, 0);

CREATE TABLE users (
  canonical_name text COLLATE "C" PRIMARY KEY,
  name bytea NOT NULL,                       -- DER, as first seen
  encryption_certificate bytea
);

CREATE TABLE delegates (
  user_name text COLLATE "C" NOT NULL,
  delegate text COLLATE "C" NOT NULL,
  PRIMARY KEY (user_name, delegate)
);
CREATE INDEX delegates_by_delegate ON delegates (delegate);

CREATE TABLE correspondences (
  user_name text COLLATE "C" NOT NULL,
  cma text COLLATE "C" NOT NULL,
  PRIMARY KEY (cma, user_name)
);

CREATE TABLE names (
  canonical_name text COLLATE "C" PRIMARY KEY,
  name bytea NOT NULL,                       -- DER, as first seen
  named_by text COLLATE "C",
  named_at bigint
);
CREATE INDEX names_by_namer ON names (named_by, named_at) WHERE named_by IS NOT NULL;

CREATE TABLE interoperability_keys (
  my_reference text COLLATE "C" PRIMARY KEY,
  added bigint GENERATED ALWAYS AS IDENTITY,
  external_cma text COLLATE "C",             -- null: the local key
  not_before bigint NOT NULL,
  not_after bigint NOT NULL,
  wrapped_key bytea NOT NULL CHECK (octet_length(wrapped_key) = 40),
  your_reference text COLLATE "C",
  source text COLLATE "C",
  base_and_modulus bytea NOT NULL,
  domain_certificate bytea NOT NULL,
  asked_at bigint
);

CREATE TABLE generations (
  my_reference text COLLATE "C" NOT NULL REFERENCES interoperability_keys,
  canonical_name text COLLATE "C" NOT NULL,
  generation bigint NOT NULL CHECK (generation >= 0),
  PRIMARY KEY (my_reference, canonical_name)
);

CREATE TABLE pair_keys (
  first_reference text COLLATE "C" PRIMARY KEY,
  added bigint GENERATED ALWAYS AS IDENTITY,
  first text COLLATE "C" NOT NULL,
  second_reference text COLLATE "C" UNIQUE,
  second text COLLATE "C",
  not_before bigint NOT NULL,
  not_after bigint NOT NULL,
  wrapped_key bytea NOT NULL CHECK (octet_length(wrapped_key) = 40)
);

CREATE TABLE domain_keys (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  certificate bytea NOT NULL,
  wrapped_exponent bytea NOT NULL
);
CREATE UNIQUE INDEX domain_keys_by_certificate ON domain_keys (sha256(certificate));

-- Rows are never deleted: a number that was ever taken is never taken again.
CREATE TABLE serials (
  serial bytea PRIMARY KEY,
  sender text COLLATE "C" NOT NULL,
  transaction_id text COLLATE "C" NOT NULL,
  reserved_at bigint NOT NULL
);

CREATE TABLE answers (
  sender text COLLATE "C" NOT NULL,
  transaction_id text COLLATE "C" NOT NULL,
  request_hash bytea NOT NULL,
  body bytea NOT NULL,
  answer_text text COLLATE "C",
  answered_at bigint NOT NULL,
  PRIMARY KEY (sender, transaction_id)
);

CREATE TABLE pending_requests (
  recipient text COLLATE "C" NOT NULL,
  transaction_id text COLLATE "C" NOT NULL,
  added bigint GENERATED ALWAYS AS IDENTITY,
  message bytea NOT NULL,
  sent_at bigint NOT NULL,
  PRIMARY KEY (recipient, transaction_id)
);

CREATE TABLE tokens (
  signer text COLLATE "C" NOT NULL,
  random text COLLATE "C" NOT NULL,
  until bigint NOT NULL,
  PRIMARY KEY (signer, random)
);
CREATE INDEX tokens_by_end ON tokens (until);

CREATE TABLE message_times (
  id integer PRIMARY KEY CHECK (id = 1),
  next bigint NOT NULL                       -- the first time that nobody was given
);
INSERT INTO message_times VALUES (1, 0);

CREATE TABLE certificates (
  serial bytea PRIMARY KEY REFERENCES serials,
  usage text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  not_after bigint NOT NULL,
  encoded bytea NOT NULL,
  key_reference text COLLATE "C",
  generation bigint NOT NULL
);
CREATE INDEX certificates_by_subject ON certificates (subject, usage, not_after);
CREATE INDEX certificates_by_end ON certificates (not_after);

CREATE TABLE certificate_holders (
  serial bytea NOT NULL,
  holder text COLLATE "C" NOT NULL,
  PRIMARY KEY (serial, holder)
);

CREATE TABLE revoked_certificates (
  serial bytea PRIMARY KEY REFERENCES certificates,
  reason integer NOT NULL,
  revoked_at bigint NOT NULL
);

CREATE TABLE revoked_lists (
  source text COLLATE "C" NOT NULL,
  domain text COLLATE "C" NOT NULL,
  time bigint NOT NULL,                      -- messageTime of the latest list
  PRIMARY KEY (source, domain)
);

CREATE TABLE revoked_users (
  source text COLLATE "C" NOT NULL,
  domain text COLLATE "C" NOT NULL,
  canonical_name text COLLATE "C" NOT NULL,
  name bytea NOT NULL,                       -- DER
  reason integer NOT NULL,
  PRIMARY KEY (source, domain, canonical_name),
  FOREIGN KEY (source, domain) REFERENCES revoked_lists
);
CREATE INDEX revoked_users_by_name ON revoked_users (canonical_name);

CREATE TABLE crls (
  issuer text COLLATE "C" PRIMARY KEY,
  number bigint NOT NULL,
  next_update bigint NOT NULL,
  encoded bytea NOT NULL
);

CREATE TABLE announcements (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  recipient text COLLATE "C" NOT NULL,
  message bytea NOT NULL,
  enqueued_at bigint NOT NULL,
  topic text COLLATE "C"
);
CREATE INDEX announcements_by_recipient ON announcements (recipient, number);
CREATE INDEX announcements_by_topic ON announcements (recipient, topic) WHERE topic IS NOT NULL;

-- Who brings the announcements of a recipient to him, and until when nobody else does, by the clock of this server.
CREATE TABLE deliveries (
  recipient text COLLATE "C" PRIMARY KEY,
  holder uuid NOT NULL,
  until timestamptz NOT NULL
);

CREATE TABLE peers (
  canonical_name text COLLATE "C" PRIMARY KEY,
  name bytea NOT NULL,
  kinds integer NOT NULL,
  domain bytea NOT NULL,
  encryption_certificate bytea NOT NULL,
  anchor bytea NOT NULL,
  approves_from bigint
);

CREATE TABLE authorities (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  cma text COLLATE "C" NOT NULL,
  encoded bytea NOT NULL,
  accepted_at bigint NOT NULL
);
CREATE UNIQUE INDEX authorities_by_certificate ON authorities (sha256(encoded));

CREATE TABLE recovery_cases (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id text COLLATE "C" NOT NULL UNIQUE,
  sender text COLLATE "C" NOT NULL,
  transaction_id text COLLATE "C" NOT NULL,
  request_hash bytea NOT NULL,
  body bytea NOT NULL,
  asked_at bigint NOT NULL,
  refused_by text COLLATE "C"
);

CREATE TABLE recovery_approvals (
  case_id text COLLATE "C" NOT NULL,
  position integer NOT NULL,
  approver text COLLATE "C" NOT NULL,
  PRIMARY KEY (case_id, position)
);

-- By the row, so that a statement that changes nothing counts nothing; lists of users come in one statement.
CREATE FUNCTION count_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE state_version SET version = version + 1;
  RETURN NULL;
END $$;
CREATE TRIGGER counted AFTER INSERT OR UPDATE OR DELETE ON users FOR EACH ROW EXECUTE FUNCTION count_change();
CREATE TRIGGER counted AFTER INSERT OR UPDATE OR DELETE ON delegates FOR EACH ROW EXECUTE FUNCTION count_change();
CREATE TRIGGER counted AFTER INSERT OR UPDATE OR DELETE ON interoperability_keys FOR EACH ROW EXECUTE FUNCTION count_change();
CREATE TRIGGER counted AFTER INSERT OR UPDATE OR DELETE ON generations FOR EACH ROW EXECUTE FUNCTION count_change();
CREATE TRIGGER counted AFTER INSERT OR UPDATE OR DELETE ON revoked_users FOR EACH STATEMENT EXECUTE FUNCTION count_change();
CREATE TRIGGER counted AFTER INSERT OR UPDATE OR DELETE ON peers FOR EACH ROW EXECUTE FUNCTION count_change();
CREATE TRIGGER counted AFTER INSERT OR UPDATE OR DELETE ON authorities FOR EACH ROW EXECUTE FUNCTION count_change();
