package api

import (
	"context"
	"net/http"

	"xinyuan/internal/id"
	"xinyuan/internal/membership"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// A message about it names it.
var _ = messagesName(state.Membership.Noun, func(m *Message, subject int64) {
	m.MembershipId = some(id.Membership(subject))
})

func membershipJSON(m membership.Membership, asker id.User) MembershipDetail {
	return MembershipDetail{
		Id: m.ID, NodeId: m.NodeID, NodeName: some(m.NodeName), UnitId: m.UnitID, UnitName: some(m.UnitName),
		NameLabel: m.NameLabel, Status: m.Status, RequestedAt: m.RequestedAt, DecidedAt: m.DecidedAt,
		Mine: m.UserID == asker, UserId: some(m.UserID), Earlier: earlierJSON(m.Earlier),
		PhoneVerified: m.Phoned, ListedPhone: m.Listed, ListedWithoutPhone: m.Numberless,
	}
}

func earlierJSON(e *membership.Earlier) *EarlierMembership {
	if e == nil {
		return nil
	}
	return &EarlierMembership{
		Id: e.ID, UserId: e.UserID, DisplayName: e.DisplayName, NameLabel: e.NameLabel, NodeName: e.NodeName,
		Status: e.Status, RequestedAt: e.RequestedAt, DecidedAt: e.DecidedAt, ByRoster: e.ByRoster,
	}
}

// keepMembership keeps the answer to a keyed request.
func (s *server) keepMembership(ctx context.Context, status int) mysql.OnCommit[membership.Membership] {
	return keep(ctx, s, status, func(m membership.Membership) MembershipDetail { return membershipJSON(m, me(ctx)) })
}

// CreateMembership reports in.
func (s *server) CreateMembership(ctx context.Context, r CreateMembershipRequestObject) (
	CreateMembershipResponseObject, error) {
	m, err := s.Memberships.ReportIn(ctx, me(ctx), membership.Request{
		NodeID: r.Body.NodeId, UnitID: r.Body.UnitId, RealName: r.Body.RealName,
	}, s.keepMembership(ctx, http.StatusCreated))
	return CreateMembership201JSONResponse(membershipJSON(m, me(ctx))), err
}

// ListMemberships shows a page of report-ins.
func (s *server) ListMemberships(ctx context.Context, r ListMembershipsRequestObject) (
	ListMembershipsResponseObject, error) {
	f := membership.Filter{Mine: value(r.Params.Mine), Status: value(r.Params.Status)}
	items, next, err := page(r.Params.Cursor, r.Params.Limit,
		func(before id.Membership, n int) ([]membership.Membership, error) {
			f.Before, f.Limit = before, n
			return s.Memberships.List(ctx, me(ctx), f)
		}, func(one membership.Membership) id.Membership { return one.ID }, func(m membership.Membership) MembershipDetail {
			return membershipJSON(m, me(ctx))
		})
	return ListMemberships200JSONResponse{Items: items, NextCursor: next}, err
}

// ReviewMembership approves or rejects a report-in.
func (s *server) ReviewMembership(ctx context.Context, r ReviewMembershipRequestObject) (
	ReviewMembershipResponseObject, error) {
	m, err := s.Memberships.Review(ctx, me(ctx), r.MembershipId, membership.Decision{
		Approve: r.Body.Decision == ReviewMembershipJSONBodyDecisionApprove, Reason: value(r.Body.Reason),
	}, s.keepMembership(ctx, http.StatusOK))
	return ReviewMembership200JSONResponse(membershipJSON(m, me(ctx))), err
}

// LeaveMembership ends my report-in.
func (s *server) LeaveMembership(ctx context.Context, r LeaveMembershipRequestObject) (
	LeaveMembershipResponseObject, error) {
	m, err := s.Memberships.Leave(ctx, me(ctx), r.MembershipId, s.keepMembership(ctx, http.StatusOK))
	return LeaveMembership200JSONResponse(membershipJSON(m, me(ctx))), err
}

// GetMembership shows one report-in.
func (s *server) GetMembership(ctx context.Context, r GetMembershipRequestObject) (
	GetMembershipResponseObject, error) {
	m, decides, err := s.Memberships.Get(ctx, me(ctx), r.MembershipId)
	answer := membershipJSON(m, me(ctx))
	answer.MayDecide = &decides
	return GetMembership200JSONResponse(answer), err
}

// EndMembership ends somebody's report-in.
func (s *server) EndMembership(ctx context.Context, r EndMembershipRequestObject) (
	EndMembershipResponseObject, error) {
	m, err := s.Memberships.End(ctx, me(ctx), r.MembershipId, r.Body.Reason, s.keepMembership(ctx, http.StatusOK))
	return EndMembership200JSONResponse(membershipJSON(m, me(ctx))), err
}

// GetRealName opens the name of a report-in for who decides.
func (s *server) GetRealName(ctx context.Context, r GetRealNameRequestObject) (GetRealNameResponseObject, error) {
	var claim id.Claim
	if r.Params.ClaimId != nil {
		claim = *r.Params.ClaimId
	}
	n, err := s.Memberships.ReadName(ctx, me(ctx), r.MembershipId, claim)
	return GetRealName200JSONResponse{
		RealName: n.Name, DisplayName: n.DisplayName, UnitName: n.UnitName, NodeName: n.NodeName,
	}, err
}

// ListColleagues shows with whom I could fulfil a wish together.
func (s *server) ListColleagues(ctx context.Context, _ ListColleaguesRequestObject) (
	ListColleaguesResponseObject, error) {
	all, err := s.Memberships.ListColleagues(ctx, me(ctx))
	items := make([]Colleague, len(all))
	for i, c := range all {
		items[i] = Colleague{UserId: c.ID, DisplayName: c.DisplayName, NodeName: c.NodeName}
	}
	return ListColleagues200JSONResponse{Items: items}, err
}
