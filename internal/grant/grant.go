// Package grant holds the grants of roles over the organisation tree: roles, posts and
// delegations, who gives and ends them, and who may decide about a matter.
package grant

import (
	"cmp"
	"slices"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/org"
	"xinyuan/internal/state"
)

// Grant is a role of a person at a node and everything below it, for a time.
type Grant struct {
	ID       id.Grant   `db:"id"`
	Role     id.Role    `db:"role"`
	NodeID   id.Node    `db:"node_id"`
	HolderID id.User    `db:"holder_id"`
	GiverID  id.User    `db:"giver_id"` // who chose the deputy; of an own grant its holder
	From     time.Time  `db:"from_at"`
	Until    *time.Time `db:"until_at"` // the first moment it is over; nil: without end
	Ended    bool       `db:"is_ended"` // somebody ended it; Until is, or is soon, over
	NodeKind org.Kind   `db:"node_kind"`
	NodeName string     `db:"node_name"`
	// DelegatedBy is the grant that a deputy stands in for; nil: it is the
	// holder's own.
	DelegatedBy *id.Grant `db:"delegated_by"`
	// Distance is how many levels above the matter's node the grant stands; 0 is
	// the node itself, and posts in its grids and buildings are below zero. Only
	// grants read for a matter have it.
	Distance int `db:"distance"`
}

// IDOrNone names it in a step; nil where nobody acts by a grant.
func (g Grant) IDOrNone() *id.Grant {
	if g.ID == 0 {
		return nil
	}
	return &g.ID
}

// IsInForce tells whether the grant counts at the time.
func (g Grant) IsInForce(at time.Time) bool {
	return !g.Ended && !at.Before(g.From) && (g.Until == nil || at.Before(*g.Until))
}

// Grants are a person's grants, those for a matter with the nearest first.
type Grants []Grant

// sort puts the nearest first.
func (g *Grants) sort() {
	slices.SortFunc(*g, func(a, b Grant) int {
		return cmp.Or(cmp.Compare(a.Distance, b.Distance), cmp.Compare(a.ID, b.ID))
	})
}

// Reads tells whether any grant in force lets its holder see what is not public.
func (g Grants) Reads(at time.Time) bool {
	for _, one := range g {
		if one.IsInForce(at) && one.Role.SeesAll() {
			return true
		}
	}
	return false
}

// ForUnit is the grant in force by which its holder answers for the unit for which the grants were read.
func (g Grants) ForUnit(at time.Time) (Grant, bool) {
	for _, one := range g {
		if one.IsInForce(at) && one.Distance == 0 && one.Role == id.RoleResponder && one.NodeKind == org.KindUnit {
			return one, true
		}
	}
	return Grant{}, false
}

// For is the grant in force at the unit, of those by which its holder speaks for units.
func (g Grants) For(unit id.Node, at time.Time) (Grant, bool) {
	for _, one := range g {
		if unit != 0 && one.IsInForce(at) && one.NodeID == unit {
			return one, true
		}
	}
	return Grant{}, false
}

// RequireUnit is the grant, if its holder speaks for the unit by it. Errors: fault.ReasonNotFound for who may not know
// of the matter, fault.ReasonNotYourCommunity for who does not speak for the unit.
func RequireUnit(g Grant, speaks, sees bool) (Grant, error) {
	switch {
	case !sees:
		return g, fault.New(fault.ReasonNotFound)
	case !speaks:
		return g, fault.New(fault.ReasonNotYourCommunity).Saying("这一步由单位的联络员来办。")
	}
	return g, nil
}

// MaxDelegation is the longest span for which a deputy stands in.
const MaxDelegation = 60 * 24 * time.Hour

// givenBy says, for each role, at which kinds of nodes it is held, and which
// roles give it.
func givenBy(role id.Role) (kinds []org.Kind, givers []id.Role) {
	communities := []org.Kind{org.KindCommunity, org.KindVillage}
	posts := append([]org.Kind{org.KindGrid, org.KindBuilding, org.KindGroup}, communities...)
	switch role {
	case id.RoleGridLeader, id.RoleGridWorker, id.RolePropertyWorker, id.RoleBuildingHead, id.RoleUnitHead,
		id.RoleCentreHousehold:
		return posts, id.Deciders()
	case id.RoleUnitLiaison:
		return []org.Kind{org.KindUnit}, id.Deciders()
	case id.RoleResponder:
		return []org.Kind{org.KindUnit, org.KindGroup}, []id.Role{id.RoleStreet, id.RoleCounty}
	case id.RoleAreaLeader:
		return append([]org.Kind{org.KindStreet}, communities...), []id.Role{id.RoleCounty}
	case id.RoleSecretary:
		return communities, []id.Role{id.RoleStreet, id.RoleCounty}
	case id.RoleStreet:
		return []org.Kind{org.KindStreet}, []id.Role{id.RoleCounty}
	case id.RoleAuditor:
		return append(posts, org.KindStreet, org.KindCounty), []id.Role{id.RoleCounty}
	case id.RoleCounty: // only the installation's command gives it
	}
	return nil, nil
}

// giver is the nearest grant in force that gives the role. A deputy's does not.
// Errors: fault.ReasonNotYourCommunity, fault.ReasonGrantTooHigh.
func (g Grants) giver(role id.Role, at time.Time) (Grant, error) {
	_, givers := givenBy(role)
	refused := fault.New(fault.ReasonNotYourCommunity)
	for _, one := range g {
		if !one.IsInForce(at) || !one.Role.Decides() || one.Distance < 0 {
			continue
		}
		if slices.Contains(givers, one.Role) && one.DelegatedBy == nil {
			return one, nil
		}
		refused = fault.New(fault.ReasonGrantTooHigh)
	}
	return Grant{}, refused
}

// Gives tells whether any grant in force lets its holder give roles.
func (g Grants) Gives(at time.Time) bool {
	return slices.ContainsFunc(g, func(one Grant) bool {
		return one.IsInForce(at) && one.Role.Decides() && one.DelegatedBy == nil
	})
}

// Span is the days for which a grant is given: the business days of From and
// Until, both included. Nil is now, and without end.
type Span struct{ From, Until *time.Time }

// times are the span's moments, [from, until).
func (s Span) times(now time.Time) (from time.Time, until *time.Time, err error) {
	from = now
	if s.From != nil {
		if from = clock.Date(*s.From); from.Before(clock.Day(now)) {
			return from, nil, fault.BadField("from", "开始的日子不能早于今天。")
		}
		if from.Before(now) { // no right begins before it is given
			from = now
		}
	}
	if s.Until != nil {
		end := clock.NextDay(clock.Date(*s.Until)).UTC()
		if until = &end; !end.After(from) || !end.After(now) {
			return from, nil, fault.BadField("until", "结束的日子不能早于开始。")
		}
	}
	return from.UTC(), until, nil
}

// Holding is a grant with who holds it.
type Holding struct {
	Grant
	UserID  id.User           `db:"user_id"`
	Name    string            `db:"display_name"`
	Belongs string            `db:"belongs"` // what tells them from a namesake, read only in lists
	Status  state.GrantStatus `db:"status"`
	Version int               `db:"version"`
	UsedAt  *time.Time        `db:"used_at"` // when something was last decided by it; only the end reads it

	GiverUntil *time.Time `db:"giver_until"` // when the grant that a deputy's stands in for ends; only the end reads it
}

// isOver tells whether the grant has ended, by its own end or with the grant that it
// stands in for.
func (h Holding) isOver(now time.Time) bool {
	return h.Until != nil && !now.Before(*h.Until) || h.GiverUntil != nil && !now.Before(*h.GiverUntil)
}

// endedBy is the grant by which the actor may end this one: one that gives such
// grants, or the one that it stands in for.
func (h Holding) endedBy(actor id.User, grants Grants, now time.Time) (id.Grant, error) {
	for _, g := range grants {
		if h.DelegatedBy != nil && g.ID == *h.DelegatedBy && g.IsInForce(now) {
			return g.ID, nil
		}
	}
	by, err := grants.giver(h.Role, now)
	switch {
	case fault.Has(err, fault.ReasonNotYourCommunity) && !grants.Reads(now):
		return 0, fault.New(fault.ReasonNotFound)
	case err != nil:
		return 0, err
	case h.UserID == actor:
		return 0, fault.New(fault.ReasonPartyToMatter)
	}
	return by.ID, nil
}
