-- +goose Up
-- Where points come from and where corrections go. The numbers are constants in internal/points.
INSERT INTO points_accounts (id, kind, user_id, unit)
VALUES (1, 'grant', NULL, 'points'), (2, 'correction', NULL, 'points');
