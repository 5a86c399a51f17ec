package id

type (
	offerNoun   struct{}
	bookingNoun struct{}
)

// Offer and Booking identify what a body opens to people, and who uses it when.
type (
	Offer   = ID[offerNoun]
	Booking = ID[bookingNoun]
)
