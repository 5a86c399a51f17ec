package api_test

import (
	"net/http"
	"testing"

	"xinyuan/internal/app/apptest"
)

// A batch of who has nothing to decide is refused as one, as the list is. What was decided under the key before the role
// ended is told again.
func TestBatchWithoutRole(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	wish, other := w.Post(), w.Post()
	batch := map[string]any{"items": []map[string]any{
		{"kind": "wish", "id": wish, "decision": "publish"}, {"kind": "callback", "id": "7", "decision": "approve"},
		{"kind": "wish", "id": "77", "decision": "publish"},
	}}
	for _, persona := range []string{"resident", "resident-2", "member-1", "unit", "auditor"} {
		w.Call(persona, "GET", "/api/v1/approvals", nil).Refused(403, "forbidden")
		w.Call(persona, "POST", "/api/v1/approvals/batch", batch).Refused(403, "forbidden")
	}
	w.Grant("resident-2", "secretary", w.Home)
	key := http.Header{"Idempotency-Key": {"bulk-0002"}}
	first := w.CallWith(key.Clone(), "resident-2", "/api/v1/approvals/batch", batch).Want(200)
	grants := w.Call("street", "GET", "/api/v1/grants?nodeId="+w.Home.String(), nil).Want(200)
	for i := range grants.Len("items") {
		if grants.Text("items", i, "userId") == w.People["resident-2"].String() {
			w.Call("street", "POST", "/api/v1/grants/"+grants.Text("items", i, "id")+"/end", map[string]any{"reason": "调动"}).Want(200)
		}
	}
	again := w.CallWith(key.Clone(), "resident-2", "/api/v1/approvals/batch", batch).Want(200)
	if told := again.Text("results", 0, "status"); told != "open" || first.Text("results", 0, "status") != told {
		t.Errorf("told first %s, then %s", first.Raw, again.Raw)
	}
	batch = map[string]any{"items": []map[string]any{{"kind": "wish", "id": other, "decision": "publish"}}}
	w.Call("resident-2", "POST", "/api/v1/approvals/batch", batch).Refused(403, "forbidden")
	w.Healthy()
}
