package need

import (
	"context"
	"errors"
	"time"

	"xinyuan/internal/assignment"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
	"xinyuan/internal/term"
)

// by is the step of a grant.
func by(g grant.Grant, name state.Event, reason string) matter.Step {
	return matter.Step{Grant: &g.ID, Name: name, Reason: reason}
}

// Review is what a first recipient says of a need.
type Review struct {
	Accept    bool
	Term      term.Code // shorter than usual; empty: as usual
	Rejection Rejection // why not
	Reason    string    // why shorter, or where to go instead
}

// Review accepts or rejects a need. Errors: fault.ReasonInvalidInput, and those of Need.Accept and Need.Reject.
func (s *Service) Review(ctx context.Context, actor id.User, need id.Need, r Review,
	onCommit mysql.OnCommit[Need]) (Need, error) {
	if err := fault.CheckText(&r.Reason, "reason", "原因", letters.Reason); err != nil {
		return Need{}, err
	}
	switch {
	case r.Accept && r.Rejection != "":
		return Need{}, fault.BadField("rejection", "收下的事没有不办的原因，请只选一样。")
	case !r.Accept && r.Term != "":
		return Need{}, fault.BadField("term", "不在这里办的事没有期限，请只选一样。")
	}
	return s.change(ctx, actor, need, onCommit, func(w *work) (matter.Step, error) {
		if r.Accept {
			g, err := w.need.Accept(w.by, r.Term, r.Reason, &w.book, w.tx.Now())
			return by(g, state.EventAccept, r.Reason), err
		}
		g, err := w.need.Reject(w.by, r.Rejection, r.Reason, w.tx.Now())
		return by(g, state.EventReject, r.Reason), err
	})
}

// Said is what a need says, and where.
type Said struct{ Text, Place string }

// Edit says a rejected need once more. Errors: fault.ReasonInvalidInput, and those of Need.Edit.
func (s *Service) Edit(ctx context.Context, actor id.User, need id.Need, said Said,
	onCommit mysql.OnCommit[Need]) (Need, error) {
	if err := errors.Join(fault.NeedText(&said.Text, "text", "要说的事", letters.NeedText),
		fault.NeedText(&said.Place, "place", "在哪里", letters.Place)); err != nil {
		return Need{}, err
	}
	return s.change(ctx, actor, need, onCommit, func(w *work) (matter.Step, error) {
		if err := w.need.Edit(w.by, w.next, &w.book, w.tx.Now()); err != nil {
			return matter.Step{}, err
		}
		w.need.Version++ // of the originals
		err := s.write(w.tx, w.need, matter.Writer{ID: w.by.ID, Staff: w.need.RecorderID == w.by.ID}, said)
		w.need.Version--
		return matter.Step{Name: state.EventEdit}, err
	})
}

// Withdraw takes a need back, and cancels what others owe for it. Errors: those of Need.Withdraw.
func (s *Service) Withdraw(ctx context.Context, actor id.User, need id.Need,
	onCommit mysql.OnCommit[Need]) (Need, error) {
	return s.change(ctx, actor, need, onCommit, func(w *work) (matter.Step, error) {
		if err := w.need.Withdraw(w.by, w.tx.Now()); err != nil {
			return matter.Step{}, err
		}
		return matter.Step{Name: state.EventWithdraw}, s.sent.CancelAll(ctx, w.tx, actor, w.live)
	})
}

// Dispatch has other bodies do their part, all in one transaction: none is asked where one cannot be. Errors:
// fault.ReasonInvalidInput, those of Need.Dispatch and assignment.Service.Create.
func (s *Service) Dispatch(ctx context.Context, actor id.User, need id.Need, d assignment.Sending,
	onCommit mysql.OnCommit[[]assignment.Assignment]) ([]assignment.Assignment, error) {
	if err := d.Check(); err != nil {
		return nil, err
	}
	var all []assignment.Assignment
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var n Need
		err := s.apply(ctx, &work{tx: tx, need: &n, by: Actor{ID: actor}}, need, func(w *work) (matter.Step, error) {
			g, err := n.Dispatch(w.by, tx.Now())
			if err != nil {
				return matter.Step{}, err
			}
			one := d
			one.Noun, one.Origin, one.From, one.Sender, one.Grant = state.Need.Noun, int64(need), n.DeskID, actor, g.ID
			all, err = s.sent.Create(ctx, tx, one)
			return by(g, state.EventDispatch, ""), err
		})
		return errors.Join(err, onCommit.Do(tx, all, err))
	})
	return all, err
}

// Reply is what came of a need.
type Reply struct {
	Result Result
	Text   string
}

// Answer answers a need. Errors: fault.ReasonInvalidInput, and those of Need.Respond.
func (s *Service) Answer(ctx context.Context, actor id.User, need id.Need, reply Reply,
	onCommit mysql.OnCommit[Need]) (Need, error) {
	if err := fault.NeedText(&reply.Text, "answer", "答复", letters.NeedAnswer); err != nil {
		return Need{}, err
	}
	return s.change(ctx, actor, need, onCommit, func(w *work) (matter.Step, error) {
		g, err := w.need.Respond(w.by, reply.Result, w.live, w.tx.Now())
		return by(g, state.EventAnswer, reply.Text), err
	})
}

// Word is what the resident says of an answer.
type Word struct {
	Solved    Solved
	Satisfied *bool
	Again     bool   // to go on, in the place of ending it
	Comment   string // what is not solved, or how it was
	OnBehalf  bool   // somebody asked and writes it down
	How       string
}

// Confirm writes down the resident's word, which closes the need or has it go on. Errors: fault.ReasonInvalidInput, and
// those of Need.Confirm and Need.Return.
func (s *Service) Confirm(ctx context.Context, actor id.User, need id.Need, word Word,
	onCommit mysql.OnCommit[Need]) (Need, error) {
	if err := errors.Join(fault.CheckText(&word.Comment, "comment", "您的话", letters.Comment),
		fault.CheckText(&word.How, "onBehalf.how", "怎么问的", letters.Reason)); err != nil {
		return Need{}, err
	}
	if word.OnBehalf && word.How == "" {
		return Need{}, fault.BadField("onBehalf.how", "请写明是怎么问的：打电话，还是上门。")
	}
	if word.Again && (word.Solved == SolvedYes || word.Comment == "") {
		return Need{}, fault.BadField("comment", "请写一句还有什么没好。")
	}
	said := word.Comment
	if word.OnBehalf {
		said = word.How + "：" + word.Comment
	}
	return s.change(ctx, actor, need, onCommit, func(w *work) (matter.Step, error) {
		if word.Again {
			g, err := w.need.Return(w.by, word.OnBehalf, w.next, &w.book, w.tx.Now())
			return matter.Step{Grant: g, Name: state.EventReturn, Reason: said}, err
		}
		g, err := w.need.Confirm(w.by, word.Solved, word.Satisfied, word.OnBehalf, w.tx.Now())
		return matter.Step{Grant: g, Name: state.EventConfirm, Reason: said}, err
	})
}

// MissCall notes that nobody answered the phone. Errors: those of Need.MissCall.
func (s *Service) MissCall(ctx context.Context, actor id.User, need id.Need,
	onCommit mysql.OnCommit[Need]) (Need, error) {
	return s.change(ctx, actor, need, onCommit, func(w *work) (matter.Step, error) {
		g, err := w.need.MissCall(w.by, w.tx.Now())
		return by(g, state.EventMissCall, ""), err
	})
}

// Lapse closes a need whose resident cannot be reached. Errors: those of Need.Lapse.
func (s *Service) Lapse(ctx context.Context, actor id.User, need id.Need,
	onCommit mysql.OnCommit[Need]) (Need, error) {
	return s.change(ctx, actor, need, onCommit, func(w *work) (matter.Step, error) {
		g, err := w.need.Lapse(w.by, w.tx.Now())
		return by(g, state.EventLapse, ""), err
	})
}

// Later is when something is looked at again, and why not now.
type Later struct {
	At     time.Time
	Reason string
}

// Suspend puts a need off until a day. Errors: fault.ReasonInvalidInput, and those of Need.Suspend.
func (s *Service) Suspend(ctx context.Context, actor id.User, need id.Need, later Later,
	onCommit mysql.OnCommit[Need]) (Need, error) {
	if err := fault.NeedText(&later.Reason, "reason", "要等的原因", letters.Reason); err != nil {
		return Need{}, err
	}
	return s.change(ctx, actor, need, onCommit, func(w *work) (matter.Step, error) {
		g, err := w.need.Suspend(w.by, later.At, w.tx.Now())
		return by(g, state.EventSuspend, later.Reason), err
	})
}

// Resume goes on with a need that waits. Errors: those of Need.Resume.
func (s *Service) Resume(ctx context.Context, actor id.User, need id.Need,
	onCommit mysql.OnCommit[Need]) (Need, error) {
	return s.change(ctx, actor, need, onCommit, func(w *work) (matter.Step, error) {
		g, err := w.need.Resume(w.by, &w.book, w.tx.Now())
		return by(g, state.EventResume, ""), err
	})
}

// Concede says that a need cannot be met now. Errors: fault.ReasonInvalidInput, and those of Need.Concede.
func (s *Service) Concede(ctx context.Context, actor id.User, need id.Need, later Later,
	onCommit mysql.OnCommit[Need]) (Need, error) {
	if err := fault.NeedText(&later.Reason, "reason", "办不了的原因", letters.Reason); err != nil {
		return Need{}, err
	}
	return s.change(ctx, actor, need, onCommit, func(w *work) (matter.Step, error) {
		g, err := w.need.Concede(w.by, later.At, w.tx.Now())
		return by(g, state.EventConcede, later.Reason), err
	})
}

// Reopen says that it came back. Errors: fault.ReasonInvalidInput, and those of Need.Reopen.
func (s *Service) Reopen(ctx context.Context, actor id.User, need id.Need, reason string,
	onCommit mysql.OnCommit[Need]) (Need, error) {
	if err := fault.NeedText(&reason, "reason", "又出现的情况", letters.Reason); err != nil {
		return Need{}, err
	}
	return s.change(ctx, actor, need, onCommit, func(w *work) (matter.Step, error) {
		return matter.Step{Name: state.EventReopen, Reason: reason}, w.need.Reopen(w.by, &w.book, w.tx.Now())
	})
}

// Merge has a need go on as another of the same place; its asker follows that one. Errors: those of Need.Merge,
// fault.ReasonNotFound for who may not know of the other.
func (s *Service) Merge(ctx context.Context, actor id.User, need, into id.Need,
	onCommit mysql.OnCommit[Need]) (Need, error) {
	var n Need
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var (
			n1, n2, other Need
			first, second = min(need, into), max(need, into)
		)
		if err := tx.Read(ctx, mysql.One(&n1, "need.lock", mysql.Args{"need": first}),
			mysql.One(&n2, "need.lock", mysql.Args{"need": second})); err != nil {
			return mysql.NotFound(err)
		}
		if other = n2; into == first {
			other = n1
		}
		there := Actor{ID: actor}
		if err := tx.Read(ctx, actorOf(&there, into)...); err != nil {
			return err
		}
		n = Need{}
		err := s.apply(ctx, &work{tx: tx, need: &n, by: Actor{ID: actor}}, need, func(w *work) (matter.Step, error) {
			if !there.Sees(other, tx.Now()) {
				return matter.Step{}, fault.New(fault.ReasonNotFound)
			}
			g, err := n.Merge(w.by, other, w.live, tx.Now())
			if err == nil {
				err = tx.Add("need.carry_followers", mysql.Args{"need": need, "into": into})
			}
			if err == nil && n.OwnerID != 0 && n.OwnerID != other.OwnerID {
				err = tx.Add("need.follow", mysql.Args{"need": into, "user": n.OwnerID, "at": tx.Now()})
			}
			return by(g, state.EventMerge, other.Number()), err
		})
		return errors.Join(err, onCommit.Do(tx, n, err))
	})
	return n, err
}

// HoldInWork locks a need, and tells whether it is in work: led, and not answered.
func (s *Service) HoldInWork(ctx context.Context, tx *mysql.Tx, need id.Need) (bool, error) {
	var n Need
	err := tx.Read(ctx, mysql.One(&n, "need.lock", mysql.Args{"need": need}))
	return n.Status == state.NeedHandling, mysql.NotFound(err)
}

// Follow has the person told how a need ends that they may read. Error: fault.ReasonNotFound.
func (s *Service) Follow(ctx context.Context, actor id.User, need id.Need, follows bool,
	onCommit mysql.OnCommit[Need]) (Need, error) {
	var n Need
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		a := Actor{ID: actor}
		n = Need{}
		if err := tx.Read(ctx, lock(&n, &a, need)...); err != nil {
			return mysql.NotFound(err)
		}
		query := "need.unfollow"
		if follows {
			query = "need.follow"
		}
		if !a.Sees(n, tx.Now()) {
			return fault.New(fault.ReasonNotFound)
		}
		err := errors.Join(tx.Add(query, mysql.Args{"need": need, "user": actor, "at": tx.Now()}), n.complete(ctx, tx))
		n.showTo(a, tx.Now())
		return errors.Join(err, onCommit.Do(tx, n, err))
	})
	return n, err
}
