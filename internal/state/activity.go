package state

// ActivityStatus is where a volunteer activity stands.
type ActivityStatus string

// The statuses of an activity.
const (
	ActivityDraft     ActivityStatus = "draft"
	ActivityPublished ActivityStatus = "published" // open for sign-up, then under way: time alone decides
	ActivitySettled   ActivityStatus = "settled"   // who served how long is confirmed
	ActivityCancelled ActivityStatus = "cancelled"
)

// Activity is the lifecycle of an activity.
var Activity = Machine[ActivityStatus]{
	Noun:    "activity",
	Table:   "activities",
	Initial: ActivityDraft,
	Transitions: []Transition[ActivityStatus]{
		{ActivityDraft, EventEdit, ActivityDraft, []Party{PartyLeader}, ""},
		{ActivityDraft, EventPublish, ActivityPublished, []Party{PartyLeader, PartySystem},
			"only before it starts; by the system in a series that its leader published"},
		{ActivityDraft, EventCancel, ActivityCancelled, []Party{PartyLeader}, ""},
		{ActivityPublished, EventEdit, ActivityPublished, []Party{PartyLeader},
			"only before it starts; who signed up is told"},
		{ActivityPublished, EventCancel, ActivityCancelled, []Party{PartyLeader, PartyDecider},
			"with a reason; who signed up is told"},
		{ActivityPublished, EventSettle, ActivitySettled, []Party{PartyLeader, PartyDecider}, "once it is over"},
	},
	Messages: []Message{
		{EventEdit, []Party{PartyVolunteer}},
		{EventCancel, []Party{PartyVolunteer, PartyLeader}},
	},
}

// SignupStatus is where a sign-up stands.
type SignupStatus string

// The statuses of a sign-up.
const (
	SignupConfirmed  SignupStatus = "confirmed"  // has a place
	SignupWaitlisted SignupStatus = "waitlisted" // moves up by itself
	SignupAttended   SignupStatus = "attended"
	SignupAbsent     SignupStatus = "absent" // named with who recorded it, open to objection
	SignupCancelled  SignupStatus = "cancelled"
)

// IsLive tells whether the sign-up holds a place or waits for one: a person has at
// most one such for an activity; the database guards it with the same words.
func (s SignupStatus) IsLive() bool {
	switch s {
	case SignupConfirmed, SignupWaitlisted, SignupAttended, SignupAbsent:
		return true
	case SignupCancelled:
		return false
	}
	return false
}

// Signup is the lifecycle of a sign-up. It begins with a place or without.
var Signup = Machine[SignupStatus]{
	Noun:    "signup",
	Table:   "signups",
	Initial: SignupConfirmed,
	Others:  []SignupStatus{SignupWaitlisted},
	Transitions: []Transition[SignupStatus]{
		{SignupWaitlisted, EventPromote, SignupConfirmed, []Party{PartySystem}, "a place became free"},
		{SignupWaitlisted, EventSkip, SignupWaitlisted, []Party{PartySystem},
			"a place became free while they have one elsewhere at that time; they keep their turn"},
		{SignupWaitlisted, EventCancel, SignupCancelled, []Party{PartyVolunteer, PartyLeader, PartySystem},
			"by the leader for whom one wrote down, by the system when the activity is cancelled or settled"},
		{SignupConfirmed, EventCancel, SignupCancelled, []Party{PartyVolunteer, PartyLeader, PartySystem},
			"until the deadline; by the system when the activity is cancelled"},
		{SignupConfirmed, EventDropOut, SignupCancelled, []Party{PartyVolunteer, PartyLeader},
			"after the deadline; who leads is told, and it stays on the roll"},
		{SignupConfirmed, EventRemind, SignupConfirmed, []Party{PartySystem}, "a day before it starts"},
		{SignupConfirmed, EventAttend, SignupAttended, []Party{PartyLeader, PartyDecider}, "makes service records"},
		{SignupConfirmed, EventMiss, SignupAbsent, []Party{PartyLeader, PartyDecider}, ""},
		{SignupAbsent, EventAttend, SignupAttended, []Party{PartyDecider}, "an objection was upheld"},
	},
	Messages: []Message{
		{EventPromote, []Party{PartyVolunteer}},
		{EventSkip, []Party{PartyVolunteer}},
		{EventDropOut, []Party{PartyLeader}},
		{EventRemind, []Party{PartyVolunteer}},
		{EventMiss, []Party{PartyVolunteer}},
		{EventAttend, []Party{PartyVolunteer}},
	},
}

// Repeat is how often a series comes again.
type Repeat string

// The repeats.
const (
	RepeatWeek  Repeat = "week"
	RepeatMonth Repeat = "month"
)

// Mode is how a check-in or check-out came to us.
type Mode string

// The modes.
const (
	ModeLive    Mode = "live"    // with the code, within 90 seconds
	ModeOffline Mode = "offline" // with the code, sent later: counts only when the leader confirms the person
	ModeList    Mode = "list"    // written down by the leader
)

// Modes lists them.
func Modes() []Mode { return []Mode{ModeLive, ModeOffline, ModeList} }
