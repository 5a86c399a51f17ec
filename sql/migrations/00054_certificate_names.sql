-- +goose Up
-- Where the name on the paper comes from, and who of the staff issued it for the holder. Up to now every name was
-- that of the report-in, or else what the holder calls themself.
ALTER TABLE certificates
  ADD COLUMN name_source VARCHAR(12) NOT NULL DEFAULT 'self' AFTER holder_label,
  ADD COLUMN issued_by BIGINT NULL AFTER name_source,
  ADD CONSTRAINT certificates_issued_by_fk FOREIGN KEY (issued_by) REFERENCES users (id),
  ADD CONSTRAINT certificates_name_source CHECK (name_source IN ('roster', 'community', 'self')),
  ADD CONSTRAINT certificates_by_others
    CHECK (issued_by IS NULL OR (issued_by <> user_id AND name_source <> 'self'));
