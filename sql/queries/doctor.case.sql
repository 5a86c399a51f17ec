-- Whose turn it is.
-- fragment: case_turns
SELECT 'case', c.id, 'decider', 0, NULL, c.desk_id, NULL, c.created_at, c.created_at, NULL
FROM content_cases c WHERE c.status = 'open'

-- Who does not decide about it.
-- fragment: case_barred
SELECT 'case', c.id, COALESCE(c.writer_id, 0), NULL, 1 FROM content_cases c
UNION ALL SELECT 'case', q.case_id, q.user_id, NULL, 1 FROM case_parties q

-- That the person is what a message about it says.
-- fragment: case_recipients
e.noun = 'case' AND (EXISTS (SELECT 1 FROM content_cases c
    WHERE c.id = e.subject_id AND i.part = 'owner' AND c.writer_id = i.user_id)
  OR EXISTS (SELECT 1 FROM case_parties q
    WHERE q.case_id = e.subject_id AND i.part = 'member' AND q.user_id = i.user_id AND q.reported_at IS NOT NULL))

-- Whom a message about it has not reached.
-- fragment: case_untold
SELECT 'case', e.id FROM events e JOIN content_cases c ON c.id = e.subject_id JOIN users u ON u.id = c.writer_id
WHERE e.noun = 'case' AND e.name IN (:case_owner) AND c.kind = 'text' AND {{not_told}}
UNION ALL
SELECT 'case', e.id FROM events e JOIN case_parties q ON q.case_id = e.subject_id JOIN users u ON u.id = q.user_id
WHERE e.noun = 'case' AND e.name IN (:case_member) AND q.reported_at IS NOT NULL AND {{not_told}}

-- That it is the own matter of who decides, or of who chose them.
-- fragment: case_own
e.noun = 'case' AND EXISTS (SELECT 1 FROM content_cases c
  WHERE c.id = e.subject_id AND (c.writer_id IN (e.actor_id, g.giver_id)
    OR EXISTS (SELECT 1 FROM case_parties q WHERE q.case_id = c.id AND q.user_id IN (e.actor_id, g.giver_id))))

-- name: case_status
SELECT c.id, c.status, c.version FROM content_cases c LEFT JOIN events e
  ON e.noun = 'case' AND e.subject_id = c.id AND e.version = c.version
WHERE e.id IS NULL OR e.to_status <> c.status ORDER BY c.id LIMIT 100;

-- name: case_register
SELECT c.id FROM content_cases c LEFT JOIN matters m ON m.noun = 'case' AND m.id = c.id AND m.of_id IS NULL
  AND m.number = '' AND m.title = '' AND m.node_id = c.node_id AND m.desk_id = c.desk_id AND m.status = c.status
  AND m.version = c.version
WHERE m.id IS NULL ORDER BY c.id LIMIT 100;

-- Held texts that are shown though nothing has passed them.
-- name: case_shown
SELECT t.id FROM texts t LEFT JOIN users u ON t.noun = 'user' AND u.id = t.subject_id
  LEFT JOIN teams g ON t.noun = 'team' AND g.id = t.subject_id
  LEFT JOIN activities a ON t.noun = 'activity' AND a.id = t.subject_id
  LEFT JOIN claims l ON t.noun = 'claim' AND l.id = t.subject_id
  LEFT JOIN signups n ON t.noun = 'signup' AND n.id = t.subject_id
  LEFT JOIN service_records h ON h.activity_id = n.activity_id AND h.user_id = n.user_id
  LEFT JOIN assignments s ON t.noun = 'assignment' AND s.id = t.subject_id
  LEFT JOIN admissions d ON t.noun = 'admission' AND d.id = t.subject_id
  LEFT JOIN visits v ON t.noun = 'visit' AND v.id = t.subject_id
  LEFT JOIN visit_needs p ON p.visit_id = v.id AND t.field = CONCAT('promise_', p.position)
  LEFT JOIN contact_reads r ON t.noun = 'contact_read' AND r.id = t.subject_id
  LEFT JOIN needs nd ON t.noun = 'need' AND nd.id = t.subject_id
  LEFT JOIN offers o ON t.noun = 'offer' AND o.id = t.subject_id
  LEFT JOIN offer_lines ol ON ol.offer_id = o.id AND t.field = CONCAT(ol.kind, '_', ol.position)
  LEFT JOIN offer_stops os ON os.offer_id = o.id AND t.field IN (CONCAT('stop_name_', os.position),
    CONCAT('stop_place_', os.position), CONCAT('stop_seen_', os.position))
  LEFT JOIN agreement_lines al ON t.noun = 'agreement' AND al.agreement_id = t.subject_id
    AND t.field = CONCAT('line_', al.position)
  LEFT JOIN projects pj ON t.noun = 'project' AND pj.id = t.subject_id
  LEFT JOIN brands br ON t.noun = 'brand' AND br.id = t.subject_id
  LEFT JOIN project_milestones pm ON pm.project_id = pj.id AND t.field = CONCAT('milestone_', pm.position)
  LEFT JOIN bookings b ON t.noun = 'booking' AND b.id = t.subject_id
  LEFT JOIN events e ON t.noun = 'event' AND e.id = t.subject_id
  LEFT JOIN complaints ec ON e.noun = 'complaint' AND ec.id = e.subject_id
  LEFT JOIN needs en ON e.noun = 'need' AND en.id = e.subject_id
  LEFT JOIN assignments ea ON e.noun = 'assignment' AND ea.id = e.subject_id
  LEFT JOIN objections eo ON e.noun = 'objection' AND eo.id = e.subject_id
WHERE t.is_held AND (t.verdict IN ('checking', 'waiting') OR t.verdict = 'refused' AND t.body <> '')
  AND (t.body = CASE CONCAT(t.noun, '.', t.field)
    WHEN 'user.display_name' THEN u.display_name WHEN 'team.name' THEN g.name WHEN 'team.intro' THEN g.intro
    WHEN 'activity.title' THEN a.title WHEN 'activity.description' THEN a.description
    WHEN 'activity.place_name' THEN a.place_name WHEN 'activity.skills' THEN a.skills
    WHEN 'activity.health' THEN a.health WHEN 'claim.comment' THEN l.comment
    WHEN 'claim.delivery_note' THEN l.delivery_note WHEN 'signup.attendance' THEN h.note
    WHEN 'assignment.what' THEN s.what WHEN 'assignment.clause' THEN s.clause WHEN 'admission.what' THEN d.what
    WHEN 'visit.place' THEN v.place WHEN 'visit.subject' THEN v.subject WHEN 'visit.with_whom' THEN v.with_whom
    WHEN 'need.text' THEN nd.text WHEN 'need.place' THEN nd.place
    WHEN 'offer.name' THEN o.name WHEN 'offer.place' THEN o.place WHEN 'booking.purpose' THEN b.purpose
    WHEN 'booking.guest' THEN b.guest WHEN 'booking.instead' THEN b.instead
    WHEN 'brand.name' THEN br.name WHEN 'brand.text' THEN br.text WHEN 'brand.for_whom' THEN br.for_whom
    WHEN 'project.title' THEN pj.title WHEN 'project.text' THEN pj.text
    WHEN 'contact_read.reason' THEN r.reason WHEN 'event.reason' THEN e.reason
    ELSE COALESCE(p.promise, ol.text, al.text, pm.text) END
  OR t.noun = 'offer' AND t.body IN (os.name, os.place, os.seen)
  OR t.noun = 'event' AND t.body IN (ec.answer, en.answer, ea.answer, eo.answer))
ORDER BY t.id LIMIT 100;

-- Texts that wait for staff who does not see them: what staff decides before others read it is seen with its texts.
-- name: case_unseen
SELECT t.id FROM texts t LEFT JOIN content_cases c ON c.text_id = t.id AND c.status = 'open'
  LEFT JOIN matters m ON m.id = t.subject_id
    AND m.noun = CASE t.noun WHEN 'record' THEN 'service_record' ELSE t.noun END
WHERE t.verdict = 'waiting' AND c.id IS NULL AND NOT COALESCE({{content.hidden}}, FALSE)
ORDER BY t.id LIMIT 100;

-- Cases of which the text says something else.
-- name: case_verdicts
SELECT c.id FROM content_cases c JOIN texts t ON t.id = c.text_id
WHERE c.status = 'kept' AND t.verdict <> 'passed' OR c.status = 'removed' AND t.verdict <> 'refused'
ORDER BY c.id LIMIT 100;
