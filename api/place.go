package api

import (
	"context"
	"net/http"
	"time"

	"xinyuan/internal/org"
	"xinyuan/internal/report"
)

func nodeJSON(n org.Node) Node {
	return Node{
		Id: n.ID, Code: some(n.Code), Kind: n.Kind, Name: n.Name, ParentId: n.ParentID, ParentName: some(n.ParentName),
		ServicePhone: some(n.ServicePhone),
	}
}

// UpdateNode publishes the number that people may dial about a place.
func (s *server) UpdateNode(ctx context.Context, r UpdateNodeRequestObject) (UpdateNodeResponseObject, error) {
	n, err := s.Grants.SetPhone(ctx, me(ctx), r.NodeId, r.Body.ServicePhone, keep(ctx, s, http.StatusOK, nodeJSON))
	return UpdateNode200JSONResponse(nodeJSON(n)), err
}

// ListNodes shows the organisation tree.
func (s *server) ListNodes(ctx context.Context, r ListNodesRequestObject) (ListNodesResponseObject, error) {
	var parent NodeId
	var kind NodeKind
	if r.Params.ParentId != nil {
		parent = *r.Params.ParentId
	}
	if r.Params.Kind != nil {
		kind = *r.Params.Kind
	}
	nodes, err := s.Tree.ListNodes(ctx, parent, kind)
	if err != nil {
		return nil, err
	}
	items := make([]Node, len(nodes))
	for i, n := range nodes {
		items[i] = nodeJSON(n)
	}
	return ListNodes200JSONResponse{Items: items}, nil
}

// ListCategories shows the categories of wishes.
func (s *server) ListCategories(ctx context.Context, _ ListCategoriesRequestObject) (
	ListCategoriesResponseObject, error) {
	all, err := s.Wishes.ListCategories(ctx)
	if err != nil {
		return nil, err
	}
	items := make([]Category, len(all))
	for i, c := range all {
		items[i] = Category{Code: string(c.Code), Name: c.Name, Sensitive: c.Sensitive}
	}
	return ListCategories200JSONResponse{Items: items}, nil
}

// GetStats shows the figures of a node.
func (s *server) GetStats(ctx context.Context, r GetStatsRequestObject) (GetStatsResponseObject, error) {
	node, err := s.nodeOrCounty(ctx, r.Params.NodeId)
	if err != nil {
		return nil, err
	}
	n, err := s.Reports.GetStats(ctx, node)
	return GetStats200JSONResponse{
		CountedAt: n.CountedAt, Needs: needStats(n.Needs),
		Communities: n.Communities, Villages: n.Villages, Units: n.Units, LeadingGroups: n.LeadingGroups, Members: n.Members,
		CentreHouseholds: n.CentreHouseholds, BuildingHeads: n.BuildingHeads, GridPosts: n.GridPosts,
		WishesOpen: n.WishesOpen, WishesClaimed: n.WishesClaimed, WishesFulfilled: n.WishesFulfilled,
		PointsGranted: n.PointsGranted, Teams: n.Teams, Activities: n.Activities, Volunteers: n.Volunteers,
		ServiceMinutes: n.ServiceMinutes,
	}, err
}

func needStats(n report.Needs) NeedStats {
	stats := NeedStats{
		Said: n.Said, Open: n.Open, Solved: n.Solved, Partly: n.Partly, NotSolved: n.NotSolved, Unreached: n.Unreached,
		Unsolved: n.Unsolved, Answered: n.Answered, OnTime: n.OnTime, Whistles: n.Whistles.Due,
		WhistlesAnswered: n.Whistles.Answered, Rated: some(n.Rated), Satisfied: some(n.Satisfied),
	}
	if n.Rated > 0 { // even where nobody was
		stats.Satisfied = &n.Satisfied
	}
	if n.Median != nil {
		days := float32(n.Median.Round(time.Hour).Hours() / 24)
		stats.MedianDays = &days
	}
	return stats
}
