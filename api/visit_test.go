package api_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
)

// visitTown is a town with a leader who answers for the street, and nobody who sweeps but the test.
func visitTown(t *testing.T) *apptest.Town {
	t.Helper()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 0)
	w.EnrollAt("leader", w.Home, w.Unit)
	w.Grant("leader", id.RoleAreaLeader, w.Street)
	return w
}

// evening is where and when somebody comes: in so many days, for an hour and a half.
func evening(w *apptest.Town, days int) doc {
	start := w.Clocks.Business.Now().AddDate(0, 0, days)
	return doc{"place": "邻里驿站", "startsAt": start, "endsAt": start.Add(90 * time.Minute)}
}

func planned(w *apptest.Town) string {
	w.T.Helper()
	body := evening(w, 2)
	body["nodeId"] = w.Home
	return w.Call("leader", "POST", "/api/v1/visits", body).Want(201).Text("id")
}

func invited(w *apptest.Town, persona string) apptest.Answer {
	w.T.Helper()
	return w.Call(persona, "POST", "/api/v1/visit-invitations", invitation(w))
}

func invitation(w *apptest.Town) doc {
	return doc{"nodeId": w.Home, "place": "3 号楼活动室", "subject": "想说说停车的事，电话 " + apptest.Phone}
}

func onVisit(w *apptest.Town, persona, one, step string, body any) apptest.Answer {
	w.T.Helper()
	return w.Call(persona, "POST", "/api/v1/visits/"+one+"/"+step, body)
}

// notes are what is written down of an evening: the lamp of somebody who leaves a number, and what nobody may read.
func notes() doc {
	return doc{"withWhom": "3 号楼的七位居民", "lines": []doc{
		{
			"category": "roads", "place": "3 号楼下", "text": "路灯不亮", "promise": "这周请人来看",
			"contact": doc{"name": apptest.Name, "phone": apptest.Phone, "address": apptest.Address},
		},
		{"category": "care", "place": "5 号楼", "text": "老人一个人住，想有人常来看看", "private": true},
	}}
}

// The whole way of a visit: a resident asks, the leader says when, everybody reads it, what was heard becomes needs, and
// it is closed when each of them has an end.
func TestAVisitsWay(t *testing.T) {
	t.Parallel()
	w := visitTown(t)
	a := invited(w, "resident").Want(201)
	one := a.Text("id")
	if a.Text("status") != "invited" || a.Text("subject") == "想说说停车的事，电话 "+apptest.Phone {
		t.Errorf("the resident is told %s", a.Raw)
	}
	if got := todosOf(w, "leader"); !slices.Equal(got, []string{"invitation " + one}) {
		t.Errorf("the leader's home shows %v", got)
	}
	w.Call("resident-2", "GET", "/api/v1/visits/"+one, nil).Refused(404, "not_found")
	onVisit(w, "leader", one, "schedule", evening(w, 2)).Want(200)
	if got := inboxOf(w, "resident")[0]; got != "您请的领导约好时间了：邻里驿站" {
		t.Errorf("the resident reads %q", got)
	}
	coming := w.Call("resident-2", "GET", "/api/v1/visits?scope=coming&nodeId="+w.Home.String(), nil).Want(200)
	if coming.Len("items") != 1 || coming.Text("items", 0, "id") != one || coming.Text("items", 0, "place") != "邻里驿站" {
		t.Errorf("everybody reads %s", coming.Raw)
	}
	onVisit(w, "leader", one, "holding", notes()).Refused(409, "visit_state") // not yet
	w.Clocks.Business.Advance(49 * time.Hour)
	if got := todosOf(w, "leader"); !slices.Equal(got, []string{"notebook " + one}) {
		t.Errorf("in the evening the leader's home shows %v", got)
	}
	onVisit(w, "leader", one, "holding", notes()).Want(200)
	onVisit(w, "grid", one, "holding", notes()).Refused(409, "visit_state")
	own := w.Call("leader", "GET", "/api/v1/visits/"+one, nil).Want(200)
	if own.Len("needs") != 2 || own.Text("needs", 0, "promise") != "这周请人来看" || own.Text("needs", 1, "promise") != "" {
		t.Errorf("the leader reads %s", own.Raw)
	}
	lamp, lonely := own.Text("needs", 0, "needId"), own.Text("needs", 1, "needId")
	if got := waitingFor(w, "secretary", "need"); !slices.Equal(got, []string{lamp, lonely}) {
		t.Errorf("for the secretary wait %v", got)
	}
	for _, n := range []string{lamp, lonely} {
		stepOf(w, "secretary", n, "review", doc{"decision": "accept"}).Want(200)
	}
	if a := w.Call("resident-2", "GET", "/api/v1/visits/"+one, nil).Want(200); a.Len("needs") != 1 {
		t.Errorf("everybody reads of it %s", a.Raw)
	}
	must(t, w.App.Sweep(t.Context()))
	stepOf(w, "secretary", lamp, "answer", doc{"result": "solved", "answer": "换好了"}).Want(200)
	stepOf(w, "grid", lamp, "confirmation", doc{"solved": "yes", "onBehalf": doc{"how": "上门问的"}}).Want(200)
	must(t, w.App.Sweep(t.Context()))
	if a := w.Call("leader", "GET", "/api/v1/visits/"+one, nil).Want(200); a.Text("visit", "status") != "held" {
		t.Errorf("with one thing open it is %s", a.Text("visit", "status"))
	}
	stepOf(w, "street", lonely, "review", doc{"decision": "accept"}).Refused(409, "need_state")
	stepOf(w, "secretary", lonely, "answer", doc{"result": "partly", "answer": "网格员每周去两次"}).Want(200)
	stepOf(w, "grid", lonely, "confirmation", doc{"solved": "partly", "onBehalf": doc{"how": "上门问的"}}).Want(200)
	must(t, w.App.Sweep(t.Context()))
	if a := w.Call("leader", "GET", "/api/v1/visits/"+one, nil).Want(200); a.Text("visit", "status") != "closed" {
		t.Errorf("with an end of each it is %s", a.Text("visit", "status"))
	}
	after := w.Call("leader", "GET", "/api/v1/visits/"+one, nil).Want(200)
	if after.Text("needs", 0, "solved") != "yes" || after.Text("needs", 1, "solved") != "partly" {
		t.Errorf("of how it ended the leader reads %s", after.Raw)
	}
	if got := inboxOf(w, "leader")[0]; got != "您夜访记下的事都有着落了：邻里驿站" {
		t.Errorf("the leader reads %q", got)
	}
	w.Healthy()
}

// Nothing is written where something is wrong, and the answer names it.
func TestWrongVisits(t *testing.T) {
	t.Parallel()
	w := visitTown(t)
	with := func(body doc, key string, value any) doc {
		body[key] = value
		return body
	}
	at := func(node id.Node) doc { return with(evening(w, 2), "nodeId", node) }
	now := w.Clocks.Business.Now()
	for name, c := range map[string]struct {
		body  doc
		field string
	}{
		"yesterday":   {with(at(w.Home), "startsAt", now.AddDate(0, 0, -1)), "startsAt"},
		"tomorrow":    {with(evening(w, 1), "nodeId", w.Home), "startsAt"}, // unasked, which people hear of too late
		"next year":   {with(at(w.Home), "startsAt", now.AddDate(1, 0, 0)), "startsAt"},
		"backwards":   {with(at(w.Home), "endsAt", now), "endsAt"},
		"all night":   {with(at(w.Home), "endsAt", now.AddDate(0, 0, 3)), "endsAt"},
		"nowhere":     {with(at(w.Home), "place", " "), "place"},
		"a long word": {with(at(w.Home), "subject", strings.Repeat("长", 61)), "subject"},
	} {
		if a := w.Call("leader", "POST", "/api/v1/visits", c.body).Refused(422, "invalid_input"); a.Text("fields", 0, "path") != c.field {
			t.Errorf("%s: %s", name, a.Raw)
		}
	}
	w.Call("leader", "POST", "/api/v1/visits", at(w.Street)).Refused(422, "not_a_community")
	w.Call("secretary", "POST", "/api/v1/visits", at(w.Home)).Refused(403, "not_your_community")
	early := with(at(w.Home), "startsAt", now.AddDate(0, 0, 2).Add(-3*time.Hour)) // two days before, if not 48 hours
	early["endsAt"] = now.AddDate(0, 0, 2)
	morning := w.Call("leader", "POST", "/api/v1/visits", early).Want(201).Text("id")
	onVisit(w, "leader", morning, "cancellation", doc{"reason": "开会"}).Want(200)
	one := planned(w)
	onVisit(w, "leader", one, "schedule", evening(w, 1)).Refused(422, "invalid_input") // which is sooner than it was announced
	moved := w.Call("leader", "GET", "/api/v1/visits/"+one, nil).Want(200)
	onVisit(w, "leader", one, "schedule", doc{
		"place": "3 号楼", "startsAt": moved.Text("visit", "startsAt"), "endsAt": moved.Text("visit", "endsAt"),
	}).Want(200)
	w.Clocks.Business.Advance(49 * time.Hour)
	many := make([]doc, 9)
	for i := range many {
		many[i] = doc{"category": "roads", "place": "3 号楼下", "text": "路灯不亮", "promise": "请人来看"}
	}
	for name, c := range map[string]struct {
		lines []doc
		path  string
	}{
		"nine":          {many, "lines"},
		"six promises":  {many[:6], "lines"},
		"no words":      {[]doc{many[0], {"category": "roads", "place": "3 号楼下", "text": ""}}, "lines.1.text"},
		"a wrong phone": {[]doc{{"category": "roads", "place": "3 号楼下", "text": "路灯", "contact": doc{"name": "刘", "phone": "1", "address": "x"}}}, "lines.0.contact.phone"},
	} {
		a := onVisit(w, "leader", one, "holding", doc{"lines": c.lines}).Refused(422, "invalid_input")
		if a.Text("fields", 0, "path") != c.path {
			t.Errorf("%s: %s", name, a.Raw)
		}
	}
	onVisit(w, "leader", one, "cancellation", doc{}).Refused(422, "reason_required")
	asked := w.Call("resident", "POST", "/api/v1/visit-invitations", doc{
		"nodeId": w.Home, "place": "3 号楼", "subject": "停车的事",
	}).Want(201).Text("id")
	onVisit(w, "leader", asked, "schedule", evening(w, 1)).Want(200)
	told(t, onVisit(w, "resident", asked, "cancellation", doc{}), 403, "forbidden",
		"时间已经约好，大家都看到了，要由来的领导取消。请把情况告诉社区。")
	if a := w.Call("leader", "GET", "/api/v1/visits/"+one, nil).Want(200); a.Text("visit", "status") != "planned" || a.Len("needs") != 0 {
		t.Errorf("something was written: %s", a.Raw)
	}
	onVisit(w, "grid", one, "holding", doc{"lines": []doc{}}).Want(200) // nothing was said, which is fine
	w.Healthy()
}

// Whoever is faster holds a visit, and a resident asks once.
func TestVisitsAtOnce(t *testing.T) {
	t.Parallel()
	w := visitTown(t)
	if got := atOnce(6, func(int) string { return strconv.Itoa(invited(w, "resident").Status) }); got["201"] != 1 || got["409"] != 5 {
		t.Errorf("of the invitations, %v", got)
	}
	one := planned(w)
	w.Clocks.Business.Advance(49 * time.Hour)
	who := []string{"leader", "grid", "secretary", "street"}
	got := atOnce(len(who), func(i int) string { return strconv.Itoa(onVisit(w, who[i], one, "holding", notes()).Status) })
	if got["200"] != 1 || got["409"] != 3 {
		t.Errorf("of those who hold it, %v", got)
	}
	if a := w.Call("leader", "GET", "/api/v1/visits/"+one, nil).Want(200); a.Len("needs") != 2 {
		t.Errorf("it brought %s", a.Raw)
	}
	w.Healthy()
}

// A leader reads what they promised, with what is overdue; nobody else's promises are among them.
func TestPromises(t *testing.T) {
	t.Parallel()
	w := visitTown(t)
	one := planned(w)
	w.Clocks.Business.Advance(2 * aDay)
	onVisit(w, "leader", one, "holding", notes()).Want(200)
	const path = "/api/v1/visit-promises"
	a := w.Call("leader", "GET", path+"?open=true", nil).Want(200)
	if a.Len("items") != 1 || a.Text("items", 0, "need", "promise") != "这周请人来看" || a.Text("items", 0, "visitId") != one ||
		a.At("items", 0, "late") != false || a.Text("items", 0, "nodeName") != "茂山社区" {
		t.Errorf("the leader promised %s", a.Raw)
	}
	w.Clocks.Business.Advance(15 * 24 * time.Hour)
	if a = w.Call("leader", "GET", path+"?open=true", nil).Want(200); a.At("items", 0, "late") != true {
		t.Errorf("it is overdue: %s", a.Raw)
	}
	need := a.Text("items", 0, "need", "needId")
	stepOf(w, "secretary", need, "review", doc{"decision": "accept"}).Want(200)
	stepOf(w, "secretary", need, "answer", doc{"result": "solved", "answer": "灯换好了"}).Want(200)
	stepOf(w, "grid", need, "confirmation", doc{"solved": "yes", "onBehalf": doc{"how": "上门"}}).Want(200)
	if a = w.Call("leader", "GET", path+"?open=true", nil).Want(200); a.Len("items") != 0 {
		t.Errorf("it has an end: %s", a.Raw)
	}
	if a = w.Call("leader", "GET", path, nil).Want(200); a.Len("items") != 1 || a.At("items", 0, "late") != false {
		t.Errorf("all: %s", a.Raw)
	}
	if a = w.Call("secretary", "GET", path, nil).Want(200); a.Len("items") != 0 {
		t.Errorf("the secretary promised nothing: %s", a.Raw)
	}
}
