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
	Kind    string    `db:"kind"` // as task.Kind
	ID      int64     `db:"id"`
	WishID  id.Wish   `db:"wish_id"` // 0 where the matter is none
	Title   string    `db:"title"`   // empty for a complaint
	Since   time.Time `db:"since"`
	PlaceID id.Node   `db:"place_id"` // right below the node that was asked for; 0: the node itself
	Late    bool      `db:"-"`        // for wish.EscalateAfter
}

// PlaceFigures are what waits in a place and everything below it, and the wishes fulfilled this month.
type PlaceFigures struct {
	Node                     org.Node
	Waiting, Late, Fulfilled int
}

// Oversight is what who stands above a place sees of it.
type Oversight struct {
	Node    org.Node
	Places  []PlaceFigures // right below, in the order of their codes
	Matters []Waiting      // where there are no places below, the longest waiting first
}

// mostWaiting bounds what is counted; mostListed what is shown of it.
const (
	mostWaiting = 20000
	mostListed  = 100
)

// GetOversight reads what waits at and below a place. Errors: fault.ReasonNotFound, fault.ReasonForbidden for who is
// not street, county or auditor there or above.
func (r *Reports) GetOversight(ctx context.Context, actor id.User, node id.Node) (Oversight, error) {
	var (
		o       Oversight
		all     []Waiting
		below   []org.Node
		counted []struct {
			PlaceID id.Node `db:"place_id"`
			Wishes  int     `db:"wishes"`
		}
	)
	now := r.db.Now()
	if err := r.requireAbove(ctx, actor, node, &o.Node, id.RoleStreet, id.RoleCounty, id.RoleAuditor); err != nil {
		return o, err
	}
	err := r.db.Read(ctx,
		mysql.Many(&all, "report.waiting_below", mysql.Args{"node": node, "at": now, "limit": mostWaiting}),
		org.WantChildren(&below, node),
		mysql.Many(&counted, "report.fulfilled_below", mysql.Args{"node": node, "since": clock.Month(now).UTC()}))
	for _, n := range below {
		if slices.Contains([]org.Kind{org.KindStreet, org.KindCommunity, org.KindVillage}, n.Kind) {
			o.Places = append(o.Places, PlaceFigures{Node: n})
		}
	}
	figures := map[id.Node]*PlaceFigures{}
	for i := range o.Places {
		figures[o.Places[i].Node.ID] = &o.Places[i]
	}
	for i := range all {
		all[i].Late = now.Sub(all[i].Since) >= wish.EscalateAfter
		if f := figures[all[i].PlaceID]; f != nil {
			f.Waiting++
			if all[i].Late {
				f.Late++
			}
		}
	}
	for _, c := range counted {
		if f := figures[c.PlaceID]; f != nil {
			f.Fulfilled = c.Wishes
		}
	}
	if len(o.Places) == 0 {
		o.Matters = all[:min(len(all), mostListed)]
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
