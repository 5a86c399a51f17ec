-- +goose Up
-- A person's own contact, sealed, so that the next wish does not ask for it again; consented_at is when they agreed.
CREATE TABLE kept_contacts (
  user_id BIGINT NOT NULL,
  contact_name VARBINARY(255) NOT NULL,
  contact_phone VARBINARY(255) NOT NULL,
  contact_address VARBINARY(600) NOT NULL,
  consented_at DATETIME(3) NOT NULL,
  PRIMARY KEY (user_id),
  CONSTRAINT kept_contacts_user_fk FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
