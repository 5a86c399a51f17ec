package api_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"xinyuan/api"
	"xinyuan/internal/app/apptest"
)

// Whoever goes away before the answer is no fault of the server: not in the log,
// and not in the counters.
func TestClientThatWentAway(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	handler, err := w.App.Handler(api.Options{})
	must(t, err)
	ctx, leave := context.WithCancel(t.Context())
	leave()
	gone := httptest.NewRequestWithContext(ctx, http.MethodGet, "/api/v1/me", nil)
	gone.Header.Set("Authorization", "Bearer "+w.Token("resident"))
	handler.ServeHTTP(httptest.NewRecorder(), gone)
	if log := w.Log.String(); strings.Contains(log, `"level":"ERROR"`) || !strings.Contains(log, `"status":499`) {
		t.Errorf("the log: %s", log)
	}
	metrics := httptest.NewRecorder()
	handler.ServeHTTP(metrics, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil))
	if text := metrics.Body.String(); strings.Contains(text, `status="500"`) || !strings.Contains(text, `status="499"`) {
		t.Errorf("the counters: %s", text)
	}
}
