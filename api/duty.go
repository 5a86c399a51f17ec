package api

import (
	"context"
	"net/http"

	"xinyuan/internal/duty"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// A message about it names it.
var _ = messagesName(state.Admission.Noun, func(m *Message, subject int64) {
	m.AdmissionId = some(id.Admission(subject))
})

func dutyJSON(d duty.Duty) Duty {
	return Duty{
		Id: d.ID, Number: d.Number, Board: d.Board, Field: d.Field, Kind: d.Kind, Item: d.Item, LeadId: some(d.LeadID),
		LeadName: some(d.LeadName), Community: d.Community, From: d.From, Until: d.Until,
	}
}

func (s *server) admissionJSON(a duty.Admission) Admission {
	return Admission{
		Id: a.ID, UnitId: a.UnitID, UnitName: a.UnitName, NodeId: a.NodeID, NodeName: a.NodeName, What: a.What,
		Helpers: a.Helpers, Money: a.Money, From: a.From, Until: a.Until, AskedAt: a.AskedAt, LapseAt: a.LapseAt,
		DecidedAt: a.DecidedAt, Status: a.Status, InForce: a.IsInForce(s.DB.Now()),
	}
}

// keepAdmission keeps the answer to a keyed request.
func (s *server) keepAdmission(ctx context.Context) mysql.OnCommit[duty.Admission] {
	return keep(ctx, s, http.StatusOK, s.admissionJSON)
}

// ListDuties shows a page of the duty list.
func (s *server) ListDuties(ctx context.Context, r ListDutiesRequestObject) (ListDutiesResponseObject, error) {
	f := duty.Filter{Words: value(r.Params.Q)}
	items, next, err := page(r.Params.Cursor, r.Params.Limit, func(after id.Duty, limit int) ([]duty.Duty, error) {
		f.After, f.Limit = int(after), limit
		return s.Duties.List(ctx, f)
	}, func(one duty.Duty) id.Duty { return id.Duty(one.Number) }, dutyJSON)
	return ListDuties200JSONResponse{Items: items, NextCursor: next}, err
}

// CreateAdmission asks the county.
func (s *server) CreateAdmission(ctx context.Context, r CreateAdmissionRequestObject) (
	CreateAdmissionResponseObject, error) {
	d := duty.Draft{
		UnitID: r.Body.UnitId, NodeID: r.Body.NodeId, What: r.Body.What, Reason: r.Body.Reason, From: r.Body.From.Time,
		Until: r.Body.Until.Time,
	}
	d.Helpers = value(r.Body.Helpers)
	d.Money = value(r.Body.Money)
	a, err := s.Duties.Submit(ctx, me(ctx), d, keep(ctx, s, http.StatusCreated, s.admissionJSON))
	return CreateAdmission201JSONResponse(s.admissionJSON(a)), err
}

// ListAdmissions shows a page of the admissions that I may know of.
func (s *server) ListAdmissions(ctx context.Context, r ListAdmissionsRequestObject) (
	ListAdmissionsResponseObject, error) {
	var status state.AdmissionStatus
	if r.Params.Status != nil {
		status = *r.Params.Status
	}
	items, next, err := page(r.Params.Cursor, r.Params.Limit,
		func(before id.Admission, limit int) ([]duty.Admission, error) {
			return s.Duties.ListAdmissions(ctx, me(ctx), status, before, limit)
		}, func(one duty.Admission) id.Admission { return one.ID }, s.admissionJSON)
	return ListAdmissions200JSONResponse{Items: items, NextCursor: next}, err
}

// GetAdmission shows an admission.
func (s *server) GetAdmission(ctx context.Context, r GetAdmissionRequestObject) (GetAdmissionResponseObject, error) {
	v, err := s.Duties.Get(ctx, me(ctx), r.AdmissionId)
	if err != nil {
		return nil, err
	}
	return GetAdmission200JSONResponse{
		Admission: s.admissionJSON(v.Admission), History: history(v.History, audience{id: me(ctx), insider: true}),
		May: AdmissionMay{
			Decide: some(v.May.Decide), Withdraw: some(v.May.Withdraw), End: some(v.May.End), Use: some(v.May.Use),
		},
	}, nil
}

// DecideAdmission admits it, or not.
func (s *server) DecideAdmission(ctx context.Context, r DecideAdmissionRequestObject) (
	DecideAdmissionResponseObject, error) {
	d := duty.Decision{Admit: r.Body.Decision == DecideAdmissionJSONBodyDecisionAdmit, Reason: value(r.Body.Reason)}
	a, err := s.Duties.Decide(ctx, me(ctx), r.AdmissionId, d, s.keepAdmission(ctx))
	return DecideAdmission200JSONResponse(s.admissionJSON(a)), err
}

// WithdrawAdmission takes it back.
func (s *server) WithdrawAdmission(ctx context.Context, r WithdrawAdmissionRequestObject) (
	WithdrawAdmissionResponseObject, error) {
	a, err := s.Duties.Withdraw(ctx, me(ctx), r.AdmissionId, s.keepAdmission(ctx))
	return WithdrawAdmission200JSONResponse(s.admissionJSON(a)), err
}

// EndAdmission ends it before its last day.
func (s *server) EndAdmission(ctx context.Context, r EndAdmissionRequestObject) (EndAdmissionResponseObject, error) {
	a, err := s.Duties.End(ctx, me(ctx), r.AdmissionId, r.Body.Reason, s.keepAdmission(ctx))
	return EndAdmission200JSONResponse(s.admissionJSON(a)), err
}
