-- +goose Up
-- A person's feed for the calendar of their phone. Whoever has the token reads it: it is stored sealed, found by its
-- HMAC, and a new one ends the old.
CREATE TABLE calendars (
  user_id BIGINT NOT NULL,
  token VARBINARY(200) NOT NULL,
  token_lookup VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  made_at DATETIME(3) NOT NULL,
  PRIMARY KEY (user_id),
  UNIQUE KEY calendars_token (token_lookup),
  CONSTRAINT calendars_user_fk FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
