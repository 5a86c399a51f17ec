package api_test

import (
	"net/http"
	"testing"

	"xinyuan/internal/app/apptest"
)

// A refused request whose twin cannot be looked up is told that there is trouble, not that it is refused: the refusal may
// be what its own success looks like, and a client gives up a write that is refused.
func TestTwinThatCannotBeLookedUp(t *testing.T) {
	w := apptest.NewTown(apptest.New(t), 2)
	wish := w.Open()
	w.Call("member-1", "POST", "/api/v1/wishes/"+wish+"/claims", nil).Want(201)
	submitted := w.Post()
	w.Call("secretary", "POST", "/api/v1/wishes/"+submitted+"/review", map[string]any{"decision": "publish"}).Want(200)
	rename := func(from, to string) {
		t.Helper()
		if _, err := w.App.DB.Pool().ExecContext(t.Context(), "RENAME TABLE "+from+" TO "+to); err != nil {
			t.Fatal(err)
		}
	}
	key := http.Header{"Idempotency-Key": {"the-same-key-0001"}}
	claim := func() apptest.Answer { return w.CallWith(key, "member-2", "/api/v1/wishes/"+wish+"/claims", nil) }
	batch := func() apptest.Answer {
		return w.CallWith(key, "secretary", "/api/v1/approvals/batch", map[string]any{
			"items": []map[string]any{{"kind": "wish", "id": submitted, "decision": "publish"}},
		})
	}
	rename("idempotency", "idempotency_away")
	claim().Refused(503, "unavailable")
	batch().Refused(503, "unavailable")
	rename("idempotency_away", "idempotency")
	claim().Refused(409, "wish_taken")
	if a := batch().Want(200); a.Text("results", 0, "reason") != "wish_state" {
		t.Errorf("the batch says %s", a.Raw)
	}
	w.Healthy()
}
