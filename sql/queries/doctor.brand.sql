-- Whose turn it is.
-- fragment: brand_turns
SELECT 'brand', b.id, 'responder', 0, NULL, b.unit_id, b.sender_id, b.created_at, b.created_at, NULL FROM brands b
WHERE b.status = 'proposed' AND NOT b.is_by_unit
UNION ALL SELECT 'brand', b.id, 'decider', 0, NULL, b.node_id, NULL, b.created_at, b.created_at, NULL FROM brands b
WHERE b.status = 'proposed' AND b.is_by_unit
UNION ALL SELECT 'brand', b.id, 'decider', 0, NULL, b.node_id, NULL, q.at, q.at, NULL FROM brands b JOIN (
  SELECT id, COALESCE(vote_until, due_at - INTERVAL 60 DAY) AS at FROM brands) q ON q.id = b.id
WHERE b.status = 'active' OR b.status = 'asleep' AND b.vote_until IS NOT NULL

-- Who does not decide about it: who proposed it, while it is proposed.
-- fragment: brand_barred
SELECT 'brand', b.id, b.sender_id, NULL, 0 FROM brands b WHERE b.status = 'proposed'

-- That the person is what a message about it says.
-- fragment: brand_recipients
e.noun = 'brand' AND EXISTS (SELECT 1 FROM brands b WHERE b.id = e.subject_id AND (
  i.part = 'sender' AND i.user_id IN (b.sender_id, b.agreed_by)
  OR i.part = 'follower' AND EXISTS (SELECT 1 FROM ballots v JOIN ballot_roll r ON r.ballot_id = v.id
    WHERE v.noun = 'brand' AND v.subject_id = b.id AND r.user_id = i.user_id)
  OR i.part = 'responder' AND EXISTS (SELECT 1 FROM grants_in_force r
    WHERE r.user_id = i.user_id AND r.from_at <= e.at AND (r.node_id = b.unit_id OR EXISTS (
      SELECT 1 FROM events c JOIN grants_in_force k ON k.id = c.grant_id
      WHERE c.noun = 'brand' AND c.subject_id = b.id AND c.name IN ('join', 'leave') AND k.node_id = r.node_id)))))

-- Its steps that who proposed it, or who agreed, was not told of.
-- fragment: brand_untold
SELECT 'brand', e.id FROM events e JOIN brands b ON b.id = e.subject_id
  JOIN users u ON u.id IN (b.sender_id, b.agreed_by)
WHERE e.noun = 'brand' AND e.name IN (:brand_sender) AND {{not_told}}

-- That who proposed it agreed to it, too.
-- fragment: brand_own
e.noun = 'brand' AND e.name = 'accept' AND EXISTS (
  SELECT 1 FROM brands b WHERE b.id = e.subject_id AND b.sender_id = e.actor_id)

-- name: brand_status
SELECT b.id, b.status, b.version FROM brands b LEFT JOIN events e
  ON e.noun = 'brand' AND e.subject_id = b.id AND e.version = b.version
WHERE e.id IS NULL OR e.to_status <> b.status ORDER BY b.id LIMIT 100;

-- name: brand_register
SELECT b.id FROM brands b LEFT JOIN matters m ON m.noun = 'brand' AND m.id = b.id AND m.of_id IS NULL
  AND m.number = '' AND m.title = b.name AND m.node_id = b.node_id AND m.desk_id = b.node_id
  AND m.status = b.status AND m.version = b.version
WHERE m.id IS NULL ORDER BY b.id LIMIT 100;

-- Brands to which nobody said yes by a grant of the other side.
-- name: brand_sides
SELECT b.id FROM brands b LEFT JOIN events e ON e.noun = 'brand' AND e.subject_id = b.id AND e.name = 'accept'
    AND e.actor_id = b.agreed_by AND e.at = b.since_at
  LEFT JOIN grants_in_force g ON g.id = e.grant_id AND g.user_id = e.actor_id AND (
    b.is_by_unit AND g.role IN (:roles) AND EXISTS (
      SELECT 1 FROM node_ancestors x WHERE x.node_id = b.node_id AND x.ancestor_id = g.node_id)
    OR NOT b.is_by_unit AND g.role IN (:speaking) AND g.node_id = b.unit_id)
WHERE b.since_at IS NOT NULL AND g.id IS NULL ORDER BY b.id LIMIT 100;

-- Brands that more units build than may, or that the one that leads helps, too.
-- name: brand_units
SELECT b.id FROM brands b JOIN brand_helpers h ON h.brand_id = b.id
GROUP BY b.id, b.unit_id HAVING COUNT(*) >= :units OR SUM(h.unit_id = b.unit_id) > 0 ORDER BY b.id LIMIT 100;

-- Brands that were renewed without a counted vote about them of five people and more yes than no, or before it.
-- name: brand_votes
SELECT r.brand_id FROM brand_renewals r LEFT JOIN ballots v ON v.id = r.ballot_id AND v.noun = 'brand'
  AND v.subject_id = r.brand_id
WHERE v.id IS NULL OR v.counted_at IS NULL OR v.yes + v.no < :least OR v.yes <= v.no OR r.until_at < v.counted_at
ORDER BY r.brand_id LIMIT 100;

-- Brands whose years do not follow each other, or do not end with the one that goes on.
-- name: brand_years
SELECT b.id FROM brands b WHERE b.since_at IS NOT NULL AND (
  (SELECT COUNT(*) FROM brand_renewals r WHERE r.brand_id = b.id)
    <> (SELECT COUNT(*) FROM events e WHERE e.noun = 'brand' AND e.subject_id = b.id AND e.name = 'renew')
  OR b.renewed_at <> COALESCE((SELECT MAX(r.until_at) FROM brand_renewals r WHERE r.brand_id = b.id), b.since_at)
  OR EXISTS (SELECT 1 FROM brand_renewals r WHERE r.brand_id = b.id AND r.from_at <> b.since_at
    AND NOT EXISTS (SELECT 1 FROM brand_renewals q WHERE q.brand_id = b.id AND q.until_at = r.from_at)))
ORDER BY b.id LIMIT 100;

-- Brands with another vote than about their next year, or with one that ended with a no.
-- name: brand_ballots
SELECT b.id FROM brands b LEFT JOIN ballots v ON v.id = b.ballot_id AND v.noun = 'brand' AND v.subject_id = b.id
  AND v.closes_at = b.vote_until AND v.opened_at >= b.renewed_at
WHERE b.ballot_id IS NOT NULL
  AND (v.id IS NULL OR v.counted_at IS NOT NULL AND (v.yes + v.no < :least OR v.yes <= v.no))
ORDER BY b.id LIMIT 100;

-- Brands whose year has been over for a day, without a vote that goes on or went well of late, and that do not sleep.
-- name: brand_late
SELECT b.id FROM brands b WHERE b.status = 'active' AND b.due_at < DATE_SUB(:at, INTERVAL 1 DAY)
  AND (b.vote_until IS NULL OR b.vote_until < DATE_SUB(:voted, INTERVAL 1 DAY)) ORDER BY b.id LIMIT 100;

-- Projects of a brand of another community, or of one that had not begun.
-- name: brand_projects
SELECT p.id FROM projects p JOIN brands b ON b.id = p.brand_id
WHERE b.node_id <> p.node_id OR b.since_at IS NULL OR p.created_at < b.since_at ORDER BY p.id LIMIT 100;
