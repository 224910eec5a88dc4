-- A newer announcement takes the place of an older one about the same in the same outbox.
ALTER TABLE announcements ADD COLUMN topic TEXT;
CREATE INDEX announcements_by_topic ON announcements (recipient, topic) WHERE topic IS NOT NULL;

-- Who was the first to name somebody of another domain, and when: how many one user brings up in a day is limited.
ALTER TABLE names ADD COLUMN named_by TEXT;
ALTER TABLE names ADD COLUMN named_at INTEGER;
CREATE INDEX names_by_namer ON names (named_by, named_at) WHERE named_by IS NOT NULL;

-- From when on requests for recovered keys are for a party to approve.
ALTER TABLE peers ADD COLUMN approves_from INTEGER;
UPDATE peers SET approves_from = 0 WHERE kinds & 64;
