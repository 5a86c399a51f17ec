-- +goose Up
-- name_lookup is the keyed hash of the real name, as the roster has it where it is listed there. roster_slot counts the
-- people whom the roster lists under the name: the report-in that has one was approved by that row. approved_lookup
-- repeats the name while such a report-in is active: each listed person approves one at a time. earlier_id is the
-- report-in of another person, under the same name at the same unit, that stood when this one came.
ALTER TABLE memberships
  ADD COLUMN name_lookup VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL AFTER name_label,
  ADD COLUMN roster_slot SMALLINT NULL AFTER name_lookup,
  ADD COLUMN earlier_id BIGINT NULL AFTER roster_slot,
  ADD COLUMN approved_lookup VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin GENERATED ALWAYS AS
    (CASE WHEN status = 'active' AND roster_slot IS NOT NULL THEN name_lookup END) STORED,
  ADD UNIQUE KEY memberships_roster (unit_id, approved_lookup, roster_slot),
  ADD KEY memberships_name (unit_id, name_lookup);
