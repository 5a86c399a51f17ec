package wish

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"xinyuan/internal/event"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/points"
	"xinyuan/internal/state"
	"xinyuan/internal/user"
)

// Claim takes the wish for a member: the first one wins. Errors: those of
// Wish.Claim. Once the wish is taken, the others are answered by one plain read.
func (s *Service) Claim(ctx context.Context, actor id.User, wish id.Wish) (Claim, error) {
	var plain Wish
	if err := s.db.Get(ctx, &plain, "wish.by_id", mysql.Args{"wish": wish}); err != nil {
		return Claim{}, missing(err)
	}
	if err := plain.claimable(actor); err != nil {
		return Claim{}, err
	}
	var c Claim
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var (
			w      Wish
			m      user.Membership
			member bool
		)
		if err := tx.Read(ctx, user.LockActiveMembership(&m, &member, actor), lockWish(&w, wish)); err != nil {
			return missing(err)
		}
		before := w
		var err error
		if c, err = w.Claim(actor, m, member, tx.Now()); err != nil {
			return err
		}
		c.ID = mysql.NewID[id.Claim](tx)
		by := step{actor: actor, name: state.EventClaim}
		first := s.saveWish(tx, before, w, by)
		_, second := s.claimEvent(tx, "", c, step{actor: actor, name: event.Created})
		return errors.Join(first, second, tx.Add("wish.add_claim", c))
	})
	if mysql.IsDuplicate(err, "claims_live") { // the database's own guard
		err = fault.New(fault.ReasonWishTaken)
	}
	return c, err
}

// Decision is staff's answer to a claim.
type Decision struct {
	Approve bool
	Reason  string // needed to decline
}

// ReviewClaim approves or declines. Errors: those of Matter.Approve and
// Matter.Decline.
func (s *Service) ReviewClaim(ctx context.Context, actor id.User, claim id.Claim, d Decision) (Claim, error) {
	if err := checkText(&d.Reason, "reason", "原因", MaxReason); err != nil {
		return Claim{}, err
	}
	return s.act(ctx, actor, claim, func(tx *mysql.Tx, m *Matter, by Actor) (step, error) {
		if d.Approve {
			grant, err := m.Approve(by, tx.Now())
			return byGrant(actor, grant, state.EventApprove, d.Reason), err
		}
		grant, err := m.Decline(by, d.Reason, tx.Now())
		return byGrant(actor, grant, state.EventDecline, d.Reason), err
	})
}

// Release gives the wish back. Errors: those of Matter.Release.
func (s *Service) Release(ctx context.Context, actor id.User, claim id.Claim, reason string) (Claim, error) {
	if err := checkText(&reason, "reason", "原因", MaxReason); err != nil {
		return Claim{}, err
	}
	return s.act(ctx, actor, claim, func(tx *mysql.Tx, m *Matter, by Actor) (step, error) {
		return step{actor: actor, name: state.EventRelease, reason: reason}, m.Release(by, tx.Now())
	})
}

// ReleaseAll gives back, in the transaction, what the person has claimed and not
// delivered: for somebody who ceases to be a member. What is delivered stays: the
// deed is done, and the resident has the last word.
func (s *Service) ReleaseAll(ctx context.Context, tx *mysql.Tx, person id.User) error {
	var claims []id.Claim
	if err := tx.Select(ctx, &claims, "wish.undelivered_of", mysql.Args{"claimant": person}); err != nil {
		return err
	}
	for _, claim := range claims { // in the order of their wishes, as locks are taken
		var m Matter
		if err := tx.Read(ctx, lockMatter(&m, claim)...); err != nil {
			return err
		}
		before := m
		if err := m.end(state.EventRelease); err != nil {
			continue // decided or delivered meanwhile
		}
		if _, err := s.saveMatter(tx, before, m, step{actor: person, name: state.EventRelease}); err != nil {
			return err
		}
	}
	return nil
}

// Deliver says that the deed is done, in a few words. Errors: those of
// Matter.Deliver, fault.ReasonInvalidInput.
func (s *Service) Deliver(ctx context.Context, actor id.User, claim id.Claim, note string) (Claim, error) {
	if err := checkText(&note, "note", "办理情况", MaxNote); err != nil {
		return Claim{}, err
	}
	if note == "" {
		return Claim{}, fault.BadField("note", "请写一写办得怎么样，许愿人会看到。")
	}
	return s.act(ctx, actor, claim, func(tx *mysql.Tx, m *Matter, by Actor) (step, error) {
		clean, err := s.claimText(tx, m.Claim, "delivery_note", note)
		if err != nil {
			return step{}, err
		}
		return step{actor: actor, name: state.EventDeliver}, m.Deliver(by, clean, tx.Now())
	})
}

// Confirm takes the owner's answer; accepted pays the points in the same
// transaction. Errors: those of Matter.Confirm, fault.ReasonInvalidInput.
func (s *Service) Confirm(ctx context.Context, actor id.User, claim id.Claim, a Answer) (Claim, error) {
	if err := checkText(&a.Comment, "comment", "评价", MaxComment); err != nil {
		return Claim{}, err
	}
	if a.Rating != nil && (*a.Rating < 1 || *a.Rating > 5) {
		return Claim{}, fault.BadField("rating", "请给一到五颗星。")
	}
	var after Claim
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		m, by, err := s.lock(ctx, tx, actor, claim)
		if err != nil {
			return err
		}
		before := m
		if a.Comment, err = s.claimText(tx, m.Claim, "comment", a.Comment); err != nil {
			return err
		}
		if err := m.Confirm(by, a, tx.Now()); err != nil {
			return err
		}
		after = m.Claim
		if !a.Accepted {
			_, err = s.saveMatter(tx, before, m, step{actor: actor, name: state.EventReturn, reason: a.Comment})
			return err
		}
		cause, err := s.saveMatter(tx, before, m, step{actor: actor, name: state.EventConfirm})
		if err != nil {
			return err
		}
		return s.pay(ctx, tx, m, cause)
	})
	return after, err
}

// pay posts what the published wish promised.
func (s *Service) pay(ctx context.Context, tx *mysql.Tx, m Matter, cause id.Event) error {
	return s.ledger.Post(ctx, tx, points.Award{
		Event: points.WishFulfilled, Cause: cause, DeedAt: *m.Claim.DeliveredAt, Node: m.Wish.NodeID,
		Shares: []points.Share{{
			User: m.Claim.ClaimantID, Amount: *m.Wish.Points,
			MemberNode: m.Claim.MemberNodeID, MemberUnit: m.Claim.UnitID,
		}},
	})
}

// act locks a claim and its wish, applies the rule, and saves what it changed.
func (s *Service) act(ctx context.Context, actor id.User, claim id.Claim,
	rule func(*mysql.Tx, *Matter, Actor) (step, error)) (Claim, error) {
	var after Claim
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		m, by, err := s.lock(ctx, tx, actor, claim)
		if err != nil {
			return err
		}
		before := m
		how, err := rule(tx, &m, by)
		if err != nil {
			return err
		}
		after = m.Claim
		_, err = s.saveMatter(tx, before, m, how)
		return err
	})
	return after, err
}

func (s *Service) lock(ctx context.Context, tx *mysql.Tx, actor id.User, claim id.Claim) (Matter, Actor, error) {
	var m Matter
	by := Actor{ID: actor}
	err := tx.Read(ctx, append(lockMatter(&m, claim), org.CoveringClaim(&by.Grants, actor, claim))...)
	return m, by, missing(err)
}

// GetClaim reads a claim with its wish. Error: fault.ReasonNotFound, also for
// whom it is none of their business.
func (s *Service) GetClaim(ctx context.Context, actor id.User, claim id.Claim) (Matter, error) {
	var m Matter
	by := Actor{ID: actor}
	args := mysql.Args{"claim": claim}
	err := s.db.Read(ctx, mysql.One(&m.Claim, "wish.claim", args), mysql.One(&m.Wish, "wish.by_claim", args),
		org.CoveringClaim(&by.Grants, actor, claim))
	if err != nil {
		return m, missing(err)
	}
	now := s.db.Now()
	if !m.sees(by, now) {
		return Matter{}, fault.New(fault.ReasonNotFound)
	}
	m.Wish.hide(by, &m.Claim, now)
	return m, nil
}

// merge puts two histories in the order in which they were written.
func merge(a, b []event.Entry) []event.Entry {
	all := append(slices.Clone(a), b...)
	slices.SortStableFunc(all, func(x, y event.Entry) int {
		return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.ID, y.ID))
	})
	return all
}
