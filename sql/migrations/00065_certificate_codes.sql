-- +goose Up
-- The code itself lies sealed; what the column code has is the value by which it is found again. Rows from before have
-- the plain code and nothing sealed, until the worker has sealed it.
ALTER TABLE certificates
  MODIFY COLUMN code VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ADD COLUMN code_sealed VARBINARY(200) NULL AFTER code;
