package assignment

import (
	"context"
	"errors"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// Service runs the rules in transactions.
type Service struct {
	db     *mysql.DB
	sealer *seal.Sealer
}

// New returns the service over its parts.
func New(db *mysql.DB, sealer *seal.Sealer) *Service { return &Service{db, sealer} }

// act is one step: what it is called, what is said with it, and the rule that allows it. The rule returns the grant by
// which. What is to be held before the assignment, hold holds; nil: nothing.
type act struct {
	event  state.Event
	reason string
	hold   func(ctx context.Context, tx *mysql.Tx, a Assignment) error
	rule   func(a *Assignment, by Actor, now time.Time) (id.Grant, error)
}

// change locks an assignment, applies the rule, and writes the step.
func (s *Service) change(ctx context.Context, actor id.User, assignment id.Assignment,
	onCommit mysql.OnCommit[Assignment], do act) (Assignment, error) {
	var a, ends Assignment
	if err := s.db.Get(ctx, &ends, "assignment.ends", mysql.Args{"assignment": assignment}); err != nil {
		return a, mysql.NotFound(err)
	}
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		by := Actor{ID: actor}
		var p people
		a = Assignment{}
		if do.hold != nil {
			if err := do.hold(ctx, tx, ends); err != nil {
				return err
			}
		}
		err := tx.Read(ctx, append(lock(&a, &by, ends), p.wants(s.db.Now(), ends)...)...)
		if err != nil {
			return mysql.NotFound(err)
		}
		before := a
		g, err := do.rule(&a, by, tx.Now())
		if err != nil {
			return err
		}
		step := matter.Step{Actor: actor, Grant: &g, Name: do.event, Reason: do.reason}
		if do.event == state.EventUndo {
			step.Undoes = []id.User{before.VerifierID}
		}
		err = errors.Join(s.save(tx, before, &a, step, p), a.complete(ctx, tx))
		return errors.Join(err, onCommit.Do(tx, a, err))
	})
	return a, err
}

// Accept says who does it. Errors: those of Assignment.Accept.
func (s *Service) Accept(ctx context.Context, actor id.User, assignment id.Assignment,
	onCommit mysql.OnCommit[Assignment]) (Assignment, error) {
	return s.change(ctx, actor, assignment, onCommit, act{event: state.EventAccept,
		rule: func(a *Assignment, by Actor, now time.Time) (id.Grant, error) {
			g, err := a.Accept(by, now)
			return g.ID, err
		}})
}

// Refusal is why a body does not do it, and who does.
type Refusal struct {
	Clause, Instead string
	Unadmitted      bool // nothing admits it, which is the whole reason
}

// Refuse sends it back with the clause and who does it instead. Errors: fault.ReasonInvalidInput, and those of
// Assignment.Refuse and Assignment.Decline.
func (s *Service) Refuse(ctx context.Context, actor id.User, assignment id.Assignment, why Refusal,
	onCommit mysql.OnCommit[Assignment]) (Assignment, error) {
	if why.Unadmitted {
		return s.change(ctx, actor, assignment, onCommit, act{event: state.EventRefuse, reason: notAdmitted,
			rule: func(a *Assignment, by Actor, now time.Time) (id.Grant, error) {
				g, err := a.Decline(by, now)
				return g.ID, err
			}})
	}
	if err := errors.Join(fault.NeedText(&why.Clause, "clause", "依据", letters.Clause),
		fault.NeedText(&why.Instead, "instead", "该由谁办", letters.Place)); err != nil {
		return Assignment{}, err
	}
	return s.change(ctx, actor, assignment, onCommit, act{event: state.EventRefuse,
		reason: why.Clause + "；应由" + why.Instead + "办",
		rule: func(a *Assignment, by Actor, now time.Time) (id.Grant, error) {
			g, err := a.Refuse(by, now)
			return g.ID, err
		}})
}

// Report says that it is done. Errors: fault.ReasonInvalidInput, and those of Assignment.Report.
func (s *Service) Report(ctx context.Context, actor id.User, assignment id.Assignment, answer string,
	onCommit mysql.OnCommit[Assignment]) (Assignment, error) {
	if err := fault.NeedText(&answer, "answer", "办理情况", letters.Answer); err != nil {
		return Assignment{}, err
	}
	return s.change(ctx, actor, assignment, onCommit, act{event: state.EventReport, reason: answer,
		rule: func(a *Assignment, by Actor, now time.Time) (id.Grant, error) {
			g, err := a.Report(by, now)
			return g.ID, err
		}})
}

// Verify says that it is done indeed. Errors: those of Assignment.Verify.
func (s *Service) Verify(ctx context.Context, actor id.User, assignment id.Assignment,
	onCommit mysql.OnCommit[Assignment]) (Assignment, error) {
	return s.change(ctx, actor, assignment, onCommit, act{event: state.EventVerify,
		rule: func(a *Assignment, by Actor, now time.Time) (id.Grant, error) {
			g, err := a.Verify(by, now)
			return g.ID, err
		}})
}

// Return says that it is not done yet. Errors: fault.ReasonInvalidInput, and those of Assignment.Return.
func (s *Service) Return(ctx context.Context, actor id.User, assignment id.Assignment, reason string,
	onCommit mysql.OnCommit[Assignment]) (Assignment, error) {
	if err := fault.NeedText(&reason, "reason", "还没办好的地方", letters.Reason); err != nil {
		return Assignment{}, err
	}
	return s.change(ctx, actor, assignment, onCommit, act{event: state.EventReturn, reason: reason,
		rule: func(a *Assignment, by Actor, now time.Time) (id.Grant, error) {
			g, err := a.Return(by, now)
			return g.ID, err
		}})
}

// Extension is until when it is owed from now on, and why.
type Extension struct {
	Until  time.Time
	Reason string
}

// Extend gives it more time. Errors: fault.ReasonInvalidInput, and those of Assignment.Extend.
func (s *Service) Extend(ctx context.Context, actor id.User, assignment id.Assignment, more Extension,
	onCommit mysql.OnCommit[Assignment]) (Assignment, error) {
	if err := fault.NeedText(&more.Reason, "reason", "延期的原因", letters.Reason); err != nil {
		return Assignment{}, err
	}
	return s.change(ctx, actor, assignment, onCommit, act{event: state.EventExtend, reason: more.Reason,
		rule: func(a *Assignment, by Actor, now time.Time) (id.Grant, error) {
			g, err := a.Extend(by, more.Until, now)
			return g.ID, err
		}})
}

// Cancel takes it back. Errors: fault.ReasonInvalidInput, and those of Assignment.Cancel.
func (s *Service) Cancel(ctx context.Context, actor id.User, assignment id.Assignment, reason string,
	onCommit mysql.OnCommit[Assignment]) (Assignment, error) {
	if err := fault.NeedText(&reason, "reason", "撤回的原因", letters.Reason); err != nil {
		return Assignment{}, err
	}
	return s.change(ctx, actor, assignment, onCommit, act{event: state.EventCancel, reason: reason,
		rule: func(a *Assignment, by Actor, now time.Time) (id.Grant, error) {
			g, err := a.Cancel(by, now)
			return g.ID, err
		}})
}

// View is an assignment as one person may see it.
type View struct {
	Assignment
	History []matter.Entry
	May     May
}

// May is what the person may do with it now.
type May struct{ Accept, Refuse, Decline, Bind, Report, Verify, Return, Extend, Undo, Cancel bool }

// may says what the actor may do.
func (a Assignment) may(by Actor, of Origin, now time.Time) (m May) {
	try := fault.Trial(a)
	m.Accept = try(func(a *Assignment) error { _, err := a.Accept(by, now); return err })
	m.Refuse = try(func(a *Assignment) error { _, err := a.Refuse(by, now); return err })
	m.Decline = try(func(a *Assignment) error { _, err := a.Decline(by, now); return err })
	m.Bind = try(func(a *Assignment) error { _, err := a.Bind(by, now); return err })
	m.Report = try(func(a *Assignment) error { _, err := a.Report(by, now); return err })
	m.Verify = try(func(a *Assignment) error { _, err := a.Verify(by, now); return err })
	m.Return = try(func(a *Assignment) error { _, err := a.Return(by, now); return err })
	m.Extend = try(func(a *Assignment) error { _, err := a.Extend(by, a.TwiceAt, now); return err })
	of.InWork = a.IsAsked() || a.OriginStatus == string(state.NeedHandling)
	m.Undo = try(func(a *Assignment) error { _, err := a.Undo(by, of, now); return err })
	m.Cancel = try(func(a *Assignment) error { _, err := a.Cancel(by, now); return err })
	return m
}

// Get returns an assignment with its history. Error: fault.ReasonNotFound, also for whom it does not exist.
func (s *Service) Get(ctx context.Context, actor id.User, assignment id.Assignment) (View, error) {
	var (
		v    View
		ends Assignment
		of   Origin
		by   = Actor{ID: actor}
	)
	if err := s.db.Get(ctx, &ends, "assignment.ends", mysql.Args{"assignment": assignment}); err != nil {
		return v, mysql.NotFound(err)
	}
	err := s.db.Read(ctx, append(grants(&by, ends),
		mysql.One(&v.Assignment, "assignment.get", mysql.Args{"assignment": assignment}), cameBack(&of, assignment),
		matter.History(&v.History, state.Assignment.Noun, int64(assignment)))...)
	if err != nil {
		return v, mysql.NotFound(err)
	}
	now := s.db.Now()
	v.May = v.may(by, of, now)
	if !by.Sees(now) && !v.May.Verify {
		return View{}, fault.New(fault.ReasonNotFound)
	}
	return v, nil
}

// Filter chooses assignments.
type Filter struct {
	Received bool // sent to where the person answers; else sent from where they decide
	Status   state.AssignmentStatus
	Late     bool
	Disputed bool // refused or sent on after a refusal, and nobody has taken it yet
	Before   id.Assignment
	Limit    int
}

// List lists the assignments that are a person's to answer or to follow, the newest first.
func (s *Service) List(ctx context.Context, actor id.User, f Filter) ([]Assignment, error) {
	if f.Before == 0 {
		f.Before = 1<<63 - 1
	}
	var all []Assignment
	err := s.db.Select(ctx, &all, "assignment.page", mysql.Args{
		"user": actor, "received": f.Received, "status": f.Status, "late": f.Late, "disputed": f.Disputed,
		"before": f.Before, "limit": f.Limit, "at": s.db.Now(), "roles": id.Deciders(), "answering": id.Answering(),
	})
	return all, err
}
