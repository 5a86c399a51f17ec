package activity

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

// RemindBefore is how long before an activity starts its people are reminded.
// Who signs up later than that knows.
const RemindBefore = 24 * time.Hour

// Sweep makes the occurrences of series that are due, reminds people of activities
// that begin soon, and gives places that nobody could have to those who now can,
// each in a transaction of its own.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.db.Now()
	var series []id.Series
	var soon, vacant []id.Activity
	err := s.db.Read(ctx,
		mysql.Many(&series, "activity.due_series", mysql.Args{
			"before": now.Add(Ahead - 24*time.Hour), "limit": sweep.Size, // each about once a day
		}),
		mysql.Many(&soon, "activity.to_remind", mysql.Args{
			"now": now, "soon": now.Add(RemindBefore), "limit": sweep.Size,
		}),
		mysql.Many(&vacant, "activity.vacant", mysql.Args{"now": now, "limit": sweep.Size}))
	if err != nil {
		return err
	}
	return errors.Join(
		sweep.Each(ctx, "series", series, s.sweepSeries),
		sweep.Each(ctx, "activities that begin soon", soon, s.remind),
		sweep.Each(ctx, "activities with a place free", vacant, s.sweepVacant),
	)
}

// remind tells those who have a place in the activity that it begins soon.
func (s *Service) remind(ctx context.Context, activity id.Activity) error {
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var a Activity
		var all []Signup
		if err := tx.Get(ctx, &a, "activity.lock", mysql.Args{"activity": activity}); err != nil {
			return err
		}
		err := tx.Select(ctx, &all, "activity.lock_unreminded", mysql.Args{
			"activity": activity, "since": a.StartsAt.Add(-RemindBefore),
		})
		if err != nil || len(all) == 0 || a.Status != state.ActivityPublished || !tx.Now().Before(a.StartsAt) {
			return err
		}
		from := map[id.Signup]state.SignupStatus{}
		ids := make([]id.Signup, len(all))
		for i := range all {
			from[all[i].ID], ids[i] = all[i].Status, all[i].ID
			if err := all[i].move(state.EventRemind); err != nil {
				return err
			}
		}
		return errors.Join(tx.Add("activity.remind", mysql.Args{"at": tx.Now(), "signups": ids}),
			s.saveSignups(tx, from, all, matter.Step{Name: state.EventRemind}))
	})
}
