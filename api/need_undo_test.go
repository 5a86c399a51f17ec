package api_test

import (
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
)

// verified is a whistle that somebody has looked at, for a need that is in work.
func verified(w *apptest.Town) (need, one string) {
	w.T.Helper()
	need, one = whistled(w)
	stepOn(w, "responder", one, "acceptance", nil).Want(200)
	stepOn(w, "responder", one, "report", doc{"answer": "换好了"}).Want(200)
	stepOn(w, "grid", one, "verification", nil).Want(200)
	return need, one
}

// sentBack has the resident say of what they are told that it is not done.
func sentBack(w *apptest.Town, need string) {
	w.T.Helper()
	stepOf(w, "secretary", need, "answer", doc{"result": "solved", "answer": "换好了"}).Want(200)
	stepOf(w, "resident", need, "confirmation", doc{"solved": "no", "again": true, "comment": "又松了"}).Want(200)
}

// That a whistle was done is taken back where the resident says that it came back: by who decides at the sender's or
// above, after the verification and within 30 days, and while the unit has no other for it. Who said so is told, and somebody looks anew.
func TestUndoneVerification(t *testing.T) {
	t.Parallel()
	w, _ := needTown(t)
	inWork, other := verified(w)
	why := doc{"reason": "又松了"}
	fresh := w.Call("secretary", "GET", "/api/v1/assignments/"+other, nil).Want(200)
	a := stepOn(w, "secretary", other, "undo", why) // nothing came back: the need has been in work all the time
	a.Refused(409, "assignment_state")
	if fresh.At("may", "undo") != nil || !strings.Contains(a.Text("message"), "居民没有说") {
		t.Errorf("of need %s, to which nothing came back: may %v, %s", inWork, fresh.At("may", "undo"), a.Raw)
	}
	need, one := verified(w)
	stepOf(w, "secretary", need, "answer", doc{"result": "solved", "answer": "换好了"}).Want(200)
	stepOn(w, "secretary", one, "undo", why).Refused(409, "assignment_state") // the resident has not said that it is not
	stepOf(w, "resident", need, "confirmation", doc{"solved": "no", "again": true, "comment": "又松了"}).Want(200)
	for _, persona := range []string{"grid", "responder"} {
		stepOn(w, persona, one, "undo", why).Refused(403, "not_your_community")
	}
	stepOn(w, "resident", one, "undo", why).Refused(404, "not_found")
	stepOn(w, "secretary", "7", "undo", why).Refused(404, "not_found")
	stepOn(w, "secretary", one, "undo", doc{"reason": " "}).Refused(422, "invalid_input")
	a = stepOn(w, "secretary", one, "undo", why).Want(200)
	if a.Text("status") != "reported" || a.At("verifiedAt") != nil {
		t.Errorf("undone it is %s", a.Raw)
	}
	if n := rowCount(t, w, "SELECT COUNT(*) FROM assignments WHERE status = 'reported' AND verifier_id IS NOT NULL"); n != 0 {
		t.Errorf("%d that nobody has verified have who did", n)
	}
	for persona, want := range map[string]string{
		"responder": "您办过的“把 3 号楼下的井盖换好”，核实撤回了，请再去看看",
		"grid":      "您核过的“把 3 号楼下的井盖换好”，核实撤回了，请看看原因",
	} {
		if got := inboxOf(w, persona)[0]; got != want {
			t.Errorf("%s reads %q", persona, got)
		}
	}
	stepOn(w, "secretary", one, "undo", why).Refused(409, "assignment_state")
	stepOf(w, "secretary", need, "answer", doc{"result": "solved", "answer": "好了"}).Refused(409, "need_open_work")
	stepOn(w, "secretary", one, "return", doc{"reason": "又松了"}).Want(200)
	stepOn(w, "responder", one, "report", doc{"answer": "换了新的"}).Want(200)
	stepOn(w, "grid", one, "verification", nil).Want(200)
	if got := w.Call("secretary", "GET", "/api/v1/assignments/"+one, nil).Want(200); !strings.Contains(string(got.Raw), "撤回了核实") {
		t.Errorf("its history does not say what happened: %s", got.Raw)
	}
	again := whistle(w, "secretary", need, w.Unit).Want(201).Text("items", 0, "id")
	stepOn(w, "secretary", one, "undo", why).Refused(409, "assignment_state") // the unit has it in hand already
	stepOn(w, "secretary", again, "cancellation", why).Want(200)
	of, late := whistled(w)
	stepOn(w, "responder", late, "acceptance", nil).Want(200)
	stepOn(w, "responder", late, "report", doc{"answer": "换好了"}).Want(200)
	w.Clocks.Business.Advance(2 * aDay)
	stepOn(w, "grid", late, "verification", nil).Want(200)
	sentBack(w, of)
	w.Clocks.Business.Advance(30 * aDay)
	stepOn(w, "secretary", late, "undo", why).Want(200) // from its verification on it is the last day
	stepOn(w, "street", one, "undo", why).Refused(409, "assignment_state")
	if a := w.Call("secretary", "GET", "/api/v1/assignments/"+other, nil).Want(200); a.Len("history") != 4 {
		t.Errorf("another one has changed: %s", a.Raw)
	}
	must(t, w.App.Sweep(t.Context()))
	w.Healthy()
}
