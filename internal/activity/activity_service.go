package activity

import (
	"context"
	"errors"
	"fmt"

	"xinyuan/internal/content"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// Service runs the rules in transactions.
type Service struct {
	db     *mysql.DB
	sealer *seal.Sealer
	texts  *content.Service // nil: nobody looks at texts, as in a seed
}

// New returns the service over its parts.
func New(db *mysql.DB, sealer *seal.Sealer) *Service { return &Service{db: db, sealer: sealer} }

// home is the team of a new activity.
type home struct {
	ID       id.Team          `db:"id"`
	NodeID   id.Node          `db:"node_id"`
	NodeName string           `db:"node_name"`
	Name     string           `db:"name"`
	Status   state.TeamStatus `db:"status"`
}

// Create writes a draft, for who leads the team; one that repeats begins a
// series, whose first occurrence is returned. Errors: fault.ReasonInvalidInput,
// fault.ReasonNotFound for no such team, fault.ReasonNotTeamLeader,
// fault.ReasonTeamState.
func (s *Service) Create(ctx context.Context, actor id.User, d Draft,
	onCommit mysql.OnCommit[Activity]) (Activity, error) {
	if err := d.check(s.db.Now()); err != nil {
		return Activity{}, err
	}
	if d.Repeat != nil {
		if err := d.Repeat.check(d, s.db.Now()); err != nil {
			return Activity{}, err
		}
	}
	var a Activity
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		team, err := s.team(ctx, tx, actor, d.TeamID)
		if err != nil {
			return err
		}
		if d.Repeat != nil {
			a, err = s.begin(tx, actor, team, d)
		} else if a, err = s.draft(tx, actor, team, d); err == nil {
			err = s.addActivity(tx, a, matter.Step{Actor: actor})
		}
		return errors.Join(err, onCommit.Do(tx, a, err))
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
		return t, mysql.NotFound(err)
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
	err := s.redact(tx, &d, state.Activity.Noun, int64(a.ID), 1)
	a.fill(d)
	return a, err
}

// redact takes numbers out of the draft's texts. version is the subject's after
// the writing: the original is kept for each.
func (s *Service) redact(tx *mysql.Tx, d *Draft, noun string, subject int64, version int) error {
	var all error
	for name, one := range map[string]*string{
		"title": &d.Title, "description": &d.Description, "place_name": &d.Place.Name,
		"skills": &d.Skills, "health": &d.Health,
	} {
		field := matter.Field{Noun: noun, Subject: subject, Name: fmt.Sprintf("%s.%d", name, version), Withheld: true}
		clean, err := matter.Redact(tx, s.sealer, field, *one)
		*one, all = clean, errors.Join(all, err)
	}
	return all
}

// Get returns an activity as the person sees it. Error: fault.ReasonNotFound,
// also of a draft for whom it is none of their business.
func (s *Service) Get(ctx context.Context, actor id.User, activity id.Activity) (Seen, error) {
	var a Seen
	var grants grant.Grants
	var other Elsewhere
	var passed bool
	var waiting []content.Text
	args := mysql.Args{"activity": activity, "user": actor}
	err := s.db.Read(ctx, mysql.One(&a, "activity.by_id", args),
		grant.CoveringMatter(&grants, actor, state.Activity.Noun, activity),
		mysql.Maybe(&other, &passed, "activity.passed_for", args),
		content.Own(&waiting, state.Activity.Noun, int64(activity)))
	if err != nil {
		return a, mysql.NotFound(err)
	}
	now := s.db.Now()
	if !a.sees(Actor{ID: actor, Grants: grants, Role: a.Role}, now) {
		return Seen{}, fault.New(fault.ReasonNotFound)
	}
	if a.Role.Leads() {
		a.write(waiting)
	}
	if a.Decides = grants.Decides(now); passed {
		a.PassedFor = &other
	}
	return a, nil
}
