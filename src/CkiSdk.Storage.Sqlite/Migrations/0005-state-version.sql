-- Counts the changes of what seldom changes, so that each process may keep it in memory until somebody has changed any of it.
CREATE TABLE state_version (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  version INTEGER NOT NULL
) STRICT;
INSERT INTO state_version VALUES (1, 0);

CREATE TRIGGER users_inserted AFTER INSERT ON users BEGIN UPDATE state_version SET version = version + 1; END;
CREATE TRIGGER users_updated AFTER UPDATE ON users BEGIN UPDATE state_version SET version = version + 1; END;
CREATE TRIGGER users_deleted AFTER DELETE ON users BEGIN UPDATE state_version SET version = version + 1; END;
CREATE TRIGGER delegates_inserted AFTER INSERT ON delegates BEGIN UPDATE state_version SET version = version + 1; END;
CREATE TRIGGER delegates_updated AFTER UPDATE ON delegates BEGIN UPDATE state_version SET version = version + 1; END;
CREATE TRIGGER delegates_deleted AFTER DELETE ON delegates BEGIN UPDATE state_version SET version = version + 1; END;
CREATE TRIGGER interoperability_keys_inserted AFTER INSERT ON interoperability_keys BEGIN UPDATE state_version SET version = version + 1; END;
CREATE TRIGGER interoperability_keys_updated AFTER UPDATE ON interoperability_keys BEGIN UPDATE state_version SET version = version + 1; END;
CREATE TRIGGER interoperability_keys_deleted AFTER DELETE ON interoperability_keys BEGIN UPDATE state_version SET version = version + 1; END;
CREATE TRIGGER generations_inserted AFTER INSERT ON generations BEGIN UPDATE state_version SET version = version + 1; END;
CREATE TRIGGER generations_updated AFTER UPDATE ON generations BEGIN UPDATE state_version SET version = version + 1; END;
CREATE TRIGGER generations_deleted AFTER DELETE ON generations BEGIN UPDATE state_version SET version = version + 1; END;
CREATE TRIGGER revoked_users_inserted AFTER INSERT ON revoked_users BEGIN UPDATE state_version SET version = version + 1; END;
CREATE TRIGGER revoked_users_updated AFTER UPDATE ON revoked_users BEGIN UPDATE state_version SET version = version + 1; END;
CREATE TRIGGER revoked_users_deleted AFTER DELETE ON revoked_users BEGIN UPDATE state_version SET version = version + 1; END;
CREATE TRIGGER peers_inserted AFTER INSERT ON peers BEGIN UPDATE state_version SET version = version + 1; END;
CREATE TRIGGER peers_updated AFTER UPDATE ON peers BEGIN UPDATE state_version SET version = version + 1; END;
CREATE TRIGGER peers_deleted AFTER DELETE ON peers BEGIN UPDATE state_version SET version = version + 1; END;
CREATE TRIGGER authorities_inserted AFTER INSERT ON authorities BEGIN UPDATE state_version SET version = version + 1; END;
CREATE TRIGGER authorities_updated AFTER UPDATE ON authorities BEGIN UPDATE state_version SET version = version + 1; END;
CREATE TRIGGER authorities_deleted AFTER DELETE ON authorities BEGIN UPDATE state_version SET version = version + 1; END;
