package state

// AgreementStatus is where an agreement stands.
type AgreementStatus string

// The statuses of an agreement.
const (
	AgreementDraft   AgreementStatus = "draft"   // the community writes it
	AgreementOffered AgreementStatus = "offered" // the community has signed, the unit has not yet
	AgreementSigned  AgreementStatus = "signed"  // by both: in force until its year is over
	AgreementEnded   AgreementStatus = "ended"
)

// Agreement is the lifecycle of what a unit promises a community for a year.
var Agreement = Machine[AgreementStatus]{
	Noun:    "agreement",
	Table:   "agreements",
	Initial: AgreementDraft,
	Transitions: []Transition[AgreementStatus]{
		{AgreementDraft, EventEdit, AgreementDraft, []Party{PartyDecider}, "its lines are written anew"},
		{AgreementDraft, EventDispatch, AgreementOffered, []Party{PartyDecider}, "the community signs"},
		{AgreementDraft, EventEnd, AgreementEnded, []Party{PartyDecider}, "it is thrown away"},
		{AgreementOffered, EventReturn, AgreementDraft, []Party{PartyResponder, PartyDecider}, "with a reason"},
		{AgreementOffered, EventAccept, AgreementSigned, []Party{PartyResponder}, "another person signs for the unit"},
		{AgreementSigned, EventEnd, AgreementEnded, []Party{PartyDecider, PartyResponder}, "with a reason"},
		{AgreementSigned, EventReplace, AgreementEnded, []Party{PartySystem}, "both have signed the next version"},
	},
	Messages: []Message{
		{EventDispatch, []Party{PartyResponder}},
		{EventReturn, []Party{PartySender, PartyResponder}},
		{EventAccept, []Party{PartySender}},
		{EventEnd, []Party{PartySender, PartyResponder}},
	},
}
