-- +goose Up
-- The mobile numbers that a roster has beside a name, as keyed hashes. Where there are any, the name alone approves
-- nobody.
CREATE TABLE roster_phones (
  unit_id BIGINT NOT NULL,
  name_lookup VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  phone_lookup VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  imported_at DATETIME(3) NOT NULL,
  PRIMARY KEY (unit_id, name_lookup, phone_lookup),
  CONSTRAINT roster_phones_unit_fk FOREIGN KEY (unit_id) REFERENCES nodes (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
