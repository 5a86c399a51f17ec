-- A brand, without names.
-- fragment: brand
b.id, b.node_id, b.unit_id, b.name, b.text, b.for_whom, b.sender_id, b.is_by_unit,
  COALESCE(b.agreed_by, 0) AS agreed_by, COALESCE(b.ballot_id, 0) AS ballot_id, b.vote_until, b.created_at, b.since_at,
  b.renewed_at, b.due_at, b.ended_at, b.status, b.version,
  (SELECT COUNT(*) FROM brand_helpers h WHERE h.brand_id = b.id) AS helpers

-- What people read of it in the place of ids.
-- fragment: names
n.name AS node_name, u.name AS unit_name FROM brands b JOIN nodes n ON n.id = b.node_id JOIN nodes u ON u.id = b.unit_id

-- Which of them a list is of.
-- fragment: chosen
b.id < :before AND (:status = '' OR b.status = :status)
  AND (:unit = 0 OR b.unit_id = :unit OR EXISTS (
    SELECT 1 FROM brand_helpers h WHERE h.brand_id = b.id AND h.unit_id = :unit))
  AND (:node = 0 OR EXISTS (SELECT 1 FROM node_ancestors x WHERE x.node_id = b.node_id AND x.ancestor_id = :node))

-- name: node
SELECT node_id FROM brands WHERE id = :brand;

-- name: names_of
SELECT n.name AS node_name, u.name AS unit_name FROM nodes n JOIN nodes u ON u.id = :unit WHERE n.id = :node;

-- name: lock
SELECT {{brand}} FROM brands b WHERE b.id = :brand FOR UPDATE;

-- name: get
SELECT {{brand}}, {{names}} WHERE b.id = :brand;

-- name: page_public
SELECT {{brand}}, {{names}} WHERE {{chosen}} AND b.since_at IS NOT NULL ORDER BY b.id DESC LIMIT :limit;

-- Those of the communities where the person decides, and of the units for which they speak.
-- name: page_mine
SELECT {{brand}}, {{names}}
WHERE {{chosen}} AND EXISTS (SELECT 1 FROM grants_in_force g
  WHERE g.user_id = :user AND NOT g.is_ended AND g.from_at <= :at AND (g.until_at IS NULL OR g.until_at > :at)
    AND (g.role IN (:speaking) AND (g.node_id = b.unit_id OR EXISTS (
        SELECT 1 FROM brand_helpers k WHERE k.brand_id = b.id AND k.unit_id = g.node_id))
      OR g.role IN (:roles) AND EXISTS (
        SELECT 1 FROM node_ancestors y WHERE y.node_id = b.node_id AND y.ancestor_id = g.node_id)))
ORDER BY b.id DESC LIMIT :limit;

-- name: helpers_of
SELECT unit_id FROM brand_helpers WHERE brand_id = :brand ORDER BY unit_id;

-- name: units
SELECT n.id, n.name FROM brand_helpers h JOIN nodes n ON n.id = h.unit_id WHERE h.brand_id = :brand
ORDER BY h.since, n.id;

-- The units that build it.
-- fragment: builds
(SELECT unit_id FROM brands WHERE id = :brand UNION ALL SELECT unit_id FROM brand_helpers WHERE brand_id = :brand)

-- Its years, the one that goes on first: projects that residents accepted, hours that the units' people served in the
-- community, and bookings of what the units open by people who live there.
-- name: years
SELECT y.ballot_id, y.from_at, y.until_at, COALESCE(v.yes, 0) AS yes, COALESCE(v.no, 0) AS no,
  (SELECT COUNT(*) FROM projects p WHERE p.brand_id = :brand AND p.status = 'accepted'
    AND p.accepted_at >= y.from_at AND p.accepted_at < y.until_at) AS projects,
  (SELECT COALESCE(SUM(r.minutes), 0) DIV 60 FROM node_ancestors x JOIN service_records r ON r.node_id = x.node_id
    WHERE x.ancestor_id = :node AND r.status = 'credited' AND r.unit_id IN {{builds}}
      AND r.started_at >= y.from_at AND r.started_at < y.until_at) AS hours,
  (SELECT COUNT(*) FROM offers o JOIN bookings k ON k.offer_id = o.id JOIN users u ON u.id = k.owner_id
    WHERE o.host_id IN {{builds}} AND k.status = 'used' AND u.home_node_id = :node
      AND k.starts_at >= y.from_at AND k.starts_at < y.until_at) AS bookings
FROM (
  SELECT ballot_id, from_at, until_at FROM brand_renewals WHERE brand_id = :brand
  UNION ALL SELECT 0, renewed_at, COALESCE(ended_at, CAST(:at AS DATETIME(3))) FROM brands
  WHERE id = :brand AND renewed_at IS NOT NULL
) y LEFT JOIN ballots v ON v.id = y.ballot_id ORDER BY y.from_at DESC LIMIT 30;

-- name: voters
SELECT user_id FROM ballot_roll WHERE ballot_id = :ballot ORDER BY user_id;

-- name: over
SELECT id FROM brands WHERE status = 'active' AND due_at <= :at AND (vote_until IS NULL OR vote_until <= :voted)
ORDER BY id LIMIT :limit;

-- name: show
SELECT b.id, '' AS title, u.name AS who, 0 AS wish_id, '' AS caution
FROM brands b JOIN nodes u ON u.id = b.unit_id WHERE b.id IN (:ids);

-- name: add
INSERT INTO brands (id, node_id, unit_id, name, text, for_whom, sender_id, is_by_unit, created_at, status, version)
VALUES (:id, :node_id, :unit_id, :name, :text, :for_whom, :sender_id, :is_by_unit, :created_at, :status, :version);

-- name: add_helper
INSERT INTO brand_helpers (brand_id, unit_id, since) VALUES (:brand, :unit, :at);

-- name: drop_helper
DELETE FROM brand_helpers WHERE brand_id = :brand AND unit_id = :unit;

-- name: add_renewal
INSERT INTO brand_renewals (ballot_id, brand_id, from_at, until_at)
VALUES (:ballot_id, :brand_id, :from_at, :until_at);

-- name: save
UPDATE brands SET agreed_by = NULLIF(:agreed_by, 0), ballot_id = NULLIF(:ballot_id, 0), vote_until = :vote_until,
  since_at = :since_at, renewed_at = :renewed_at, due_at = :due_at, ended_at = :ended_at, status = :status,
  version = :version
WHERE id = :id AND version = :version - 1;
