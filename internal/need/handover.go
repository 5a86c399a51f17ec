package need

import (
	"context"
	"time"

	"xinyuan/internal/assignment"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// HandOver ends a need that is one person's wish and goes on as one. Errors: those of Actor.decides,
// fault.ReasonNeedState, fault.ReasonNeedOpenWork.
func (n *Need) HandOver(by Actor, live []assignment.Assignment, now time.Time) (grant.Grant, error) {
	g, err := by.decides(*n, 0, now)
	if err != nil {
		return g, err
	}
	if err := n.move(state.EventHandOver); err != nil {
		return g, err
	}
	switch {
	case n.AboutStaff:
		return g, fault.New(fault.ReasonNeedState).Saying("这件事说的是工作人员，不能转成心愿。")
	case by.Joined > 0:
		return g, fault.New(fault.ReasonNeedState).Saying("别人说的同一件事也并在这里办，不是一个人的心愿。")
	case len(live) > 0:
		return g, fault.New(fault.ReasonNeedOpenWork).Saying("派出去的单子还没有结果，先撤回再转成心愿。")
	}
	return g, nil
}

// HandOver ends a need in the transaction that makes a wish of it, and returns it with the grant by which. The reason
// says how the resident agreed. Errors: those of Need.HandOver.
func (s *Service) HandOver(ctx context.Context, tx *mysql.Tx, actor id.User, need id.Need, reason string) (
	n Need, g grant.Grant, err error) {
	w := &work{tx: tx, need: &n, by: Actor{ID: actor}}
	err = s.apply(ctx, w, need, func(w *work) (_ matter.Step, err error) {
		g, err = n.HandOver(w.by, w.live, tx.Now())
		return by(g, state.EventHandOver, reason), err
	})
	return n, g, err
}
