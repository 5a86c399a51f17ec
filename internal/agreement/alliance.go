package agreement

import (
	"context"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// Body is as which of the four kinds of bodies of the alliance a side agrees (四位一体).
type Body string

// The kinds of bodies. A community has several: what its party organisation and what its residents' committee agree on
// are two bodies' agreements.
const (
	BodyParty         Body = "party"
	BodySelfGoverning Body = "self_governing" // a residents' committee
	BodyMass          Body = "mass"           // a trade union, a youth league, a women's federation
	BodyCoBuilding    Body = "co_building"    // any other unit
)

// Bodies lists every kind.
func Bodies() []Body { return []Body{BodyParty, BodySelfGoverning, BodyMass, BodyCoBuilding} }

// Member is a body of the alliance (城市党建联盟) at a place: it has signed what is in force there. All of it is read from
// the agreements.
type Member struct {
	ID         id.Node `db:"id"` // of a community or a unit
	Name       string  `db:"name"`
	PlaceName  string  `db:"place_name"` // what it lies in
	IsUnit     bool    `db:"is_unit"`
	Agreements int
	Promises   Promises
	Since      time.Time // when the first of them was signed
}

// Alliance is a page of the members of one kind, and how many each kind has.
type Alliance struct {
	Members []Member
	Sizes   map[Body]int
}

// AllianceFilter chooses members.
type AllianceFilter struct {
	Node   id.Node // of agreements with communities at or below it
	Body   Body
	Cursor id.Node // the last of the page before; 0: the first page
	Limit  int
}

// ListAlliance lists the bodies of a kind with agreements in force at a place, each once.
func (s *Service) ListAlliance(ctx context.Context, f AllianceFilter) (Alliance, error) {
	var (
		now   = s.db.Now()
		one   = Alliance{Sizes: make(map[Body]int)}
		sizes []struct {
			Body Body `db:"body"`
			Size int  `db:"size"`
		}
		all  []Agreement
		args = mysql.Args{
			"node": f.Node, "body": f.Body, "after": f.Cursor, "limit": f.Limit, "year": clock.Year(now),
		}
	)
	err := s.db.Read(ctx, mysql.Many(&one.Members, "agreement.alliance", args),
		mysql.Many(&sizes, "agreement.alliance_sizes", args))
	if err != nil || len(sizes) == 0 {
		return one, err
	}
	for _, b := range sizes {
		one.Sizes[b.Body] = b.Size
	}
	if len(one.Members) == 0 {
		return one, nil
	}
	at, bodies := map[id.Node]*Member{}, []id.Node{}
	for i := range one.Members {
		m := &one.Members[i]
		at[m.ID], bodies = m, append(bodies, m.ID)
	}
	args["bodies"] = bodies
	if err := s.db.Select(ctx, &all, "agreement.of_bodies", args); err != nil {
		return one, err
	}
	listed, err := s.withLines(ctx, all)
	for _, a := range listed {
		for node, body := range map[id.Node]Body{a.NodeID: a.NodeBody, a.UnitID: a.UnitBody} {
			if m := at[node]; m != nil && body == f.Body {
				m.add(a, now)
			}
		}
	}
	return one, err
}

// add counts an agreement of the body.
func (m *Member) add(a Listed, now time.Time) {
	if m.Agreements == 0 || a.SinceAt.Before(m.Since) {
		m.Since = *a.SinceAt
	}
	m.Agreements++
	m.Promises.add(a, now)
}
