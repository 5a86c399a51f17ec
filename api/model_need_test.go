package api_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"xinyuan/internal/clock"
	"xinyuan/internal/id"
)

// Random people say, lead, whistle, refuse, do, look, answer and send back, in and out of turn, while days pass and a
// leader comes in the evenings. A small model, written from the design, says what each is told, and where each need,
// assignment and visit stands in the end.
func TestNeedsAgainstTheModel(t *testing.T) {
	t.Parallel()
	fewer(t, "rapid.checks", parts("2", "6"))
	fewer(t, "rapid.steps", "100")
	w, other := needTown(t)
	w.EnrollAt("leader", w.Home, w.Unit)
	w.Grant("leader", id.RoleAreaLeader, w.Street)
	rapid.Check(t, func(r *rapid.T) {
		m := &needModel{model: model{w: w}, units: []id.Node{w.Unit, other}}
		r.Repeat(map[string]func(*rapid.T){
			"say": m.say, "review": m.review, "edit": m.edit, "withdraw": m.withdraw, "dispatch": m.dispatch, "receive": m.receive,
			"receive again": m.receive, "bind": m.bind, "look": m.look, "look again": m.look, "answer": m.answer, "answer more": m.answer,
			"confirm": m.confirm, "ask": m.ask, "lapse": m.lapse, "put off": m.putOff, "resume": m.resume, "reopen": m.reopen,
			"merge": m.merge, "hand over": m.handOver, "visit": m.visit, "days": m.days, "": m.compare,
		})
	})
	if n := rowCount(t, w, "SELECT COUNT(*) FROM points_transfers"); n != 0 {
		t.Errorf("%d transfers of points", n)
	}
	w.TakeOldData()
	w.Healthy()
}

// levels are who decides, by how far above the community.
var levels = map[string]int{"secretary": 0, "street": 1, "county": 2}

var (
	deciders   = []string{"secretary", "street", "county"}
	responders = []string{"responder", "responder-2"}
	anybody    = []string{"secretary", "street", "county", "grid", "responder", "responder-2", "resident", "resident-2", "leader"}
)

type needModel struct {
	model
	units  []id.Node
	needs  []*modelNeed
	visits []*modelVisit
}

type modelNeed struct {
	id, status, owner, recorder, handler, answerer string
	fromVisit                                      bool // said at one, where nobody left a number
	desk                                           int  // levels above the community
	returns, edits, reopens, calls, joined         int
	called                                         time.Time
	back                                           time.Time // when somebody said last that it is not done
	review, closed                                 time.Time
	orders                                         []*modelOrder
}

type modelOrder struct {
	id, status, worker, reporter string
	unit, from                   int
	refusals, returns            int
	bound, followed              bool
	acceptBy, verified           time.Time
}

type modelVisit struct {
	id, status string
	needs      []*modelNeed
}

func (o *modelOrder) live() bool {
	return slices.Contains([]string{"sent", "working", "reported"}, o.status)
}

func (n *modelNeed) live() bool { return slices.ContainsFunc(n.orders, (*modelOrder).live) }

// owns tells whether the persona speaks for the resident.
func (n *modelNeed) owns(who string) bool {
	return n.owner == who || n.owner == "" && n.recorder == who
}

// decides tells whether the persona decides about it, so many levels above its desk.
func (n *modelNeed) decides(who string, above int) bool {
	level, decides := levels[who]
	return decides && level >= n.desk+above
}

// asks tells whether the persona writes down the resident's word: of the community, or who decides at the desk or above,
// and neither led nor did the work.
func (n *modelNeed) asks(who string) bool {
	return (who == "grid" || who == "secretary" || n.decides(who, 0)) && who != n.recorder && who != n.handler
}

// toldOf is what somebody is told who has the right, or not, while the matter is where the step begins, or not.
func toldOf(right, fits bool) int {
	switch {
	case !right:
		return refusedSomehow
	case !fits:
		return 409
	}
	return 200
}

// pick is a need, mostly one in one of the statuses; nil where there is none at all.
func (m *needModel) pick(r *rapid.T, statuses ...string) *modelNeed {
	fitting := slices.DeleteFunc(slices.Clone(m.needs), func(n *modelNeed) bool { return !slices.Contains(statuses, n.status) })
	if len(fitting) == 0 || rapid.IntRange(0, 7).Draw(r, "any need") == 7 {
		fitting = m.needs
	}
	if len(fitting) == 0 {
		return nil
	}
	return fitting[rapid.IntRange(0, len(fitting)-1).Draw(r, "need")]
}

// order is an assignment with its need, mostly one in one of the statuses.
func (m *needModel) order(r *rapid.T, statuses ...string) (*modelNeed, *modelOrder) {
	type pair struct {
		n *modelNeed
		o *modelOrder
	}
	var all, fitting []pair
	for _, n := range m.needs {
		for _, o := range n.orders {
			if all = append(all, pair{n, o}); slices.Contains(statuses, o.status) {
				fitting = append(fitting, pair{n, o})
			}
		}
	}
	if len(fitting) == 0 || rapid.IntRange(0, 7).Draw(r, "any order") == 7 {
		fitting = all
	}
	if len(fitting) == 0 {
		return nil, nil
	}
	p := fitting[rapid.IntRange(0, len(fitting)-1).Draw(r, "order")]
	return p.n, p.o
}

// nearest is who decides at the desk, or so many levels above as there are.
func (n *modelNeed) nearest(above int) string { return deciders[min(n.desk+above, 2)] }

func (m *needModel) step(r *rapid.T, who string, n *modelNeed, step string, body any, want int) bool {
	_, done := m.does(r, who, "/needs/"+n.id+"/"+step, body, want)
	return done
}

func (m *needModel) say(r *rapid.T) {
	who, draft := rapid.SampledFrom([]string{"resident", "resident-2", "grid"}).Draw(r, "who says"), needDraft(m.w.Home)
	n := &modelNeed{status: "submitted", owner: who}
	if who == "grid" {
		draft["onBehalf"] = doc{"consent": "oral", "note": "上门问的"}
		n.owner, n.recorder = "", who
	}
	a, _ := m.does(r, who, "/needs", draft, 201)
	n.id = a.Text("id")
	m.needs = append(m.needs, n)
}

func (m *needModel) review(r *rapid.T) {
	n := m.pick(r, "submitted")
	if n == nil {
		return
	}
	who, body := somebody(r, n.nearest(0), anybody), doc{"decision": "accept"}
	if rapid.IntRange(0, 5).Draw(r, "reject") == 5 {
		body = doc{"decision": "reject", "rejection": "not_ours", "reason": "请找物业"}
	}
	if !m.step(r, who, n, "review", body, toldOf(n.decides(who, 0), n.status == "submitted")) {
		return
	}
	if n.status = "rejected"; body["decision"] == "accept" {
		n.status, n.handler = "handling", who
	}
}

func (m *needModel) edit(r *rapid.T) {
	n := m.pick(r, "rejected")
	if n == nil {
		return
	}
	who := somebody(r, max(n.owner, n.recorder), anybody)
	body := doc{"text": "井盖还是松的", "place": "3 号楼下"}
	if _, done := m.does(r, who, "/needs/"+n.id+"!", body, toldOf(n.owns(who), n.status == "rejected" && n.edits == 0)); done {
		n.status, n.edits, n.desk = "submitted", 1, min(n.desk+1, 2)
	}
}

func (m *needModel) withdraw(r *rapid.T) {
	n := m.pick(r, "submitted", "handling", "waiting")
	if n == nil || rapid.IntRange(0, 4).Draw(r, "seldom") > 0 {
		return
	}
	who := somebody(r, max(n.owner, n.recorder), anybody)
	fits := slices.Contains([]string{"submitted", "handling", "waiting"}, n.status) && n.joined == 0
	if m.step(r, who, n, "withdrawal", nil, toldOf(n.owns(who), fits)) {
		n.status = "withdrawn"
		for _, o := range n.orders {
			if o.live() {
				o.status = "cancelled"
			}
		}
	}
}

func (m *needModel) answer(r *rapid.T) {
	n := m.pick(r, "handling")
	if n == nil {
		return
	}
	who := somebody(r, n.nearest(0), anybody)
	body := doc{"result": rapid.SampledFrom([]string{"solved", "partly", "explained"}).Draw(r, "result"), "answer": "看过了"}
	if m.step(r, who, n, "answer", body, toldOf(n.decides(who, 0), n.status == "handling" && !n.live())) {
		n.status, n.answerer, n.calls, n.called = "answered", who, 0, time.Time{}
		if n.handler == "" {
			n.handler = who
		}
	}
}

// word closes it, or has it go on.
func (m *needModel) word(r *rapid.T, n *modelNeed, who string, body doc, right bool) {
	again := rapid.IntRange(0, 2).Draw(r, "again") == 2
	if body["solved"] = rapid.SampledFrom([]string{"yes", "partly", "no"}).Draw(r, "word"); again {
		body["solved"], body["again"], body["comment"] = "no", true, "还是松的"
	}
	if !m.step(r, who, n, "confirmation", body, toldOf(right, n.status == "answered")) {
		return
	}
	if n.status, n.closed = "closed", m.now(); again {
		n.status, n.back = "handling", m.now()
		if n.returns++; n.returns > 1 {
			n.desk, n.handler = min(n.desk+1, 2), ""
		}
	}
}

func (m *needModel) confirm(r *rapid.T) {
	n := m.pick(r, "answered")
	if n == nil || n.owner == "" {
		return
	}
	who := somebody(r, n.owner, anybody)
	m.word(r, n, who, doc{}, n.owner == who)
}

func (m *needModel) ask(r *rapid.T) {
	n := m.pick(r, "answered")
	if n == nil {
		return
	}
	who := somebody(r, rapid.SampledFrom([]string{"grid", n.nearest(1), n.nearest(2)}).Draw(r, "asks"), anybody)
	if rapid.Bool().Draw(r, "nobody answers the phone") {
		today := clock.Day(m.now())
		if m.step(r, who, n, "missed-calls", nil, toldOf(n.asks(who), n.status == "answered" && !n.called.Equal(today))) {
			n.calls, n.called = n.calls+1, today
		}
		return
	}
	m.word(r, n, who, doc{"onBehalf": doc{"how": "打电话"}}, n.asks(who))
}

func (m *needModel) lapse(r *rapid.T) {
	n := m.pick(r, "answered")
	if n == nil {
		return
	}
	who := somebody(r, n.nearest(1), anybody)
	right := n.decides(who, 0) && who != n.handler && who != n.answerer
	if m.step(r, who, n, "lapse", nil, toldOf(right, n.status == "answered" && n.calls >= 3)) {
		n.status, n.closed = "closed", m.now()
	}
}

func (m *needModel) reopen(r *rapid.T) {
	n := m.pick(r, "closed", "unsolved")
	if n == nil {
		return
	}
	who := somebody(r, max(n.owner, n.recorder), anybody)
	wasClosed := n.status == "closed"
	fits := n.status == "unsolved" || wasClosed && n.reopens == 0 && m.now().Sub(n.closed) <= 30*aDay
	if m.step(r, who, n, "reopening", doc{"reason": "又松了"}, toldOf(n.owns(who), fits)) {
		if n.status, n.back = "handling", m.now(); wasClosed {
			n.reopens++
		}
	}
}
