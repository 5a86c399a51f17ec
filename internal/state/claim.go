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
)

// Live tells whether the claim holds its wish. A wish has at most one live
// claim; the database guards it with the same three words.
func (s ClaimStatus) Live() bool {
	switch s {
	case ClaimRequested, ClaimApproved, ClaimDelivered:
		return true
	case ClaimConfirmed, ClaimDeclined, ClaimReleased, ClaimCancelled:
		return false
	}
	return false
}

// Claim is the lifecycle of a claim.
var Claim = Machine[ClaimStatus]{
	Noun:    "claim",
	Initial: ClaimRequested,
	Transitions: []Transition[ClaimStatus]{
		{ClaimRequested, EventApprove, ClaimApproved, []Party{PartyDecider}, ""},
		{ClaimRequested, EventDecline, ClaimDeclined, []Party{PartyDecider}, "with a reason; the wish reopens"},
		{ClaimRequested, EventRelease, ClaimReleased, []Party{PartyClaimant}, "the wish reopens"},
		{ClaimRequested, EventCancel, ClaimCancelled, []Party{PartySystem}, "the owner withdrew the wish"},
		{ClaimApproved, EventRelease, ClaimReleased, []Party{PartyClaimant}, "the wish reopens"},
		{ClaimApproved, EventCancel, ClaimCancelled, []Party{PartySystem}, "the owner withdrew the wish"},
		{ClaimApproved, EventDeliver, ClaimDelivered, []Party{PartyClaimant}, ""},
		{ClaimDelivered, EventReturn, ClaimApproved, []Party{PartyOwner}, "the owner answered \"not yet\""},
		{ClaimDelivered, EventConfirm, ClaimConfirmed, []Party{PartyOwner}, "pays the points; the wish is fulfilled"},
	},
}
