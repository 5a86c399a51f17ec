package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
)

// WeChat's client cannot send PATCH: it posts and names the method it means.
func TestPostMayMeanPatch(t *testing.T) {
	t.Parallel()
	w := apptest.New(t)
	header := http.Header{"X-Http-Method-Override": {http.MethodPatch}}
	w.CallWith(header, "resident", "/api/v1/me", map[string]any{"elderView": true}).Want(http.StatusOK)
}

// Who asks for an operation that there is not is told so, and not that something
// was withdrawn.
func TestUnknownPath(t *testing.T) {
	t.Parallel()
	w := apptest.New(t)
	a := w.Send("", http.MethodGet, "/api/v1/nothing", nil).Refused(http.StatusNotFound, "not_found")
	if !strings.HasPrefix(a.Text("message"), "没有这个地址") {
		t.Errorf("got %s", a.Raw)
	}
}

// A phone's clock may be wrong; every answer says what time it is here.
func TestAnswersTellTheTime(t *testing.T) {
	t.Parallel()
	w := apptest.New(t)
	a := w.Call("resident", http.MethodGet, "/api/v1/me", nil).Want(http.StatusOK)
	if got, want := a.Header.Get("Xinyuan-Now"), w.Clocks.Business.Now().Format(time.RFC3339); got != want {
		t.Errorf("Xinyuan-Now = %q, want %q", got, want)
	}
}

// Whatever a browser shows of an answer is no other type, in no frame, and kept nowhere.
func TestAnswersSayHowTheyAreShown(t *testing.T) {
	t.Parallel()
	w := apptest.New(t)
	for _, path := range []string{"/api/v1/me", "/docs", "/api/v1/nothing"} {
		a := w.Call("resident", http.MethodGet, path, nil)
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Cache-Control": "no-store", "Referrer-Policy": "no-referrer",
		} {
			if got := a.Header.Get(name); got != want {
				t.Errorf("%s: %s = %q, want %q", path, name, got, want)
			}
		}
	}
}
