-- fragment: text
t.id, t.noun, t.subject_id, t.field, COALESCE(t.writer_id, 0) AS writer_id, t.body, t.is_held, t.verdict, t.checked_by,
  t.suggest, t.label, t.hits, t.list_version, t.written_at

-- That the text is still to be decided, for what is shown of it.
-- fragment: open
EXISTS (SELECT 1 FROM texts t WHERE t.id = :text AND t.verdict = :from)

-- name: add
INSERT INTO texts (id, noun, subject_id, field, writer_id, body, is_held, is_queued, verdict, checked_by, list_version,
  written_at, decided_at)
VALUES (:id, :noun, :subject, :field, NULLIF(:writer, 0), :body, :held, :queued, :verdict, :by, :version, :at,
  CASE WHEN :verdict = 'checking' THEN NULL ELSE :at END);

-- name: replace
UPDATE texts SET verdict = CASE verdict WHEN 'refused' THEN verdict ELSE 'replaced' END, body = '',
  decided_at = COALESCE(decided_at, :at)
WHERE noun = :noun AND subject_id = :subject AND field = :field AND (verdict IN ('checking', 'waiting') OR body <> '');

-- name: by_id
SELECT {{text}} FROM texts t WHERE t.id = :id;

-- name: own
SELECT {{text}} FROM texts t
WHERE t.noun = :noun AND t.subject_id = :subject AND t.verdict IN ('checking', 'waiting') ORDER BY t.id LIMIT 20;

-- name: page_mine
SELECT {{text}} FROM texts t FORCE INDEX (texts_writer)
WHERE t.writer_id = :writer AND t.verdict IN ('checking', 'waiting') AND t.is_held AND t.id < :before
ORDER BY t.id DESC LIMIT :limit;

-- name: unqueued
SELECT id FROM texts FORCE INDEX (texts_verdict) WHERE verdict = 'checking' AND NOT is_queued
ORDER BY id LIMIT :limit;

-- name: queue
UPDATE texts SET is_queued = TRUE WHERE id = :id AND NOT is_queued;

-- name: decide
UPDATE texts SET verdict = :verdict, checked_by = :by, suggest = :suggest, label = :label, hits = :hits,
  list_version = :version, decided_at = :at, body = :body
WHERE id = :id AND verdict = :from;

-- name: wait
UPDATE texts SET verdict = 'waiting', checked_by = :by, suggest = :suggest, label = :label, hits = :hits,
  list_version = :version
WHERE id = :id AND verdict = :from;

-- That staff decides about the matter before others read it, and sees then what the check found.
-- fragment: hidden
m.noun = 'wish' AND m.status IN ('submitted', 'rejected', 'withdrawn')
  OR m.noun = 'service_record' AND m.status IN ('recorded', 'confirmed', 'rejected')

-- The same, held: nobody shows it meanwhile.
-- name: lock_hidden
SELECT {{hidden}} FROM matters m WHERE m.noun = :noun AND m.id = :subject FOR UPDATE;

-- Where a text's matter is decided, and who wrote it: by what the register and the history say of it.
-- name: place
SELECT :noun AS noun, :subject AS subject_id,
  COALESCE(m.node_id, o.node_id, r.node_id, u.home_node_id, top.id) AS node_id,
  COALESCE(m.desk_id, m.node_id, o.desk_id, o.node_id, r.node_id, u.home_node_id, top.id) AS desk_id,
  COALESCE(w.id, 0) AS writer_id, COALESCE(w.open_id, '') AS open_id, COALESCE(e.grant_id, 0) <> 0 AS is_staff,
  COALESCE({{hidden}}, FALSE) AS is_hidden
FROM nodes top
  LEFT JOIN matters m ON m.noun = :noun AND m.id = :subject
  LEFT JOIN matters o ON o.noun = m.of_noun AND o.id = m.of_id
  LEFT JOIN users u ON :noun = 'user' AND u.id = :subject
  LEFT JOIN memberships r ON r.active_user_id = u.id
  LEFT JOIN events e ON e.noun = :noun AND e.subject_id = :subject AND e.at = :at
  LEFT JOIN users w ON w.id = COALESCE(NULLIF(:writer, 0), e.actor_id)
WHERE top.parent_id IS NULL AND top.kind = 'county' ORDER BY top.id, e.version DESC LIMIT 1;

-- The same of a reason that somebody gave for a step.
-- name: place_of_event
SELECT e.noun, e.subject_id, COALESCE(m.node_id, o.node_id, top.id) AS node_id,
  COALESCE(m.desk_id, m.node_id, o.desk_id, o.node_id, top.id) AS desk_id,
  COALESCE(w.id, 0) AS writer_id, COALESCE(w.open_id, '') AS open_id, COALESCE(e.grant_id, 0) <> 0 AS is_staff,
  FALSE AS is_hidden
FROM events e JOIN nodes top ON top.parent_id IS NULL AND top.kind = 'county'
  LEFT JOIN matters m ON m.noun = e.noun AND m.id = e.subject_id
  LEFT JOIN matters o ON o.noun = m.of_noun AND o.id = m.of_id
  LEFT JOIN users w ON w.id = e.actor_id
WHERE e.id = :subject ORDER BY top.id LIMIT 1;

-- The same of why somebody read a contact: of whose it is, and where that is decided.
-- name: place_of_reading
SELECT r.noun, r.subject_id, COALESCE(m.node_id, top.id) AS node_id, COALESCE(m.desk_id, m.node_id, top.id) AS desk_id,
  w.id AS writer_id, COALESCE(w.open_id, '') AS open_id, r.grant_id IS NOT NULL AS is_staff, FALSE AS is_hidden
FROM contact_reads r JOIN nodes top ON top.parent_id IS NULL AND top.kind = 'county' JOIN users w ON w.id = r.reader_id
  LEFT JOIN matters m ON m.noun = r.noun AND m.id = r.subject_id
WHERE r.id = :subject ORDER BY top.id LIMIT 1;

-- What everybody sees of each text from now on, if it is still to be decided.
-- name: show_display_name
UPDATE users SET display_name = :shown WHERE id = :subject AND {{open}};

-- name: show_team_name
UPDATE teams SET name = :shown WHERE id = :subject AND {{open}};

-- name: show_team_intro
UPDATE teams SET intro = :shown WHERE id = :subject AND {{open}};

-- name: show_activity_title
UPDATE activities SET title = :shown WHERE id = :subject AND {{open}};

-- name: show_activity_description
UPDATE activities SET description = :shown WHERE id = :subject AND {{open}};

-- name: show_place_name
UPDATE activities SET place_name = :shown WHERE id = :subject AND {{open}};

-- name: show_activity_skills
UPDATE activities SET skills = :shown WHERE id = :subject AND {{open}};

-- name: show_activity_health
UPDATE activities SET health = :shown WHERE id = :subject AND {{open}};

-- name: show_claim_comment
UPDATE claims SET comment = :shown WHERE id = :subject AND {{open}};

-- name: show_delivery_note
UPDATE claims SET delivery_note = :shown WHERE id = :subject AND {{open}};

-- name: show_wish_title
UPDATE wishes SET title = :shown WHERE id = :subject AND {{open}};

-- name: show_wish_description
UPDATE wishes SET description = :shown WHERE id = :subject AND {{open}};

-- name: show_record_title
UPDATE service_records SET title = :shown WHERE id = :subject AND {{open}};

-- name: show_record_note
UPDATE service_records SET note = :shown WHERE id = :subject AND {{open}};

-- Why somebody's hours are other than their check-ins say, which the records of that activity have as their note.
-- name: show_attendance
UPDATE service_records SET note = :shown
WHERE user_id = (SELECT s.user_id FROM signups s WHERE s.id = :subject)
  AND activity_id = (SELECT s.activity_id FROM signups s WHERE s.id = :subject) AND note = :former AND {{open}};

-- name: show_reading
UPDATE contact_reads SET reason = :shown WHERE id = :subject AND {{open}};

-- name: show_assignment_what
UPDATE assignments SET what = :shown WHERE id = :subject AND {{open}};

-- name: show_assignment_clause
UPDATE assignments SET clause = :shown WHERE id = :subject AND {{open}};

-- name: show_admission_what
UPDATE admissions SET what = :shown WHERE id = :subject AND {{open}};

-- name: show_visit_place
UPDATE visits SET place = :shown WHERE id = :subject AND {{open}};

-- name: show_visit_subject
UPDATE visits SET subject = :shown WHERE id = :subject AND {{open}};

-- name: show_visit_with_whom
UPDATE visits SET with_whom = :shown WHERE id = :subject AND {{open}};

-- name: show_need_text
UPDATE needs SET text = :shown WHERE id = :subject AND {{open}};

-- name: show_need_place
UPDATE needs SET place = :shown WHERE id = :subject AND {{open}};

-- A visit is named by what it is about, or else by where it is.
-- name: visit_title
SELECT COALESCE(NULLIF(v.subject, ''), v.place) FROM visits v WHERE v.id = :subject;

-- name: show_offer_name
UPDATE offers SET name = :shown WHERE id = :subject AND {{open}};

-- name: show_offer_place
UPDATE offers SET place = :shown WHERE id = :subject AND {{open}};

-- name: show_offer_rule
UPDATE offer_lines SET text = :shown WHERE offer_id = :subject AND kind = 'rule' AND position = :position AND {{open}};

-- name: show_offer_matter
UPDATE offer_lines SET text = :shown
WHERE offer_id = :subject AND kind = 'matter' AND position = :position AND {{open}};

-- name: show_offer_stop_name
UPDATE offer_stops SET name = :shown WHERE offer_id = :subject AND position = :position AND {{open}};

-- name: show_offer_stop_place
UPDATE offer_stops SET place = :shown WHERE offer_id = :subject AND position = :position AND {{open}};

-- name: show_offer_stop_seen
UPDATE offer_stops SET seen = :shown WHERE offer_id = :subject AND position = :position AND {{open}};

-- name: show_agreement_line
UPDATE agreement_lines SET text = :shown WHERE agreement_id = :subject AND position = :position AND {{open}};

-- name: show_project_title
UPDATE projects SET title = :shown WHERE id = :subject AND {{open}};

-- name: show_project_text
UPDATE projects SET text = :shown WHERE id = :subject AND {{open}};

-- name: show_brand_name
UPDATE brands SET name = :shown WHERE id = :subject AND {{open}};

-- name: show_brand_text
UPDATE brands SET text = :shown WHERE id = :subject AND {{open}};

-- name: show_brand_for_whom
UPDATE brands SET for_whom = :shown WHERE id = :subject AND {{open}};

-- name: show_milestone
UPDATE project_milestones SET text = :shown WHERE project_id = :subject AND position = :position AND {{open}};

-- name: show_booking_purpose
UPDATE bookings SET purpose = :shown WHERE id = :subject AND {{open}};

-- name: show_booking_guest
UPDATE bookings SET guest = :shown WHERE id = :subject AND {{open}};

-- name: show_booking_instead
UPDATE bookings SET instead = :shown WHERE id = :subject AND {{open}};

-- name: show_promise
UPDATE visit_needs SET promise = :shown WHERE visit_id = :subject AND position = :position AND {{open}};

-- Answers are copies of the reason of their step, which is shown after them.
-- name: show_answer_of_complaint
UPDATE complaints SET answer = :shown
WHERE id = (SELECT e.subject_id FROM events e WHERE e.id = :subject AND e.noun = 'complaint')
  AND answer = (SELECT e.reason FROM events e WHERE e.id = :subject) AND {{open}};

-- name: show_answer_of_need
UPDATE needs SET answer = :shown
WHERE id = (SELECT e.subject_id FROM events e WHERE e.id = :subject AND e.noun = 'need')
  AND answer = (SELECT e.reason FROM events e WHERE e.id = :subject) AND {{open}};

-- name: show_answer_of_assignment
UPDATE assignments SET answer = :shown
WHERE id = (SELECT e.subject_id FROM events e WHERE e.id = :subject AND e.noun = 'assignment')
  AND answer = (SELECT e.reason FROM events e WHERE e.id = :subject) AND {{open}};

-- name: show_answer_of_objection
UPDATE objections SET answer = :shown
WHERE id = (SELECT e.subject_id FROM events e WHERE e.id = :subject AND e.noun = 'objection')
  AND answer = (SELECT e.reason FROM events e WHERE e.id = :subject) AND {{open}};

-- Staff has read the texts of a matter and shows it: what waits is passed.
-- name: approve
UPDATE texts SET verdict = 'passed', checked_by = 'staff', body = '', decided_at = :at
WHERE noun = :noun AND subject_id = :subject AND verdict = 'waiting';
