-- People who deleted the account, and of whom something is left that goes with it. Who is leaving still has time.
-- name: left_behind
SELECT u.id FROM users u WHERE u.status = 'deleted' AND (u.display_name <> :name OR u.open_id IS NOT NULL
  OR u.union_id IS NOT NULL OR u.phone IS NOT NULL OR u.phone_lookup IS NOT NULL OR u.home_node_id IS NOT NULL
  OR EXISTS (SELECT 1 FROM contacts k WHERE k.noun = 'user' AND k.id = u.id)
  OR EXISTS (SELECT 1 FROM wishes w LEFT JOIN contacts k ON k.noun = 'wish' AND k.id = w.id
    WHERE w.owner_id = u.id AND (w.description <> '' OR w.title <> :name OR k.id IS NOT NULL
      OR w.status IN ('submitted', 'rejected', 'open')))
  OR EXISTS (SELECT 1 FROM claims c WHERE c.claimant_id = u.id AND (c.delivery_note <> ''
    OR c.status IN ('requested', 'approved')))
  OR EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = u.id AND (m.name_label <> :name
    OR m.status IN ('requested', 'active')))
  OR EXISTS (SELECT 1 FROM certificates f WHERE f.user_id = u.id AND (f.holder_label <> :name OR f.status = 'issued'))
  OR EXISTS (SELECT 1 FROM complaints k WHERE k.author_id = u.id AND (k.text <> '' OR k.status <> 'closed'))
  OR EXISTS (SELECT 1 FROM needs q LEFT JOIN contacts c ON c.noun = 'need' AND c.id = q.id
    WHERE q.owner_id = u.id AND (q.text <> :name OR c.id IS NOT NULL
      OR q.status IN ('submitted', 'handling', 'waiting')))
  OR EXISTS (SELECT 1 FROM media p WHERE p.owner_id = u.id AND p.status <> 'removed')
  OR EXISTS (SELECT 1 FROM inbox i WHERE i.user_id = u.id AND i.read_at IS NOT NULL)
  OR EXISTS (SELECT 1 FROM calendars l WHERE l.user_id = u.id)
  OR EXISTS (SELECT 1 FROM person_numbers n WHERE n.user_id = u.id)
  OR EXISTS (SELECT 1 FROM team_members t JOIN teams a ON a.id = t.team_id AND a.status = 'active'
    WHERE t.user_id = u.id AND t.status IN ('requested', 'invited', 'active'))
  OR EXISTS (SELECT 1 FROM grants_in_force g WHERE g.user_id = u.id AND g.status = 'given'
    AND (g.until_at IS NULL OR g.until_at > :at)))
ORDER BY u.id LIMIT 100;

-- name: slow_to_leave
SELECT id FROM users WHERE left_at < :before ORDER BY id LIMIT 100;
