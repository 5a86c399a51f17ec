-- +goose Up
ALTER TABLE team_members MODIFY COLUMN live_team_user_id BIGINT
  GENERATED ALWAYS AS (CASE WHEN status IN ('requested', 'invited', 'active') THEN user_id END) STORED;
