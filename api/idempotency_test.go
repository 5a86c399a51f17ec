package api_test

import (
	"net/http"
	"testing"

	"xinyuan/internal/app/apptest"
)

// A key belongs to one request: the same body about another matter is no twin of
// the first, and is told so instead of what the first achieved.
func TestOneKeyForTwoMatters(t *testing.T) {
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 2)
	send := func(persona, path string, body any) apptest.Answer {
		return w.CallWith(http.Header{"Idempotency-Key": {"one-key-for-two"}}, persona, path, body)
	}
	first, second := w.Open(), w.Open()
	one := send("member-1", "/api/v1/wishes/"+first+"/claims", map[string]any{}).Want(201).Text("id")
	// The first again is its twin, the other wish is another request.
	if a := send("member-1", "/api/v1/wishes/"+first+"/claims", map[string]any{}).Want(201); a.Text("id") != one {
		t.Errorf("the twin is told %s", a.Raw)
	}
	send("member-1", "/api/v1/wishes/"+second+"/claims", map[string]any{}).Refused(409, "key_reused")
	if got := w.Call("resident", "GET", "/api/v1/wishes/"+second, nil).Want(200).Text("wish", "status"); got != "open" {
		t.Errorf("the second wish is %s", got)
	}
	// Somebody else's key is another one, and so is that of another operation.
	send("member-2", "/api/v1/wishes/"+second+"/claims", map[string]any{}).Want(201)
	send("member-1", "/api/v1/claims/"+one+"/release", map[string]any{}).Want(200)
	w.Healthy()
}
