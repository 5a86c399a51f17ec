-- A vote, without its reader.
-- fragment: ballot
b.id, b.noun, b.subject_id, b.on_roll, b.opened_at, b.closes_at, b.counted_at, b.yes, b.no

-- That a voice counts: one on paper does once two people have entered it.
-- fragment: counts
(v.recorder_id IS NULL OR v.confirmer_id IS NOT NULL)

-- name: add
INSERT INTO ballots (id, noun, subject_id, on_roll, opened_at, closes_at)
VALUES (:id, :noun, :subject_id, :on_roll, :opened_at, :closes_at);

-- name: add_roll
INSERT INTO ballot_roll (ballot_id, user_id) VALUES (:ballot, :user);

-- name: lock
SELECT {{ballot}} FROM ballots b WHERE b.id = :ballot FOR UPDATE;

-- name: share
SELECT {{ballot}} FROM ballots b WHERE b.id = :ballot LOCK IN SHARE MODE;

-- name: use
UPDATE ballots SET uses = uses + 1 WHERE id = :ballot;

-- The person's place on the roll, so that two of their phones come one after the other.
-- name: hold_person
SELECT user_id FROM ballot_roll WHERE ballot_id = :ballot AND user_id = :user FOR UPDATE;

-- name: voice
SELECT ballot_id, user_id, choice, COALESCE(recorder_id, 0) AS recorder_id,
  COALESCE(confirmer_id, 0) AS confirmer_id, at
FROM ballot_voices WHERE ballot_id = :ballot AND user_id = :user;

-- name: say
INSERT INTO ballot_voices (ballot_id, user_id, choice, recorder_id, confirmer_id, at)
VALUES (:ballot_id, :user_id, :choice, NULLIF(:recorder_id, 0), NULLIF(:confirmer_id, 0), :at)
ON DUPLICATE KEY UPDATE choice = VALUES(choice), recorder_id = VALUES(recorder_id),
  confirmer_id = VALUES(confirmer_id), at = VALUES(at);

-- The units whose people vote about nothing of theirs, and enter no papers.
-- fragment: doers
(SELECT p.unit_id FROM projects p WHERE :noun = 'project' AND p.id = :subject
  UNION SELECT h.unit_id FROM project_helpers h WHERE :noun = 'project' AND h.project_id = :subject
  UNION SELECT b.unit_id FROM brands b WHERE :noun = 'brand' AND b.id = :subject
  UNION SELECT k.unit_id FROM brand_helpers k WHERE :noun = 'brand' AND k.brand_id = :subject)

-- Whether the person is of a unit that does what is voted about: works there, or holds a role of it.
-- name: is_doer
SELECT EXISTS (SELECT 1 FROM memberships m WHERE m.active_user_id = :user AND m.unit_id IN {{doers}})
  OR EXISTS (SELECT 1 FROM grants_in_force g WHERE g.user_id = :user AND NOT g.is_ended AND g.from_at <= :at
    AND (g.until_at IS NULL OR g.until_at > :at) AND g.node_id IN {{doers}});

-- name: sum
SELECT COALESCE(SUM(v.choice = 'yes'), 0) AS yes, COALESCE(SUM(v.choice = 'no'), 0) AS no
FROM ballot_voices v WHERE v.ballot_id = :ballot AND {{counts}};

-- name: over
SELECT subject_id FROM ballots WHERE noun = :noun AND counted_at IS NULL AND closes_at <= :at ORDER BY id LIMIT :limit;

-- name: save
UPDATE ballots SET counted_at = :counted_at, yes = :yes, no = :no WHERE id = :id AND counted_at IS NULL;

-- A vote as a person reads it.
-- name: get
SELECT {{ballot}}, r.user_id IS NOT NULL AS asks, COALESCE(v.choice, '') AS mine
FROM ballots b LEFT JOIN ballot_roll r ON r.ballot_id = b.id AND r.user_id = :user
  LEFT JOIN ballot_voices v ON v.ballot_id = b.id AND v.user_id = r.user_id AND {{counts}}
WHERE b.id = :ballot;

-- The roll, with what each said once it is counted, where as many voted as make it a vote.
-- name: roll
SELECT r.user_id, u.display_name AS name,
  CASE WHEN b.yes + b.no >= :least AND {{counts}} THEN COALESCE(v.choice, '') ELSE '' END AS choice,
  v.recorder_id IS NOT NULL AS on_paper, v.recorder_id IS NOT NULL AND v.confirmer_id IS NULL AS waits
FROM ballot_roll r JOIN ballots b ON b.id = r.ballot_id JOIN users u ON u.id = r.user_id
  LEFT JOIN ballot_voices v ON v.ballot_id = r.ballot_id AND v.user_id = r.user_id
WHERE r.ballot_id = :ballot AND r.user_id > :after ORDER BY r.user_id LIMIT :limit;

-- Who votes: who asked and who follows, and of a project for all who lives there and has not reported in as a member.
-- Neither the people of the units do, nor who decides at the place.
-- name: reach
SELECT u.id FROM (
    SELECT n.owner_id AS id FROM needs n WHERE n.id IN (:needs) AND n.owner_id IS NOT NULL
    UNION SELECT f.user_id FROM need_followers f WHERE f.need_id IN (:needs)
    UNION SELECT h.id FROM users h WHERE :all AND h.home_node_id = :node
      AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.active_user_id = h.id)
  ) q JOIN users u ON u.id = q.id
WHERE u.status = 'active'
  AND NOT EXISTS (SELECT 1 FROM memberships k WHERE k.active_user_id = u.id AND k.unit_id IN (:units))
  AND NOT EXISTS (SELECT 1 FROM grants_in_force g WHERE g.user_id = u.id AND NOT g.is_ended AND g.from_at <= :at
    AND (g.until_at IS NULL OR g.until_at > :at) AND (g.node_id IN (:units) OR g.role IN (:roles) AND EXISTS (
      SELECT 1 FROM node_ancestors a WHERE a.node_id = :node AND a.ancestor_id = g.node_id)))
ORDER BY u.id;
