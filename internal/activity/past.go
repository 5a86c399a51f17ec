package activity

import (
	"context"
	"errors"

	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// Past is an activity of the past with those who came, each for so many minutes
// from its start.
type Past struct {
	Draft
	People  []id.User
	Minutes int64
}

// AddPast queues an activity that has been held and settled just now by who leads
// the team, with its sign-ups: for seeds, which write more of them than can be
// played step by step. Errors: those of Create.
func (s *Service) AddPast(ctx context.Context, tx *mysql.Tx, leader id.User, p Past) (Activity, error) {
	if err := p.check(tx.Now()); err != nil {
		return Activity{}, err
	}
	team, err := s.team(ctx, tx, leader, p.TeamID)
	if err != nil {
		return Activity{}, err
	}
	a, err := s.draft(tx, leader, team, p.Draft)
	if err != nil {
		return a, err
	}
	by := matter.Step{Actor: leader}
	return a, errors.Join(s.addActivity(tx, a, by), s.hold(tx, a, p, by))
}

// hold queues what becomes of a draft until it is settled.
func (s *Service) hold(tx *mysql.Tx, a Activity, p Past, by matter.Step) error {
	now := tx.Now()
	published := a
	published.Status, published.PublishedAt = state.ActivityPublished, &a.CreatedAt
	by.Name = state.EventPublish
	err := s.Save(tx, a, published, by)
	published.Version++
	signups := make([]Signup, len(p.People))
	ids := make([]id.Signup, len(p.People))
	var steps []matter.Saved
	for i, person := range p.People {
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
	_, saved := matter.SaveAll(tx, s.sealer, steps)
	return errors.Join(err, tx.Add("activity.add_signup", signups), saved, saveCounters(tx, full),
		s.Save(tx, full, settled, by),
		MarkSignups(tx, state.SignupAttended, ids...))
}
