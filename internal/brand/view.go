package brand

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

// View is a brand as one person may see it.
type View struct {
	Brand
	Units   []Unit // that help
	Years   []Year // the latest first
	Vote    *ballot.Ballot
	History []matter.Entry
	Insider bool // of the community's staff, or of a unit
	May     May
}

// Unit is a unit that helps.
type Unit struct {
	ID   id.Node `db:"id"`
	Name string  `db:"name"`
}

// May is what the person may do with it now.
type May struct {
	Accept, Open, Renew, Stop, Vote, Enter bool
	// JoinFor and LeaveFor are the units that may help by the person's word, or help no more.
	JoinFor, LeaveFor []id.Node
}

// Get returns a brand with its units, its years and its vote. Error: fault.ReasonNotFound, also for whom it does not
// exist.
func (s *Service) Get(ctx context.Context, actor id.User, brand id.Brand) (View, error) {
	var (
		v     View
		vote  ballot.Ballot
		voted bool
		by    = Actor{ID: actor}
		now   = s.db.Now()
		args  = mysql.Args{"brand": brand, "at": now}
	)
	if err := s.db.Get(ctx, &v.Brand, "brand.get", args); err != nil {
		return v, mysql.NotFound(err)
	}
	args["node"] = v.NodeID
	err := s.db.Read(ctx, append(by.wants(brand, v.NodeID), mysql.Many(&v.Units, "brand.units", args),
		mysql.Many(&v.Years, "brand.years", args), ballot.Of(&vote, &voted, v.BallotID, actor),
		matter.History(&v.History, state.Brand.Noun, int64(brand)))...)
	if err != nil {
		return v, err
	}
	if !by.Sees(v.Brand, now) {
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
func (b Brand) may(by Actor, vote *ballot.Ballot, now time.Time) (m May) {
	try := fault.Trial(b)
	m = May{
		Accept: try(func(b *Brand) error { _, err := b.Accept(by, now); return err }),
		Open:   try(func(b *Brand) error { _, err := b.Ask(by, now); return err }),
		Renew:  try(func(b *Brand) error { _, _, err := b.Renew(by, vote, now); return err }),
		Stop:   try(func(b *Brand) error { _, err := b.Stop(by, vote, now); return err }),
	}
	if vote != nil {
		_, refused := ballot.Enters(by.Place, now)
		m.Vote, m.Enter = vote.MayVote(now), refused == nil && vote.IsOpen(now) && !b.isOf(by, now)
	}
	for _, g := range by.Units {
		unit := g.NodeID
		if try(func(b *Brand) error { _, err := b.Join(by, unit, now); return err }) {
			m.JoinFor = append(m.JoinFor, unit)
		}
		if try(func(b *Brand) error { _, err := b.Leave(by, unit, now); return err }) {
			m.LeaveFor = append(m.LeaveFor, unit)
		}
	}
	return m
}

// Scope is which brands a list is of.
type Scope string

// The scopes.
const (
	ScopePublic Scope = "public" // that have begun
	ScopeMine   Scope = "mine"   // of the communities where the actor decides, and of the units for which they speak
)

// Scopes lists every scope.
func Scopes() []Scope { return []Scope{ScopePublic, ScopeMine} }

// Filter chooses brands.
type Filter struct {
	Scope  Scope
	Status state.BrandStatus // empty: all of the scope
	Node   id.Node           // of communities at or below it; 0: all
	Unit   id.Node           // that leads or helps; 0: all
	Cursor id.Brand          // the last of the page before; 0: the first page
	Limit  int
}

// List lists brands, the latest first.
func (s *Service) List(ctx context.Context, actor id.User, f Filter) (all []Brand, err error) {
	query := "brand.page_public"
	if f.Scope == ScopeMine {
		query = "brand.page_mine"
	}
	return all, s.db.Select(ctx, &all, query, mysql.Args{
		"user": actor, "node": f.Node, "unit": f.Unit, "status": f.Status, "before": id.OrLatest(f.Cursor),
		"limit": f.Limit, "at": s.db.Now(), "speaking": id.ForUnits(), "roles": id.Deciders(),
	})
}
