// Package org holds the organisation tree: county, streets, communities, villages,
// grids, buildings, units.
package org

import (
	"context"
	"errors"
	"sync"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
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

// Tree reads the organisation tree.
type Tree struct {
	db    *mysql.DB
	known sync.Map // by id.Node: those that everybody may know to be there
}

// New returns the tree of the database.
func New(db *mysql.DB) *Tree { return &Tree{db: db} }

// RequireNode refuses what is no node. A node that was there once stays there, so each is looked for once. Error:
// fault.ReasonNotFound.
func (t *Tree) RequireNode(ctx context.Context, node id.Node) error {
	if _, known := t.known.Load(node); known {
		return nil
	}
	_, err := t.GetNode(ctx, node)
	if err == nil && !mysql.IsConfined(ctx) { // what a reviewer sees is not there for others
		t.known.Store(node, true)
	}
	return err
}

// GetNode returns a node, or fault.ReasonNotFound.
func (t *Tree) GetNode(ctx context.Context, node id.Node) (Node, error) {
	var n Node
	err := t.db.Get(ctx, &n, "org.node", nodeArgs(ctx, node))
	return n, mysql.NotFound(err)
}

// ListNodes lists up to 1,000 nodes in the order of their codes; parent 0 and an
// empty kind mean any. The places of the review community are for reviewers.
func (t *Tree) ListNodes(ctx context.Context, parent id.Node, kind Kind) ([]Node, error) {
	var all []Node
	err := t.db.Select(ctx, &all, "org.nodes",
		mysql.Args{"parent": parent, "kind": kind, "review": mysql.IsConfined(ctx)})
	return all, err
}

// ListAncestors lists the node itself and everything above it, the nearest first.
func (t *Tree) ListAncestors(ctx context.Context, node id.Node) ([]id.Node, error) {
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

// WantNode wants a node; found is false where there is none, and where only reviewers
// of WeChat's have any business.
func WantNode(ctx context.Context, dest *Node, found *bool, node id.Node) mysql.Want {
	return mysql.Maybe(dest, found, "org.node", nodeArgs(ctx, node))
}

func nodeArgs(ctx context.Context, node id.Node) mysql.Args {
	return mysql.Args{"id": node, "review": mysql.IsConfined(ctx)}
}

// WantChildren wants the nodes right below the node, in the order of their codes.
func WantChildren(dest *[]Node, node id.Node) mysql.Want {
	return mysql.Many(dest, "org.nodes", mysql.Args{"parent": node, "kind": "", "review": false})
}

// WantBelow wants the communities and villages at or below the node.
func WantBelow(dest *[]id.Node, node id.Node) mysql.Want {
	return mysql.Many(dest, "org.below", mysql.Args{"node": node})
}

// LockNode wants a node and locks it; without it the read fails with mysql.ErrNone.
func LockNode(dest *Node, node id.Node) mysql.Want {
	return mysql.One(dest, "org.lock_node", mysql.Args{"id": node})
}

// WantCounty wants the county; found is false where there is none.
func WantCounty(dest *Node, found *bool) mysql.Want {
	return mysql.Maybe(dest, found, "org.county", nil)
}

// WantCommunities wants the communities and villages at, below and, for posts in
// their grids, above the node.
func WantCommunities(dest *[]id.Node, node id.Node) mysql.Want {
	return mysql.Many(dest, "org.communities", mysql.Args{"node": node})
}

// WantAncestors wants what Tree.Ancestors lists.
func WantAncestors(dest *[]id.Node, node id.Node) mysql.Want {
	return mysql.Many(dest, "org.ancestors", mysql.Args{"node": node})
}
