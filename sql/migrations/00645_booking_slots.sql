-- +goose Up
-- One row for each half hour that a booking has: the primary key is what lets nobody else have it, whatever engine is
-- below (docs/adr). The rows of a booking that ends before it is used go, and the half hours are free.
CREATE TABLE booking_slots (
  offer_id BIGINT NOT NULL,
  seat_no SMALLINT NOT NULL,
  starts_at DATETIME(3) NOT NULL,
  booking_id BIGINT NOT NULL,
  PRIMARY KEY (offer_id, seat_no, starts_at),
  KEY booking_slots_booking (booking_id, starts_at),
  CONSTRAINT booking_slots_offer_fk FOREIGN KEY (offer_id) REFERENCES offers (id),
  CONSTRAINT booking_slots_booking_fk FOREIGN KEY (booking_id) REFERENCES bookings (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
