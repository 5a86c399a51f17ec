-- +goose Up
-- Who does not decide what waited at desks before parties were kept.
INSERT INTO matter_parties (noun, id, person_id, phone_lookup, is_personal)
SELECT t.noun, t.id, p.person_id, p.phone_lookup, MAX(p.is_personal) FROM matter_turns t JOIN (
  SELECT 'wish' AS noun, w.id, COALESCE(w.owner_id, 0) AS person_id,
    CASE WHEN w.owner_id IS NULL THEN w.contact_phone_lookup END AS phone_lookup, 1 AS is_personal FROM wishes w
  UNION ALL SELECT 'wish', w.id, w.recorder_id, NULL, 0 FROM wishes w
  UNION ALL SELECT 'claim', c.id, COALESCE(w.owner_id, 0),
    CASE WHEN w.owner_id IS NULL THEN w.contact_phone_lookup END, 1 FROM claims c JOIN wishes w ON w.id = c.wish_id
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
  UNION ALL SELECT 'service_record', e.subject_id, e.actor_id, NULL, 0 FROM events e
    WHERE e.noun = 'service_record' AND e.name = 'confirm'
  UNION ALL SELECT 'objection', o.id, o.user_id, NULL, 1 FROM objections o
  UNION ALL SELECT 'objection', o.id, COALESCE(r.recorder_id, x.settled_by, v.actor_id), NULL, 0 FROM objections o
    LEFT JOIN service_records r ON r.id = o.record_id LEFT JOIN signups s ON s.id = o.signup_id
    LEFT JOIN activities x ON x.id = s.activity_id
    LEFT JOIN events v ON v.noun = 'claim' AND v.subject_id = o.claim_id AND v.name = 'confirm'
      AND v.grant_id IS NOT NULL AND v.version = (SELECT MAX(z.version) FROM events z
        WHERE z.noun = 'claim' AND z.subject_id = o.claim_id AND z.name = 'confirm' AND z.id < o.id)
  UNION ALL SELECT 'objection', o.id, c.claimant_id, NULL, 1 FROM objections o JOIN claims c ON c.id = o.claim_id
  UNION ALL SELECT 'objection', o.id, q.user_id, NULL, 1
    FROM objections o JOIN claim_participants q ON q.claim_id = o.claim_id
  UNION ALL SELECT 'objection', o.id, w.owner_id, NULL, 1
    FROM objections o JOIN claims c ON c.id = o.claim_id JOIN wishes w ON w.id = c.wish_id
) p ON p.noun = t.noun AND p.id = t.id
WHERE t.desk_id IS NOT NULL AND (p.person_id <> 0 OR p.phone_lookup IS NOT NULL)
GROUP BY t.noun, t.id, p.person_id, p.phone_lookup;
