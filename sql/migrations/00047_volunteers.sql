-- +goose Up
-- A volunteer's number is the system's own, never that of an ID card: given once, when first needed, and kept.
CREATE TABLE volunteers (
  user_id BIGINT NOT NULL,
  number CHAR(11) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  given_at DATETIME(3) NOT NULL,
  PRIMARY KEY (user_id),
  UNIQUE KEY volunteers_number (number),
  CONSTRAINT volunteers_user_fk FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
