package activity

import (
	"context"
	"errors"

	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/state"
)

// lookAhead is how many of those who wait are looked at beyond the free places:
// some of them may have a place elsewhere.
const lookAhead = 10

// promote gives the free places of an activity that is locked to those who wait,
// in the order in which they came. Who has a place elsewhere at that time is told
// so once, keeps their turn, and the next moves up. The caller saves the counters.
func (s *Service) promote(ctx context.Context, tx *mysql.Tx, a *Activity) error {
	for after := 0; a.vacant(tx.Now()) > 0; {
		var waiting []Signup
		err := tx.Select(ctx, &waiting, "activity.lock_waiting", mysql.Args{
			"activity": a.ID, "after": after, "limit": a.vacant(tx.Now()) + lookAhead,
		})
		if err != nil || len(waiting) == 0 {
			return err
		}
		after = waiting[len(waiting)-1].Place
		elsewhere, err := lockElsewhere(ctx, tx, a.ID, waiting)
		if err != nil {
			return err
		}
		for _, one := range waiting {
			if a.vacant(tx.Now()) == 0 {
				break
			}
			other, busy := elsewhere[one.UserID]
			if busy {
				err = s.skip(tx, one, other)
			} else {
				before := one
				err = errors.Join(a.promote(&one), s.saveSignup(tx, before, one, matter.Step{Name: state.EventPromote}))
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// skip tells somebody who waits that their turn is passed on, once for each
// activity that is in the way.
func (s *Service) skip(tx *mysql.Tx, one Signup, other Elsewhere) error {
	if one.SkippedFor != nil && *one.SkippedFor == other.ID {
		return nil
	}
	before := one
	if err := one.move(state.EventSkip); err != nil {
		return err
	}
	one.SkippedFor = &other.ID
	return s.saveSignup(tx, before, one, matter.Step{Name: state.EventSkip, Reason: other.inTheWay()})
}

// lockElsewhere locks the people who wait, so that of a sign-up of theirs at the
// same time one sees the other, and then finds the first activity in which each
// of them has a place while this one lasts.
func lockElsewhere(ctx context.Context, tx *mysql.Tx, activity id.Activity, waiting []Signup) (
	map[id.User]Elsewhere, error) {
	var (
		locked []id.User
		found  []Elsewhere
		users  = make([]id.User, len(waiting))
		first  = map[id.User]Elsewhere{}
	)
	for i, one := range waiting {
		users[i] = one.UserID
	}
	err := tx.Read(ctx, org.HoldPeople(tx, &locked, users...),
		mysql.Many(&found, "activity.elsewhere_of", mysql.Args{"activity": activity, "users": users}))
	for _, one := range found {
		if _, known := first[one.UserID]; !known {
			first[one.UserID] = one
		}
	}
	return first, err
}

// sweepVacant gives the places of an activity that became free for somebody who
// waits because their other place is gone.
func (s *Service) sweepVacant(ctx context.Context, activity id.Activity) error {
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var a Activity
		if err := tx.Get(ctx, &a, "activity.lock", mysql.Args{"activity": activity}); err != nil {
			return err
		}
		return errors.Join(s.promote(ctx, tx, &a), saveCounters(tx, a))
	})
}
