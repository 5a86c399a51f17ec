-- What everybody may see of a wish.
-- fragment: card
w.year, w.number, COALESCE(w.owner_id, 0) AS owner_id, COALESCE(w.recorder_id, 0) AS recorder_id, w.owner_label,
  w.category, w.is_sensitive, COALESCE(w.effort, '') AS effort, COALESCE(w.suits, '') AS suits, w.estate,
  w.title, w.description, w.points, w.status, w.created_at, w.published_at

-- What every reader of one wish gets.
-- fragment: wish
{{card}}, w.consent, w.consent_note, w.submitted_at, w.escalated_at, COALESCE(w.published_by, 0) AS published_by,
  COALESCE(w.need_id, 0) AS need_id, w.version

-- What a list of wishes shows. Most have no pictures: of those of a page nobody asks then.
-- fragment: listed
w.id, w.node_id, n.name AS node_name, {{card}},
  EXISTS (SELECT 1 FROM media m WHERE m.noun = 'wish' AND m.subject_id = w.id) AS has_photos

-- Whose phone the wish's contact gives.
-- fragment: whose_phone
SELECT u.id FROM contacts k JOIN users u ON u.phone_lookup = k.phone_lookup
  WHERE k.noun = 'wish' AND k.id = w.id AND k.part = 'owner'

-- What every reader of a claim gets.
-- fragment: claim
c.membership_id, c.member_node_id, c.unit_id, c.status, c.requested_at, c.decided_at, c.delivered_at,
  c.confirmed_at, c.delivery_note, c.returns, c.disputed_at, c.escalated_at, c.rating, c.comment, c.version

-- Who approved a claim, how its resident is asked, and which confirmation stands.
-- fragment: asking
COALESCE(c.approved_by, 0) AS approved_by, COALESCE(c.approval_grant_id, 0) AS approval_grant_id,
  COALESCE(c.asked_by, 0) AS asked_by, c.asked_at, c.missed_calls, c.missed_call_at,
  COALESCE(c.confirm_event_id, 0) AS confirm_event_id, c.owner_undone_at

-- name: by_id
SELECT w.id, w.node_id, n.name AS node_name, {{wish}}
FROM wishes w JOIN nodes n ON n.id = w.node_id WHERE w.id = :wish;

-- name: lock
SELECT w.id, w.node_id, (SELECT n.name FROM nodes n WHERE n.id = w.node_id) AS node_name, {{wish}}
FROM wishes w WHERE w.id = :wish FOR UPDATE;

-- As much of it as a claim asks and writes.
-- name: lock_to_claim
SELECT id, node_id, year, number, COALESCE(owner_id, 0) AS owner_id, COALESCE(recorder_id, 0) AS recorder_id, title,
  points, status, published_at, escalated_at, COALESCE(published_by, 0) AS published_by, version
FROM wishes WHERE id = :wish FOR UPDATE;

-- name: lock_by_claim
SELECT w.id, w.node_id, (SELECT n.name FROM nodes n WHERE n.id = w.node_id) AS node_name, {{wish}}
FROM wishes w WHERE w.id = (SELECT c.wish_id FROM claims c WHERE c.id = :claim) FOR UPDATE;

-- Whose phone the contact of a wish without an owner gives, who only answers it, and its look-up. It stands beside the
-- wish's lock: as columns of that query it takes twice as long, for each is planned at each call.
-- fragment: beneficiary
SELECT COALESCE(u.id, 0) AS beneficiary_id, k.helper IS NOT NULL AS is_helped,
  COALESCE(k.phone_lookup, '') AS beneficiary_phone
FROM wishes w JOIN contacts k ON k.noun = 'wish' AND k.id = w.id AND k.part = 'owner'
  LEFT JOIN users u ON u.phone_lookup = k.phone_lookup

-- name: beneficiary
{{beneficiary}} WHERE w.id = :wish AND w.owner_id IS NULL;

-- name: beneficiary_by_claim
{{beneficiary}} WHERE w.id = (SELECT c.wish_id FROM claims c WHERE c.id = :claim) AND w.owner_id IS NULL;

-- As much as refuses most of those who lose.
-- name: look
SELECT id, status, COALESCE(owner_id, 0) AS owner_id, COALESCE(recorder_id, 0) AS recorder_id,
  COALESCE(published_by, 0) AS published_by
FROM wishes WHERE id = :wish;

-- name: add
INSERT INTO wishes (id, node_id, year, number, owner_id, recorder_id, consent, consent_note, category,
  is_sensitive, title, description, effort, suits, estate, owner_label, status, created_at, submitted_at,
  need_id)
VALUES (:id, :node_id, :year, :number, NULLIF(:owner_id, 0), NULLIF(:recorder_id, 0), :consent,
  :consent_note, :category, :is_sensitive, :title, :description,
  NULLIF(:effort, ''), NULLIF(:suits, ''), :estate, :owner_label, :status, :created_at,
  :submitted_at, NULLIF(:need_id, 0));

-- name: save
UPDATE wishes SET status = :status, points = :points, published_at = :published_at,
  published_by = NULLIF(:published_by, 0), escalated_at = :escalated_at, version = version + 1
WHERE id = :id AND version = :version;

-- Pages go by key. The index is named because MariaDB 10.11 picks another on a large community and walks back from
-- the newest row: a thousand times slower (docs/scale.md, "the keyset trap").
-- name: page_all
SELECT {{listed}}
FROM wishes w FORCE INDEX (wishes_hall) JOIN nodes n ON n.id = w.node_id
WHERE w.status = :status AND w.id < :before AND w.node_id NOT IN (SELECT r.node_id FROM review_nodes r)
ORDER BY w.id DESC LIMIT :limit;

-- name: page_node
SELECT {{listed}}
FROM wishes w FORCE INDEX (wishes_hall_node) JOIN nodes n ON n.id = w.node_id
WHERE w.node_id = :node AND w.status = :status AND w.id < :before
ORDER BY w.id DESC LIMIT :limit;

-- name: page_nodes
SELECT {{listed}}
FROM wishes w FORCE INDEX (wishes_hall) JOIN nodes n ON n.id = w.node_id
WHERE w.node_id IN (:nodes) AND w.status = :status AND w.id < :before
ORDER BY w.id DESC LIMIT :limit;

-- The same of one category.
-- name: category_all
SELECT {{listed}}
FROM wishes w FORCE INDEX (wishes_hall_category) JOIN nodes n ON n.id = w.node_id
WHERE w.status = :status AND w.category = :category AND w.id < :before
  AND w.node_id NOT IN (SELECT r.node_id FROM review_nodes r)
ORDER BY w.id DESC LIMIT :limit;

-- name: category_node
SELECT {{listed}}
FROM wishes w FORCE INDEX (wishes_hall_node_category) JOIN nodes n ON n.id = w.node_id
WHERE w.node_id = :node AND w.status = :status AND w.category = :category AND w.id < :before
ORDER BY w.id DESC LIMIT :limit;

-- name: category_nodes
SELECT {{listed}}
FROM wishes w FORCE INDEX (wishes_hall_category) JOIN nodes n ON n.id = w.node_id
WHERE w.node_id IN (:nodes) AND w.status = :status AND w.category = :category AND w.id < :before
ORDER BY w.id DESC LIMIT :limit;

-- name: page_mine
SELECT {{listed}}
FROM wishes w FORCE INDEX (wishes_owner) JOIN nodes n ON n.id = w.node_id
WHERE w.owner_id = :owner AND w.id < :before AND (:status = '' OR w.status = :status)
  AND (:category = '' OR w.category = :category)
ORDER BY w.id DESC LIMIT :limit;

-- name: claim
SELECT c.id, c.wish_id, c.claimant_id, u.display_name AS claimant_name, {{claim}},
  {{asking}}
FROM claims c JOIN users u ON u.id = c.claimant_id WHERE c.id = :claim;

-- name: lock_claim
SELECT c.id, c.wish_id, c.claimant_id, {{claim}},
  {{asking}}
FROM claims c WHERE c.id = :claim FOR UPDATE;

-- name: lock_live_claim
SELECT c.id, c.wish_id, c.claimant_id, {{claim}},
  {{asking}}
FROM claims c WHERE c.live_wish_id = :wish FOR UPDATE;

-- name: last_claim
SELECT c.id, c.wish_id, c.claimant_id, u.display_name AS claimant_name, {{claim}},
  {{asking}}
FROM claims c JOIN users u ON u.id = c.claimant_id WHERE c.wish_id = :wish ORDER BY c.id DESC LIMIT 1;

-- name: add_claim
INSERT INTO claims (id, wish_id, claimant_id, membership_id, member_node_id, unit_id, status, requested_at)
VALUES (:id, :wish_id, :claimant_id, :membership_id, :member_node_id, :unit_id, :status, :requested_at);

-- name: save_claim
UPDATE claims SET status = :status, decided_at = :decided_at, approved_by = NULLIF(:approved_by, 0),
  approval_grant_id = NULLIF(:approval_grant_id, 0), delivered_at = :delivered_at, confirmed_at = :confirmed_at,
  confirm_event_id = NULLIF(:confirm_event_id, 0), owner_undone_at = :owner_undone_at, delivery_note = :delivery_note,
  returns = :returns, disputed_at = :disputed_at,
  asked_by = NULLIF(:asked_by, 0), asked_at = :asked_at, escalated_at = :escalated_at,
  missed_calls = :missed_calls, missed_call_at = :missed_call_at,
  rating = :rating, comment = :comment,
  version = version + 1
WHERE id = :id AND version = :version;

-- name: claims_mine
SELECT c.id, c.wish_id, c.claimant_id, u.display_name AS claimant_name, {{claim}}
FROM claims c FORCE INDEX (claims_claimant) JOIN users u ON u.id = c.claimant_id
WHERE c.claimant_id = :claimant AND c.id < :before AND (:status = '' OR c.status = :status)
  AND (NOT :undelivered OR c.status IN ('requested', 'approved'))
ORDER BY c.id DESC LIMIT :limit;

-- name: claims_at
SELECT c.id, c.wish_id, c.claimant_id, u.display_name AS claimant_name, {{claim}}
FROM claims c FORCE INDEX (claims_status) JOIN users u ON u.id = c.claimant_id JOIN wishes w ON w.id = c.wish_id
WHERE c.status = :status AND w.node_id IN (:nodes) AND c.id < :before
ORDER BY c.id DESC LIMIT :limit;

-- name: by_claim
SELECT w.id, w.node_id, n.name AS node_name, {{wish}}
FROM claims c JOIN wishes w ON w.id = c.wish_id JOIN nodes n ON n.id = w.node_id WHERE c.id = :claim;

-- name: by_ids
SELECT w.id, w.node_id, n.name AS node_name, {{wish}}
FROM wishes w JOIN nodes n ON n.id = w.node_id WHERE w.id IN (:wishes);

-- name: claim_history
SELECT e.id, e.noun, e.subject_id, e.version, e.name, e.actor_id, e.grant_id, e.from_status, e.to_status, e.reason,
  e.at, COALESCE(g.role, '') AS role, g.delegated_by IS NOT NULL AS delegated, {{matter.waiting_reason}} AS waiting
FROM claims c JOIN events e ON e.noun = 'claim' AND e.subject_id = c.id LEFT JOIN grants_in_force g ON g.id = e.grant_id
WHERE c.wish_id = :wish
ORDER BY e.subject_id, e.version
LIMIT 500;

-- Texts of a wish and its claims that others do not read yet, or that wait for staff.
-- name: held_texts
SELECT {{content.text}} FROM texts t
WHERE t.noun = 'wish' AND t.subject_id = :wish AND t.verdict IN ('checking', 'waiting')
UNION ALL
SELECT {{content.text}} FROM claims c JOIN texts t ON t.noun = 'claim' AND t.subject_id = c.id
WHERE c.wish_id = :wish AND t.verdict IN ('checking', 'waiting');

-- name: is_flagged
SELECT EXISTS (SELECT 1 FROM texts t WHERE t.noun = 'wish' AND t.subject_id = :wish AND t.verdict = 'waiting');

-- name: rules
SELECT id, event, node_id, version, points, choices, cap_day, cap_month, cap_year, effective_from FROM points_rules
WHERE event = :event AND (node_id IS NULL OR node_id = (SELECT w.node_id FROM wishes w WHERE w.id = :wish))
ORDER BY node_id IS NULL, effective_from DESC, version DESC;

-- name: undelivered_of
SELECT id FROM claims WHERE claimant_id = :claimant AND status IN ('requested', 'approved') ORDER BY wish_id, id;

-- name: edit
UPDATE wishes SET category = :category, is_sensitive = :is_sensitive, title = :title, description = :description,
  effort = NULLIF(:effort, ''), suits = NULLIF(:suits, ''), estate = :estate, owner_label = :owner_label,
  status = :status,
  submitted_at = :submitted_at, escalated_at = :escalated_at,
  version = version + 1
WHERE id = :id AND version = :version;

-- name: undelivered_count
SELECT COUNT(*) FROM claims WHERE claimant_id = :claimant AND status IN ('requested', 'approved');

-- name: participants
SELECT p.claim_id, p.user_id, u.display_name, p.membership_id, p.member_node_id, p.unit_id, p.accepted_at
FROM claim_participants p JOIN users u ON u.id = p.user_id WHERE p.claim_id = :claim ORDER BY p.user_id;

-- name: participants_of_wish
SELECT p.claim_id, p.user_id, u.display_name, p.membership_id, p.member_node_id, p.unit_id, p.accepted_at
FROM claims c JOIN claim_participants p ON p.claim_id = c.id JOIN users u ON u.id = p.user_id
WHERE c.wish_id = :wish ORDER BY p.claim_id, p.user_id;

-- Invited are members: whoever has no active report-in is not written, and the count tells.
-- name: invite
INSERT INTO claim_participants (claim_id, user_id, membership_id, member_node_id, unit_id)
SELECT :claim, m.user_id, m.id, m.node_id, m.unit_id FROM memberships m WHERE m.active_user_id IN (:users);

-- Which of the people are members of the claimant's unit or community and did not work on the wish.
-- name: colleagues_among
SELECT u.id AS user_id, u.display_name
FROM memberships mine JOIN memberships m ON m.unit_id = mine.unit_id OR m.node_id = mine.node_id
  JOIN users u ON u.id = m.active_user_id
WHERE mine.active_user_id = :claimant AND m.active_user_id IN (:users)
  AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.wish_id = :wish AND c.approved_by = m.active_user_id)
  AND NOT EXISTS (SELECT 1 FROM wishes w WHERE w.id = :wish AND w.published_by = m.active_user_id)
ORDER BY u.id;

-- Some of them more than once: to sort them out takes the server a table of its own.
-- name: approvers
SELECT approved_by FROM claims WHERE wish_id = :wish AND approved_by IS NOT NULL;

-- name: approvers_by_claim
SELECT c.approved_by FROM claims x JOIN claims c ON c.wish_id = x.wish_id
WHERE x.id = :claim AND c.approved_by IS NOT NULL;

-- name: accept
UPDATE claim_participants SET accepted_at = :at, membership_id = :membership, member_node_id = :node, unit_id = :unit
WHERE claim_id = :claim AND user_id = :user;

-- Claims that waited too long: undecided ones and undelivered ones.
-- name: overdue_claims
SELECT x.id FROM (
  (SELECT id FROM claims FORCE INDEX (claims_waiting)
    WHERE status = 'requested' AND waits_since <= :undecided ORDER BY waits_since LIMIT :limit)
  UNION ALL
  (SELECT id FROM claims FORCE INDEX (claims_waiting)
    WHERE status = 'approved' AND waits_since <= :undelivered ORDER BY waits_since LIMIT :limit)) x;

-- Matters that wait for staff longer than they should, and of which nobody else was told yet.
-- name: waiting_wishes
SELECT id FROM wishes FORCE INDEX (wishes_waiting) WHERE waits_since <= :since ORDER BY waits_since, id LIMIT :limit;

-- Who has no phone is called at once.
-- name: waiting_claims
SELECT x.id FROM (
  (SELECT id FROM claims FORCE INDEX (claims_waiting)
    WHERE status = 'requested' AND waits_since <= :since AND escalated_at IS NULL ORDER BY waits_since LIMIT :limit)
  UNION ALL
  (SELECT id FROM claims FORCE INDEX (claims_waiting)
    WHERE status = 'delivered' AND waits_since <= :since ORDER BY waits_since LIMIT :limit)
  UNION ALL
  (SELECT c.id FROM claims c FORCE INDEX (claims_waiting) JOIN wishes w ON w.id = c.wish_id
    WHERE c.status = 'delivered' AND c.waits_since > :since AND c.disputed_at IS NULL AND c.asked_at IS NULL
      AND w.owner_id IS NULL ORDER BY c.waits_since LIMIT :limit)) x;

-- A wish is made before it is published: what was made later need not be looked at.
-- name: overdue_wishes
SELECT id FROM wishes FORCE INDEX (wishes_hall)
WHERE status = 'open' AND id <= :last AND published_at <= :published ORDER BY id LIMIT :limit;

-- Whose the confirmation is that stands: the owner's, or staff's who recorded it.
-- name: confirmation
SELECT CASE WHEN e.grant_id IS NULL THEN COALESCE(e.actor_id, 0) ELSE 0 END AS said_by,
  CASE WHEN e.grant_id IS NULL THEN 0 ELSE e.actor_id END AS recorded_by
FROM claims c JOIN events e ON e.id = c.confirm_event_id WHERE c.id = :claim;

-- What has paid for the wish: the confirmation, and shares that were put right.
-- name: paying
SELECT c.confirm_event_id FROM claims c WHERE c.id = :claim AND c.confirm_event_id IS NOT NULL
UNION ALL SELECT o.correct_event_id FROM objections o WHERE o.claim_id = :claim AND o.correct_event_id IS NOT NULL;

-- name: category
SELECT code, name, is_sensitive FROM categories WHERE code = :code AND retired_at IS NULL;

-- name: categories
SELECT code, name, is_sensitive FROM categories WHERE retired_at IS NULL ORDER BY position, code;

-- name: add_words
INSERT INTO wish_words (word, wish_id) VALUES (:word, :wish);

-- name: after
SELECT id, title, description, is_sensitive,
  COALESCE(effort, '') AS effort, COALESCE(suits, '') AS suits, COALESCE(estate, '') AS estate
FROM wishes WHERE id > :after ORDER BY id LIMIT :limit;

-- name: lock_words
SELECT id, title, description, is_sensitive,
  COALESCE(effort, '') AS effort, COALESCE(suits, '') AS suits, COALESCE(estate, '') AS estate
FROM wishes WHERE id = :id FOR UPDATE;

-- name: forget_words
DELETE FROM wish_words WHERE wish_id = :wish;

-- name: attach
UPDATE wishes SET owner_id = :owner_id, version = version + 1 WHERE id = :id AND version = :version;

-- Who holds a post in the wish's community or below and is none of the parties, the longest in it first.
-- name: askers
SELECT g.user_id, g.role, u.display_name, {{user.belongs}}
FROM wishes w JOIN node_ancestors a ON a.ancestor_id = w.node_id JOIN grants_in_force g ON g.node_id = a.node_id
  JOIN users u ON u.id = g.user_id
WHERE w.id = :wish AND g.role IN (:roles) AND g.user_id NOT IN (:parties)
  AND g.from_at <= :at AND (g.until_at IS NULL OR g.until_at > :at)
ORDER BY g.from_at, g.id LIMIT 4;

-- name: person
SELECT id, display_name FROM users WHERE id = :person;

-- Whose phone it is that a wish posted on behalf gives as its contact.
-- name: proposal
SELECT p.id, p.display_name FROM wishes w JOIN users p ON p.id = ({{whose_phone}})
WHERE w.id = :wish AND w.owner_id IS NULL;

-- Of all claims of the wish, in the order of their deliveries.
-- name: photos_of_claims
SELECT {{media.photo}} FROM claims c JOIN media m ON m.noun = 'claim' AND m.subject_id = c.id WHERE c.wish_id = :wish
ORDER BY m.attached_at, m.position, m.id;

-- Of the wish that the claim is for.
-- name: photos_by_claim
SELECT {{media.photo}} FROM claims c JOIN media m ON m.noun = 'wish' AND m.subject_id = c.wish_id WHERE c.id = :claim
ORDER BY m.attached_at, m.position, m.id;

-- What a list of tasks shows of wishes, and of claims.
-- name: show
SELECT w.id, w.id AS wish_id, w.owner_label AS who, CASE WHEN w.is_sensitive THEN 'sensitive'
  WHEN EXISTS (SELECT 1 FROM texts t WHERE t.noun = 'wish' AND t.subject_id = w.id AND t.verdict = 'waiting')
    THEN 'flagged'
  ELSE '' END AS caution
FROM wishes w WHERE w.id IN (:ids);

-- name: show_claims
SELECT c.id, c.wish_id, COALESCE(NULLIF(r.name_label, ''), u.display_name) AS who, c.claimant_id, c.missed_calls,
  c.missed_call_at, CASE WHEN w.is_sensitive AND c.status = 'requested' THEN 'sensitive' ELSE '' END AS caution
FROM claims c JOIN wishes w ON w.id = c.wish_id JOIN users u ON u.id = c.claimant_id
  LEFT JOIN memberships r ON r.id = c.membership_id
WHERE c.id IN (:ids);
