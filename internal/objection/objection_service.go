package objection

import (
	"context"
	"errors"
	"slices"

	"xinyuan/internal/activity"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/hours"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// Service runs the rules in transactions.
type Service struct {
	db      *mysql.DB
	sealer  *seal.Sealer
	grants  *grant.Service
	records *hours.Service
}

// New returns the service over its parts.
func New(db *mysql.DB, sealer *seal.Sealer, grants *grant.Service, records *hours.Service) *Service {
	return &Service{db, sealer, grants, records}
}

// Protest is what a person objects to: one of the three.
type Protest struct {
	Signup id.Signup // an absence
	Record id.Record // a credited record
	Claim  id.Claim  // the points of a wish that it fulfilled
	Text   string
}

// want reads what the protest is about. Error: fault.ReasonInvalidInput, where it
// is not about one thing.
func (p Protest) want(dest *subject, actor id.User) (mysql.Want, error) {
	args := mysql.Args{"user": actor, "signup": p.Signup, "record": p.Record, "claim": p.Claim}
	switch {
	case p.Signup != 0 && p.Record == 0 && p.Claim == 0:
		return mysql.One(dest, "objection.absence", args), nil
	case p.Record != 0 && p.Signup == 0 && p.Claim == 0:
		return mysql.One(dest, "objection.credited", args), nil
	case p.Claim != 0 && p.Signup == 0 && p.Record == 0:
		return mysql.One(dest, "objection.paid_share", args), nil
	}
	return mysql.Want{}, fault.BadField("recordId", "请选一条没有来的记录、一条服务记录，或者一件心愿的积分。")
}

// subject is what a protest is about.
type subject struct {
	NodeID     id.Node `db:"node_id"`
	RecorderID id.User `db:"recorder_id"` // 0: of points, the owner said yes
	Disputable bool    `db:"disputable"`  // an absence, a credited record, or points that stand
}

// Object writes an objection. Errors: fault.ReasonInvalidInput,
// fault.ReasonNotFound for what is not one's own, fault.ReasonNothingToObject,
// fault.ReasonObjectionOpen.
func (s *Service) Object(ctx context.Context, actor id.User, p Protest,
	onCommit mysql.OnCommit[Objection]) (Objection, error) {
	if err := fault.NeedText(&p.Text, "text", "异议", MaxText); err != nil {
		return Objection{}, err
	}
	if _, err := p.want(nil, actor); err != nil {
		return Objection{}, err
	}
	var o Objection
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var about subject
		want, err := p.want(&about, actor)
		if err != nil {
			return err
		}
		if err := tx.Read(ctx, want); err != nil {
			return mysql.NotFound(err)
		}
		if !about.Disputable {
			return fault.New(fault.ReasonNothingToObject)
		}
		oid := mysql.NewID[id.Objection](tx)
		text, err := matter.Redact(tx, s.sealer,
			matter.Field{Noun: state.Objection.Noun, Subject: int64(oid), Name: "text"}, p.Text)
		if err != nil {
			return err
		}
		err = tx.Add("objection.add", mysql.Args{
			"id": oid, "user": actor, "node": about.NodeID, "signup": p.Signup, "record": p.Record, "claim": p.Claim,
			"recorder": about.RecorderID, "text": text, "status": state.Objection.Initial, "at": tx.Now(),
		})
		if err != nil {
			return err
		}
		o = Objection{}
		if err := tx.Read(ctx, wantObjection(&o, oid)...); err != nil {
			return err
		}
		_, err = matter.Save(tx, s.sealer, o.matter(), matter.Step{Actor: actor, Name: state.EventCreate})
		return errors.Join(err, onCommit.Do(tx, o, err))
	})
	if mysql.IsDuplicate(err, "objections_open") { // of any of the three
		err = fault.New(fault.ReasonObjectionOpen)
	}
	return o, err
}

func wantObjection(dest *Objection, objection id.Objection) []mysql.Want {
	args := mysql.Args{"objection": objection}
	return []mysql.Want{
		mysql.One(dest, "objection.by_id", args), mysql.Many(&dest.parties, "objection.parties", args),
	}
}

// lockObjection wants the objection, locked, and what the actor is to it.
func lockObjection(dest *Objection, by *activity.Actor, objection id.Objection) []mysql.Want {
	var locked id.Objection
	first := mysql.One(&locked, "objection.lock", mysql.Args{"objection": objection})
	return slices.Concat([]mysql.Want{first}, wantObjection(dest, objection), []mysql.Want{
		grant.CoveringMatter(&by.Grants, by.ID, state.Objection.Noun, objection),
	})
}

// Rule decides an objection. Upheld, the person was there after all, or the
// record is corrected: minutes and points follow in the same transaction.
// Errors: those of Objection.Decide, Ruling.span, hours.Record and
// hours.Correct.
func (s *Service) Rule(ctx context.Context, actor id.User, objection id.Objection, ruling Ruling,
	onCommit mysql.OnCommit[Objection]) (Objection, error) {
	if err := fault.CheckText(&ruling.Reason, "reason", "答复", activity.MaxReason); err != nil {
		return Objection{}, err
	}
	var o Objection
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		o = Objection{}
		by := activity.Actor{ID: actor}
		if err := tx.Read(ctx, lockObjection(&o, &by, objection)...); err != nil {
			return mysql.NotFound(err)
		}
		before := o
		g, err := o.Decide(by, ruling, tx.Now())
		if err != nil {
			return err
		}
		how := matter.Step{Actor: actor, Grant: &g.ID, Name: state.EventDismiss, Reason: ruling.Reason}
		if ruling.Uphold {
			how.Name = state.EventUphold
			if o.ClaimID == nil {
				err = s.uphold(ctx, tx, o, how, ruling)
			} else {
				how.Event = mysql.NewID[id.Event](tx)
				err = s.amend(ctx, tx, &o, how, ruling)
			}
			if err != nil {
				return err
			}
		}
		err = s.save(tx, before, &o, how)
		return errors.Join(err, onCommit.Do(tx, o, err))
	})
	return o, err
}

// uphold puts right what the objection is about.
func (s *Service) uphold(ctx context.Context, tx *mysql.Tx, o Objection, how matter.Step, ruling Ruling) error {
	span, err := ruling.span(o)
	if err != nil {
		return err
	}
	if o.SignupID == nil {
		_, err := s.records.CorrectIn(ctx, tx, how.Actor, *o.RecordID, hours.Correction{
			Start: &span.From, End: &span.Until, Minutes: ruling.Minutes, Reason: how.Reason, Announced: true,
		})
		return err
	}
	var absent activity.Signup
	var a activity.Activity
	by := activity.Actor{ID: how.Actor}
	err = tx.Read(ctx, append(activity.Lock(&a, &by, o.ActivityID),
		mysql.One(&absent, "objection.lock_absent", mysql.Args{"signup": *o.SignupID}))...)
	if err != nil {
		return mysql.NotFound(err)
	}
	to, ok := state.Signup.Next(absent.Status, state.EventAttend)
	if !ok {
		return fault.New(fault.ReasonNothingToObject)
	}
	_, err = s.records.Record(ctx, tx, hours.Batch{
		Actor: how.Actor, Grant: how.Grant, Source: state.SourceCorrection, Activity: a.ID, Team: a.TeamID, Node: a.NodeID,
		Title: a.Title, Reason: how.Reason, Announced: true, Entries: []hours.Entry{{
			User: o.UserID, Start: span.From, End: span.Until, Minutes: ruling.Minutes,
		}},
	})
	if err != nil {
		return err
	}
	how.Name, how.From, how.Silent = state.EventAttend, string(absent.Status), true // the answer tells the volunteer
	marked := activity.MarkSignups(tx, to, absent.ID)
	absent.Status = to
	absent.Version++
	_, err = matter.Save(tx, s.sealer, absent.Matter(), how)
	return errors.Join(err, marked)
}

// save queues the changed objection and its step, whose reason is the
// answer.
func (s *Service) save(tx *mysql.Tx, before Objection, o *Objection, how matter.Step) error {
	how.From = string(before.Status)
	after := o.matter().After(before.matter())
	after.Version++
	e, err := matter.Save(tx, s.sealer, after, how)
	o.Answer = e.Reason
	return errors.Join(err, tx.Add("objection.save", mysql.Args{
		"id": o.ID, "version": o.Version, "status": o.Status, "answer": o.Answer, "ruled": o.Ruled,
		"pays":       o.pays,
		"decided_at": o.DecidedAt, "escalated_at": o.EscalatedAt,
	}))
}

// Get reads one. Error: fault.ReasonNotFound, also for whom it is none of
// their business.
func (s *Service) Get(ctx context.Context, actor id.User, objection id.Objection) (Objection, error) {
	var o Objection
	by := activity.Actor{ID: actor}
	err := s.db.Read(ctx, append(wantObjection(&o, objection),
		grant.CoveringMatter(&by.Grants, actor, state.Objection.Noun, objection))...)
	if err != nil {
		return o, mysql.NotFound(err)
	}
	if !o.sees(by, s.db.Now()) {
		return Objection{}, fault.New(fault.ReasonNotFound)
	}
	_, refused := o.decider(by, s.db.Now())
	o.MayDecide = refused == nil && o.Status == state.ObjectionOpen
	return o, nil
}

// Filter chooses objections.
type Filter struct {
	Mine   bool
	Status state.ObjectionStatus // empty: all
	Before id.Objection
	Limit  int
}

// List lists one's own, or for staff those of their communities, the
// latest first. Error: fault.ReasonForbidden for who is no staff.
func (s *Service) List(ctx context.Context, actor id.User, f Filter) ([]Objection, error) {
	f.Before = id.OrLatest(f.Before)
	var all []Objection
	args := mysql.Args{"user": actor, "status": f.Status, "before": f.Before, "limit": f.Limit}
	if f.Mine {
		return all, s.db.Select(ctx, &all, "objection.mine", args)
	}
	over, err := s.grants.ListOverseen(ctx, actor)
	if err != nil {
		return nil, err
	}
	if len(over.Communities) == 0 {
		return nil, fault.New(fault.ReasonForbidden)
	}
	args["nodes"] = over.Communities
	return all, s.db.Select(ctx, &all, "objection.at", args)
}

// Sweep tells the next level of objections that nobody decided in time. Where
// somebody was faster, nothing happens.
func (s *Service) Sweep(ctx context.Context) error {
	waiting := matter.Waiting{What: "waiting objections", Query: "objection.waiting", After: EscalateAfter}
	return matter.EscalateWaiting(ctx, s.db, waiting, s.escalate)
}

func (s *Service) escalate(ctx context.Context, objection id.Objection) error {
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var o Objection
		var by activity.Actor
		if err := tx.Read(ctx, lockObjection(&o, &by, objection)...); err != nil {
			return mysql.NotFound(err)
		}
		before := o
		if err := o.Escalate(tx.Now()); err != nil {
			return err
		}
		return s.save(tx, before, &o, matter.Step{Name: state.EventEscalate})
	})
}

// Show wants what a list of tasks shows of objections.
func Show(dest *[]matter.Shown, ids []int64) mysql.Want {
	return mysql.Many(dest, "objection.show", mysql.Args{"ids": ids})
}
