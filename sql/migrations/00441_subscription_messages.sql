-- +goose Up
-- Each message that goes to a person's phone through WeChat, and what became of it: about an event of the inbox, or a
-- digest of a day. It is sent at most once, and one at a time to a person.
CREATE TABLE subscription_messages (
  id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  template VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  event_id BIGINT NULL,
  digest_day CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NULL,
  status VARCHAR(12) NOT NULL,
  message_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
  created_at DATETIME(3) NOT NULL,
  changed_at DATETIME(3) NOT NULL,
  live_user_id BIGINT GENERATED ALWAYS AS (CASE WHEN status IN ('queued', 'sending') THEN user_id END) STORED,
  PRIMARY KEY (id),
  UNIQUE KEY subscription_messages_event (user_id, event_id),
  UNIQUE KEY subscription_messages_day (user_id, digest_day),
  UNIQUE KEY subscription_messages_live (live_user_id),
  UNIQUE KEY subscription_messages_wechat (message_id),
  CONSTRAINT subscription_messages_status CHECK (status IN ('queued', 'sending', 'sent', 'read', 'empty', 'refused',
    'failed', 'uncertain')),
  CONSTRAINT subscription_messages_about CHECK ((event_id IS NULL) <> (digest_day IS NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
