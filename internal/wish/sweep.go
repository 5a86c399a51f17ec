package wish

import (
	"context"
	"errors"
	"time"

	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
	"xinyuan/internal/sweep"
)

// Sweep lets claims lapse and wishes expire whose deadline has passed, and tells
// the next level of what still waits, each in a transaction of its own. Where
// somebody was faster, nothing happens.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.db.Now()
	var claims, waitingClaims []id.Claim
	var wishes, waitingWishes []id.Wish
	published := now.Add(-ExpireAfter)
	waiting := mysql.Args{"since": now.Add(-EscalateAfter), "limit": sweep.Size}
	err := s.db.Read(ctx,
		mysql.Many(&waitingClaims, "wish.waiting_claims", waiting),
		mysql.Many(&waitingWishes, "wish.waiting_wishes", waiting),
		mysql.Many(&claims, "wish.overdue_claims", mysql.Args{
			"undecided": now.Add(-LapseAfter), "undelivered": now.Add(-DeliverWithin), "limit": sweep.Size,
		}),
		mysql.Many(&wishes, "wish.overdue_wishes", mysql.Args{
			"published": published, "last": id.Last[id.Wish](published), "limit": sweep.Size,
		}))
	if err != nil {
		return err
	}
	lapse := func(m *Matter, now time.Time) (state.Event, error) { return state.EventLapse, m.Lapse(now) }
	expire := func(w *Wish, now time.Time) (state.Event, error) { return state.EventExpire, w.Expire(now) }
	escalate := func(w *Wish, now time.Time) (state.Event, error) { return state.EventEscalate, w.Escalate(now) }
	return errors.Join(
		sweep.Each(ctx, "late claims", claims, s.sweepClaim(lapse)),
		sweep.Each(ctx, "waiting claims", waitingClaims, s.sweepClaim((*Matter).Escalate)),
		sweep.Each(ctx, "late wishes", wishes, s.sweepWish(expire)),
		sweep.Each(ctx, "waiting wishes", waitingWishes, s.sweepWish(escalate)),
	)
}

// sweepClaim takes a claim the step that the rule says.
func (s *Service) sweepClaim(rule func(*Matter, time.Time) (state.Event, error)) func(context.Context, id.Claim) error {
	return func(ctx context.Context, claim id.Claim) error {
		return s.db.Tx(ctx, func(tx *mysql.Tx) error {
			var m Matter
			if err := tx.Read(ctx, lockMatter(&m, claim)...); err != nil {
				return mysql.NotFound(err)
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
}

// sweepWish takes a wish the step that the rule says.
func (s *Service) sweepWish(rule func(*Wish, time.Time) (state.Event, error)) func(context.Context, id.Wish) error {
	return func(ctx context.Context, wish id.Wish) error {
		return s.db.Tx(ctx, func(tx *mysql.Tx) error {
			var w Wish
			if err := tx.Read(ctx, lockWish(&w, wish)...); err != nil {
				return mysql.NotFound(err)
			}
			before := w
			name, err := rule(&w, tx.Now())
			if err != nil {
				return err
			}
			return s.saveWish(tx, before, w, matter.Step{Name: name})
		})
	}
}
