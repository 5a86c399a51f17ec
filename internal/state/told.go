package state

import "slices"

// telling says whom an event concerns.
type telling struct {
	noun  string
	event Event
	to    []Party
}

// told is whom each event concerns, beside who causes it. Events of a wish that
// only follow from its claim's are told as those.
var told = []telling{
	{Wish.Noun, EventCreate, []Party{PartyDecider}},
	{Wish.Noun, EventEdit, []Party{PartyDecider}},
	{Wish.Noun, EventEscalate, []Party{PartyDecider}},
	{Wish.Noun, EventPublish, []Party{PartyOwner, PartyRecorder}},
	{Wish.Noun, EventReject, []Party{PartyOwner, PartyRecorder}},
	{Wish.Noun, EventAttach, []Party{PartyOwner}},
	{Wish.Noun, EventExpire, []Party{PartyOwner, PartyRecorder}},

	{Claim.Noun, EventCreate, []Party{PartyDecider, PartyInvited, PartyOwner, PartyRecorder}},
	{Claim.Noun, EventAccept, []Party{PartyClaimant}},
	{Claim.Noun, EventEscalate, []Party{PartyDecider}},
	{Claim.Noun, EventApprove, []Party{PartyClaimant, PartyInvited, PartyOwner, PartyRecorder}},
	{Claim.Noun, EventDecline, []Party{PartyClaimant, PartyInvited, PartyOwner, PartyRecorder}},
	{Claim.Noun, EventRelease, []Party{PartyOwner, PartyRecorder, PartyInvited}},
	{Claim.Noun, EventLapse, []Party{PartyClaimant, PartyInvited, PartyOwner, PartyRecorder}},
	{Claim.Noun, EventCancel, []Party{PartyClaimant, PartyInvited}},
	{Claim.Noun, EventDeliver, []Party{PartyOwner, PartyRecorder, PartyInvited}},
	{Claim.Noun, EventCallBack, []Party{PartyDecider}},
	{Claim.Noun, EventAskAgain, []Party{PartyDecider, PartyClaimant, PartyInvited, PartyOwner}},
	{Claim.Noun, EventReturn, []Party{PartyClaimant, PartyInvited}},
	{Claim.Noun, EventDispute, []Party{PartyDecider, PartyClaimant}},
	{Claim.Noun, EventConfirm, []Party{PartyClaimant, PartyInvited, PartyOwner}},
	{Claim.Noun, EventThank, []Party{PartyClaimant, PartyInvited}},
	{Claim.Noun, EventUndo, []Party{PartyClaimant, PartyInvited, PartyOwner, PartyRecorder}},

	{Complaint.Noun, EventCreate, []Party{PartyDecider}},
	{Complaint.Noun, EventEscalate, []Party{PartyDecider}},
	{Complaint.Noun, EventAnswer, []Party{PartyOwner}},
	{Complaint.Noun, EventReopen, []Party{PartyDecider}},

	{Grant.Noun, EventCreate, []Party{PartyMember}},
	{Grant.Noun, EventEnd, []Party{PartyMember}},

	{Membership.Noun, EventCreate, []Party{PartyDecider}},
	{Membership.Noun, EventEscalate, []Party{PartyDecider}},
	{Membership.Noun, EventApprove, []Party{PartyMember}},
	{Membership.Noun, EventReject, []Party{PartyMember}},
	{Membership.Noun, EventLeave, []Party{PartyMember}},
	{Membership.Noun, EventEnd, []Party{PartyMember}},

	{Team.Noun, EventCreate, []Party{PartyLeader}},
	{Team.Noun, EventEnd, []Party{PartyLeader}},
	{TeamMember.Noun, EventCreate, []Party{PartyLeader, PartyInvited}},
	{TeamMember.Noun, EventAccept, []Party{PartyLeader}},
	{TeamMember.Noun, EventDecline, []Party{PartyLeader}},
	{TeamMember.Noun, EventApprove, []Party{PartyVolunteer}},
	{TeamMember.Noun, EventReject, []Party{PartyVolunteer}},
	{TeamMember.Noun, EventEdit, []Party{PartyVolunteer}},
	{TeamMember.Noun, EventLeave, []Party{PartyLeader, PartyVolunteer}},

	{Activity.Noun, EventEdit, []Party{PartyVolunteer}},
	{Activity.Noun, EventCancel, []Party{PartyVolunteer, PartyLeader}},
	{Signup.Noun, EventPromote, []Party{PartyVolunteer}},
	{Signup.Noun, EventSkip, []Party{PartyVolunteer}},
	{Signup.Noun, EventDropOut, []Party{PartyLeader}},
	{Signup.Noun, EventRemind, []Party{PartyVolunteer}},
	{Signup.Noun, EventMiss, []Party{PartyVolunteer}},
	{Signup.Noun, EventAttend, []Party{PartyVolunteer}},

	{Record.Noun, EventCreate, []Party{PartyDecider}},
	{Record.Noun, EventConfirm, []Party{PartyDecider}},
	{Record.Noun, EventEscalate, []Party{PartyDecider}},
	{Record.Noun, EventCredit, []Party{PartyVolunteer}},
	{Record.Noun, EventReject, []Party{PartyVolunteer}},
	{Record.Noun, EventCorrect, []Party{PartyVolunteer}},
	{Join.Noun, EventCreate, []Party{PartyVolunteer}},
	{Join.Noun, EventJoin, []Party{PartyVolunteer}},
	{Join.Noun, EventUndo, []Party{PartyVolunteer}},
	{Objection.Noun, EventCreate, []Party{PartyDecider}},
	{Objection.Noun, EventEscalate, []Party{PartyDecider}},
	{Objection.Noun, EventUphold, []Party{PartyVolunteer}},
	{Objection.Noun, EventDismiss, []Party{PartyVolunteer}},
	{Certificate.Noun, EventCreate, []Party{PartyOwner}},
	{Certificate.Noun, EventOpen, []Party{PartyOwner}},
	{Certificate.Noun, EventRevoke, []Party{PartyOwner}},
}

// TellsOf lists a noun's events that the party is told of.
func TellsOf(noun string, p Party) []Event {
	var all []Event
	for _, t := range told {
		if t.noun == noun && slices.Contains(t.to, p) {
			all = append(all, t.event)
		}
	}
	return all
}

// Listeners are all that a party can be who is told of something.
func Listeners() []Party {
	var all []Party
	for _, t := range told {
		for _, p := range t.to {
			if !slices.Contains(all, p) {
				all = append(all, p)
			}
		}
	}
	return all
}

// Told is whom the event concerns, beside who causes it.
func Told(noun string, e Event) []Party {
	for _, t := range told {
		if t.noun == noun && t.event == e {
			return t.to
		}
	}
	return nil
}
