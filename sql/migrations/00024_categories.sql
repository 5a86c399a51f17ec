-- +goose Up
-- What a wish may ask for. A county adds and retires its own; sensitive ones hide what the wish says.
CREATE TABLE categories (
  code VARCHAR(20) NOT NULL,
  name VARCHAR(20) NOT NULL,
  is_sensitive BOOLEAN NOT NULL,
  position SMALLINT NOT NULL,
  retired_at DATETIME(3) NULL,
  PRIMARY KEY (code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
