-- +goose Up
-- A code logs a reviewer in as one of these people until its time is over or somebody ends it. Only its look-up value
-- is kept.
CREATE TABLE review_codes (
  id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  lookup VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  given_at DATETIME(3) NOT NULL,
  until_at DATETIME(3) NOT NULL,
  ended_at DATETIME(3) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY review_codes_lookup (lookup),
  KEY review_codes_until (until_at),
  CONSTRAINT review_codes_user_fk FOREIGN KEY (user_id) REFERENCES review_people (user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
