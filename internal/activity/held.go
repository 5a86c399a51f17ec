package activity

import (
	"context"
	"errors"

	"xinyuan/internal/hours"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// Held is an activity of the past with those who came, each for so many minutes
// from its start.
type Held struct {
	Draft
	People  []id.User
	Minutes int64
}

// AddHeld writes an activity that has been held and settled just now by who leads
// the team, with its sign-ups and records of service: for seeds, which write more
// of them than can be played step by matter.Step. Errors: those of Service.Create and
// hours.Record.
func (r *Roll) AddHeld(ctx context.Context, leader id.User, h Held) error {
	if err := h.check(r.db.Now()); err != nil {
		return err
	}
	return r.db.Tx(ctx, func(tx *mysql.Tx) error {
		team, err := r.activities.team(ctx, tx, leader, h.TeamID)
		if err != nil {
			return err
		}
		a, err := r.activities.draft(tx, leader, team, h.Draft)
		if err != nil {
			return err
		}
		by := matter.Step{Actor: leader}
		if err := errors.Join(r.activities.addActivity(tx, a, by), r.hold(tx, a, h, by)); err != nil {
			return err
		}
		b := hours.Batch{
			Actor: leader, Source: state.SourceActivity, Activity: a.ID, Team: a.TeamID, Node: a.NodeID, Title: a.Title,
			Told: true,
		}
		for _, person := range h.People {
			b.Entries = append(b.Entries, hours.Entry{User: person, Start: a.StartsAt, End: a.EndsAt, Minutes: h.Minutes})
		}
		_, err = r.records.Record(ctx, tx, b)
		return err
	})
}

// hold queues what becomes of a draft until it is settled.
func (r *Roll) hold(tx *mysql.Tx, a Activity, h Held, by matter.Step) error {
	now := tx.Now()
	published := a
	published.Status, published.PublishedAt = state.ActivityPublished, &a.CreatedAt
	by.Name = state.EventPublish
	err := r.activities.saveActivity(tx, a, published, by)
	published.Version++
	signups := make([]Signup, len(h.People))
	ids := make([]id.Signup, len(h.People))
	var steps []matter.Saved
	for i, person := range h.People {
		one := Signup{
			ID: mysql.NewID[id.Signup](tx), ActivityID: a.ID, UserID: person, Status: state.Signup.Initial, Place: i + 1,
			CreatedAt: a.CreatedAt, Version: 1,
		}
		signups[i], ids[i] = one, one.ID
		came := one
		came.Status, came.Version = state.SignupAttended, 2
		steps = append(steps,
			matter.Saved{Matter: one.Matter(), Step: matter.Step{Actor: person, Name: state.EventCreate}},
			matter.Saved{Matter: came.Matter(), Step: matter.Step{
				Actor: by.Actor, Name: state.EventAttend, From: string(one.Status),
			}})
	}
	full := published
	full.Confirmed, full.LastPlace = len(signups), len(signups)
	settled := full
	settled.Status, settled.SettledAt, settled.SettledBy = state.ActivitySettled, &now, &by.Actor
	by.Name = state.EventSettle
	_, saved := matter.SaveAll(tx, r.sealer, steps)
	return errors.Join(err, tx.Add("activity.add_signup", signups), saved, saveCounters(tx, full),
		r.activities.saveActivity(tx, full, settled, by),
		MarkSignups(tx, state.SignupAttended, ids...))
}
