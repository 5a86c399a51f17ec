package api

import (
	"bytes"
	"context"
	"net/http"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/offer"
	"xinyuan/internal/state"
)

// A message about it names it.
var _ = messagesName(state.Booking.Noun, func(m *Message, subject int64) { m.BookingId = some(id.Booking(subject)) })

func bookingJSON(b offer.Booking, asker id.User) Booking {
	who := b.OwnerName
	if b.OwnerID == 0 {
		who = b.Guest
	}
	return Booking{
		Id: b.ID, OfferId: b.OfferID, OfferName: b.OfferName, Kind: b.Kind, Place: b.Place, HostName: b.HostName,
		SeriesId: b.SeriesID, Audience: b.Audience, Who: who, Called: some(b.OwnerID == 0), TeamName: some(b.TeamName),
		UnitName: some(b.UnitName), People: b.People, Purpose: b.Purpose, StartsAt: b.StartsAt, EndsAt: b.EndsAt,
		CreatedAt: b.CreatedAt, AnswerBy: b.AnswerBy, Instead: some(b.Instead), Status: b.Status,
		Mine: b.OwnerID == asker,
	}
}

// bookingOf encodes bookings for who asks.
func bookingOf(ctx context.Context) func(offer.Booking) Booking {
	return func(b offer.Booking) Booking { return bookingJSON(b, me(ctx)) }
}

// keepBooking keeps the answer to a keyed request.
func (s *server) keepBooking(ctx context.Context) mysql.OnCommit[offer.Booking] {
	return keep(ctx, s, http.StatusOK, bookingOf(ctx))
}

func bookingsJSON(ctx context.Context, all []offer.Booking) []Booking {
	list := []Booking{}
	for _, b := range all {
		list = append(list, bookingJSON(b, me(ctx)))
	}
	return list
}

// CreateBookings books an offer.
func (s *server) CreateBookings(ctx context.Context, r CreateBookingsRequestObject) (
	CreateBookingsResponseObject, error) {
	b := r.Body
	w := offer.Wish{
		Audience: b.Audience, Guest: value(b.Guest), People: b.People, Purpose: value(b.Purpose), From: b.StartsAt,
		Until: b.EndsAt, Weeks: 1,
	}
	w.Team = value(b.TeamId)
	w.Unit = value(b.UnitId)
	if b.Weeks != nil {
		w.Weeks = *b.Weeks
	}
	encode := func(all []offer.Booking) CreateBookings201JSONResponse {
		return CreateBookings201JSONResponse{Items: bookingsJSON(ctx, all)}
	}
	all, err := s.Offers.Book(ctx, me(ctx), r.OfferId, w, keep(ctx, s, http.StatusCreated, encode))
	return encode(all), err
}

// ListBookings shows a page of bookings.
func (s *server) ListBookings(ctx context.Context, r ListBookingsRequestObject) (ListBookingsResponseObject, error) {
	f := offer.BookingFilter{Scope: r.Params.Scope, Day: day(r.Params.Day), Offer: value(r.Params.OfferId)}
	items, next, err := page(r.Params.Cursor, r.Params.Limit,
		func(last id.Booking, limit int) ([]offer.Booking, error) {
			f.Cursor, f.Limit = last, limit
			return s.Offers.ListBookings(ctx, me(ctx), f)
		}, func(one offer.Booking) id.Booking { return one.ID }, bookingOf(ctx))
	return ListBookings200JSONResponse{Items: items, NextCursor: next}, err
}

// GetBooking shows a booking, to who booked with the code.
func (s *server) GetBooking(ctx context.Context, r GetBookingRequestObject) (GetBookingResponseObject, error) {
	v, err := s.Offers.GetBooking(ctx, me(ctx), r.BookingId)
	if err != nil {
		return nil, err
	}
	return GetBooking200JSONResponse{
		Booking: bookingJSON(v.Booking, me(ctx)), Code: some(v.Code), Series: bookingsJSON(ctx, v.Series),
		History: history(v.History, audience{id: me(ctx), insider: v.Insider, owner: v.OwnerID == me(ctx)}),
		May: BookingMay{
			Decide: some(v.May.Decide), Cancel: some(v.May.Cancel), CallOff: some(v.May.CallOff),
			Arrive: some(v.May.Arrive), Receipt: some(v.May.Receipt),
		},
	}, nil
}

// GetBookingPdf answers with the receipt of a booking.
func (s *server) GetBookingPdf(ctx context.Context, r GetBookingPdfRequestObject) (
	GetBookingPdfResponseObject, error) {
	pdf, err := s.Offers.OpenReceipt(ctx, me(ctx), r.BookingId)
	return GetBookingPdf200ApplicationpdfResponse{Body: bytes.NewReader(pdf), ContentLength: int64(len(pdf))}, err
}

// DecideBooking says yes or no.
func (s *server) DecideBooking(ctx context.Context, r DecideBookingRequestObject) (
	DecideBookingResponseObject, error) {
	b, err := s.Offers.Decide(ctx, me(ctx), r.BookingId,
		offer.Answer{Yes: r.Body.Decision == "confirm", Reason: value(r.Body.Reason)}, s.keepBooking(ctx))
	return DecideBooking200JSONResponse(bookingJSON(b, me(ctx))), err
}

// CancelBooking takes a booking back.
func (s *server) CancelBooking(ctx context.Context, r CancelBookingRequestObject) (
	CancelBookingResponseObject, error) {
	b, err := s.Offers.Cancel(ctx, me(ctx), r.BookingId, s.keepBooking(ctx))
	return CancelBooking200JSONResponse(bookingJSON(b, me(ctx))), err
}

// CallOffBooking says that it is not open then after all.
func (s *server) CallOffBooking(ctx context.Context, r CallOffBookingRequestObject) (
	CallOffBookingResponseObject, error) {
	why := offer.Apology{Reason: r.Body.Reason, Instead: r.Body.Instead}
	b, err := s.Offers.CallOff(ctx, me(ctx), r.BookingId, why, s.keepBooking(ctx))
	return CallOffBooking200JSONResponse(bookingJSON(b, me(ctx))), err
}

// NoteArrival notes that somebody came, who said the name.
func (s *server) NoteArrival(ctx context.Context, r NoteArrivalRequestObject) (NoteArrivalResponseObject, error) {
	b, err := s.Offers.Arrive(ctx, me(ctx), r.BookingId, s.keepBooking(ctx))
	return NoteArrival200JSONResponse(bookingJSON(b, me(ctx))), err
}

// ArriveByCode notes that somebody came, who showed eight digits.
func (s *server) ArriveByCode(ctx context.Context, r ArriveByCodeRequestObject) (ArriveByCodeResponseObject, error) {
	b, err := s.Offers.ArriveByCode(ctx, me(ctx), r.OfferId, r.Body.Code, s.keepBooking(ctx))
	return ArriveByCode200JSONResponse(bookingJSON(b, me(ctx))), err
}
