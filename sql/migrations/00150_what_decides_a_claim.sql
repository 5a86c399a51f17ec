-- +goose Up
-- What decides a claim: how long the deed takes, when a visit suits, and the estate where its asker agreed to show it.
-- NULL, and no estate, where nothing was said.
ALTER TABLE wishes
  ADD COLUMN effort VARCHAR(16) NULL AFTER description,
  ADD COLUMN suits VARCHAR(16) NULL AFTER effort,
  ADD COLUMN estate VARCHAR(40) NOT NULL DEFAULT '' AFTER suits,
  ADD CONSTRAINT wishes_effort CHECK (effort IN ('half_hour', 'half_day')),
  ADD CONSTRAINT wishes_suits CHECK (suits IN ('daytime', 'evening', 'weekend', 'by_phone'));
