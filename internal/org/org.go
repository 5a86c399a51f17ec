// Package org holds the organisation tree (county, streets, communities,
// villages, grids, buildings, units) and the grants of roles over it.
package org

import (
	"context"
	"errors"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// Kind is what a node of the tree is.
type Kind string

// The kinds of nodes. Units hang below the county or the street they belong to.
const (
	KindCounty    Kind = "county"
	KindStreet    Kind = "street" // a street or a town
	KindCommunity Kind = "community"
	KindVillage   Kind = "village"
	KindGrid      Kind = "grid"
	KindBuilding  Kind = "building"
	KindGroup     Kind = "group" // a leading group (领导小组) of units, property companies and residents
	KindUnit      Kind = "unit"
)

// Kinds lists every kind.
func Kinds() []Kind {
	return []Kind{
		KindCounty, KindStreet, KindCommunity, KindVillage, KindGrid, KindBuilding, KindGroup, KindUnit,
	}
}

// TakesWishes tells whether wishes are posted to nodes of this kind.
func (k Kind) TakesWishes() bool { return k == KindCommunity || k == KindVillage }

// Node is a place in the tree.
type Node struct {
	ID       id.Node  `db:"id"`
	Code     string   `db:"code"` // the 12-digit statistical division code, or the unit's own; may be empty
	Kind     Kind     `db:"kind"`
	Name     string   `db:"name"`
	ParentID *id.Node `db:"parent_id"` // nil for the county
	// ParentName tells apart nodes of the same name.
	ParentName string `db:"parent_name"`
	// ServicePhone is the public number that people may dial; empty: none.
	ServicePhone string `db:"service_phone"`
	Version      int    `db:"version"`
}

// Tree reads the organisation tree and its grants, and adds to them.
type Tree struct {
	db     *mysql.DB
	sealer *seal.Sealer
}

// New returns the tree of the database. Without a sealer it ends no grants: the originals of reasons are sealed.
func New(db *mysql.DB, sealer *seal.Sealer) *Tree { return &Tree{db, sealer} }

// Node returns a node, or fault.ReasonNotFound.
func (t *Tree) Node(ctx context.Context, node id.Node) (Node, error) {
	var n Node
	err := t.db.Get(ctx, &n, "org.node", mysql.Args{"id": node})
	if errors.Is(err, mysql.ErrNone) {
		return n, fault.New(fault.ReasonNotFound)
	}
	return n, err
}

// Nodes lists up to 1,000 nodes in the order of their codes; parent 0 and an
// empty kind mean any.
func (t *Tree) Nodes(ctx context.Context, parent id.Node, kind Kind) ([]Node, error) {
	var all []Node
	err := t.db.Select(ctx, &all, "org.nodes", mysql.Args{"parent": parent, "kind": kind})
	return all, err
}

// Ancestors lists the node itself and everything above it, the nearest first.
func (t *Tree) Ancestors(ctx context.Context, node id.Node) ([]id.Node, error) {
	var all []id.Node
	err := t.db.Read(ctx, WantAncestors(&all, node))
	return all, err
}

// Add adds a node below its parent in the transaction, whose id it returns.
func Add(tx *mysql.Tx, n Node) (id.Node, error) {
	n.ID = mysql.NewID[id.Node](tx)
	var code *string
	if n.Code != "" {
		code = &n.Code
	}
	args := mysql.Args{
		"id": n.ID, "code": code, "kind": n.Kind, "name": n.Name, "parent_id": n.ParentID, "at": tx.Now(),
	}
	err := errors.Join(tx.Add("org.add_node", args), tx.Add("org.add_self", args))
	if n.ParentID != nil {
		err = errors.Join(err, tx.Add("org.add_ancestors", args))
	}
	return n.ID, err
}

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
	NodeKind Kind       `db:"node_kind"`
	NodeName string     `db:"node_name"`
	// DelegatedBy is the grant that a deputy stands in for; nil: it is the
	// holder's own.
	DelegatedBy *id.Grant `db:"delegated_by"`
	// Distance is how many levels above the matter's node the grant stands; 0 is
	// the node itself, and posts in its grids and buildings are below zero. Only
	// grants read for a matter have it.
	Distance int `db:"distance"`
}

// InForce tells whether the grant counts at the time.
func (g Grant) InForce(at time.Time) bool {
	return !g.Ended && !at.Before(g.From) && (g.Until == nil || at.Before(*g.Until))
}

// Grants are a person's grants, those for a matter with the nearest first.
type Grants []Grant

// Reads tells whether any grant in force lets its holder see what is not public.
func (g Grants) Reads(at time.Time) bool {
	for _, one := range g {
		if one.InForce(at) && one.Role.SeesAll() {
			return true
		}
	}
	return false
}

// Grants lists all grants of a person, those of the past included.
func (t *Tree) Grants(ctx context.Context, person id.User) (Grants, error) {
	var all Grants
	err := t.db.Select(ctx, &all, "org.grants", mysql.Args{"user": person})
	return all, err
}

// WantGrants wants what Tree.Grants lists.
func WantGrants(dest *Grants, person id.User) mysql.Want {
	return mysql.Many(dest, "org.grants", mysql.Args{"user": person})
}

// Reads tells whether the person may see, at the node, what is not public.
func (t *Tree) Reads(ctx context.Context, person id.User, node id.Node) (bool, error) {
	var grants Grants
	err := t.db.Read(ctx, Covering(&grants, person, node))
	return grants.Reads(t.db.Now()), err
}

// RequireStaff is nil where the node exists and the person may see there what is not
// public. Errors: fault.ReasonNotFound, fault.ReasonNotYourCommunity.
func (t *Tree) RequireStaff(ctx context.Context, person id.User, node id.Node) error {
	if _, err := t.Node(ctx, node); err != nil {
		return err
	}
	reads, err := t.Reads(ctx, person, node)
	if err == nil && !reads {
		err = fault.New(fault.ReasonNotYourCommunity)
	}
	return err
}

// WantNode wants a node; found is false where there is none.
func WantNode(dest *Node, found *bool, node id.Node) mysql.Want {
	return mysql.Maybe(dest, found, "org.node", mysql.Args{"id": node})
}

// WantChildren wants the nodes right below the node, in the order of their codes.
func WantChildren(dest *[]Node, node id.Node) mysql.Want {
	return mysql.Many(dest, "org.nodes", mysql.Args{"parent": node, "kind": ""})
}

// WantBelow wants the communities and villages at or below the node.
func WantBelow(dest *[]id.Node, node id.Node) mysql.Want {
	return mysql.Many(dest, "org.below", mysql.Args{"node": node})
}

// WantAncestors wants what Tree.Ancestors lists.
func WantAncestors(dest *[]id.Node, node id.Node) mysql.Want {
	return mysql.Many(dest, "org.ancestors", mysql.Args{"node": node})
}

// CoveringCounty wants the person's grants at the county.
func CoveringCounty(dest *Grants, person id.User) mysql.Want {
	return mysql.Many(dest, "org.county_grants", mysql.Args{"user": person})
}

// Covering wants the person's grants at the node and above, and for a community
// their posts in its grids and buildings.
func Covering(dest *Grants, person id.User, node id.Node) mysql.Want {
	return mysql.Many(dest, "org.covering", mysql.Args{"user": person, "node": node})
}

// CoveringMatter wants the person's grants for a matter, as Covering: at the desk
// where it is decided, or where it is.
func CoveringMatter(dest *Grants, person id.User, noun string, matter int64) mysql.Want {
	return mysql.Many(dest, "org.covering_matter", mysql.Args{"user": person, "noun": noun, "id": matter, "posts": true})
}

// coveringDesk is CoveringMatter without posts, who have no part in such a matter.
func coveringDesk(dest *Grants, person id.User, noun string, matter int64) mysql.Want {
	return mysql.Many(dest, "org.covering_matter", mysql.Args{"user": person, "noun": noun, "id": matter, "posts": false})
}

// CoveringTeam wants the person's grants for the team's node, as Covering.
func CoveringTeam(dest *Grants, person id.User, team id.Team) mysql.Want {
	return CoveringMatter(dest, person, state.Team.Noun, int64(team))
}

// CoveringActivity wants the person's grants for the activity's node, as Covering.
func CoveringActivity(dest *Grants, person id.User, activity id.Activity) mysql.Want {
	return CoveringMatter(dest, person, state.Activity.Noun, int64(activity))
}

// CoveringWish wants the person's grants for the wish's node, as Covering.
func CoveringWish(dest *Grants, person id.User, wish id.Wish) mysql.Want {
	return CoveringMatter(dest, person, state.Wish.Noun, int64(wish))
}

// CoveringClaim wants the person's grants for the node of the claim's wish, as Covering.
func CoveringClaim(dest *Grants, person id.User, claim id.Claim) mysql.Want {
	return CoveringMatter(dest, person, state.Claim.Noun, int64(claim))
}

// CoveringMembership wants the person's grants at the report-in's community and above.
func CoveringMembership(dest *Grants, person id.User, membership id.Membership) mysql.Want {
	return coveringDesk(dest, person, state.Membership.Noun, int64(membership))
}

// CoveringComplaint wants the person's grants at the complaint's desk and above.
func CoveringComplaint(dest *Grants, person id.User, complaint id.Complaint) mysql.Want {
	return coveringDesk(dest, person, state.Complaint.Noun, int64(complaint))
}

// Overseen is where a person's grants in force reach. Communities stand for
// villages, too.
type Overseen struct {
	Communities []id.Node // whose matters they see that are not public
	Deciding    []id.Node // communities in which they decide
	Recording   []id.Node // communities in which they hold a post
	Units       []id.Node // of which they are the liaison
}

// Overseen lists where the person's grants reach. All is empty for most people.
func (t *Tree) Overseen(ctx context.Context, person id.User) (Overseen, error) {
	var o Overseen
	grants, err := t.Grants(ctx, person)
	if err != nil {
		return o, err
	}
	now := t.db.Now()
	for _, g := range grants {
		if !g.InForce(now) {
			continue
		}
		if g.Role == id.RoleUnitLiaison {
			o.Units = append(o.Units, g.NodeID)
			continue
		}
		var here []id.Node
		if err := t.db.Select(ctx, &here, "org.communities", mysql.Args{"node": g.NodeID}); err != nil {
			return o, err
		}
		switch {
		case g.Role.Decides():
			o.Deciding = append(o.Deciding, here...)
		case g.Role.Records():
			o.Recording = append(o.Recording, here...)
		}
		if g.Role.SeesAll() {
			o.Communities = append(o.Communities, here...)
		}
	}
	return o, nil
}
