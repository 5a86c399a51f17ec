package seed

import (
	"context"
	"time"

	"xinyuan/internal/assignment"
	"xinyuan/internal/clock"
	"xinyuan/internal/duty"
	"xinyuan/internal/id"
	"xinyuan/internal/term"
)

// asking is what the works department asks the county for, how long ago, and what the county says.
type asking struct {
	what, reason   string
	helpers, money int
	days           int // ago
	says           duty.Decision
	silent         bool // the county says nothing
	uses           []use
}

// use is what the department asks of the home community by an admission, and whether the community says that nothing
// admits it.
type use struct {
	what     string
	days     int // ago
	declined bool
}

// askings are admissions in every state: one in force and used, one refused, one that silence refused, one that waits.
var askings = []asking{
	{"老旧小区改造期间帮着通知住户、收意见表", "施工队进楼前要一户一户说到", 2, 3000, 60, duty.Decision{Admit: true}, false, []use{
		{"通知 3 号楼 12 户明天停水半天", 8, false}, {"量一量每户的窗户，报上来", 5, true}, {"收 5 号楼的意见表", 1, false},
	}},
	{"每周去工地拍一次照片", "上级要看进度", 0, 0, 40, duty.Decision{Reason: "照片由施工方和部门自己拍，不用社区。"}, false, nil},
	{"入户登记空调外机的位置", "做外立面要用", 1, 0, 32, duty.Decision{}, true, nil},
	{"冬季供热前帮着摸一遍空置房", "供热公司要按户算", 2, 2000, 2, duty.Decision{}, true, nil},
}

// planAdmissions writes what the works department asks for, and what comes of it.
func (w *world) planAdmissions() {
	for i, p := range askings {
		own := new(id.Admission)
		w.at(w.morning(p.days, 31+i), func(ctx context.Context) error {
			var book term.Book
			if err := w.db.Read(ctx, book.Wants()...); err != nil {
				return err
			}
			from := clock.NextDay(book.Workdays(clock.Day(w.clock.Now()), duty.DaysAhead)).In(clock.Shanghai)
			a, err := w.duties.Submit(ctx, w.people["responder"], duty.Draft{
				UnitID: w.works(), NodeID: w.nodes[homeCode], What: p.what, Reason: p.reason, Helpers: p.helpers, Money: p.money,
				From: from, Until: from.AddDate(0, 5, 0),
			}, nil)
			*own = a.ID
			return err
		})
		if !p.silent {
			w.at(w.morning(p.days-3, 31+i), func(ctx context.Context) error {
				_, err := w.duties.Decide(ctx, w.people["county"], *own, p.says, nil)
				return err
			})
		}
		for k, u := range p.uses {
			w.planUse(own, u, 36+k)
		}
	}
}

func (w *world) planUse(admission *id.Admission, u use, turn int) {
	one := new(id.Assignment)
	w.at(w.morning(u.days, turn), func(ctx context.Context) error {
		all, err := w.sent.CreateAsked(ctx, w.people["responder"], assignment.Sending{
			From: w.works(), Admission: *admission, What: u.what, Term: term.CodeOrdinary,
			To: []assignment.Receiver{{Node: w.nodes[homeCode], Kind: assignment.KindHelp}},
		}, nil)
		if err == nil {
			*one = all[0].ID
		}
		return err
	})
	secretary := w.staff[w.nodes[homeCode]]
	if u.declined {
		w.at(w.morning(u.days, turn).Add(time.Hour), func(ctx context.Context) error {
			_, err := w.sent.Refuse(ctx, secretary, *one, assignment.Refusal{Unadmitted: true}, nil)
			return err
		})
	} else if u.days > 3 {
		w.at(w.morning(u.days-1, turn), func(ctx context.Context) error {
			if _, err := w.sent.Accept(ctx, secretary, *one, nil); err != nil {
				return err
			}
			_, err := w.sent.Report(ctx, secretary, *one, "挨家挨户都说到了，有两户没人，贴了条。", nil)
			return err
		})
		w.at(w.morning(u.days-2, turn), func(ctx context.Context) error {
			_, err := w.sent.Verify(ctx, w.people["responder"], *one, nil)
			return err
		})
	}
}
