package duty

import (
	"context"
	"errors"
	"strings"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
	"xinyuan/internal/sweep"
	"xinyuan/internal/term"
)

// Service runs the rules in transactions.
type Service struct {
	db     *mysql.DB
	sealer *seal.Sealer
}

// New returns the service over its parts.
func New(db *mysql.DB, sealer *seal.Sealer) *Service { return &Service{db, sealer} }

// Filter chooses lines of the duty list.
type Filter struct {
	Words string // what a resident says, or some words of the line
	After int    // the number before
	Limit int
}

// List lists the lines that are in force today, by number.
func (s *Service) List(ctx context.Context, f Filter) ([]Duty, error) {
	var all []Duty
	err := s.db.Select(ctx, &all, "duty.page", mysql.Args{
		"words": strings.TrimSpace(f.Words), "after": f.After, "limit": f.Limit, "at": s.db.Now(),
	})
	return all, err
}

// Submit asks the county for an admission. Errors: fault.ReasonInvalidInput, fault.ReasonNotYourCommunity for who does
// not answer for the unit.
func (s *Service) Submit(ctx context.Context, actor id.User, d Draft,
	onCommit mysql.OnCommit[Admission]) (Admission, error) {
	if err := d.check(); err != nil {
		return Admission{}, err
	}
	var (
		county, node org.Node
		found, known bool
	)
	if err := s.db.Read(ctx, org.WantCounty(&county, &found), org.WantNode(ctx, &node, &known, d.NodeID)); err != nil {
		return Admission{}, err
	}
	if !known || node.Kind != org.KindCounty && node.Kind != org.KindStreet && !node.Kind.TakesWishes() {
		return Admission{}, fault.BadField("nodeId", "请选要请哪里帮忙：一个社区、一个街道，或者全县。")
	}
	var a Admission
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var (
			by   = Actor{ID: actor}
			book term.Book
			err  error
		)
		wants := append(by.wants(ends{UnitID: d.UnitID, NodeID: d.NodeID, DeskID: county.ID}), book.Wants()...)
		if err := tx.Read(ctx, wants...); err != nil {
			return err
		}
		g, ok := by.asks(tx.Now())
		if !ok {
			return fault.New(fault.ReasonNotYourCommunity).Saying("只有单位接单的人能申请准入。")
		}
		if a, err = d.ask(&book, tx.Now()); err != nil {
			return err
		}
		a.ID, a.DeskID, a.AskerID, a.NodeName = mysql.NewID[id.Admission](tx), county.ID, actor, node.Name
		a.UnitName = g.NodeName
		a.What, err = matter.HoldText(tx, s.sealer,
			matter.Field{Noun: state.Admission.Noun, Subject: int64(a.ID), Name: "what"},
			matter.Writer{ID: actor, Staff: true}, d.What)
		if err != nil {
			return err
		}
		step := matter.Step{Actor: actor, Grant: &g.ID, Name: state.EventCreate, Reason: d.Reason}
		_, err = matter.Save(tx, s.sealer, a.matter(), step)
		err = errors.Join(err, tx.Add("duty.add", a))
		return errors.Join(err, onCommit.Do(tx, a, err))
	})
	return a, err
}

// act is one step: what it is called, what is said with it, and the rule that allows it.
type act struct {
	event  state.Event
	reason string
	rule   func(a *Admission, by Actor, tx *mysql.Tx) (id.Grant, error)
}

// change locks an admission, applies the rule, and writes the step.
func (s *Service) change(ctx context.Context, actor id.User, admission id.Admission,
	onCommit mysql.OnCommit[Admission], do act) (Admission, error) {
	var a Admission
	var at ends
	if err := s.db.Get(ctx, &at, "duty.ends", mysql.Args{"admission": admission}); err != nil {
		return a, mysql.NotFound(err)
	}
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		by := Actor{ID: actor}
		var reached []id.User
		a = Admission{}
		wants := append(by.wants(at), mysql.One(&a, "duty.lock", mysql.Args{"admission": admission}),
			wantReached(&reached, at.NodeID, s.db.Now()))
		if err := tx.Read(ctx, wants...); err != nil {
			return mysql.NotFound(err)
		}
		a.UnitName, a.NodeName = at.UnitName, at.NodeName
		before := a
		g, err := do.rule(&a, by, tx)
		if err != nil {
			return err
		}
		step := matter.Step{Actor: actor, Name: do.event, Reason: do.reason}
		if g != 0 {
			step.Grant = &g
		}
		err = s.save(tx, before, a, step, reached)
		return errors.Join(err, onCommit.Do(tx, a, err))
	})
	return a, err
}

// Decision is what the county says.
type Decision struct {
	Admit  bool
	Reason string // why not
}

// Decide admits it, or refuses. Errors: fault.ReasonInvalidInput, and those of Admission.Decide.
func (s *Service) Decide(ctx context.Context, actor id.User, admission id.Admission, d Decision,
	onCommit mysql.OnCommit[Admission]) (Admission, error) {
	if err := fault.CheckText(&d.Reason, "reason", "原因", letters.Reason); err != nil {
		return Admission{}, err
	}
	event := state.EventApprove
	if !d.Admit {
		event = state.EventRefuse
		if d.Reason == "" {
			return Admission{}, fault.BadField("reason", "请写明为什么不准，部门会看到。")
		}
	}
	return s.change(ctx, actor, admission, onCommit, act{event, d.Reason,
		func(a *Admission, by Actor, tx *mysql.Tx) (id.Grant, error) {
			g, err := a.Decide(by, d.Admit, tx.Now())
			return g.ID, err
		}})
}

// Withdraw takes it back. Errors: those of Admission.Withdraw.
func (s *Service) Withdraw(ctx context.Context, actor id.User, admission id.Admission,
	onCommit mysql.OnCommit[Admission]) (Admission, error) {
	return s.change(ctx, actor, admission, onCommit, act{state.EventWithdraw, "",
		func(a *Admission, by Actor, tx *mysql.Tx) (id.Grant, error) {
			g, err := a.Withdraw(by, tx.Now())
			return g.ID, err
		}})
}

// End ends it before its last day. Errors: fault.ReasonInvalidInput, and those of Admission.End.
func (s *Service) End(ctx context.Context, actor id.User, admission id.Admission, reason string,
	onCommit mysql.OnCommit[Admission]) (Admission, error) {
	if err := fault.NeedText(&reason, "reason", "为什么提前结束", letters.Reason); err != nil {
		return Admission{}, err
	}
	return s.change(ctx, actor, admission, onCommit, act{state.EventEnd, reason,
		func(a *Admission, by Actor, tx *mysql.Tx) (id.Grant, error) {
			g, err := a.End(by, tx.Now())
			return g.ID, err
		}})
}

// Sweep refuses admissions that nobody has decided about in time.
func (s *Service) Sweep(ctx context.Context) error {
	var all []id.Admission
	args := mysql.Args{"at": s.db.Now(), "limit": sweep.Size}
	if err := s.db.Select(ctx, &all, "duty.undecided", args); err != nil {
		return err
	}
	return sweep.Each(ctx, "undecided admissions", all, func(ctx context.Context, one id.Admission) error {
		_, err := s.change(ctx, 0, one, nil, act{state.EventLapse, "",
			func(a *Admission, _ Actor, tx *mysql.Tx) (id.Grant, error) { return 0, a.Lapse(tx.Now()) }})
		return err
	})
}

// View is an admission as one person may see it.
type View struct {
	Admission
	History []matter.Entry
	May     May
}

// May is what the person may do with it now.
type May struct{ Decide, Withdraw, End, Use bool }

// Get returns an admission with its history. Error: fault.ReasonNotFound, also for whom it does not exist.
func (s *Service) Get(ctx context.Context, actor id.User, admission id.Admission) (View, error) {
	var (
		v  View
		at ends
		by = Actor{ID: actor}
	)
	if err := s.db.Get(ctx, &at, "duty.ends", mysql.Args{"admission": admission}); err != nil {
		return v, mysql.NotFound(err)
	}
	err := s.db.Read(ctx, append(by.wants(at),
		mysql.One(&v.Admission, "duty.get", mysql.Args{"admission": admission}),
		matter.History(&v.History, state.Admission.Noun, int64(admission)))...)
	if err != nil {
		return v, mysql.NotFound(err)
	}
	now := s.db.Now()
	if !by.Sees(now) {
		return View{}, fault.New(fault.ReasonNotFound)
	}
	try := fault.Trial(v.Admission)
	_, asks := by.asks(now)
	v.May = May{
		Decide:   try(func(a *Admission) error { _, err := a.Decide(by, true, now); return err }),
		Withdraw: try(func(a *Admission) error { _, err := a.Withdraw(by, now); return err }),
		End:      try(func(a *Admission) error { _, err := a.End(by, now); return err }),
		Use:      asks && v.IsInForce(now),
	}
	return v, nil
}

// ListAdmissions lists what the person may know of: of the units that they answer for, and at, above and below the
// places where they see all; the newest first.
func (s *Service) ListAdmissions(ctx context.Context, actor id.User, status state.AdmissionStatus,
	before id.Admission, limit int) ([]Admission, error) {
	roles := append(id.Deciders(), id.RoleAuditor, id.RoleGridLeader, id.RoleGridWorker)
	var all []Admission
	err := s.db.Select(ctx, &all, "duty.page_admissions", mysql.Args{
		"user": actor, "status": status, "before": id.OrLatest(before), "limit": limit, "at": s.db.Now(), "roles": roles,
	})
	return all, err
}
