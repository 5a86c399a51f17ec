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

-- A use of the grant, and for a deputy of the one that it stands in for. After its end the CHECK role_grants_used does
-- not hold and the statement fails. The count makes it a write in any case, which a cluster compares with the end.
-- name: use_grant
UPDATE role_grants g LEFT JOIN role_grants b ON b.id = g.delegated_by
SET g.uses = g.uses + 1, b.uses = b.uses + 1,
  g.used_at = CASE WHEN g.status = 'ended' THEN g.until_at ELSE GREATEST(COALESCE(g.used_at, :at), :at) END,
  b.used_at = CASE WHEN b.status = 'ended' THEN b.until_at ELSE GREATEST(COALESCE(b.used_at, :at), :at) END
WHERE g.id = :grant;
