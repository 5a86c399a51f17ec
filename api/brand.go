package api

import (
	"context"
	"net/http"

	"xinyuan/internal/brand"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// A message about it names it.
var _ = messagesName(state.Brand.Noun, func(m *Message, subject int64) { m.BrandId = some(id.Brand(subject)) })

func brandJSON(b brand.Brand) Brand {
	j := Brand{
		Id: b.ID, NodeId: b.NodeID, NodeName: b.NodeName, UnitId: b.UnitID, UnitName: b.UnitName, Name: b.Name,
		Text: b.Text, ForWhom: b.ForWhom, Units: b.Helpers + 1, CreatedAt: b.CreatedAt, SinceAt: b.SinceAt, DueAt: b.DueAt,
		VoteUntil: b.VoteUntil, EndedAt: b.EndedAt, Status: b.Status,
	}
	if b.DueAt != nil {
		from := b.RenewFrom()
		j.RenewFrom = &from
	}
	return j
}

// keepBrand keeps the answer to a keyed request.
func (s *server) keepBrand(ctx context.Context) mysql.OnCommit[brand.Brand] {
	return keep(ctx, s, http.StatusOK, brandJSON)
}

// CreateBrand proposes a brand to the other side.
func (s *server) CreateBrand(ctx context.Context, r CreateBrandRequestObject) (CreateBrandResponseObject, error) {
	d := brand.Draft{
		NodeID: r.Body.NodeId, UnitID: r.Body.UnitId, ByUnit: value(r.Body.ByUnit), Name: r.Body.Name, Text: r.Body.Text,
		ForWhom: r.Body.ForWhom,
	}
	b, err := s.Brands.Create(ctx, me(ctx), d, keep(ctx, s, http.StatusCreated, brandJSON))
	return CreateBrand201JSONResponse(brandJSON(b)), err
}

// ListBrands shows a page of brands.
func (s *server) ListBrands(ctx context.Context, r ListBrandsRequestObject) (ListBrandsResponseObject, error) {
	f := brand.Filter{
		Scope: r.Params.Scope, Status: value(r.Params.Status), Node: value(r.Params.NodeId),
		Unit: value(r.Params.UnitId),
	}
	items, next, err := page(r.Params.Cursor, r.Params.Limit, func(last id.Brand, n int) ([]brand.Brand, error) {
		f.Cursor, f.Limit = last, n
		return s.Brands.List(ctx, me(ctx), f)
	}, func(b brand.Brand) id.Brand { return b.ID }, brandJSON)
	return ListBrands200JSONResponse{Items: items, NextCursor: next}, err
}

// GetBrand shows a brand with its units, its years and the vote about the next one.
func (s *server) GetBrand(ctx context.Context, r GetBrandRequestObject) (GetBrandResponseObject, error) {
	v, err := s.Brands.Get(ctx, me(ctx), r.BrandId)
	if err != nil {
		return nil, err
	}
	d := GetBrand200JSONResponse{
		Brand: brandJSON(v.Brand), Helpers: []ProjectUnit{}, Years: []BrandYear{},
		// What happened to it is public, with the reasons.
		History: history(v.History, audience{id: me(ctx), insider: true, staff: v.Insider}),
		May: BrandMay{
			Accept: some(v.May.Accept), Open: some(v.May.Open), Renew: some(v.May.Renew), Stop: some(v.May.Stop),
			Vote: some(v.May.Vote), Enter: some(v.May.Enter), JoinFor: list(v.May.JoinFor), LeaveFor: list(v.May.LeaveFor),
		},
	}
	for _, u := range v.Units {
		d.Helpers = append(d.Helpers, ProjectUnit{Id: u.ID, Name: u.Name})
	}
	for _, y := range v.Years {
		j := BrandYear{From: y.FromAt, Until: y.UntilAt, Projects: y.Projects, Hours: y.Hours, Bookings: y.Bookings}
		if y.BallotID != 0 {
			j.Yes, j.No = &y.Yes, &y.No
		}
		d.Years = append(d.Years, j)
	}
	if v.Vote != nil {
		b := ballotJSON(*v.Vote)
		d.Ballot = &b
	}
	return d, nil
}

// AcceptBrand says yes for the other side than proposed it.
func (s *server) AcceptBrand(ctx context.Context, r AcceptBrandRequestObject) (AcceptBrandResponseObject, error) {
	b, err := s.Brands.Accept(ctx, me(ctx), r.BrandId, s.keepBrand(ctx))
	return AcceptBrand200JSONResponse(brandJSON(b)), err
}

// JoinBrand has a unit help.
func (s *server) JoinBrand(ctx context.Context, r JoinBrandRequestObject) (JoinBrandResponseObject, error) {
	b, err := s.Brands.Join(ctx, me(ctx), r.BrandId, r.Body.UnitId, s.keepBrand(ctx))
	return JoinBrand200JSONResponse(brandJSON(b)), err
}

// LeaveBrand has a unit help no more.
func (s *server) LeaveBrand(ctx context.Context, r LeaveBrandRequestObject) (LeaveBrandResponseObject, error) {
	l := brand.Leaving{Unit: r.Body.UnitId, Reason: r.Body.Reason}
	b, err := s.Brands.Leave(ctx, me(ctx), r.BrandId, l, s.keepBrand(ctx))
	return LeaveBrand200JSONResponse(brandJSON(b)), err
}

// OpenBrandBallot asks residents whether it goes on.
func (s *server) OpenBrandBallot(ctx context.Context, r OpenBrandBallotRequestObject) (
	OpenBrandBallotResponseObject, error) {
	b, err := s.Brands.Open(ctx, me(ctx), r.BrandId, s.keepBrand(ctx))
	return OpenBrandBallot200JSONResponse(brandJSON(b)), err
}

// RenewBrand has it go on for a year, as was voted.
func (s *server) RenewBrand(ctx context.Context, r RenewBrandRequestObject) (RenewBrandResponseObject, error) {
	b, err := s.Brands.Renew(ctx, me(ctx), r.BrandId, s.keepBrand(ctx))
	return RenewBrand200JSONResponse(brandJSON(b)), err
}

// StopBrand ends it in public.
func (s *server) StopBrand(ctx context.Context, r StopBrandRequestObject) (StopBrandResponseObject, error) {
	b, err := s.Brands.Stop(ctx, me(ctx), r.BrandId, r.Body.Reason, s.keepBrand(ctx))
	return StopBrand200JSONResponse(brandJSON(b)), err
}
