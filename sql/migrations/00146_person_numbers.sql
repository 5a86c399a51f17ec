-- +goose Up
-- The number by which staff finds a person who shows it: random, so that nobody counts people by it.
CREATE TABLE person_numbers (
  user_id BIGINT NOT NULL,
  number CHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  made_at DATETIME(3) NOT NULL,
  PRIMARY KEY (user_id),
  UNIQUE KEY person_numbers_number (number),
  CONSTRAINT person_numbers_user_fk FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
