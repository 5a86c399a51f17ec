package attendance

import (
	"context"

	"xinyuan/internal/activity"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// AddPast writes an activity of the past to which everybody came: for seeds. Errors:
// those of activity.Service.AddPast and Settle.
func (r *Service) AddPast(ctx context.Context, leader id.User, p activity.Past) error {
	return r.db.Tx(ctx, func(tx *mysql.Tx) error {
		a, signups, err := r.activities.AddPast(ctx, tx, leader, p)
		if err != nil {
			return err
		}
		tx.At(p.Settled)
		s := settled{before: a, leads: []id.User{leader}, how: matter.Step{Actor: leader, Name: state.EventSettle}}
		if _, err := a.Settle(activity.Actor{ID: leader, Role: state.TeamRoleLeader}, p.People, tx.Now()); err != nil {
			return err
		}
		s.activity = a
		for _, one := range signups {
			s.outcomes = append(s.outcomes, Outcome{
				Present:  Present{SignupID: one.ID, UserID: one.UserID, Status: one.Status, Version: one.Version},
				Attended: true, Minutes: int(p.Minutes),
				Portions: []Portion{{Span: Span{a.StartsAt, a.EndsAt}, Minutes: int(p.Minutes)}},
			})
		}
		_, err = r.save(ctx, tx, s)
		return err
	})
}
