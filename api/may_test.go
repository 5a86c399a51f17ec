package api_test

import (
	"testing"

	"xinyuan/internal/app/apptest"
)

// may reads from a wish's page what its reader may do.
func may(w *apptest.Town, persona, wish, what string) bool {
	w.T.Helper()
	return w.Call(persona, "GET", "/api/v1/wishes/"+wish, nil).Want(200).At(what) == true
}

// What a wish's page offers is what the server would let the reader do, and no more.
func TestWishMay(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	wants := func(wish string, want map[string]string) {
		t.Helper()
		for _, what := range []string{"mayClaim", "mayEdit", "mayWithdraw", "decidesHere"} {
			got := ""
			for _, persona := range []string{"resident", "member-1", "member-2", "secretary", "grid", "street"} {
				if seen := w.Call(persona, "GET", "/api/v1/wishes/"+wish, nil); seen.Status == 200 && seen.At(what) == true {
					got += persona + " "
				}
			}
			if got != want[what] {
				t.Errorf("%s: %q, want %q", what, got, want[what])
			}
		}
	}
	wish := w.Post()
	wants(wish, map[string]string{"mayEdit": "resident ", "mayWithdraw": "resident ", "decidesHere": "secretary street "})
	w.Call("secretary", "POST", "/api/v1/wishes/"+wish+"/review", map[string]any{"decision": "publish"}).Want(200)
	wants(wish, map[string]string{"mayClaim": "member-1 member-2 ", "mayWithdraw": "resident ", "decidesHere": "secretary street "})
	claim := w.Call("member-1", "POST", "/api/v1/wishes/"+wish+"/claims", nil).Want(201).Text("id")
	w.Call("secretary", "POST", "/api/v1/claims/"+claim+"/review", map[string]any{"decision": "approve"}).Want(200)
	wants(wish, map[string]string{"mayWithdraw": "resident ", "decidesHere": "secretary street "})
	w.Call("member-1", "POST", "/api/v1/claims/"+claim+"/delivery", map[string]any{"note": "办好了"}).Want(200)
	wants(wish, map[string]string{"decidesHere": "secretary street "})
}

// Whoever decides here and may not ask the resident reads whose post it is: never that of who recorded the wish.
func TestAskers(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	wish := recorded(w, map[string]any{"name": apptest.Name, "phone": apptest.Phone, "address": apptest.Address})
	id := wish[len("/api/v1/wishes/"):]
	w.Call("secretary", "POST", wish+"/review", map[string]any{"decision": "publish"}).Want(200)
	claim := w.Call("member-1", "POST", wish+"/claims", nil).Want(201).Text("id")
	w.Call("secretary", "POST", "/api/v1/claims/"+claim+"/review", map[string]any{"decision": "approve"}).Want(200)
	w.Call("member-1", "POST", "/api/v1/claims/"+claim+"/delivery", map[string]any{"note": "办好了"}).Want(200)
	seen := w.Call("secretary", "GET", wish, nil).Want(200)
	if may(w, "secretary", id, "mayRecordAnswer") || seen.At("askers") != nil {
		t.Errorf("who recorded the wish is to ask: %s", seen.Raw)
	}
	w.Grant("member-2", "grid_worker", w.Home)
	seen = w.Call("secretary", "GET", wish, nil).Want(200)
	if seen.Len("askers") != 1 || seen.Text("askers", 0, "role") != "grid_worker" {
		t.Errorf("who is to ask: %s", seen.Raw)
	}
	if seen := w.Call("member-1", "GET", wish, nil).Want(200); seen.At("askers") != nil {
		t.Errorf("the claimant reads it: %s", seen.Raw)
	}
}
