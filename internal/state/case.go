package state

// CaseStatus is where the check of something that people see stands.
type CaseStatus string

// The statuses of a case.
const (
	CaseOpen     CaseStatus = "open"     // waits for staff
	CaseKept     CaseStatus = "kept"     // everybody may see it
	CaseBlurred  CaseStatus = "blurred"  // everybody sees that there is a picture
	CaseRemoved  CaseStatus = "removed"  // nobody else sees it
	CaseReplaced CaseStatus = "replaced" // its writer wrote something else meanwhile
)

// Case is the lifecycle of a check: of a text that was not passed, or of what somebody
// has reported.
var Case = Machine[CaseStatus]{
	Noun:    "case",
	Table:   "content_cases",
	Initial: CaseOpen,
	Transitions: []Transition[CaseStatus]{
		{CaseOpen, EventKeep, CaseKept, []Party{PartyDecider}, "it may be seen"},
		{CaseOpen, EventBlur, CaseBlurred, []Party{PartyDecider}, "a picture, with a reason"},
		{CaseOpen, EventTakeDown, CaseRemoved, []Party{PartyDecider}, "with a reason"},
		{CaseOpen, EventReplace, CaseReplaced, []Party{PartySystem}, "its writer wrote something else"},
		{CaseOpen, EventReport, CaseOpen, []Party{PartyMember}, "somebody else reports it"},
		{CaseOpen, EventEscalate, CaseOpen, []Party{PartySystem}, "undecided for 3 days: the next level is told"},
	},
	Messages: []Message{
		{EventEscalate, []Party{PartyDecider}},
		{EventKeep, []Party{PartyOwner, PartyMember}},
		{EventBlur, []Party{PartyOwner, PartyMember}},
		{EventTakeDown, []Party{PartyOwner, PartyMember}},
	},
}
