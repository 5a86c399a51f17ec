package state

// NeedStatus is where a need stands.
type NeedStatus string

// The statuses of a need.
const (
	NeedSubmitted NeedStatus = "submitted" // waits for its first recipient
	NeedHandling  NeedStatus = "handling"  // somebody leads it
	NeedWaiting   NeedStatus = "waiting"   // put off until a date, with a reason
	NeedAnswered  NeedStatus = "answered"  // the resident has the word
	NeedClosed    NeedStatus = "closed"    // the resident has said how it ended, or could not be reached
	NeedUnsolved  NeedStatus = "unsolved"  // cannot be done now, looked at again on a date
	NeedRejected  NeedStatus = "rejected"  // does not belong here
	NeedMerged    NeedStatus = "merged"    // goes on as another need
	NeedWithdrawn NeedStatus = "withdrawn"
	NeedHanded    NeedStatus = "handed" // goes on as a wish
)

// Need is the lifecycle of a need.
var Need = Machine[NeedStatus]{
	Noun:    "need",
	Table:   "needs",
	Initial: NeedSubmitted,
	Transitions: []Transition[NeedStatus]{
		{NeedSubmitted, EventAccept, NeedHandling, []Party{PartyDecider}, "the first recipient leads"},
		{NeedSubmitted, EventReject, NeedRejected, []Party{PartyDecider}, "one of six reasons, with where to go"},
		{NeedRejected, EventEdit, NeedSubmitted, []Party{PartyOwner}, "once; the next level looks at it"},
		{NeedSubmitted, EventMerge, NeedMerged, []Party{PartyDecider}, "the asker follows the other need"},
		{NeedHandling, EventMerge, NeedMerged, []Party{PartyDecider}, "likewise, without a live assignment"},
		{NeedSubmitted, EventHandOver, NeedHanded, []Party{PartyDecider}, "it is one person's wish, and goes on as one"},
		{NeedHandling, EventHandOver, NeedHanded, []Party{PartyDecider}, "likewise, without a live assignment"},
		{NeedSubmitted, EventWithdraw, NeedWithdrawn, []Party{PartyOwner}, ""},
		{NeedHandling, EventWithdraw, NeedWithdrawn, []Party{PartyOwner}, "its assignments are cancelled"},
		{NeedWaiting, EventWithdraw, NeedWithdrawn, []Party{PartyOwner}, "likewise"},
		{NeedHandling, EventDispatch, NeedHandling, []Party{PartyDecider}, "makes assignments"},
		{NeedHandling, EventSuspend, NeedWaiting, []Party{PartyDecider}, "one level above, until a day within 90"},
		{NeedWaiting, EventResume, NeedHandling, []Party{PartySystem, PartyDecider}, "on the day, or before"},
		{NeedHandling, EventAnswer, NeedAnswered, []Party{PartyDecider}, "no lead assignment is open"},
		{NeedAnswered, EventConfirm, NeedClosed, []Party{PartyOwner, PartyRecorder}, "or staff who asked"},
		{NeedAnswered, EventReturn, NeedHandling, []Party{PartyOwner, PartyRecorder}, "the second is led above"},
		{NeedAnswered, EventCallBack, NeedAnswered, []Party{PartySystem}, "3 days without an answer"},
		{NeedAnswered, EventMissCall, NeedAnswered, []Party{PartyRecorder}, "asked, and nobody answered the phone"},
		{NeedAnswered, EventLapse, NeedClosed, []Party{PartyDecider}, "after calls on three days, by whom it was not done"},
		{NeedAnswered, EventConcede, NeedUnsolved, []Party{PartyDecider}, "one level above, with a reason and a day"},
		{NeedUnsolved, EventReopen, NeedHandling, []Party{PartyOwner, PartySystem}, "a new fact, or the day has come"},
		{NeedClosed, EventReopen, NeedHandling, []Party{PartyOwner}, "within 30 days, once"},
		{NeedSubmitted, EventEscalate, NeedSubmitted, []Party{PartySystem}, "not accepted in time: the next level is told"},
		{NeedHandling, EventEscalate, NeedHandling, []Party{PartySystem}, "not answered in time: likewise"},
	},
	Messages: []Message{
		{EventEscalate, []Party{PartyDecider}},
		{EventAccept, []Party{PartyOwner, PartyRecorder}},
		{EventReject, []Party{PartyOwner, PartyRecorder}},
		{EventMerge, []Party{PartyOwner, PartyRecorder}},
		{EventHandOver, []Party{PartyOwner, PartyRecorder, PartyFollower}},
		{EventSuspend, []Party{PartyOwner, PartyRecorder}},
		{EventResume, []Party{PartyOwner, PartyRecorder}},
		{EventAnswer, []Party{PartyOwner, PartyRecorder}},
		{EventConfirm, []Party{PartyOwner, PartyFollower}},
		{EventReturn, []Party{PartyHandler}},
		{EventReopen, []Party{PartyHandler}},
		{EventLapse, []Party{PartyOwner}},
		{EventConcede, []Party{PartyOwner, PartyRecorder, PartyFollower}},
	},
}
