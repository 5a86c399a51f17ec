package api_test

import (
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
)

// answeredMeanwhile sends the request while another connection holds the row, does
// what meanwhile does once the request waits for it, and returns the answer.
func answeredMeanwhile(w *apptest.Town, row string, request func() apptest.Answer, meanwhile func()) apptest.Answer {
	w.T.Helper()
	tx, err := w.App.DB.Pool().BeginTx(w.T.Context(), nil)
	must(w.T, err)
	defer func() { _ = tx.Rollback() }()
	var held int64
	must(w.T, tx.QueryRowContext(w.T.Context(), "SELECT id FROM "+row+" FOR UPDATE").Scan(&held))
	answers := make(chan apptest.Answer, 1)
	go func() { answers <- request() }()
	w.Until("the request waits for the row", func() bool {
		var waiting int
		err := w.App.DB.Pool().QueryRowContext(w.T.Context(), "SELECT COUNT(*) FROM information_schema.processlist"+
			" WHERE db = DATABASE() AND command = 'Query' AND info LIKE '%FOR UPDATE%' AND id <> CONNECTION_ID()").Scan(&waiting)
		return err == nil && waiting > 0 // MySQL fails while somebody's statement has sealed bytes in it
	})
	meanwhile()
	must(w.T, tx.Commit())
	select {
	case a := <-answers:
		return a
	case <-time.After(30 * time.Second):
		w.T.Fatal("the request does not end")
	}
	return apptest.Answer{}
}

// later moves the business clock on by a day and writes a row of rules that hold
// since shortly before then.
func later(w *apptest.Town, insert string) {
	w.Clocks.Business.Advance(24 * time.Hour)
	_, err := w.App.DB.Pool().ExecContext(w.T.Context(), insert, w.Clocks.Business.Now().Add(-time.Minute))
	must(w.T, err)
}

// A rule is that of the moment at which something is decided: whoever waited for a
// row meanwhile decides by the rule that came in that time.
func TestRulesAreOfTheTimeOfTheDecision(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	wish := w.Post()
	a := answeredMeanwhile(w, "wishes WHERE id = "+wish, func() apptest.Answer {
		return w.Call("secretary", "POST", "/api/v1/wishes/"+wish+"/review", map[string]any{"decision": "publish"})
	}, func() {
		later(w, "INSERT INTO points_rules (id, event, version, points, effective_from) VALUES (77, 'wish_fulfilled', 77, 20, ?)")
	}).Want(200)
	if got := a.Number("points"); got != 20 {
		t.Errorf("published for %v points, want the 20 of the rule that came while the wish was locked", got)
	}
}

// So is the rule that says how many recorded yeses are asked again.
func TestAskingAgainIsOfTheTimeOfTheYes(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, append(unsampled(), apptest.WithoutWorker())...), 3)
	building(w, "member-2")
	_, claim := yesCase{recorder: "grid", phone: "13900000001", approves: "secretary"}.deliver(w)
	a := answeredMeanwhile(w, "claims WHERE id = "+claim, func() apptest.Answer {
		return recordYes(w, "member-2", claim)
	}, func() { later(w, "INSERT INTO yes_rules (since, percent) VALUES (?, 100)") }).Want(200)
	if got := a.Text("status"); got != "delivered" {
		t.Errorf("the claim is %s: nobody asks again, as the rule has it that came while the claim was locked", got)
	}
}

// Who answers a wish is asked anew once its row is locked: where the owner left meanwhile, whose phone it gives may not claim it.
func TestClaimOfAWishWhoseOwnerLeavesMeanwhile(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	exec := func(statement string, args ...any) {
		t.Helper()
		_, err := w.App.DB.Pool().ExecContext(t.Context(), statement, args...)
		must(t, err)
	}
	wish := w.OnBehalf("grid", apptest.Phone)
	w.Call("secretary", "POST", "/api/v1/wishes/"+wish+"/review", doc{"decision": "publish"}).Want(200)
	exec("UPDATE wishes SET owner_id = ? WHERE id = ?", w.People["resident"], wish)
	w.Call("member-1", "POST", "/api/v1/me/phone", doc{"code": w.WeChat.NewPhoneCode(apptest.Phone)}).Want(200)
	answeredMeanwhile(w, "memberships WHERE active_user_id = "+w.People["member-1"].String(), func() apptest.Answer {
		return w.Call("member-1", "POST", "/api/v1/wishes/"+wish+"/claims", nil)
	}, func() { exec("UPDATE wishes SET owner_id = NULL WHERE id = ?", wish) }).Refused(403, "own_wish")
}
