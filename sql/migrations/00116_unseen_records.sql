-- +goose Up
-- Records of people whom nobody but who leads the team has seen, where they are too many for the leader's word alone:
-- staff decides about those of an activity together.
ALTER TABLE service_records ADD COLUMN is_unseen TINYINT(1) NOT NULL DEFAULT 0;
