package api

import (
	"context"
	"net/http"
	"strings"
	"time"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"xinyuan/internal/grant"
)

func grantJSON(h grant.Holding) Grant {
	return Grant{
		Id: h.ID, UserId: h.UserID, DisplayName: h.Name, Role: h.Role, NodeId: h.NodeID, NodeName: h.NodeName,
		From: h.From, Until: h.Until, Delegated: h.DelegatedBy != nil,
		Belongs: some(h.Belongs),
	}
}

func day(d *openapi_types.Date) *time.Time {
	if d == nil {
		return nil
	}
	return &d.Time
}

// ListGrants shows who holds what.
func (s *server) ListGrants(ctx context.Context, r ListGrantsRequestObject) (ListGrantsResponseObject, error) {
	all, err := s.Grants.ListHoldings(ctx, me(ctx), r.Params.NodeId)
	items := make([]Grant, len(all))
	for i, h := range all {
		items[i] = grantJSON(h)
	}
	return ListGrants200JSONResponse{Items: items}, err
}

// CreateGrant gives a role or a post.
func (s *server) CreateGrant(ctx context.Context, r CreateGrantRequestObject) (CreateGrantResponseObject, error) {
	h, err := s.Grants.Give(ctx, me(ctx), grant.Gift{
		Person: r.Body.UserId, Role: r.Body.Role, Node: r.Body.NodeId,
		Span: grant.Span{From: day(r.Body.From), Until: day(r.Body.Until)},
	}, keep(ctx, s, http.StatusCreated, grantJSON))
	return CreateGrant201JSONResponse(grantJSON(h)), err
}

// EndGrant ends a role or a post.
func (s *server) EndGrant(ctx context.Context, r EndGrantRequestObject) (EndGrantResponseObject, error) {
	h, err := s.Grants.End(ctx, me(ctx), r.GrantId, strings.TrimSpace(r.Body.Reason),
		keep(ctx, s, http.StatusOK, grantJSON))
	return EndGrant200JSONResponse(grantJSON(h)), err
}

// CreateDelegation lets a deputy decide for a span of days.
func (s *server) CreateDelegation(ctx context.Context, r CreateDelegationRequestObject) (
	CreateDelegationResponseObject, error) {
	h, err := s.Grants.Delegate(ctx, me(ctx), grant.Gift{
		Person: r.Body.DeputyId, Node: r.Body.NodeId,
		Span: grant.Span{From: &r.Body.From.Time, Until: &r.Body.Until.Time},
	}, keep(ctx, s, http.StatusCreated, grantJSON))
	return CreateDelegation201JSONResponse(grantJSON(h)), err
}
