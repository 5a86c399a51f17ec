package api

import (
	"context"
	"net/http"

	"xinyuan/internal/fault"
	"xinyuan/internal/hours"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// A message about it names it.
var _ = messagesName(state.Record.Noun, func(m *Message, subject int64) { m.RecordId = some(id.Record(subject)) })

func recordJSON(r hours.Record, asker id.User) ServiceRecord {
	var corrects *id.Record
	if !r.Moved || r.UserID != asker { // another's record is not the volunteer's to open
		corrects = some(r.CorrectsID)
	}
	return ServiceRecord{
		Id: r.ID, Status: r.Status, Source: r.Source, NodeId: r.NodeID, NodeName: some(r.NodeName),
		ActivityId: some(r.ActivityID), TeamId: some(r.TeamID), TeamName: some(r.TeamName), Title: r.Title,
		StartedAt: r.StartedAt, EndedAt: r.EndedAt, Minutes: r.Minutes, Note: some(r.Note), UserId: r.UserID,
		UserName: r.UserName, Recorder: some(r.Recorder), RecordedAt: r.RecordedAt, CreditedAt: r.CreditedAt,
		Reviews: r.Reviews, Due: r.Due, Offline: some(r.Offline), Sample: some(r.Sample), Unseen: some(r.Unseen),
		Corrects: corrects, Moved: some(r.Moved),
		Own: some(r.Source == state.SourceActivity && r.RecorderID == r.UserID), Mine: r.UserID == asker,
	}
}

// reportJSON is the first of the records that a report made, with the second.
func reportJSON(made []hours.Record, asker id.User) ServiceRecord {
	if len(made) == 0 {
		return ServiceRecord{}
	}
	first := recordJSON(made[0], asker)
	if len(made) > 1 {
		first.ContinuedIn = &made[1].ID
	}
	return first
}

// keepRecord keeps the answer to a keyed request.
func (s *server) keepRecord(ctx context.Context, status int) mysql.OnCommit[hours.Record] {
	return keep(ctx, s, status, func(r hours.Record) ServiceRecord { return recordJSON(r, me(ctx)) })
}

// CreateServiceRecord writes down what I served.
func (s *server) CreateServiceRecord(ctx context.Context, r CreateServiceRecordRequestObject) (
	CreateServiceRecordResponseObject, error) {
	d := hours.Draft{
		NodeID: r.Body.NodeId, Title: r.Body.Title, Start: r.Body.StartedAt, End: r.Body.EndedAt, Note: r.Body.Note,
		Photos: photosOf(r.Body.PhotoIds),
	}
	made, err := s.Records.SelfReport(ctx, me(ctx), d, keep(ctx, s, http.StatusCreated,
		func(made []hours.Record) ServiceRecord { return reportJSON(made, me(ctx)) }))
	return CreateServiceRecord201JSONResponse(reportJSON(made, me(ctx))), err
}

// ListServiceRecords shows a page of records.
func (s *server) ListServiceRecords(ctx context.Context, r ListServiceRecordsRequestObject) (
	ListServiceRecordsResponseObject, error) {
	f := hours.Filter{Status: value(r.Params.Status)}
	if r.Params.Mine != nil && !*r.Params.Mine {
		if r.Params.NodeId == nil {
			return nil, fault.BadField("nodeId", "请选择一个地方。")
		}
		f.Node, f.Sample = *r.Params.NodeId, value(r.Params.Sample)
	}
	items, next, err := page(r.Params.Cursor, r.Params.Limit, func(before id.Record, n int) ([]hours.Record, error) {
		f.Before, f.Limit = before, n
		return s.Records.List(ctx, me(ctx), f)
	}, func(one hours.Record) id.Record { return one.ID }, func(one hours.Record) ServiceRecord {
		return recordJSON(one, me(ctx))
	})
	return ListServiceRecords200JSONResponse{Items: items, NextCursor: next}, err
}

// GetServiceRecord shows a record with its history.
func (s *server) GetServiceRecord(ctx context.Context, r GetServiceRecordRequestObject) (
	GetServiceRecordResponseObject, error) {
	d, err := s.Records.Get(ctx, me(ctx), r.RecordId)
	one := recordJSON(d.Record, me(ctx))
	one.Photos = s.photosJSON(d.Photos, viewer{id: me(ctx), staff: true})
	return GetServiceRecord200JSONResponse{
		Record: one, History: history(d.History, audience{id: me(ctx), insider: true}), CorrectedBy: some(d.Corrected),
		WaitsAt: some(d.StageName), Escalated: some(d.EscalatedAt != nil), MayReview: d.MayReview, MayCorrect: d.MayCorrect,
		Flagged: flaggedJSON(d.Flags),
	}, err
}

// ReviewServiceRecord confirms or rejects.
func (s *server) ReviewServiceRecord(ctx context.Context, r ReviewServiceRecordRequestObject) (
	ReviewServiceRecordResponseObject, error) {
	d := hours.Decision{Confirm: string(r.Body.Decision) == "confirm", Reason: value(r.Body.Reason)}
	one, err := s.Records.Review(ctx, me(ctx), r.RecordId, d, s.keepRecord(ctx, http.StatusOK))
	return ReviewServiceRecord200JSONResponse(recordJSON(one, me(ctx))), err
}

// CorrectServiceRecord puts a new record in the place of one.
func (s *server) CorrectServiceRecord(ctx context.Context, r CorrectServiceRecordRequestObject) (
	CorrectServiceRecordResponseObject, error) {
	c := hours.Correction{
		Start: r.Body.StartedAt, End: r.Body.EndedAt, Minutes: r.Body.Minutes, Reason: r.Body.Reason,
	}
	one, err := s.Records.Correct(ctx, me(ctx), r.RecordId, c, s.keepRecord(ctx, http.StatusCreated))
	return CorrectServiceRecord201JSONResponse(recordJSON(one, me(ctx))), err
}
