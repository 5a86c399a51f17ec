// Package state holds the lifecycles as data: for each noun, which event leads
// from which status to which, and who may cause it. It is pure: the nouns'
// packages ask it, the database's CHECK lists and docs/lifecycles.md follow it.
package state

//go:generate go run ./gen ../../docs/lifecycles.md ../../miniprogram/src/services/states.gen.ts

import (
	"fmt"
	"slices"
	"strings"
)

// Party is who may cause an event, seen from the matter.
type Party string

// The parties.
const (
	PartyOwner    Party = "owner"    // whose wish or certificate it is, or who wrote the complaint
	PartyMember   Party = "member"   // with an active report-in; in its own lifecycle, whose report-in it is
	PartyRecorder Party = "recorder" // who posted the wish for a resident without a phone
	PartyClaimant Party = "claimant" // the member who made the claim
	PartyInvited  Party = "invited"  // a member whom the claimant asked to join
	PartyDecider  Party = "decider"  // eligible staff, see design "who may decide"
	PartySystem   Party = "system"   // nobody directly: the event follows from one in another lifecycle
	// PartyLeader is the leader of the team or a deputy, or who holds the visit; PartyVolunteer who joins a team, signs
	// up or has served.
	PartyLeader    Party = "leader"
	PartyVolunteer Party = "volunteer"
	// PartySender is who sent an assignment, or decides there, or who asked for an admission, PartyResponder who answers
	// for the body that it was sent to, or that an admission reaches, PartyOverseer who is told at a level above,
	// PartyHandler who answered a need, and PartyFollower whom it concerns, too.
	PartySender    Party = "sender"
	PartyResponder Party = "responder"
	PartyOverseer  Party = "overseer"
	PartyHandler   Party = "handler"
	PartyFollower  Party = "follower"
)

// Event is what happens to a noun; its history names it.
type Event string

// The events.
const (
	EventAccept   Event = "accept"
	EventAnswer   Event = "answer"
	EventApprove  Event = "approve"
	EventAskAgain Event = "ask_again"
	EventAttach   Event = "attach"
	EventAttend   Event = "attend"
	EventBind     Event = "bind"
	EventBlur     Event = "blur"
	EventCallBack Event = "call_back"
	EventCallOff  Event = "call_off"
	EventCancel   Event = "cancel"
	EventMissCall Event = "miss_call"
	EventClaim    Event = "claim"
	EventClose    Event = "close"
	EventConcede  Event = "concede"
	EventConfirm  Event = "confirm"
	EventCorrect  Event = "correct"
	EventCreate   Event = "create" // begins every history
	EventCredit   Event = "credit"
	EventDecline  Event = "decline"
	EventDeliver  Event = "deliver"
	EventDismiss  Event = "dismiss"
	EventDispatch Event = "dispatch"
	EventDispute  Event = "dispute"
	EventDropOut  Event = "drop_out"
	EventEdit     Event = "edit"
	EventEnd      Event = "end"
	EventEscalate Event = "escalate"
	EventExpire   Event = "expire"
	EventExtend   Event = "extend"
	EventHandOver Event = "hand_over"
	EventHold     Event = "hold"
	EventJoin     Event = "join"
	EventKeep     Event = "keep"
	EventLapse    Event = "lapse"
	EventLeave    Event = "leave"
	EventMerge    Event = "merge"
	EventMiss     Event = "miss"
	EventOpen     Event = "open"
	EventPromote  Event = "promote"
	EventPublish  Event = "publish"
	EventRefuse   Event = "refuse"
	EventReject   Event = "reject"
	EventRelease  Event = "release"
	EventRemind   Event = "remind"
	EventRenew    Event = "renew"
	EventReopen   Event = "reopen"
	EventReplace  Event = "replace"
	EventReport   Event = "report"
	EventResume   Event = "resume"
	EventReturn   Event = "return"
	EventRevoke   Event = "revoke"
	EventSettle   Event = "settle"
	EventSkip     Event = "skip"
	EventStart    Event = "start"
	EventStop     Event = "stop"
	EventTakeDown Event = "take_down"
	EventSuspend  Event = "suspend"
	EventThank    Event = "thank"
	EventUndo     Event = "undo"
	EventUphold   Event = "uphold"
	EventVerify   Event = "verify"
	EventWithdraw Event = "withdraw"
)

// Transition is one arrow of a lifecycle.
type Transition[S ~string] struct {
	From  S
	Event Event
	To    S
	By    []Party
	Note  string // for the reader of the diagram: what else must hold, or what it follows from
}

// Machine is the lifecycle of one noun.
type Machine[S ~string] struct {
	Noun        string
	Table       string // where its matters are
	Initial     S
	Others      []S // statuses in which one may begin, too
	Transitions []Transition[S]
	Messages    []Message
}

// Begins tells whether a matter may begin in the status.
func (m Machine[S]) Begins(s S) bool { return s == m.Initial || slices.Contains(m.Others, s) }

// Next is the status after the event, and whether the event may happen at all
// in this status.
func (m Machine[S]) Next(from S, event Event) (S, bool) {
	for _, t := range m.Transitions {
		if t.From == from && t.Event == event {
			return t.To, true
		}
	}
	return from, false
}

// Statuses lists every status, the initial one first, then as the table has them.
func (m Machine[S]) Statuses() []S {
	all := append([]S{m.Initial}, m.Others...)
	for _, t := range m.Transitions {
		for _, s := range []S{t.From, t.To} {
			if !slices.Contains(all, s) {
				all = append(all, s)
			}
		}
	}
	return all
}

// Final lists the statuses without a way out.
func (m Machine[S]) Final() []S {
	return slices.DeleteFunc(m.Statuses(), func(s S) bool {
		return slices.ContainsFunc(m.Transitions, func(t Transition[S]) bool { return t.From == s })
	})
}

// Reachable lists the statuses that some row of events leads to from the
// initial one, nearest first.
func (m Machine[S]) Reachable() []S {
	reached := append([]S{m.Initial}, m.Others...)
	for i := 0; i < len(reached); i++ {
		for _, t := range m.Transitions {
			if t.From == reached[i] && !slices.Contains(reached, t.To) {
				reached = append(reached, t.To)
			}
		}
	}
	return reached
}

// Mermaid draws the lifecycle as a mermaid stateDiagram.
func (m Machine[S]) Mermaid() string {
	var b strings.Builder
	fmt.Fprintf(&b, "stateDiagram-v2\n    [*] --> %s\n", m.Initial)
	for _, s := range m.Others {
		fmt.Fprintf(&b, "    [*] --> %s\n", s)
	}
	for _, t := range m.Transitions {
		fmt.Fprintf(&b, "    %s --> %s: %s (%s)\n", t.From, t.To, t.Event, t.Who())
	}
	for _, s := range m.Final() {
		fmt.Fprintf(&b, "    %s --> [*]\n", s)
	}
	return b.String()
}

// Who names the parties, for people to read.
func (t Transition[S]) Who() string {
	names := make([]string, len(t.By))
	for i, p := range t.By {
		names[i] = string(p)
	}
	return strings.Join(names, " or ")
}
