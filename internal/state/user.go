package state

// UserStatus is where a person stands with us.
type UserStatus string

// UserActive is whoever has logged in.
const UserActive UserStatus = "active"

// User is the lifecycle of a person.
var User = Machine[UserStatus]{
	Noun:    "user",
	Table:   "users",
	Initial: UserActive,
	Transitions: []Transition[UserStatus]{
		{UserActive, EventEdit, UserActive, []Party{PartyMember}, "what they say about themself, or their phone"},
		{UserActive, EventJoin, UserActive, []Party{PartyDecider}, "hours written down are joined to an account"},
		{UserActive, EventUndo, UserActive, []Party{PartyDecider}, "they are so no more"},
	},
}
