package api_test

import (
	"io"
	"net/http"
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/race"
)

// A server that works on as many requests as it may refuses the next one at once, says
// when to come again, and serves everybody once there is a place. Strangers take none.
func TestBusyServer(t *testing.T) {
	t.Parallel()
	const most = 10
	w := apptest.NewTown(apptest.New(t, apptest.With("XINYUAN_HTTP_REQUESTS=10"), apptest.WithoutWorker()), 1)
	token := w.Token("member-1")
	var wg race.Group
	// Each is worked on until its body has come.
	hold := func(token string) io.Closer {
		body, pipe := io.Pipe()
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPatch, w.URL+"/api/v1/me", body)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Authorization", "Bearer "+token)
		wg.Go(func() {
			answer, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Error(err)
				return
			}
			_ = answer.Body.Close()
		})
		return pipe
	}
	var held []io.Closer
	for range most {
		held = append(held, hold("nobody's"))
	}
	w.Send(token, "GET", "/api/v1/me", nil).Want(200)
	w.Until("the server is busy", func() bool {
		if w.Send(token, "GET", "/api/v1/me", nil).Status == http.StatusServiceUnavailable {
			return true
		}
		held = append(held, hold(token)) // one at a time: who looks takes a place, too
		return false
	})
	refused := w.Send(token, "GET", "/api/v1/me", nil).Refused(503, "unavailable")
	if refused.Header.Get("Retry-After") == "" || refused.Text("message") != "现在用的人太多了，请过几秒再试。" {
		t.Errorf("refused with %q %s", refused.Header.Get("Retry-After"), refused.Raw)
	}
	w.Send("", "GET", "/healthz", nil).Want(200)
	for _, one := range held {
		if err := one.Close(); err != nil {
			t.Error(err)
		}
	}
	wg.Wait()
	w.Send(token, "GET", "/api/v1/me", nil).Want(200)
}
