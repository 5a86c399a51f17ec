-- +goose Up
-- Since when a wish waits for a decision of which the next level was not told yet.
ALTER TABLE wishes
  ADD COLUMN waits_since DATETIME(3) AS (CASE WHEN status = 'submitted' AND escalated_at IS NULL THEN submitted_at END)
    STORED,
  ADD KEY wishes_waiting (waits_since);
