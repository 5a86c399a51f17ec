-- +goose Up
-- As certificates.code: the code lies sealed, invite_code is what finds it again.
ALTER TABLE teams
  MODIFY COLUMN invite_code VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ADD COLUMN invite_sealed VARBINARY(200) NULL AFTER invite_code;
