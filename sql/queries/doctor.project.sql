-- Whose turn it is.
-- fragment: project_turns
SELECT 'project', p.id, 'decider', 0, NULL, p.node_id, NULL, q.since, q.since, NULL FROM projects p JOIN (
  SELECT id, CASE status WHEN 'proposed' THEN created_at WHEN 'matched' THEN matched_at
    ELSE COALESCE(vote_until, delivered_at) END AS since FROM projects) q ON q.id = p.id
WHERE p.status IN ('proposed', 'matched', 'delivered')
UNION ALL SELECT 'project', p.id, 'responder', 0, NULL, p.unit_id, NULL, p.started_at, p.started_at, NULL
FROM projects p WHERE p.status = 'running'

-- Who does not decide about it: who asked for it, who proposed it while it is not published, who took it for a unit.
-- fragment: project_barred
SELECT 'project', p.id, n.owner_id, NULL, 1 FROM projects p JOIN project_needs q ON q.project_id = p.id
  JOIN needs n ON n.id = q.need_id
WHERE p.status IN ('proposed', 'matched', 'running', 'delivered') AND n.owner_id IS NOT NULL
UNION ALL SELECT 'project', p.id, p.sender_id, NULL, 0 FROM projects p WHERE p.status = 'proposed'
UNION ALL SELECT 'project', p.id, p.claimer_id, NULL, 0 FROM projects p
WHERE p.status IN ('matched', 'running', 'delivered')

-- That the person is what a message about it says.
-- fragment: project_recipients
e.noun = 'project' AND EXISTS (SELECT 1 FROM projects p WHERE p.id = e.subject_id AND (
  i.part = 'sender' AND p.sender_id = i.user_id
  OR i.part = 'owner' AND EXISTS (SELECT 1 FROM project_needs q JOIN needs n ON n.id = q.need_id
    WHERE q.project_id = p.id AND n.owner_id = i.user_id)
  OR i.part = 'follower' AND (EXISTS (SELECT 1 FROM ballots b JOIN ballot_roll r ON r.ballot_id = b.id
      WHERE b.noun = 'project' AND b.subject_id = p.id AND r.user_id = i.user_id)
    OR e.name IN ('accept', 'stop') AND EXISTS (SELECT 1 FROM project_needs q WHERE q.project_id = p.id))
  OR i.part = 'responder' AND EXISTS (SELECT 1 FROM grants_in_force r JOIN events c ON c.noun = 'project'
      AND c.subject_id = p.id AND c.name = 'claim' AND c.version < e.version JOIN grants_in_force k ON k.id = c.grant_id
    WHERE r.node_id = k.node_id AND r.user_id = i.user_id AND r.from_at <= e.at)))

-- Its steps that who proposed it, or who asked for it, was not told of.
-- fragment: project_untold
SELECT 'project', e.id FROM events e JOIN projects p ON p.id = e.subject_id JOIN users u ON u.id = p.sender_id
WHERE e.noun = 'project' AND e.name IN (:project_sender) AND {{not_told}}
UNION ALL SELECT 'project', e.id FROM events e JOIN project_needs q ON q.project_id = e.subject_id
  JOIN needs n ON n.id = q.need_id JOIN users u ON u.id = n.owner_id
WHERE e.noun = 'project' AND e.name IN (:project_owner) AND {{not_told}}

-- That who asked for it decided about it, or who chose them for a deputy, or who proposed it published it.
-- fragment: project_own
e.noun = 'project' AND (e.name IN ('publish', 'reject', 'start', 'open', 'return', 'accept', 'undo')
    AND EXISTS (SELECT 1 FROM project_needs q JOIN needs n ON n.id = q.need_id
      WHERE q.project_id = e.subject_id AND n.owner_id IN (e.actor_id, g.giver_id))
  OR e.name IN ('publish', 'reject') AND EXISTS (SELECT 1 FROM projects p
    WHERE p.id = e.subject_id AND p.sender_id = e.actor_id))

-- name: project_status
SELECT p.id, p.status, p.version FROM projects p LEFT JOIN events e
  ON e.noun = 'project' AND e.subject_id = p.id AND e.version = p.version
WHERE e.id IS NULL OR e.to_status <> p.status ORDER BY p.id LIMIT 100;

-- name: project_register
SELECT p.id FROM projects p LEFT JOIN matters m ON m.noun = 'project' AND m.id = p.id AND m.of_id IS NULL
  AND m.number = '' AND m.title = p.title AND m.node_id = p.node_id AND m.desk_id = p.node_id
  AND m.status = p.status AND m.version = p.version
WHERE m.id IS NULL ORDER BY p.id LIMIT 100;

-- Projects that are accepted without a counted vote about them of five people and more yes than no, or before it.
-- name: project_votes
SELECT p.id FROM projects p LEFT JOIN ballots b ON b.id = p.ballot_id AND b.noun = 'project' AND b.subject_id = p.id
  AND b.opened_at >= p.delivered_at
WHERE p.ballot_id IS NOT NULL AND (b.id IS NULL OR b.closes_at <> p.vote_until) OR p.status = 'accepted'
  AND (b.counted_at IS NULL OR b.yes + b.no < :least OR b.yes <= b.no OR p.accepted_at < b.counted_at)
ORDER BY p.id LIMIT 100;

-- Projects that nobody took by a grant of the unit that leads.
-- name: project_leads
SELECT p.id FROM projects p LEFT JOIN events e ON e.noun = 'project' AND e.subject_id = p.id AND e.name = 'claim'
    AND e.actor_id = p.claimer_id AND e.at = p.matched_at
  LEFT JOIN grants_in_force g ON g.id = e.grant_id AND g.user_id = e.actor_id AND g.node_id = p.unit_id
    AND g.role IN (:speaking)
WHERE p.unit_id IS NOT NULL AND g.id IS NULL
  OR EXISTS (SELECT 1 FROM project_helpers h WHERE h.project_id = p.id AND h.unit_id = p.unit_id)
ORDER BY p.id LIMIT 100;

-- Projects that were delivered with a milestone open, that have begun without one, or with one of another unit.
-- name: project_milestones
SELECT p.id FROM projects p LEFT JOIN project_milestones m ON m.project_id = p.id
  LEFT JOIN project_helpers h ON h.project_id = p.id AND h.unit_id = m.unit_id
WHERE p.started_at IS NOT NULL
GROUP BY p.id, p.status, p.unit_id
HAVING COUNT(m.position) = 0 OR SUM(m.unit_id <> p.unit_id AND h.unit_id IS NULL) > 0
  OR p.status IN ('delivered', 'accepted') AND COUNT(m.done_at) < COUNT(m.position)
ORDER BY p.id LIMIT 100;

-- Votes whose result is not the sum of their voices.
-- name: ballot_counts
SELECT b.id FROM ballots b LEFT JOIN ballot_voices v ON v.ballot_id = b.id
  AND (v.recorder_id IS NULL OR v.confirmer_id IS NOT NULL)
WHERE b.counted_at IS NOT NULL GROUP BY b.id, b.yes, b.no
HAVING COALESCE(SUM(v.choice = 'yes'), 0) <> b.yes OR COALESCE(SUM(v.choice = 'no'), 0) <> b.no
ORDER BY b.id LIMIT 100;

-- Votes with another roll than they were opened with, or with a voice from nobody on it, or after they were closed.
-- name: ballot_rolls
SELECT b.id FROM ballots b
WHERE b.on_roll <> (SELECT COUNT(*) FROM ballot_roll r WHERE r.ballot_id = b.id)
  OR EXISTS (SELECT 1 FROM ballot_voices v LEFT JOIN ballot_roll r
      ON r.ballot_id = v.ballot_id AND r.user_id = v.user_id
    WHERE v.ballot_id = b.id AND (r.user_id IS NULL OR v.at >= b.closes_at OR v.at < b.opened_at))
ORDER BY b.id LIMIT 100;

-- Votes that were over for a day and are not counted.
-- name: ballot_late
SELECT b.id FROM ballots b WHERE b.counted_at IS NULL AND b.closes_at < DATE_SUB(:at, INTERVAL 1 DAY)
ORDER BY b.id LIMIT 100;
