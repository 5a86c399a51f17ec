package api

import (
	"bytes"
	"context"
	"strconv"

	"xinyuan/internal/id"
	"xinyuan/internal/report"
	"xinyuan/internal/task"
	"xinyuan/internal/wish"
	"xinyuan/internal/words"
)

// GetOversight shows what waits at and below a place.
func (s *server) GetOversight(ctx context.Context, r GetOversightRequestObject) (GetOversightResponseObject, error) {
	node, err := s.nodeOrCounty(ctx, r.Params.NodeId)
	if err != nil {
		return nil, err
	}
	o, err := s.Reports.GetOversight(ctx, me(ctx), node)
	answer := GetOversight200JSONResponse{
		Node: nodeJSON(o.Node), Places: make([]PlaceFigures, len(o.Places)), Matters: make([]WaitingMatter, len(o.Matters)),
		CountedAt: o.CountedAt,
	}
	for i, p := range o.Places {
		answer.Places[i] = PlaceFigures{
			NodeId: p.Node.ID, Name: p.Node.Name, Waiting: p.Waiting, Late: p.Late, Fulfilled: p.Fulfilled,
		}
	}
	for i, m := range o.Matters {
		answer.Matters[i] = WaitingMatter{
			Kind: task.Kind(m.Kind), Id: strconv.FormatInt(m.ID, 10), WishId: some(m.WishID), Title: m.Title, Since: m.Since,
			Late: m.Late,
		}
	}
	return answer, err
}

// ListReadsBelow lists who read contact data below a place.
func (s *server) ListReadsBelow(ctx context.Context, r ListReadsBelowRequestObject) (
	ListReadsBelowResponseObject, error) {
	node, err := s.nodeOrCounty(ctx, r.Params.NodeId)
	if err != nil {
		return nil, err
	}
	items, next, err := page(r.Params.Cursor, r.Params.Limit,
		func(before id.ContactRead, n int) ([]report.Read, error) {
			return s.Reports.ListReads(ctx, me(ctx), node, before, n)
		}, func(one report.Read) id.ContactRead { return one.ID }, func(read report.Read) ReadBelow {
			return ReadBelow{
				At: read.At, Reader: read.Reader, As: words.Reader(read.Place, read.Role), Reason: read.Reason, WishId: read.WishID,
				Number: wish.Wish{Year: read.Year, Serial: read.Serial}.Number(), NodeName: read.NodeName,
			}
		})
	return ListReadsBelow200JSONResponse{Items: items, NextCursor: next}, err
}

// GetUnitDeeds shows what a unit's members did in a period.
func (s *server) GetUnitDeeds(ctx context.Context, r GetUnitDeedsRequestObject) (GetUnitDeedsResponseObject, error) {
	span, err := report.ParseSpan(r.Params.Period)
	if err != nil {
		return nil, err
	}
	card, err := s.Reports.GetUnitCard(ctx, me(ctx), r.NodeId, span)
	sum := card.Total()
	answer := GetUnitDeeds200JSONResponse{
		UnitName: card.Unit.Name, Period: span.Name, Members: make([]MemberDeeds, len(card.Lines)),
		Wishes: sum.Wishes, Minutes: sum.Minutes, Activities: sum.Activities, Points: sum.Points,
	}
	for i, l := range card.Lines {
		answer.Members[i] = MemberDeeds{
			Name: l.Name, NameLabel: l.NameLabel, PlaceName: l.Place, Wishes: l.Wishes, Minutes: l.Minutes,
			Activities: l.Activities, Points: l.Points,
		}
	}
	return answer, err
}

// ExportUnitCards writes a unit's card.
func (s *server) ExportUnitCards(ctx context.Context, r ExportUnitCardsRequestObject) (
	ExportUnitCardsResponseObject, error) {
	span, err := report.ParseSpan(r.Params.Period)
	if err != nil {
		return nil, err
	}
	card, err := s.Reports.GetUnitCard(ctx, me(ctx), r.NodeId, span)
	if err != nil {
		return nil, err
	}
	if r.Params.Format != nil && *r.Params.Format == ExportUnitCardsParamsFormatPdf {
		pdf, err := card.PDF()
		return ExportUnitCards200ApplicationpdfResponse{Body: bytes.NewReader(pdf), ContentLength: int64(len(pdf))}, err
	}
	sheet, err := card.Sheet()
	return ExportUnitCards200ApplicationvndOpenxmlformatsOfficedocumentSpreadsheetmlSheetResponse{
		Body: bytes.NewReader(sheet), ContentLength: int64(len(sheet)),
	}, err
}
