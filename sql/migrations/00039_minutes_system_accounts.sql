-- +goose Up
-- Where minutes come from and where corrections of them go. The numbers are constants in internal/points.
INSERT INTO points_accounts (id, kind, user_id, unit)
VALUES (3, 'grant', NULL, 'minutes'), (4, 'correction', NULL, 'minutes');
