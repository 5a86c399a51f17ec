-- +goose Up
-- Fails where somebody who does not decide what waits at a desk is no party of it: who is no person has a phone.
INSERT INTO matter_parties (noun, id, person_id, phone_lookup, is_personal)
SELECT d.noun, d.id, 0, NULL, 0 FROM (
  SELECT b.noun, b.id, b.person_id, b.phone_lookup, MAX(b.is_personal) AS is_personal FROM (
    SELECT 'wish' AS noun, w.id, COALESCE(w.owner_id, 0) AS person_id,
      CASE WHEN w.owner_id IS NULL THEN k.phone_lookup END AS phone_lookup, 1 AS is_personal
    FROM wishes w LEFT JOIN contacts k ON k.noun = 'wish' AND k.id = w.id AND k.part = 'owner'
    UNION ALL SELECT 'wish', w.id, w.recorder_id, NULL, 0 FROM wishes w
    UNION ALL SELECT 'claim', c.id, COALESCE(w.owner_id, 0), CASE WHEN w.owner_id IS NULL THEN k.phone_lookup END, 1
    FROM claims c JOIN wishes w ON w.id = c.wish_id
      LEFT JOIN contacts k ON k.noun = 'wish' AND k.id = w.id AND k.part = 'owner'
    UNION ALL SELECT 'claim', c.id, w.recorder_id, NULL, 0 FROM claims c JOIN wishes w ON w.id = c.wish_id
    UNION ALL SELECT 'claim', c.id, c.claimant_id, NULL, 1 FROM claims c
    UNION ALL SELECT 'claim', c.id, c.asked_by, NULL, 0 FROM claims c
    UNION ALL SELECT 'claim', c.id, c.approved_by, NULL, 0 FROM claims c
      WHERE c.status = 'delivered' AND c.disputed_at IS NULL
    UNION ALL SELECT 'claim', q.claim_id, q.user_id, NULL, 1 FROM claim_participants q
    UNION ALL SELECT 'membership', m.id, m.user_id, NULL, 1 FROM memberships m
    UNION ALL SELECT 'complaint', k.id, k.author_id, NULL, 1 FROM complaints k
    UNION ALL SELECT 'complaint', q.complaint_id, q.user_id, NULL, 1 FROM complaint_parties q
    UNION ALL SELECT 'service_record', r.id, r.user_id, NULL, 1 FROM service_records r
    UNION ALL SELECT 'service_record', r.id, r.recorder_id, NULL, 0 FROM service_records r
    UNION ALL SELECT 'objection', o.id, o.user_id, NULL, 1 FROM objections o
    UNION ALL SELECT 'objection', o.id, c.claimant_id, NULL, 1 FROM objections o JOIN claims c ON c.id = o.claim_id
    UNION ALL SELECT 'objection', o.id, q.user_id, NULL, 1
    FROM objections o JOIN claim_participants q ON q.claim_id = o.claim_id
  ) b JOIN matter_turns t ON t.noun = b.noun AND t.id = b.id AND t.desk_id IS NOT NULL
  WHERE b.person_id <> 0 OR b.phone_lookup IS NOT NULL
  GROUP BY b.noun, b.id, b.person_id, b.phone_lookup
) d LEFT JOIN matter_parties p ON p.noun = d.noun AND p.id = d.id AND p.person_id = d.person_id
  AND p.phone_lookup <=> d.phone_lookup AND p.is_personal = d.is_personal
WHERE p.id IS NULL;
