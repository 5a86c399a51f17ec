-- +goose Up
-- Since when a claim waits for somebody, so that what is due is read by its time, however many wait. One that is
-- delivered waits till staff was told to ask.
ALTER TABLE claims
  ADD COLUMN waits_since DATETIME(3) AS (CASE
    WHEN status = 'requested' THEN requested_at
    WHEN status = 'approved' THEN decided_at
    WHEN status = 'delivered' AND escalated_at IS NULL THEN COALESCE(disputed_at, asked_at, delivered_at)
  END) STORED,
  ADD KEY claims_waiting (status, waits_since, escalated_at);
