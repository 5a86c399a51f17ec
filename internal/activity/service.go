package activity

import (
	"context"
	"errors"
	"fmt"

	"xinyuan/internal/event"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// Service runs the rules in transactions.
type Service struct {
	db     *mysql.DB
	sealer *seal.Sealer
}

// New returns the service over its parts.
func New(db *mysql.DB, sealer *seal.Sealer) *Service { return &Service{db, sealer} }

// home is the team of a new activity.
type home struct {
	ID       id.Team          `db:"id"`
	NodeID   id.Node          `db:"node_id"`
	NodeName string           `db:"node_name"`
	Name     string           `db:"name"`
	Status   state.TeamStatus `db:"status"`
}

// Create writes a draft, for who leads the team. Errors:
// fault.ReasonInvalidInput, fault.ReasonNotFound for no such team,
// fault.ReasonNotTeamLeader, fault.ReasonTeamState.
func (s *Service) Create(ctx context.Context, actor id.User, d Draft, keep mysql.Keep[Activity]) (Activity, error) {
	if err := d.check(); err != nil {
		return Activity{}, err
	}
	var a Activity
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		team, err := s.team(ctx, tx, actor, d.TeamID)
		if err != nil {
			return err
		}
		if a, err = s.draft(tx, actor, team, d); err != nil {
			return err
		}
		err = s.addActivity(tx, a, step{actor: actor})
		return errors.Join(err, keep.Do(tx, a, err))
	})
	return a, err
}

// team reads the team for which somebody who leads it makes an activity.
func (s *Service) team(ctx context.Context, tx *mysql.Tx, actor id.User, team id.Team) (home, error) {
	var (
		t    home
		role state.TeamRole
		in   bool
		args = mysql.Args{"team": team, "user": actor}
	)
	err := tx.Read(ctx, mysql.One(&t, "activity.team", args), mysql.Maybe(&role, &in, "activity.role", args))
	switch {
	case err != nil:
		return t, missing(err)
	case !role.Leads():
		return t, fault.New(fault.ReasonNotTeamLeader)
	case t.Status != state.TeamActive:
		return t, fault.New(fault.ReasonTeamState)
	}
	return t, nil
}

// draft makes an activity of a checked draft.
func (s *Service) draft(tx *mysql.Tx, actor id.User, team home, d Draft) (Activity, error) {
	a := Activity{
		ID: mysql.NewID[id.Activity](tx), TeamID: team.ID, TeamName: team.Name, NodeID: team.NodeID,
		NodeName: team.NodeName, Status: state.Activity.Initial, CreatedBy: actor, CreatedAt: tx.Now(), Version: 1,
	}
	err := s.redact(tx, &d, a.ID, 1)
	a.fill(d)
	return a, err
}

// redact takes numbers out of the draft's texts. version is the activity's after
// the writing: the original is kept for each.
func (s *Service) redact(tx *mysql.Tx, d *Draft, activity id.Activity, version int) error {
	var all error
	for name, one := range map[string]*string{
		"title": &d.Title, "description": &d.Description, "place_name": &d.Place.Name,
		"skills": &d.Skills, "health": &d.Health,
	} {
		field := event.Field{Noun: "activity", Subject: int64(activity), Name: fmt.Sprintf("%s.%d", name, version)}
		clean, err := event.Redact(tx, s.sealer, field, *one)
		*one, all = clean, errors.Join(all, err)
	}
	return all
}

// Publish opens the sign-up. Errors: fault.ReasonTeamState of a team that serves
// no more, and those of Activity.Publish.
func (s *Service) Publish(ctx context.Context, actor id.User, activity id.Activity, keep mysql.Keep[Activity]) (
	Activity, error) {
	var a Activity
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		by := Actor{ID: actor}
		if err := tx.Read(ctx, lockActivity(&a, &by, activity)...); err != nil {
			return missing(err)
		}
		before := a
		if err := a.Publish(by, tx.Now()); err != nil {
			return err
		}
		err := s.saveActivity(tx, before, a, step{actor: actor, name: state.EventPublish}, a.concerned(nil, nil))
		return errors.Join(err, keep.Do(tx, a, err))
	})
	return a, err
}

// Get returns an activity as the person sees it. Error: fault.ReasonNotFound,
// also of a draft for whom it is none of their business.
func (s *Service) Get(ctx context.Context, actor id.User, activity id.Activity) (Seen, error) {
	var a Seen
	var grants org.Grants
	args := mysql.Args{"activity": activity, "user": actor}
	err := s.db.Read(ctx, mysql.One(&a, "activity.by_id", args), org.CoveringActivity(&grants, actor, activity))
	if err != nil {
		return a, missing(err)
	}
	now := s.db.Now()
	if !a.sees(Actor{ID: actor, Grants: grants, Role: a.Role}, now) {
		return Seen{}, fault.New(fault.ReasonNotFound)
	}
	_, a.Decides = grants.Decider(now)
	return a, nil
}
