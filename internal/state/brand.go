package state

// BrandStatus is where a brand stands.
type BrandStatus string

// The statuses of a brand.
const (
	BrandProposed BrandStatus = "proposed" // waits for the other side
	BrandActive   BrandStatus = "active"   // its year goes on
	BrandAsleep   BrandStatus = "asleep"   // its year is over, and nobody renewed it
	BrandStopped  BrandStatus = "stopped"  // with a reason; a proposal that came to nothing, too
)

// Brand is the lifecycle of a lasting service of a community, which units build.
var Brand = Machine[BrandStatus]{
	Noun:    "brand",
	Table:   "brands",
	Initial: BrandProposed,
	Transitions: []Transition[BrandStatus]{
		{BrandProposed, EventAccept, BrandActive, []Party{PartyResponder, PartyDecider}, "by the other side; a year begins"},
		{BrandProposed, EventStop, BrandStopped, []Party{PartyResponder, PartyDecider}, "by either side, with a reason"},
		{BrandActive, EventJoin, BrandActive, []Party{PartyResponder}, "another unit helps; five in all"},
		{BrandActive, EventLeave, BrandActive, []Party{PartyResponder}, "it helps no more, with a reason"},
		{BrandActive, EventOpen, BrandActive, []Party{PartyDecider}, "residents vote, in the last 60 days of the year"},
		{BrandActive, EventClose, BrandActive, []Party{PartySystem}, "the vote is counted"},
		{BrandActive, EventRenew, BrandActive, []Party{PartyDecider}, "five voices or more, most of them yes; for a year"},
		{BrandActive, EventLapse, BrandAsleep, []Party{PartySystem}, "the year is over, or most voices were no"},
		{BrandActive, EventStop, BrandStopped, []Party{PartyResponder, PartyDecider}, "with a reason, and no vote is open"},
		{BrandAsleep, EventLeave, BrandAsleep, []Party{PartyResponder}, "a unit helps no more, with a reason"},
		{BrandAsleep, EventOpen, BrandAsleep, []Party{PartyDecider}, "residents vote whether it wakes"},
		{BrandAsleep, EventClose, BrandAsleep, []Party{PartySystem}, "the vote is counted"},
		{BrandAsleep, EventRenew, BrandActive, []Party{PartyDecider}, "as a brand that is awake; a year begins"},
		{BrandAsleep, EventStop, BrandStopped, []Party{PartyResponder, PartyDecider}, "with a reason, and no vote is open"},
	},
	Messages: []Message{
		{EventAccept, []Party{PartySender}},
		{EventJoin, []Party{PartySender, PartyResponder}},
		{EventLeave, []Party{PartySender, PartyResponder}},
		{EventOpen, []Party{PartyFollower}},
		{EventClose, []Party{PartySender, PartyResponder}},
		{EventRenew, []Party{PartySender, PartyResponder, PartyFollower}},
		{EventLapse, []Party{PartySender, PartyResponder}},
		{EventStop, []Party{PartySender, PartyResponder}},
	},
}
