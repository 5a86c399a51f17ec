package api_test

import (
	"net/http"
	"testing"

	"xinyuan/internal/app/apptest"
)

// Who writes too often is told how long to wait; others and reading go on.
func TestLimits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, setting string
		write         func(w *apptest.Town) apptest.Answer
		free          func(w *apptest.Town) apptest.Answer // what is still allowed
	}{
		{"a person", "XINYUAN_LIMITS_PERSON=3/1h",
			func(w *apptest.Town) apptest.Answer {
				return w.Call("resident", "PATCH", "/api/v1/me", map[string]any{})
			},
			func(w *apptest.Town) apptest.Answer {
				return w.Call("resident-2", "PATCH", "/api/v1/me", map[string]any{})
			}},
		{"an operation", "XINYUAN_LIMITS_OPERATION=3/1h",
			func(w *apptest.Town) apptest.Answer {
				return w.Call("resident", "PATCH", "/api/v1/me", map[string]any{})
			},
			func(w *apptest.Town) apptest.Answer {
				return w.Call("resident", "POST", "/api/v1/inbox/read", map[string]any{"upTo": "1"})
			}},
		{"an address", "XINYUAN_LIMITS_ADDRESS=4/1h", // the log-in is one of them
			func(w *apptest.Town) apptest.Answer {
				return w.Call("resident", "PATCH", "/api/v1/me", map[string]any{})
			},
			func(w *apptest.Town) apptest.Answer { return w.Call("resident", "GET", "/api/v1/me", nil) }},
		{"pictures of a person", "XINYUAN_LIMITS_PICTURE=3/1h",
			func(w *apptest.Town) apptest.Answer {
				a := w.Call("resident", "POST", "/api/v1/media", apptest.Picture(1))
				if a.Status == http.StatusCreated {
					a.Status = http.StatusOK
				}
				return a
			},
			func(w *apptest.Town) apptest.Answer {
				return w.Call("resident", "PATCH", "/api/v1/me", map[string]any{})
			}},
		{"log-ins", "XINYUAN_LIMITS_LOG_IN=3/1h",
			func(w *apptest.Town) apptest.Answer {
				a := w.Send("", "POST", "/api/v1/sessions", map[string]any{"code": "demo-resident"})
				if a.Status == http.StatusCreated {
					a.Status = http.StatusOK
				}
				return a
			},
			func(w *apptest.Town) apptest.Answer { return w.Send("", "GET", "/healthz", nil) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := apptest.NewTown(apptest.New(t, apptest.With(c.setting)), 1)
			for range 3 {
				c.write(w).Want(200)
			}
			refused := c.write(w).Refused(429, "too_many_requests")
			if refused.Header.Get("Retry-After") == "" {
				t.Errorf("nobody says how long to wait: %v", refused.Header)
			}
			c.free(w).Want(200)
		})
	}
}

// An address that a stranger claims in X-Forwarded-For is not believed; that of
// a trusted proxy is.
func TestForwardedAddresses(t *testing.T) {
	t.Parallel()
	for setting, want := range map[string]int{
		"XINYUAN_HTTP_TRUSTED_PROXIES=": 429, "XINYUAN_HTTP_TRUSTED_PROXIES=127.0.0.0/8,::1/128": 200,
	} {
		t.Run(setting, func(t *testing.T) {
			t.Parallel()
			w := apptest.NewTown(apptest.New(t, apptest.With("XINYUAN_LIMITS_ADDRESS=2/1h"), apptest.With(setting)), 1)
			token := http.Header{"X-Forwarded-For": {"203.0.113.7"}}
			body := map[string]any{"upTo": "1"}
			w.CallWith(token.Clone(), "resident", "/api/v1/inbox/read", body).Want(200) // after the log-in from another address
			w.CallWith(token.Clone(), "resident", "/api/v1/inbox/read", body)
			token.Set("X-Forwarded-For", "203.0.113.8")
			w.CallWith(token.Clone(), "resident", "/api/v1/inbox/read", body).Want(want)
		})
	}
}

// Nobody guesses the numbers by which people are found, neither as staff nor as who
// leads a team; each has a count of their own.
func TestNumbersAreNotGuessed(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.With("XINYUAN_LIMITS_NUMBER=3/1h"), apptest.WithoutWorker()), 1)
	number := w.Call("resident", "GET", "/api/v1/me/number", nil).Want(200).Text("number")
	guests := "/api/v1/teams/" + w.Squad("member-1") + "/guests"
	for range 3 {
		w.Call("secretary", "GET", "/api/v1/people?number=10000001", nil).Refused(404, "not_found")
		w.Call("member-1", "POST", guests, map[string]any{"number": "10000001"}).Refused(422, "invalid_input")
	}
	a := w.Call("secretary", "GET", "/api/v1/people?number="+number, nil)
	a.Refused(429, "too_many_guesses")
	if a.Header.Get("Retry-After") == "" || a.Text("message") != "用号码找人找得太多了，请过一会儿再找。号码请对方当面给您看。" {
		t.Errorf("refused with %s %s", a.Header.Get("Retry-After"), a.Raw)
	}
	w.Call("member-1", "POST", guests, map[string]any{"number": number}).Refused(429, "too_many_guesses")
	w.Call("street", "GET", "/api/v1/people?number="+number, nil).Want(200)
	w.Call("secretary", "PATCH", "/api/v1/me", map[string]any{}).Want(200)
}
