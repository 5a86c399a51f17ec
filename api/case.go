package api

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"xinyuan/internal/content"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/media"
	"xinyuan/internal/moderation"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// A message about it names it.
var _ = messagesName(state.Case.Noun, func(m *Message, subject int64) { m.CaseId = some(id.Case(subject)) })

func (s *server) caseJSON(v moderation.View, asker id.User) Case {
	c := Case{
		Id: v.ID, Kind: v.Kind, Status: v.Status, NodeId: v.NodeID, NodeName: some(v.NodeName), Noun: v.Noun,
		SubjectId: strconv.FormatInt(v.Subject, 10), Field: some(v.Text.Field), Text: some(v.Text.Body), Why: v.Reason,
		WriterName: some(v.WriterName), CreatedAt: v.CreatedAt, MayDecide: v.MayDecide,
		History: history(v.History, audience{id: asker, insider: true, staff: true}),
	}
	if v.Photo.ID != 0 {
		c.Photo = some(s.photoJSON(v.Photo, s.waits(v.Photo)))
	}
	if hits := v.Text.Hits(); len(hits) > 0 {
		all := make([]CaseHit, len(hits))
		for i, h := range hits {
			all[i] = CaseHit{Category: h.Category, Word: h.Word, Found: h.Found}
		}
		c.Hits = &all
	}
	return c
}

// GetCase shows staff what was not passed.
func (s *server) GetCase(ctx context.Context, r GetCaseRequestObject) (GetCaseResponseObject, error) {
	v, err := s.Cases.Get(ctx, me(ctx), r.CaseId)
	return GetCase200JSONResponse(s.caseJSON(v, me(ctx))), err
}

// ReviewCase decides what people see.
func (s *server) ReviewCase(ctx context.Context, r ReviewCaseRequestObject) (ReviewCaseResponseObject, error) {
	d := moderation.Decision{Is: r.Body.Decision, Reason: value(r.Body.Reason)}
	v, err := s.Cases.Review(ctx, me(ctx), r.CaseId, d, s.keepCase(ctx))
	return ReviewCase200JSONResponse(s.caseJSON(v, me(ctx))), err
}

// Report brings what I see before staff.
func (s *server) Report(ctx context.Context, r ReportRequestObject) (ReportResponseObject, error) {
	about := moderation.About{Noun: string(r.Body.About)}
	about.Subject, _ = strconv.ParseInt(r.Body.Id, 10, 64) // the contract has looked at it
	seen, err := s.seen(ctx, about)
	if err != nil {
		return nil, err
	}
	if r.Body.PhotoId != nil {
		about.Photo = *r.Body.PhotoId
		if !slices.ContainsFunc(seen, func(p media.Photo) bool { return p.ID == about.Photo }) {
			return nil, fault.New(fault.ReasonNotFound)
		}
	}
	return Report204Response{}, s.Cases.Report(ctx, me(ctx), about, r.Body.Reason, keepDone(ctx, s))
}

// seen tells whether I may see the matter, and returns its pictures. Error:
// fault.ReasonNotFound.
func (s *server) seen(ctx context.Context, about moderation.About) ([]media.Photo, error) {
	switch ReportAbout(about.Noun) {
	case ReportAboutWish:
		v, err := s.Wishes.Get(ctx, me(ctx), id.Wish(about.Subject))
		return v.Photos, err
	case ReportAboutClaim:
		v, err := s.Wishes.GetClaim(ctx, me(ctx), id.Claim(about.Subject))
		return v.Claim.Photos, err
	case ReportAboutActivity:
		_, err := s.Activities.Get(ctx, me(ctx), id.Activity(about.Subject))
		return nil, err
	case ReportAboutNeed:
		v, err := s.Needs.Get(ctx, me(ctx), id.Need(about.Subject))
		return v.Photos, err
	case ReportAboutTeam:
		_, err := s.Teams.Get(ctx, me(ctx), id.Team(about.Subject))
		return nil, err
	}
	return nil, fault.New(fault.ReasonNotFound)
}

// keepCase keeps the answer to a keyed request.
func (s *server) keepCase(ctx context.Context) mysql.OnCommit[moderation.View] {
	return keep(ctx, s, http.StatusOK, func(v moderation.View) Case { return s.caseJSON(v, me(ctx)) })
}

// ListMyTexts shows a page of what I wrote and others do not see yet.
func (s *server) ListMyTexts(ctx context.Context, r ListMyTextsRequestObject) (ListMyTextsResponseObject, error) {
	items, next, err := page(r.Params.Cursor, r.Params.Limit, func(before id.Text, n int) ([]content.Text, error) {
		return s.Texts.ListMine(ctx, me(ctx), before, n)
	}, func(t content.Text) id.Text { return t.ID }, func(t content.Text) WaitingText {
		return WaitingText{
			Id: t.ID.String(), Noun: t.Noun, SubjectId: strconv.FormatInt(t.Subject, 10), Field: t.Field, Text: t.Body,
			Waiting: t.Verdict == content.Waiting, At: t.At,
		}
	})
	return ListMyTexts200JSONResponse{Items: items, NextCursor: next}, err
}

// flaggedJSON are texts that their check did not pass, for whoever decides whether others read them.
func flaggedJSON(texts []content.Text) *[]FlaggedText {
	all := make([]FlaggedText, len(texts))
	for i, t := range texts {
		all[i] = FlaggedText{Field: t.Field, Why: t.Why()}
	}
	return list(all)
}
