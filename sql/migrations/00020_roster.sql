-- +goose Up
-- Who works in a unit, as its list says: by the keyed hash of the name, since that is all a match needs.
CREATE TABLE roster (
  unit_id BIGINT NOT NULL,
  name_lookup VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  imported_at DATETIME(3) NOT NULL,
  PRIMARY KEY (unit_id, name_lookup),
  CONSTRAINT roster_unit_fk FOREIGN KEY (unit_id) REFERENCES nodes (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
