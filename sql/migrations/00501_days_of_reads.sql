-- +goose Up
-- Three years, as long as somebody may ask who read what of theirs.
INSERT INTO retention_rules (kind, days) VALUES ('reads', 1095);
