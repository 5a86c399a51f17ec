-- An offer waits for nobody.
-- fragment: offer_turns
SELECT 'offer', o.id, 'decider', 0, NULL, o.host_id, NULL, o.created_at, o.created_at, NULL FROM offers o WHERE FALSE

-- Who does not decide about it: nothing of it waits at a desk.
-- fragment: offer_barred
SELECT 'offer', o.id, NULL, NULL, 0 FROM offers o WHERE FALSE

-- That the person is what a message about it says.
-- fragment: offer_recipients
e.noun = 'offer' AND i.part = 'overseer' AND EXISTS (SELECT 1 FROM offers o
  JOIN node_ancestors a ON a.node_id = o.host_id JOIN grants_in_force g ON g.node_id = a.ancestor_id
  WHERE o.id = e.subject_id AND g.user_id = i.user_id AND g.role = 'street' AND g.from_at <= e.at)

-- Its steps that somebody whom they concern was not told of: the street of a desk to which nobody comes.
-- fragment: offer_untold
SELECT 'offer', e.id FROM events e JOIN offers o ON o.id = e.subject_id
  JOIN node_ancestors a ON a.node_id = o.host_id
  JOIN grants_in_force g ON g.node_id = a.ancestor_id AND g.role = 'street' AND g.from_at <= e.at
    AND (g.until_at IS NULL OR g.until_at > e.at)
  JOIN users u ON u.id = g.user_id
WHERE e.noun = 'offer' AND e.name IN (:offer_overseer) AND {{not_told}}

-- That it is the own matter of who decides: an offer is a body's.
-- fragment: offer_own
e.noun = 'offer' AND FALSE

-- name: offer_status
SELECT o.id, o.status, o.version FROM offers o LEFT JOIN events e
  ON e.noun = 'offer' AND e.subject_id = o.id AND e.version = o.version
WHERE e.id IS NULL OR e.to_status <> o.status ORDER BY o.id LIMIT 100;

-- name: offer_register
SELECT o.id FROM offers o LEFT JOIN matters m ON m.noun = 'offer' AND m.id = o.id AND m.of_id IS NULL AND m.number = ''
  AND m.title = o.name AND m.node_id = o.host_id AND m.desk_id IS NULL AND m.status = o.status AND m.version = o.version
WHERE m.id IS NULL ORDER BY o.id LIMIT 100;

-- Routes whose stops are of what is no tour, have a gap, or take longer than one may book it.
-- name: offer_stops
SELECT o.id FROM offers o JOIN (SELECT s.offer_id, COUNT(*) AS n, MAX(s.position) AS last, SUM(s.minutes) AS minutes
  FROM offer_stops s GROUP BY s.offer_id) k ON k.offer_id = o.id
WHERE o.kind <> 'tour' OR k.n <> k.last + 1 OR k.n < 2 OR k.minutes > o.slots * 30 ORDER BY o.id LIMIT 100;

-- Offers that somebody opened, changed or closed who does not answer for the host nor decides above it.
-- name: offer_hosts
SELECT o.id FROM offers o JOIN events e ON e.noun = 'offer' AND e.subject_id = o.id AND e.name <> 'remind'
  LEFT JOIN grants_in_force g ON g.id = e.grant_id AND g.user_id = e.actor_id
WHERE g.id IS NULL OR NOT (g.node_id = o.host_id AND g.role IN (:hosting) OR e.name = 'close' AND g.role IN (:roles)
  AND EXISTS (SELECT 1 FROM node_ancestors a WHERE a.node_id = o.host_id AND a.ancestor_id = g.node_id))
ORDER BY o.id LIMIT 100;
