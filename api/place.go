package api

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
	"github.com/labstack/echo/v4"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/org"
	"xinyuan/internal/report"
)

// requirePlaces refuses a request whose path or query names a place that is not there, in every operation alike and
// whoever asks: places are public. Error: fault.ReasonNotFound.
func (s *server) requirePlaces(route *routers.Route) echo.MiddlewareFunc {
	named := placesOf(route)
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		if len(named) == 0 {
			return next
		}
		return func(c echo.Context) error {
			for _, p := range named {
				text := c.QueryParam(p.Name)
				if p.In == openapi3.ParameterInPath {
					text = c.Param(p.Name)
				}
				if text == "" {
					continue
				}
				var node id.Node
				if err := node.UnmarshalText([]byte(text)); err != nil {
					return fault.Because(fault.ReasonNotFound, err)
				}
				if err := s.Tree.RequireNode(c.Request().Context(), node); err != nil {
					return err
				}
			}
			return next(c)
		}
	}
}

// placesOf are the parameters of an operation that name a place.
func placesOf(route *routers.Route) (named []*openapi3.Parameter) {
	for _, p := range slices.Concat(route.PathItem.Parameters, route.Operation.Parameters) {
		schema := p.Value.Schema
		for schema != nil && len(schema.Value.AllOf) == 1 {
			schema = schema.Value.AllOf[0]
		}
		if schema != nil && schema.Value.Extensions["x-go-type"] == "id.Node" {
			named = append(named, p.Value)
		}
	}
	return named
}

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
