package api

import (
	"context"
	"fmt"
	"net/http"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/need"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
	"xinyuan/internal/visit"
)

// A message about it names it.
var _ = messagesName(state.Visit.Noun, func(m *Message, subject int64) { m.VisitId = some(id.Visit(subject)) })

func visitJSON(v visit.Visit, asker id.User) Visit {
	return Visit{
		Id: v.ID, NodeId: v.NodeID, NodeName: v.NodeName, LeaderLabel: seal.MaskName(v.Leader), Subject: v.Subject,
		Place: v.Place, StartsAt: v.StartsAt, EndsAt: v.EndsAt, WithWhom: some(v.WithWhom), CreatedAt: v.CreatedAt,
		HeldAt: v.HeldAt, ClosedAt: v.ClosedAt, Status: v.Status, Mine: v.OwnerID == asker, Led: v.LeaderID == asker,
	}
}

// keepVisit keeps the answer to a keyed request.
func (s *server) keepVisit(ctx context.Context, status int) mysql.OnCommit[visit.Visit] {
	return keep(ctx, s, status, func(v visit.Visit) Visit { return visitJSON(v, me(ctx)) })
}

// CreateVisit says that the caller comes.
func (s *server) CreateVisit(ctx context.Context, r CreateVisitRequestObject) (CreateVisitResponseObject, error) {
	b := r.Body
	m := visit.Meeting{Place: b.Place, Subject: value(b.Subject), StartsAt: b.StartsAt, EndsAt: b.EndsAt}
	v, err := s.Visits.Plan(ctx, me(ctx), b.NodeId, m, s.keepVisit(ctx, http.StatusCreated))
	return CreateVisit201JSONResponse(visitJSON(v, me(ctx))), err
}

// InviteVisit asks a leader to come.
func (s *server) InviteVisit(ctx context.Context, r InviteVisitRequestObject) (InviteVisitResponseObject, error) {
	m := visit.Meeting{Place: r.Body.Place, Subject: r.Body.Subject}
	v, err := s.Visits.Invite(ctx, me(ctx), r.Body.NodeId, m, s.keepVisit(ctx, http.StatusCreated))
	return InviteVisit201JSONResponse(visitJSON(v, me(ctx))), err
}

// ListVisits shows a page of visits.
func (s *server) ListVisits(ctx context.Context, r ListVisitsRequestObject) (ListVisitsResponseObject, error) {
	f := visit.Filter{Scope: r.Params.Scope, Node: value(r.Params.NodeId)}
	items, next, err := page(r.Params.Cursor, r.Params.Limit, func(last id.Visit, limit int) ([]visit.Visit, error) {
		f.Cursor, f.Limit = last, limit
		return s.Visits.List(ctx, me(ctx), f)
	}, func(one visit.Visit) id.Visit { return one.ID }, func(v visit.Visit) Visit { return visitJSON(v, me(ctx)) })
	return ListVisits200JSONResponse{Items: items, NextCursor: next}, err
}

func broughtJSON(b visit.Brought) VisitNeed {
	return VisitNeed{
		NeedId: b.NeedID, Number: b.Number(), Text: b.Text, Place: b.Place, Promise: b.Promise, Status: b.Status,
		Solved: b.Solved, Term: b.Term, DueAt: b.DueAt,
	}
}

// ListPromises shows a page of what I promised at visits.
func (s *server) ListPromises(ctx context.Context, r ListPromisesRequestObject) (ListPromisesResponseObject, error) {
	f := visit.PromiseFilter{Open: value(r.Params.Open)}
	items, next, err := page(r.Params.Cursor, r.Params.Limit, func(before id.Need, limit int) ([]visit.Promise, error) {
		f.Before, f.Limit = before, limit
		return s.Visits.ListPromises(ctx, me(ctx), f)
	}, func(one visit.Promise) id.Need { return one.NeedID }, func(p visit.Promise) VisitPromise {
		return VisitPromise{
			VisitId: p.VisitID, NodeName: p.NodeName, HeldAt: p.HeldAt, Need: broughtJSON(p.Brought), Late: p.IsLate(s.DB.Now()),
		}
	})
	return ListPromises200JSONResponse{Items: items, NextCursor: next}, err
}

// GetVisit shows a visit with what was heard there.
func (s *server) GetVisit(ctx context.Context, r GetVisitRequestObject) (GetVisitResponseObject, error) {
	v, err := s.Visits.Get(ctx, me(ctx), r.VisitId)
	if err != nil {
		return nil, err
	}
	answer := GetVisit200JSONResponse{
		Visit: visitJSON(v.Visit, me(ctx)), Needs: []VisitNeed{},
		History: history(v.History, audience{id: me(ctx), insider: v.Insider, owner: v.OwnerID == me(ctx)}),
		May: VisitMay{
			Schedule: some(v.May.Schedule), Cancel: some(v.May.Cancel), Hold: some(v.May.Hold), Print: some(v.IsPrintable()),
		},
	}
	for _, b := range v.Brought {
		answer.Needs = append(answer.Needs, broughtJSON(b))
	}
	return answer, nil
}

// ScheduleVisit says where and when the caller comes.
func (s *server) ScheduleVisit(ctx context.Context, r ScheduleVisitRequestObject) (ScheduleVisitResponseObject, error) {
	b := r.Body
	m := visit.Meeting{Place: b.Place, Subject: value(b.Subject), StartsAt: b.StartsAt, EndsAt: b.EndsAt}
	v, err := s.Visits.Schedule(ctx, me(ctx), r.VisitId, m, s.keepVisit(ctx, http.StatusOK))
	return ScheduleVisit200JSONResponse(visitJSON(v, me(ctx))), err
}

// HoldVisit writes down what was heard.
func (s *server) HoldVisit(ctx context.Context, r HoldVisitRequestObject) (HoldVisitResponseObject, error) {
	notes := visit.Notes{WithWhom: value(r.Body.WithWhom)}
	for i, l := range r.Body.Lines {
		one := visit.Line{Promise: value(l.Promise), Draft: need.Draft{
			Category: l.Category, Place: l.Place, Text: l.Text, Private: l.Private,
		}}
		if l.Contact != nil {
			c, err := s.contactOf(ctx, *l.Contact, true)
			if err != nil {
				return nil, fault.Below(fmt.Sprintf("lines.%d.", i), err)
			}
			one.Contact = &c
		}
		notes.Lines = append(notes.Lines, one)
	}
	v, err := s.Visits.Hold(ctx, me(ctx), r.VisitId, notes, s.keepVisit(ctx, http.StatusOK))
	return HoldVisit200JSONResponse(visitJSON(v, me(ctx))), err
}

// CancelVisit says that nobody comes.
func (s *server) CancelVisit(ctx context.Context, r CancelVisitRequestObject) (CancelVisitResponseObject, error) {
	v, err := s.Visits.Cancel(ctx, me(ctx), r.VisitId, value(r.Body.Reason), s.keepVisit(ctx, http.StatusOK))
	return CancelVisit200JSONResponse(visitJSON(v, me(ctx))), err
}
