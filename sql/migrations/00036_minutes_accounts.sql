-- +goose Up
ALTER TABLE points_accounts DROP CONSTRAINT points_accounts_unit,
  ADD CONSTRAINT points_accounts_unit CHECK (unit IN ('points', 'minutes'));
