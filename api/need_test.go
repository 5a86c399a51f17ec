package api_test

import (
	"slices"
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
)

// needTown is a town with who answers for two units, and nobody who sweeps but the test.
func needTown(t *testing.T) (w *apptest.Town, other id.Node) {
	t.Helper()
	w = apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 0)
	other = w.AddUnit("县住建局", w.Street)
	for persona, unit := range map[string]id.Node{"responder": w.Unit, "responder-2": other} {
		w.EnrollAt(persona, w.Home, w.Unit)
		w.Grant(persona, id.RoleResponder, unit)
	}
	return w, other
}

// needDraft is what the resident says of a manhole.
func needDraft(node id.Node) doc {
	return doc{
		"nodeId": node, "category": "roads", "place": "3 号楼下", "lat": 41.681234, "lng": 125.761234,
		"text":    "井盖松了，骑车的人差点摔倒。请打 " + apptest.Phone + " 找我。",
		"contact": doc{"name": apptest.Name, "phone": apptest.Phone, "address": apptest.Address},
	}
}

func say(w *apptest.Town) string {
	w.T.Helper()
	return w.Call("resident", "POST", "/api/v1/needs", needDraft(w.Home)).Want(201).Text("id")
}

// stepOf is one step of a need, whose answer the caller looks at.
func stepOf(w *apptest.Town, persona, need, step string, body any) apptest.Answer {
	w.T.Helper()
	return w.Call(persona, "POST", "/api/v1/needs/"+need+"/"+step, body)
}

func handled(w *apptest.Town) string {
	w.T.Helper()
	n := say(w)
	stepOf(w, "secretary", n, "review", doc{"decision": "accept"}).Want(200)
	return n
}

func whistle(w *apptest.Town, persona, need string, to ...id.Node) apptest.Answer {
	w.T.Helper()
	var all []doc
	for i, node := range to {
		all = append(all, doc{"nodeId": node, "kind": []string{"lead", "help", "help"}[i]})
	}
	return w.Call(persona, "POST", "/api/v1/assignments", doc{
		"needId": need, "to": all, "what": "把 3 号楼下的井盖换好", "clause": "第 41 项", "term": "ordinary",
	})
}

func whistled(w *apptest.Town) (need, one string) {
	w.T.Helper()
	need = handled(w)
	return need, whistle(w, "secretary", need, w.Unit).Want(201).Text("items", 0, "id")
}

func stepOn(w *apptest.Town, persona, one, step string, body any) apptest.Answer {
	w.T.Helper()
	return w.Call(persona, "POST", "/api/v1/assignments/"+one+"/"+step, body)
}

func answered(w *apptest.Town) string {
	w.T.Helper()
	n := handled(w)
	stepOf(w, "secretary", n, "answer", doc{"result": "solved", "answer": "井盖换好了"}).Want(200)
	return n
}

// todosOf are what it is the person's turn to do, beside what waits for staff.
func todosOf(w *apptest.Town, persona string) (all []string) {
	w.T.Helper()
	a := w.Call(persona, "GET", "/api/v1/me/todos", nil).Want(200)
	for i := range a.Len("items") {
		if a.Text("items", i, "turn") != "decide" {
			all = append(all, a.Text("items", i, "turn")+" "+a.Text("items", i, "id"))
		}
	}
	return all
}

// checkOrders has one order in the responder's list, which says from whom it comes and where the thing is.
func checkOrders(w *apptest.Town, one string) {
	w.T.Helper()
	list := w.Call("responder", "GET", "/api/v1/assignments?mine=received", nil).Want(200)
	if list.Len("items") != 1 || list.Text("items", 0, "id") != one || list.Text("items", 0, "fromName") != "茂山社区" ||
		list.Text("items", 0, "place") != "3 号楼下" || list.At("items", 0, "lat") != 41.681234 {
		w.T.Errorf("the responder's list: %s", list.Raw)
	}
}

// The whole way: said, led, whistled, accepted and reported there, verified by the sender, answered, and closed with the
// resident's word.
func TestANeedsWay(t *testing.T) {
	t.Parallel()
	w, _ := needTown(t)
	a := w.Call("resident", "POST", "/api/v1/needs", needDraft(w.Home)).Want(201)
	need := a.Text("id")
	if a.Text("number") != "诉-2026-0001" || strings.Contains(a.Text("text"), apptest.Phone) || a.Text("term") != "ordinary" {
		t.Errorf("the resident is told %s", a.Raw)
	}
	w.Call("resident-2", "GET", "/api/v1/needs/"+need, nil).Refused(404, "not_found") // nobody else knows yet
	if got := waitingFor(w, "secretary", "need"); !slices.Equal(got, []string{need}) {
		t.Errorf("for the secretary wait %v", got)
	}
	stepOf(w, "secretary", need, "review", doc{"decision": "accept"}).Want(200)
	if got := inboxOf(w, "resident")[0]; !strings.HasPrefix(got, "您说的事有人在办了：井盖松了") {
		t.Errorf("the resident reads %q", got)
	}
	if a := w.Call("resident-2", "GET", "/api/v1/needs/"+need, nil).Want(200); strings.Contains(string(a.Raw), "刘") {
		t.Errorf("a neighbour reads whose it is: %s", a.Raw)
	}
	one := whistle(w, "secretary", need, w.Unit).Want(201).Text("items", 0, "id")
	if got := inboxOf(w, "responder")[0]; got != "有一单请您来办：把 3 号楼下的井盖换好" {
		t.Errorf("the responder reads %q", got)
	}
	if got := todosOf(w, "responder"); !slices.Equal(got, []string{"order " + one}) {
		t.Errorf("the home of who answers for the unit shows %v", got)
	}
	if got := todosOf(w, "responder-2"); len(got) != 0 {
		t.Errorf("the home of another unit shows %v", got)
	}
	checkOrders(w, one)
	stepOf(w, "secretary", need, "answer", doc{"result": "solved", "answer": "快了"}).Refused(409, "need_open_work")
	stepOn(w, "responder", one, "acceptance", nil).Want(200)
	if got := todosOf(w, "responder"); !slices.Equal(got, []string{"fulfil " + one}) {
		t.Errorf("once it is theirs, it shows %v", got)
	}
	if got := waitingFor(w, "county", "assignment"); len(got) != 0 { // who is above the unit is not asked to do it
		t.Errorf("for the county wait %v", got)
	}
	seen := w.Call("responder", "GET", "/api/v1/assignments/"+one, nil).Want(200)
	if seen.Text("need", "place") != "3 号楼下" || strings.Contains(string(seen.Raw), "刘") || seen.At("may", "report") != true {
		t.Errorf("the responder sees %s", seen.Raw)
	}
	stepOn(w, "responder", one, "report", doc{"answer": "换了新井盖，问 " + apptest.Phone}).Want(200)
	if got := todosOf(w, "responder"); len(got) != 0 {
		t.Errorf("once it is reported, it shows %v", got)
	}
	stepOn(w, "responder", one, "verification", nil).Refused(403, "not_your_community") // who did it does not judge it
	if got := waitingFor(w, "secretary", "assignment"); !slices.Equal(got, []string{one}) {
		t.Errorf("for the secretary wait %v", got)
	}
	stepOn(w, "secretary", one, "verification", nil).Want(200)
	stepOf(w, "secretary", need, "answer", doc{"result": "solved", "answer": "井盖换好了"}).Want(200)
	stepOf(w, "secretary", need, "confirmation", doc{"solved": "yes", "onBehalf": doc{"how": "打电话"}}).
		Refused(403, "party_to_matter") // who led it does not ask
	stepOf(w, "resident-2", need, "confirmation", doc{"solved": "yes"}).Refused(403, "forbidden")
	a = stepOf(w, "resident", need, "confirmation", doc{"solved": "yes", "satisfied": true}).Want(200)
	if a.Text("status") != "closed" || a.Text("solved") != "yes" {
		t.Errorf("closed as %s", a.Raw)
	}
	if h := w.Call("resident", "GET", "/api/v1/needs/"+need, nil).Want(200); h.Len("history") != 5 || h.Len("assignments") != 1 {
		t.Errorf("the history: %s", h.Raw)
	}
	if n := rowCount(t, w, "SELECT COUNT(*) FROM points_transfers"); n != 0 {
		t.Errorf("%d transfers of points", n)
	}
	w.Healthy()
}

// Terms run in working time from the moment of sending.
func TestTheTermsOfANeed(t *testing.T) {
	t.Parallel()
	w, _ := needTown(t) // Wednesday 11 March 2026, noon
	n := w.Call("resident", "GET", "/api/v1/needs/"+say(w), nil).Want(200)
	if n.Text("need", "acceptBy") != "2026-03-12T04:00:00Z" || n.Text("need", "dueAt") != "2026-03-18T04:00:00Z" ||
		n.Text("termWords") != "7 天，法定节假日不算" {
		t.Errorf("the terms: %s", n.Raw)
	}
	w.Clocks.Business.Advance(22 * aDay) // Thursday 2 April; Qingming is from 4 to 6
	need, one := whistled(w)
	a := w.Call("secretary", "GET", "/api/v1/assignments/"+one, nil).Want(200)
	if a.Text("assignment", "acceptBy") != "2026-04-03T04:00:00Z" || a.Text("assignment", "dueAt") != "2026-04-12T04:00:00Z" {
		t.Errorf("over Qingming: %s", a.Raw)
	}
	stepOf(w, "secretary", need, "review", doc{"decision": "accept"}).Refused(409, "need_state")
	must(t, w.App.Needs.Sweep(t.Context()))
	w.Healthy()
}

// Who needs care is read by staff alone, unless whoever says it wants others to read it.
func TestCareIsNotPublic(t *testing.T) {
	t.Parallel()
	w, _ := needTown(t)
	for _, c := range []struct {
		category string
		private  any
		want     bool
	}{{"care", nil, false}, {"care", false, true}, {"roads", nil, true}, {"roads", true, false}} {
		draft := needDraft(w.Home)
		if draft["category"] = c.category; c.private != nil {
			draft["private"] = c.private
		}
		n := w.Call("resident", "POST", "/api/v1/needs", draft).Want(201).Text("id")
		if a := stepOf(w, "secretary", n, "review", doc{"decision": "accept"}).Want(200); a.At("public") != c.want {
			t.Errorf("%s, private %v: public is %v", c.category, c.private, a.At("public"))
		}
	}
	if a := w.Call("resident-2", "GET", "/api/v1/needs?scope=public", nil).Want(200); a.Len("items") != 2 {
		t.Errorf("a neighbour reads %s", a.Raw)
	}
}
