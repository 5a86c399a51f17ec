package activity

import (
	"context"
	"errors"
	"time"

	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// Past is an activity of the past with those who came, each for so many minutes
// from its start.
type Past struct {
	Draft
	Planned time.Time // when it was written, published and joined
	Settled time.Time // when who leads said that all had come
	People  []id.User
	Minutes int64
}

// AddPast queues an activity as it was written, published and joined, by the rules
// and with the rows of each of these steps: for seeds, which write more activities
// than can be played call by call. The transaction is at that time afterwards.
// Errors: those of Create, Activity.Publish and Activity.SignUp.
func (s *Service) AddPast(ctx context.Context, tx *mysql.Tx, leader id.User, p Past) (Activity, []Signup, error) {
	tx.At(p.Planned)
	if err := p.check(tx.Now()); err != nil {
		return Activity{}, nil, err
	}
	team, err := s.team(ctx, tx, leader, p.TeamID)
	if err != nil {
		return Activity{}, nil, err
	}
	a, err := s.draft(tx, leader, team, p.Draft)
	if err != nil {
		return a, nil, err
	}
	if err := a.Publish(Actor{ID: leader, Role: state.TeamRoleLeader}, tx.Now()); err != nil {
		return a, nil, err
	}
	a.Version++
	signups := make([]Signup, len(p.People))
	for i, person := range p.People {
		if signups[i], err = a.SignUp(Actor{ID: person}, person, tx.Now()); err != nil {
			return a, nil, err
		}
		signups[i].ID = mysql.NewID[id.Signup](tx)
	}
	return a, signups, errors.Join(s.addActivity(tx, a, matter.Step{Actor: leader}), s.addSignups(tx, 0, signups...),
		saveCounters(tx, a))
}
