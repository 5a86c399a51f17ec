-- What both sides of a unit's agreements have signed for a year: of each community the last version.
-- name: of_unit
SELECT {{agreement}}, {{names}}
WHERE a.unit_id = :unit AND a.year = :year AND a.signed_at IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM agreements l WHERE l.unit_id = a.unit_id AND l.node_id = a.node_id AND l.year = a.year
    AND l.signed_at > a.signed_at)
ORDER BY a.signed_at, a.id LIMIT 200;

-- The years for which the unit has signed something.
-- name: years_of_unit
SELECT DISTINCT year FROM agreements WHERE unit_id = :unit AND signed_at IS NOT NULL ORDER BY year DESC LIMIT 20;

-- What the unit opens, and what it had opened that was used in the time.
-- name: opened_by_unit
SELECT o.id, o.name, o.status, COUNT(b.id) AS used, CAST(COALESCE(SUM(b.people), 0) AS SIGNED) AS people
FROM offers o LEFT JOIN bookings b ON b.offer_id = o.id AND b.status = 'used' AND b.starts_at >= :from
  AND b.starts_at < :until
WHERE o.host_id = :unit AND o.opened_at IS NOT NULL AND o.opened_at < :until
GROUP BY o.id, o.name, o.status HAVING o.status <> 'closed' OR used > 0 ORDER BY used DESC, o.id LIMIT 200;

-- What people did in the unit's name in the time: wishes that were fulfilled, minutes of service, and what the unit was
-- asked to do and did.
-- name: deeds_of_unit
SELECT
  (SELECT COUNT(*) FROM (SELECT DISTINCT user_id FROM memberships WHERE unit_id = :unit) p
    JOIN claims c ON c.claimant_id = p.user_id
    WHERE c.unit_id = :unit AND c.status = 'confirmed' AND c.confirmed_at >= :from
      AND c.confirmed_at < :until) AS wishes,
  (SELECT CAST(COALESCE(SUM(r.minutes), 0) AS SIGNED)
    FROM (SELECT DISTINCT user_id FROM memberships WHERE unit_id = :unit) p
    JOIN service_records r ON r.user_id = p.user_id
    WHERE r.unit_id = :unit AND r.status = 'credited' AND r.started_at >= :from AND r.started_at < :until) AS minutes,
  (SELECT COUNT(*) FROM assignments t
    WHERE t.to_id = :unit AND t.status = 'verified' AND t.verified_at >= :from AND t.verified_at < :until) AS tasks;
