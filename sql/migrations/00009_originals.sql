-- +goose Up
-- What a person wrote, sealed, where the stored text had a phone or ID number taken out.
CREATE TABLE originals (
  noun VARCHAR(20) NOT NULL,
  subject_id BIGINT NOT NULL,
  field VARCHAR(30) NOT NULL,
  sealed VARBINARY(4000) NOT NULL,
  PRIMARY KEY (noun, subject_id, field)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
