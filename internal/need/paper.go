package need

import (
	"context"
	"fmt"
	"strings"
	"time"

	"xinyuan/internal/assignment"
	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/paper"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
	"xinyuan/internal/words"
)

// OpenPaper draws the need's form (诉求登记表): for whom it concerns and for staff, without the contact. Errors:
// fault.ReasonNotFound, fault.ReasonForbidden for who only reads it among others' needs.
func (s *Service) OpenPaper(ctx context.Context, actor id.User, need id.Need) ([]byte, error) {
	v, err := s.Get(ctx, actor, need)
	switch {
	case err != nil:
		return nil, err
	case !v.Insider:
		return nil, fault.New(fault.ReasonForbidden).Saying("登记表只给说这件事的人和办事的工作人员。")
	}
	return v.form(s.db.Now()).PDF()
}

// categoryNames are what people call the categories.
var categoryNames = map[Category]string{
	CategoryHousing: "房屋物业", CategoryUtilities: "水电气暖", CategoryRoads: "道路环境", CategoryNeighbours: "噪声邻里",
	CategoryParking: "停车消防", CategoryProcedures: "办事政策", CategoryCare: "老幼照护", CategoryBusiness: "商圈企业",
}

// Name is what people call the category.
func (c Category) Name() string { return categoryNames[c] }

var originNames = map[Origin]string{
	OriginResident: "居民自己说的", OriginBehalf: "替居民说的", OriginVisit: "夜访听到的", OriginMeeting: "会上提的",
	OriginHotline: "热线转来的", OriginCouncil: "议事提的",
}

var resultNames = map[Result]string{
	ResultSolved: "解决了", ResultPartly: "解决了一部分", ResultExplained: "说明了情况",
}

var rejectionNames = map[Rejection]string{
	RejectNotOurs: "不归政府和社区管", RejectLegal: "要走法律途径", RejectPending: "正在信访或诉讼", RejectDuplicate: "重复了",
	RejectUnclear: "没说清，又联系不上", RejectUnlawful: "要求违法",
}

var statusNames = map[state.NeedStatus]string{
	state.NeedSubmitted: "等社区看", state.NeedHandling: "在办", state.NeedWaiting: "要等一等",
	state.NeedAnswered: "等居民说一声", state.NeedClosed: "办好了", state.NeedUnsolved: "暂时办不了",
	state.NeedRejected: "不在这里办", state.NeedMerged: "并到同一件", state.NeedWithdrawn: "已撤回",
	state.NeedHanded: "转成微心愿了",
}

var solvedNames = map[Solved]string{
	SolvedYes: "办好了", SolvedPartly: "办好一部分", SolvedNo: "没有解决", SolvedUnknown: "没联系上",
}

// StatusName is where a need stands as people say it: one that is closed, by the resident's word.
func StatusName(status state.NeedStatus, solved *Solved) string {
	if status == state.NeedClosed && solved != nil {
		return solvedNames[*solved]
	}
	return statusNames[status]
}

// form is the need with what was done for it and what the resident says.
func (v View) form(now time.Time) paper.Form {
	n := v.Need
	f := paper.Form{
		Info: paper.Info{Title: "诉求登记表 " + n.Number(), Author: n.DeskName, At: now}, Title: "诉求登记表",
		Number: n.Number(), About: n.DeskName + "　" + paper.Day(now) + "打印",
		Notes: []string{"联系方式不印在纸上。办得怎么样，以居民自己的话为准。"},
	}
	origin := originNames[n.Origin]
	if n.Hotline != "" {
		origin += "，编号 " + n.Hotline
	}
	who := n.OwnerLabel
	if who == "" {
		who = "没有留名"
	}
	f.Rows = append(f.Rows, paper.Row("社区", n.NodeName, "说的时间", paper.Moment(n.CreatedAt)),
		paper.Row("谁说的", who, "怎么来的", origin), paper.Row("类别", n.Category.Name(), "在哪里", n.Place),
		paper.Row("要办的事", n.Text), paper.Row("期限", v.TermWords, "现在", n.standing()),
		paper.Row("牵头的人", n.leader(), "最晚", n.Term.Until(n.DueAt)))
	for _, a := range v.Assignments {
		f.Rows = append(f.Rows, paper.Row("请来一起办", assigned(a)))
	}
	if n.Rejected != nil {
		f.Rows = append(f.Rows, paper.Row("为什么不办", rejectionNames[*n.Rejected]))
	}
	if n.Answer != "" {
		text := n.Answer
		if n.Result != nil {
			text = resultNames[*n.Result] + "。" + text
		}
		f.Rows = append(f.Rows, paper.Row("答复", text))
	}
	f.Rows = append(f.Rows, paper.Row("居民的话", n.word()), paper.FormRow{Head: "经过"})
	for _, e := range v.History {
		step := words.Step{Noun: e.Noun, Event: e.Name, Role: e.Role, Delegated: e.Delegated}
		text := step.Sentence()
		if e.Reason != "" && e.Reason != n.Answer {
			text += "：" + e.Reason
		}
		f.Rows = append(f.Rows, paper.Row(brief(e.At), text))
	}
	f.Rows = append(f.Rows, paper.FormRow{
		Cells: []paper.FormCell{{Label: "经办人"}, {Label: "盖章"}}, High: 78,
	})
	return f
}

func (n Need) leader() string {
	if n.Handler == "" {
		return "还没有人收下"
	}
	return seal.MaskName(n.Handler)
}

// standing is where the need stands, with the day on which it is looked at again.
func (n Need) standing() string {
	name := StatusName(n.Status, n.Solved)
	if n.ReviewAt != nil && (n.Status == state.NeedWaiting || n.Status == state.NeedUnsolved) {
		name += "，" + paper.Day(*n.ReviewAt) + "再看"
	}
	return name
}

// word is what the resident says of the end, and who asked.
func (n Need) word() string {
	switch {
	case n.Solved == nil:
		return "还没有说"
	case *n.Solved == SolvedUnknown:
		return "打了三天电话没有联系上，不算解决"
	case n.AskerID != 0:
		return solvedNames[*n.Solved] + "（工作人员问的）"
	}
	return solvedNames[*n.Solved] + "（自己说的）"
}

// assigned is what a body owes for the need, and how far it is.
func assigned(a assignment.Assignment) string {
	lines := []string{
		fmt.Sprintf("%s（%s）：%s", a.ToName, a.Kind.Name(), a.What),
		fmt.Sprintf("%s派出，%s前，%s", paper.Moment(a.SentAt), a.Term.Until(a.DueAt), assignment.StatusName(a.Status)),
	}
	if a.Answer != "" {
		lines = append(lines, a.Answer)
	}
	return strings.Join(lines, "\n")
}

// brief is a time of the last months: 03-12 09:00.
func brief(t time.Time) string { return t.In(clock.Shanghai).Format("01-02 15:04") }
