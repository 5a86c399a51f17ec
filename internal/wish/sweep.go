package wish

import (
	"context"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// sweepSize is how many claims and wishes one sweep looks at.
const sweepSize = 200

// Sweep lets claims lapse and wishes expire whose deadline has passed, each in a
// transaction of its own. Where somebody was faster, nothing happens.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.db.Now()
	var claims []id.Claim
	var wishes []id.Wish
	err := s.db.Read(ctx,
		mysql.Many(&claims, "wish.overdue_claims", mysql.Args{
			"undecided": now.Add(-LapseAfter), "undelivered": now.Add(-DeliverWithin), "limit": sweepSize,
		}),
		mysql.Many(&wishes, "wish.overdue_wishes", mysql.Args{"published": now.Add(-ExpireAfter), "limit": sweepSize}))
	if err != nil {
		return err
	}
	for _, claim := range claims {
		if err := ignoreFaster(s.lapse(ctx, claim)); err != nil {
			return err
		}
	}
	for _, wish := range wishes {
		if err := ignoreFaster(s.expire(ctx, wish)); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) lapse(ctx context.Context, claim id.Claim) error {
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var m Matter
		if err := tx.Read(ctx, lockMatter(&m, claim)...); err != nil {
			return missing(err)
		}
		before := m
		if err := m.Lapse(tx.Now()); err != nil {
			return err
		}
		_, err := s.saveMatter(tx, before, m, step{name: state.EventLapse})
		return err
	})
}

func (s *Service) expire(ctx context.Context, wish id.Wish) error {
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var w Wish
		if err := tx.Read(ctx, lockWish(&w, wish)); err != nil {
			return missing(err)
		}
		before := w
		if err := w.Expire(tx.Now()); err != nil {
			return err
		}
		return s.saveWish(tx, before, w, step{name: state.EventExpire})
	})
}

// ignoreFaster drops the refusals of a matter that somebody moved meanwhile.
func ignoreFaster(err error) error {
	if fault.Has(err, fault.ReasonClaimState) || fault.Has(err, fault.ReasonWishState) {
		return nil
	}
	return err
}
