package assignment

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/state"
	"xinyuan/internal/sweep"
	"xinyuan/internal/term"
)

// Sending is what is asked of several bodies at one time.
type Sending struct {
	Noun   string // the matter that it is for
	Origin int64
	From   id.Node
	Sender id.User
	Grant  id.Grant // by which
	To     []Receiver
	What   string
	Clause string
	Term   term.Code

	Duty      id.Duty      // the line of the duty list that it stands on; 0: none
	Admission id.Admission // likewise
}

// Receiver is who is asked for what.
type Receiver struct {
	Node id.Node
	Kind Kind
}

// MaxReceivers is how many bodies are asked at one time.
const MaxReceivers = 4

// Check trims the texts and refuses what no sending can be. Error: fault.ReasonInvalidInput.
func (s *Sending) Check() error {
	if err := errors.Join(fault.NeedText(&s.What, "what", "要办的事", letters.Assignment),
		fault.CheckText(&s.Clause, "clause", "依据", letters.Clause)); err != nil {
		return err
	}
	if len(s.To) == 0 || len(s.To) > MaxReceivers {
		return fault.BadField("to", fmt.Sprintf("请选 1 到 %d 个单位。", MaxReceivers))
	}
	for i, r := range s.To {
		same := func(other Receiver) bool { return other.Node == r.Node }
		if slices.IndexFunc(s.To, same) < i {
			return fault.BadField(fmt.Sprintf("to.%d", i), "同一个单位只选一次。")
		}
	}
	if !slices.Contains(term.Codes(), s.Term) {
		return fault.BadField("term", "请从给出的期限里选。")
	}
	return nil
}

// found is what is read to send.
type found struct {
	bodies  []body
	refused []Assignment
	live    []Assignment
	book    term.Book
	people  []people // of each receiver
	grounds grounds
}

// Create writes the assignments in the transaction that holds the matter. Errors: fault.ReasonInvalidInput, those of
// CheckDirection, fault.ReasonAssignmentState where the receiver leads already.
func (s *Service) Create(ctx context.Context, tx *mysql.Tx, d Sending) ([]Assignment, error) {
	f, err := s.find(ctx, tx, d)
	if err != nil {
		return nil, err
	}
	all := make([]Assignment, len(d.To))
	for i, r := range d.To {
		if err := f.check(d, i); err != nil {
			return nil, err
		}
		if all[i], err = s.create(tx, d, r, f); err != nil {
			return nil, err
		}
		m := all[i].matter()
		m.Parties = append(m.Parties, matter.Informed(state.PartyResponder, f.people[i].responders...)...)
		step := matter.Step{Actor: d.Sender, Grant: &d.Grant, Name: state.EventCreate}
		_, err = matter.Save(tx, s.sealer, m, step)
		if err = errors.Join(err, tx.Add("assignment.add", all[i]), all[i].complete(ctx, tx)); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (s *Service) find(ctx context.Context, tx *mysql.Tx, d Sending) (*found, error) {
	f := &found{people: make([]people, len(d.To))}
	nodes := []id.Node{d.From}
	wants := []mysql.Want{
		LockLive(&f.live, d.Noun, d.Origin),
		mysql.Many(&f.refused, "assignment.lock_refused", mysql.Args{"noun": d.Noun, "origin": d.Origin}),
	}
	for i, r := range d.To {
		nodes = append(nodes, r.Node)
		wants = append(wants, f.people[i].wants(s.db.Now(), Assignment{From: d.From, To: r.Node})...)
	}
	wants = append(wants, mysql.Many(&f.bodies, "assignment.bodies", mysql.Args{"nodes": nodes}))
	wants = append(append(wants, f.book.Wants()...), f.grounds.wants(d, s.db.Now())...)
	return f, tx.Read(ctx, wants...)
}

func (f *found) body(node id.Node) Body {
	for _, b := range f.bodies {
		if b.ID == node {
			return bodyOf(b.Kind)
		}
	}
	return ""
}

func (f *found) name(node id.Node) string {
	for _, b := range f.bodies {
		if b.ID == node {
			return b.Name
		}
	}
	return ""
}

// check refuses what cannot be sent to the receiver.
func (f *found) check(d Sending, i int) error {
	r, at := d.To[i], fmt.Sprintf("to.%d", i)
	switch {
	case !slices.Contains(Kinds(), r.Kind):
		return fault.BadField(at+".kind", "请选牵头或者配合。")
	case f.body(r.Node) == "":
		return fault.BadField(at+".nodeId", "没有找到这个单位，请重新选。")
	case r.Node == d.From:
		return fault.New(fault.ReasonNotAdmitted).Saying("不能派给自己，请选别的单位。")
	}
	from, to := f.body(d.From), f.body(r.Node)
	basis := f.grounds.basis(d, from, to, r)
	if err := CheckDirection(from, to, r.Kind, basis); err != nil {
		return err
	}
	switch {
	case d.Origin == 0:
		return fault.BadField("dutyId", "请选依据：职责清单的一项，或者一项准入。")
	case d.Duty != 0 && !f.grounds.listed:
		return fault.BadField("dutyId", "这一项今天不在职责清单里，请重新选。")
	case d.Duty != 0 && !basis.Duty:
		return f.grounds.line.notNamed(f.name(r.Node))
	case d.Admission != 0 && !slices.Contains(f.grounds.admitted, r.Node):
		return fault.BadField("admissionId", "这项准入今天管不到对方，请重新选。")
	}
	leads := func(a Assignment) bool { return a.To == r.Node && a.Kind == KindLead }
	switch {
	case r.Kind == KindLead && slices.ContainsFunc(f.live, leads):
		return fault.New(fault.ReasonAssignmentState).Saying("%s已经在办这件事，不用再派一次。", f.name(r.Node))
	case len(f.people[i].responders) == 0:
		return fault.BadField(at+".nodeId", "这个单位还没有接单的人，请街道先加上。")
	}
	return nil
}

// create is the assignment to one receiver. A lead sending follows the oldest refused one that nothing has followed.
func (s *Service) create(tx *mysql.Tx, d Sending, r Receiver, f *found) (Assignment, error) {
	now := tx.Now()
	a := Assignment{
		ID: mysql.NewID[id.Assignment](tx), OriginNoun: d.Noun, OriginID: d.Origin, Kind: r.Kind, From: d.From, To: r.Node,
		Term: d.Term, SenderID: d.Sender, SentAt: now, Status: state.Assignment.Initial, Version: 1,
		Duty: d.Duty, Admission: d.Admission,
	}
	a.ChainID = a.ID
	if d.Clause == "" && d.Duty != 0 {
		d.Clause = f.grounds.line.clause()
	}
	due, err := f.book.Due(d.Term, now, 100)
	if err != nil {
		return a, err
	}
	a.AcceptBy, a.SoonAt, a.DueAt, a.TwiceAt = due.Accept, due.Soon, due.Work, due.Twice
	field := matter.Field{Noun: state.Assignment.Noun, Subject: int64(a.ID)}
	var wrong [2]error
	field.Name = "what"
	by := matter.Writer{ID: d.Sender, Staff: true}
	a.What, wrong[0] = matter.HoldText(tx, s.sealer, field, by, d.What)
	field.Name = "clause"
	a.Clause, wrong[1] = matter.HoldText(tx, s.sealer, field, by, d.Clause)
	// What a department asks of one body is no order that goes on to another.
	if err := errors.Join(wrong[:]...); err != nil || r.Kind != KindLead || len(f.refused) == 0 || a.IsAsked() {
		return a, err
	}
	last := f.refused[0]
	f.refused = f.refused[1:]
	a.ChainID, a.Refusals, a.Bound = last.ChainID, last.Refusals+1, last.Refusals+1 >= MaxRefusals
	last.FollowedAt = &now
	return a, errors.Join(tx.Add("assignment.follow", mysql.Args{"id": last.ID, "at": now}),
		matter.SetTurns(tx, last.matter()))
}

// CreateAsked has other bodies do what a department asks of them, all in one transaction. It is for the admission or
// the line of the duty list that it stands on. Errors: fault.ReasonInvalidInput, those of Create, and
// fault.ReasonNotYourCommunity for who does not answer for the department.
func (s *Service) CreateAsked(ctx context.Context, actor id.User, d Sending,
	onCommit mysql.OnCommit[[]Assignment]) ([]Assignment, error) {
	if err := d.Check(); err != nil {
		return nil, err
	}
	var all []Assignment
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		by := Actor{ID: actor}
		var unit org.Node
		// One at a time: so nobody leads twice for one thing.
		err := tx.Read(ctx, org.LockNode(&unit, d.From), grant.Covering(&by.Sender, actor, d.From))
		if err != nil {
			return mysql.NotFound(err)
		}
		g, ok := by.asks(tx.Now())
		if !ok {
			return fault.New(fault.ReasonNotYourCommunity).Saying("只有单位接单的人能替单位派单。")
		}
		one := d
		one.Sender, one.Grant = actor, g.ID
		if one.Noun, one.Origin = OriginDuty, int64(d.Duty); d.Admission != 0 {
			one.Noun, one.Origin = state.Admission.Noun, int64(d.Admission)
		}
		all, err = s.Create(ctx, tx, one)
		return errors.Join(err, onCommit.Do(tx, all, err))
	})
	return all, err
}

// CancelAll cancels the live assignments of a matter that has ended, which LockLive has read, in its transaction.
func (s *Service) CancelAll(ctx context.Context, tx *mysql.Tx, actor id.User, live []Assignment) error {
	for _, a := range live {
		var p people
		if err := tx.Read(ctx, p.wants(s.db.Now(), a)...); err != nil {
			return err
		}
		before := a
		err := a.end(tx.Now())
		if err = errors.Join(err, s.save(tx, before, &a, matter.Step{Actor: actor, Name: state.EventCancel}, p)); err != nil {
			return err
		}
	}
	return nil
}

// Sweep tells people of assignments whose time goes by.
func (s *Service) Sweep(ctx context.Context) error {
	var all []id.Assignment
	args := mysql.Args{"at": s.db.Now(), "limit": sweep.Size}
	if err := s.db.Select(ctx, &all, "assignment.due_stages", args); err != nil {
		return err
	}
	return sweep.Each(ctx, "late assignments", all, s.tell)
}

func (s *Service) tell(ctx context.Context, assignment id.Assignment) error {
	var ends Assignment
	if err := s.db.Get(ctx, &ends, "assignment.ends", mysql.Args{"assignment": assignment}); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var (
			a      Assignment
			nobody Actor
			p      people
		)
		if err := tx.Read(ctx, append(lock(&a, &nobody, ends), p.wants(s.db.Now(), ends)...)...); err != nil {
			return err
		}
		before := a
		event, err := a.Tell(tx.Now())
		if err != nil {
			return err
		}
		return s.save(tx, before, &a, matter.Step{Name: event}, p)
	})
}
