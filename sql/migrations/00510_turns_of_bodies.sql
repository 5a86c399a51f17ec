-- +goose Up
-- Assignments that were sent before they waited for who answers for the body.
INSERT INTO matter_turns (noun, id, part, person_id, team_id, desk_id, asker_id, since, opens_at, due)
SELECT 'assignment', q.id, 'responder', 0, NULL, q.to_id, NULL, q.since, q.since, NULL FROM (
  SELECT a.id, a.to_id, CASE a.status WHEN 'sent' THEN a.sent_at ELSE a.accepted_at END AS since
  FROM assignments a WHERE a.status IN ('sent', 'working')) q;
