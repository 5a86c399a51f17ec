package project

import (
	"context"
	"errors"
	"fmt"

	"xinyuan/internal/ballot"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
	"xinyuan/internal/sweep"
)

// Service runs the rules in transactions. Locks are taken in one order: needs, project, vote.
type Service struct {
	db      *mysql.DB
	sealer  *seal.Sealer
	ballots *ballot.Service
}

// New returns the service over its parts.
func New(db *mysql.DB, sealer *seal.Sealer, ballots *ballot.Service) *Service {
	return &Service{db, sealer, ballots}
}

// Create proposes a project, for a community or for a unit. Errors: fault.ReasonInvalidInput, also for what is for
// fewer than ballot.Least people, fault.ReasonNotYourCommunity for who speaks for neither.
func (s *Service) Create(ctx context.Context, actor id.User, d Draft, onCommit mysql.OnCommit[Project]) (
	Project, error) {
	if err := d.check(); err != nil {
		return Project{}, err
	}
	var (
		node   org.Node
		placed bool
		p      Project
	)
	if err := s.db.Read(ctx, org.WantNode(ctx, &node, &placed, d.NodeID)); err != nil {
		return p, err
	}
	if !placed || !node.Kind.TakesWishes() {
		return p, fault.BadField("nodeId", "请选是哪个社区。")
	}
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		by := Actor{ID: actor}
		g, err := s.checkDraft(ctx, tx, &by, &d)
		if err != nil {
			return err
		}
		p = Project{
			ID: mysql.NewID[id.Project](tx), NodeID: d.NodeID, BrandID: d.BrandID, ForAll: d.ForAll, SenderID: actor,
			SenderUnitID: d.UnitID, CreatedAt: tx.Now(), Status: state.Project.Initial, Version: 1, NodeName: node.Name,
			BrandName: d.brandName,
		}
		err = s.write(tx, &p, d)
		if err != nil {
			return err
		}
		_, err = matter.Save(tx, s.sealer, p.matter(by.Askers),
			matter.Step{Actor: actor, Grant: &g.ID, Name: state.EventCreate})
		err = errors.Join(err, tx.Add("project.add", p))
		if len(d.Needs) > 0 {
			err = errors.Join(err, tx.Add("project.add_needs", named(p.ID, d.Needs)))
		}
		return errors.Join(err, onCommit.Do(tx, p, err))
	})
	return p, err
}

func named(project id.Project, needs []id.Need) []mysql.Args {
	rows := make([]mysql.Args, len(needs))
	for i, one := range needs {
		rows[i] = mysql.Args{"project": project, "need": one}
	}
	return rows
}

// checkDraft reads what is proposed, with the needs held, and by what grant the actor does.
func (s *Service) checkDraft(ctx context.Context, tx *mysql.Tx, by *Actor, d *Draft) (grant.Grant, error) {
	var (
		needs []wanted
		roll  []id.User
		goes  bool
		args  = mysql.Args{"needs": append([]id.Need{0}, d.Needs...), "brand": d.BrandID, "node": d.NodeID}
	)
	tx.Touch("project.use_brand", args)
	err := tx.Read(ctx, append(by.wantActor(d.NodeID), mysql.Many(&needs, "project.lock_needs", args),
		mysql.Many(&by.Askers, "project.askers_of", args), mysql.Maybe(&d.brandName, &goes, "project.hold_brand", args),
		ballot.WantRoll(&roll, ballot.Reach{Node: d.NodeID, ForAll: d.ForAll, Needs: d.Needs}, tx.Now()))...)
	if err != nil {
		return grant.Grant{}, err
	}
	g, err := grant.Eligible(by.Place, grant.Parties{}, tx.Now())
	if d.UnitID != 0 {
		var speaks bool
		if g, speaks = by.Units.For(d.UnitID, tx.Now()); !speaks {
			return g, fault.New(fault.ReasonNotYourCommunity).Saying("请由单位的联络员来提。")
		}
		err = nil
	}
	if d.BrandID != 0 && !goes {
		err = errors.Join(err, fault.BadField("brandId", "请选这个社区正在办的品牌。"))
	}
	return g, errors.Join(err, d.checkNeeds(needs), checkRoll(roll))
}

// write takes the texts, with numbers hidden.
func (s *Service) write(tx *mysql.Tx, p *Project, d Draft) error {
	var wrong [2]error
	by := matter.Writer{ID: p.SenderID, Staff: true}
	hold := func(name, text string) (string, error) {
		f := matter.Field{Noun: state.Project.Noun, Subject: int64(p.ID), Name: name}
		return matter.HoldText(tx, s.sealer, f, by, text)
	}
	p.Title, wrong[0] = hold("title", d.Title)
	p.Text, wrong[1] = hold("text", d.Text)
	return errors.Join(wrong[:]...)
}

// act is one step: what it is called, what is said with it, and the rule that allows it and queues what else changes.
type act struct {
	event  state.Event
	reason string
	rule   func(w *work) (grant.Grant, error)
}

// change holds a project and its vote, applies the rule, and writes the step.
func (s *Service) change(ctx context.Context, actor id.User, project id.Project, onCommit mysql.OnCommit[Project],
	do act) (Project, error) {
	var (
		p    Project
		node id.Node
	)
	if err := s.db.Get(ctx, &node, "project.node", mysql.Args{"project": project}); err != nil {
		return p, mysql.NotFound(err)
	}
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var vote ballot.Ballot
		p = Project{}
		w := &work{tx: tx, p: &p, by: Actor{ID: actor}, event: do.event, reason: do.reason}
		err := tx.Read(ctx, append([]mysql.Want{mysql.One(&p, "project.lock", mysql.Args{"project": project})},
			w.by.wants(project, node)...)...)
		if err == nil && p.BallotID != 0 {
			w.vote = &vote
			err = tx.Read(ctx, ballot.Lock(&vote, p.BallotID))
		}
		if err != nil {
			return mysql.NotFound(err)
		}
		before := p
		p.Version++
		g, err := do.rule(w)
		if err != nil {
			return err
		}
		others, err := w.recipients(ctx, before)
		if err != nil {
			return err
		}
		step := matter.Step{Actor: actor, Grant: g.IDOrNone(), Name: w.event, Reason: w.reason, From: string(before.Status)}
		err = s.save(w, others, step)
		return errors.Join(err, onCommit.Do(tx, p, err))
	})
	return p, err
}

// Decision is what becomes of a proposal.
type Decision struct {
	Publish bool
	Reason  string // required to say no
}

// Review publishes what is proposed, or says no with a reason. Errors: fault.ReasonReasonRequired,
// fault.ReasonInvalidInput, those of Project.Publish, fault.ReasonProjectState also while a text is held back.
func (s *Service) Review(ctx context.Context, actor id.User, project id.Project, d Decision,
	onCommit mysql.OnCommit[Project]) (Project, error) {
	reason := d.Reason
	if err := fault.CheckText(&reason, "reason", "原因", letters.Reason); err != nil {
		return Project{}, err
	}
	if d.Publish {
		return s.change(ctx, actor, project, onCommit, act{state.EventPublish, "", func(w *work) (grant.Grant, error) {
			g, err := w.p.Publish(w.by, w.tx.Now())
			if err == nil {
				err = w.requireRead(ctx)
			}
			return g, err
		}})
	}
	return s.change(ctx, actor, project, onCommit, act{state.EventReject, reason, func(w *work) (grant.Grant, error) {
		g, err := w.p.Reject(w.by, w.tx.Now())
		if err == nil && reason == "" {
			err = fault.New(fault.ReasonReasonRequired)
		}
		return g, err
	}})
}

// Claim has a unit lead a project that waits for one. Errors: those of Project.Claim.
func (s *Service) Claim(ctx context.Context, actor id.User, project id.Project, unit id.Node,
	onCommit mysql.OnCommit[Project]) (Project, error) {
	return s.change(ctx, actor, project, onCommit, act{state.EventClaim, "", func(w *work) (grant.Grant, error) {
		g, err := w.p.Claim(w.by, unit, w.tx.Now())
		return g, errors.Join(err, w.tx.Add("project.drop_helper", mysql.Args{"project": project, "unit": unit}))
	}})
}

// Join has a unit help the one that leads. Errors: those of Project.Join.
func (s *Service) Join(ctx context.Context, actor id.User, project id.Project, unit id.Node,
	onCommit mysql.OnCommit[Project]) (Project, error) {
	return s.change(ctx, actor, project, onCommit, act{state.EventJoin, "", func(w *work) (grant.Grant, error) {
		g, err := w.p.Join(w.by, unit, w.tx.Now())
		args := mysql.Args{"project": project, "unit": unit, "at": w.tx.Now()}
		return g, errors.Join(err, w.tx.Add("project.add_helper", args))
	}})
}

// Return is why a unit gives a project back.
type Return struct {
	Unit   id.Node // that helps no more; 0: the one that leads
	Reason string
}

// Release gives a project back that has not begun, or has a unit help no more. Errors: fault.ReasonInvalidInput, those
// of Project.Release.
func (s *Service) Release(ctx context.Context, actor id.User, project id.Project, r Return,
	onCommit mysql.OnCommit[Project]) (Project, error) {
	unit, reason := r.Unit, r.Reason
	if err := fault.NeedText(&reason, "reason", "原因", letters.Reason); err != nil {
		return Project{}, err
	}
	return s.change(ctx, actor, project, onCommit, act{"", reason, func(w *work) (g grant.Grant, err error) {
		g, w.event, err = w.p.Release(w.by, unit, w.tx.Now())
		if w.event == state.EventLeave {
			err = errors.Join(err, w.tx.Add("project.drop_helper", mysql.Args{"project": project, "unit": unit}))
		}
		return g, err
	}})
}

// Start begins a project with its milestones. Errors: fault.ReasonInvalidInput, those of Project.Start.
func (s *Service) Start(ctx context.Context, actor id.User, project id.Project, all []Milestone,
	onCommit mysql.OnCommit[Project]) (Project, error) {
	if err := checkMilestones(all, s.db.Now()); err != nil {
		return Project{}, err
	}
	return s.change(ctx, actor, project, onCommit, act{state.EventStart, "", func(w *work) (grant.Grant, error) {
		g, err := w.p.Start(w.by, all, w.tx.Now())
		return g, errors.Join(err, s.writeMilestones(w, all))
	}})
}

func (s *Service) writeMilestones(w *work, all []Milestone) error {
	var wrong error
	rows := make([]Milestone, len(all))
	for i, m := range all {
		f := matter.Field{Noun: state.Project.Noun, Subject: int64(w.p.ID), Name: fmt.Sprintf("milestone_%d", i)}
		clean, err := matter.HoldText(w.tx, s.sealer, f, matter.Writer{ID: w.by.ID, Staff: true}, m.Text)
		wrong = errors.Join(wrong, err)
		m.ProjectID, m.Text = w.p.ID, clean
		rows[i] = m
	}
	return errors.Join(wrong, w.tx.Add("project.add_milestones", rows))
}

// Report says that a milestone is done. Errors: fault.ReasonNotFound, those of Project.Report.
func (s *Service) Report(ctx context.Context, actor id.User, project id.Project, position int,
	onCommit mysql.OnCommit[Project]) (Project, error) {
	return s.change(ctx, actor, project, onCommit, act{state.EventReport, "", func(w *work) (grant.Grant, error) {
		var m Milestone
		err := w.tx.Get(ctx, &m, "project.milestone", mysql.Args{"project": project, "position": position})
		if err != nil {
			return grant.Grant{}, mysql.NotFound(err)
		}
		g, err := w.p.Report(w.by, &m, w.tx.Now())
		return g, errors.Join(err, w.tx.Add("project.save_milestone", m))
	}})
}

// Deliver says that it is done. Errors: those of Project.Deliver.
func (s *Service) Deliver(ctx context.Context, actor id.User, project id.Project, onCommit mysql.OnCommit[Project]) (
	Project, error) {
	return s.change(ctx, actor, project, onCommit, act{state.EventDeliver, "", func(w *work) (grant.Grant, error) {
		return w.p.Deliver(w.by, w.tx.Now())
	}})
}

// Open asks those whom it is for to vote. Errors: those of Project.Ask, and of ballot.Service.Open.
func (s *Service) Open(ctx context.Context, actor id.User, project id.Project, onCommit mysql.OnCommit[Project]) (
	Project, error) {
	return s.change(ctx, actor, project, onCommit, act{state.EventOpen, "", func(w *work) (grant.Grant, error) {
		g, err := w.p.Ask(w.by, w.vote, w.tx.Now())
		if err != nil {
			return g, err
		}
		r := ballot.Reach{Node: w.p.NodeID, ForAll: w.p.ForAll, Units: append(w.by.Helpers, w.p.UnitID)}
		if err := w.tx.Select(ctx, &r.Needs, "project.need_ids", mysql.Args{"project": project}); err != nil {
			return g, err
		}
		if err := w.tx.Read(ctx, ballot.WantRoll(&w.voters, r, w.tx.Now())); err != nil {
			return g, err
		}
		b, err := s.ballots.Open(w.tx, state.Project.Noun, int64(project), w.voters)
		w.p.BallotID, w.p.VoteUntil = b.ID, &b.ClosesAt
		return g, err
	}})
}

// Return has the unit go on with what those whom it is for do not find done. Errors: fault.ReasonInvalidInput, those of
// Project.Return.
func (s *Service) Return(ctx context.Context, actor id.User, project id.Project, reason string,
	onCommit mysql.OnCommit[Project]) (Project, error) {
	if err := fault.NeedText(&reason, "reason", "还要办什么", letters.Reason); err != nil {
		return Project{}, err
	}
	return s.change(ctx, actor, project, onCommit, act{state.EventReturn, reason, func(w *work) (grant.Grant, error) {
		return w.p.Return(w.by, w.vote, w.tx.Now())
	}})
}

// Accept says that it is done, as was voted. Errors: those of Project.Accept.
func (s *Service) Accept(ctx context.Context, actor id.User, project id.Project, onCommit mysql.OnCommit[Project]) (
	Project, error) {
	return s.change(ctx, actor, project, onCommit, act{state.EventAccept, "", func(w *work) (grant.Grant, error) {
		return w.p.Accept(w.by, w.vote, w.tx.Now())
	}})
}

// Undo takes back that it was accepted. Errors: fault.ReasonInvalidInput, those of Project.Undo.
func (s *Service) Undo(ctx context.Context, actor id.User, project id.Project, reason string,
	onCommit mysql.OnCommit[Project]) (Project, error) {
	if err := fault.NeedText(&reason, "reason", "原因", letters.Reason); err != nil {
		return Project{}, err
	}
	return s.change(ctx, actor, project, onCommit, act{state.EventUndo, reason, func(w *work) (grant.Grant, error) {
		return w.p.Undo(w.by, w.tx.Now())
	}})
}

// Stop ends it in public. Errors: fault.ReasonInvalidInput, those of Project.Stop.
func (s *Service) Stop(ctx context.Context, actor id.User, project id.Project, reason string,
	onCommit mysql.OnCommit[Project]) (Project, error) {
	if err := fault.NeedText(&reason, "reason", "为什么停", letters.Reason); err != nil {
		return Project{}, err
	}
	return s.change(ctx, actor, project, onCommit, act{state.EventStop, reason, func(w *work) (grant.Grant, error) {
		return w.p.Stop(w.by, w.tx.Now())
	}})
}

// Sweep counts votes whose time is over, and ends what no unit took.
func (s *Service) Sweep(ctx context.Context) error {
	var voted, idle []id.Project
	now := s.db.Now()
	args := mysql.Args{"since": now.Add(-OpenFor), "limit": sweep.Size}
	err := s.db.Read(ctx, ballot.Over(&voted, state.Project.Noun, now), mysql.Many(&idle, "project.idle", args))
	if err != nil {
		return err
	}
	return errors.Join(sweep.Each(ctx, "votes about projects", voted, s.count),
		sweep.Each(ctx, "projects without a unit", idle, func(ctx context.Context, one id.Project) error {
			_, err := s.change(ctx, 0, one, nil, act{state.EventExpire, "", func(w *work) (grant.Grant, error) {
				return grant.Grant{}, w.p.Expire(w.tx.Now())
			}})
			return err
		}))
}

// count counts a vote whose time is over.
func (s *Service) count(ctx context.Context, one id.Project) error {
	_, err := s.change(ctx, 0, one, nil, act{state.EventClose, "", func(w *work) (g grant.Grant, err error) {
		if w.reason, err = s.ballots.Count(ctx, w.tx, w.vote); err != nil {
			return g, err
		}
		return g, w.p.Count()
	}})
	return err
}
