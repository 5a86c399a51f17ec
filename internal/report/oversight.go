package report

import (
	"context"
	"slices"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/wish"
)

// Waiting is a matter that waits for staff, whoever may decide it.
type Waiting struct {
	Kind   string    `db:"kind"` // as task.Kind
	ID     int64     `db:"id"`
	WishID id.Wish   `db:"wish_id"` // 0 where the matter is none
	Title  string    `db:"-"`       // empty for a complaint
	Since  time.Time `db:"since"`
	Late   bool      `db:"-"` // for wish.EscalateAfter

	Noun string `db:"noun"`
}

// PlaceFigures are what waits in a place and everything below it, and the wishes fulfilled this month.
type PlaceFigures struct {
	Node                     org.Node
	Waiting, Late, Fulfilled int
}

// Oversight is what who stands above a place sees of it.
type Oversight struct {
	Node      org.Node
	Places    []PlaceFigures // right below, in the order of their codes
	Matters   []Waiting      // where there are no places below, the longest waiting first
	CountedAt time.Time
}

// mostListed bounds what is shown of what waits.
const mostListed = 100

// GetOversight reads what waits at and below a place, or tells what was read lately (flight.Kept). Errors:
// fault.ReasonNotFound, fault.ReasonForbidden for who is not street, county or auditor there or above.
func (r *Reports) GetOversight(ctx context.Context, actor id.User, node id.Node) (Oversight, error) {
	var place org.Node
	if err := r.requireAbove(ctx, actor, node, &place, id.RoleStreet, id.RoleCounty, id.RoleAuditor); err != nil {
		return Oversight{}, err
	}
	o, err := r.oversight.Get(ctx, node, func(ctx context.Context) (Oversight, error) { return r.oversee(ctx, node) })
	o.Node = place
	if err == nil {
		o.Matters, err = r.titled(ctx, o.Matters)
	}
	return o, err
}

// titled is what waits with what it is called now: titles are kept for nobody.
func (r *Reports) titled(ctx context.Context, kept []Waiting) ([]Waiting, error) {
	if len(kept) == 0 {
		return nil, nil
	}
	type key struct {
		Noun string `db:"noun"`
		ID   int64  `db:"id"`
	}
	var (
		all   = slices.Clone(kept)
		nouns []string
		ids   []int64
		found []struct {
			key
			Title string `db:"title"`
		}
	)
	for _, w := range all {
		nouns, ids = append(nouns, w.Noun), append(ids, w.ID)
	}
	slices.Sort(nouns)
	err := r.db.Select(ctx, &found, "report.titles", mysql.Args{"nouns": slices.Compact(nouns), "ids": ids})
	titles := map[key]string{}
	for _, f := range found {
		titles[f.key] = f.Title
	}
	for i, w := range all {
		all[i].Title = titles[key{w.Noun, w.ID}]
	}
	return all, err
}

func (r *Reports) oversee(ctx context.Context, node id.Node) (Oversight, error) {
	var (
		below   []org.Node
		waiting []struct {
			PlaceID id.Node `db:"place_id"`
			Waiting int     `db:"waiting"`
			Late    int     `db:"late"`
		}
		fulfilled []struct {
			PlaceID id.Node `db:"place_id"`
			Wishes  int     `db:"wishes"`
		}
	)
	o := Oversight{CountedAt: r.db.Now()}
	old := o.CountedAt.Add(-wish.EscalateAfter)
	err := r.db.Read(ctx, org.WantChildren(&below, node),
		mysql.Many(&waiting, "report.waiting_places", mysql.Args{"node": node, "at": o.CountedAt, "old": old}),
		mysql.Many(&fulfilled, "report.fulfilled_below", mysql.Args{"node": node, "since": clock.Month(o.CountedAt).UTC()}))
	for _, n := range below {
		if slices.Contains([]org.Kind{org.KindStreet, org.KindCommunity, org.KindVillage}, n.Kind) {
			o.Places = append(o.Places, PlaceFigures{Node: n})
		}
	}
	figures := map[id.Node]*PlaceFigures{}
	for i := range o.Places {
		figures[o.Places[i].Node.ID] = &o.Places[i]
	}
	for _, w := range waiting {
		if f := figures[w.PlaceID]; f != nil {
			f.Waiting, f.Late = w.Waiting, w.Late
		}
	}
	for _, c := range fulfilled {
		if f := figures[c.PlaceID]; f != nil {
			f.Fulfilled = c.Wishes
		}
	}
	if err != nil || len(o.Places) > 0 {
		return o, err
	}
	err = r.db.Select(ctx, &o.Matters, "report.waiting_below",
		mysql.Args{"node": node, "at": o.CountedAt, "limit": mostListed})
	for i := range o.Matters {
		o.Matters[i].Late = !o.Matters[i].Since.After(old)
	}
	return o, err
}

// Read is a reading of contact data, without the data.
type Read struct {
	ID       id.ContactRead `db:"id"`
	At       time.Time      `db:"read_at"`
	Reason   string         `db:"reason"`
	Reader   string         `db:"reader"` // display name
	Role     id.Role        `db:"role"`   // empty: the claimant
	Place    string         `db:"place"`  // of the role
	WishID   id.Wish        `db:"wish_id"`
	Year     int            `db:"year"`
	Serial   int            `db:"number"`
	NodeName string         `db:"node_name"`
}

// ListReads lists who read contact data at and below a place, the latest first; before 0 means from the latest. Errors:
// fault.ReasonNotFound, fault.ReasonForbidden for who is not county or auditor there or above.
func (r *Reports) ListReads(ctx context.Context, actor id.User, node id.Node, before id.ContactRead, limit int) (
	[]Read, error) {
	if err := r.requireAbove(ctx, actor, node, new(org.Node), id.RoleCounty, id.RoleAuditor); err != nil {
		return nil, err
	}
	before = id.OrLatest(before)
	var all []Read
	err := r.db.Select(ctx, &all, "report.reads_below", mysql.Args{"node": node, "before": before, "limit": limit})
	return all, err
}

// requireAbove reads a place, and refuses a person who holds none of the roles there or above it.
func (r *Reports) requireAbove(ctx context.Context, actor id.User, node id.Node, place *org.Node,
	roles ...id.Role) error {
	var (
		there  bool
		grants grant.Grants
	)
	err := r.db.Read(ctx, org.WantNode(ctx, place, &there, node), grant.Covering(&grants, actor, node))
	switch {
	case err != nil:
		return err
	case !there:
		return fault.New(fault.ReasonNotFound)
	}
	for _, g := range grants {
		if g.Distance >= 0 && g.IsInForce(r.db.Now()) && slices.Contains(roles, g.Role) {
			return nil
		}
	}
	return fault.New(fault.ReasonForbidden)
}
