-- +goose Up
-- Who agreed to which version of the privacy guide and the user agreement, and when. Another version is asked for anew.
CREATE TABLE consents (
  user_id BIGINT NOT NULL,
  document VARCHAR(12) NOT NULL,
  version CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  agreed_at DATETIME(3) NOT NULL,
  PRIMARY KEY (user_id, document, version),
  CONSTRAINT consents_user_fk FOREIGN KEY (user_id) REFERENCES users (id),
  CONSTRAINT consents_document CHECK (document IN ('agreement', 'privacy'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
