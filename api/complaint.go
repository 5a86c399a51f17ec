package api

import (
	"context"
	"net/http"

	"xinyuan/internal/complaint"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// A message about it names it.
var _ = messagesName(state.Complaint.Noun, func(m *Message, subject int64) {
	m.ComplaintId = some(id.Complaint(subject))
})

func complaintJSON(k complaint.Complaint, asker id.User) Complaint {
	return Complaint{
		Id: k.ID, Kind: k.Kind, NodeId: k.NodeID, NodeName: some(k.NodeName), DeskName: some(k.DeskName),
		WishId: some(k.WishID), Text: k.Text, Answer: some(k.Answer), AuthorName: some(k.AuthorName), Status: k.Status,
		CreatedAt: k.CreatedAt, Reopened: k.ReopenedAt != nil, Mine: k.AuthorID == asker,
	}
}

// keepComplaint keeps the answer to a keyed request.
func (s *server) keepComplaint(ctx context.Context, status int) mysql.OnCommit[complaint.Complaint] {
	return keep(ctx, s, status, func(k complaint.Complaint) Complaint { return complaintJSON(k, me(ctx)) })
}

// CreateComplaint writes a complaint or a suggestion.
func (s *server) CreateComplaint(ctx context.Context, r CreateComplaintRequestObject) (
	CreateComplaintResponseObject, error) {
	d := complaint.Draft{Kind: r.Body.Kind, NodeID: r.Body.NodeId, Text: r.Body.Text, WishID: value(r.Body.WishId)}
	k, err := s.Complaints.Submit(ctx, me(ctx), d, s.keepComplaint(ctx, http.StatusCreated))
	return CreateComplaint201JSONResponse(complaintJSON(k, me(ctx))), err
}

// ListComplaints shows a page of what I wrote.
func (s *server) ListComplaints(ctx context.Context, r ListComplaintsRequestObject) (
	ListComplaintsResponseObject, error) {
	items, next, err := page(r.Params.Cursor, r.Params.Limit,
		func(before id.Complaint, n int) ([]complaint.Complaint, error) {
			return s.Complaints.ListMine(ctx, me(ctx), before, n)
		}, func(one complaint.Complaint) id.Complaint { return one.ID }, func(k complaint.Complaint) Complaint {
			return complaintJSON(k, me(ctx))
		})
	return ListComplaints200JSONResponse{Items: items, NextCursor: next}, err
}

// GetComplaint shows a complaint with its history.
func (s *server) GetComplaint(ctx context.Context, r GetComplaintRequestObject) (GetComplaintResponseObject, error) {
	v, err := s.Complaints.Get(ctx, me(ctx), r.ComplaintId)
	return GetComplaint200JSONResponse{
		Complaint: complaintJSON(v.Complaint, me(ctx)), MayAnswer: v.MayAnswer,
		History: history(v.History, audience{id: me(ctx), insider: true, staff: v.MayAnswer}),
	}, err
}

// AnswerComplaint answers.
func (s *server) AnswerComplaint(ctx context.Context, r AnswerComplaintRequestObject) (
	AnswerComplaintResponseObject, error) {
	k, err := s.Complaints.Answer(ctx, me(ctx), r.ComplaintId, r.Body.Answer, s.keepComplaint(ctx, http.StatusOK))
	return AnswerComplaint200JSONResponse(complaintJSON(k, me(ctx))), err
}

// ReopenComplaint asks once more.
func (s *server) ReopenComplaint(ctx context.Context, r ReopenComplaintRequestObject) (
	ReopenComplaintResponseObject, error) {
	k, err := s.Complaints.Reopen(ctx, me(ctx), r.ComplaintId, r.Body.Reason, s.keepComplaint(ctx, http.StatusOK))
	return ReopenComplaint200JSONResponse(complaintJSON(k, me(ctx))), err
}

// CloseComplaint says that it is settled.
func (s *server) CloseComplaint(ctx context.Context, r CloseComplaintRequestObject) (
	CloseComplaintResponseObject, error) {
	k, err := s.Complaints.Close(ctx, me(ctx), r.ComplaintId, s.keepComplaint(ctx, http.StatusOK))
	return CloseComplaint200JSONResponse(complaintJSON(k, me(ctx))), err
}
