package state

// WishStatus is where a wish stands.
type WishStatus string

// The statuses of a wish.
const (
	WishSubmitted WishStatus = "submitted" // waits for a decider; seen by owner and staff only
	WishOpen      WishStatus = "open"      // in the hall, may be claimed
	WishTaken     WishStatus = "taken"     // has exactly one live claim
	WishFulfilled WishStatus = "fulfilled"
	WishRejected  WishStatus = "rejected"
	WishWithdrawn WishStatus = "withdrawn"
	WishExpired   WishStatus = "expired" // nobody took it for a long time
)

// Wish is the lifecycle of a wish.
var Wish = Machine[WishStatus]{
	Noun:    "wish",
	Table:   "wishes",
	Initial: WishSubmitted,
	Transitions: []Transition[WishStatus]{
		{WishSubmitted, EventPublish, WishOpen, []Party{PartyDecider}, ""},
		{WishSubmitted, EventReject, WishRejected, []Party{PartyDecider}, "with a reason"},
		{WishSubmitted, EventEdit, WishSubmitted, []Party{PartyOwner}, ""},
		{WishSubmitted, EventAttach, WishSubmitted, []Party{PartyDecider}, "gives a wish posted on behalf to its resident"},
		{WishOpen, EventAttach, WishOpen, []Party{PartyDecider}, "likewise"},
		{WishTaken, EventAttach, WishTaken, []Party{PartyDecider}, "likewise"},
		{WishSubmitted, EventEscalate, WishSubmitted, []Party{PartySystem}, "undecided for 3 days: the next level is told"},
		{WishRejected, EventEdit, WishSubmitted, []Party{PartyOwner}, "asks anew"},
		{WishSubmitted, EventWithdraw, WishWithdrawn, []Party{PartyOwner}, ""},
		{WishOpen, EventWithdraw, WishWithdrawn, []Party{PartyOwner}, ""},
		{WishOpen, EventExpire, WishExpired, []Party{PartySystem}, "nobody claimed it for 90 days"},
		{WishOpen, EventClaim, WishTaken, []Party{PartyMember}, "the first one wins"},
		{WishTaken, EventWithdraw, WishWithdrawn, []Party{PartyOwner}, "until delivery; the claim becomes cancelled"},
		{WishTaken, EventReopen, WishOpen, []Party{PartySystem}, "the claim was declined, released or lapsed"},
		{WishTaken, EventConfirm, WishFulfilled, []Party{PartySystem}, "the claim was confirmed"},
		{WishFulfilled, EventUndo, WishTaken, []Party{PartySystem}, "the confirmation was undone"},
	},
	Messages: []Message{
		{EventEscalate, []Party{PartyDecider}},
		{EventPublish, []Party{PartyOwner, PartyRecorder}},
		{EventReject, []Party{PartyOwner, PartyRecorder}},
		{EventAttach, []Party{PartyOwner}},
		{EventExpire, []Party{PartyOwner, PartyRecorder}},
	},
}
