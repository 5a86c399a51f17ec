-- +goose Up
-- Whose turn each matter is that is there before turns were. What only a running server writes comes with its own step.
INSERT INTO matter_turns (noun, id, part, person_id, team_id, asker_id, since, opens_at, due)
  SELECT 'activity' AS noun, x.id, 'leader' AS part, 0 AS person_id, x.team_id, NULL AS asker_id, x.starts_at AS since,
    DATE_SUB(x.starts_at, INTERVAL 30 MINUTE) AS opens_at, x.ends_at AS due
  FROM activities x WHERE x.status = 'published'
  UNION ALL SELECT 'claim', c.id, 'owner', w.owner_id, NULL, c.claimant_id, c.delivered_at, c.delivered_at, NULL
  FROM wishes w JOIN claims c ON c.live_wish_id = w.id
  WHERE w.owner_id IS NOT NULL AND c.status = 'delivered' AND c.disputed_at IS NULL
  UNION ALL SELECT 'claim', c.id, 'claimant', c.claimant_id, NULL, NULL, COALESCE(c.decided_at, c.requested_at),
    COALESCE(c.decided_at, c.requested_at), NULL
  FROM claims c WHERE c.status = 'approved'
  UNION ALL SELECT 'claim', c.id, 'invited', p.user_id, NULL, c.claimant_id, c.requested_at, c.requested_at, NULL
  FROM claims c JOIN claim_participants p ON p.claim_id = c.id
  WHERE c.status IN ('requested', 'approved') AND p.accepted_at IS NULL
  UNION ALL SELECT 'wish', w.id, 'owner', w.owner_id, NULL, NULL, w.submitted_at, w.submitted_at, NULL
  FROM wishes w WHERE w.status = 'rejected' AND w.owner_id IS NOT NULL
  UNION ALL SELECT 'team_member', m.id, 'invited', m.user_id, NULL, m.inviter_id, m.requested_at, m.requested_at, NULL
  FROM team_members m WHERE m.status = 'invited';
