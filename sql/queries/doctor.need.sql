-- Whose turn it is.
-- fragment: need_turns
SELECT 'need', n.id, 'decider', 0, NULL, n.desk_id, NULL, n.waits_since, n.waits_since, NULL
FROM needs n WHERE n.status = 'submitted' OR n.status = 'handling' AND n.handler_id IS NULL
UNION ALL SELECT 'need', n.id, 'decider', 0, NULL, n.desk_id, NULL, n.due_at, n.due_at, NULL
FROM needs n WHERE n.status = 'handling' AND n.handler_id IS NOT NULL
UNION ALL SELECT 'need', n.id, 'owner', n.owner_id, NULL, NULL, NULL, n.answered_at, n.answered_at, NULL
FROM needs n WHERE n.status = 'answered' AND n.owner_id IS NOT NULL
UNION ALL SELECT 'need', q.id, 'recorder', 0, NULL, q.desk_id, NULL, q.since, q.since, NULL FROM (
  SELECT n.id, n.desk_id, CASE WHEN n.owner_id IS NULL THEN n.answered_at
    ELSE DATE_ADD(n.answered_at, INTERVAL 3 DAY) END AS since
  FROM needs n WHERE n.status = 'answered') q

-- Who does not decide about it, and does not ask about it.
-- fragment: need_barred
SELECT 'need', n.id, n.owner_id, NULL, 1 FROM needs n WHERE n.owner_id IS NOT NULL
UNION ALL SELECT 'need', n.id, n.recorder_id, NULL, 0 FROM needs n WHERE n.recorder_id IS NOT NULL
UNION ALL SELECT 'need', q.need_id, q.user_id, NULL, 1 FROM need_parties q
UNION ALL SELECT 'need', n.id, n.handler_id, NULL, 0 FROM needs n
  WHERE n.status = 'answered' AND n.handler_id IS NOT NULL
UNION ALL SELECT 'need', n.id, a.reporter_id, NULL, 0
  FROM needs n JOIN assignments a ON a.origin_noun = 'need' AND a.origin_id = n.id
  WHERE n.status = 'answered' AND a.status IN ('reported', 'verified') AND a.reporter_id IS NOT NULL

-- That the person is what a message about it says.
-- fragment: need_recipients
e.noun = 'need' AND EXISTS (SELECT 1 FROM needs n WHERE n.id = e.subject_id AND (
  i.part = 'owner' AND n.owner_id = i.user_id OR i.part = 'recorder' AND n.recorder_id = i.user_id
  OR i.part = 'handler' AND EXISTS (SELECT 1 FROM events d WHERE d.noun = 'need' AND d.subject_id = n.id
    AND d.name = 'answer' AND d.actor_id = i.user_id AND d.version < e.version)
  OR i.part = 'follower' AND n.is_public
  OR i.part = 'follower' AND EXISTS (SELECT 1 FROM need_followers f
    WHERE f.need_id = n.id AND f.user_id = i.user_id)))

-- Its steps that somebody whom they concern was not told of.
-- fragment: need_untold
SELECT 'need', e.id FROM events e JOIN needs n ON n.id = e.subject_id JOIN users u ON u.id = n.owner_id
WHERE e.noun = 'need' AND e.name IN (:need_owner) AND {{not_told}}
UNION ALL SELECT 'need', e.id FROM events e JOIN needs n ON n.id = e.subject_id JOIN users u ON u.id = n.recorder_id
WHERE e.noun = 'need' AND e.name IN (:need_recorder) AND {{not_told}}

-- That it is the own matter of who decides, or of who chose them.
-- fragment: need_own
e.noun = 'need' AND EXISTS (SELECT 1 FROM needs n
  WHERE n.id = e.subject_id AND (n.owner_id IN (e.actor_id, g.giver_id)
    OR EXISTS (SELECT 1 FROM need_parties q WHERE q.need_id = n.id AND q.user_id IN (e.actor_id, g.giver_id))))

-- name: need_status
SELECT n.id, n.status, n.version FROM needs n LEFT JOIN events e
  ON e.noun = 'need' AND e.subject_id = n.id AND e.version = n.version
WHERE e.id IS NULL OR e.to_status <> n.status ORDER BY n.id LIMIT 100;

-- name: need_register
SELECT n.id FROM needs n LEFT JOIN matters m ON m.noun = 'need' AND m.id = n.id AND m.of_id IS NULL
  AND m.number = CONCAT(n.year, '-', CASE WHEN n.number < 10000 THEN LPAD(n.number, 4, '0') ELSE n.number END)
  AND m.title = LEFT(REPLACE(n.text, CHAR(10), ' '), 60) AND m.node_id = n.node_id AND m.desk_id = n.desk_id
  AND m.status = n.status AND m.version = n.version
WHERE m.id IS NULL ORDER BY n.id LIMIT 100;

-- Closed needs without the word of the owner, or of staff who asked and neither led nor did the work.
-- name: need_words
SELECT n.id FROM needs n LEFT JOIN events e
  ON e.noun = 'need' AND e.subject_id = n.id AND e.version = n.version
WHERE n.status = 'closed' AND (e.id IS NULL OR e.name NOT IN ('confirm', 'lapse')
  OR (e.name = 'lapse') <> (n.solved = 'unknown')
  OR e.name = 'lapse' AND (n.calls < 3 OR e.actor_id IN (n.handler_id, n.answered_by))
  OR e.name = 'confirm' AND (COALESCE(n.asker_id, 0) <> CASE WHEN e.grant_id IS NULL THEN 0 ELSE e.actor_id END
    OR n.asker_id IS NULL AND COALESCE(n.owner_id, 0) <> e.actor_id
    OR n.asker_id IN (n.handler_id, n.recorder_id)
    OR EXISTS (SELECT 1 FROM assignments a WHERE a.origin_noun = 'need' AND a.origin_id = n.id
      AND a.status = 'verified' AND a.reporter_id = n.asker_id)))
ORDER BY n.id LIMIT 100;

-- Needs that were answered or have ended while a lead assignment is open, or ended with any.
-- name: need_open_work
SELECT DISTINCT n.id FROM needs n JOIN assignments a ON a.origin_noun = 'need' AND a.origin_id = n.id
WHERE a.status IN ('sent', 'working', 'reported')
  AND (n.status IN ('withdrawn', 'merged', 'rejected', 'handed')
    OR n.status IN ('answered', 'closed') AND a.kind = 'lead')
ORDER BY n.id LIMIT 100;

-- Needs that cannot be done now, or wait, without a day within 90, or whose day has gone by more than a day ago.
-- name: need_reviews
SELECT n.id FROM needs n JOIN events e ON e.noun = 'need' AND e.subject_id = n.id AND e.version = n.version
WHERE n.status IN ('waiting', 'unsolved') AND (n.review_at IS NULL OR n.review_at > DATE_ADD(e.at, INTERVAL 90 DAY)
  OR n.review_at < DATE_SUB(:at, INTERVAL 1 DAY))
ORDER BY n.id LIMIT 100;

-- Merged needs whose row of needs comes to none that is in work, answered or has ended.
-- name: need_merges
SELECT n.id FROM needs n JOIN needs o ON o.id = n.merged_into
WHERE o.id = n.id OR o.node_id <> n.node_id OR o.status IN ('submitted', 'rejected', 'withdrawn', 'handed')
  OR o.status = 'merged' AND (SELECT COUNT(*) FROM needs p WHERE p.id = o.merged_into AND p.id <> n.id) = 0
ORDER BY n.id LIMIT 100;

-- Needs that go on as a wish which is not there, is elsewhere or another person's, and wishes of needs that go on.
-- name: need_wishes
SELECT n.id FROM needs n LEFT JOIN wishes w ON w.need_id = n.id
WHERE n.status = 'handed' AND (w.id IS NULL OR w.node_id <> n.node_id OR n.owner_id <> COALESCE(w.owner_id, 0))
  OR n.status <> 'handed' AND w.id IS NOT NULL
ORDER BY n.id LIMIT 100;

-- Needs that came back twice and are not led above where they began, or a level above without cause.
-- name: need_levels
SELECT n.id FROM needs n WHERE n.returns > 1 AND n.desk_id = n.node_id
  AND EXISTS (SELECT 1 FROM nodes p WHERE p.id = n.node_id AND p.parent_id IS NOT NULL)
  OR n.desk_id <> n.node_id AND n.returns < 2 AND n.edits = 0 AND NOT n.is_about_staff
ORDER BY n.id LIMIT 100;

-- Needs that came back at another time than their history says.
-- name: need_returns
SELECT n.id FROM needs n WHERE NOT (n.came_back_at <=> (SELECT MAX(e.at) FROM events e
  WHERE e.noun = 'need' AND e.subject_id = n.id AND e.name IN ('return', 'reopen') AND e.actor_id IS NOT NULL))
ORDER BY n.id LIMIT 100;

-- The term of each need as it runs.
-- name: need_terms
SELECT n.id, n.term_code AS code, n.term_from AS since, n.term_share AS share, n.due_at
FROM needs n WHERE n.id > :after ORDER BY n.id LIMIT :limit;

-- Contacts of needs that were read without a live part: no grant at the desk in force then, nor an assignment that the
-- reader worked on then.
-- name: need_reads
SELECT r.id FROM contact_reads r JOIN needs n ON r.noun = 'need' AND n.id = r.subject_id
  LEFT JOIN assignments a ON r.by_noun = 'assignment' AND a.id = r.by_id AND a.origin_noun = 'need'
    AND a.origin_id = n.id AND a.accepted_at <= r.read_at AND COALESCE(a.verified_at, r.read_at) >= r.read_at
    AND COALESCE(a.ended_at, r.read_at) >= r.read_at
  LEFT JOIN grants_in_force g ON g.id = r.grant_id AND g.user_id = r.reader_id
    AND g.role NOT IN ('unit_liaison', 'responder', 'area_leader', 'auditor') AND {{in_force_at_reading}}
WHERE r.reader_id <> COALESCE(n.owner_id, 0) AND (a.id IS NULL AND g.id IS NULL
  OR g.id IS NOT NULL AND g.role IN ('street', 'county') AND g.node_id <> n.desk_id AND n.desk_id = n.node_id
    AND r.reason = '')
ORDER BY r.id LIMIT 100;

-- Numbers of needs with a gap.
-- name: need_numbers
SELECT n.year FROM needs n GROUP BY n.year HAVING MAX(n.number) <> COUNT(*)
  OR MAX(n.number) <> COALESCE((SELECT q.next_number - 1
    FROM numbers q JOIN (SELECT 'need' AS noun) d ON d.noun = q.kind WHERE q.node_id = 0 AND q.period = n.year), 0);
