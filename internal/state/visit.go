package state

// VisitStatus is where a visit stands.
type VisitStatus string

// The statuses of a visit.
const (
	VisitInvited   VisitStatus = "invited" // a resident asks the leader to come
	VisitPlanned   VisitStatus = "planned" // it has a place and a time
	VisitHeld      VisitStatus = "held"    // what was heard is written down, and is worked on
	VisitClosed    VisitStatus = "closed"  // each of its needs has an end
	VisitCancelled VisitStatus = "cancelled"
)

// Visit is the lifecycle of a visit.
var Visit = Machine[VisitStatus]{
	Noun:    "visit",
	Table:   "visits",
	Initial: VisitPlanned,
	Others:  []VisitStatus{VisitInvited},
	Transitions: []Transition[VisitStatus]{
		{VisitInvited, EventAccept, VisitPlanned, []Party{PartyLeader}, "says where and when"},
		{VisitInvited, EventDecline, VisitCancelled, []Party{PartyLeader}, "with a reason"},
		{VisitInvited, EventWithdraw, VisitCancelled, []Party{PartyOwner}, ""},
		{VisitPlanned, EventEdit, VisitPlanned, []Party{PartyLeader}, "another place or time"},
		{VisitPlanned, EventHold, VisitHeld, []Party{PartyLeader, PartyRecorder}, "what was heard becomes needs"},
		{VisitPlanned, EventCancel, VisitCancelled, []Party{PartyLeader}, "with a reason"},
		{VisitHeld, EventClose, VisitClosed, []Party{PartySystem}, "each of its needs has an end"},
	},
	Messages: []Message{
		{EventCreate, []Party{PartyLeader}},
		{EventAccept, []Party{PartyOwner}},
		{EventDecline, []Party{PartyOwner}},
		{EventEdit, []Party{PartyOwner}},
		{EventCancel, []Party{PartyOwner}},
		{EventHold, []Party{PartyOwner, PartyLeader}},
		{EventClose, []Party{PartyOwner, PartyLeader}},
	},
}
