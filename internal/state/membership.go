package state

// MembershipStatus is where a report-in stands.
type MembershipStatus string

// The statuses of a report-in.
const (
	MembershipRequested MembershipStatus = "requested" // waits for a decider
	MembershipActive    MembershipStatus = "active"    // may claim; at most one a person
	MembershipLeft      MembershipStatus = "left"
	MembershipRejected  MembershipStatus = "rejected"
)

// Membership is the lifecycle of a report-in.
var Membership = Machine[MembershipStatus]{
	Noun:    "membership",
	Table:   "memberships",
	Initial: MembershipRequested,
	Transitions: []Transition[MembershipStatus]{
		{MembershipRequested, EventApprove, MembershipActive, []Party{PartyDecider, PartySystem},
			"by the system when the unit's roster has the name and nobody holds its place; one elsewhere is left"},
		{MembershipRequested, EventReject, MembershipRejected, []Party{PartyDecider}, "with a reason"},
		{MembershipRequested, EventEscalate, MembershipRequested, []Party{PartySystem},
			"undecided for 3 days: the next level is told"},
		{MembershipRequested, EventLeave, MembershipLeft, []Party{PartyMember}, "taken back before a decision"},
		{MembershipActive, EventLeave, MembershipLeft, []Party{PartyMember, PartySystem},
			"live claims are released first; by the system when the member moves"},
		{MembershipActive, EventEnd, MembershipLeft, []Party{PartyDecider},
			"with a reason; claims that are not delivered are released"},
	},
	Messages: []Message{
		{EventEscalate, []Party{PartyDecider}},
		{EventApprove, []Party{PartyMember}},
		{EventReject, []Party{PartyMember}},
		{EventLeave, []Party{PartyMember}},
		{EventEnd, []Party{PartyMember}},
	},
}
