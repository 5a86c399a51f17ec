package assignment

import (
	"context"
	"errors"
	"time"

	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/state"
)

// lock wants the assignment, held, and what the rules ask of the actor. Its ends never change.
func lock(a *Assignment, by *Actor, ends Assignment) []mysql.Want {
	return append([]mysql.Want{mysql.One(a, "assignment.lock", mysql.Args{"assignment": ends.ID})}, grants(by, ends)...)
}

func grants(by *Actor, ends Assignment) []mysql.Want {
	return []mysql.Want{
		grant.Covering(&by.Sender, by.ID, ends.From), grant.Covering(&by.Receiver, by.ID, ends.To),
	}
}

// LockLive wants the live assignments of a matter, held. Whoever changes the matter holds that before.
func LockLive(dest *[]Assignment, noun string, origin int64) mysql.Want {
	return mysql.Many(dest, "assignment.lock_live", mysql.Args{"noun": noun, "origin": origin})
}

// Of wants all assignments of a matter, the oldest first.
func Of(dest *[]Assignment, noun string, origin int64) mysql.Want {
	return mysql.Many(dest, "assignment.of", mysql.Args{"noun": noun, "origin": origin})
}

// complete reads what people are shown of an assignment in the place of ids.
func (a *Assignment) complete(ctx context.Context, tx *mysql.Tx) error {
	return tx.Read(ctx, mysql.One(&a.Names, "assignment.names_of", mysql.Args{
		"from": a.From, "to": a.To, "worker": a.WorkerID, "noun": a.OriginNoun, "origin": a.OriginID, "duty": a.Duty,
	}))
}

// people are who is told of steps of an assignment.
type people struct {
	responders []id.User // who answer for the receiver
	overseers  []overseer
}

type overseer struct {
	UserID   id.User `db:"user_id"`
	Distance int     `db:"distance"` // from the sender
}

// wants reads them as of now; the transaction's time is fixed once the locks are held.
func (p *people) wants(now time.Time, a Assignment) []mysql.Want {
	args := mysql.Args{"from": a.From, "to": a.To, "at": now, "roles": id.Deciders(), "answering": id.Answering()}
	return []mysql.Want{
		mysql.Many(&p.responders, "assignment.responders", args), mysql.Many(&p.overseers, "assignment.overseers", args),
	}
}

// nearest are the overseers at the first common level, farthest those of the county.
func (p *people) nearest() (all []id.User)  { return p.at(0) }
func (p *people) farthest() (all []id.User) { return p.at(len(p.overseers) - 1) }

func (p *people) at(i int) (all []id.User) {
	for _, o := range p.overseers {
		if i >= 0 && o.Distance == p.overseers[i].Distance {
			all = append(all, o.UserID)
		}
	}
	return all
}

// matter is the assignment as the register has it.
func (a Assignment) matter() matter.Matter {
	m := matter.Matter{
		Noun: state.Assignment.Noun, ID: int64(a.ID), OfNoun: a.OriginNoun, OfID: a.OriginID, Title: matter.TitleOf(a.What),
		Node: a.From, Desk: a.From, Status: string(a.Status), Version: a.Version, Turns: []matter.Turn{},
		Parties: matter.As("", a.WorkerID, a.ReporterID),
	}
	if a.IsAsked() { // staff do not decide about what a department asks: it looks itself
		m.Desk = 0
	}
	switch {
	case a.Status == state.AssignmentSent:
		m.Turns = append(m.Turns, matter.Respond(a.To, a.SentAt))
	case a.Status == state.AssignmentWorking:
		m.Turns = append(m.Turns, matter.Respond(a.To, *a.AcceptedAt))
	case a.Status == state.AssignmentReported && a.IsAsked():
		m.Turns = append(m.Turns, matter.Respond(a.From, *a.ReportedAt))
	case a.Status == state.AssignmentReported:
		m.Turns = append(m.Turns, matter.Record(a.From, *a.ReportedAt))
	case a.isSentOn():
		m.Turns = append(m.Turns, matter.Decide(a.From, *a.EndedAt))
	}
	return m
}

// isSentOn tells whether the sender has it sent to another body, once it was refused.
func (a *Assignment) isSentOn() bool {
	return a.Status == state.AssignmentRefused && a.Kind == KindLead && a.FollowedAt == nil && !a.Unadmitted &&
		!a.IsAsked()
}

// save queues the changed assignment and its step, and tells the people.
func (s *Service) save(tx *mysql.Tx, before Assignment, after *Assignment, by matter.Step, p people) error {
	by.From = string(before.Status)
	next := *after
	next.Version++
	m := next.matter().After(before.matter())
	m.Parties = append(m.Parties, matter.Informed(state.PartyResponder, p.responders...)...)
	m.Parties = append(m.Parties, matter.Informed(state.PartySender, after.SenderID)...)
	switch {
	case by.Name == state.EventRefuse && after.Refusals == MaxRefusals-1 && !after.Unadmitted:
		m.Parties = append(m.Parties, matter.Informed(state.PartyOverseer, p.nearest()...)...)
	case by.Name == state.EventEscalate && after.Stage == 3:
		m.Parties = append(m.Parties, matter.Informed(state.PartyOverseer, p.farthest()...)...)
	}
	e, err := matter.Save(tx, s.sealer, m, by)
	if by.Name == state.EventRefuse || by.Name == state.EventReport {
		next.Answer, after.Answer = e.Reason, e.Reason
	}
	return errors.Join(err, tx.Add("assignment.save", next))
}

// Show wants what a list of tasks shows of assignments.
func Show(dest *[]matter.Shown, ids []int64) mysql.Want {
	return mysql.Many(dest, "assignment.show", mysql.Args{"ids": ids})
}

// body is a node that takes part.
type body struct {
	ID   id.Node  `db:"id"`
	Kind org.Kind `db:"kind"`
	Name string   `db:"name"`
}
