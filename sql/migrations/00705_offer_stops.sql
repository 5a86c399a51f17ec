-- +goose Up
-- The stops of a route, one after another: what is to be seen at each, and in how many minutes the next one is reached.
CREATE TABLE offer_stops (
  offer_id BIGINT NOT NULL,
  position SMALLINT NOT NULL,
  name VARCHAR(40) NOT NULL,
  place VARCHAR(60) NOT NULL,
  seen VARCHAR(120) NOT NULL,
  minutes SMALLINT NOT NULL,
  PRIMARY KEY (offer_id, position),
  CONSTRAINT offer_stops_offer_fk FOREIGN KEY (offer_id) REFERENCES offers (id),
  CONSTRAINT offer_stops_position CHECK (position BETWEEN 0 AND 11),
  CONSTRAINT offer_stops_minutes CHECK (minutes BETWEEN 1 AND 240)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
