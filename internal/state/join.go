package state

// JoinStatus is where the joining of hours to an account stands.
type JoinStatus string

// The statuses of a join.
const (
	JoinJoined JoinStatus = "joined"
	JoinUndone JoinStatus = "undone"
)

// Join is the lifecycle of hours of a person without a phone that are joined to an
// account.
var Join = Machine[JoinStatus]{
	Noun:    "join",
	Table:   "hour_joins",
	Initial: JoinJoined,
	Transitions: []Transition[JoinStatus]{
		{JoinJoined, EventJoin, JoinJoined, []Party{PartyDecider}, "hours that were credited since follow"},
		{JoinJoined, EventUndo, JoinUndone, []Party{PartyDecider}, "with a reason; the hours go back to the person"},
	},
	Messages: []Message{
		{EventCreate, []Party{PartyVolunteer}},
		{EventJoin, []Party{PartyVolunteer}},
		{EventUndo, []Party{PartyVolunteer, PartyDecider}},
	},
}
