-- +goose Up
-- Where people are found, sealed, for a matter of any noun: part is whose contact it is. With noun 'user' it is a
-- person's own, for the next matter that asks; saved_at is then when they agreed.
CREATE TABLE contacts (
  noun VARCHAR(20) NOT NULL,
  id BIGINT NOT NULL,
  part VARCHAR(12) NOT NULL,
  name VARBINARY(255) NOT NULL,
  phone VARBINARY(255) NOT NULL,
  address VARBINARY(600) NOT NULL,
  helper VARBINARY(255) NULL,
  phone_lookup VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL,
  saved_at DATETIME(3) NOT NULL,
  PRIMARY KEY (noun, id, part)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
