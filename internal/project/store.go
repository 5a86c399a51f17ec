package project

import (
	"context"
	"errors"

	"xinyuan/internal/ballot"
	"xinyuan/internal/content"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/membership"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// wantActor wants what the rules ask of the actor at a community.
func (a *Actor) wantActor(node id.Node) []mysql.Want {
	return []mysql.Want{
		grant.Covering(&a.Place, a.ID, node), grant.ForUnits(&a.Units, a.ID),
		membership.UnitOf(&a.MemberOf, a.ID),
	}
}

// wants wants what the rules ask of the actor about a project, whose place never changes.
func (a *Actor) wants(project id.Project, node id.Node) []mysql.Want {
	args := mysql.Args{"project": project}
	return append(a.wantActor(node), mysql.Many(&a.Askers, "project.askers", args),
		mysql.Many(&a.Helpers, "project.helpers_of", args))
}

// matter is the project as the register has it.
func (p Project) matter(askers []id.User) matter.Matter {
	m := matter.Matter{
		Noun: state.Project.Noun, ID: int64(p.ID), Title: p.Title, Node: p.NodeID, Desk: p.NodeID,
		Status: string(p.Status), Version: p.Version, Turns: []matter.Turn{},
		Parties: append(matter.As(state.PartyOwner, askers...),
			matter.Party{Part: state.PartySender, Person: p.SenderID, Informed: p.Status != state.ProjectProposed},
			matter.Party{Person: p.ClaimerID}),
	}
	switch p.Status {
	case state.ProjectProposed:
		m.Turns = append(m.Turns, matter.Decide(p.NodeID, p.CreatedAt))
	case state.ProjectMatched:
		m.Turns = append(m.Turns, matter.Decide(p.NodeID, *p.MatchedAt))
	case state.ProjectRunning:
		m.Turns = append(m.Turns, matter.Respond(p.UnitID, *p.StartedAt))
	case state.ProjectDelivered:
		since := *p.DeliveredAt
		if p.VoteUntil != nil {
			since = *p.VoteUntil
		}
		m.Turns = append(m.Turns, matter.Decide(p.NodeID, since))
	case state.ProjectOpen, state.ProjectAccepted, state.ProjectRejected, state.ProjectStopped, state.ProjectExpired:
	}
	return m
}

// work is a project that is being changed, and what is read for it.
type work struct {
	tx     *mysql.Tx
	p      *Project
	by     Actor
	vote   *ballot.Ballot // the last one since it was delivered; nil: none
	event  state.Event    // a rule may choose another
	reason string         // likewise
	voters []id.User      // of a vote that is opened
}

// recipients reads who is told of the step beside those who asked: who speaks for the unit that leads, or led, and who
// follows.
func (w *work) recipients(ctx context.Context, before Project) ([]matter.Party, error) {
	var speaking, following []id.User
	unit := max(w.p.UnitID, before.UnitID)
	wants := []mysql.Want{
		mysql.One(w.p, "project.names_of", mysql.Args{"node": w.p.NodeID, "unit": w.p.UnitID, "brand": w.p.BrandID}),
		grant.SpeakingFor(&speaking, w.tx.Now(), unit),
	}
	if w.event == state.EventAccept || w.event == state.EventStop {
		wants = append(wants, mysql.Many(&following, "project.followers", mysql.Args{
			"project": w.p.ID, "ballot": before.BallotID,
		}))
	}
	err := w.tx.Read(ctx, wants...)
	return append(matter.Informed(state.PartyResponder, speaking...),
		matter.Informed(state.PartyFollower, append(following, w.voters...)...)...), err
}

// requireRead refuses a yes to words that nobody can read yet. Error: fault.ReasonProjectState.
func (w *work) requireRead(ctx context.Context) error {
	held, err := content.IsHeld(ctx, w.tx, state.Project.Noun, int64(w.p.ID))
	if err == nil && held {
		err = fault.New(fault.ReasonProjectState).Saying("有一段字还在核对，等核对完再公开。")
	}
	return err
}

// save queues the changed project and its step.
func (s *Service) save(w *work, others []matter.Party, step matter.Step) error {
	m := w.p.matter(w.by.Askers)
	m.Parties = append(m.Parties, others...)
	_, err := matter.Save(w.tx, s.sealer, m, step)
	return errors.Join(err, w.tx.Add("project.save", *w.p))
}

// Show wants what a list of tasks shows of projects.
func Show(dest *[]matter.Shown, ids []int64) mysql.Want {
	return mysql.Many(dest, "project.show", mysql.Args{"ids": ids})
}
