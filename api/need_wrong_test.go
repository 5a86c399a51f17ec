package api_test

import (
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
	"xinyuan/internal/importer"
)

// told fails the test unless the answer is this refusal in these words: the message, or the one at a field.
func told(t *testing.T, a apptest.Answer, status int, reason, words string) {
	t.Helper()
	a.Refused(status, reason)
	if a.Text("message") != words && a.Text("fields", 0, "message") != words {
		t.Errorf("it reads %s, want %q", a.Raw, words)
	}
}

// What comes in a wrong order, or from somebody who may not, is refused in words that say what to do.
func TestWhatIsWrongWithNeeds(t *testing.T) {
	t.Parallel()
	const changed, orderChanged = "这件事的进展已经变了，请刷新后再看。", "这一单的进展已经变了，请刷新后再看。"
	w, other := needTown(t)
	why := doc{"clause": "第 3 项不归我们", "instead": "县住建局"}
	need, first := whistled(w)
	told(t, stepOf(w, "secretary", need, "answer", doc{"result": "solved", "answer": "快了"}), 409, "need_open_work",
		"派出去的单子还没有核完，等都有了结果再答复。")
	told(t, stepOf(w, "secretary", need, "merge", doc{"into": handled(w)}), 409, "need_open_work",
		"派出去的单子还没有结果，先撤回再合并。")
	told(t, stepOf(w, "street", need, "review", doc{"decision": "accept"}), 409, "need_state", changed) // who was slower
	stepOn(w, "responder", first, "refusal", why).Want(200)
	told(t, stepOn(w, "responder", first, "refusal", why), 409, "assignment_state", orderChanged)
	second := whistle(w, "secretary", need, other).Want(201).Text("items", 0, "id")
	stepOn(w, "responder-2", second, "refusal", why).Want(200)
	third := whistle(w, "secretary", need, w.Unit).Want(201).Text("items", 0, "id")
	told(t, stepOn(w, "responder", third, "refusal", why), 409, "assignment_bound",
		"前面已经退回两次，这一单不能再退。有难处请找派单的人，或者请县里定。")
	w.Grant("responder", id.RoleGridWorker, w.Grid) // and lives there
	stepOn(w, "responder", third, "acceptance", nil).Want(200)
	stepOn(w, "responder", third, "report", doc{"answer": "换好了"}).Want(200)
	told(t, stepOn(w, "responder", third, "verification", nil), 403, "party_to_matter",
		"这件事和您本人有关，请由别的同事来决定。")
	_, late := whistled(w)
	w.Clocks.Business.Advance(aDay + time.Minute)
	told(t, stepOn(w, "responder", late, "refusal", why), 409, "refusal_late",
		"过了答复的时间，不能再退回。请接下来，有难处请找派单的人。")
	told(t, w.Call("responder", "POST", "/api/v1/assignments", doc{
		"fromId": w.Unit, "what": "请去数车位", "term": "ordinary", "to": []doc{{"nodeId": w.Home, "kind": "lead"}},
	}), 403, "not_admitted",
		"这件事不在社区的职责清单里，也没有经过准入。社区可以不办。要让社区帮忙，请先向县里申请准入。")
	w.Healthy()
}

// Needs that are merged come to one that is in work or has ended, and to no circle; and nobody takes back what others'
// go on as.
func TestMergesComeToAnEnd(t *testing.T) {
	t.Parallel()
	w, _ := needTown(t)
	into := func(one, other, words string) {
		t.Helper()
		told(t, stepOf(w, "secretary", one, "merge", doc{"into": other}), 422, "invalid_input", words)
	}
	a, b, c, fresh := handled(w), handled(w), handled(w), say(w)
	into(a, a, "不能并到它自己。")
	into(a, fresh, "那一件还没有收下，先收下再并过去。")
	into(a, rejected(w), "那一件已经不在办了，请并到在办的一件。")
	stepOf(w, "secretary", a, "merge", doc{"into": b}).Want(200)
	into(b, a, "那一件已经不在办了，请并到在办的一件。")
	stepOf(w, "secretary", b, "merge", doc{"into": c}).Want(200)
	into(c, a, "那一件已经不在办了，请并到在办的一件。") // a circle of three
	secret := needDraft(w.Home)
	secret["private"] = true
	hidden := w.Call("resident-2", "POST", "/api/v1/needs", secret).Want(201).Text("id")
	stepOf(w, "secretary", hidden, "review", doc{"decision": "accept"}).Want(200)
	into(c, hidden, "那一件不公开，不能把别人说的并过去。") // its owner and followers would read it
	told(t, stepOf(w, "secretary", fresh, "review", doc{"decision": "accept", "rejection": "legal"}), 422, "invalid_input",
		"收下的事没有不办的原因，请只选一样。")
	told(t, stepOf(w, "secretary", fresh, "review", doc{"decision": "reject", "rejection": "legal", "reason": "法院", "term": "urgent"}),
		422, "invalid_input", "不在这里办的事没有期限，请只选一样。")
	elsewhere := w.Call("resident", "POST", "/api/v1/needs", needDraft(w.Sister)).Want(201).Text("id")
	stepOf(w, "secretary", c, "merge", doc{"into": elsewhere}).Refused(404, "not_found") // whose secretary alone knows of it
	stepOf(w, "secretary", fresh, "merge", doc{"into": c}).Want(200)
	told(t, stepOf(w, "resident", c, "withdrawal", nil), 409, "need_state", "别人说的同一件事也并在这里办，不能撤回。")
	if v := w.Call("resident", "GET", "/api/v1/needs/"+c, nil).Want(200); v.At("may", "withdraw") == true {
		t.Errorf("the page offers to take it back: %s", v.Raw)
	}
	w.Healthy()
}

// A phone number is hidden wherever somebody writes it, and said to nobody by the way.
func TestNumbersInNeeds(t *testing.T) {
	t.Parallel()
	w, _ := needTown(t)
	with := "请打 " + apptest.Phone
	need, one := whistled(w)
	stepOf(w, "street", need, "suspension", doc{"reviewAt": w.Clocks.Business.Now().AddDate(0, 0, 9), "reason": with}).Want(200)
	stepOf(w, "secretary", need, "resumption", nil).Want(200)
	stepOn(w, "responder", one, "acceptance", nil).Want(200)
	stepOn(w, "responder", one, "report", doc{"answer": with}).Want(200)
	stepOn(w, "secretary", one, "verification", nil).Want(200)
	stepOf(w, "secretary", need, "answer", doc{"result": "solved", "answer": with}).Want(200)
	stepOf(w, "resident", need, "confirmation", doc{"solved": "partly", "comment": with}).Want(200)
	for _, path := range []string{"/needs/" + need, "/assignments/" + one} {
		for _, persona := range []string{"resident", "secretary"} {
			if path != "/needs/"+need && persona == "resident" {
				continue
			}
			a := w.Call(persona, "GET", "/api/v1"+path, nil).Want(200)
			if strings.Contains(string(a.Raw), apptest.Phone) || strings.Count(string(a.Raw), "〔电话已隐藏〕") < 2 {
				t.Errorf("%s reads %s of %s", persona, a.Raw, path)
			}
		}
	}
	w.Healthy()
}

// What is said on the day before New Year's Eve is owed after the holidays, by the days of the calendar that was
// imported. The dates are reckoned by hand: the first three days of January have no day, and what has hours runs on.
func TestTermsOverNewYear(t *testing.T) {
	t.Parallel()
	w, _ := needTown(t)
	table := "日期,安排,节日\n2027-01-01,放假,元旦\n2027-01-02,放假,元旦\n2027-01-03,放假,元旦\n"
	_, err := importer.Holidays(t.Context(), w.App.DB, strings.NewReader(table), importer.Options{Commit: true})
	must(t, err)
	w.Clocks.Business.Advance(time.Date(2026, 12, 30, 4, 0, 0, 0, time.UTC).Sub(apptest.Start)) // Wednesday noon
	need := handled(w)
	send := func(term string) apptest.Answer {
		a := w.Call("secretary", "POST", "/api/v1/assignments", doc{
			"needId": need, "what": "换井盖", "term": term, "to": []doc{{"nodeId": w.Unit, "kind": "help"}},
		}).Want(201)
		stepOn(w, "secretary", a.Text("items", 0, "id"), "cancellation", doc{"reason": "另派"}).Want(200)
		return a
	}
	for term, want := range map[string][3]string{ // to be accepted, to be done, and twice that
		"urgent":   {"2026-12-30T05:00:00Z", "2026-12-30T06:00:00Z", "2026-12-30T08:00:00Z"},
		"utility":  {"2026-12-30T06:00:00Z", "2026-12-31T04:00:00Z", "2027-01-01T04:00:00Z"},
		"ordinary": {"2026-12-31T04:00:00Z", "2027-01-09T04:00:00Z", "2027-01-16T04:00:00Z"},
		"complex":  {"2026-12-31T04:00:00Z", "2027-01-17T04:00:00Z", "2027-02-01T04:00:00Z"},
	} {
		a := send(term)
		if got := [3]string{
			a.Text("items", 0, "acceptBy"), a.Text("items", 0, "dueAt"), a.Text("items", 0, "latestAt"),
		}; got != want {
			t.Errorf("%s is owed at %v, want %v", term, got, want)
		}
	}
	n := w.Call("resident", "GET", "/api/v1/needs/"+need, nil).Want(200)
	if n.Text("need", "dueAt") != "2027-01-09T04:00:00Z" || n.Text("termWords") != "7 天，法定节假日不算" {
		t.Errorf("the resident reads %s", n.Raw)
	}
	w.Healthy()
}
