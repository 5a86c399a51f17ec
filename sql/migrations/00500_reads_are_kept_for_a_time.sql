-- +goose Up
ALTER TABLE retention_rules DROP CONSTRAINT retention_rules_kind,
  ADD CONSTRAINT retention_rules_kind CHECK (kind IN ('contacts', 'names', 'originals', 'pictures', 'reads'));
