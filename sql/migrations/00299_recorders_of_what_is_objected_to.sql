-- +goose Up
-- Who recorded what an objection is about, and the event of the claim by which its points were paid anew.
ALTER TABLE objections ADD COLUMN recorder_id BIGINT NULL AFTER claim_id,
  ADD COLUMN correct_event_id BIGINT NULL AFTER points,
  ADD UNIQUE KEY objections_correct (correct_event_id), ADD KEY objections_claim (claim_id);
