package api

import (
	"context"
	"net/http"

	"xinyuan/internal/assignment"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// A message about it names it.
var _ = messagesName(state.Assignment.Noun, func(m *Message, subject int64) {
	m.AssignmentId = some(id.Assignment(subject))
})

func (s *server) assignmentJSON(a assignment.Assignment) Assignment {
	one := Assignment{
		Id: a.ID, OriginNumber: some(a.OriginNumber), Kind: a.Kind, FromId: a.From, ToId: a.To, FromName: a.FromName,
		ToName: a.ToName, What: a.What, Clause: some(a.Clause), Term: a.Term, Status: a.Status,
		WorkerLabel: some(seal.MaskName(a.WorkerName)), SentAt: a.SentAt, AcceptBy: a.AcceptBy, DueAt: a.DueAt,
		ReportedAt: a.ReportedAt, VerifiedAt: a.VerifiedAt, Answer: some(a.Answer), Refusals: a.Refusals, Bound: a.Bound,
		Late: a.IsLate(s.DB.Now()), LatestAt: some(a.TwiceAt), DutyId: some(a.Duty), DutyNumber: some(a.DutyNumber),
		AdmissionId: some(a.Admission), NotAdmitted: some(a.Unadmitted),
	}
	if a.OriginNoun == state.Need.Noun {
		one.NeedId = some(id.Need(a.OriginID))
	}
	return one
}

// keepAssignment keeps the answer to a keyed request.
func (s *server) keepAssignment(ctx context.Context) mysql.OnCommit[assignment.Assignment] {
	return keep(ctx, s, http.StatusOK, s.assignmentJSON)
}

func (s *server) assignmentList(all []assignment.Assignment) AssignmentList {
	list := AssignmentList{Items: make([]Assignment, len(all))}
	for i, a := range all {
		list.Items[i] = s.assignmentJSON(a)
	}
	return list
}

// CreateAssignments asks bodies to do their part.
func (s *server) CreateAssignments(ctx context.Context, r CreateAssignmentsRequestObject) (
	CreateAssignmentsResponseObject, error) {
	d := assignment.Sending{What: r.Body.What, Clause: value(r.Body.Clause), Term: r.Body.Term}
	for _, to := range r.Body.To {
		d.To = append(d.To, assignment.Receiver{Node: to.NodeId, Kind: to.Kind})
	}
	d.Duty = value(r.Body.DutyId)
	kept := keep(ctx, s, http.StatusCreated, s.assignmentList)
	switch need, from := r.Body.NeedId, r.Body.FromId; {
	case (need == nil) == (from == nil):
		return nil, fault.BadField("needId", "请写明是为哪件事，或者是哪个单位请人帮忙。")
	case need != nil:
		all, err := s.Needs.Dispatch(ctx, me(ctx), *need, d, kept)
		return CreateAssignments201JSONResponse(s.assignmentList(all)), err
	case r.Body.AdmissionId != nil:
		d.Admission = *r.Body.AdmissionId
		fallthrough
	default:
		d.From = *from
		all, err := s.Assignments.CreateAsked(ctx, me(ctx), d, kept)
		return CreateAssignments201JSONResponse(s.assignmentList(all)), err
	}
}

// ListAssignments shows a page of what was sent to me, or from where I decide.
func (s *server) ListAssignments(ctx context.Context, r ListAssignmentsRequestObject) (
	ListAssignmentsResponseObject, error) {
	f := assignment.Filter{
		Received: r.Params.Mine == ListAssignmentsParamsMineReceived, Late: value(r.Params.Overdue),
		Disputed: value(r.Params.Disputed),
	}
	f.Status = value(r.Params.Status)
	items, next, err := page(r.Params.Cursor, r.Params.Limit,
		func(before id.Assignment, limit int) ([]assignment.Assignment, error) {
			f.Before, f.Limit = before, limit
			return s.Assignments.List(ctx, me(ctx), f)
		}, func(one assignment.Assignment) id.Assignment { return one.ID }, s.assignmentJSON)
	if err == nil {
		err = s.addPlaces(ctx, items)
	}
	return ListAssignments200JSONResponse{Items: items, NextCursor: next}, err
}

// addPlaces says of each assignment where its thing is, so that a body goes to several of them in one trip.
func (s *server) addPlaces(ctx context.Context, all []Assignment) error {
	var needs []id.Need
	for _, a := range all {
		if a.NeedId != nil {
			needs = append(needs, *a.NeedId)
		}
	}
	places, err := s.Needs.ListPlaces(ctx, needs)
	for i, a := range all {
		if a.NeedId == nil {
			continue
		}
		if at, found := places[*a.NeedId]; found {
			all[i].Place, all[i].Lat, all[i].Lng = some(at.Place), at.Lat, at.Lng
		}
	}
	return err
}

// GetAssignment shows an assignment with what it is for.
func (s *server) GetAssignment(ctx context.Context, r GetAssignmentRequestObject) (GetAssignmentResponseObject, error) {
	v, err := s.Assignments.Get(ctx, me(ctx), r.AssignmentId)
	if err != nil {
		return nil, err
	}
	answer := GetAssignment200JSONResponse{
		Assignment: s.assignmentJSON(v.Assignment), History: history(v.History, audience{id: me(ctx), insider: true}),
		May: AssignmentMay{
			Accept: some(v.May.Accept), Refuse: some(v.May.Refuse), Decline: some(v.May.Decline),
			Bind: some(v.May.Bind), Report: some(v.May.Report),
			Verify: some(v.May.Verify), Return: some(v.May.Return), Extend: some(v.May.Extend), Undo: some(v.May.Undo),
			Cancel: some(v.May.Cancel),
		},
	}
	if v.OriginNoun == state.Need.Noun {
		n, err := s.Needs.GetForWorkers(ctx, id.Need(v.OriginID))
		if err != nil {
			return nil, err
		}
		about := s.needJSON(n, me(ctx))
		answer.Need = &about
	}
	return answer, nil
}

// AcceptAssignment says who does it.
func (s *server) AcceptAssignment(ctx context.Context, r AcceptAssignmentRequestObject) (
	AcceptAssignmentResponseObject, error) {
	a, err := s.Assignments.Accept(ctx, me(ctx), r.AssignmentId, s.keepAssignment(ctx))
	return AcceptAssignment200JSONResponse(s.assignmentJSON(a)), err
}

// RefuseAssignment sends it back.
func (s *server) RefuseAssignment(ctx context.Context, r RefuseAssignmentRequestObject) (
	RefuseAssignmentResponseObject, error) {
	a, err := s.Assignments.Refuse(ctx, me(ctx), r.AssignmentId, assignment.Refusal{
		Clause: value(r.Body.Clause), Instead: value(r.Body.Instead), Unadmitted: value(r.Body.NotAdmitted),
	}, s.keepAssignment(ctx))
	return RefuseAssignment200JSONResponse(s.assignmentJSON(a)), err
}

// BindAssignment settles whose it is.
func (s *server) BindAssignment(ctx context.Context, r BindAssignmentRequestObject) (
	BindAssignmentResponseObject, error) {
	why := assignment.Binding{Reason: r.Body.Reason, Duty: value(r.Body.DutyId)}
	a, err := s.Assignments.Bind(ctx, me(ctx), r.AssignmentId, why, s.keepAssignment(ctx))
	return BindAssignment200JSONResponse(s.assignmentJSON(a)), err
}

// ReportAssignment says what was done.
func (s *server) ReportAssignment(ctx context.Context, r ReportAssignmentRequestObject) (
	ReportAssignmentResponseObject, error) {
	a, err := s.Assignments.Report(ctx, me(ctx), r.AssignmentId, r.Body.Answer, s.keepAssignment(ctx))
	return ReportAssignment200JSONResponse(s.assignmentJSON(a)), err
}

// VerifyAssignment says that it is done indeed.
func (s *server) VerifyAssignment(ctx context.Context, r VerifyAssignmentRequestObject) (
	VerifyAssignmentResponseObject, error) {
	a, err := s.Assignments.Verify(ctx, me(ctx), r.AssignmentId, s.keepAssignment(ctx))
	return VerifyAssignment200JSONResponse(s.assignmentJSON(a)), err
}

// ReturnAssignment says what is not done yet.
func (s *server) ReturnAssignment(ctx context.Context, r ReturnAssignmentRequestObject) (
	ReturnAssignmentResponseObject, error) {
	a, err := s.Assignments.Return(ctx, me(ctx), r.AssignmentId, r.Body.Reason, s.keepAssignment(ctx))
	return ReturnAssignment200JSONResponse(s.assignmentJSON(a)), err
}

// ExtendAssignment gives it more time.
func (s *server) ExtendAssignment(ctx context.Context, r ExtendAssignmentRequestObject) (
	ExtendAssignmentResponseObject, error) {
	a, err := s.Assignments.Extend(ctx, me(ctx), r.AssignmentId,
		assignment.Extension{Until: r.Body.Until, Reason: r.Body.Reason}, s.keepAssignment(ctx))
	return ExtendAssignment200JSONResponse(s.assignmentJSON(a)), err
}

// UndoAssignment takes back that it is done.
func (s *server) UndoAssignment(ctx context.Context, r UndoAssignmentRequestObject) (
	UndoAssignmentResponseObject, error) {
	a, err := s.Assignments.Undo(ctx, me(ctx), r.AssignmentId,
		assignment.Undoing{Reason: r.Body.Reason, HoldNeed: s.Needs.HoldInWork}, s.keepAssignment(ctx))
	return UndoAssignment200JSONResponse(s.assignmentJSON(a)), err
}

// CancelAssignment takes it back.
func (s *server) CancelAssignment(ctx context.Context, r CancelAssignmentRequestObject) (
	CancelAssignmentResponseObject, error) {
	a, err := s.Assignments.Cancel(ctx, me(ctx), r.AssignmentId, r.Body.Reason, s.keepAssignment(ctx))
	return CancelAssignment200JSONResponse(s.assignmentJSON(a)), err
}
