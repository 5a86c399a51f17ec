package attendance

import (
	"context"

	"xinyuan/internal/activity"
	"xinyuan/internal/hours"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// AddPast writes an activity of the past with its records of service: for seeds.
// Errors: those of activity.Service.AddPast and hours.Record.
func (r *Service) AddPast(ctx context.Context, leader id.User, p activity.Past) error {
	return r.db.Tx(ctx, func(tx *mysql.Tx) error {
		a, err := r.activities.AddPast(ctx, tx, leader, p)
		if err != nil {
			return err
		}
		b := hours.Batch{
			Actor: leader, Source: state.SourceActivity, Activity: a.ID, Team: a.TeamID, Node: a.NodeID, Title: a.Title,
			Told: true,
		}
		for _, person := range p.People {
			b.Entries = append(b.Entries, hours.Entry{User: person, Start: a.StartsAt, End: a.EndsAt, Minutes: p.Minutes})
		}
		_, err = r.records.Record(ctx, tx, b)
		return err
	})
}
