package state

// ComplaintStatus is where a complaint or a suggestion stands.
type ComplaintStatus string

// The statuses of a complaint.
const (
	ComplaintOpen     ComplaintStatus = "open"     // waits for an answer
	ComplaintAnswered ComplaintStatus = "answered" // its author may ask once more
	ComplaintClosed   ComplaintStatus = "closed"   // its author says that it is settled
)

// Complaint is the lifecycle of a complaint or a suggestion.
var Complaint = Machine[ComplaintStatus]{
	Noun:    "complaint",
	Table:   "complaints",
	Initial: ComplaintOpen,
	Transitions: []Transition[ComplaintStatus]{
		{ComplaintOpen, EventAnswer, ComplaintAnswered, []Party{PartyDecider}, "by whom it is not about"},
		{ComplaintOpen, EventEscalate, ComplaintOpen, []Party{PartySystem}, "unanswered for 3 days: the next level is told"},
		{ComplaintOpen, EventClose, ComplaintClosed, []Party{PartyOwner}, "it has settled itself"},
		{ComplaintAnswered, EventReopen, ComplaintOpen, []Party{PartyOwner}, "once, with a reason; the next level answers"},
		{ComplaintAnswered, EventClose, ComplaintClosed, []Party{PartyOwner}, ""},
	},
	Messages: []Message{
		{EventEscalate, []Party{PartyDecider}},
		{EventAnswer, []Party{PartyOwner}},
	},
}
