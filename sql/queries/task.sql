-- That a grant is in force.
-- fragment: in_force
NOT h.is_ended AND h.from_at <= :at AND (h.until_at IS NULL OR h.until_at > :at)

-- That a grant lets its holder decide now about what waits at a desk, to which neither they nor who chose them is a
-- party.
-- fragment: eligible
{{in_force}}
  AND NOT EXISTS (SELECT 1 FROM matter_parties p LEFT JOIN users u ON u.phone_lookup = p.phone_lookup
    WHERE p.noun = t.noun AND p.id = t.id AND (COALESCE(u.id, p.person_id) = h.user_id
      OR p.is_personal AND COALESCE(u.id, p.person_id) = h.giver_id))

-- That a holder of a grant belongs to a unit that builds the brand, or leads or helps the project that was delivered:
-- others decide about these, who belong to none of the units now.
-- fragment: insider
t.noun = 'brand' AND EXISTS (SELECT 1 FROM brands o LEFT JOIN brand_helpers k ON k.brand_id = o.id
    WHERE o.id = t.id AND {{belongs}})
  OR t.noun = 'project' AND EXISTS (SELECT 1 FROM projects o LEFT JOIN project_helpers k ON k.project_id = o.id
    WHERE o.id = t.id AND o.status = 'delivered' AND {{belongs}})

-- That the holder has reported in from one of these units, or speaks for it.
-- fragment: belongs
(EXISTS (SELECT 1 FROM memberships r WHERE r.active_user_id = h.user_id AND r.unit_id IN (o.unit_id, k.unit_id))
      OR EXISTS (SELECT 1 FROM grants_in_force s WHERE s.user_id = h.user_id AND s.role IN (:speaking)
        AND s.node_id IN (o.unit_id, k.unit_id) AND NOT s.is_ended AND s.from_at <= :at
        AND (s.until_at IS NULL OR s.until_at > :at)))

-- Where a person decides, and then the communities in which they hold a post.
-- name: desks
SELECT h.node_id, h.giver_id, 1 AS decides FROM grants_in_force h
WHERE h.user_id = :me AND h.role IN (:roles) AND {{in_force}}
UNION
SELECT c.id, h.giver_id, 0
FROM grants_in_force h JOIN node_ancestors a ON a.node_id = h.node_id
  JOIN nodes c ON c.id = a.ancestor_id AND c.kind IN ('community', 'village')
WHERE h.user_id = :me AND h.role IN (:posts) AND {{in_force}}
ORDER BY decides DESC;

-- What a list of tasks has of a turn.
-- fragment: task
t.noun, t.id, t.part, t.since, m.status, COALESCE(m.of_id, 0) AS of_id,
  CASE m.title WHEN '' THEN COALESCE(o.title, '') ELSE m.title END AS title, m.node_id, n.name AS node_name

-- That a person decides about a matter: they are no party to it, nor who chose them for a deputy, nor a unit of theirs;
-- and that it is at or below a node, if one is given.
-- fragment: open_to_me
NOT EXISTS (SELECT 1 FROM matter_parties q LEFT JOIN users x ON x.phone_lookup = q.phone_lookup
    WHERE q.noun = t.noun AND q.id = t.id AND (COALESCE(x.id, q.person_id) = :me
      OR q.is_personal AND COALESCE(x.id, q.person_id) = mine.giver_id))
  AND NOT EXISTS (SELECT 1 FROM grants_in_force h WHERE h.user_id = :me AND ({{insider}}))
  AND (:node = 0 OR EXISTS (SELECT 1 FROM node_ancestors s WHERE s.node_id = m.node_id AND s.ancestor_id = :node))

-- The desks below those where a person decides at which something waits for a part that staff of fewer than two nearer
-- levels take, and of how many. Levels are counted from the desk, which may be above the place that a matter is about.
-- (With EXISTS in the place of the last SELECT, MariaDB reads all turns first.)
-- name: desks_below
SELECT d.node_id, d.giver_id, d.part, d.levels FROM (
  SELECT mine.node_id, mine.giver_id, 'decider' AS part, ({{levels}} AND {{in_force}}) AS levels
  FROM ({{below_me}}) mine
  UNION ALL
  SELECT mine.node_id, mine.giver_id, 'recorder',
    ({{levels}} AND k.distance > 0 AND {{in_force}}) + EXISTS ({{recorders}} AND {{in_force}})
  FROM ({{below_me}}) mine
) d WHERE d.levels < 2 AND (SELECT t.desk_id FROM matter_turns t WHERE t.desk_id = d.node_id LIMIT 1) IS NOT NULL;

-- The nodes below those where a person decides.
-- fragment: below_me
SELECT a.node_id, MIN(a.distance) AS distance, h.giver_id
    FROM grants_in_force h JOIN node_ancestors a ON a.ancestor_id = h.node_id AND a.distance > 0
    WHERE h.user_id = :me AND h.role IN (:roles) AND {{in_force}}
    GROUP BY a.node_id, h.giver_id

-- How many levels nearer than a person have staff who decide, of whom more is asked.
-- fragment: levels
SELECT COUNT(DISTINCT k.distance) FROM node_ancestors k JOIN grants_in_force h ON h.node_id = k.ancestor_id
    WHERE k.node_id = mine.node_id AND k.distance < mine.distance AND h.role IN (:roles)

-- Who records in the community of the desk, of whom more is asked: its posts, and its own deciders.
-- fragment: recorders
SELECT 1 FROM node_ancestors k JOIN nodes c ON c.id = k.ancestor_id AND c.kind IN ('community', 'village')
      JOIN grants_in_force h ON h.node_id = k.node_id
    WHERE k.ancestor_id = mine.node_id AND (h.role IN (:posts) OR h.role IN (:roles) AND k.distance = 0)

-- What waits at one desk for a person who decides there, or holds a post there, the oldest first: it is read in that
-- order, and no more of it than is asked for.
-- name: waiting
SELECT {{task}}, :decides AS decides
FROM (SELECT :giver AS giver_id) mine STRAIGHT_JOIN matter_turns t FORCE INDEX (matter_turns_desk)
  STRAIGHT_JOIN matters m ON m.noun = t.noun AND m.id = t.id
  LEFT JOIN matters o ON o.noun = m.of_noun AND o.id = m.of_id STRAIGHT_JOIN nodes n ON n.id = m.node_id
WHERE t.desk_id = :desk AND t.since <= :upto AND t.opens_at <= :at AND t.part IN (:parts)
  AND {{open_to_me}}
ORDER BY t.since, t.id LIMIT :limit;

-- What waits below the desks where a person decides though staff are nearer: one of them is a party to it, or belongs
-- to a unit of it, and no nearer level has eligible staff, or only one that has left it for three days.
-- name: waiting_past
SELECT DISTINCT {{task}}, TRUE AS decides
FROM ({{below_me}}) mine STRAIGHT_JOIN matter_turns t FORCE INDEX (matter_turns_desk)
  STRAIGHT_JOIN matters m ON m.noun = t.noun AND m.id = t.id
  LEFT JOIN matters o ON o.noun = m.of_noun AND o.id = m.of_id STRAIGHT_JOIN nodes n ON n.id = m.node_id
WHERE t.desk_id = mine.node_id AND t.since <= :at AND t.opens_at <= :at AND t.part <> 'responder'
  AND (t.noun IN ('brand', 'project') OR EXISTS (SELECT 1 FROM matter_parties f
      LEFT JOIN users x ON x.phone_lookup = f.phone_lookup
    WHERE f.noun = t.noun AND f.id = t.id AND COALESCE(x.id, f.person_id) IN (:staff)))
  AND {{open_to_me}}
  AND ({{levels}} AND (k.distance > 0 OR t.part = 'decider') AND {{eligible}} AND NOT ({{insider}}))
    + (t.part = 'recorder' AND EXISTS ({{recorders}} AND {{eligible}}))
    <= (t.since <= :old)
ORDER BY t.since, t.id LIMIT :limit;

-- Staff at the nodes below those where a person decides. A deputy is at the node of who chose them.
-- name: staff_nearer
SELECT DISTINCT h.user_id FROM ({{below_me}}) l JOIN grants_in_force h ON h.node_id = l.node_id
WHERE (h.role IN (:roles) OR h.role IN (:posts)) AND {{in_force}};

-- Who asks to fulfil what waits: their unit, what they have in hand and what they have fulfilled.
-- name: claimants
SELECT u.id, COALESCE(n.name, '') AS unit_name,
  (SELECT COUNT(*) FROM claims c WHERE c.claimant_id = u.id AND c.status IN ('approved', 'delivered')) AS in_hand,
  (SELECT COUNT(*) FROM claims c WHERE c.claimant_id = u.id AND c.status = 'confirmed') AS fulfilled
FROM users u LEFT JOIN memberships r ON r.active_user_id = u.id LEFT JOIN nodes n ON n.id = r.unit_id
WHERE u.id IN (:people);

-- All that is a person's turn beside what waits for staff: their own turns, those of the teams that they lead, those of
-- the bodies that they answer for. What is to be done, and where it leads, is each noun's own, in task.<noun>.sql:
-- <noun>_todo, and where it has any _todo_page, what opens in the place of the matter, _todo_wish, about which wish it
-- is, _todo_place, where it is, and _todo_over, that it waits no more.
-- name: todos
SELECT d.turn, d.noun, d.id, d.wish_id, d.title, d.who, d.since FROM (
  SELECT t.noun, CASE {{*_todo}} END AS turn, CASE {{*_todo_page}} ELSE t.id END AS id,
    CASE {{*_todo_wish}} ELSE 0 END AS wish_id, CASE m.title WHEN '' THEN o.title ELSE m.title END AS title,
    COALESCE(u.display_name, CASE {{*_todo_place}} END, n.name) AS who, t.since
  FROM (
    SELECT p.noun, p.id, p.part, p.asker_id, p.since, p.opens_at, p.due FROM matter_turns p WHERE p.person_id = :me
    UNION ALL
    SELECT p.noun, p.id, p.part, p.asker_id, p.since, p.opens_at, p.due
    FROM team_members l JOIN matter_turns p ON p.team_id = l.team_id
    WHERE l.user_id = :me AND l.status = 'active' AND l.role IN ('leader', 'deputy')
    UNION ALL
    SELECT DISTINCT p.noun, p.id, p.part, p.asker_id, p.since, p.opens_at, p.due
    FROM grants_in_force g JOIN matter_turns p ON p.desk_id = g.node_id AND p.part = 'responder'
    WHERE g.user_id = :me
      AND (g.role IN (:answering) OR p.noun IN ('agreement', 'booking', 'brand', 'project') AND g.role IN (:hosting))
      AND NOT g.is_ended AND g.from_at <= :at
      AND (g.until_at IS NULL OR g.until_at > :at)
  ) t JOIN matters m ON m.noun = t.noun AND m.id = t.id LEFT JOIN matters o ON o.noun = m.of_noun AND o.id = m.of_id
    JOIN nodes n ON n.id = m.node_id LEFT JOIN users u ON u.id = t.asker_id
  WHERE t.opens_at <= :at AND (t.due IS NULL OR t.due > :since) AND NOT ({{*_todo_over}})
) d ORDER BY FIELD(d.turn, :turns), d.since, d.id LIMIT :limit;
