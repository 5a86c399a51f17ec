package state

// AdmissionStatus is where an admission stands.
type AdmissionStatus string

// The statuses of an admission.
const (
	AdmissionAsked     AdmissionStatus = "asked"    // waits for the county
	AdmissionAdmitted  AdmissionStatus = "admitted" // in force on its days
	AdmissionRefused   AdmissionStatus = "refused"
	AdmissionLapsed    AdmissionStatus = "lapsed" // nobody decided in time, which counts as refused
	AdmissionWithdrawn AdmissionStatus = "withdrawn"
	AdmissionEnded     AdmissionStatus = "ended" // before its last day
)

// Admission is the lifecycle of an admission: a department asks the county whether it may give communities work that
// their duty list does not name.
var Admission = Machine[AdmissionStatus]{
	Noun:    "admission",
	Table:   "admissions",
	Initial: AdmissionAsked,
	Transitions: []Transition[AdmissionStatus]{
		{AdmissionAsked, EventApprove, AdmissionAdmitted, []Party{PartyDecider}, "of the county"},
		{AdmissionAsked, EventRefuse, AdmissionRefused, []Party{PartyDecider}, "likewise, with a reason"},
		{AdmissionAsked, EventLapse, AdmissionLapsed, []Party{PartySystem}, "15 working days without a decision"},
		{AdmissionAsked, EventWithdraw, AdmissionWithdrawn, []Party{PartySender}, ""},
		{AdmissionAdmitted, EventEnd, AdmissionEnded, []Party{PartyDecider, PartySender}, "before its last day"},
	},
	Messages: []Message{
		{EventApprove, []Party{PartySender, PartyResponder}},
		{EventRefuse, []Party{PartySender}},
		{EventLapse, []Party{PartySender}},
		{EventEnd, []Party{PartySender, PartyResponder}},
	},
}
