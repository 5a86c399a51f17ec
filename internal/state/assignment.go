package state

// AssignmentStatus is where an assignment stands.
type AssignmentStatus string

// The statuses of an assignment.
const (
	AssignmentSent      AssignmentStatus = "sent"    // the clock runs from here
	AssignmentWorking   AssignmentStatus = "working" // somebody has said who does it
	AssignmentReported  AssignmentStatus = "reported"
	AssignmentVerified  AssignmentStatus = "verified"
	AssignmentRefused   AssignmentStatus = "refused"
	AssignmentCancelled AssignmentStatus = "cancelled"
)

// IsLive tells whether somebody still owes something.
func (s AssignmentStatus) IsLive() bool {
	switch s {
	case AssignmentSent, AssignmentWorking, AssignmentReported:
		return true
	case AssignmentVerified, AssignmentRefused, AssignmentCancelled:
		return false
	}
	return false
}

// Assignment is the lifecycle of an assignment: a body owes a named deed by a time, and somebody else says whether it
// is done.
var Assignment = Machine[AssignmentStatus]{
	Noun:    "assignment",
	Table:   "assignments",
	Initial: AssignmentSent,
	Transitions: []Transition[AssignmentStatus]{
		{AssignmentSent, EventAccept, AssignmentWorking, []Party{PartyResponder}, "who will do it"},
		{AssignmentSent, EventRefuse, AssignmentRefused, []Party{PartyResponder}, "with the clause and who instead, in time"},
		{AssignmentSent, EventBind, AssignmentWorking, []Party{PartyDecider}, "above both; it cannot be refused"},
		{AssignmentWorking, EventReport, AssignmentReported, []Party{PartyResponder}, "what was done"},
		{AssignmentReported, EventVerify, AssignmentVerified, []Party{PartySender, PartyRecorder}, "never who reported"},
		{AssignmentReported, EventReturn, AssignmentWorking, []Party{PartySender}, "once; then the level above"},
		{AssignmentWorking, EventExtend, AssignmentWorking, []Party{PartyDecider}, "once, before 80 % of the term is gone"},
		{AssignmentSent, EventCancel, AssignmentCancelled, []Party{PartySender, PartySystem}, ""},
		{AssignmentWorking, EventCancel, AssignmentCancelled, []Party{PartySender, PartySystem}, ""},
		{AssignmentReported, EventCancel, AssignmentCancelled, []Party{PartySender, PartySystem}, ""},
		{AssignmentSent, EventRemind, AssignmentSent, []Party{PartySystem}, "80 % of the term is gone"},
		{AssignmentWorking, EventRemind, AssignmentWorking, []Party{PartySystem}, "likewise"},
		{AssignmentSent, EventEscalate, AssignmentSent, []Party{PartySystem}, "the term is over, and again at twice"},
		{AssignmentWorking, EventEscalate, AssignmentWorking, []Party{PartySystem}, "likewise"},
		{AssignmentVerified, EventUndo, AssignmentReported, []Party{PartyDecider},
			"what it is for came back within 30 days, and is in work"},
	},
	Messages: []Message{
		{EventCreate, []Party{PartyResponder}},
		{EventAccept, []Party{PartySender}},
		{EventRefuse, []Party{PartySender, PartyOverseer}},
		{EventBind, []Party{PartyResponder, PartySender}},
		{EventReport, []Party{PartySender}},
		{EventVerify, []Party{PartyResponder}},
		{EventReturn, []Party{PartyResponder}},
		{EventExtend, []Party{PartyResponder}},
		{EventCancel, []Party{PartyResponder}},
		{EventRemind, []Party{PartyResponder}},
		{EventEscalate, []Party{PartyResponder, PartySender, PartyOverseer, PartyDecider}},
		{EventUndo, []Party{PartyResponder, PartySender, PartyDecider}},
	},
}
