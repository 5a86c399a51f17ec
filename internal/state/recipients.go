package state

import "slices"

// recipientsOf is who is told of an event.
type recipientsOf struct {
	noun  string
	event Event
	to    []Party
}

// recipients are whom each event concerns, beside who causes it. Events of a wish that
// only follow from its claim's are told as those.
//
// What waits for staff is on the list of their tasks, and nobody is told of it. They
// are told of what rose to them, and of a decision of theirs that somebody else undid
// or corrected.
var recipients = []recipientsOf{
	{Wish.Noun, EventEscalate, []Party{PartyDecider}},
	{Wish.Noun, EventPublish, []Party{PartyOwner, PartyRecorder}},
	{Wish.Noun, EventReject, []Party{PartyOwner, PartyRecorder}},
	{Wish.Noun, EventAttach, []Party{PartyOwner}},
	{Wish.Noun, EventExpire, []Party{PartyOwner, PartyRecorder}},

	{Claim.Noun, EventCreate, []Party{PartyInvited, PartyOwner, PartyRecorder}},
	{Claim.Noun, EventAccept, []Party{PartyClaimant}},
	{Claim.Noun, EventEscalate, []Party{PartyDecider}},
	{Claim.Noun, EventApprove, []Party{PartyClaimant, PartyInvited, PartyOwner, PartyRecorder}},
	{Claim.Noun, EventDecline, []Party{PartyClaimant, PartyInvited, PartyOwner, PartyRecorder}},
	{Claim.Noun, EventRelease, []Party{PartyOwner, PartyRecorder, PartyInvited}},
	{Claim.Noun, EventLapse, []Party{PartyClaimant, PartyInvited, PartyOwner, PartyRecorder}},
	{Claim.Noun, EventCancel, []Party{PartyClaimant, PartyInvited}},
	{Claim.Noun, EventDeliver, []Party{PartyOwner, PartyRecorder, PartyInvited}},
	{Claim.Noun, EventAskAgain, []Party{PartyClaimant, PartyInvited, PartyOwner}},
	{Claim.Noun, EventReturn, []Party{PartyClaimant, PartyInvited}},
	{Claim.Noun, EventDispute, []Party{PartyClaimant}},
	{Claim.Noun, EventConfirm, []Party{PartyClaimant, PartyInvited, PartyOwner}},
	{Claim.Noun, EventThank, []Party{PartyClaimant, PartyInvited}},
	{Claim.Noun, EventUndo, []Party{PartyClaimant, PartyInvited, PartyOwner, PartyRecorder, PartyDecider}},

	{Complaint.Noun, EventEscalate, []Party{PartyDecider}},
	{Complaint.Noun, EventAnswer, []Party{PartyOwner}},

	{Grant.Noun, EventCreate, []Party{PartyMember}},
	{Grant.Noun, EventEnd, []Party{PartyMember}},

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

	{Record.Noun, EventEscalate, []Party{PartyDecider}},
	{Record.Noun, EventCredit, []Party{PartyVolunteer}},
	{Record.Noun, EventReject, []Party{PartyVolunteer}},
	{Record.Noun, EventCorrect, []Party{PartyVolunteer, PartyDecider}},
	{Join.Noun, EventCreate, []Party{PartyVolunteer}},
	{Join.Noun, EventJoin, []Party{PartyVolunteer}},
	{Join.Noun, EventUndo, []Party{PartyVolunteer, PartyDecider}},
	{Objection.Noun, EventEscalate, []Party{PartyDecider}},
	{Objection.Noun, EventUphold, []Party{PartyVolunteer}},
	{Objection.Noun, EventDismiss, []Party{PartyVolunteer}},
	{Certificate.Noun, EventCreate, []Party{PartyOwner}},
	{Certificate.Noun, EventOpen, []Party{PartyOwner}},
	{Certificate.Noun, EventRevoke, []Party{PartyOwner, PartyDecider}},
}

// EventsTo lists a noun's events that the party is told of.
func EventsTo(noun string, p Party) []Event {
	var all []Event
	for _, r := range recipients {
		if r.noun == noun && slices.Contains(r.to, p) {
			all = append(all, r.event)
		}
	}
	return all
}

// AllRecipients are all that a party can be who is told of something.
func AllRecipients() []Party {
	var all []Party
	for _, r := range recipients {
		for _, p := range r.to {
			if !slices.Contains(all, p) {
				all = append(all, p)
			}
		}
	}
	return all
}

// Recipients is whom the event concerns, beside who causes it.
func Recipients(noun string, e Event) []Party {
	for _, r := range recipients {
		if r.noun == noun && r.event == e {
			return r.to
		}
	}
	return nil
}
