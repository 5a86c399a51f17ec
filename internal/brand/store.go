package brand

import (
	"context"
	"errors"

	"xinyuan/internal/ballot"
	"xinyuan/internal/content"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/membership"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// wantActor wants what the rules ask of the actor at a community.
func (a *Actor) wantActor(node id.Node) []mysql.Want {
	return []mysql.Want{
		grant.Covering(&a.Place, a.ID, node), grant.ForUnits(&a.Units, a.ID),
		membership.UnitOf(&a.MemberOf, a.ID),
	}
}

// wants wants what the rules ask of the actor about a brand, whose place never changes.
func (a *Actor) wants(brand id.Brand, node id.Node) []mysql.Want {
	return append(a.wantActor(node), mysql.Many(&a.Helpers, "brand.helpers_of", mysql.Args{"brand": brand}))
}

// matter is the brand as the register has it. Who decides at the community is reminded when it may be renewed, and once
// a vote is over.
func (b Brand) matter() matter.Matter {
	m := matter.Matter{
		Noun: state.Brand.Noun, ID: int64(b.ID), Title: b.Name, Node: b.NodeID, Desk: b.NodeID,
		Status: string(b.Status), Version: b.Version, Turns: []matter.Turn{},
		Parties: []matter.Party{
			{Part: state.PartySender, Person: b.SenderID, Informed: b.Status != state.BrandProposed},
			{Part: state.PartySender, Person: b.AgreedBy, Informed: true},
		},
	}
	switch {
	case b.Status == state.BrandProposed && !b.ByUnit:
		turn := matter.Respond(b.UnitID, b.CreatedAt)
		turn.Asker = b.SenderID
		m.Turns = append(m.Turns, turn)
	case b.Status == state.BrandProposed:
		m.Turns = append(m.Turns, matter.Decide(b.NodeID, b.CreatedAt))
	case b.VoteUntil != nil:
		m.Turns = append(m.Turns, opens(matter.Decide(b.NodeID, *b.VoteUntil)))
	case b.Status == state.BrandActive:
		m.Turns = append(m.Turns, opens(matter.Decide(b.NodeID, b.RenewFrom())))
	}
	return m
}

// opens has a turn open when it begins.
func opens(t matter.Turn) matter.Turn {
	t.OpensAt = t.Since
	return t
}

// work is a brand that is being changed, and what is read for it.
type work struct {
	tx     *mysql.Tx
	b      *Brand
	by     Actor
	vote   *ballot.Ballot // nil: there is none
	event  state.Event    // a rule may choose another
	reason string         // likewise
	voters []id.User      // of a vote that is opened, or by which it is renewed
}

// recipients reads who is told of the step beside who proposed it and who agreed: who speaks for its units, and who
// votes.
func (w *work) recipients(ctx context.Context) ([]matter.Party, error) {
	var speaking []id.User
	err := w.tx.Read(ctx, grant.SpeakingFor(&speaking, w.tx.Now(), w.b.units(w.by)...),
		mysql.One(w.b, "brand.names_of", mysql.Args{"node": w.b.NodeID, "unit": w.b.UnitID}))
	return append(matter.Informed(state.PartyResponder, speaking...),
		matter.Informed(state.PartyFollower, w.voters...)...), err
}

// requireRead refuses a yes to words that nobody can read yet. Error: fault.ReasonBrandState.
func (w *work) requireRead(ctx context.Context) error {
	held, err := content.IsHeld(ctx, w.tx, state.Brand.Noun, int64(w.b.ID))
	if err == nil && held {
		err = fault.New(fault.ReasonBrandState).Saying("有一段字还在核对，等核对完再答应。")
	}
	return err
}

// save queues the changed brand and its step.
func (s *Service) save(w *work, others []matter.Party, step matter.Step) error {
	m := w.b.matter()
	m.Parties = append(m.Parties, others...)
	_, err := matter.Save(w.tx, s.sealer, m, step)
	return errors.Join(err, w.tx.Add("brand.save", *w.b))
}

// Show wants what a list of tasks shows of brands.
func Show(dest *[]matter.Shown, ids []int64) mysql.Want {
	return mysql.Many(dest, "brand.show", mysql.Args{"ids": ids})
}
