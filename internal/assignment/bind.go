package assignment

import (
	"context"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// Binding is why it is theirs.
type Binding struct {
	Reason string
	Duty   id.Duty // the line of the duty list that says so; 0: none
}

// Bind settles whose it is, by a line of the duty list where one says so, which both ends read from then on. Errors:
// fault.ReasonInvalidInput, and those of Assignment.Bind.
func (s *Service) Bind(ctx context.Context, actor id.User, assignment id.Assignment, why Binding,
	onCommit mysql.OnCommit[Assignment]) (Assignment, error) {
	if err := fault.NeedText(&why.Reason, "reason", "定责的理由", letters.Reason); err != nil {
		return Assignment{}, err
	}
	var (
		l    line
		ends found
	)
	do := act{event: state.EventBind, reason: why.Reason}
	do.rule = func(a *Assignment, by Actor, now time.Time) (id.Grant, error) {
		g, err := a.Bind(by, now)
		switch {
		case err != nil || why.Duty == 0:
		case l.ID == 0:
			err = fault.BadField("dutyId", "这一项今天不在职责清单里，请重新选。")
		case a.Duty != 0 && a.Duty != l.ID:
			err = fault.BadField("dutyId", "这一单已经按清单上的另一项派出。")
		case !ends.lists(l, a):
			err = l.notNamed(ends.name(a.To))
		default:
			a.Duty, a.Clause = l.ID, l.clause()
		}
		return g.ID, err
	}
	if why.Duty != 0 {
		do.hold = func(ctx context.Context, tx *mysql.Tx, a Assignment) error {
			var listed bool
			l, ends = line{}, found{}
			return tx.Read(ctx, mysql.Maybe(&l, &listed, "assignment.line", mysql.Args{"duty": why.Duty, "at": s.db.Now()}),
				mysql.Many(&ends.bodies, "assignment.bodies", mysql.Args{"nodes": []id.Node{a.From, a.To}}))
		}
	}
	return s.change(ctx, actor, assignment, onCommit, do)
}

// lists tells whether the line names the receiver for what it is asked.
func (f *found) lists(l line, a *Assignment) bool {
	r := Receiver{Node: a.To, Kind: a.Kind}
	return l.covers(Sending{From: a.From, To: []Receiver{r}}, f.body(a.From), f.body(a.To), r)
}
