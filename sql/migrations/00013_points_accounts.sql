-- +goose Up
-- Members have balances; system accounts keep none, since one row that every posting updates would be hot.
CREATE TABLE points_accounts (
  id BIGINT NOT NULL,
  kind VARCHAR(16) NOT NULL,
  user_id BIGINT NULL,
  unit VARCHAR(10) NOT NULL,
  balance BIGINT NOT NULL DEFAULT 0,
  version BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  UNIQUE KEY points_accounts_user (user_id, unit),
  CONSTRAINT points_accounts_unit CHECK (unit IN ('points')),
  CONSTRAINT points_accounts_kind CHECK (kind IN ('member', 'grant', 'correction')),
  CONSTRAINT points_accounts_owner CHECK ((kind = 'member') = (user_id IS NOT NULL)),
  CONSTRAINT points_accounts_system CHECK (kind = 'member' OR balance = 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
