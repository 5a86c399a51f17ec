package seed

import (
	"context"
	"errors"
	"fmt"
	"time"

	"xinyuan/internal/assignment"
	"xinyuan/internal/contact"
	"xinyuan/internal/duty"
	"xinyuan/internal/handover"
	"xinyuan/internal/id"
	"xinyuan/internal/need"
	"xinyuan/internal/term"
)

// A needStep is what happens to a need, one a day.
type needStep string

const (
	needLeads     needStep = "lead"
	needRejects   needStep = "reject"
	needWhistles  needStep = "whistle"
	needAccepts   needStep = "accept"
	needRefuses   needStep = "refuse"
	needReports   needStep = "report"
	needVerifies  needStep = "verify"
	needAnswers   needStep = "answer"
	needConfirms  needStep = "confirm"
	needReturns   needStep = "return"
	needRaises    needStep = "answer above" // by the street, after the second return
	needSuspends  needStep = "suspend"
	needConcedes  needStep = "concede"
	needWithdraws needStep = "withdraw"
	needMerges    needStep = "merge" // into the need before it
	needReopens   needStep = "reopen"
	needWishes    needStep = "hand over" // as a wish
	needPasses    needStep = ""          // a day goes by
)

// saying is a need of the home community, how long ago it was said, and what came of it.
type saying struct {
	author   string
	category need.Category
	place    string
	text     string
	days     int
	steps    []needStep
}

// sayings are needs in every state: one whose whistle is overdue, and one that came back twice.
var sayings = []saying{
	{"resident", need.CategoryRoads, "3 号楼下", "井盖松了，骑车的人差点摔倒。", 26,
		[]needStep{needLeads, needWhistles, needAccepts, needReports, needVerifies, needAnswers, needConfirms}},
	{"resident-2", need.CategoryUtilities, "2 单元楼道", "楼道的灯不亮，晚上老人不敢下楼。", 24,
		[]needStep{needLeads, needAnswers, needConfirms}},
	{"member-7", need.CategoryParking, "小区东门", "消防通道总停着车，夜里进不来消防车。", 22,
		[]needStep{needLeads, needWhistles, needRefuses, needWhistles, needAccepts, needReports, needVerifies, needAnswers,
			needConfirms}},
	{"grid", need.CategoryCare, "5 号楼 301", "老人一个人住，想请人每周来看一看。", 20, []needStep{needLeads, needAnswers}},
	{"resident", need.CategoryHousing, "7 号楼顶层", "屋顶漏水，一下雨屋里就滴。", 19,
		[]needStep{needLeads, needAnswers, needReturns, needAnswers, needReturns, needRaises}},
	{"resident-2", need.CategoryNeighbours, "广场", "晚上跳舞的音响太大，孩子没法写作业。", 17,
		[]needStep{needLeads, needAnswers, needConfirms, needReopens}},
	{"member-9", need.CategoryRoads, "滨河路口", "路面塌了一块，下雨积水。", 16, []needStep{needLeads, needWhistles, needAccepts}},
	{"resident", need.CategoryUtilities, "1 号楼", "地下水管冻裂了，要挖开才能换。", 14, []needStep{needLeads, needSuspends}},
	{"resident-2", need.CategoryBusiness, "临街商铺", "门口的招牌歪了，怕掉下来砸人。", 13, []needStep{needLeads, needAnswers, needConcedes}},
	{"member-11", need.CategoryProcedures, "社区大厅", "老年证要跑几趟，能不能一次办好？", 12, []needStep{needRejects}},
	{"resident", need.CategoryParking, "2 号楼前", "电动车没有地方充电，都从楼上拉线。", 11,
		[]needStep{needLeads, needWhistles, needAccepts, needReports}},
	{"resident-2", need.CategoryRoads, "小花园", "小花园的石凳断了。", 9, []needStep{needLeads, needPasses, needWithdraws}},
	{"resident", need.CategoryHousing, "4 号楼", "单元门关不上，谁都能进。", 8, []needStep{needLeads}},
	{"resident-2", need.CategoryHousing, "4 号楼", "单元门坏了，夜里不放心。", 8, []needStep{needPasses, needMerges}},
	{"member-13", need.CategoryUtilities, "6 号楼", "暖气不热，屋里只有十五度。", 3, []needStep{needLeads, needWhistles}},
	{"grid", need.CategoryCare, "2 号楼 102", "老人要去医院复查，没有人陪。", 3, []needStep{needLeads, needWishes}},
	{"resident-2", need.CategoryNeighbours, "8 号楼", "楼上半夜搬东西，说了几次不听。", 1, nil},
	{"resident", need.CategoryProcedures, "社区大厅", "想问问困难补助要带什么材料。", 0, nil},
}

// planNeeds writes what the home community's people need to be solved, with what time alone causes.
func (w *world) planNeeds() {
	before := new(id.Need)
	for i, p := range sayings {
		own := new(id.Need)
		w.at(w.morning(p.days, i), func(ctx context.Context) error {
			said, err := w.sayNeed(ctx, p)
			*own = said.ID
			return err
		})
		into, sent := before, new(id.Assignment)
		for k, s := range p.steps {
			w.at(w.morning(p.days, i).Add(time.Duration(k+1)*20*time.Hour), func(ctx context.Context) error {
				if err := w.stepNeed(ctx, s, turn{p, *own, *into, sent}); err != nil {
					return fmt.Errorf("seed: %s: %s: %w", p.text, s, err)
				}
				return nil
			})
		}
		before = own
	}
	for days := range sayings[0].days {
		w.at(w.morning(days, 30), func(ctx context.Context) error {
			return errors.Join(w.needs.Sweep(ctx), w.sent.Sweep(ctx), w.duties.Sweep(ctx))
		})
	}
}

func (w *world) sayNeed(ctx context.Context, p saying) (need.Need, error) {
	d := need.Draft{NodeID: w.nodes[homeCode], Category: p.category, Place: p.place, Text: p.text}
	if p.author == "grid" {
		d.Contact = &contact.Contact{Name: "刘奶奶", Phone: "13900001102", Address: p.place}
		d.OnBehalf = &need.Behalf{Consent: need.ConsentOral, Note: "上门时老人自己说的"}
	}
	return w.needs.Submit(ctx, w.people[p.author], d, nil)
}

// turn is a need as a step finds it: itself, the one before it, and its last assignment.
type turn struct {
	saying
	own, into id.Need
	sent      *id.Assignment
}

func (w *world) stepNeed(ctx context.Context, s needStep, t turn) error {
	var err error
	own := t.own
	secretary, street, author := w.staff[w.nodes[homeCode]], w.people["street"], w.people[t.author]
	later := w.clock.Now().Add(day(60))
	switch s {
	case needLeads:
		_, err = w.needs.Review(ctx, secretary, own, need.Review{Accept: true}, nil)
	case needRejects:
		_, err = w.needs.Review(ctx, secretary, own, need.Review{
			Rejection: need.RejectNotOurs, Reason: "老年证由县政务大厅三号窗口办，带身份证就行。",
		}, nil)
	case needAnswers:
		_, err = w.needs.Answer(ctx, secretary, own, need.Reply{
			Result: need.ResultSolved, Text: "看过了，已经办好，有不合适的请再说一声。",
		}, nil)
	case needRaises:
		_, err = w.needs.Answer(ctx, street, own, need.Reply{
			Result: need.ResultSolved, Text: "街道请来专业队伍，重新做了防水。",
		}, nil)
	case needConfirms:
		_, err = w.needs.Confirm(ctx, author, own, need.Word{Solved: need.SolvedYes}, nil)
	case needReturns:
		_, err = w.needs.Confirm(ctx, author, own, need.Word{Solved: need.SolvedNo, Again: true, Comment: "下了一场雨，还是漏。"}, nil)
	case needSuspends:
		_, err = w.needs.Suspend(ctx, street, own, need.Later{At: later, Reason: "要等开春化冻才能挖开。"}, nil)
	case needConcedes:
		_, err = w.needs.Concede(ctx, street, own, need.Later{At: later, Reason: "房屋权属还在打官司，定了才能动。"}, nil)
	case needWithdraws:
		_, err = w.needs.Withdraw(ctx, author, own, nil)
	case needMerges:
		_, err = w.needs.Merge(ctx, secretary, own, t.into, nil)
	case needReopens:
		_, err = w.needs.Reopen(ctx, author, own, "这两天又开大了。", nil)
	case needWishes:
		_, err = w.handovers.CreateWish(ctx, secretary, own, handover.ToWish{
			Category: "errand", Title: "想有人陪着去医院复查", Description: t.text, Agreed: "上门问过老人，同意请党员陪。",
		}, nil)
	case needWhistles, needAccepts, needRefuses, needReports, needVerifies:
		return w.stepAssignment(ctx, s, t)
	case needPasses:
	}
	return err
}

func (w *world) stepAssignment(ctx context.Context, s needStep, t turn) error {
	var err error
	secretary, responder := w.staff[w.nodes[homeCode]], w.people["responder"]
	// The others are those of stepNeed.
	//exhaustive:ignore
	switch s {
	case needWhistles:
		d := assignment.Sending{
			To: []assignment.Receiver{{Node: w.works(), Kind: assignment.KindLead}}, What: t.place + "：" + t.text,
			Term: term.CodeOrdinary,
		}
		listed, problem := w.duties.List(ctx, duty.Filter{Words: t.text, Limit: 1})
		if problem != nil {
			return problem
		}
		if d.Clause = "要几家一起办"; len(listed) > 0 {
			d.Duty, d.Clause = listed[0].ID, ""
		}
		if t.category == need.CategoryUtilities { // heat does not wait, and this one is late
			d.Term = term.CodeUtility
		}
		var all []assignment.Assignment
		if all, err = w.needs.Dispatch(ctx, secretary, t.own, d, nil); err == nil {
			*t.sent = all[0].ID
		}
	case needAccepts:
		_, err = w.sent.Accept(ctx, responder, *t.sent, nil)
	case needRefuses:
		_, err = w.sent.Refuse(ctx, responder, *t.sent, assignment.Refusal{
			Clause: "职责清单第 12 项", Instead: "消防救援大队",
		}, nil)
	case needReports:
		_, err = w.sent.Report(ctx, responder, *t.sent, "去过现场，已经修好。", nil)
	case needVerifies:
		_, err = w.sent.Verify(ctx, w.people["grid"], *t.sent, nil)
	}
	return err
}
