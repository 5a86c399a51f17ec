package api_test

import (
	"net/http"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
)

// WeChat's client cannot send PATCH: it posts and names the method it means.
func TestPostMayMeanPatch(t *testing.T) {
	w := apptest.New(t)
	header := http.Header{"X-Http-Method-Override": {http.MethodPatch}}
	w.CallWith(header, "resident", "/api/v1/me", map[string]any{"elderView": true}).Want(http.StatusOK)
}

// A phone's clock may be wrong; every answer says what time it is here.
func TestAnswersTellTheTime(t *testing.T) {
	w := apptest.New(t)
	a := w.Call("resident", http.MethodGet, "/api/v1/me", nil).Want(http.StatusOK)
	if got, want := a.Header.Get("Xinyuan-Now"), w.Clocks.Business.Now().Format(time.RFC3339); got != want {
		t.Errorf("Xinyuan-Now = %q, want %q", got, want)
	}
}
