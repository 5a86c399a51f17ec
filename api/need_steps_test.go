package api_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
)

// What is refused, and to whom; nobody else's matter changes.
func TestRefusedNeeds(t *testing.T) {
	t.Parallel()
	w, other := needTown(t)
	for field, change := range map[string]doc{
		"category": {"category": "weather"}, "place": {"place": " "}, "text": {"text": strings.Repeat("字", 601)},
		"onBehalf.origin": {"onBehalf": doc{"consent": "oral", "origin": "resident"}}, "lat": {"lng": nil},
		"onBehalf.hotlineNumber": {"onBehalf": doc{"consent": "oral", "origin": "hotline"}},
		"contact.phone":          {"contact": doc{"name": "刘", "phone": "123", "address": "3 栋"}},
	} {
		draft := needDraft(w.Home)
		for k, v := range change {
			if draft[k] = v; v == nil {
				delete(draft, k)
			}
		}
		a := w.Call("grid", "POST", "/api/v1/needs", draft)
		if a.Status != 422 || !strings.Contains(string(a.Raw), `"`+strings.Split(field, ".")[0]) {
			t.Errorf("%s: %d %s", field, a.Status, a.Raw)
		}
	}
	w.Call("resident", "POST", "/api/v1/needs", needDraft(w.Street)).Refused(422, "not_a_community")
	need := handled(w)
	untouched := w.Call("resident", "GET", "/api/v1/needs/"+need, nil).Want(200)
	stepOf(w, "secretary", need, "review", doc{"decision": "accept"}).Refused(409, "need_state")
	stepOf(w, "resident", need, "confirmation", doc{"solved": "yes"}).Refused(409, "need_state")
	stepOf(w, "resident", need, "reopening", doc{"reason": "又松了"}).Refused(409, "need_state")
	stepOf(w, "leader", need, "answer", doc{"result": "solved", "answer": "好了"}).Refused(403, "not_your_community")
	stepOf(w, "secretary", need, "suspension", doc{"reviewAt": "2026-04-20T04:00:00Z", "reason": "等"}).Refused(403, "not_your_community")
	stepOf(w, "street", need, "suspension", doc{"reviewAt": "2026-07-20T04:00:00Z", "reason": "等"}).Refused(422, "invalid_input")
	stepOf(w, "secretary", need, "merge", doc{"into": need}).Refused(422, "invalid_input")
	stepOf(w, "secretary", need, "merge", doc{"into": "7"}).Refused(404, "not_found")
	whistle(w, "secretary", need, w.Unit, w.Unit).Refused(422, "invalid_input")
	whistle(w, "secretary", need, w.Sister).Refused(403, "not_admitted")
	whistle(w, "secretary", need, w.Street).Refused(403, "not_admitted") // help is asked for, no lead
	whistle(w, "secretary", need, w.AddUnit("没有人接单", w.Street)).Refused(422, "invalid_input")
	whistle(w, "responder", need, other).Refused(403, "not_your_community")
	if a := w.Call("resident", "GET", "/api/v1/needs/"+need, nil).Want(200); string(a.Raw) != string(untouched.Raw) {
		t.Errorf("refusals have changed it: %s", a.Raw)
	}
	w.Healthy()
}

// A need about somebody who decides is decided one level above, and they know nothing of it.
func TestANeedAboutTheSecretary(t *testing.T) {
	t.Parallel()
	w, _ := needTown(t)
	draft := needDraft(w.Home)
	draft["aboutStaff"] = true
	need := w.Call("resident", "POST", "/api/v1/needs", draft).Want(201).Text("id")
	if got := waitingFor(w, "secretary", "need"); len(got) != 0 {
		t.Errorf("for the secretary wait %v", got)
	}
	w.Call("secretary", "GET", "/api/v1/needs/"+need, nil).Refused(404, "not_found")
	w.Grant("secretary", id.RoleStreet, w.Street) // and holds the level above, too
	w.Call("secretary", "GET", "/api/v1/needs/"+need, nil).Refused(404, "not_found")
	stepOf(w, "secretary", need, "review", doc{"decision": "accept"}).Refused(404, "not_found")
	stepOf(w, "street", need, "review", doc{"decision": "accept"}).Want(200)
	stepOf(w, "street", need, "handover", wishOf).Refused(409, "need_state")
	w.Call("resident-2", "GET", "/api/v1/needs/"+need, nil).Refused(404, "not_found")
	w.Healthy()
}

// The first return stays with who led it, for half the term; the second is led one level above.
func TestReturnedTwice(t *testing.T) {
	t.Parallel()
	w, _ := needTown(t)
	need := answered(w)
	again := func() apptest.Answer {
		return stepOf(w, "resident", need, "confirmation", doc{"solved": "no", "again": true, "comment": "还是松的"}).Want(200)
	}
	if a := again(); a.Text("deskName") == "茂山街道" || a.Text("dueAt") != "2026-03-14T16:00:00Z" { // three and a half days
		t.Errorf("after the first return: %s", a.Raw)
	}
	if got := inboxOf(w, "secretary")[0]; !strings.HasPrefix(got, "您答复过的“井盖松了") {
		t.Errorf("who answered reads %q", got)
	}
	stepOf(w, "secretary", need, "answer", doc{"result": "solved", "answer": "又修了"}).Want(200)
	again()
	if got := waitingFor(w, "street", "need"); !slices.Equal(got, []string{need}) {
		t.Errorf("for the street wait %v", got)
	}
	stepOf(w, "secretary", need, "answer", doc{"result": "solved", "answer": "好了"}).Refused(403, "not_your_community")
	stepOf(w, "street", need, "answer", doc{"result": "solved", "answer": "街道修好了"}).Want(200)
	stepOf(w, "resident", need, "confirmation", doc{"solved": "partly"}).Want(200)
	stepOf(w, "resident", need, "reopening", doc{"reason": "又松了"}).Want(200)
	stepOf(w, "street", need, "answer", doc{"result": "solved", "answer": "换新的了"}).Want(200)
	stepOf(w, "resident", need, "confirmation", doc{"solved": "yes"}).Want(200)
	stepOf(w, "resident", need, "reopening", doc{"reason": "再办一次"}).Refused(409, "need_state") // once
	w.Healthy()
}

// Silence is no yes: staff are asked to call, and after calls on three days it is closed by somebody else, not as solved.
func TestSilenceIsNoYes(t *testing.T) {
	t.Parallel()
	w, _ := needTown(t)
	need := answered(w)
	w.Clocks.Business.Advance(3*aDay + time.Hour)
	must(t, w.App.Needs.Sweep(t.Context()))
	must(t, w.App.Needs.Sweep(t.Context())) // once is enough
	if got := waitingFor(w, "grid", "need"); !slices.Equal(got, []string{need}) {
		t.Errorf("for the post wait %v", got)
	}
	if got := waitingFor(w, "secretary", "need"); len(got) != 0 {
		t.Errorf("for who led it wait %v", got)
	}
	for day := range 3 {
		stepOf(w, "grid", need, "missed-calls", nil).Want(200)
		stepOf(w, "grid", need, "missed-calls", nil).Refused(409, "need_state") // one a day counts
		if day < 2 {
			stepOf(w, "street", need, "lapse", nil).Refused(409, "need_state")
		}
		w.Clocks.Business.Advance(aDay)
	}
	stepOf(w, "secretary", need, "lapse", nil).Refused(403, "party_to_matter")
	if a := stepOf(w, "street", need, "lapse", nil).Want(200); a.Text("status") != "closed" || a.Text("solved") != "unknown" {
		t.Errorf("lapsed as %s", a.Raw)
	}
	w.Healthy()
}

// What waits and what cannot be done comes back by itself on its day, and who follows is told.
func TestWhatWaitsComesBack(t *testing.T) {
	t.Parallel()
	w, _ := needTown(t)
	later := doc{"reviewAt": w.Clocks.Business.Now().Add(20 * aDay), "reason": "要等开春化冻"}
	waits, unsolved := handled(w), answered(w)
	stepOf(w, "resident-2", unsolved, "followers", nil).Want(200)
	stepOf(w, "street", waits, "suspension", later).Want(200)
	stepOf(w, "street", unsolved, "concession", later).Want(200)
	if got := inboxOf(w, "resident-2")[0]; !strings.HasPrefix(got, "您关注的“井盖松了") {
		t.Errorf("who follows reads %q", got)
	}
	w.Clocks.Business.Advance(19 * aDay)
	must(t, w.App.Needs.Sweep(t.Context()))
	w.Clocks.Business.Advance(aDay)
	must(t, w.App.Needs.Sweep(t.Context()))
	for _, n := range []string{waits, unsolved} {
		if a := w.Call("resident", "GET", "/api/v1/needs/"+n, nil).Want(200); a.Text("need", "status") != "handling" {
			t.Errorf("on its day: %s", a.Raw)
		}
	}
	w.Clocks.Business.Advance(30 * aDay)
	must(t, w.App.Needs.Sweep(t.Context()))
	if got := inboxOf(w, "street")[0]; !strings.HasPrefix(got, "下面有一件事到期还没有结果") {
		t.Errorf("the next level reads %q", got)
	}
	w.Healthy()
}

// The same thing is offered before it is said once more, and two that are the same go on as one.
func TestTheSameThing(t *testing.T) {
	t.Parallel()
	w, _ := needTown(t)
	one, same := handled(w), handled(w)
	for query, want := range map[string]int{
		"place=3 号楼下": 2, "place=别处": 0, "lat=41.682&lng=125.762": 2, "lat=41.69&lng=125.762": 0,
	} {
		path := "/api/v1/needs/similar?category=roads&nodeId=" + w.Home.String() + "&" + strings.ReplaceAll(query, " ", "%20")
		if a := w.Call("resident-2", "GET", path, nil).Want(200); a.Len("items") != want {
			t.Errorf("near %s there are %d, want %d", query, a.Len("items"), want)
		}
	}
	stepOf(w, "secretary", same, "merge", doc{"into": one}).Want(200)
	stepOf(w, "secretary", one, "merge", doc{"into": same}).Refused(422, "invalid_input") // no circle
	stepOf(w, "secretary", one, "answer", doc{"result": "solved", "answer": "换好了"}).Want(200)
	stepOf(w, "resident", one, "confirmation", doc{"solved": "yes"}).Want(200)
	w.Healthy()
}

// Two refusals in a row are the most: the second alarms whoever is above both, and the third sending binds.
func TestTheThirdSendingBinds(t *testing.T) {
	t.Parallel()
	w, other := needTown(t)
	need := handled(w)
	refuse := func(persona, one string) apptest.Answer {
		return stepOn(w, persona, one, "refusal", doc{"clause": "第 3 项不归我们", "instead": "县住建局"})
	}
	disputed := func(want int) {
		t.Helper()
		a := w.Call("county", "GET", "/api/v1/assignments?mine=sent&disputed=true", nil).Want(200)
		if a.Len("items") != want {
			t.Errorf("the county has %d to settle, want %d: %s", a.Len("items"), want, a.Raw)
		}
	}
	first := whistle(w, "secretary", need, w.Unit).Want(201).Text("items", 0, "id")
	disputed(0)
	whistle(w, "secretary", need, w.Unit).Refused(409, "assignment_state") // it leads already
	refuse("responder", first).Want(200)
	refuse("responder", first).Refused(409, "assignment_state")
	if got := waitingFor(w, "secretary", "assignment"); !slices.Equal(got, []string{first}) {
		t.Errorf("for the sender wait %v", got)
	}
	disputed(1) // refused, and not sent on
	second := whistle(w, "secretary", need, other).Want(201).Text("items", 0, "id")
	disputed(1) // sent on, and not taken
	refuse("responder-2", second).Want(200)
	if got := inboxOf(w, "street")[0]; !strings.HasPrefix(got, "“把 3 号楼下的井盖换好”退回了两次") {
		t.Errorf("the level above both reads %q", got)
	}
	third := whistle(w, "secretary", need, w.Unit).Want(201)
	disputed(0) // it binds
	if third.Number("items", 0, "refusals") != 2 || third.At("items", 0, "bound") != true {
		t.Errorf("the third: %s", third.Raw)
	}
	one := third.Text("items", 0, "id")
	refuse("responder", one).Refused(409, "assignment_bound")
	stepOn(w, "secretary", one, "binding", doc{"reason": "定"}).Refused(403, "not_your_community")
	stepOn(w, "county", one, "binding", doc{"reason": "由供电公司办"}).Want(200)
	stepOn(w, "responder", one, "report", doc{"answer": "办了"}).Want(200)
	stepOn(w, "grid", one, "verification", nil).Want(200)
	w.Healthy()
}

// A refusal comes within its time, an extension before 80 % of it, and what is late is told at 80, 100 and 200 %.
func TestTheTimeOfAnAssignment(t *testing.T) {
	t.Parallel()
	w, other := needTown(t)
	need := handled(w)
	one := whistle(w, "secretary", need, w.Unit, other).Want(201).Text("items", 0, "id")
	w.Clocks.Business.Advance(aDay + time.Minute)
	stepOn(w, "responder", one, "refusal", doc{"clause": "第 3 项", "instead": "别人"}).Refused(409, "refusal_late")
	stepOn(w, "responder", one, "acceptance", nil).Want(200)
	stepOn(w, "street", one, "extension", doc{"until": "2026-04-20T04:00:00Z", "reason": "等配件"}).Refused(422, "invalid_input")
	sweep := func(after time.Duration) {
		t.Helper()
		w.Clocks.Business.Advance(after)
		for range 2 { // once is enough
			must(t, w.App.Assignments.Sweep(t.Context()))
		}
	}
	told := func(persona, want string) {
		t.Helper()
		if got := inboxOf(w, persona); !slices.ContainsFunc(got, func(line string) bool { return strings.Contains(line, want) }) {
			t.Errorf("%s reads %q, want %q", persona, got, want)
		}
	}
	sweep(5 * aDay)
	told("responder", "快到时间了")
	stepOn(w, "street", one, "extension", doc{"until": "2026-03-20T04:00:00Z", "reason": "等配件"}).Refused(409, "extension_late")
	sweep(aDay)
	told("responder", "已经超过时间")
	told("secretary", "您派出的")
	told("street", "下面派出的")
	sweep(8 * aDay)
	told("county", "超过一倍的时间")
	if a := w.Call("responder", "GET", "/api/v1/assignments?mine=received&overdue=true", nil).Want(200); a.Len("items") != 1 {
		t.Errorf("overdue: %s", a.Raw)
	}
	w.Healthy()
}

// A need that is taken back cancels what others owe for it.
func TestAWithdrawnNeedCancels(t *testing.T) {
	t.Parallel()
	w, _ := needTown(t)
	need, one := whistled(w)
	stepOf(w, "resident", need, "withdrawal", nil).Want(200)
	if a := w.Call("responder", "GET", "/api/v1/assignments/"+one, nil).Want(200); a.Text("assignment", "status") != "cancelled" {
		t.Errorf("it is %s", a.Raw)
	}
	w.Healthy()
}

// The contact is read by who leads and by who works on it, while they do; the owner sees who did.
func TestContactsOfNeeds(t *testing.T) {
	t.Parallel()
	w, _ := needTown(t)
	need, one := whistled(w)
	read := func(persona, query string) apptest.Answer {
		return w.Call(persona, "GET", "/api/v1/needs/"+need+"/contact"+query, nil)
	}
	read("secretary", "").Want(200)
	read("street", "").Refused(422, "reason_required")
	read("responder", "").Refused(403, "contact_not_allowed")
	stepOn(w, "responder", one, "acceptance", nil).Want(200)
	if a := read("responder", "").Want(200); a.Text("phone") != apptest.Phone {
		t.Errorf("who works on it reads %s", a.Raw)
	}
	stepOn(w, "responder", one, "report", doc{"answer": "换好了"}).Want(200)
	stepOn(w, "secretary", one, "verification", nil).Want(200)
	read("responder", "").Refused(403, "contact_not_allowed")
	read("resident-2", "").Refused(403, "contact_not_allowed")
	a := w.Call("resident", "GET", "/api/v1/needs/"+need+"/contact-reads", nil).Want(200)
	if a.Len("items") != 2 || a.Text("items", 0, "as") != "接单人" {
		t.Errorf("the owner sees %s", a.Raw)
	}
	w.Healthy()
}

// Each pair of steps that two people can want at once has one outcome.
func TestCollidingNeeds(t *testing.T) {
	t.Parallel()
	const racers = 20
	answer := doc{"result": "solved", "answer": "换好了"}
	for _, c := range []struct {
		name    string
		prepare func(w *apptest.Town, other id.Node) func(i int) apptest.Answer
		want    int
	}{
		{"two secretaries accept", func(w *apptest.Town, _ id.Node) func(int) apptest.Answer {
			need := say(w)
			return func(i int) apptest.Answer {
				return stepOf(w, []string{"secretary", "street"}[i%2], need, "review", doc{"decision": "accept"})
			}
		}, 1},
		{"refusal and binding", func(w *apptest.Town, _ id.Node) func(int) apptest.Answer {
			_, one := whistled(w)
			return func(i int) apptest.Answer {
				if i%2 == 0 {
					return stepOn(w, "responder", one, "refusal", doc{"clause": "第 3 项", "instead": "住建局"})
				}
				return stepOn(w, "county", one, "binding", doc{"reason": "县里定"})
			}
		}, 1},
		{"answer and whistle", func(w *apptest.Town, _ id.Node) func(int) apptest.Answer {
			need := handled(w)
			return func(i int) apptest.Answer {
				if i%2 == 0 {
					return stepOf(w, "secretary", need, "answer", answer)
				}
				return whistle(w, "street", need, w.Unit)
			}
		}, 1},
		{"the owner and staff say how it ended", func(w *apptest.Town, _ id.Node) func(int) apptest.Answer {
			need := answered(w)
			return func(i int) apptest.Answer {
				if i%2 == 0 {
					return stepOf(w, "grid", need, "confirmation", doc{"solved": "yes", "onBehalf": doc{"how": "打电话"}})
				}
				return stepOf(w, "resident", need, "confirmation", doc{"solved": "no"})
			}
		}, 1},
		{"handed over while it is whistled for", func(w *apptest.Town, _ id.Node) func(int) apptest.Answer {
			need := handled(w)
			return func(i int) apptest.Answer {
				if i%2 == 0 {
					return stepOf(w, "secretary", need, "handover", wishOf)
				}
				return whistle(w, "street", need, w.Unit)
			}
		}, 1},
		{"undone while it is answered", func(w *apptest.Town, _ id.Node) func(int) apptest.Answer {
			need, one := verified(w)
			sentBack(w, need)
			return func(i int) apptest.Answer {
				if i%2 == 0 {
					return stepOn(w, "secretary", one, "undo", doc{"reason": "又松了"})
				}
				return stepOf(w, "street", need, "answer", answer)
			}
		}, 1},
		{"each merged into the other", func(w *apptest.Town, _ id.Node) func(int) apptest.Answer {
			pair := []string{handled(w), handled(w)}
			return func(i int) apptest.Answer {
				return stepOf(w, "secretary", pair[i%2], "merge", doc{"into": pair[1-i%2]})
			}
		}, 1},
		{"one unit whistled for twice", func(w *apptest.Town, other id.Node) func(int) apptest.Answer {
			need := handled(w)
			return func(i int) apptest.Answer { return whistle(w, "secretary", need, []id.Node{w.Unit, other}[i%2]) }
		}, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w, other := needTown(t)
			do := c.prepare(w, other)
			for _, persona := range []string{"secretary", "street", "county", "responder", "resident", "grid"} {
				w.Token(persona)
			}
			done := 0
			for status, n := range count(together(racers, do)) {
				if strings.HasPrefix(status, "20") {
					done += n
				} else if !strings.HasPrefix(status, "40") && !strings.HasPrefix(status, "422") {
					t.Errorf("%d answers of %s", n, status)
				}
			}
			if done != c.want {
				t.Errorf("%s succeeded, want %d", fmt.Sprint(done), c.want)
			}
			w.Healthy()
		})
	}
}
