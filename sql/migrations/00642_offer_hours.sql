-- +goose Up
-- When an offer is open on each day of the week, Monday being 1, in minutes from midnight in Shanghai.
CREATE TABLE offer_hours (
  offer_id BIGINT NOT NULL,
  weekday SMALLINT NOT NULL,
  from_minute SMALLINT NOT NULL,
  until_minute SMALLINT NOT NULL,
  PRIMARY KEY (offer_id, weekday, from_minute),
  CONSTRAINT offer_hours_offer_fk FOREIGN KEY (offer_id) REFERENCES offers (id),
  CONSTRAINT offer_hours_weekday CHECK (weekday BETWEEN 1 AND 7),
  CONSTRAINT offer_hours_span CHECK (0 <= from_minute AND from_minute < until_minute AND until_minute <= 1440
    AND from_minute % 30 = 0 AND until_minute % 30 = 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
