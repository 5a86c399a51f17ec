-- name: add
INSERT INTO events (id, noun, subject_id, version, name, actor_id, grant_id, from_status, to_status, reason, at)
VALUES (:id, :noun, :subject_id, :version, :name, :actor_id, :grant_id, :from_status, :to_status, :reason, :at);

-- name: history
SELECT e.id, e.noun, e.subject_id, e.version, e.name, e.actor_id, e.grant_id, e.from_status, e.to_status, e.reason,
  e.at, COALESCE(g.role, '') AS role, g.delegated_by IS NOT NULL AS delegated
FROM events e LEFT JOIN grants_in_force g ON g.id = e.grant_id
WHERE e.noun = :noun AND e.subject_id = :subject_id
ORDER BY e.version
LIMIT 500;

-- name: add_original
INSERT INTO originals (noun, subject_id, field, sealed) VALUES (:noun, :subject_id, :field, :sealed);
