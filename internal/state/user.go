package state

// UserStatus is where a person stands with us.
type UserStatus string

// The statuses. Who is leaving has no name and no way in any more, and what goes with
// the account is being taken away.
const (
	UserActive  UserStatus = "active"
	UserLeaving UserStatus = "leaving"
	UserDeleted UserStatus = "deleted"
)

// User is the lifecycle of a person.
var User = Machine[UserStatus]{
	Noun:    "user",
	Table:   "users",
	Initial: UserActive,
	Transitions: []Transition[UserStatus]{
		{UserActive, EventEdit, UserActive, []Party{PartyMember}, "what they say about themself, or their phone"},
		{UserActive, EventJoin, UserActive, []Party{PartyDecider}, "hours written down are joined to an account"},
		{UserActive, EventUndo, UserActive, []Party{PartyDecider}, "they are so no more"},
		{UserActive, EventLeave, UserLeaving, []Party{PartyMember},
			"the account is deleted: name, phone and log-in go at once"},
		{UserLeaving, EventEnd, UserDeleted, []Party{PartySystem}, "all that goes is gone; the number stays"},
	},
}
