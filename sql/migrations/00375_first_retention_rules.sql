-- +goose Up
INSERT INTO retention_rules (kind, days)
VALUES ('contacts', 180), ('names', 365), ('originals', 365), ('pictures', 730);
