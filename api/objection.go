package api

import (
	"context"
	"net/http"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/objection"
	"xinyuan/internal/state"
)

// A message about it names it.
var _ = messagesName(state.Objection.Noun, func(m *Message, subject int64) {
	m.ObjectionId = some(id.Objection(subject))
})

func objectionJSON(o objection.Objection, asker id.User) Objection {
	answer := Objection{
		Id: o.ID, Status: o.Status, UserId: o.UserID, UserName: o.UserName, NodeId: o.NodeID, NodeName: o.NodeName,
		SignupId: o.SignupID, RecordId: o.RecordID, ActivityId: some(o.ActivityID), Title: o.Title, StartsAt: o.StartsAt,
		EndsAt: o.EndsAt, Minutes: o.Minutes, Recorder: some(o.Recorder), Text: o.Text, Answer: some(o.Answer),
		CreatedAt: o.CreatedAt, DecidedAt: o.DecidedAt, Mine: o.UserID == asker, ClaimId: o.ClaimID, WishId: some(o.WishID),
		Promised: some(o.Promised), MayDecide: some(o.MayDecide),
	}
	if o.ClaimID != nil {
		answer.Points = &o.Points
	}
	return answer
}

// keepObjection keeps the answer to a keyed request.
func (s *server) keepObjection(ctx context.Context, status int) mysql.OnCommit[objection.Objection] {
	return keep(ctx, s, status, func(o objection.Objection) Objection { return objectionJSON(o, me(ctx)) })
}

// CreateObjection objects to an absence or to a record.
func (s *server) CreateObjection(ctx context.Context, r CreateObjectionRequestObject) (
	CreateObjectionResponseObject, error) {
	p := objection.Protest{
		Text: r.Body.Text, Signup: value(r.Body.SignupId), Record: value(r.Body.RecordId),
		Claim: value(r.Body.ClaimId),
	}
	o, err := s.Objections.Object(ctx, me(ctx), p, s.keepObjection(ctx, http.StatusCreated))
	return CreateObjection201JSONResponse(objectionJSON(o, me(ctx))), err
}

// ListObjections shows a page of objections.
func (s *server) ListObjections(ctx context.Context, r ListObjectionsRequestObject) (
	ListObjectionsResponseObject, error) {
	f := objection.Filter{Mine: value(r.Params.Mine), Status: value(r.Params.Status)}
	items, next, err := page(r.Params.Cursor, r.Params.Limit,
		func(before id.Objection, n int) ([]objection.Objection, error) {
			f.Before, f.Limit = before, n
			return s.Objections.List(ctx, me(ctx), f)
		}, func(one objection.Objection) id.Objection { return one.ID }, func(o objection.Objection) Objection {
			return objectionJSON(o, me(ctx))
		})
	return ListObjections200JSONResponse{Items: items, NextCursor: next}, err
}

// GetObjection shows an objection.
func (s *server) GetObjection(ctx context.Context, r GetObjectionRequestObject) (GetObjectionResponseObject, error) {
	o, err := s.Objections.Get(ctx, me(ctx), r.ObjectionId)
	return GetObjection200JSONResponse(objectionJSON(o, me(ctx))), err
}

// ReviewObjection upholds or dismisses it.
func (s *server) ReviewObjection(ctx context.Context, r ReviewObjectionRequestObject) (
	ReviewObjectionResponseObject, error) {
	ruling := objection.Ruling{
		Uphold: r.Body.Decision == ReviewObjectionJSONBodyDecisionUphold, Reason: value(r.Body.Reason),
		Start: r.Body.StartedAt, End: r.Body.EndedAt,
	}
	ruling.Minutes = value(r.Body.Minutes)
	ruling.Points = r.Body.Points
	o, err := s.Objections.Rule(ctx, me(ctx), r.ObjectionId, ruling, s.keepObjection(ctx, http.StatusOK))
	return ReviewObjection200JSONResponse(objectionJSON(o, me(ctx))), err
}
