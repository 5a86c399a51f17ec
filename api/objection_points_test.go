package api_test

import (
	"testing"

	"xinyuan/internal/app/apptest"
)

// Points of a wish are objected to like hours, by who got them; whoever answers is
// no party, puts them right at once, and an undone confirmation takes back what
// stands.
func TestObjectionToPointsOfAWish(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 3)
	const path = "/api/v1/objections"
	wish, claim := w.Delivered("member-1")
	object := map[string]any{"claimId": claim, "text": "分数不对，说好是二十分。"}
	w.Call("member-1", "POST", path, object).Refused(409, "nothing_to_object") // nothing is paid yet
	w.Call("resident", "POST", "/api/v1/claims/"+claim+"/confirmation", map[string]any{"accepted": true}).Want(200)
	for persona, body := range map[string]map[string]any{
		"member-2": object, "resident": object, "secretary": object, "member-1": {"claimId": "7", "text": "不对"},
	} {
		w.Call(persona, "POST", path, body).Refused(404, "not_found")
	}
	w.Call("member-1", "POST", path, map[string]any{"claimId": claim, "recordId": "7", "text": "不对"}).Refused(422, "invalid_input")
	w.Call("member-1", "POST", path, map[string]any{"claimId": claim}).Refused(422, "invalid_input")
	made := w.Call("member-1", "POST", path, object).Want(201)
	w.Call("member-1", "POST", path, object).Refused(409, "objection_open")
	if made.Text("wishId") != wish || made.Number("points") != 10 || made.Number("promised") != 10 {
		t.Errorf("made: %s", made.Raw)
	}
	one := path + "/" + made.Text("id")
	for persona, may := range map[string]bool{"secretary": true, "street": true, "auditor": false, "member-1": false} {
		a := w.Call(persona, "GET", one, nil).Want(200)
		if got := a.At("mayDecide") == true; got != may {
			t.Errorf("%s may decide: %v", persona, got)
		}
	}
	for _, persona := range []string{"member-2", "resident"} {
		w.Call(persona, "GET", one, nil).Refused(404, "not_found")
	}
	if rows := w.Call("secretary", "GET", "/api/v1/approvals?kind=objection", nil).Want(200); rows.Len("items") != 1 {
		t.Errorf("what waits: %s", rows.Raw)
	}
	review := func(persona string, points any) apptest.Answer {
		return w.Call(persona, "POST", one+"/review", map[string]any{"decision": "uphold", "reason": "核对过了", "points": points})
	}
	review("member-1", 5).Refused(403, "party_to_matter")
	review("auditor", 5).Refused(403, "forbidden")
	review("secretary", 11).Refused(422, "invalid_input")
	review("secretary", 10).Refused(422, "invalid_input") // as it is
	w.Call("secretary", "POST", one+"/review", map[string]any{"decision": "uphold", "reason": "核对过了"}).Refused(422, "invalid_input")
	review("secretary", 4).Want(200)
	review("secretary", 3).Refused(409, "objection_state")
	if n := balance(w, "member-1"); n != 4 {
		t.Errorf("the balance is %d after the ruling", n)
	}
	entries := w.Call("member-1", "GET", "/api/v1/me/points/entries", nil).Want(200)
	if entries.Len("items") != 3 || entries.Number("items", 0, "amount") != 4 || entries.Number("items", 1, "amount") != -10 ||
		entries.Text("items", 1, "cause", "title") == "" {
		t.Errorf("the entries: %s", entries.Raw)
	}
	if m := w.Call("member-1", "GET", "/api/v1/inbox", nil).Want(200); m.Text("items", 0, "objectionId") != made.Text("id") {
		t.Errorf("the member is told %s", m.Raw)
	}
	w.Healthy()
	sharesAfterwards(w, claim, object)
}

// sharesAfterwards objects once more, in vain; then the confirmation is undone, and
// what stands is taken back.
func sharesAfterwards(w *apptest.Town, claim string, object map[string]any) {
	w.T.Helper()
	const path = "/api/v1/objections"
	two := path + "/" + w.Call("member-1", "POST", path, object).Want(201).Text("id")
	w.Call("street", "POST", two+"/review", map[string]any{"decision": "dismiss", "reason": "就是四分"}).Want(200)
	three := path + "/" + w.Call("member-1", "POST", path, object).Want(201).Text("id")
	w.Call("secretary", "POST", "/api/v1/claims/"+claim+"/undo", map[string]any{"reason": "没有办好"}).Want(200)
	if n := balance(w, "member-1"); n != 0 {
		w.T.Errorf("the balance is %d after the undoing", n)
	}
	w.Call("secretary", "POST", three+"/review", map[string]any{"decision": "uphold", "reason": "核对过了", "points": 2}).
		Refused(409, "nothing_to_object")
	w.Call("secretary", "POST", three+"/review", map[string]any{"decision": "dismiss", "reason": "确认撤销了"}).Want(200)
	w.Call("resident", "POST", "/api/v1/claims/"+claim+"/confirmation", map[string]any{"accepted": true}).Want(200)
	if n := balance(w, "member-1"); n != 10 {
		w.T.Errorf("the balance is %d after the second confirmation", n)
	}
	w.Healthy()
}
