package wish

import (
	"context"
	"errors"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// sweepSize is how many claims and wishes one sweep looks at.
const sweepSize = 200

// Sweep lets claims lapse and wishes expire whose deadline has passed, and tells
// the next level of what still waits, each in a transaction of its own. Where
// somebody was faster, nothing happens.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.db.Now()
	var claims, waitingClaims []id.Claim
	var wishes, waitingWishes []id.Wish
	waiting := mysql.Args{"since": now.Add(-EscalateAfter), "limit": sweepSize}
	err := s.db.Read(ctx,
		mysql.Many(&waitingClaims, "wish.waiting_claims", waiting),
		mysql.Many(&waitingWishes, "wish.waiting_wishes", waiting),
		mysql.Many(&claims, "wish.overdue_claims", mysql.Args{
			"undecided": now.Add(-LapseAfter), "undelivered": now.Add(-DeliverWithin), "limit": sweepSize,
		}),
		mysql.Many(&wishes, "wish.overdue_wishes", mysql.Args{"published": now.Add(-ExpireAfter), "limit": sweepSize}))
	if err != nil {
		return err
	}
	lapse := func(m *Matter, now time.Time) (state.Event, error) { return state.EventLapse, m.Lapse(now) }
	expire := func(w *Wish, now time.Time) (state.Event, error) { return state.EventExpire, w.Expire(now) }
	escalate := func(w *Wish, now time.Time) (state.Event, error) { return state.EventEscalate, w.Escalate(now) }
	return errors.Join(
		each(claims, func(c id.Claim) error { return s.sweepClaim(ctx, c, lapse) }),
		each(waitingClaims, func(c id.Claim) error { return s.sweepClaim(ctx, c, (*Matter).Escalate) }),
		each(wishes, func(w id.Wish) error { return s.sweepWish(ctx, w, expire) }),
		each(waitingWishes, func(w id.Wish) error { return s.sweepWish(ctx, w, escalate) }),
	)
}

// each does it for all, until one fails for another reason than that somebody
// moved the matter meanwhile.
func each[I any](all []I, do func(I) error) error {
	for _, one := range all {
		if err := ignoreFaster(do(one)); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) sweepClaim(ctx context.Context, claim id.Claim,
	rule func(*Matter, time.Time) (state.Event, error)) error {
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var m Matter
		if err := tx.Read(ctx, lockMatter(&m, claim)...); err != nil {
			return missing(err)
		}
		before := m
		name, err := rule(&m, tx.Now())
		if err != nil {
			return err
		}
		_, err = s.saveMatter(tx, before, m, matter.Step{Name: name})
		return err
	})
}

func (s *Service) sweepWish(ctx context.Context, wish id.Wish,
	rule func(*Wish, time.Time) (state.Event, error)) error {
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var w Wish
		if err := tx.Read(ctx, lockWish(&w, wish)); err != nil {
			return missing(err)
		}
		before := w
		name, err := rule(&w, tx.Now())
		if err != nil {
			return err
		}
		return s.saveWish(tx, before, w, matter.Step{Name: name})
	})
}

// ignoreFaster drops the refusals of a matter that somebody moved meanwhile.
func ignoreFaster(err error) error {
	if fault.Has(err, fault.ReasonClaimState) || fault.Has(err, fault.ReasonWishState) {
		return nil
	}
	return err
}
