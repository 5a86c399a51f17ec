-- An answer of the phone, or WeChat's push about it: whichever of the two comes first counts. A message from before the
-- first accept is none that was asked for.
-- name: accept
INSERT INTO subscriptions (user_id, template, accepts, ahead, since) VALUES (:user, :template, 1, :by, :at)
ON DUPLICATE KEY UPDATE since = CASE accepts WHEN 0 THEN VALUES(since) ELSE since END,
  accepts = CASE WHEN ahead * VALUES(ahead) < 0 THEN accepts WHEN :long_term THEN 1 ELSE accepts + 1 END,
  ahead = ahead + VALUES(ahead);

-- name: reject
UPDATE subscriptions SET accepts = 0, ahead = 0 WHERE user_id = :user AND template = :template;

-- name: person
SELECT id FROM users WHERE open_id = :open_id;

-- Whether what the push says is still to be done.
-- name: do_push
UPDATE wechat_pushes SET is_done = TRUE WHERE digest = :digest AND NOT is_done;

-- name: mine
SELECT template, accepts FROM subscriptions WHERE user_id = :user;

-- What went to the phone last.
-- name: sent
SELECT template, status, changed_at FROM subscription_messages
WHERE user_id = :user AND status IN ('sent', 'refused', 'failed', 'uncertain') ORDER BY id DESC LIMIT 10;

-- That nothing is under way to the person.
-- fragment: idle
NOT EXISTS (SELECT 1 FROM subscription_messages l WHERE l.live_user_id = s.user_id)

-- Of each person who has an accept left and to whom nothing is under way: the first message of the inbox since then
-- that is worth a word on the phone, and is not read.
-- name: due
SELECT s.user_id, MIN(i.event_id) AS event_id
FROM subscriptions s FORCE INDEX (subscriptions_accepted) JOIN inbox i ON i.user_id = s.user_id AND i.read_at IS NULL
  AND i.event_id > :oldest
  JOIN events e ON e.id = i.event_id AND e.at >= s.since
  LEFT JOIN subscription_messages m ON m.user_id = i.user_id AND m.event_id = i.event_id
WHERE s.template = :template AND s.accepts > 0 AND m.id IS NULL AND {{idle}}
  AND CONCAT(e.noun, ' ', e.name, ' ', i.part) IN (:worth)
GROUP BY s.user_id ORDER BY s.user_id LIMIT :limit;

-- Who gets the digest of a day and has not got it yet.
-- name: undigested
SELECT s.user_id FROM subscriptions s FORCE INDEX (subscriptions_accepted)
  LEFT JOIN subscription_messages m ON m.user_id = s.user_id AND m.digest_day = :day
WHERE s.template = :template AND s.accepts > 0 AND m.id IS NULL AND {{idle}}
ORDER BY s.user_id LIMIT :limit;

-- One use of an accept: nothing where another message was faster. A long-term one is not used up.
-- name: use
UPDATE subscriptions SET accepts = CASE WHEN :long_term THEN accepts ELSE accepts - 1 END
WHERE user_id = :user AND template = :template AND accepts > 0;

-- name: give_back
UPDATE subscriptions SET accepts = CASE WHEN :long_term THEN accepts ELSE accepts + 1 END
WHERE user_id = :user AND template = :template;

-- name: add
INSERT INTO subscription_messages (id, user_id, template, event_id, digest_day, status, created_at, changed_at)
VALUES (:id, :user, :template, NULLIF(:event, 0), NULLIF(:day, ''), :status, :at, :at);

-- name: get
SELECT m.id, m.user_id, m.template, COALESCE(m.event_id, 0) AS event_id, m.created_at,
  COALESCE(u.open_id, '') AS open_id, i.read_at IS NOT NULL AS is_read
FROM subscription_messages m JOIN users u ON u.id = m.user_id
  LEFT JOIN inbox i ON i.user_id = m.user_id AND i.event_id = m.event_id
WHERE m.id = :id;

-- From here on it may have been sent.
-- name: begin
UPDATE subscription_messages SET status = 'sending', changed_at = :at WHERE id = :id AND status = 'queued';

-- Whoever was sending it is gone, and nobody knows how far they came.
-- name: lose
UPDATE subscription_messages SET status = 'uncertain', changed_at = :at WHERE id = :id AND status = 'sending';

-- name: finish
UPDATE subscription_messages SET status = :status, message_id = NULLIF(:message, ''), changed_at = :at
WHERE id = :id AND status = 'sending';

-- WeChat did not bring it to the phone after all.
-- name: undelivered
UPDATE subscription_messages SET status = 'failed', changed_at = :at WHERE message_id = :message AND status = 'sent';

-- name: forget
DELETE FROM subscriptions WHERE user_id IN (:people);

-- name: forget_messages
DELETE FROM subscription_messages WHERE user_id IN (:people);
