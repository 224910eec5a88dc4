-- How many works have taken a turn: what announces, revokes, or changes keys and parties is decided by one process after the other.
CREATE TABLE turns (
  id integer PRIMARY KEY CHECK (id = 1),
  taken bigint NOT NULL
);
INSERT INTO turns VALUES (1, 0);
