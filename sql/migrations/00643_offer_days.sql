-- +goose Up
-- Days on which an offer is not open as its day of the week says: closed all day, or open at other hours beside.
CREATE TABLE offer_days (
  offer_id BIGINT NOT NULL,
  day DATE NOT NULL,
  kind VARCHAR(8) NOT NULL,
  from_minute SMALLINT NOT NULL,
  until_minute SMALLINT NOT NULL,
  PRIMARY KEY (offer_id, day, kind, from_minute),
  CONSTRAINT offer_days_offer_fk FOREIGN KEY (offer_id) REFERENCES offers (id),
  CONSTRAINT offer_days_kind CHECK (kind IN ('closed', 'extra')),
  CONSTRAINT offer_days_span CHECK (0 <= from_minute AND from_minute < until_minute AND until_minute <= 1440
    AND from_minute % 30 = 0 AND until_minute % 30 = 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
