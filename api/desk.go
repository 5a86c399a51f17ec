package api

import (
	"bytes"
	"context"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"xinyuan/internal/clock"
	"xinyuan/internal/offer"
)

// deskWeek reads the desks of a place in the week of a day, or in this one.
func (s *server) deskWeek(ctx context.Context, asked *NodeId, day *openapi_types.Date) (offer.DeskWeek, error) {
	node, err := s.nodeToRead(ctx, asked)
	if err != nil {
		return offer.DeskWeek{}, err
	}
	at := s.DB.Now()
	if day != nil {
		at = clock.Date(day.Time)
	}
	return s.Offers.GetDesks(ctx, node, at)
}

// GetDeskWeek shows which desks are on duty in a week.
func (s *server) GetDeskWeek(ctx context.Context, r GetDeskWeekRequestObject) (GetDeskWeekResponseObject, error) {
	w, err := s.deskWeek(ctx, r.Params.NodeId, r.Params.Day)
	if err != nil {
		return nil, err
	}
	answer := GetDeskWeek200JSONResponse{NodeName: w.Place.Name, From: dateOf(w.From), Items: []DeskDuty{}}
	for _, d := range w.Desks {
		one := DeskDuty{
			Offer: offerJSON(d.Offer), Matters: append([]string{}, d.Matters...), Idle: some(d.IsIdle), Shifts: []DeskShift{},
		}
		for _, shift := range d.Shifts {
			one.Shifts = append(one.Shifts, DeskShift{
				StartsAt: shift.From, EndsAt: shift.Until, Booked: shift.Booked, Used: shift.Used,
			})
		}
		answer.Items = append(answer.Items, one)
	}
	return answer, nil
}

// ExportDeskWeek writes it to print, or as a spreadsheet.
func (s *server) ExportDeskWeek(ctx context.Context, r ExportDeskWeekRequestObject) (
	ExportDeskWeekResponseObject, error) {
	w, err := s.deskWeek(ctx, r.Params.NodeId, r.Params.Day)
	if err != nil {
		return nil, err
	}
	if value(r.Params.Format) == ExportDeskWeekParamsFormatXlsx {
		sheet, err := w.Sheet()
		return ExportDeskWeek200ApplicationvndOpenxmlformatsOfficedocumentSpreadsheetmlSheetResponse{
			Body: bytes.NewReader(sheet), ContentLength: int64(len(sheet)),
		}, err
	}
	pdf, err := w.PDF()
	return ExportDeskWeek200ApplicationpdfResponse{Body: bytes.NewReader(pdf), ContentLength: int64(len(pdf))}, err
}

// ExportOfferMonth writes what was booked of an offer in a month, for its host.
func (s *server) ExportOfferMonth(ctx context.Context, r ExportOfferMonthRequestObject) (
	ExportOfferMonthResponseObject, error) {
	m, err := s.Offers.OpenMonth(ctx, me(ctx), r.OfferId, r.Params.Month)
	if err != nil {
		return nil, err
	}
	if value(r.Params.Format) == ExportOfferMonthParamsFormatXlsx {
		sheet, err := m.Sheet()
		return ExportOfferMonth200ApplicationvndOpenxmlformatsOfficedocumentSpreadsheetmlSheetResponse{
			Body: bytes.NewReader(sheet), ContentLength: int64(len(sheet)),
		}, err
	}
	pdf, err := m.PDF()
	return ExportOfferMonth200ApplicationpdfResponse{Body: bytes.NewReader(pdf), ContentLength: int64(len(pdf))}, err
}
