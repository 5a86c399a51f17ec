package api_test

import (
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
)

// The owner takes the own yes back once, within a day, and the points go with it.
func TestOwnersUndoByCalls(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	wish, id := w.Delivered("member-1")
	claim, why := "/api/v1/claims/"+id, map[string]any{"reason": "点错了"}
	confirm := func() {
		t.Helper()
		w.Call("resident", "POST", claim+"/confirmation", map[string]any{"accepted": true, "comment": "谢谢"}).Want(200)
	}
	mayUndo := func(want bool) {
		t.Helper()
		if a := w.Call("resident", "GET", "/api/v1/wishes/"+wish, nil).Want(200); (a.At("mayUndo") == true) != want {
			t.Errorf("may undo: %v, want %t", a.At("mayUndo"), want)
		}
	}
	balance := func(want int) {
		t.Helper()
		if got := w.Call("member-1", "GET", "/api/v1/me/points", nil).Want(200).Number("balance"); got != want {
			t.Errorf("the balance is %d, want %d", got, want)
		}
	}
	mayUndo(false)
	confirm()
	mayUndo(true)
	if a := w.Call("secretary", "GET", "/api/v1/wishes/"+wish, nil).Want(200); a.At("mayUndo") != true {
		t.Errorf("the secretary may not undo: %s", a.Raw)
	}
	if a := w.Call("member-1", "GET", "/api/v1/wishes/"+wish, nil).Want(200); a.At("mayUndo") == true {
		t.Errorf("the claimant may undo: %s", a.Raw)
	}
	balance(10)
	w.Clocks.Business.Advance(23 * time.Hour)
	a := w.Call("resident", "POST", claim+"/undo", why).Want(200)
	if a.Text("status") != "delivered" || a.Text("comment") != "" {
		t.Errorf("after the undoing: %s", a.Raw)
	}
	balance(0)
	w.Call("resident", "POST", claim+"/undo", why).Refused(409, "claim_state")
	confirm()
	balance(10)
	mayUndo(false)
	w.Call("resident", "POST", claim+"/undo", why).Refused(403, "forbidden")
	w.Healthy()
}

// A day later the own yes stands, and what staff recorded is theirs to undo.
func TestNoUndoAfterADay(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 2)
	why := map[string]any{"reason": "点错了"}
	_, id := w.Fulfilled("member-1")
	w.Clocks.Business.Advance(24 * time.Hour)
	w.Call("resident", "POST", "/api/v1/claims/"+id+"/undo", why).Refused(403, "forbidden")
	wish, recorded := w.Delivered("member-2")
	w.Clocks.Business.Advance(4 * 24 * time.Hour)
	w.Call("grid", "POST", "/api/v1/claims/"+recorded+"/confirmation", map[string]any{
		"accepted": true, "onBehalf": map[string]any{"how": "phone", "note": "打电话问的"},
	}).Want(200)
	if a := w.Call("resident", "GET", "/api/v1/wishes/"+wish, nil).Want(200); a.At("mayUndo") == true {
		t.Errorf("the owner may undo what staff recorded")
	}
	w.Call("resident", "POST", "/api/v1/claims/"+recorded+"/undo", why).Refused(403, "forbidden")
	// The yes that stands counts, not the first one: it is the owner's own now.
	w.Call("secretary", "POST", "/api/v1/claims/"+recorded+"/undo", why).Want(200)
	w.Call("resident", "POST", "/api/v1/claims/"+recorded+"/confirmation", map[string]any{"accepted": true}).Want(200)
	w.Call("resident", "POST", "/api/v1/claims/"+recorded+"/undo", why).Want(200)
	w.Healthy()
}

// Thanks come after the yes, once, and who helped reads them.
func TestThanksAfterwards(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 2)
	wish, id := w.Delivered("member-1")
	claim, five := "/api/v1/claims/"+id, map[string]any{"rating": 5, "comment": "帮了大忙，暖心。"}
	w.Call("resident", "POST", claim+"/thanks", five).Refused(409, "claim_state")
	w.Call("resident", "POST", claim+"/confirmation", map[string]any{"accepted": true}).Want(200)
	w.Call("resident", "POST", claim+"/thanks", map[string]any{}).Refused(422, "invalid_input")
	w.Call("member-1", "POST", claim+"/thanks", five).Refused(403, "forbidden")
	w.Call("resident-2", "POST", claim+"/thanks", five).Refused(404, "not_found")
	w.Call("resident", "POST", "/api/v1/claims/7/thanks", five).Refused(404, "not_found")
	w.Call("resident", "POST", claim+"/thanks", five).Want(200)
	w.Call("resident", "POST", claim+"/thanks", five).Refused(409, "claim_state")
	a := w.Call("member-1", "GET", "/api/v1/wishes/"+wish, nil).Want(200)
	if a.Number("claim", "rating") != 5 || a.Text("claim", "comment") != "帮了大忙，暖心。" {
		t.Errorf("the claimant reads %s", a.Raw)
	}
	if got := w.Call("member-1", "GET", "/api/v1/inbox", nil).Want(200).Text("items", 0, "text"); got != "许愿人为“厨房水龙头关不严”谢谢您，请去看看" {
		t.Errorf("the claimant is told %q", got)
	}
	w.Healthy()
}

// Nobody came: staff decides at once, and does not wait for a second "not yet".
func TestNobodyCameIsADispute(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	wish, id := w.Delivered("member-1")
	claim := "/api/v1/claims/" + id
	w.Call("resident", "POST", claim+"/confirmation", map[string]any{"accepted": true, "nobodyCame": true}).
		Refused(422, "invalid_input")
	a := w.Call("resident", "POST", claim+"/confirmation", map[string]any{"accepted": false, "nobodyCame": true}).Want(200)
	if a.Text("status") != "delivered" || a.At("disputed") != true || a.Text("comment") != "没有人来过。" {
		t.Errorf("%s", a.Raw)
	}
	got := w.Call("secretary", "GET", "/api/v1/approvals?kind=dispute", nil).Want(200)
	if got.Len("items") != 1 || got.Text("items", 0, "wishId") != wish {
		t.Errorf("what waits for the secretary: %s", got.Raw)
	}
	w.Healthy()
}
