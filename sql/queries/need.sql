-- A need, without names.
-- fragment: need
n.id, n.node_id, n.desk_id, n.year, n.number, COALESCE(n.owner_id, 0) AS owner_id,
  COALESCE(n.recorder_id, 0) AS recorder_id, n.owner_label, n.consent, n.consent_note, n.origin, n.hotline_number,
  n.category, n.term_code, n.term_from, n.term_share, n.place, n.lat, n.lng, n.text, n.is_public, n.is_about_staff,
  COALESCE(n.handler_id, 0) AS handler_id, n.reject_reason, n.answer, n.result,
  COALESCE(n.answered_by, 0) AS answered_by, n.solved, n.is_satisfied, COALESCE(n.asker_id, 0) AS asker_id, n.edits,
  n.returns, n.reopens, n.calls, n.called_at, COALESCE(n.merged_into, 0) AS merged_into, n.review_at, n.created_at,
  n.waits_since, n.accept_by, n.due_at, n.answered_at, n.called_back_at, n.closed_at, n.escalated_at,
  n.came_back_at, n.status, n.version

-- What it says and others do not read: the check has not passed it, or staff keeps it from them.
-- fragment: held
COALESCE((SELECT x.body FROM texts x WHERE x.noun = 'need' AND x.subject_id = n.id AND x.field = 'text' AND x.body <> ''
    AND x.verdict <> 'passed' ORDER BY x.id DESC LIMIT 1), '') AS held_text,
  COALESCE((SELECT x.body FROM texts x WHERE x.noun = 'need' AND x.subject_id = n.id AND x.field = 'place'
    AND x.body <> '' AND x.verdict <> 'passed' ORDER BY x.id DESC LIMIT 1), '') AS held_place

-- What people read of it in the place of ids.
-- fragment: names
p.name AS node_name, d.name AS desk_name, COALESCE(h.display_name, '') AS handler_name,
  COALESCE(w.id, 0) AS wish_id
FROM needs n JOIN nodes p ON p.id = n.node_id JOIN nodes d ON d.id = n.desk_id LEFT JOIN users h ON h.id = n.handler_id
  LEFT JOIN wishes w ON w.need_id = n.id

-- Whom a need about the staff of a place may be about: all who decide there.
-- name: subject
SELECT DISTINCT g.user_id FROM grants_in_force g
WHERE g.node_id = :node AND g.role IN (:roles) AND g.from_at <= :at AND (g.until_at IS NULL OR g.until_at > :at)
ORDER BY g.user_id;

-- name: add
INSERT INTO needs (id, node_id, desk_id, year, number, owner_id, recorder_id, owner_label, consent, consent_note,
  origin, hotline_number, category, term_code, term_from, term_share, place, lat, lng, text, is_public, is_about_staff,
  created_at, waits_since, accept_by, due_at, status, version)
VALUES (:id, :node_id, :desk_id, :year, :number, NULLIF(:owner_id, 0), NULLIF(:recorder_id, 0), :owner_label, :consent,
  :consent_note, :origin, :hotline_number, :category, :term_code, :term_from, :term_share, :place, :lat, :lng, :text,
  :is_public, :is_about_staff, :created_at, :waits_since, :accept_by, :due_at, :status, :version);

-- name: add_parties
INSERT INTO need_parties (need_id, user_id) VALUES (:need, :user);

-- name: lock
SELECT {{need}}, {{held}} FROM needs n WHERE n.id = :need FOR UPDATE;

-- name: parties
SELECT user_id FROM need_parties WHERE need_id = :need ORDER BY user_id;

-- Who said of an assignment that it is done, and was not contradicted: they do not ask whether it is.
-- name: workers
SELECT DISTINCT a.reporter_id FROM assignments a
WHERE a.origin_noun = 'need' AND a.origin_id = :need AND a.status IN ('reported', 'verified')
  AND a.reporter_id IS NOT NULL
ORDER BY a.reporter_id;

-- name: follows
SELECT COUNT(*) > 0 FROM need_followers WHERE need_id = :need AND user_id = :user;

-- name: joined
SELECT COUNT(*) FROM needs WHERE merged_into = :need;

-- name: followers
SELECT user_id FROM need_followers WHERE need_id = :need ORDER BY user_id;

-- name: follow
INSERT INTO need_followers (need_id, user_id, since) VALUES (:need, :user, :at)
ON DUPLICATE KEY UPDATE user_id = VALUES(user_id);

-- name: unfollow
DELETE FROM need_followers WHERE need_id = :need AND user_id = :user;

-- Those who follow one need follow another.
-- name: carry_followers
INSERT INTO need_followers (need_id, user_id, since)
SELECT :into, f.user_id, f.since FROM need_followers f WHERE f.need_id = :need
ON DUPLICATE KEY UPDATE user_id = VALUES(user_id);

-- The level above the need's desk, or the desk where there is none.
-- name: next_desk
SELECT COALESCE(d.parent_id, d.id) FROM needs n JOIN nodes d ON d.id = n.desk_id WHERE n.id = :need;

-- name: save
UPDATE needs SET desk_id = :desk_id, term_code = :term_code, term_from = :term_from, term_share = :term_share,
  place = :place, text = :text, handler_id = NULLIF(:handler_id, 0), reject_reason = :reject_reason, answer = :answer,
  result = :result, answered_by = NULLIF(:answered_by, 0), solved = :solved, is_satisfied = :is_satisfied,
  asker_id = NULLIF(:asker_id, 0), edits = :edits, returns = :returns, reopens = :reopens, calls = :calls,
  called_at = :called_at, merged_into = NULLIF(:merged_into, 0), review_at = :review_at, waits_since = :waits_since,
  accept_by = :accept_by, due_at = :due_at, answered_at = :answered_at, called_back_at = :called_back_at,
  closed_at = :closed_at, escalated_at = :escalated_at, came_back_at = :came_back_at, status = :status,
  version = :version
WHERE id = :id AND version = :version - 1;

-- The same of a need that is being changed.
-- name: names_of
SELECT p.name AS node_name, d.name AS desk_name, COALESCE(h.display_name, '') AS handler_name
FROM nodes p JOIN nodes d ON d.id = :desk LEFT JOIN users h ON h.id = :handler WHERE p.id = :node;

-- name: get
SELECT {{need}}, {{held}}, {{names}} WHERE n.id = :need;

-- name: page_mine
SELECT {{need}}, {{held}}, {{names}}
WHERE n.id IN (SELECT m.id FROM needs m WHERE m.owner_id = :user
    UNION SELECT m.id FROM needs m WHERE m.recorder_id = :user
    UNION SELECT f.need_id FROM need_followers f WHERE f.user_id = :user)
  AND n.id < :before AND (:status = '' OR n.status = :status) ORDER BY n.id DESC LIMIT :limit;

-- What everybody may read, at a place and below it.
-- name: page_public
SELECT {{need}}, {{names}}
WHERE n.id < :before AND n.is_public AND NOT n.is_about_staff
  AND n.status IN ('handling', 'waiting', 'answered', 'closed', 'unsolved') AND (:status = '' OR n.status = :status)
  AND (:node = 0 OR EXISTS (SELECT 1 FROM node_ancestors a WHERE a.node_id = n.node_id AND a.ancestor_id = :node))
ORDER BY n.id DESC LIMIT :limit;

-- What staff decide at their desks and below, the first due first.
-- name: page_desk
SELECT {{need}}, {{held}}, {{names}}
WHERE (:status = '' AND n.status IN ('submitted', 'handling', 'waiting', 'answered') OR n.status = :status)
  AND n.id > :after AND (NOT :returned OR n.returns > 0)
  AND (NOT :late OR n.status = 'submitted' AND n.accept_by < :at OR n.status = 'handling' AND n.due_at < :at)
  AND EXISTS (SELECT 1 FROM node_ancestors a JOIN grants_in_force g ON g.node_id = a.ancestor_id
    WHERE a.node_id = n.desk_id AND g.user_id = :user AND g.role IN (:roles) AND g.from_at <= :at
      AND (g.until_at IS NULL OR g.until_at > :at))
  AND NOT EXISTS (SELECT 1 FROM need_parties q WHERE q.need_id = n.id AND q.user_id = :user)
  AND (:node = 0 OR EXISTS (SELECT 1 FROM node_ancestors s WHERE s.node_id = n.node_id AND s.ancestor_id = :node))
ORDER BY n.id LIMIT :limit;

-- Needs of the same kind near by, of the last days, that everybody may read.
-- name: similar
SELECT {{need}}, {{names}}
WHERE n.node_id = :node AND n.category = :category AND n.created_at >= :since AND n.is_public AND NOT n.is_about_staff
  AND n.status IN ('handling', 'waiting', 'answered')
  AND (:place <> '' AND n.place = :place
    OR n.lat BETWEEN :south AND :north AND n.lng BETWEEN :west AND :east)
ORDER BY n.id DESC LIMIT 5;

-- name: late
SELECT id FROM needs WHERE escalated_at IS NULL
  AND (status = 'submitted' AND accept_by <= :at OR status = 'handling' AND due_at <= :at) ORDER BY id LIMIT :limit;

-- name: unanswered
SELECT id FROM needs WHERE status = 'answered' AND called_back_at IS NULL AND answered_at <= :since
ORDER BY id LIMIT :limit;

-- name: to_review
SELECT id FROM needs WHERE status IN ('waiting', 'unsolved') AND review_at <= :at ORDER BY id LIMIT :limit;

-- name: places
SELECT id, place, lat, lng FROM needs WHERE id IN (:ids);

-- name: show
SELECT q.id, COALESCE(NULLIF(q.held_text, ''), q.text) AS title, COALESCE(NULLIF(q.held_place, ''), q.place) AS who,
  0 AS wish_id, q.caution
FROM (SELECT n.id, n.text, n.place, {{held}},
    CASE WHEN EXISTS (SELECT 1 FROM texts t WHERE t.noun = 'need' AND t.subject_id = n.id AND t.verdict = 'waiting')
      THEN 'flagged' ELSE '' END AS caution
  FROM needs n WHERE n.id IN (:ids)) q;

-- Its texts that wait for staff, with the case in which staff decides whether others read them.
-- name: flagged
SELECT {{content.text}}, c.id AS case_id FROM texts t JOIN content_cases c ON c.text_id = t.id AND c.status = 'open'
WHERE t.noun = 'need' AND t.subject_id = :need AND t.verdict = 'waiting' ORDER BY t.id;
