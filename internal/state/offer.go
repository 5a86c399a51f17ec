package state

// OfferStatus is where an offer stands.
type OfferStatus string

// The statuses of an offer.
const (
	OfferDraft  OfferStatus = "draft"
	OfferOpen   OfferStatus = "open"   // people book it
	OfferPaused OfferStatus = "paused" // nobody books it for now; what is booked stays
	OfferClosed OfferStatus = "closed"
)

// Offer is the lifecycle of what a body opens to people.
var Offer = Machine[OfferStatus]{
	Noun:    "offer",
	Table:   "offers",
	Initial: OfferDraft,
	Transitions: []Transition[OfferStatus]{
		{OfferDraft, EventOpen, OfferOpen, []Party{PartyResponder}, "people book it from now on"},
		{OfferOpen, EventEdit, OfferOpen, []Party{PartyResponder}, "a day on which it is closed, or open beside"},
		{OfferOpen, EventReplace, OfferOpen, []Party{PartyResponder}, "other hours from now on"},
		{OfferOpen, EventSuspend, OfferPaused, []Party{PartyResponder}, "what is booked stays"},
		{OfferOpen, EventRemind, OfferOpen, []Party{PartySystem}, "a desk to which nobody came for two weeks"},
		{OfferPaused, EventResume, OfferOpen, []Party{PartyResponder}, ""},
		{OfferDraft, EventClose, OfferClosed, []Party{PartyResponder, PartyDecider}, ""},
		{OfferOpen, EventClose, OfferClosed, []Party{PartyResponder, PartyDecider}, "what is booked is called off"},
		{OfferPaused, EventClose, OfferClosed, []Party{PartyResponder, PartyDecider}, "likewise"},
	},
	Messages: []Message{
		{EventRemind, []Party{PartyOverseer}},
	},
}

// BookingStatus is where a booking stands.
type BookingStatus string

// The statuses of a booking.
const (
	BookingRequested BookingStatus = "requested" // its host says yes or no within a working day
	BookingConfirmed BookingStatus = "confirmed"
	BookingUsed      BookingStatus = "used"
	BookingMissed    BookingStatus = "missed" // nobody came
	BookingDeclined  BookingStatus = "declined"
	BookingCancelled BookingStatus = "cancelled"
	BookingCalledOff BookingStatus = "called_off" // its host is not open then after all
)

// Booking is the lifecycle of a booking.
var Booking = Machine[BookingStatus]{
	Noun:    "booking",
	Table:   "bookings",
	Initial: BookingRequested,
	Others:  []BookingStatus{BookingConfirmed},
	Transitions: []Transition[BookingStatus]{
		{BookingRequested, EventConfirm, BookingConfirmed, []Party{PartyResponder}, ""},
		{BookingRequested, EventDecline, BookingDeclined, []Party{PartyResponder}, "with a reason"},
		{BookingRequested, EventExpire, BookingDeclined, []Party{PartySystem}, "nobody answered in time"},
		{BookingRequested, EventCancel, BookingCancelled, []Party{PartyOwner, PartyResponder}, "or who wrote it down"},
		{BookingRequested, EventCallOff, BookingCalledOff, []Party{PartyResponder}, "another place is proposed"},
		{BookingConfirmed, EventCancel, BookingCancelled, []Party{PartyOwner, PartyResponder}, "or who wrote it down"},
		{BookingConfirmed, EventCallOff, BookingCalledOff, []Party{PartyResponder, PartyDecider}, "likewise"},
		{BookingConfirmed, EventAttend, BookingUsed, []Party{PartyResponder}, "by the code or the name at the door"},
		{BookingConfirmed, EventMiss, BookingMissed, []Party{PartySystem}, "nobody came on that day"},
		{BookingMissed, EventCorrect, BookingUsed, []Party{PartyResponder}, "somebody did come"},
	},
	Messages: []Message{
		{EventConfirm, []Party{PartyOwner}},
		{EventDecline, []Party{PartyOwner}},
		{EventExpire, []Party{PartyOwner}},
		{EventCallOff, []Party{PartyOwner}},
		{EventMiss, []Party{PartyOwner}},
		{EventCorrect, []Party{PartyOwner}},
	},
}
