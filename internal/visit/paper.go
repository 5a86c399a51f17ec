package visit

import (
	"context"
	"fmt"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/need"
	"xinyuan/internal/paper"
	"xinyuan/internal/state"
	"xinyuan/internal/words"
)

// OpenPaper draws what was heard at a visit (夜访民情记录): the problems and the promises, and nobody's name but the
// leader's. Errors: fault.ReasonNotFound, fault.ReasonForbidden for who only reads of the visit, fault.ReasonVisitState
// for one that has not taken place.
func (s *Service) OpenPaper(ctx context.Context, actor id.User, visit id.Visit) ([]byte, error) {
	v, err := s.Get(ctx, actor, visit)
	switch {
	case err != nil:
		return nil, err
	case !v.Insider:
		return nil, fault.New(fault.ReasonForbidden).Saying("民情记录只给来的领导、请领导的人和这里的工作人员。")
	case !v.IsPrintable():
		return nil, fault.New(fault.ReasonVisitState).Saying("还没有去过，没有可印的记录。")
	}
	return v.form(s.db.Now()).PDF()
}

// IsPrintable tells whether there is a record that its reader may print.
func (v View) IsPrintable() bool {
	return v.Insider && (v.Status == state.VisitHeld || v.Status == state.VisitClosed)
}

func (v View) form(now time.Time) paper.Form {
	f := paper.Form{
		Info:  paper.Info{Title: "夜访民情记录 " + v.NodeName, Author: v.NodeName, At: now},
		Title: "夜访民情记录", About: v.NodeName, Number: paper.Day(now) + "打印",
		Notes: []string{"只记问题和答应的事。不记去了几次、来了多少人，不附照片。"},
	}
	when := ""
	if v.StartsAt != nil && v.EndsAt != nil {
		when = words.Span(v.StartsAt.In(clock.Shanghai), v.EndsAt.In(clock.Shanghai))
	}
	f.Rows = append(f.Rows, paper.Row("时间", when, "地点", v.Place), paper.Row("谁来听", v.Leader, "和谁说的", v.WithWhom))
	if v.Subject != "" {
		f.Rows = append(f.Rows, paper.Row("说什么", v.Subject))
	}
	if len(v.Brought) == 0 {
		f.Rows = append(f.Rows, paper.Row("听到的", "这一晚没有人提要办的事。"))
	}
	for i, b := range v.Brought {
		promise := b.Promise
		if promise == "" {
			promise = "没有当场答应"
		}
		f.Rows = append(f.Rows, paper.FormRow{Head: fmt.Sprintf("第 %d 件　%s", i+1, b.Number())},
			paper.Row("问题", b.Place+"。"+b.Text), paper.Row("答应的事", promise),
			paper.Row("最晚", b.Term.Until(b.DueAt), "现在", need.StatusName(b.Status, b.Solved)))
	}
	return f
}
