package activity

import (
	"context"
	"errors"

	"xinyuan/internal/event"
	"xinyuan/internal/id"
	"xinyuan/internal/inbox"
	"xinyuan/internal/mysql"
	"xinyuan/internal/service"
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
// of them than can be played step by step. Errors: those of Service.Create and
// service.Record.
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
		by := step{actor: leader}
		if err := errors.Join(r.activities.addActivity(tx, a, by), r.hold(tx, a, h, by)); err != nil {
			return err
		}
		b := service.Batch{
			Actor: leader, Source: state.SourceActivity, Activity: a.ID, Team: a.TeamID, Node: a.NodeID, Title: a.Title,
			Told: true,
		}
		for _, person := range h.People {
			b.Entries = append(b.Entries, service.Entry{User: person, Start: a.StartsAt, End: a.EndsAt, Minutes: h.Minutes})
		}
		_, err = r.records.Record(ctx, tx, b)
		return err
	})
}

// hold queues what becomes of a draft until it is settled.
func (r *Roll) hold(tx *mysql.Tx, a Activity, h Held, by step) error {
	now := tx.Now()
	published := a
	published.Status, published.PublishedAt = state.ActivityPublished, &a.CreatedAt
	by.name = state.EventPublish
	err := r.activities.saveActivity(tx, a, published, by, a.concerned(nil, nil))
	published.Version++
	signups := make([]Signup, len(h.People))
	ids := make([]id.Signup, len(h.People))
	var events []event.Entry
	var news []inbox.News
	for i, person := range h.People {
		one := Signup{
			ID: mysql.NewID[id.Signup](tx), ActivityID: a.ID, UserID: person, Status: state.Signup.Initial, Place: i + 1,
			CreatedAt: a.CreatedAt, Version: 1,
		}
		signups[i], ids[i] = one, one.ID
		came := event.Entry{Noun: state.Signup.Noun, SubjectID: int64(one.ID), ActorID: &by.actor}
		first := came
		first.ID, first.ActorID = mysql.NewID[id.Event](tx), &h.People[i]
		first.Version, first.Name, first.To = 1, state.EventCreate, string(one.Status)
		came.ID, came.Version, came.Name = mysql.NewID[id.Event](tx), 2, state.EventAttend
		came.From, came.To = string(one.Status), string(state.SignupAttended)
		events = append(events, first, came)
		news = append(news, inbox.News{Event: came, Matter: inbox.Matter{
			Parties: []inbox.Party{{Part: state.PartyVolunteer, Person: person}},
		}})
	}
	full := published
	full.Confirmed, full.LastPlace = len(signups), len(signups)
	settled := full
	settled.Status, settled.SettledAt, settled.SettledBy = state.ActivitySettled, &now, &by.actor
	by.name = state.EventSettle
	return errors.Join(err, tx.Add("activity.add_signup", signups), event.AddAll(tx, events),
		inbox.TellAll(tx, news), saveCounters(tx, full),
		r.activities.saveActivity(tx, full, settled, by, a.concerned(nil, nil)),
		tx.Add("activity.mark", mysql.Args{"status": state.SignupAttended, "signups": ids, "at": tx.Now()}))
}
