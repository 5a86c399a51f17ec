package api

import (
	"bytes"
	"context"
	"strconv"

	"xinyuan/internal/need"
	"xinyuan/internal/offer"
	"xinyuan/internal/report"
	"xinyuan/internal/state"
)

// ListCoBuilding shows a page of one of the lists of co-building.
func (s *server) ListCoBuilding(ctx context.Context, r ListCoBuildingRequestObject) (
	ListCoBuildingResponseObject, error) {
	node, err := s.nodeOrCounty(ctx, r.Params.NodeId)
	if err != nil {
		return nil, err
	}
	list := r.Params.List
	items, next, err := page(r.Params.Cursor, r.Params.Limit, func(last int64, limit int) ([]report.ListItem, error) {
		return s.Reports.ListLines(ctx, list, node, last, limit)
	}, func(one report.ListItem) int64 { return one.ID }, func(one report.ListItem) CoBuildingItem {
		return listItem(list, one)
	})
	if err != nil {
		return nil, err
	}
	reads, err := s.Grants.Reads(ctx, me(ctx), node)
	return ListCoBuilding200JSONResponse{Items: items, NextCursor: next, MayExport: some(reads)}, err
}

func listItem(list report.List, one report.ListItem) CoBuildingItem {
	item := CoBuildingItem{
		Id: strconv.FormatInt(one.ID, 10), Title: one.Title, Place: some(one.Place), NodeId: one.NodeID,
		NodeName: one.NodeName, UnitName: some(one.UnitName), Since: one.Since,
	}
	switch list {
	case report.ListResources:
		item.OfferKind = some(offer.Kind(one.Kind))
	case report.ListNeeds:
		item.Category, item.NeedStatus = some(need.Category(one.Kind)), some(state.NeedStatus(one.Status))
	case report.ListProjects, report.ListResults:
		item.ProjectStatus = some(state.ProjectStatus(one.Status))
	}
	return item
}

// ExportLists writes all lists of a place.
func (s *server) ExportLists(ctx context.Context, r ExportListsRequestObject) (
	ExportListsResponseObject, error) {
	node, err := s.nodeToRead(ctx, r.Params.NodeId)
	if err != nil {
		return nil, err
	}
	lists, err := s.Reports.GetLists(ctx, node)
	if err != nil {
		return nil, err
	}
	if r.Params.Format != nil && *r.Params.Format == ExportListsParamsFormatPdf {
		pdf, err := lists.PDF()
		return ExportLists200ApplicationpdfResponse{
			Body: bytes.NewReader(pdf), ContentLength: int64(len(pdf)),
		}, err
	}
	sheet, err := lists.Sheet()
	return ExportLists200ApplicationvndOpenxmlformatsOfficedocumentSpreadsheetmlSheetResponse{
		Body: bytes.NewReader(sheet), ContentLength: int64(len(sheet)),
	}, err
}
