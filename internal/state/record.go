package state

// RecordStatus is where a service record stands.
type RecordStatus string

// The statuses of a service record.
const (
	RecordRecorded  RecordStatus = "recorded"  // written down; waits for who confirms
	RecordConfirmed RecordStatus = "confirmed" // confirmed, and waits for a further, higher review
	RecordCredited  RecordStatus = "credited"  // its minutes and points are posted
	RecordRejected  RecordStatus = "rejected"
	RecordCorrected RecordStatus = "corrected" // a later record names it and stands in its place
)

// Record is the lifecycle of a service record.
var Record = Machine[RecordStatus]{
	Noun:    "service_record",
	Table:   "service_records",
	Initial: RecordRecorded,
	Transitions: []Transition[RecordStatus]{
		{RecordRecorded, EventCredit, RecordCredited, []Party{PartyLeader, PartyDecider},
			"the only review that is due; posts minutes and points"},
		{RecordRecorded, EventConfirm, RecordConfirmed, []Party{PartyLeader, PartyDecider},
			"a further review is due: over 8 or 12 hours in the day, or drawn as a sample"},
		{RecordRecorded, EventReject, RecordRejected, []Party{PartyDecider}, "with a reason"},
		{RecordRecorded, EventEscalate, RecordRecorded, []Party{PartySystem}, "undecided for 3 days: the next level is told"},
		{RecordConfirmed, EventConfirm, RecordConfirmed, []Party{PartyDecider}, "one more review is due, higher again"},
		{RecordConfirmed, EventCredit, RecordCredited, []Party{PartyDecider}, "posts minutes and points"},
		{RecordConfirmed, EventReject, RecordRejected, []Party{PartyDecider}, "with a reason"},
		{RecordConfirmed, EventEscalate, RecordConfirmed, []Party{PartySystem}, "undecided for 3 days"},
		{RecordCredited, EventCorrect, RecordCorrected, []Party{PartyDecider},
			"with a reason; takes minutes and points back, the new record posts its own"},
	},
	Messages: []Message{
		{EventEscalate, []Party{PartyDecider}},
		{EventCredit, []Party{PartyVolunteer}},
		{EventReject, []Party{PartyVolunteer}},
		{EventCorrect, []Party{PartyVolunteer, PartyDecider}},
	},
}

// ObjectionStatus is where an objection to an absence or to a record's minutes
// stands.
type ObjectionStatus string

// The statuses of an objection.
const (
	ObjectionOpen      ObjectionStatus = "open"
	ObjectionUpheld    ObjectionStatus = "upheld" // the record is corrected
	ObjectionDismissed ObjectionStatus = "dismissed"
)

// Objection is the lifecycle of an objection.
var Objection = Machine[ObjectionStatus]{
	Noun:    "objection",
	Table:   "objections",
	Initial: ObjectionOpen,
	Transitions: []Transition[ObjectionStatus]{
		{ObjectionOpen, EventUphold, ObjectionUpheld, []Party{PartyDecider}, "corrects the record, or makes one"},
		{ObjectionOpen, EventDismiss, ObjectionDismissed, []Party{PartyDecider}, "with a reason"},
		{ObjectionOpen, EventEscalate, ObjectionOpen, []Party{PartySystem}, "undecided for 3 days: the next level is told"},
	},
	Messages: []Message{
		{EventEscalate, []Party{PartyDecider}},
		{EventUphold, []Party{PartyVolunteer}},
		{EventDismiss, []Party{PartyVolunteer}},
	},
}

// Source is how a service record came to be.
type Source string

// The sources.
const (
	SourceActivity   Source = "activity"   // the settlement of an activity
	SourceSelf       Source = "self"       // reported by who served
	SourceCorrection Source = "correction" // stands in the place of another record, or of an absence
)

// Sources lists them.
func Sources() []Source { return []Source{SourceActivity, SourceSelf, SourceCorrection} }
