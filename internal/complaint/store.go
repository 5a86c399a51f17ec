package complaint

import (
	"errors"

	"xinyuan/internal/event"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/inbox"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/state"
)

// lock wants the complaint, held, and what the rules ask of the actor.
func lock(k *Complaint, by *Actor, complaint id.Complaint) []mysql.Want {
	return []mysql.Want{
		mysql.One(k, "complaint.lock", mysql.Args{"complaint": complaint}), parties(by, complaint),
		org.CoveringComplaint(&by.Grants, by.ID, complaint),
	}
}

func parties(by *Actor, complaint id.Complaint) mysql.Want {
	return mysql.Many(&by.Parties, "complaint.parties", mysql.Args{"complaint": complaint})
}

// missing turns the lack of a row into fault.ReasonNotFound.
func missing(err error) error {
	if errors.Is(err, mysql.ErrNone) {
		return fault.New(fault.ReasonNotFound)
	}
	return err
}

// step is who takes a complaint from one status to the next, by what right.
type step struct {
	actor  *id.User  // nil: the system
	grant  *id.Grant // nil: by their own part in the matter
	name   state.Event
	reason string // an answer, or why the author asks once more
}

// addEvent queues the event, with numbers in its reason hidden, and tells whom
// it concerns. It returns the reason as others read it.
func (s *Service) addEvent(tx *mysql.Tx, k Complaint, e event.Entry, by step, people []id.User) (string, error) {
	e.ID, e.Noun, e.SubjectID = mysql.NewID[id.Event](tx), state.Complaint.Noun, int64(k.ID)
	e.Name, e.ActorID, e.GrantID, e.To = by.name, by.actor, by.grant, string(k.Status)
	var err error
	e.Reason, err = event.Redact(tx, s.sealer, event.Field{Noun: "event", Subject: int64(e.ID), Name: "reason"}, by.reason)
	about := inbox.Matter{Node: k.DeskID, Parties: []inbox.Party{{Part: state.PartyOwner, Person: k.AuthorID}}}
	for _, p := range people { // are told nothing, but known as no deciders
		about.Parties = append(about.Parties, inbox.Party{Person: p})
	}
	return e.Reason, errors.Join(err, event.Add(tx, e), inbox.Tell(tx, e, about))
}

// save queues the changed complaint and its event.
func (s *Service) save(tx *mysql.Tx, before, after Complaint, by step, people []id.User) (string, error) {
	reason, err := s.addEvent(tx, after, event.Entry{Version: after.Version + 1, From: string(before.Status)}, by, people)
	return reason, errors.Join(err, tx.Add("complaint.save", after))
}
