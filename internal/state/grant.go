package state

// GrantStatus is where a grant stands; whether its span of days has come or is
// over, time alone decides.
type GrantStatus string

// The statuses of a grant.
const (
	GrantGiven GrantStatus = "given"
	GrantEnded GrantStatus = "ended" // before its time
)

// Grant is the lifecycle of a grant.
var Grant = Machine[GrantStatus]{
	Noun:    "grant",
	Table:   "role_grants",
	Initial: GrantGiven,
	Transitions: []Transition[GrantStatus]{
		{GrantGiven, EventEnd, GrantEnded, []Party{PartyDecider, PartyMember},
			"by who may give it, or who delegated it, with a reason; by its holder with the account"},
	},
	Messages: []Message{
		{EventCreate, []Party{PartyMember}},
		{EventEnd, []Party{PartyMember}},
	},
}
