package state

// ClaimStatus is where a claim stands.
type ClaimStatus string

// The statuses of a claim.
const (
	ClaimRequested ClaimStatus = "requested" // waits for a decider
	ClaimApproved  ClaimStatus = "approved"  // the claimant may read the contact and deliver
	ClaimDelivered ClaimStatus = "delivered" // waits for the owner's answer
	ClaimConfirmed ClaimStatus = "confirmed"
	ClaimDeclined  ClaimStatus = "declined"
	ClaimReleased  ClaimStatus = "released"
	ClaimCancelled ClaimStatus = "cancelled"
	ClaimLapsed    ClaimStatus = "lapsed"
)

// IsLive tells whether the claim holds its wish. A wish has at most one live
// claim; the database guards it with the same three words.
func (s ClaimStatus) IsLive() bool {
	switch s {
	case ClaimRequested, ClaimApproved, ClaimDelivered:
		return true
	case ClaimConfirmed, ClaimDeclined, ClaimReleased, ClaimCancelled, ClaimLapsed:
		return false
	}
	return false
}

// Claim is the lifecycle of a claim.
var Claim = Machine[ClaimStatus]{
	Noun:    "claim",
	Table:   "claims",
	Initial: ClaimRequested,
	Transitions: []Transition[ClaimStatus]{
		{ClaimRequested, EventApprove, ClaimApproved, []Party{PartyDecider}, ""},
		{ClaimRequested, EventDecline, ClaimDeclined, []Party{PartyDecider}, "with a reason; the wish reopens"},
		{ClaimRequested, EventRelease, ClaimReleased, []Party{PartyClaimant}, "the wish reopens"},
		{ClaimRequested, EventCancel, ClaimCancelled, []Party{PartySystem}, "the owner withdrew the wish"},
		{ClaimRequested, EventLapse, ClaimLapsed, []Party{PartySystem}, "undecided for 7 days; the wish reopens"},
		{ClaimRequested, EventAccept, ClaimRequested, []Party{PartyInvited}, "joins the claimant"},
		{ClaimRequested, EventEscalate, ClaimRequested, []Party{PartySystem}, "undecided for 3 days: the next level is told"},
		{ClaimApproved, EventAccept, ClaimApproved, []Party{PartyInvited}, "joins the claimant"},
		{ClaimApproved, EventRelease, ClaimReleased, []Party{PartyClaimant}, "the wish reopens"},
		{ClaimApproved, EventCancel, ClaimCancelled, []Party{PartySystem}, "the owner withdrew the wish"},
		{ClaimApproved, EventLapse, ClaimLapsed, []Party{PartySystem}, "undelivered for 30 days; the wish reopens"},
		{ClaimApproved, EventDeliver, ClaimDelivered, []Party{PartyClaimant}, "freezes who takes part"},
		{ClaimDelivered, EventReturn, ClaimApproved, []Party{PartyOwner, PartyDecider},
			"\"not yet\", the first time; later staff decides"},
		{ClaimDelivered, EventDispute, ClaimDelivered, []Party{PartyOwner, PartyDecider},
			"\"not yet\" once more, against a recorded yes, or nobody came: staff decides"},
		{ClaimDelivered, EventCallBack, ClaimDelivered, []Party{PartySystem},
			"unanswered for 3 days, or the resident has no phone: staff is to ask"},
		{ClaimDelivered, EventAskAgain, ClaimDelivered, []Party{PartyDecider},
			"the resident's yes is recorded, and drawn: another person asks again"},
		{ClaimDelivered, EventMissCall, ClaimDelivered, []Party{PartyDecider}, "staff asked, and nobody answered"},
		{ClaimDelivered, EventEscalate, ClaimDelivered, []Party{PartySystem}, "a dispute undecided for 3 days"},
		{ClaimDelivered, EventDecline, ClaimDeclined, []Party{PartyDecider}, "a dispute; the wish reopens"},
		{ClaimDelivered, EventConfirm, ClaimConfirmed, []Party{PartyOwner, PartyDecider},
			"pays the points, the wish is fulfilled; staff records what the resident said"},
		{ClaimConfirmed, EventUndo, ClaimDelivered, []Party{PartyOwner, PartyDecider},
			"with a reason; takes the points back; the owner the own yes, once within a day"},
		{ClaimConfirmed, EventCorrect, ClaimConfirmed, []Party{PartyDecider}, "an objection to one's points is upheld"},
		{ClaimConfirmed, EventThank, ClaimConfirmed, []Party{PartyOwner}, "stars and a sentence, once"},
	},
	Messages: []Message{
		{EventCreate, []Party{PartyInvited, PartyOwner, PartyRecorder}},
		{EventAccept, []Party{PartyClaimant}},
		{EventEscalate, []Party{PartyDecider}},
		{EventApprove, []Party{PartyClaimant, PartyInvited, PartyOwner, PartyRecorder}},
		{EventDecline, []Party{PartyClaimant, PartyInvited, PartyOwner, PartyRecorder}},
		{EventRelease, []Party{PartyOwner, PartyRecorder, PartyInvited}},
		{EventLapse, []Party{PartyClaimant, PartyInvited, PartyOwner, PartyRecorder}},
		{EventCancel, []Party{PartyClaimant, PartyInvited}},
		{EventDeliver, []Party{PartyOwner, PartyRecorder, PartyInvited}},
		{EventAskAgain, []Party{PartyClaimant, PartyInvited, PartyOwner}},
		{EventReturn, []Party{PartyClaimant, PartyInvited}},
		{EventDispute, []Party{PartyClaimant}},
		{EventConfirm, []Party{PartyClaimant, PartyInvited, PartyOwner}},
		{EventThank, []Party{PartyClaimant, PartyInvited}},
		{EventUndo, []Party{PartyClaimant, PartyInvited, PartyOwner, PartyRecorder, PartyDecider}},
	},
}
