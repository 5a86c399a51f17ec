-- +goose Up
-- The public number that people may dial about a place; empty where it has none. The version counts its changes.
ALTER TABLE nodes
  ADD COLUMN service_phone VARCHAR(20) NOT NULL DEFAULT '',
  ADD COLUMN version INT NOT NULL DEFAULT 1;
