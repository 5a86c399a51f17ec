-- The row as it is after the step; what a matter belongs to and its number never change.
-- name: save
INSERT INTO matters (noun, id, of_noun, of_id, number, title, node_id, desk_id, status, version)
VALUES (:noun, :id, NULLIF(:of_noun, ''), NULLIF(:of_id, 0), :number, :title, NULLIF(:node_id, 0), NULLIF(:desk_id, 0),
  :status, :version)
ON DUPLICATE KEY UPDATE title = VALUES(title), node_id = VALUES(node_id), desk_id = VALUES(desk_id),
  status = VALUES(status), version = VALUES(version);

-- name: end_turns
DELETE FROM matter_turns WHERE noun = :noun AND id IN (:ids);

-- Who does not take the turns at a desk.
-- name: end_parties
DELETE FROM matter_parties WHERE noun = :noun AND id IN (:ids);

-- name: begin_turns
INSERT INTO matter_turns (noun, id, part, person_id, team_id, desk_id, asker_id, since, opens_at, due)
VALUES (:noun, :id, :part, :person_id, NULLIF(:team_id, 0), NULLIF(:desk_id, 0), NULLIF(:asker_id, 0), :since,
  :opens_at, :due);

-- name: add_parties
INSERT INTO matter_parties (noun, id, person_id, phone_lookup, is_personal)
VALUES (:noun, :id, :person_id, NULLIF(:phone_lookup, ''), :is_personal);

-- name: add_events
INSERT INTO events (id, noun, subject_id, version, name, actor_id, grant_id, from_status, to_status, reason, at)
VALUES (:id, :noun, :subject_id, :version, :name, :actor_id, :grant_id, :from_status, :to_status, :reason, :at);

-- A reviewer's step, at the place of its matter or of what that belongs to. 0 is no place of the review community.
-- name: confine
INSERT INTO review_steps (event_id, node_id)
SELECT :event, COALESCE(m.node_id, o.node_id, p.node_id, 0) FROM matters m
  LEFT JOIN matters o ON o.noun = m.of_noun AND o.id = m.of_id
  LEFT JOIN matters p ON p.noun = o.of_noun AND p.id = o.of_id
WHERE m.noun = :noun AND m.id = :id;

-- The reason of a step as it was written, while others do not read it yet.
-- fragment: waiting_reason
COALESCE((SELECT x.body FROM texts x WHERE x.noun = 'event' AND x.subject_id = e.id
    AND x.verdict IN ('checking', 'waiting') AND x.is_held ORDER BY x.id LIMIT 1), '')

-- name: history
SELECT e.id, e.noun, e.subject_id, e.version, e.name, e.actor_id, e.grant_id, e.from_status, e.to_status, e.reason,
  e.at, COALESCE(g.role, '') AS role, g.delegated_by IS NOT NULL AS delegated, {{waiting_reason}} AS waiting
FROM events e LEFT JOIN grants_in_force g ON g.id = e.grant_id
WHERE e.noun = :noun AND e.subject_id = :subject_id
ORDER BY e.version
LIMIT 500;

-- name: add_original
INSERT INTO originals (noun, subject_id, field, sealed) VALUES (:noun, :subject_id, :field, :sealed);

-- A text that somebody writes, to be checked.
-- name: add_text
INSERT INTO texts (id, noun, subject_id, field, body, is_held, is_queued, verdict, written_at)
VALUES (:id, :noun, :subject_id, :field, :body, FALSE, FALSE, 'checking', :at);

-- Another name of a matter, whose noun has it already.
-- name: retitle
UPDATE matters SET title = :title WHERE noun = :noun AND id = :id;

-- What everybody reads of the reason for a step, whose check is not decided yet.
-- name: show_reason
UPDATE events SET reason = :shown
WHERE id = :subject AND EXISTS (SELECT 1 FROM texts t WHERE t.id = :text AND t.verdict = :from);

-- A use of the grant, and for a deputy of the one that it stands in for. After its end the CHECK role_grants_used does
-- not hold and the statement fails. The count makes it a write in any case, which a cluster compares with the end.
-- name: use_grant
UPDATE role_grants g LEFT JOIN role_grants b ON b.id = g.delegated_by
SET g.uses = g.uses + 1, b.uses = b.uses + 1,
  g.used_at = CASE WHEN g.status = 'ended' THEN g.until_at ELSE GREATEST(COALESCE(g.used_at, :at), :at) END,
  b.used_at = CASE WHEN b.status = 'ended' THEN b.until_at ELSE GREATEST(COALESCE(b.used_at, :at), :at) END
WHERE g.id = :grant;

-- name: tell
INSERT INTO inbox (user_id, event_id, part) VALUES (:user, :event, :part);

-- Staff who may decide about a node's matter and are no party to it, nor chosen by whose matter it is: those of the
-- level above the nearest that has any.
-- name: tell_next_level
INSERT INTO inbox (user_id, event_id, part)
SELECT DISTINCT g.user_id, :event, 'decider' FROM node_ancestors a JOIN grants_in_force g ON g.node_id = a.ancestor_id
WHERE a.node_id = :node AND g.role IN (:roles) AND g.from_at <= :at AND (g.until_at IS NULL OR g.until_at > :at)
  AND g.user_id NOT IN (:parties) AND g.user_id NOT IN (:done) AND g.giver_id NOT IN (:personal)
  AND 1 = (SELECT COUNT(DISTINCT b.distance)
    FROM node_ancestors b JOIN grants_in_force h ON h.node_id = b.ancestor_id
    WHERE b.node_id = :node AND b.distance < a.distance AND h.role IN (:roles) AND h.from_at <= :at
      AND (h.until_at IS NULL OR h.until_at > :at) AND h.user_id NOT IN (:parties) AND h.giver_id NOT IN (:personal));

-- A matter without a title or a place of its own is called, and is, as what it belongs to.
-- name: page
SELECT i.event_id, i.part, i.read_at, e.noun, e.subject_id, e.name, e.reason, e.at, COALESCE(m.of_noun, '') AS of_noun,
  COALESCE(m.of_id, 0) AS of_id, CASE m.title WHEN '' THEN COALESCE(o.title, '') ELSE m.title END AS title,
  COALESCE(n.name, '') AS node_name
FROM inbox i JOIN events e ON e.id = i.event_id JOIN matters m ON m.noun = e.noun AND m.id = e.subject_id
  LEFT JOIN matters o ON o.noun = m.of_noun AND o.id = m.of_id
  LEFT JOIN nodes n ON n.id = COALESCE(m.node_id, o.node_id)
WHERE i.user_id = :user AND i.event_id < :before AND (i.read_at IS NULL OR NOT :unread)
ORDER BY i.event_id DESC LIMIT :limit;

-- name: unread
SELECT COUNT(*) FROM inbox WHERE user_id = :user AND read_at IS NULL;

-- name: read
UPDATE inbox SET read_at = :at WHERE user_id = :user AND event_id <= :up_to AND read_at IS NULL;

-- Whoever counts writes the row, and so waits for everybody who counted before.
-- name: take_number
INSERT INTO numbers (kind, node_id, period, next_number) VALUES (:kind, :node, :period, 2)
ON DUPLICATE KEY UPDATE next_number = next_number + 1;

-- name: number
SELECT next_number - 1 FROM numbers WHERE kind = :kind AND node_id = :node AND period = :period;

-- What an account that is deleted takes along of the history: the words, not the steps.
-- name: forget_reasons
UPDATE events SET reason = '' WHERE noun = :noun AND subject_id IN (:ids) AND reason <> ''
  AND (:whole OR actor_id IN (:people) AND grant_id IS NULL);

-- name: worded
SELECT id FROM events WHERE noun = :noun AND subject_id IN (:ids) AND reason <> ''
  AND (:whole OR actor_id IN (:people) AND grant_id IS NULL);

-- name: forget_originals
DELETE FROM originals WHERE noun = :noun AND subject_id IN (:ids);

-- name: rename
UPDATE matters SET title = :title WHERE noun = :noun AND id IN (:ids) AND title <> '';

-- name: empty_inbox
DELETE FROM inbox WHERE user_id IN (:people);

-- name: title_records
UPDATE matters m JOIN service_records r ON r.id = m.id SET m.title = r.title
WHERE m.noun = 'service_record' AND m.id IN (:ids);

-- name: forget_all_originals
DELETE FROM originals WHERE subject_id IN (:ids);

-- Who is known by a phone alone is known no more.
-- name: forget_phones
DELETE FROM matter_parties WHERE noun = :noun AND id IN (:ids) AND person_id = 0;

-- name: reseal_original
UPDATE originals SET sealed = :first WHERE noun = :noun AND subject_id = :id AND field = :part AND sealed = :was_first;

-- The same phone, by another key: of a matter and of what belongs to it.
-- name: rename_phone
UPDATE matter_parties p SET p.phone_lookup = :lookup
WHERE p.person_id = 0 AND p.noun = :noun AND p.id IN (:ids);

-- What was kept of a text to look at it. Nobody decides any more about one that waits.
-- fragment: wordless
UPDATE texts SET body = '', hits = '', decided_at = CASE WHEN verdict IN ('checking', 'waiting') THEN :at
    ELSE decided_at END,
  verdict = CASE WHEN verdict IN ('checking', 'waiting') THEN 'replaced' ELSE verdict END

-- name: forget_texts
{{wordless}} WHERE noun = :noun AND subject_id IN (:ids);

-- name: forget_texts_by
{{wordless}} WHERE writer_id IN (:people);
