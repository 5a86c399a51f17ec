package assignment

import (
	"context"
	"fmt"
	"strings"
	"time"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/paper"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// kindNames are what people call the kinds.
var kindNames = map[Kind]string{KindLead: "牵头", KindHelp: "配合"}

// Name is what people call the kind.
func (k Kind) Name() string { return kindNames[k] }

var statusNames = map[state.AssignmentStatus]string{
	state.AssignmentSent: "等对方接", state.AssignmentWorking: "在办", state.AssignmentReported: "说办完了，等核",
	state.AssignmentVerified: "核过了", state.AssignmentRefused: "退回来了", state.AssignmentCancelled: "已撤回",
}

// StatusName is where an assignment stands as people say it.
func StatusName(s state.AssignmentStatus) string { return statusNames[s] }

// Matter is what an assignment is for, as its paper says it: never whose it is.
type Matter struct{ Place, Text string }

// Paper draws the whistle with the report-in below it (吹哨单、报到单), on one sheet with room for both seals.
func (v View) Paper(of Matter, now time.Time) ([]byte, error) {
	a := v.Assignment
	title := "吹哨单"
	if a.IsAsked() {
		title = "协助单"
	}
	number := a.originName()
	f := paper.Form{
		Info:  paper.Info{Title: strings.TrimSpace(title + " " + number), Author: a.FromName, At: now},
		Title: title, Number: number, About: a.FromName + "　" + paper.Day(now) + "打印",
		Notes: []string{"时间从派出算起。不归您办的，请在接单期限以前写明依据和该由谁办，退给派出的地方，不要让居民再找别人。"},
	}
	f.Rows = append(f.Rows, paper.Row("派出", a.FromName, "请谁办", a.ToName+"（"+a.Kind.Name()+"）"),
		paper.Row("派出时间", paper.Moment(a.SentAt), "最晚接单", paper.Moment(a.AcceptBy)),
		paper.Row("最晚办完", a.Term.Until(a.DueAt), "现在", a.standing(now)), paper.Row("请办的事", a.What))
	if of.Place != "" {
		f.Rows = append(f.Rows, paper.Row("在哪里", of.Place))
	}
	if of.Text != "" {
		f.Rows = append(f.Rows, paper.Row("居民怎么说", of.Text))
	}
	f.Rows = append(f.Rows, paper.Row("依据", a.basis()), paper.FormRow{
		Cells: []paper.FormCell{{Label: "派出的人"}, {Label: "盖章"}}, High: 66,
	}, paper.FormRow{Head: "报到单"}, paper.Row("谁来办", dash(seal.MaskName(a.WorkerName)), "接单时间", momentOf(a.AcceptedAt)),
		paper.FormRow{Cells: []paper.FormCell{{Label: "办理情况", Text: a.Answer}}, High: 84},
		paper.Row("说办完", momentOf(a.ReportedAt), "核过", momentOf(a.VerifiedAt)),
		paper.FormRow{Cells: []paper.FormCell{{Label: "去看的人"}, {Label: "盖章"}}, High: 66})
	return f.PDF()
}

// originName is the number of what it is for, as people write it; empty: it has none.
func (a *Assignment) originName() string {
	if a.OriginNumber != "" && a.OriginNoun == state.Need.Noun {
		return "诉-" + a.OriginNumber
	}
	return a.OriginNumber
}

// basis is what it stands on.
func (a *Assignment) basis() string {
	var on []string
	if listed := (line{Number: a.DutyNumber}).clause(); a.DutyNumber != 0 && listed != a.Clause {
		on = append(on, listed)
	}
	if a.Admission != 0 {
		on = append(on, "县里批准的准入")
	}
	if a.Clause != "" {
		on = append(on, a.Clause)
	}
	if a.Bound {
		on = append(on, "已经定责，不能再退")
	}
	return dash(strings.Join(on, "；"))
}

// standing is where it stands, and by how much it is late.
func (a *Assignment) standing(now time.Time) string {
	name := StatusName(a.Status)
	if a.IsLate(now) {
		name += fmt.Sprintf("，超期 %d 天", a.lateDays(now))
	}
	return name
}

// lateDays is how many days it is late; a day that has begun counts.
func (a *Assignment) lateDays(now time.Time) int { return int((now.Sub(a.DueAt)-1)/(24*time.Hour)) + 1 }

func momentOf(t *time.Time) string {
	if t == nil {
		return ""
	}
	return paper.Moment(*t)
}

// dash stands where nothing is known.
func dash(text string) string {
	if text == "" {
		return "—"
	}
	return text
}

// MaxOverdue is how many lines the list of what is overdue has at most.
const MaxOverdue = 10000

// ListOverdue lists what was sent from the node or below it and is overdue, the longest overdue first. The caller has
// checked that the reader sees all of the node.
func (s *Service) ListOverdue(ctx context.Context, node id.Node) ([]Assignment, error) {
	var all []Assignment
	err := s.db.Select(ctx, &all, "assignment.overdue", mysql.Args{"node": node, "at": s.db.Now(), "limit": MaxOverdue})
	return all, err
}

// OverdueSheet is the list of what is overdue (超期清单) as a spreadsheet.
func OverdueSheet(place string, all []Assignment, now time.Time) ([]byte, error) {
	t := paper.Table{
		Name: "超期清单", Above: []string{
			place + "　超期清单", fmt.Sprintf("%s制表，共 %d 单。时间从派出算起，只算还没有说办完的。",
				paper.Day(now), len(all)),
		},
		Head: []any{"编号", "请办的事", "派出", "谁办", "牵头或配合", "派出时间", "最晚办完", "超期（天）", "现在", "退过几次", "定责"},
	}
	for _, a := range all {
		bound := ""
		if a.Bound {
			bound = "是"
		}
		t.Rows = append(t.Rows, []any{
			a.originName(), a.What, a.FromName, a.ToName, a.Kind.Name(), paper.Moment(a.SentAt), a.Term.Until(a.DueAt),
			a.lateDays(now), StatusName(a.Status), a.Refusals, bound,
		})
	}
	return paper.Sheet(t)
}
