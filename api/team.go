package api

import (
	"context"
	"net/http"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
	"xinyuan/internal/team"
)

// A message about it names it.
var _ = messagesName(state.Team.Noun, func(m *Message, subject int64) { m.TeamId = some(id.Team(subject)) })
var _ = messagesName(state.TeamMember.Noun, func(m *Message, subject int64) {
	m.TeamMemberId = some(id.TeamMember(subject))
})

func teamJSON(t team.Team) Team {
	return Team{
		Id: t.ID, NodeId: t.NodeID, NodeName: t.NodeName, Name: t.Name, Intro: t.Intro, Status: t.Status,
		Members: t.Members, LeaderId: some(t.LeaderID), LeaderName: t.LeaderName,
		MyRole: some(t.OwnRole),
	}
}

func teamMemberJSON(m team.Member, asker id.User) TeamMember {
	return TeamMember{
		Id: m.ID, UserId: m.UserID, DisplayName: m.DisplayName, Role: m.Role, Status: m.Status,
		WrittenDown: some(m.RecorderID != nil), InviterName: some(m.Inviter), RequestedAt: m.RequestedAt,
		Belongs: some(m.Belongs), Mine: m.UserID == asker,
	}
}

// keepTeam keeps the answer to a keyed request.
func (s *server) keepTeam(ctx context.Context, status int) mysql.OnCommit[team.Team] {
	return keep(ctx, s, status, teamJSON)
}

// keepTeamMember keeps the answer to a keyed request.
func (s *server) keepTeamMember(ctx context.Context, status int) mysql.OnCommit[team.Member] {
	return keep(ctx, s, status, func(m team.Member) TeamMember { return teamMemberJSON(m, me(ctx)) })
}

// personOf reads the person of a path: "me", "mine" or an id.
func personOf(ctx context.Context, path string) (id.User, error) {
	if path == "me" || path == "mine" {
		return me(ctx), nil
	}
	var person id.User
	if err := person.UnmarshalText([]byte(path)); err != nil {
		return 0, fault.BadField("person", "没有这个人，请重新选。")
	}
	return person, nil
}

// CreateTeam founds a team.
func (s *server) CreateTeam(ctx context.Context, r CreateTeamRequestObject) (CreateTeamResponseObject, error) {
	t, err := s.Teams.Create(ctx, me(ctx), team.Draft{
		NodeID: r.Body.NodeId, Name: r.Body.Name, Intro: value(r.Body.Intro), LeaderID: r.Body.LeaderId,
	}, s.keepTeam(ctx, http.StatusCreated))
	return CreateTeam201JSONResponse(teamJSON(t)), err
}

// ListTeams shows a page of teams.
func (s *server) ListTeams(ctx context.Context, r ListTeamsRequestObject) (ListTeamsResponseObject, error) {
	f := team.Filter{Mine: value(r.Params.Mine), NodeID: value(r.Params.NodeId)}
	items, next, err := page(r.Params.Cursor, r.Params.Limit, func(before id.Team, n int) ([]team.Team, error) {
		f.Before, f.Limit = before, n
		return s.Teams.List(ctx, me(ctx), f)
	}, func(one team.Team) id.Team { return one.ID }, teamJSON)
	return ListTeams200JSONResponse{Items: items, NextCursor: next}, err
}

// GetTeam shows a team.
func (s *server) GetTeam(ctx context.Context, r GetTeamRequestObject) (GetTeamResponseObject, error) {
	v, err := s.Teams.Get(ctx, me(ctx), r.TeamId)
	if err != nil {
		return nil, err
	}
	answer := GetTeam200JSONResponse{
		Team: teamJSON(v.Team), Leading: []TeamMember{}, Minutes: v.Minutes, MayDecide: v.Decides,
	}
	for _, m := range v.Leading {
		answer.Leading = append(answer.Leading, teamMemberJSON(m, me(ctx)))
	}
	if v.Own != nil {
		own := teamMemberJSON(*v.Own, me(ctx))
		answer.Mine = &own
	}
	return answer, nil
}

// UpdateTeam changes a team.
func (s *server) UpdateTeam(ctx context.Context, r UpdateTeamRequestObject) (UpdateTeamResponseObject, error) {
	t, err := s.Teams.Edit(ctx, me(ctx), r.TeamId, team.Change{
		Name: r.Body.Name, Intro: r.Body.Intro, LeaderID: r.Body.LeaderId, DeputyIDs: r.Body.DeputyIds,
	}, s.keepTeam(ctx, http.StatusOK))
	return UpdateTeam200JSONResponse(teamJSON(t)), err
}

// EndTeam closes a team.
func (s *server) EndTeam(ctx context.Context, r EndTeamRequestObject) (EndTeamResponseObject, error) {
	t, err := s.Teams.End(ctx, me(ctx), r.TeamId, r.Body.Reason, s.keepTeam(ctx, http.StatusOK))
	return EndTeam200JSONResponse(teamJSON(t)), err
}

// JoinTeam asks to join, joins with the invitation, or writes somebody down.
func (s *server) JoinTeam(ctx context.Context, r JoinTeamRequestObject) (JoinTeamResponseObject, error) {
	var (
		m    team.Member
		err  error
		body JoinTeamJSONRequestBody
	)
	if r.Body != nil {
		body = *r.Body
	}
	keep := s.keepTeamMember(ctx, http.StatusCreated)
	if body.DisplayName != nil {
		m, err = s.Teams.AddWithoutPhone(ctx, me(ctx), r.TeamId, *body.DisplayName, keep)
	} else {
		m, err = s.Teams.Join(ctx, me(ctx), r.TeamId, value(body.Code), keep)
	}
	return JoinTeam201JSONResponse(teamMemberJSON(m, me(ctx))), err
}

// ListTeamMembers shows who is in a team, or asks to join.
func (s *server) ListTeamMembers(ctx context.Context, r ListTeamMembersRequestObject) (
	ListTeamMembersResponseObject, error) {
	f := team.MemberFilter{Status: value(r.Params.Status)}
	items, next, err := page(r.Params.Cursor, r.Params.Limit, func(before id.TeamMember, n int) ([]team.Member, error) {
		f.After, f.Limit = before, n
		return s.Teams.ListMembers(ctx, me(ctx), r.TeamId, f)
	}, func(one team.Member) id.TeamMember { return one.ID }, func(m team.Member) TeamMember {
		return teamMemberJSON(m, me(ctx))
	})
	return ListTeamMembers200JSONResponse{Items: items, NextCursor: next}, err
}

// LeaveTeam ends a membership.
func (s *server) LeaveTeam(ctx context.Context, r LeaveTeamRequestObject) (LeaveTeamResponseObject, error) {
	person, err := personOf(ctx, r.Person)
	if err != nil {
		return nil, err
	}
	return LeaveTeam204Response{}, s.Teams.Leave(ctx, me(ctx), team.Leaving{
		Team: r.TeamId, Person: person, Reason: value(r.Params.Reason),
	}, keepDone(ctx, s))
}

// ReviewTeamMember takes somebody in, or not.
func (s *server) ReviewTeamMember(ctx context.Context, r ReviewTeamMemberRequestObject) (
	ReviewTeamMemberResponseObject, error) {
	m, err := s.Teams.Review(ctx, me(ctx), r.MemberId, team.Decision{
		Approve: r.Body.Decision == ReviewTeamMemberJSONBodyDecisionApprove, Reason: value(r.Body.Reason),
	}, s.keepTeamMember(ctx, http.StatusOK))
	return ReviewTeamMember200JSONResponse(teamMemberJSON(m, me(ctx))), err
}

// InviteToTeam asks somebody to come into a team.
func (s *server) InviteToTeam(ctx context.Context, r InviteToTeamRequestObject) (InviteToTeamResponseObject, error) {
	guest := team.Guest{
		Number: value(r.Body.Number), Lead: value(r.Body.Lead), UserID: value(r.Body.UserId),
	}
	if guest.Number != "" {
		if err := s.lookUp(ctx); err != nil {
			return nil, err
		}
	}
	m, err := s.Teams.Invite(ctx, me(ctx), r.TeamId, guest, s.keepTeamMember(ctx, http.StatusCreated))
	return InviteToTeam201JSONResponse(teamMemberJSON(m, me(ctx))), err
}

// AcceptTeamInvitation takes in who is invited.
func (s *server) AcceptTeamInvitation(ctx context.Context, r AcceptTeamInvitationRequestObject) (
	AcceptTeamInvitationResponseObject, error) {
	m, err := s.Teams.Accept(ctx, me(ctx), r.MemberId, s.keepTeamMember(ctx, http.StatusOK))
	return AcceptTeamInvitation200JSONResponse(teamMemberJSON(m, me(ctx))), err
}

// GetTeamInvitation shows the code with which people join.
func (s *server) GetTeamInvitation(ctx context.Context, r GetTeamInvitationRequestObject) (
	GetTeamInvitationResponseObject, error) {
	code, err := s.Teams.GetInvitation(ctx, me(ctx), r.TeamId)
	return GetTeamInvitation200JSONResponse{Code: code}, err
}

// RenewTeamInvitation puts another code in the place of the one before.
func (s *server) RenewTeamInvitation(ctx context.Context, r RenewTeamInvitationRequestObject) (
	RenewTeamInvitationResponseObject, error) {
	invitation := func(code string) Invitation { return Invitation{Code: code} }
	code, err := s.Teams.Renew(ctx, me(ctx), r.TeamId, keep(ctx, s, http.StatusOK, invitation))
	return RenewTeamInvitation200JSONResponse(invitation(code)), err
}
