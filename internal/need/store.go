package need

import (
	"context"
	"errors"
	"strings"

	"xinyuan/internal/assignment"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/media"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// lock wants the need, held, and what the rules ask of the actor.
func lock(n *Need, by *Actor, need id.Need) []mysql.Want {
	return append([]mysql.Want{mysql.One(n, "need.lock", mysql.Args{"need": need})}, actorOf(by, need)...)
}

// actorOf wants what the rules ask of the actor.
func actorOf(by *Actor, need id.Need) []mysql.Want {
	args := mysql.Args{"need": need, "user": by.ID}
	return []mysql.Want{
		grant.CoveringMatter(&by.Grants, by.ID, state.Need.Noun, need), mysql.Many(&by.Subject, "need.parties", args),
		mysql.Many(&by.Workers, "need.workers", args), mysql.One(&by.Follows, "need.follows", args),
		mysql.One(&by.Joined, "need.joined", args),
	}
}

// complete reads what people are shown of a changed need beside its row, as need.get does.
func (n *Need) complete(ctx context.Context, tx *mysql.Tx) error {
	return tx.Read(ctx, media.Of(&n.Photos, state.Need.Noun, n.ID),
		mysql.One(n, "need.names_of", mysql.Args{"node": n.NodeID, "desk": n.DeskID, "handler": n.HandlerID}))
}

// matter is the need as the register has it. Whom it may be about are told nothing, and decide nothing.
func (n Need) matter(by Actor) matter.Matter {
	m := matter.Matter{
		Noun: state.Need.Noun, ID: int64(n.ID), Number: n.number(), Title: title(n.Text), Node: n.NodeID, Desk: n.DeskID,
		Status: string(n.Status), Version: n.Version, Turns: []matter.Turn{},
		Parties: []matter.Party{
			{Part: state.PartyOwner, Person: n.OwnerID}, {Part: state.PartyRecorder, Person: n.RecorderID},
		},
	}
	for _, person := range by.Subject {
		m.Parties = append(m.Parties, matter.Party{Person: person, Personal: true})
	}
	switch n.Status {
	case state.NeedSubmitted:
		m.Turns = append(m.Turns, matter.Decide(n.DeskID, n.WaitsSince))
	case state.NeedHandling:
		since := n.DueAt
		if n.HandlerID == 0 {
			since = n.WaitsSince
		}
		m.Turns = append(m.Turns, matter.Decide(n.DeskID, since))
	case state.NeedAnswered:
		m.Parties = append(m.Parties, matter.As("", append(by.Workers, n.HandlerID)...)...)
		if n.OwnerID != 0 {
			m.Turns = append(m.Turns, matter.Turn{Part: state.PartyOwner, Person: n.OwnerID, Since: *n.AnsweredAt},
				matter.Record(n.DeskID, n.AnsweredAt.Add(CallBackAfter)))
		} else {
			m.Turns = append(m.Turns, matter.Record(n.DeskID, *n.AnsweredAt))
		}
	case state.NeedWaiting, state.NeedClosed, state.NeedUnsolved, state.NeedRejected, state.NeedMerged,
		state.NeedWithdrawn, state.NeedHanded:
	}
	return m
}

// title is the beginning of the text, in one line.
func title(text string) string {
	return matter.TitleOf(strings.ReplaceAll(text, "\n", " "))
}

// save queues the changed need and its step, with who is told of it and decides like anybody.
func (s *Service) save(w *work, before Need, step matter.Step) error {
	tx, after, by := w.tx, w.need, w.by
	step.From = string(before.Status)
	next := *after
	next.Version++
	m := next.matter(by).After(before.matter(by))
	others := append(matter.As(state.PartyFollower, w.followers...), matter.As(state.PartyHandler, before.AnsweredBy)...)
	for i := range others {
		others[i].Informed = true
	}
	m.Parties = append(m.Parties, others...)
	e, err := matter.Save(tx, s.sealer, m, step)
	if step.Name == state.EventAnswer {
		next.Answer, after.Answer = e.Reason, e.Reason
	}
	return errors.Join(err, tx.Add("need.save", next))
}

// Show wants what a list of tasks shows of needs.
func Show(dest *[]matter.Shown, ids []int64) mysql.Want {
	return mysql.Many(dest, "need.show", mysql.Args{"ids": ids})
}

// assignments wants all assignments of the need.
func assignments(dest *[]assignment.Assignment, need id.Need) mysql.Want {
	return assignment.Of(dest, state.Need.Noun, int64(need))
}
