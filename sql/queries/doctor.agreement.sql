-- Whose turn it is.
-- fragment: agreement_turns
SELECT 'agreement', a.id, 'responder', 0, NULL, a.unit_id, a.sender_id, a.offered_at, a.offered_at, NULL
FROM agreements a WHERE a.status = 'offered'

-- Who does not decide about it: who signed for the community.
-- fragment: agreement_barred
SELECT 'agreement', a.id, a.sender_id, NULL, 0 FROM agreements a WHERE a.status = 'offered'

-- That the person is what a message about it says.
-- fragment: agreement_recipients
e.noun = 'agreement' AND (i.part = 'sender' AND EXISTS (SELECT 1 FROM events d
    WHERE d.noun = 'agreement' AND d.subject_id = e.subject_id AND d.name = 'dispatch' AND d.actor_id = i.user_id)
  OR i.part = 'responder' AND EXISTS (SELECT 1 FROM agreements a JOIN grants_in_force r ON r.node_id = a.unit_id
    WHERE a.id = e.subject_id AND r.user_id = i.user_id AND r.from_at <= e.at))

-- Its steps that who signed for the community was not told of.
-- fragment: agreement_untold
SELECT 'agreement', e.id FROM events e JOIN agreements a ON a.id = e.subject_id JOIN users u ON u.id = a.sender_id
WHERE e.noun = 'agreement' AND e.name IN (:agreement_sender) AND e.at >= a.offered_at AND {{not_told}}

-- That who signed for the community, or whose deputy did, signed for the unit, too.
-- fragment: agreement_own
e.noun = 'agreement' AND e.name = 'accept' AND EXISTS (SELECT 1 FROM agreements a
  JOIN grants_in_force s ON s.id = a.sender_grant_id
  WHERE a.id = e.subject_id AND e.actor_id IN (a.sender_id, s.giver_id))

-- name: agreement_status
SELECT a.id, a.status, a.version FROM agreements a LEFT JOIN events e
  ON e.noun = 'agreement' AND e.subject_id = a.id AND e.version = a.version
WHERE e.id IS NULL OR e.to_status <> a.status ORDER BY a.id LIMIT 100;

-- name: agreement_register
SELECT a.id FROM agreements a LEFT JOIN matters m ON m.noun = 'agreement' AND m.id = a.id AND m.of_id IS NULL
  AND m.number = '' AND m.title = CONCAT(a.year, ' 年共建协议') AND m.node_id = a.node_id AND m.desk_id IS NULL
  AND m.status = a.status AND m.version = a.version
WHERE m.id IS NULL ORDER BY a.id LIMIT 100;

-- Agreements that one side signed by no grant of its own, or whose signature is no step of them.
-- name: agreement_sides
SELECT a.id FROM agreements a
  LEFT JOIN grants_in_force c ON c.id = a.sender_grant_id AND c.user_id = a.sender_id AND c.role IN (:roles)
    AND EXISTS (SELECT 1 FROM node_ancestors x WHERE x.node_id = a.node_id AND x.ancestor_id = c.node_id)
  LEFT JOIN grants_in_force u ON u.id = a.signer_grant_id AND u.user_id = a.signer_id AND u.role IN (:signing)
    AND u.node_id = a.unit_id
WHERE a.offered_at IS NOT NULL AND (c.id IS NULL OR NOT EXISTS (SELECT 1 FROM events e WHERE e.noun = 'agreement'
    AND e.subject_id = a.id AND e.name = 'dispatch' AND e.actor_id = a.sender_id AND e.grant_id = a.sender_grant_id))
  OR a.signed_at IS NOT NULL AND (u.id IS NULL OR NOT EXISTS (SELECT 1 FROM events e WHERE e.noun = 'agreement'
    AND e.subject_id = a.id AND e.name = 'accept' AND e.actor_id = a.signer_id AND e.grant_id = a.signer_grant_id))
ORDER BY a.id LIMIT 100;

-- Agreements without a line, with more than the form has, or with one of what another body opens.
-- name: agreement_lines
SELECT a.id FROM agreements a LEFT JOIN agreement_lines l ON l.agreement_id = a.id
  LEFT JOIN offers o ON o.id = l.offer_id
GROUP BY a.id, a.unit_id
HAVING COUNT(l.position) = 0 OR COUNT(l.position) > 8 OR SUM(o.host_id <> a.unit_id) > 0
ORDER BY a.id LIMIT 100;

-- Agreements whose lines were written after the community had signed.
-- name: agreement_edits
SELECT DISTINCT e.subject_id FROM events e JOIN agreements a ON a.id = e.subject_id
WHERE e.noun = 'agreement' AND e.name = 'edit' AND a.status IN ('offered', 'signed') AND e.at > a.offered_at
ORDER BY e.subject_id LIMIT 100;
