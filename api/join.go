package api

import (
	"context"
	"net/http"

	"xinyuan/internal/hours"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// A message about it names it.
var _ = messagesName(state.Join.Noun, func(m *Message, subject int64) { m.JoinId = some(id.Join(subject)) })

func joinJSON(j hours.Join) HoursJoin {
	return HoursJoin{
		Id: j.ID, PersonId: j.PersonID, PersonName: j.PersonName, AccountId: j.AccountID, AccountName: j.AccountName,
		Status: j.Status, JoinedAt: j.JoinedAt, Records: j.Records, Minutes: j.Minutes, Waiting: j.Waiting,
	}
}

// keepJoin keeps the answer to a keyed request.
func (s *server) keepJoin(ctx context.Context, status int) mysql.OnCommit[hours.Join] {
	return keep(ctx, s, status, joinJSON)
}

// GetVolunteer shows who was written down without a phone.
func (s *server) GetVolunteer(ctx context.Context, r GetVolunteerRequestObject) (GetVolunteerResponseObject, error) {
	w, err := s.Records.GetWrittenDown(ctx, me(ctx), r.VolunteerId)
	if err != nil {
		return nil, err
	}
	answer := GetVolunteer200JSONResponse{
		UserId: w.ID, DisplayName: w.Name, Recorder: w.Recorder, NodeId: w.NodeID, Teams: append([]string{}, w.Teams...),
		Records: w.Records, Minutes: w.Minutes, Waiting: w.Waiting, MayJoin: w.MayJoin,
	}
	if w.Join != nil {
		j := joinJSON(*w.Join)
		answer.Join = &j
	}
	return answer, nil
}

// ListAccounts shows whose account it may be.
func (s *server) ListAccounts(ctx context.Context, r ListAccountsRequestObject) (ListAccountsResponseObject, error) {
	all, err := s.Records.ListAccounts(ctx, me(ctx), r.VolunteerId, value(r.Params.Words))
	if err != nil {
		return nil, err
	}
	answer := ListAccounts200JSONResponse{Items: []Account{}}
	for _, a := range all {
		answer.Items = append(answer.Items, Account{
			UserId: a.ID, DisplayName: a.Name, MembershipId: some(a.MembershipID), NameLabel: some(a.NameLabel),
			UnitName: some(a.UnitName), Teammate: a.Teammate,
		})
	}
	return answer, nil
}

// JoinHours joins hours to an account.
func (s *server) JoinHours(ctx context.Context, r JoinHoursRequestObject) (JoinHoursResponseObject, error) {
	j, err := s.Records.JoinHours(ctx, me(ctx), hours.Joining{
		Person: r.VolunteerId, Account: r.Body.UserId, Reason: r.Body.Reason,
	}, s.keepJoin(ctx, http.StatusCreated))
	return JoinHours201JSONResponse(joinJSON(j)), err
}

// UndoJoin takes a join back.
func (s *server) UndoJoin(ctx context.Context, r UndoJoinRequestObject) (UndoJoinResponseObject, error) {
	j, err := s.Records.UndoJoin(ctx, me(ctx), r.JoinId, r.Body.Reason, s.keepJoin(ctx, http.StatusOK))
	return UndoJoin200JSONResponse(joinJSON(j)), err
}
