package seed

import (
	"context"
	"time"

	"xinyuan/internal/ballot"
	"xinyuan/internal/id"
	"xinyuan/internal/project"
	"xinyuan/internal/state"
)

// venture is a project that goes as far as its stage.
type venture struct {
	days      int // ago, when it is proposed
	turn      int
	node      id.Node
	title     string
	text      string
	sender    func() id.User // nil: the secretary
	unit      id.Node        // for which it is proposed; 0: for the community
	publisher func() id.User
	secretary func() id.User
	lead      id.Node
	liaison   func() id.User
	steps     []string
	done      int // of the steps
	stage     state.ProjectStatus
	yes, no   int  // voices
	voting    bool // the vote goes on
	reason    string
	brand     *tradition // to which it belongs; nil: none
	one       id.Project
}

// reaches tells whether it comes to that stage, or through it.
func (v *venture) reaches(s state.ProjectStatus) bool {
	way := []state.ProjectStatus{
		state.ProjectProposed, state.ProjectOpen, state.ProjectMatched, state.ProjectRunning, state.ProjectDelivered,
		state.ProjectAccepted,
	}
	at := func(s state.ProjectStatus) int {
		if s == state.ProjectStopped {
			s = state.ProjectRunning
		}
		for i, one := range way {
			if one == s {
				return i
			}
		}
		return len(way)
	}
	return at(v.stage) >= at(s)
}

// planVenture plans a project, a step after the other.
func (w *world) planVenture(v venture) {
	on := func(after int, do func(ctx context.Context) error) { w.at(w.morning(v.days-after, v.turn), do) }
	sender := v.sender
	if sender == nil {
		sender = v.secretary
	}
	on(0, func(ctx context.Context) error {
		d := project.Draft{NodeID: v.node, UnitID: v.unit, Title: v.title, Text: v.text, ForAll: true}
		if v.brand != nil {
			d.BrandID = v.brand.one
		}
		p, err := w.projects.Create(ctx, sender(), d, nil)
		v.one = p.ID
		return err
	})
	if v.reaches(state.ProjectOpen) {
		on(1, func(ctx context.Context) error {
			_, err := w.projects.Review(ctx, v.publisher(), v.one, project.Decision{Publish: true}, nil)
			return err
		})
	}
	if v.reaches(state.ProjectMatched) {
		on(2, func(ctx context.Context) error {
			_, err := w.projects.Claim(ctx, v.liaison(), v.one, v.lead, nil)
			return err
		})
	}
	if !v.reaches(state.ProjectRunning) {
		return
	}
	on(3, func(ctx context.Context) error { return w.beginVenture(ctx, &v) })
	for i := range v.done {
		on(10+7*i, func(ctx context.Context) error {
			_, err := w.projects.Report(ctx, v.liaison(), v.one, i, nil)
			return err
		})
	}
	if v.stage == state.ProjectStopped {
		on(12, func(ctx context.Context) error {
			_, err := w.projects.Stop(ctx, v.secretary(), v.one, v.reason, nil)
			return err
		})
	}
	if v.reaches(state.ProjectDelivered) {
		w.planVote(&v, 4+7*len(v.steps))
	}
}

func (w *world) beginVenture(ctx context.Context, v *venture) error {
	all := make([]project.Milestone, len(v.steps))
	for i, text := range v.steps {
		all[i] = project.Milestone{Text: text, UnitID: v.lead, DueAt: w.db.Now().AddDate(0, 0, 14+21*i)}
	}
	_, err := w.projects.Start(ctx, v.secretary(), v.one, all, nil)
	return err
}

// planVote has a project delivered so many days after it was proposed, and voted about.
func (w *world) planVote(v *venture, after int) {
	w.at(w.morning(v.days-after, v.turn), func(ctx context.Context) error {
		_, err := w.projects.Deliver(ctx, v.liaison(), v.one, nil)
		return err
	})
	if v.yes+v.no == 0 {
		return
	}
	opened := w.morning(v.days-after-1, v.turn)
	w.at(opened, func(ctx context.Context) error {
		_, err := w.projects.Open(ctx, v.secretary(), v.one, nil)
		return err
	})
	w.at(opened.Add(3*time.Hour), func(ctx context.Context) error {
		view, err := w.projects.Get(ctx, v.secretary(), v.one)
		if err != nil {
			return err
		}
		people := w.owners[v.node]
		for i := range v.yes + v.no {
			choice := ballot.ChoiceYes
			if i >= v.yes {
				choice = ballot.ChoiceNo
			}
			// The last ones first: the first are personas, who find a vote of their own to give.
			if _, err := w.ballots.Cast(ctx, people[len(people)-1-i].id, view.BallotID, choice); err != nil {
				return err
			}
		}
		return nil
	})
	if v.voting {
		return
	}
	w.at(opened.Add(ballot.Span), w.projects.Sweep)
	if v.stage == state.ProjectAccepted {
		w.at(opened.Add(ballot.Span+24*time.Hour), func(ctx context.Context) error {
			_, err := w.projects.Accept(ctx, v.secretary(), v.one, nil)
			return err
		})
	}
}

// planProjects has the demo's home propose projects, which its units lead.
func (w *world) planProjects() {
	unit, responder := func() id.User { return w.people["unit"] }, func() id.User { return w.people["responder"] }
	secretary, street := func() id.User { return w.people["secretary"] }, func() id.User { return w.people["street"] }
	school, works := w.units[0], w.works()
	neighbours, five := w.planBrands()
	for i, v := range []venture{
		{
			days: 62, title: "给楼道装声控灯", text: "三个单元的楼道晚上看不见，老人下楼容易摔。", lead: works, liaison: responder,
			steps: []string{"看好装在哪里", "三个单元都装好"}, done: 2, stage: state.ProjectAccepted, yes: 8, no: 1,
			brand: five,
		}, {
			days: 28, title: "放学后的画画课", text: "放学到下班这段时间，孩子没有地方去。", lead: school, liaison: unit,
			steps: []string{"腾出一间教室", "每周二、周四开课", "期末办一次画展"}, done: 1, stage: state.ProjectRunning,
			brand: neighbours,
		}, {
			days: 14, title: "给单元门口装扶手", text: "五号楼的台阶陡，冬天结冰，扶着走才稳。", lead: works, liaison: responder,
			steps: []string{"装好扶手"}, done: 1, stage: state.ProjectDelivered, yes: 3, no: 1, voting: true,
		}, {
			days: 9, title: "清理楼道里的旧家具", text: "堆着的旧家具挡路，也怕着火。", lead: works, liaison: responder,
			stage: state.ProjectMatched,
		},
		{days: 8, title: "教老人用手机挂号", text: "去医院要先在手机上挂号，好多老人不会。", stage: state.ProjectOpen},
		{days: 5, title: "修一个晾晒的地方", text: "顶楼不让晒被子，楼下没有拉绳的地方。", stage: state.ProjectOpen},
		{
			days: 2, title: "校门口画等候线", text: "放学时接孩子的车堵路，画好线分开走。", sender: unit, unit: school,
			stage: state.ProjectProposed,
		}, {
			days: 40, title: "在广场装健身器材", text: "广场空着，想装几样健身器材。", lead: school, liaison: unit,
			steps: []string{"选好器材"}, stage: state.ProjectStopped, reason: "广场下个月要整体改造，先不装，改造以后再提。",
		},
	} {
		v.turn, v.node, v.publisher, v.secretary = i, w.nodes[homeCode], street, secretary
		w.planVenture(v)
	}
}

// projectsOf is how many projects a county has in each state.
type projectsOf struct{ accepted, delivered, running, matched, open, stopped int }

// ideas are what a county's communities propose.
var ideas = [][3]string{
	{"给楼道装声控灯", "楼道晚上看不见，老人下楼容易摔。", "装好灯"},
	{"给单元门口装扶手", "台阶陡，冬天结冰，扶着走才稳。", "装好扶手"},
	{"教老人用手机挂号", "看病要先在手机上挂号，好多老人不会。", "教会十位老人"},
	{"修一个晾晒的地方", "楼下没有拉绳的地方，被子没处晒。", "立好晾衣杆"},
	{"放学后的画画课", "放学到下班这段时间，孩子没有地方去。", "开够八次课"},
	{"清理楼道里的旧家具", "堆着的旧家具挡路，也怕着火。", "清理干净"},
	{"给电动车装充电棚", "电线从楼上拉下来，不安全。", "装好充电棚"},
	{"在路口装凸面镜", "转弯的地方看不见来车。", "装好镜子"},
	{"周末量血压", "卫生院远，老人想在楼下量血压。", "来够八个周末"},
	{"给花坛围栏刷漆", "围栏生锈，孩子爱在旁边玩。", "刷好漆"},
	{"办一个旧书角", "家里的旧书想换着看。", "书角开起来"},
}

// planCountyProjects has units of the county take what communities propose, in the figures of its programme.
func (w *world) planCountyProjects() {
	var nodes []id.Node
	for _, node := range w.sortedOwners() {
		if w.staff[node] != 0 {
			nodes = append(nodes, node)
		}
	}
	w.planCountyBrands(nodes)
	turn := 0
	many := func(count, earliest, latest int, v venture) {
		for i := range count {
			one, o, node := v, w.openers[turn%len(w.openers)], nodes[turn%len(nodes)]
			idea := ideas[turn%len(ideas)]
			one.days, one.turn, one.node = latest+(earliest-latest)*i/max(1, count-1), turn%20, node
			one.title, one.text, one.lead = idea[0], idea[1], o.node
			if b := w.brandAt[node]; b != nil && !b.against && turn%2 == 0 && one.days < b.days-1 {
				one.brand = b
			}
			if one.reaches(state.ProjectRunning) {
				one.steps = []string{idea[2]}
			}
			one.liaison = func() id.User { return o.person }
			one.publisher = func() id.User { return w.people["county"] }
			one.secretary = func() id.User { return w.staff[node] }
			w.planVenture(one)
			turn++
		}
	}
	n := years[w.Profile].projects
	many(n.accepted, 340, 30, venture{stage: state.ProjectAccepted, done: 1, yes: 5, no: 1})
	many(n.delivered, 16, 13, venture{stage: state.ProjectDelivered, done: 1})
	many(n.running, 60, 4, venture{stage: state.ProjectRunning})
	many(n.matched, 20, 3, venture{stage: state.ProjectMatched})
	many(n.open, 90, 2, venture{stage: state.ProjectOpen})
	many(n.stopped, 200, 20, venture{stage: state.ProjectStopped, reason: "小区要整体改造，先不办。"})
}
