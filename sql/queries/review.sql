-- name: is_on
SELECT COUNT(*) FROM review_codes WHERE until_at > :at AND ended_at IS NULL;

-- The person behind a code that holds.
-- name: by_code
SELECT c.id, c.user_id, c.until_at FROM review_codes c
WHERE c.lookup IN (:lookups) AND c.until_at > :at AND c.ended_at IS NULL;

-- name: log_in
INSERT INTO review_log_ins (id, code_id, token_lookup, at) VALUES (:id, :code, :token, :at);

-- name: by_token
SELECT c.user_id FROM review_log_ins l JOIN review_codes c ON c.id = l.code_id
WHERE l.token_lookup IN (:lookups) AND l.ended_at IS NULL AND c.until_at > :at AND c.ended_at IS NULL;

-- name: log_out
UPDATE review_log_ins SET ended_at = :at WHERE token_lookup IN (:lookups) AND ended_at IS NULL;

-- name: people
SELECT p.account, p.user_id FROM review_people p ORDER BY p.account;

-- name: teams
SELECT COUNT(*) FROM team_members WHERE user_id = :leader;

-- The community of the prepared people.
-- name: community
SELECT n.id FROM review_nodes r JOIN nodes n ON n.id = r.node_id WHERE n.kind = 'community';

-- name: add_node
INSERT INTO review_nodes (node_id, since) VALUES (:node, :at);

-- name: add_person
INSERT INTO review_people (user_id, account) VALUES (:user, :account);

-- name: add_code
INSERT INTO review_codes (id, user_id, lookup, given_at, until_at) VALUES (:id, :user, :lookup, :at, :until);

-- name: end_codes
UPDATE review_codes SET ended_at = :at WHERE ended_at IS NULL AND until_at > :at;

-- name: codes
SELECT p.account, c.given_at, c.until_at, c.ended_at,
  (SELECT COUNT(*) FROM review_log_ins l WHERE l.code_id = c.id) AS log_ins,
  (SELECT MAX(l.at) FROM review_log_ins l WHERE l.code_id = c.id) AS last_at
FROM review_codes c JOIN review_people p ON p.user_id = c.user_id
ORDER BY c.id DESC LIMIT 100;
