package project

import (
	"context"
	"time"

	"xinyuan/internal/ballot"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// View is a project as one person may see it.
type View struct {
	Project
	Milestones []Milestone
	Needs      []Need
	Helpers    []Unit
	Vote       *ballot.Ballot // the last one since it was delivered; nil: none
	History    []matter.Entry
	Insider    bool // of the community's staff, or of a unit
	May        May
}

// Need is something that residents said that a project is for.
type Need struct {
	ID   id.Need `db:"id"`
	Text string  `db:"text"`
}

// Unit is a unit that helps.
type Unit struct {
	ID   id.Node `db:"id"`
	Name string  `db:"name"`
}

// May is what the person may do with it now.
type May struct {
	Review, Start, Open, Return, Accept, Undo, Stop, Release, Deliver, Vote, Enter bool
	// ClaimFor and JoinFor are the units for which they may lead it, or help.
	ClaimFor, JoinFor, ReportFor []id.Node
}

// Get returns a project with its milestones and its vote. Error: fault.ReasonNotFound, also for whom it does not exist.
func (s *Service) Get(ctx context.Context, actor id.User, project id.Project) (View, error) {
	var (
		v     View
		vote  ballot.Ballot
		voted bool
		by    = Actor{ID: actor}
		args  = mysql.Args{"project": project}
	)
	if err := s.db.Get(ctx, &v.Project, "project.get", args); err != nil {
		return v, mysql.NotFound(err)
	}
	err := s.db.Read(ctx, append(by.wants(project, v.NodeID),
		mysql.Many(&v.Milestones, "project.milestones", args), mysql.Many(&v.Needs, "project.needs", args),
		mysql.Many(&v.Helpers, "project.helpers", args), ballot.Of(&vote, &voted, v.BallotID, actor),
		matter.History(&v.History, state.Project.Noun, int64(project)))...)
	if err != nil {
		return v, err
	}
	now := s.db.Now()
	if !by.Sees(v.Project, now) {
		return View{}, fault.New(fault.ReasonNotFound)
	}
	if voted {
		v.Vote = &vote
	}
	v.Insider = by.Place.Reads(now) || v.isOf(by, now)
	v.May = v.may(by, v.Vote, now)
	return v, nil
}

// may says what the actor may do.
func (p Project) may(by Actor, vote *ballot.Ballot, now time.Time) (m May) {
	try := fault.Trial(p)
	m = May{
		Review:  try(func(p *Project) error { _, err := p.Publish(by, now); return err }),
		Start:   try(func(p *Project) error { _, err := p.Start(by, nil, now); return err }),
		Open:    try(func(p *Project) error { _, err := p.Ask(by, vote, now); return err }),
		Return:  try(func(p *Project) error { _, err := p.Return(by, vote, now); return err }),
		Accept:  try(func(p *Project) error { _, err := p.Accept(by, vote, now); return err }),
		Undo:    try(func(p *Project) error { _, err := p.Undo(by, now); return err }),
		Stop:    try(func(p *Project) error { _, err := p.Stop(by, now); return err }),
		Release: try(func(p *Project) error { _, _, err := p.Release(by, 0, now); return err }),
		Deliver: try(func(p *Project) error { _, err := p.Deliver(by, now); return err }),
	}
	if vote != nil {
		_, refused := ballot.Enters(by.Place, now)
		m.Vote, m.Enter = vote.MayVote(now), refused == nil && vote.IsOpen(now) && !p.isOf(by, now)
	}
	for _, g := range by.Units {
		unit := g.NodeID
		if try(func(p *Project) error { _, err := p.Claim(by, unit, now); return err }) {
			m.ClaimFor = append(m.ClaimFor, unit)
		}
		if try(func(p *Project) error { _, err := p.Join(by, unit, now); return err }) {
			m.JoinFor = append(m.JoinFor, unit)
		}
		if try(func(p *Project) error { _, err := p.Report(by, &Milestone{UnitID: unit}, now); return err }) {
			m.ReportFor = append(m.ReportFor, unit)
		}
	}
	return m
}

// Scope is which projects a list is of.
type Scope string

// The scopes.
const (
	ScopeOpen   Scope = "open"   // that wait for a unit
	ScopePublic Scope = "public" // that were published
	ScopeMine   Scope = "mine"   // of the communities where the actor decides, and of the units for which they speak
)

// Scopes lists every scope.
func Scopes() []Scope { return []Scope{ScopeOpen, ScopePublic, ScopeMine} }

// Filter chooses projects.
type Filter struct {
	Scope  Scope
	Status state.ProjectStatus // empty: all of the scope
	Node   id.Node             // of communities at or below it; 0: all
	Unit   id.Node             // that leads or helps; 0: all
	Brand  id.Brand            // to which they belong; 0: all
	Cursor id.Project          // the last of the page before; 0: the first page
	Limit  int
}

// List lists projects, the latest first.
func (s *Service) List(ctx context.Context, actor id.User, f Filter) (all []Project, err error) {
	query := "project.page_public"
	switch f.Scope {
	case ScopeOpen:
		f.Status = state.ProjectOpen
	case ScopeMine:
		query = "project.page_mine"
	case ScopePublic:
	}
	return all, s.db.Select(ctx, &all, query, mysql.Args{
		"user": actor, "node": f.Node, "unit": f.Unit, "brand": f.Brand, "status": f.Status, "before": id.OrLatest(f.Cursor),
		"limit": f.Limit, "at": s.db.Now(), "speaking": id.ForUnits(), "roles": id.Deciders(),
	})
}
