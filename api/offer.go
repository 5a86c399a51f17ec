package api

import (
	"context"
	"net/http"
	"time"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"xinyuan/internal/clock"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/offer"
	"xinyuan/internal/state"
)

// A message about it names it.
var _ = messagesName(state.Offer.Noun, func(m *Message, subject int64) { m.OfferId = some(id.Offer(subject)) })

func offerJSON(o offer.Offer) Offer {
	return Offer{
		Id: o.ID, HostId: o.HostID, HostName: o.HostName, NodeId: o.NodeID, NodeName: o.NodeName, Kind: o.Kind,
		Name: o.Name, Place: o.Place, Seats: o.Seats, People: o.People, Slots: o.Slots, Audiences: o.Audiences(),
		Asked: o.Asked, OnHolidays: o.OnHolidays, CreatedAt: o.CreatedAt, OpenedAt: o.OpenedAt, ClosedAt: o.ClosedAt,
		Status: o.Status,
	}
}

// keepOffer keeps the answer to a keyed request.
func (s *server) keepOffer(ctx context.Context, status int) mysql.OnCommit[offer.Offer] {
	return keep(ctx, s, status, offerJSON)
}

// CreateOffer writes down what a body opens.
func (s *server) CreateOffer(ctx context.Context, r CreateOfferRequestObject) (CreateOfferResponseObject, error) {
	b := r.Body
	d := offer.Draft{
		Kind: b.Kind, Name: b.Name, Place: b.Place, Seats: b.Seats, People: b.People, Most: b.Slots,
		Audiences: b.Audiences, Asked: value(b.Asked), OnHolidays: value(b.OnHolidays),
	}
	d.Rules = value(b.Rules)
	d.Matters = value(b.Matters)
	d.Hours = offerHours(b.Hours)
	for _, one := range value(b.Stops) {
		d.Stops = append(d.Stops, offer.Stop{Name: one.Name, Place: one.Place, Seen: one.Seen, Minutes: one.Minutes})
	}
	o, err := s.Offers.Create(ctx, me(ctx), b.HostId, d, s.keepOffer(ctx, http.StatusCreated))
	return CreateOffer201JSONResponse(offerJSON(o)), err
}

// ListOffers shows a page of offers.
func (s *server) ListOffers(ctx context.Context, r ListOffersRequestObject) (ListOffersResponseObject, error) {
	f := offer.Filter{
		Scope: r.Params.Scope, Kind: value(r.Params.Kind), Node: value(r.Params.NodeId),
		Host: value(r.Params.HostId),
	}
	items, next, err := page(r.Params.Cursor, r.Params.Limit, func(last id.Offer, limit int) ([]offer.Offer, error) {
		f.Cursor, f.Limit = last, limit
		return s.Offers.List(ctx, me(ctx), f)
	}, func(one offer.Offer) id.Offer { return one.ID }, offerJSON)
	return ListOffers200JSONResponse{Items: items, NextCursor: next}, err
}

// GetOffer shows an offer with its rules and hours.
func (s *server) GetOffer(ctx context.Context, r GetOfferRequestObject) (GetOfferResponseObject, error) {
	v, err := s.Offers.Get(ctx, me(ctx), r.OfferId)
	if err != nil {
		return nil, err
	}
	answer := GetOffer200JSONResponse{
		Offer: offerJSON(v.Offer), Rules: append([]string{}, v.Rules...), Matters: append([]string{}, v.Matters...),
		Stops: []OfferStop{}, Hours: []OfferHours{}, Days: []OfferDay{}, ByPhoneUntil: v.ByPhoneUntil,
		History: history(v.History, audience{id: me(ctx), insider: v.May.Host}),
		May: OfferMay{
			Open: some(v.May.Open), Suspend: some(v.May.Suspend), Close: some(v.May.Close), SetDay: some(v.May.SetDay),
			SetHours: some(v.May.SetHours),
			Host:     some(v.May.Host),
		},
	}
	if v.HasPhone {
		answer.Phone, answer.PhoneName = some(v.Phone.Phone), some(v.Phone.Name)
	}
	for _, one := range v.Stops {
		answer.Stops = append(answer.Stops, OfferStop{
			Name: one.Name, Place: one.Place, Seen: one.Seen, Minutes: one.Minutes,
		})
	}
	for _, h := range v.Hours {
		answer.Hours = append(answer.Hours, OfferHours{Weekday: h.Weekday, FromMinute: h.From, UntilMinute: h.Until})
	}
	for _, d := range v.Days {
		answer.Days = append(answer.Days, OfferDay{
			Day: openapi_types.Date{Time: d.Date}, Kind: d.Kind, FromMinute: d.From, UntilMinute: d.Until,
		})
	}
	return answer, nil
}

// OpenOffer lets people book it.
func (s *server) OpenOffer(ctx context.Context, r OpenOfferRequestObject) (OpenOfferResponseObject, error) {
	o, err := s.Offers.Open(ctx, me(ctx), r.OfferId, s.keepOffer(ctx, http.StatusOK))
	return OpenOffer200JSONResponse(offerJSON(o)), err
}

// SuspendOffer lets nobody book it for now.
func (s *server) SuspendOffer(ctx context.Context, r SuspendOfferRequestObject) (SuspendOfferResponseObject, error) {
	o, err := s.Offers.Suspend(ctx, me(ctx), r.OfferId, s.keepOffer(ctx, http.StatusOK))
	return SuspendOffer200JSONResponse(offerJSON(o)), err
}

// CloseOffer ends it.
func (s *server) CloseOffer(ctx context.Context, r CloseOfferRequestObject) (CloseOfferResponseObject, error) {
	why := offer.Apology{Reason: value(r.Body.Reason), Instead: value(r.Body.Instead)}
	o, err := s.Offers.Close(ctx, me(ctx), r.OfferId, why, s.keepOffer(ctx, http.StatusOK))
	return CloseOffer200JSONResponse(offerJSON(o)), err
}

// SetOfferDay says how one day differs.
func (s *server) SetOfferDay(ctx context.Context, r SetOfferDayRequestObject) (SetOfferDayResponseObject, error) {
	d := offer.Day{
		OfferID: r.OfferId, Date: r.Body.Day.Time, Kind: r.Body.Kind, From: value(r.Body.FromMinute),
		Until: value(r.Body.UntilMinute),
	}
	why := offer.Apology{Reason: value(r.Body.Reason), Instead: value(r.Body.Instead)}
	o, err := s.Offers.SetDay(ctx, me(ctx), d, why, s.keepOffer(ctx, http.StatusOK))
	return SetOfferDay200JSONResponse(offerJSON(o)), err
}

func offerHours(all []OfferHours) []offer.Hours {
	hours := make([]offer.Hours, len(all))
	for i, h := range all {
		hours[i] = offer.Hours{Weekday: h.Weekday, From: h.FromMinute, Until: h.UntilMinute}
	}
	return hours
}

// SetOfferHours says when it is open in each week from now on.
func (s *server) SetOfferHours(ctx context.Context, r SetOfferHoursRequestObject) (
	SetOfferHoursResponseObject, error) {
	w := offer.Week{
		Hours: offerHours(r.Body.Hours), OnHolidays: r.Body.OnHolidays, CallOff: value(r.Body.CallOff),
		Why: offer.Apology{Reason: value(r.Body.Reason), Instead: value(r.Body.Instead)},
	}
	o, err := s.Offers.SetHours(ctx, me(ctx), r.OfferId, w, s.keepOffer(ctx, http.StatusOK))
	return SetOfferHours200JSONResponse(offerJSON(o)), err
}

// ListOfferSlots shows a week of slots.
func (s *server) ListOfferSlots(ctx context.Context, r ListOfferSlotsRequestObject) (
	ListOfferSlotsResponseObject, error) {
	var from time.Time
	if r.Params.From != nil {
		from = clock.Date(r.Params.From.Time)
	}
	days, err := s.Offers.ListSlots(ctx, me(ctx), r.OfferId, from)
	if err != nil {
		return nil, err
	}
	answer := ListOfferSlots200JSONResponse{Items: []OfferDaySlots{}}
	for _, d := range days {
		one := OfferDaySlots{Day: dateOf(d.Day), Holiday: d.IsHoliday, Slots: []OfferSlot{}}
		for _, f := range d.Slots {
			one.Slots = append(one.Slots, OfferSlot{StartsAt: f.At, Free: f.Seats})
		}
		answer.Items = append(answer.Items, one)
	}
	return answer, nil
}
