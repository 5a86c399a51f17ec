package api

import (
	"context"
	"strings"
)

// GetMyCalendar tells where my calendar feed is.
func (s *server) GetMyCalendar(ctx context.Context, _ GetMyCalendarRequestObject) (
	GetMyCalendarResponseObject, error) {
	token, err := s.Activities.OpenCalendar(ctx, me(ctx))
	return GetMyCalendar200JSONResponse{Url: "/api/v1/calendar/" + token + ".ics"}, err
}

// EndMyCalendar ends my calendar feed.
func (s *server) EndMyCalendar(ctx context.Context, _ EndMyCalendarRequestObject) (
	EndMyCalendarResponseObject, error) {
	return EndMyCalendar204Response{}, s.Activities.EndCalendar(ctx, me(ctx), keepDone(ctx, s))
}

// GetCalendar is a feed, for who has its address. It is in no log: those name
// routes.
func (s *server) GetCalendar(ctx context.Context, r GetCalendarRequestObject) (GetCalendarResponseObject, error) {
	text, err := s.Activities.GetFeed(ctx, strings.TrimSuffix(r.File, ".ics"))
	if err != nil {
		return nil, err
	}
	return GetCalendar200TextcalendarResponse{Body: strings.NewReader(text), ContentLength: int64(len(text))}, nil
}
