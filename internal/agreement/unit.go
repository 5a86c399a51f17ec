package agreement

import (
	"context"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/state"
)

// UnitPage is what a unit promised communities for a year, what it did, and what it still owes (单位共建情况). All of it is
// counted, and nobody's name is in it.
type UnitPage struct {
	Unit       org.Node
	Year       int
	Years      []int // for which something was signed, the latest first
	Agreements []Listed
	Opened     []Opened
	Deeds      Deeds
	At         time.Time
	MayPrint   bool // the person may take it along as a paper
}

// Opened is something that the unit opens, and how often it was used in the year, by how many people.
type Opened struct {
	ID     id.Offer          `db:"id"`
	Name   string            `db:"name"`
	Status state.OfferStatus `db:"status"`
	Used   int               `db:"used"`
	People int               `db:"people"`
}

// Deeds are what people did in the unit's name in the year.
type Deeds struct {
	Wishes  int   `db:"wishes"`  // that were fulfilled, as their owners said
	Minutes int64 `db:"minutes"` // of service that were credited
	Tasks   int   `db:"tasks"`   // that the unit was asked for and did, as who asked said
}

// Promises counts the lines of a year.
type Promises struct {
	All  int
	Kept int
	Owed int // still to be done, in time or late; what was not kept before its agreement ended is not owed any more
	Late int // of those owed: past their quarter
}

// Standing is where a line stands.
type Standing string

// The standings.
const (
	StandingKept  Standing = "kept"
	StandingOwed  Standing = "owed"
	StandingLate  Standing = "late"
	StandingEnded Standing = "ended" // its agreement ended before it was kept
)

// StandingOf tells where a line of a signed agreement stands.
func (a Agreement) StandingOf(l Line, now time.Time) Standing {
	switch {
	case l.IsKept():
		return StandingKept
	case a.Status != state.AgreementSigned:
		return StandingEnded
	case now.Before(a.Due(l)):
		return StandingOwed
	}
	return StandingLate
}

// Promises counts the lines.
func (p UnitPage) Promises() (n Promises) {
	for _, one := range p.Agreements {
		n.add(one, p.At)
	}
	return n
}

// add counts the lines of an agreement.
func (n *Promises) add(one Listed, now time.Time) {
	for _, l := range one.Lines {
		n.All++
		switch one.StandingOf(l, now) {
		case StandingKept:
			n.Kept++
		case StandingLate:
			n.Late++
			n.Owed++
		case StandingOwed:
			n.Owed++
		case StandingEnded:
		}
	}
}

// mayPrint tells whether the actor takes the page along as a paper: who signs for the unit, and staff above it who
// decide or audit.
func mayPrint(all grant.Grants, now time.Time) bool {
	if _, ok := (Actor{Unit: all}).forUnit(now); ok {
		return true
	}
	for _, g := range all {
		if g.IsInForce(now) && (g.Role.Decides() || g.Role == id.RoleAuditor) {
			return true
		}
	}
	return false
}

// GetUnit reads a unit's page of a year; 0: this one. What both sides have signed is everybody's, so is the page.
// Error: fault.ReasonNotFound for what is no unit.
func (s *Service) GetUnit(ctx context.Context, actor id.User, unit id.Node, year int) (UnitPage, error) {
	p := UnitPage{Year: year, At: s.db.Now()}
	if year == 0 {
		p.Year = clock.Year(p.At)
	}
	var (
		there  bool
		grants grant.Grants
		all    []Agreement
		span   = clock.Months(p.Year, time.January, 12)
		args   = mysql.Args{"unit": unit, "year": p.Year, "from": span.From.UTC(), "until": span.Until.UTC()}
	)
	err := s.db.Read(ctx, org.WantNode(ctx, &p.Unit, &there, unit), grant.Covering(&grants, actor, unit),
		mysql.Many(&all, "agreement.of_unit", args), mysql.Many(&p.Years, "agreement.years_of_unit", args),
		mysql.Many(&p.Opened, "agreement.opened_by_unit", args), mysql.One(&p.Deeds, "agreement.deeds_of_unit", args))
	switch {
	case err != nil:
		return UnitPage{}, err
	case !there || p.Unit.Kind != org.KindUnit:
		return UnitPage{}, fault.New(fault.ReasonNotFound)
	}
	p.MayPrint = mayPrint(grants, p.At)
	p.Agreements, err = s.withLines(ctx, all)
	return p, err
}

// OpenUnit is GetUnit for who takes the page along as a paper. Errors: as GetUnit, fault.ReasonForbidden.
func (s *Service) OpenUnit(ctx context.Context, actor id.User, unit id.Node, year int) (UnitPage, error) {
	p, err := s.GetUnit(ctx, actor, unit, year)
	if err == nil && !p.MayPrint {
		err = fault.New(fault.ReasonForbidden).Saying("这张表由单位的联络员来取。")
	}
	return p, err
}
