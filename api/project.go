package api

import (
	"context"
	"net/http"

	"xinyuan/internal/ballot"
	"xinyuan/internal/clock"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/project"
	"xinyuan/internal/state"
)

// A message about it names it.
var _ = messagesName(state.Project.Noun, func(m *Message, subject int64) {
	m.ProjectId = some(id.Project(subject))
})

func projectJSON(p project.Project) Project {
	return Project{
		Id: p.ID, NodeId: p.NodeID, NodeName: p.NodeName, Title: p.Title, Text: p.Text, ForAll: p.ForAll,
		BrandId: some(p.BrandID), BrandName: some(p.BrandName),
		UnitId: some(p.UnitID), UnitName: some(p.UnitName), CreatedAt: p.CreatedAt, OpenedAt: p.OpenedAt,
		StartedAt: p.StartedAt, DeliveredAt: p.DeliveredAt, AcceptedAt: p.AcceptedAt, EndedAt: p.EndedAt,
		VoteUntil: p.VoteUntil, Steps: p.Steps, Done: p.Done, Status: p.Status,
	}
}

func ballotJSON(b ballot.Ballot) Ballot {
	j := Ballot{
		Id: b.ID, OnRoll: b.OnRoll, OpensAt: b.OpenedAt, ClosesAt: b.ClosesAt, CountedAt: b.CountedAt,
		Carried: b.IsCarried(), Asks: some(b.Asks), Mine: some(b.Mine),
	}
	if b.IsValid() {
		j.Yes, j.No = b.Yes, b.No
	}
	return j
}

func projectMayJSON(m project.May) ProjectMay {
	return ProjectMay{
		Review: some(m.Review), Start: some(m.Start), Open: some(m.Open), Return: some(m.Return), Accept: some(m.Accept),
		Undo: some(m.Undo), Stop: some(m.Stop), Release: some(m.Release), Deliver: some(m.Deliver), Vote: some(m.Vote),
		Enter: some(m.Enter), ClaimFor: list(m.ClaimFor), JoinFor: list(m.JoinFor), ReportFor: list(m.ReportFor),
	}
}

// keepProject keeps the answer to a keyed request.
func (s *server) keepProject(ctx context.Context) mysql.OnCommit[project.Project] {
	return keep(ctx, s, http.StatusOK, projectJSON)
}

// CreateProject proposes a project.
func (s *server) CreateProject(ctx context.Context, r CreateProjectRequestObject) (CreateProjectResponseObject, error) {
	d := project.Draft{
		NodeID: r.Body.NodeId, Title: r.Body.Title, Text: r.Body.Text, ForAll: value(r.Body.ForAll),
		UnitID: value(r.Body.UnitId), Needs: value(r.Body.NeedIds), BrandID: value(r.Body.BrandId),
	}
	p, err := s.Projects.Create(ctx, me(ctx), d, keep(ctx, s, http.StatusCreated, projectJSON))
	return CreateProject201JSONResponse(projectJSON(p)), err
}

// ListProjects shows a page of projects.
func (s *server) ListProjects(ctx context.Context, r ListProjectsRequestObject) (ListProjectsResponseObject, error) {
	f := project.Filter{
		Scope: r.Params.Scope, Status: value(r.Params.Status), Node: value(r.Params.NodeId),
		Unit: value(r.Params.UnitId), Brand: value(r.Params.BrandId),
	}
	items, next, err := page(r.Params.Cursor, r.Params.Limit, func(last id.Project, n int) ([]project.Project, error) {
		f.Cursor, f.Limit = last, n
		return s.Projects.List(ctx, me(ctx), f)
	}, func(p project.Project) id.Project { return p.ID }, projectJSON)
	return ListProjects200JSONResponse{Items: items, NextCursor: next}, err
}

// GetProject shows a project with its milestones and the vote about it.
func (s *server) GetProject(ctx context.Context, r GetProjectRequestObject) (GetProjectResponseObject, error) {
	v, err := s.Projects.Get(ctx, me(ctx), r.ProjectId)
	if err != nil {
		return nil, err
	}
	d := GetProject200JSONResponse{
		Project: projectJSON(v.Project), Milestones: []ProjectMilestone{}, Needs: []ProjectNeed{}, Helpers: []ProjectUnit{},
		// What happened to it is public, with the reasons.
		History: history(v.History, audience{id: me(ctx), insider: true, staff: v.Insider}), May: projectMayJSON(v.May),
	}
	for _, m := range v.Milestones {
		d.Milestones = append(d.Milestones, ProjectMilestone{
			Text: m.Text, Due: m.DueAt, UnitId: m.UnitID, UnitName: m.UnitName, DoneAt: m.DoneAt,
		})
	}
	for _, n := range v.Needs {
		d.Needs = append(d.Needs, ProjectNeed{Id: n.ID, Text: n.Text})
	}
	for _, u := range v.Helpers {
		d.Helpers = append(d.Helpers, ProjectUnit{Id: u.ID, Name: u.Name})
	}
	if v.Vote != nil {
		b := ballotJSON(*v.Vote)
		d.Ballot = &b
	}
	return d, nil
}

// ReviewProject publishes what is proposed, or says no.
func (s *server) ReviewProject(ctx context.Context, r ReviewProjectRequestObject) (ReviewProjectResponseObject, error) {
	d := project.Decision{Publish: r.Body.Decision == ReviewProjectJSONBodyDecisionPublish, Reason: value(r.Body.Reason)}
	p, err := s.Projects.Review(ctx, me(ctx), r.ProjectId, d, s.keepProject(ctx))
	return ReviewProject200JSONResponse(projectJSON(p)), err
}

// ClaimProject takes a project for a unit, which leads or helps.
func (s *server) ClaimProject(ctx context.Context, r ClaimProjectRequestObject) (ClaimProjectResponseObject, error) {
	take := s.Projects.Claim
	if value(r.Body.Helps) {
		take = s.Projects.Join
	}
	p, err := take(ctx, me(ctx), r.ProjectId, r.Body.UnitId, s.keepProject(ctx))
	return ClaimProject200JSONResponse(projectJSON(p)), err
}

// ReleaseProject gives it back, or has a unit help no more.
func (s *server) ReleaseProject(ctx context.Context, r ReleaseProjectRequestObject) (
	ReleaseProjectResponseObject, error) {
	why := project.Return{Reason: r.Body.Reason, Unit: value(r.Body.UnitId)}
	p, err := s.Projects.Release(ctx, me(ctx), r.ProjectId, why, s.keepProject(ctx))
	return ReleaseProject200JSONResponse(projectJSON(p)), err
}

// StartProject begins it with its milestones.
func (s *server) StartProject(ctx context.Context, r StartProjectRequestObject) (StartProjectResponseObject, error) {
	all := make([]project.Milestone, len(r.Body.Milestones))
	for i, m := range r.Body.Milestones {
		all[i] = project.Milestone{Text: m.Text, DueAt: clock.Date(m.Due.Time).UTC(), UnitID: m.UnitId}
	}
	p, err := s.Projects.Start(ctx, me(ctx), r.ProjectId, all, s.keepProject(ctx))
	return StartProject200JSONResponse(projectJSON(p)), err
}

// ReportMilestone says that a milestone is done.
func (s *server) ReportMilestone(ctx context.Context, r ReportMilestoneRequestObject) (
	ReportMilestoneResponseObject, error) {
	p, err := s.Projects.Report(ctx, me(ctx), r.ProjectId, r.Position, s.keepProject(ctx))
	return ReportMilestone200JSONResponse(projectJSON(p)), err
}

// DeliverProject says that it is done.
func (s *server) DeliverProject(ctx context.Context, r DeliverProjectRequestObject) (
	DeliverProjectResponseObject, error) {
	p, err := s.Projects.Deliver(ctx, me(ctx), r.ProjectId, s.keepProject(ctx))
	return DeliverProject200JSONResponse(projectJSON(p)), err
}

// OpenProjectBallot asks those whom it is for to vote.
func (s *server) OpenProjectBallot(ctx context.Context, r OpenProjectBallotRequestObject) (
	OpenProjectBallotResponseObject, error) {
	p, err := s.Projects.Open(ctx, me(ctx), r.ProjectId, s.keepProject(ctx))
	return OpenProjectBallot200JSONResponse(projectJSON(p)), err
}

// ReturnProject has the unit go on.
func (s *server) ReturnProject(ctx context.Context, r ReturnProjectRequestObject) (ReturnProjectResponseObject, error) {
	p, err := s.Projects.Return(ctx, me(ctx), r.ProjectId, r.Body.Reason, s.keepProject(ctx))
	return ReturnProject200JSONResponse(projectJSON(p)), err
}

// AcceptProject accepts it, as was voted.
func (s *server) AcceptProject(ctx context.Context, r AcceptProjectRequestObject) (AcceptProjectResponseObject, error) {
	p, err := s.Projects.Accept(ctx, me(ctx), r.ProjectId, s.keepProject(ctx))
	return AcceptProject200JSONResponse(projectJSON(p)), err
}

// UndoProject takes back that it was accepted.
func (s *server) UndoProject(ctx context.Context, r UndoProjectRequestObject) (UndoProjectResponseObject, error) {
	p, err := s.Projects.Undo(ctx, me(ctx), r.ProjectId, r.Body.Reason, s.keepProject(ctx))
	return UndoProject200JSONResponse(projectJSON(p)), err
}

// StopProject ends it before it is done.
func (s *server) StopProject(ctx context.Context, r StopProjectRequestObject) (StopProjectResponseObject, error) {
	p, err := s.Projects.Stop(ctx, me(ctx), r.ProjectId, r.Body.Reason, s.keepProject(ctx))
	return StopProject200JSONResponse(projectJSON(p)), err
}

// CastVoice takes the person's voice.
func (s *server) CastVoice(ctx context.Context, r CastVoiceRequestObject) (CastVoiceResponseObject, error) {
	b, err := s.Ballots.Cast(ctx, me(ctx), r.BallotId, r.Body.Choice)
	return CastVoice200JSONResponse(ballotJSON(b)), err
}

// EnterPaper takes what the person reads on somebody's paper.
func (s *server) EnterPaper(ctx context.Context, r EnterPaperRequestObject) (EnterPaperResponseObject, error) {
	b, err := s.Ballots.Enter(ctx, me(ctx), r.BallotId, r.Body.UserId, r.Body.Choice)
	return EnterPaper200JSONResponse(ballotJSON(b)), err
}

// ListRoll shows a page of who may vote.
func (s *server) ListRoll(ctx context.Context, r ListRollRequestObject) (ListRollResponseObject, error) {
	items, next, err := page(r.Params.Cursor, r.Params.Limit, func(last id.User, n int) ([]ballot.Entry, error) {
		return s.Ballots.List(ctx, me(ctx), r.BallotId, last, n)
	}, func(e ballot.Entry) id.User { return e.UserID }, func(e ballot.Entry) BallotPlace {
		return BallotPlace{
			UserId: e.UserID, Name: e.Name, Choice: some(e.Choice), OnPaper: some(e.OnPaper), Waits: some(e.Waits),
		}
	})
	return ListRoll200JSONResponse{Items: items, NextCursor: next}, err
}
