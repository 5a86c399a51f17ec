-- name: contact_matter
SELECT k.id FROM contacts k LEFT JOIN matters m ON m.noun = k.noun AND m.id = k.id WHERE m.id IS NULL
ORDER BY k.id LIMIT 100;

-- A wish that is over, or whose owner has deleted the account, needs none any more.
-- name: contact_wish
SELECT w.id FROM wishes w LEFT JOIN users u ON u.id = w.owner_id
  LEFT JOIN contacts k ON k.noun = 'wish' AND k.id = w.id AND k.part = 'owner'
WHERE k.id IS NULL AND w.status IN ('submitted', 'rejected', 'open', 'taken')
    AND COALESCE(u.status, 'active') = 'active'
  OR k.helper IS NOT NULL AND w.recorder_id IS NULL ORDER BY w.id LIMIT 100;

-- name: contact_reads
SELECT r.id FROM contact_reads r JOIN wishes w ON r.noun = 'wish' AND w.id = r.subject_id
  LEFT JOIN claims c ON r.by_noun = 'claim' AND c.id = r.by_id AND c.wish_id = w.id
    AND (c.claimant_id = r.reader_id OR EXISTS (SELECT 1 FROM claim_participants p
    WHERE p.claim_id = c.id AND p.user_id = r.reader_id AND p.accepted_at <= r.read_at))
  LEFT JOIN grants_in_force g ON g.id = r.grant_id AND g.user_id = r.reader_id
    AND (g.role IN ('secretary', 'street', 'county')
      OR (g.role NOT IN ('unit_liaison', 'auditor') AND w.recorder_id = r.reader_id))
    AND {{in_force_at_reading}}
  LEFT JOIN node_ancestors a ON (a.node_id = w.node_id AND a.ancestor_id = g.node_id)
    OR (a.node_id = g.node_id AND a.ancestor_id = w.node_id AND w.recorder_id = r.reader_id)
WHERE (r.by_id IS NOT NULL AND r.grant_id IS NULL AND (c.id IS NULL
    OR NOT EXISTS (SELECT 1 FROM events e
      WHERE e.noun = 'claim' AND e.subject_id = c.id AND e.name = 'approve' AND e.at <= r.read_at)
    OR EXISTS (SELECT 1 FROM events e WHERE e.noun = 'claim' AND e.subject_id = c.id AND e.at < r.read_at
      AND e.name IN ('confirm', 'release', 'cancel', 'decline', 'lapse')
      AND NOT EXISTS (SELECT 1 FROM events u WHERE u.noun = 'claim' AND u.subject_id = c.id AND u.name = 'undo'
        AND u.version > e.version AND u.at <= r.read_at))))
  OR (r.by_id IS NOT NULL AND r.grant_id IS NULL
    AND r.read_at >= (SELECT t.since FROM dated_rules t WHERE t.rule = 'reading_members') AND NOT EXISTS (
      SELECT 1 FROM memberships m JOIN events i ON i.noun = 'membership' AND i.subject_id = m.id AND i.name = 'approve'
        LEFT JOIN events l ON l.noun = 'membership' AND l.subject_id = m.id AND l.name IN ('leave', 'end')
      WHERE m.user_id = r.reader_id AND i.at <= r.read_at AND (l.at IS NULL OR l.at >= r.read_at)))
  OR (r.by_id IS NULL AND (g.id IS NULL OR a.node_id IS NULL
    OR (a.distance > 0 AND a.ancestor_id = g.node_id AND r.reason = '')))
ORDER BY r.id LIMIT 100;
