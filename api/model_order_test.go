package api_test

import (
	"slices"
	"time"

	"pgregory.net/rapid"
)

// dispatch whistles for one unit. A lead sending follows the oldest refused one, and the third of a row binds.
func (m *needModel) dispatch(r *rapid.T) {
	n := m.pick(r, "handling")
	if n == nil {
		return
	}
	who, unit := somebody(r, n.nearest(0), anybody), rapid.IntRange(0, 1).Draw(r, "unit")
	leads := func(o *modelOrder) bool { return o.live() && o.unit == unit }
	want := toldOf(n.decides(who, 0), n.status == "handling" && !slices.ContainsFunc(n.orders, leads))
	if want == 200 {
		want = 201
	}
	a, done := m.does(r, who, "/assignments", doc{
		"needId": n.id, "what": "把井盖换好", "term": "ordinary", "to": []doc{{"nodeId": m.units[unit], "kind": "lead"}},
	}, want)
	if !done {
		return
	}
	o := &modelOrder{id: a.Text("items", 0, "id"), status: "sent", unit: unit, from: n.desk}
	o.acceptBy, _ = time.Parse(time.RFC3339, a.Text("items", 0, "acceptBy"))
	for _, earlier := range n.orders {
		if earlier.status == "refused" && !earlier.followed {
			earlier.followed, o.refusals, o.bound = true, earlier.refusals+1, earlier.refusals+1 >= 2
			break
		}
	}
	if a.At("items", 0, "bound") != o.bound || a.Number("items", 0, "refusals") != o.refusals {
		r.Fatalf("the model says %+v: %s", o, a.Raw)
	}
	if n.orders = append(n.orders, o); n.handler == "" {
		n.handler = who
	}
}

func (m *needModel) stepOrder(r *rapid.T, who string, o *modelOrder, step string, body any, want int) bool {
	_, done := m.does(r, who, "/assignments/"+o.id+"/"+step, body, want)
	return done
}

// receive is a step of who answers for the unit: to take it, to refuse it, to say that it is done.
func (m *needModel) receive(r *rapid.T) {
	step := rapid.SampledFrom([]string{"acceptance", "refusal", "report", "report"}).Draw(r, "step")
	from := map[string]string{"acceptance": "sent", "refusal": "sent", "report": "working"}[step]
	_, o := m.order(r, from)
	if o == nil {
		return
	}
	who := somebody(r, responders[o.unit], anybody)
	fits := o.status == from && (step != "refusal" || !o.bound && !m.now().After(o.acceptBy))
	body := map[string]any{"refusal": doc{"clause": "第 3 项", "instead": "别的局"}, "report": doc{"answer": "换好了"}}[step]
	if !m.stepOrder(r, who, o, step, body, toldOf(who == responders[o.unit], fits)) {
		return
	}
	switch step {
	case "acceptance":
		o.status, o.worker = "working", who
	case "refusal":
		o.status = "refused"
	case "report":
		if o.status, o.reporter = "reported", who; o.worker == "" {
			o.worker = who
		}
	}
}

// bind settles whose it is: who decides above both ends does.
func (m *needModel) bind(r *rapid.T) {
	_, o := m.order(r, "sent")
	if o == nil || rapid.IntRange(0, 3).Draw(r, "seldom") > 0 {
		return
	}
	who := somebody(r, "county", anybody)
	level, decides := levels[who]
	right := decides && level > o.from // both units are the street's, or below
	if m.stepOrder(r, who, o, "binding", doc{"reason": "县里定"}, toldOf(right, o.status == "sent")) {
		o.status, o.bound = "working", true
	}
}

// look is a step of the sender: it is done, it is not, or it is not wanted any more.
func (m *needModel) look(r *rapid.T) {
	step := rapid.SampledFrom([]string{"verification", "verification", "return", "cancellation", "undo"}).Draw(r, "look")
	from := "reported"
	if step == "undo" {
		from = "verified"
	}
	n, o := m.order(r, from)
	if o == nil {
		return
	}
	who := somebody(r, deciders[o.from], anybody)
	level, decides := levels[who]
	right, fits := decides && level >= o.from, o.status == "reported"
	switch step {
	case "verification":
		right = right || who == "grid" && o.from == 0
	case "return":
		right = right && (!fits || level >= o.from+min(o.returns, 1))
	case "cancellation":
		fits = o.live()
	case "undo": // once the need has come back, while it is in work and the unit does not lead it anew
		leads := func(other *modelOrder) bool { return other.live() && other.unit == o.unit }
		fits = o.status == "verified" && n.status == "handling" && !n.back.Before(o.verified) && m.now().Sub(o.verified) <= 30*aDay &&
			!slices.ContainsFunc(n.orders, leads)
	}
	if !m.stepOrder(r, who, o, step, map[string]any{
		"return": doc{"reason": "还晃"}, "cancellation": doc{"reason": "另派"}, "undo": doc{"reason": "又松了"},
	}[step], toldOf(right, fits)) {
		return
	}
	switch step {
	case "verification":
		o.status, o.verified = "verified", m.now()
	case "undo":
		o.status = "reported"
	case "return":
		o.status, o.reporter, o.returns = "working", "", o.returns+1
	case "cancellation":
		o.status = "cancelled"
	}
}

// putOff waits with it, or says that it cannot be done now: one level above its desk, and above the county nobody.
func (m *needModel) putOff(r *rapid.T) {
	step := rapid.SampledFrom([]string{"suspension", "concession"}).Draw(r, "put off")
	from := map[string]string{"suspension": "handling", "concession": "answered"}[step]
	n := m.pick(r, from)
	if n == nil || rapid.Bool().Draw(r, "seldom") {
		return
	}
	who, at := somebody(r, n.nearest(1), anybody), m.now().Add(20*aDay)
	if m.step(r, who, n, step, doc{"reviewAt": at, "reason": "等化冻"}, toldOf(n.decides(who, 1), n.status == from)) {
		n.status, n.review = map[string]string{"suspension": "waiting", "concession": "unsolved"}[step], at
	}
}

func (m *needModel) resume(r *rapid.T) {
	n := m.pick(r, "waiting")
	if n == nil {
		return
	}
	who := somebody(r, n.nearest(0), anybody)
	if m.step(r, who, n, "resumption", nil, toldOf(n.decides(who, 0), n.status == "waiting")) {
		n.status = "handling"
	}
}

func (m *needModel) merge(r *rapid.T) {
	n, into := m.pick(r, "submitted", "handling"), m.pick(r, "handling", "answered")
	if n == nil || rapid.IntRange(0, 2).Draw(r, "seldom") > 0 {
		return
	}
	who := somebody(r, n.nearest(0), anybody)
	takes := n != into && slices.Contains([]string{"handling", "waiting", "answered", "closed"}, into.status)
	want := toldOf(n.decides(who, 0), (n.status == "submitted" || n.status == "handling") && !n.live())
	if !takes && want != refusedSomehow {
		want = 422
	}
	if m.step(r, who, n, "merge", doc{"into": into.id}, want) {
		n.status, into.joined = "merged", into.joined+1
	}
}

// handOver makes a wish of it, which no need that others go on as becomes.
func (m *needModel) handOver(r *rapid.T) {
	n := m.pick(r, "submitted", "handling")
	if n == nil || rapid.IntRange(0, 3).Draw(r, "seldom") > 0 {
		return
	}
	who := somebody(r, n.nearest(0), anybody)
	fits := (n.status == "submitted" || n.status == "handling") && !n.live() && n.joined == 0 && !n.fromVisit
	want := toldOf(n.decides(who, 0), fits)
	if want == 200 {
		want = 201
	}
	if _, done := m.does(r, who, "/needs/"+n.id+"/handover", wishOf, want); done {
		n.status = "handed"
	}
}

// visit is an evening of the leader's: what was heard is as many needs.
func (m *needModel) visit(r *rapid.T) {
	if rapid.IntRange(0, 3).Draw(r, "seldom") > 0 {
		return
	}
	body := evening(m.w, 2)
	body["nodeId"] = m.w.Home
	a, _ := m.does(r, "leader", "/visits", body, 201)
	v := &modelVisit{id: a.Text("id"), status: "held"}
	lines := []doc{}
	for range rapid.IntRange(0, 2).Draw(r, "heard") {
		lines = append(lines, doc{"category": "roads", "place": "3 号楼下", "text": "路灯不亮", "promise": "这周请人来看"})
	}
	m.does(r, "leader", "/visits/"+v.id+"/holding", doc{"lines": lines}, 409) // not yet
	m.w.Clocks.Business.Advance(2 * aDay)
	writes := rapid.SampledFrom([]string{"leader", "grid"}).Draw(r, "writes")
	m.does(r, writes, "/visits/"+v.id+"/holding", doc{"lines": lines}, 200)
	seen := m.call(r, "leader", "GET", "/visits/"+v.id, nil)
	for i := range lines {
		one := &modelNeed{id: seen.Text("needs", i, "needId"), status: "submitted", recorder: writes, fromVisit: true}
		v.needs, m.needs = append(v.needs, one), append(m.needs, one)
	}
	m.visits = append(m.visits, v)
	m.sweep(r)
}

// days lets time pass, and does what time alone causes.
func (m *needModel) days(r *rapid.T) {
	m.w.Clocks.Business.Advance(time.Duration(rapid.SampledFrom([]int{0, 1, 1, 4, 21, 31}).Draw(r, "days")) * aDay)
	m.sweep(r)
}

func (m *needModel) sweep(r *rapid.T) {
	if err := m.w.App.Sweep(m.w.T.Context()); err != nil {
		r.Fatal(err)
	}
	for _, n := range m.needs {
		if (n.status == "waiting" || n.status == "unsolved") && !n.review.After(m.now()) {
			n.status = "handling"
		}
	}
	for _, v := range m.visits {
		open := func(n *modelNeed) bool {
			return slices.Contains([]string{"submitted", "handling", "waiting", "answered"}, n.status)
		}
		if v.status == "held" && !slices.ContainsFunc(v.needs, open) {
			v.status = "closed"
		}
	}
}

// compare holds what there is against the model, each now and then.
func (m *needModel) compare(r *rapid.T) {
	m.steps++
	for i, n := range m.needs {
		if i%6 != m.steps%6 {
			continue
		}
		a := m.w.Call("county", "GET", "/api/v1/needs/"+n.id, nil)
		if a.Text("need", "status") != n.status || a.Len("assignments") != len(n.orders) {
			r.Fatalf("the model says of need %s %+v: %s", n.id, n, a.Raw)
		}
		for k, o := range n.orders {
			if a.Text("assignments", k, "status") != o.status {
				r.Fatalf("the model says of order %s %+v: %s", o.id, o, a.Raw)
			}
		}
	}
	for i, v := range m.visits {
		if i%6 == m.steps%6 {
			if a := m.w.Call("leader", "GET", "/api/v1/visits/"+v.id, nil); a.Text("visit", "status") != v.status {
				r.Fatalf("the model says of visit %s %s: %s", v.id, v.status, a.Raw)
			}
		}
	}
}
