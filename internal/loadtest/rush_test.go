package loadtest_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"xinyuan/internal/clock"
	"xinyuan/internal/loadtest"
)

// rushed is a server with one wish, which answers each member in their own way: when they look at it, and when they
// claim it.
type rushed struct {
	looks, claims map[string]string // by code: "status reason"; where none is named, all is well
	claimed       atomic.Int64      // how many claimed it
}

// ServeHTTP answers as the API does.
func (s *rushed) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	who := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	switch route := r.Method + " " + strings.TrimPrefix(r.URL.Path, "/api/v1"); route {
	case "POST /sessions":
		var code string
		if _, err := fmt.Fscanf(r.Body, `{"code":%q}`, &code); err != nil {
			answer(w, "400 "+err.Error(), "")
			return
		}
		answer(w, "201", fmt.Sprintf(`{"token": %q, "user": {"roles": [{"nodeId": "2"}]}}`, code))
	case "POST /wishes":
		answer(w, "201", `{"id": "7"}`)
	case "POST /approvals/batch":
		answer(w, "200", `{"results": [{"done": true}]}`)
	case "GET /wishes/7":
		answer(w, s.looks[who], `{}`)
	case "POST /wishes/7/claims":
		s.claimed.Add(1)
		answer(w, s.claims[who], `{"id": "8"}`)
	case "POST /claims/8/release":
		answer(w, "200", `{}`)
	default:
		answer(w, "404 "+route, "")
	}
}

// answer sends the status, 200 where none is named, and with a reason that instead of the body.
func answer(w http.ResponseWriter, how, body string) {
	status := http.StatusOK
	var reason string
	if n, _ := fmt.Sscanf(how, "%d %s", &status, &reason); n == 2 {
		body = fmt.Sprintf(`{"reason": %q}`, reason)
	}
	w.WriteHeader(status)
	_, _ = fmt.Fprint(w, body)
}

func (s *rushed) run(t *testing.T) (loadtest.Report, error) {
	t.Helper()
	server := httptest.NewServer(s)
	defer server.Close()
	return loadtest.Rush(t.Context(), loadtest.Target{
		URL: server.URL, Members: 4, Code: func(n int) string { return fmt.Sprint("member-", n) },
		Staff: []string{"secretary"}, Clock: clock.System(),
	}, 1)
}

// A race is lost by who is told that the wish is taken, and by nobody else: any other conflict is an error, as of a
// member with too many claims in hand, who raced for nothing.
func TestARaceIsLostToWhoHasTheWish(t *testing.T) {
	t.Parallel()
	s := &rushed{claims: map[string]string{
		"member-1": "201", "member-2": "409 wish_taken", "member-3": "409 too_many_claims", "member-4": "404 wish_taken",
	}}
	report, err := s.run(t)
	must(t, err)
	got := map[string]string{}
	for _, l := range report.Lines {
		got[l.Name] = fmt.Sprint(l.Answered, l.Errors)
	}
	want := map[string]string{
		"201 won": "1 map[]", "409 lost": "1 map[]", "other": "0 map[404 wish_taken:1 409 too_many_claims:1]",
		"all": "2 map[404 wish_taken:1 409 too_many_claims:1]",
	}
	if !maps.Equal(got, want) {
		t.Errorf("measured %v, want %v", got, want)
	}
	if len(report.Broken) != 1 || !strings.HasPrefix(report.Broken[0], "2 claims ") {
		t.Errorf("broken: %q", report.Broken)
	}
}

// Nobody races for a wish that somebody does not see.
func TestARaceNeedsThatAllSeeTheWish(t *testing.T) {
	t.Parallel()
	for _, how := range []string{"404 not_found", "500 internal", "429 too_many_requests", "204"} {
		s := &rushed{looks: map[string]string{"member-3": how}}
		if _, err := s.run(t); err == nil || !strings.Contains(err.Error(), "1 people do not see the wish") {
			t.Errorf("%s: %v", how, err)
		}
		if n := s.claimed.Load(); n > 0 {
			t.Errorf("%s: %d raced", how, n)
		}
	}
}
