-- Whose turn it is.
-- fragment: visit_turns
SELECT 'visit', v.id, 'leader', v.leader_id, NULL, NULL, v.owner_id, v.created_at, v.created_at, NULL
FROM visits v WHERE v.status = 'invited'
UNION ALL SELECT 'visit', v.id, 'leader', v.leader_id, NULL, NULL, NULL, v.starts_at, v.starts_at, NULL
FROM visits v WHERE v.status = 'planned'

-- Who does not decide about it: nothing of it waits at a desk.
-- fragment: visit_barred
SELECT 'visit', v.id, NULL, NULL, 0 FROM visits v WHERE FALSE

-- That the person is what a message about it says.
-- fragment: visit_recipients
e.noun = 'visit' AND EXISTS (SELECT 1 FROM visits v WHERE v.id = e.subject_id AND (
  i.part = 'owner' AND v.owner_id = i.user_id
  OR i.part = 'leader' AND EXISTS (SELECT 1 FROM grants_in_force g
    WHERE g.user_id = i.user_id AND g.role = 'area_leader' AND g.from_at <= e.at)))

-- Its steps that somebody whom they concern was not told of.
-- fragment: visit_untold
SELECT 'visit', e.id FROM events e JOIN visits v ON v.id = e.subject_id JOIN users u ON u.id = v.owner_id
WHERE e.noun = 'visit' AND e.name IN (:visit_owner) AND {{not_told}}

-- That it is the own matter of who decides: nobody decides a visit.
-- fragment: visit_own
e.noun = 'visit' AND FALSE

-- name: visit_status
SELECT v.id, v.status, v.version FROM visits v LEFT JOIN events e
  ON e.noun = 'visit' AND e.subject_id = v.id AND e.version = v.version
WHERE e.id IS NULL OR e.to_status <> v.status ORDER BY v.id LIMIT 100;

-- name: visit_register
SELECT v.id FROM visits v LEFT JOIN matters m ON m.noun = 'visit' AND m.id = v.id AND m.of_id IS NULL AND m.number = ''
  AND m.title = CASE v.subject WHEN '' THEN v.place ELSE v.subject END AND m.node_id = v.node_id AND m.desk_id IS NULL
  AND m.status = v.status AND m.version = v.version
WHERE m.id IS NULL ORDER BY v.id LIMIT 100;

-- Things that were heard at a visit which was not held, elsewhere, or by another way than a visit.
-- name: visit_needs
SELECT b.visit_id FROM visit_needs b JOIN visits v ON v.id = b.visit_id JOIN needs n ON n.id = b.need_id
WHERE v.held_at IS NULL OR n.node_id <> v.node_id OR n.origin <> 'visit' OR n.created_at <> v.held_at
ORDER BY b.visit_id LIMIT 100;

-- Visits that were held by nobody who may: neither tied to the place then nor with a post or desk there.
-- name: visit_leaders
SELECT v.id FROM visits v JOIN events e ON e.noun = 'visit' AND e.subject_id = v.id
  AND e.name IN ('accept', 'edit', 'hold', 'decline', 'cancel')
  LEFT JOIN grants_in_force g ON g.id = e.grant_id AND g.user_id = e.actor_id
WHERE g.id IS NULL OR g.role <> 'area_leader' AND e.name <> 'hold' ORDER BY v.id LIMIT 100;

-- Visits that are closed though something they brought had no end, or are not though all of it has had one for a day.
-- name: visit_ends
SELECT v.id FROM visits v WHERE v.status = 'closed' AND EXISTS (SELECT 1 FROM visit_needs b
    WHERE b.visit_id = v.id AND NOT EXISTS (SELECT 1 FROM events e WHERE e.noun = 'need' AND e.subject_id = b.need_id
      AND e.at <= v.closed_at
      AND e.name IN ('confirm', 'lapse', 'concede', 'reject', 'merge', 'hand_over', 'withdraw')))
  OR v.status = 'held' AND v.held_at < DATE_SUB(:at, INTERVAL 1 DAY) AND NOT EXISTS (SELECT 1 FROM visit_needs b
    JOIN needs n ON n.id = b.need_id JOIN matters m ON m.noun = 'need' AND m.id = n.id
    JOIN events e ON e.noun = 'need' AND e.subject_id = n.id AND e.version = n.version
    WHERE b.visit_id = v.id AND (n.status IN ('submitted', 'handling', 'waiting', 'answered')
      OR e.at > DATE_SUB(:at, INTERVAL 1 DAY)))
ORDER BY v.id LIMIT 100;

-- Visits that nobody asked for and that were written down less than two days before they begin.
-- name: visit_notice
SELECT v.id FROM visits v JOIN events e ON e.noun = 'visit' AND e.subject_id = v.id AND e.name = 'create'
WHERE v.owner_id IS NULL
  AND DATEDIFF(v.starts_at + INTERVAL 8 HOUR, e.at + INTERVAL 8 HOUR) < :days
ORDER BY v.id LIMIT 100;
