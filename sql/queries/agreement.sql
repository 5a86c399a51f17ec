-- An agreement, without names.
-- fragment: agreement
a.id, a.node_id, a.unit_id, a.node_body, a.unit_body, a.year, COALESCE(a.sender_id, 0) AS sender_id,
  COALESCE(a.sender_grant_id, 0) AS sender_grant_id, COALESCE(a.signer_id, 0) AS signer_id,
  COALESCE(a.signer_grant_id, 0) AS signer_grant_id, a.created_at, a.offered_at, a.signed_at, a.since_at, a.ended_at,
  a.status, a.version

-- Whom its sender stood in for, or the sender.
-- fragment: giver
COALESCE((SELECT g.giver_id FROM grants_in_force g WHERE g.id = a.sender_grant_id), 0) AS sender_giver

-- What people read of it in the place of ids.
-- fragment: names
n.name AS node_name, u.name AS unit_name, COALESCE(s.display_name, '') AS sender_name,
  COALESCE(r.display_name, '') AS signer_name
FROM agreements a JOIN nodes n ON n.id = a.node_id JOIN nodes u ON u.id = a.unit_id
  LEFT JOIN users s ON s.id = a.sender_id LEFT JOIN users r ON r.id = a.signer_id

-- name: sides
SELECT node_id, unit_id FROM agreements WHERE id = :agreement;

-- What people read in the place of ids, of an agreement that is being written.
-- name: names_of
SELECT n.name AS node_name, u.name AS unit_name, COALESCE(s.display_name, '') AS sender_name,
  COALESCE(r.display_name, '') AS signer_name
FROM nodes n JOIN nodes u ON u.id = :unit LEFT JOIN users s ON s.id = :sender LEFT JOIN users r ON r.id = :signer
WHERE n.id = :node;

-- name: lock
SELECT {{agreement}}, {{giver}} FROM agreements a WHERE a.id = :agreement FOR UPDATE;

-- What both have signed for the year already.
-- name: lock_signed
SELECT {{agreement}} FROM agreements a
WHERE a.signed_unit_id = :unit AND a.node_id = :node AND a.year = :year ORDER BY a.id FOR UPDATE;

-- name: before
SELECT COUNT(*) FROM agreements a WHERE a.signed_unit_id = :unit AND a.node_id = :node AND a.year = :year;

-- As which body the unit has signed last.
-- name: unit_body
SELECT COALESCE((SELECT a.unit_body FROM agreements a WHERE a.unit_id = :unit AND a.signed_at IS NOT NULL
  ORDER BY a.signed_at DESC, a.id DESC LIMIT 1), :none);

-- name: get
SELECT {{agreement}}, {{giver}}, {{names}} WHERE a.id = :agreement;

-- name: page_signed
SELECT {{agreement}}, {{names}}
WHERE a.status = 'signed' AND a.id < :before AND (:unit = 0 OR a.unit_id = :unit) AND (:node = 0 OR EXISTS (
  SELECT 1 FROM node_ancestors x WHERE x.node_id = a.node_id AND x.ancestor_id = :node))
ORDER BY a.id DESC LIMIT :limit;

-- Those of the communities for which the person decides, and of the units for which they sign.
-- name: page_mine
SELECT {{agreement}}, {{names}}
WHERE a.id < :before AND (:unit = 0 OR a.unit_id = :unit) AND (:node = 0 OR EXISTS (
    SELECT 1 FROM node_ancestors x WHERE x.node_id = a.node_id AND x.ancestor_id = :node))
  AND EXISTS (SELECT 1 FROM grants_in_force g
    WHERE g.user_id = :user AND g.from_at <= :at AND (g.until_at IS NULL OR g.until_at > :at)
      AND (g.role IN (:signing) AND g.node_id = a.unit_id AND a.offered_at IS NOT NULL
        OR g.role IN (:roles) AND EXISTS (
          SELECT 1 FROM node_ancestors y WHERE y.node_id = a.node_id AND y.ancestor_id = g.node_id)))
ORDER BY a.id DESC LIMIT :limit;

-- Who signs for a unit.
-- name: signing
SELECT DISTINCT g.user_id FROM grants_in_force g
WHERE g.node_id = :unit AND g.role IN (:roles) AND g.from_at <= :at AND (g.until_at IS NULL OR g.until_at > :at)
ORDER BY g.user_id;

-- name: offered
SELECT id, host_id, status FROM offers WHERE id IN (:offers);

-- Lines, and what was done of them from the signature, in the year alone, to the end of their quarter, or of the
-- agreement: bookings that others than the unit used, or hours that the unit's people served in the community.
-- name: lines
SELECT l.agreement_id, l.position, l.kind, l.text, l.quantity, l.quarter, COALESCE(l.offer_id, 0) AS offer_id,
  COALESCE(o.name, '') AS offer_name,
  CASE WHEN l.offer_id IS NULL
    THEN (SELECT COALESCE(SUM(r.minutes), 0) DIV 60
      FROM node_ancestors x JOIN service_records r ON r.node_id = x.node_id
      WHERE x.ancestor_id = a.node_id AND r.status = 'credited' AND r.unit_id = a.unit_id AND r.started_at >= {{since}}
        AND r.started_at < LEAST(COALESCE(a.ended_at, {{due}}), {{due}}))
    ELSE (SELECT COUNT(*) FROM bookings b WHERE b.offer_id = l.offer_id AND b.status = 'used'
        AND NOT b.unit_id <=> a.unit_id AND b.starts_at >= {{since}}
        AND b.starts_at < LEAST(COALESCE(a.ended_at, {{due}}), {{due}})) END AS done
FROM agreement_lines l JOIN agreements a ON a.id = l.agreement_id LEFT JOIN offers o ON o.id = l.offer_id
WHERE l.agreement_id IN (:agreements) ORDER BY l.agreement_id, l.position;

-- From when on deeds count: Shanghai is eight hours ahead.
-- fragment: since
GREATEST(a.since_at, MAKEDATE(a.year, 1) - INTERVAL 8 HOUR)

-- When a line's quarter is over.
-- fragment: due
(MAKEDATE(a.year, 1) + INTERVAL l.quarter QUARTER - INTERVAL 8 HOUR)

-- name: add
INSERT INTO agreements (id, node_id, unit_id, node_body, unit_body, year, created_at, status, version)
VALUES (:id, :node_id, :unit_id, :node_body, :unit_body, :year, :created_at, :status, :version);

-- name: add_lines
INSERT INTO agreement_lines (agreement_id, position, kind, text, quantity, quarter, offer_id)
VALUES (:agreement_id, :position, :kind, :text, :quantity, :quarter, NULLIF(:offer_id, 0));

-- name: drop_lines
DELETE FROM agreement_lines WHERE agreement_id = :agreement;

-- name: save
UPDATE agreements SET sender_id = NULLIF(:sender_id, 0), sender_grant_id = NULLIF(:sender_grant_id, 0),
  signer_id = NULLIF(:signer_id, 0), signer_grant_id = NULLIF(:signer_grant_id, 0), offered_at = :offered_at,
  signed_at = :signed_at, since_at = :since_at, node_body = :node_body, unit_body = :unit_body,
  ended_at = :ended_at, status = :status, version = :version
WHERE id = :id AND version = :version - 1;
