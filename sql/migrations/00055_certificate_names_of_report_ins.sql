-- +goose Up
-- Certificates of before took the name of the report-in where there was one then: by the unit's roster, or by staff
-- whose grant its approval names.
UPDATE certificates c SET c.name_source = CASE WHEN EXISTS (
    SELECT 1 FROM memberships m JOIN events e ON e.noun = 'membership' AND e.subject_id = m.id AND e.name = 'approve'
    WHERE m.user_id = c.user_id AND e.at <= c.issued_at AND e.grant_id IS NOT NULL) THEN 'community' ELSE 'roster' END
WHERE EXISTS (SELECT 1 FROM memberships m JOIN events e
    ON e.noun = 'membership' AND e.subject_id = m.id AND e.name = 'approve'
  WHERE m.user_id = c.user_id AND e.at <= c.issued_at);
