package doctor

import (
	"context"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/offer"
)

// offers looks for offers and bookings that no rule allows.
func offers(ctx context.Context, e env) ([]string, error) {
	args := mysql.Args{"at": e.db.Now(), "hosting": offer.Hosting(), "roles": id.Deciders()}
	return eachNamed(ctx, e, args, map[string]string{
		"doctor.offer_hosts":      "offer %d was changed by who does not answer for its host",
		"doctor.offer_stops":      "offer %d has stops that are no route",
		"doctor.booking_slots":    "booking %d has other half hours than its time",
		"doctor.booking_openings": "booking %d is at a time at which nothing is open",
		"doctor.booking_offers":   "booking %d was made of what was not open, or is left over of what is closed",
		"doctor.booking_hosts":    "booking %d was decided or let in by who does not answer for the host",
		"doctor.booking_ends":     "booking %d waits though its time is over",
	})
}
