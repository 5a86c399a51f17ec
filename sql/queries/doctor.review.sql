-- Rights in force of reviewers outside the review community, and of others inside it.
-- name: review_grants
SELECT g.id FROM grants_in_force g LEFT JOIN review_people p ON p.user_id = g.user_id
  LEFT JOIN review_nodes r ON r.node_id = g.node_id
WHERE (p.user_id IS NULL) <> (r.node_id IS NULL) ORDER BY g.id LIMIT 100;

-- name: review_members
SELECT m.id FROM memberships m LEFT JOIN review_people p ON p.user_id = m.active_user_id
  LEFT JOIN review_nodes r ON r.node_id = m.node_id
WHERE m.active_user_id IS NOT NULL AND (p.user_id IS NULL) <> (r.node_id IS NULL) ORDER BY m.id LIMIT 100;

-- What reviewers did outside the review community, and others inside it.
-- name: review_steps
SELECT e.id FROM review_people p JOIN events e ON e.actor_id = p.user_id
  JOIN matters m ON m.noun = e.noun AND m.id = e.subject_id
  LEFT JOIN matters o ON o.noun = m.of_noun AND o.id = m.of_id
  LEFT JOIN matters q ON q.noun = o.of_noun AND q.id = o.of_id
  LEFT JOIN review_nodes r ON r.node_id = COALESCE(m.node_id, o.node_id, q.node_id)
WHERE e.noun <> 'user' AND r.node_id IS NULL
UNION
SELECT e.id FROM review_nodes r JOIN matters m ON m.node_id = r.node_id
  JOIN events e ON e.noun = m.noun AND e.subject_id = m.id
WHERE e.actor_id IS NOT NULL AND e.actor_id NOT IN (SELECT p.user_id FROM review_people p)
ORDER BY id LIMIT 100;

-- name: review_codes
SELECT id FROM review_codes WHERE until_at > given_at + INTERVAL 30 DAY ORDER BY id LIMIT 100;
