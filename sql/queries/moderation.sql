-- fragment: case
c.id, c.kind, c.noun, c.subject_id, COALESCE(c.text_id, 0) AS text_id, COALESCE(c.photo_id, 0) AS photo_id,
  COALESCE(c.writer_id, 0) AS writer_id, c.node_id, c.desk_id, c.status, c.reason, c.created_at, c.decided_at,
  c.escalated_at, c.version

-- Whom the matter behind it is about: they do not decide about a text of it either.
-- name: concerned
SELECT q.user_id, FALSE AS has_reported FROM complaint_parties q
WHERE :noun = 'complaint' AND q.complaint_id = :subject
UNION SELECT q.user_id, FALSE FROM need_parties q WHERE :noun = 'need' AND q.need_id = :subject ORDER BY user_id;

-- name: add
INSERT INTO content_cases (id, kind, noun, subject_id, text_id, photo_id, writer_id, node_id, desk_id, status, reason,
  created_at, version)
VALUES (:id, :kind, :noun, :subject_id, NULLIF(:text_id, 0), NULLIF(:photo_id, 0), NULLIF(:writer_id, 0), :node_id,
  :desk_id, :status, :reason, :created_at, :version);

-- name: add_parties
INSERT INTO case_parties (case_id, user_id) VALUES (:case, :user);

-- name: parties
SELECT user_id, reported_at IS NOT NULL AS has_reported FROM case_parties WHERE case_id = :case ORDER BY user_id;

-- name: lock
SELECT {{case}} FROM content_cases c WHERE c.id = :case FOR UPDATE;

-- name: get
SELECT {{case}} FROM content_cases c WHERE c.id = :case;

-- name: names
SELECT COALESCE(u.display_name, '') AS writer, n.name AS node
FROM content_cases c JOIN nodes n ON n.id = c.node_id LEFT JOIN users u ON u.id = c.writer_id WHERE c.id = :case;

-- The text of the case, as long as it waits.
-- name: text
SELECT {{content.text}} FROM content_cases c JOIN texts t ON t.id = c.text_id WHERE c.id = :case;

-- Its picture, until it is taken away.
-- name: photo
SELECT {{media.photo}} FROM content_cases c JOIN media m ON m.id = c.photo_id AND m.status = 'attached'
WHERE c.id = :case;

-- name: save
UPDATE content_cases SET status = :status, decided_at = :decided_at, escalated_at = :escalated_at, version = version + 1
WHERE id = :id AND version = :version;

-- name: replaced
SELECT c.id FROM content_cases c FORCE INDEX (content_cases_status) LEFT JOIN texts t ON t.id = c.text_id
  LEFT JOIN media m ON m.id = c.photo_id AND m.status = 'attached'
WHERE c.status = 'open' AND (t.verdict = 'replaced' OR c.photo_id IS NOT NULL AND m.id IS NULL)
ORDER BY c.id LIMIT :limit;

-- name: waiting
SELECT id FROM content_cases FORCE INDEX (content_cases_status)
WHERE status = 'open' AND created_at <= :since AND escalated_at IS NULL ORDER BY id LIMIT :limit;

-- What a list of tasks shows of cases.
-- name: show
SELECT c.id, LEFT(COALESCE(NULLIF(t.body, ''), c.reason), 60) AS title, COALESCE(u.display_name, '') AS who
FROM content_cases c LEFT JOIN texts t ON t.id = c.text_id LEFT JOIN users u ON u.id = c.writer_id WHERE c.id IN (:ids);

-- What is open about it already, or was decided about the picture.
-- name: lock_reported
SELECT {{case}} FROM content_cases c
WHERE CASE WHEN :photo > 0 THEN c.photo_id = :photo
  ELSE c.noun = :noun AND c.subject_id = :subject AND c.kind = 'report' AND c.status = 'open' END
ORDER BY c.id LIMIT 1 FOR UPDATE;

-- Where what is reported is decided, and who wrote it: who added the picture, whose the wish is, or who began it.
-- name: reported
SELECT m.noun, m.id AS subject_id, COALESCE(m.node_id, o.node_id, top.id) AS node_id,
  COALESCE(m.desk_id, m.node_id, o.desk_id, o.node_id, top.id) AS desk_id,
  COALESCE(p.owner_id, w.owner_id, w.recorder_id, e.actor_id, 0) AS writer_id, '' AS open_id, FALSE AS is_staff,
  FALSE AS is_hidden
FROM matters m JOIN nodes top ON top.parent_id IS NULL AND top.kind = 'county'
  LEFT JOIN matters o ON o.noun = m.of_noun AND o.id = m.of_id
  LEFT JOIN wishes w ON w.id = CASE m.noun WHEN 'wish' THEN m.id WHEN 'claim' THEN m.of_id END
  LEFT JOIN events e ON e.noun = m.noun AND e.subject_id = m.id AND e.version = 1
  LEFT JOIN media p ON p.id = :photo
WHERE m.noun = :noun AND m.id = :subject ORDER BY top.id LIMIT 1;

-- name: report
INSERT INTO case_parties (case_id, user_id, reason, reported_at) VALUES (:case, :user, :reason, :at)
ON DUPLICATE KEY UPDATE reason = VALUES(reason), reported_at = VALUES(reported_at);

-- Whether the words of a wish or a need went with its owner's account.
-- name: erased
SELECT EXISTS (SELECT 1 FROM wishes w JOIN users u ON u.id = w.owner_id AND u.status <> 'active'
    WHERE :noun = 'wish' AND w.id = :subject)
  OR EXISTS (SELECT 1 FROM needs n JOIN users u ON u.id = n.owner_id AND u.status <> 'active'
    WHERE :noun = 'need' AND n.id = :subject);

-- name: hide_wish
UPDATE wishes SET title = :shown, description = :shown WHERE id = :subject;

-- name: hide_comment
UPDATE claims SET comment = :shown WHERE id = :subject AND comment <> '';

-- name: hide_activity
UPDATE activities SET title = :shown, description = :shown, skills = CASE skills WHEN '' THEN '' ELSE :shown END,
  health = CASE health WHEN '' THEN '' ELSE :shown END
WHERE id = :subject;

-- name: hide_team
UPDATE teams SET name = :shown, intro = :shown WHERE id = :subject;

-- What was said is kept for who works on the need.
-- name: withhold_need
INSERT INTO texts (id, noun, subject_id, field, body, is_held, is_queued, verdict, checked_by, written_at, decided_at)
SELECT :id, 'need', n.id, 'text', n.text, TRUE, TRUE, 'refused', 'staff', :at, :at FROM needs n
WHERE n.id = :subject AND NOT EXISTS (SELECT 1 FROM texts t
  WHERE t.noun = 'need' AND t.subject_id = n.id AND t.field = 'text' AND t.is_held AND t.body <> '');

-- name: hide_need
UPDATE needs SET text = :shown WHERE id = :subject;
