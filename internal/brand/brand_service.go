package brand

import (
	"context"
	"errors"

	"xinyuan/internal/ballot"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
	"xinyuan/internal/sweep"
)

// Service runs the rules in transactions. Locks are taken in one order: brand, vote.
type Service struct {
	db      *mysql.DB
	sealer  *seal.Sealer
	ballots *ballot.Service
}

// New returns the service over its parts.
func New(db *mysql.DB, sealer *seal.Sealer, ballots *ballot.Service) *Service {
	return &Service{db, sealer, ballots}
}

// Create proposes a brand: a community to the unit that shall lead, or a unit to a community. Errors:
// fault.ReasonInvalidInput, fault.ReasonNotYourCommunity for who speaks for neither.
func (s *Service) Create(ctx context.Context, actor id.User, d Draft, onCommit mysql.OnCommit[Brand]) (Brand, error) {
	if err := d.check(); err != nil {
		return Brand{}, err
	}
	var (
		node, unit       org.Node
		hasNode, hasUnit bool
		b                Brand
	)
	err := s.db.Read(ctx, org.WantNode(ctx, &node, &hasNode, d.NodeID), org.WantNode(ctx, &unit, &hasUnit, d.UnitID))
	switch {
	case err != nil:
		return b, err
	case !hasNode || !node.Kind.TakesWishes():
		return b, fault.BadField("nodeId", "请选是哪个社区。")
	case !hasUnit || unit.Kind != org.KindUnit:
		return b, fault.BadField("unitId", "请选是哪个单位牵头。")
	}
	err = s.db.Tx(ctx, func(tx *mysql.Tx) error {
		by := Actor{ID: actor}
		if err := tx.Read(ctx, by.wantActor(d.NodeID)...); err != nil {
			return err
		}
		b = Brand{
			ID: mysql.NewID[id.Brand](tx), NodeID: d.NodeID, UnitID: d.UnitID, SenderID: actor, ByUnit: d.ByUnit,
			CreatedAt: tx.Now(), Status: state.Brand.Initial, Version: 1, NodeName: node.Name, UnitName: unit.Name,
		}
		g, err := b.byPlace(by, tx.Now())
		if d.ByUnit {
			g, err = b.byUnit(by, d.UnitID, tx.Now())
		}
		if err != nil {
			return err
		}
		err = s.write(tx, &b, d)
		if err != nil {
			return err
		}
		_, err = matter.Save(tx, s.sealer, b.matter(), matter.Step{Actor: actor, Grant: &g.ID, Name: state.EventCreate})
		err = errors.Join(err, tx.Add("brand.add", b))
		return errors.Join(err, onCommit.Do(tx, b, err))
	})
	return b, err
}

// write takes the texts, with numbers hidden.
func (s *Service) write(tx *mysql.Tx, b *Brand, d Draft) error {
	var wrong [3]error
	by := matter.Writer{ID: b.SenderID, Staff: true}
	hold := func(name, text string) (string, error) {
		f := matter.Field{Noun: state.Brand.Noun, Subject: int64(b.ID), Name: name}
		return matter.HoldText(tx, s.sealer, f, by, text)
	}
	b.Name, wrong[0] = hold("name", d.Name)
	b.Text, wrong[1] = hold("text", d.Text)
	b.ForWhom, wrong[2] = hold("for_whom", d.ForWhom)
	return errors.Join(wrong[:]...)
}

// act is one step: what it is called, what is said with it, and the rule that allows it and queues what else changes.
type act struct {
	event  state.Event
	reason string
	rule   func(w *work) (grant.Grant, error)
}

// change holds a brand and its vote, applies the rule, and writes the step.
func (s *Service) change(ctx context.Context, actor id.User, brand id.Brand, onCommit mysql.OnCommit[Brand], do act) (
	Brand, error) {
	var (
		b    Brand
		node id.Node
	)
	if err := s.db.Get(ctx, &node, "brand.node", mysql.Args{"brand": brand}); err != nil {
		return b, mysql.NotFound(err)
	}
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var vote ballot.Ballot
		b = Brand{}
		w := &work{tx: tx, b: &b, by: Actor{ID: actor}, event: do.event, reason: do.reason}
		err := tx.Read(ctx, append([]mysql.Want{mysql.One(&b, "brand.lock", mysql.Args{"brand": brand})},
			w.by.wants(brand, node)...)...)
		if err == nil && b.BallotID != 0 {
			w.vote = &vote
			err = tx.Read(ctx, ballot.Lock(&vote, b.BallotID))
		}
		if err != nil {
			return mysql.NotFound(err)
		}
		from := b.Status
		b.Version++
		g, err := do.rule(w)
		if err != nil {
			return err
		}
		others, err := w.recipients(ctx)
		if err != nil {
			return err
		}
		step := matter.Step{Actor: actor, Grant: g.IDOrNone(), Name: w.event, Reason: w.reason, From: string(from)}
		err = s.save(w, others, step)
		return errors.Join(err, onCommit.Do(tx, b, err))
	})
	return b, err
}

// Accept says yes for the other side than proposed it. Errors: those of Brand.Accept, fault.ReasonBrandState also while
// a text is held back.
func (s *Service) Accept(ctx context.Context, actor id.User, brand id.Brand, onCommit mysql.OnCommit[Brand]) (
	Brand, error) {
	return s.change(ctx, actor, brand, onCommit, act{state.EventAccept, "", func(w *work) (grant.Grant, error) {
		g, err := w.b.Accept(w.by, w.tx.Now())
		if err == nil {
			err = w.requireRead(ctx)
		}
		return g, err
	}})
}

// Join has a unit help the one that leads. Errors: those of Brand.Join.
func (s *Service) Join(ctx context.Context, actor id.User, brand id.Brand, unit id.Node,
	onCommit mysql.OnCommit[Brand]) (Brand, error) {
	return s.change(ctx, actor, brand, onCommit, act{state.EventJoin, "", func(w *work) (grant.Grant, error) {
		g, err := w.b.Join(w.by, unit, w.tx.Now())
		args := mysql.Args{"brand": brand, "unit": unit, "at": w.tx.Now()}
		return g, errors.Join(err, w.tx.Add("brand.add_helper", args))
	}})
}

// Leaving is which unit helps no more, and why.
type Leaving struct {
	Unit   id.Node
	Reason string
}

// Leave has a unit help no more. Errors: fault.ReasonInvalidInput, those of Brand.Leave.
func (s *Service) Leave(ctx context.Context, actor id.User, brand id.Brand, l Leaving, onCommit mysql.OnCommit[Brand]) (
	Brand, error) {
	if err := fault.NeedText(&l.Reason, "reason", "原因", letters.Reason); err != nil {
		return Brand{}, err
	}
	return s.change(ctx, actor, brand, onCommit, act{state.EventLeave, l.Reason, func(w *work) (grant.Grant, error) {
		g, err := w.b.Leave(w.by, l.Unit, w.tx.Now())
		return g, errors.Join(err, w.tx.Add("brand.drop_helper", mysql.Args{"brand": brand, "unit": l.Unit}))
	}})
}

// Open asks those who live in the community to vote. Errors: those of Brand.Ask, and of ballot.Service.Open.
func (s *Service) Open(ctx context.Context, actor id.User, brand id.Brand, onCommit mysql.OnCommit[Brand]) (
	Brand, error) {
	return s.change(ctx, actor, brand, onCommit, act{state.EventOpen, "", func(w *work) (grant.Grant, error) {
		g, err := w.b.Ask(w.by, w.tx.Now())
		if err != nil {
			return g, err
		}
		r := ballot.Reach{Node: w.b.NodeID, ForAll: true, Units: w.b.units(w.by)}
		if err := w.tx.Read(ctx, ballot.WantRoll(&w.voters, r, w.tx.Now())); err != nil {
			return g, err
		}
		vote, err := s.ballots.Open(w.tx, state.Brand.Noun, int64(brand), w.voters)
		w.b.BallotID, w.b.VoteUntil = vote.ID, &vote.ClosesAt
		return g, err
	}})
}

// Renew has it go on for a year, as was voted. Errors: those of Brand.Renew.
func (s *Service) Renew(ctx context.Context, actor id.User, brand id.Brand, onCommit mysql.OnCommit[Brand]) (
	Brand, error) {
	return s.change(ctx, actor, brand, onCommit, act{state.EventRenew, "", func(w *work) (grant.Grant, error) {
		over, g, err := w.b.Renew(w.by, w.vote, w.tx.Now())
		if err != nil {
			return g, err
		}
		err = w.tx.Select(ctx, &w.voters, "brand.voters", mysql.Args{"ballot": over.BallotID})
		return g, errors.Join(err, w.tx.Add("brand.add_renewal", over))
	}})
}

// Stop ends it in public. Errors: fault.ReasonInvalidInput, those of Brand.Stop.
func (s *Service) Stop(ctx context.Context, actor id.User, brand id.Brand, reason string,
	onCommit mysql.OnCommit[Brand]) (Brand, error) {
	if err := fault.NeedText(&reason, "reason", "为什么不办了", letters.Reason); err != nil {
		return Brand{}, err
	}
	return s.change(ctx, actor, brand, onCommit, act{state.EventStop, reason, func(w *work) (grant.Grant, error) {
		return w.b.Stop(w.by, w.vote, w.tx.Now())
	}})
}

// Sweep counts votes whose time is over, and has brands sleep whose year is.
func (s *Service) Sweep(ctx context.Context) error {
	var voted, over []id.Brand
	now := s.db.Now()
	args := mysql.Args{"at": now, "voted": now.Add(-Grace), "limit": sweep.Size}
	err := s.db.Read(ctx, ballot.Over(&voted, state.Brand.Noun, now), mysql.Many(&over, "brand.over", args))
	if err != nil {
		return err
	}
	return errors.Join(sweep.Each(ctx, "votes about brands", voted, s.count),
		sweep.Each(ctx, "brands whose year is over", over, func(ctx context.Context, one id.Brand) error {
			_, err := s.change(ctx, 0, one, nil, act{state.EventLapse, "一年到了没有续", func(w *work) (grant.Grant, error) {
				return grant.Grant{}, w.b.Lapse(w.tx.Now())
			}})
			return err
		}))
}

// count counts a vote whose time is over.
func (s *Service) count(ctx context.Context, one id.Brand) error {
	_, err := s.change(ctx, 0, one, nil, act{state.EventClose, "", func(w *work) (g grant.Grant, err error) {
		if w.reason, err = s.ballots.Count(ctx, w.tx, w.vote); err != nil {
			return g, err
		}
		w.event, err = w.b.Count(*w.vote)
		return g, err
	}})
	return err
}
