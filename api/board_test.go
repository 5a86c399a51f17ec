package api_test

import (
	"fmt"
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/devstack/testdb"
)

// A board answers the same before, during and after a loss of everything in
// Redis; only log-ins are gone then, and while Redis is away nobody is told to
// log in again.
func TestBoardsOutliveRedis(t *testing.T) {
	t.Parallel()
	cache := testdb.OwnRedis(t)
	w := apptest.NewTown(apptest.New(t, apptest.WithRedis(cache.Addr())), 3)
	for i := range 3 {
		for range 3 - i {
			w.Fulfilled(fmt.Sprintf("member-%d", i+1))
		}
	}
	board := func() string {
		a := w.Call("member-2", "GET", "/api/v1/leaderboards?nodeId="+w.Home.String(), nil).Want(200)
		text := fmt.Sprint("me ", a.Number("me", "rank"))
		for i := range a.Len("items") {
			text += fmt.Sprintf(" · %d %s %d", a.Number("items", i, "rank"), a.Text("items", i, "displayName"), a.Number("items", i, "score"))
		}
		return text
	}
	const want = "me 2 · 1 member-1 30 · 2 member-2 20 · 3 member-3 10"
	w.Until("all points on the board", func() bool { return board() == want })

	cache.Flush()
	w.Call("member-2", "GET", "/api/v1/me", nil).Refused(401, "unauthenticated")
	w.Forget()
	for range 20 {
		if got := board(); got != want {
			t.Fatalf("after a flush: %s", got)
		}
	}
	w.Fulfilled("member-3")
	w.Until("the new points on the board", func() bool {
		return board() == "me 2 · 1 member-1 30 · 2 member-3 20 · 2 member-2 20" || board() == "me 2 · 1 member-1 30 · 2 member-2 20 · 2 member-3 20"
	})
	w.Healthy()

	token := w.Token("member-2")
	cache.Stop()
	w.Send(token, "GET", "/api/v1/leaderboards", nil).Refused(503, "unavailable")
	w.Send("", "GET", "/readyz", nil).Refused(503, "unavailable")
	w.Send("", "GET", "/healthz", nil).Want(200)
	w.Send("", "POST", "/api/v1/sessions", map[string]any{"code": "demo-resident"}).Refused(503, "unavailable")
	cache.Start()
	w.Forget()
	w.Until("ready again", func() bool { return w.Send("", "GET", "/readyz", nil).Status == 200 })
	w.Fulfilled("member-1")
	w.Until("points on the board again", func() bool {
		return w.Call("member-1", "GET", "/api/v1/leaderboards", nil).Want(200).Number("me", "score") == 40
	})
	w.Healthy()
}

// Who has not agreed to be named stands on the board without name and id.
func TestUnnamedOnBoards(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	w.Fulfilled("member-1")
	// Once more where a rebuild read the totals before the posting and the posting
	// is still on its way to Redis: then the board is empty again for a moment.
	show := func(shown bool) (a apptest.Answer) {
		w.Call("member-1", "PATCH", "/api/v1/me", map[string]any{"showOnBoards": shown}).Want(200)
		w.Until("points on the board", func() bool {
			a = w.Call("resident", "GET", "/api/v1/leaderboards?period=all", nil).Want(200)
			return a.Len("items") == 1
		})
		return a
	}
	if a := show(true); a.Text("items", 0, "displayName") != "member-1" || a.Text("items", 0, "subjectId") == "" {
		t.Errorf("named: %s", a.Raw)
	}
	if a := show(false); a.Text("items", 0, "displayName") != "一位党员" || a.At("items", 0, "subjectId") != nil {
		t.Errorf("not named: %s", a.Raw)
	}
	if a := show(false); a.At("me") != nil {
		t.Errorf("the resident is on the board: %s", a.Raw)
	}
}

// The cursor of a page that ends with somebody unnamed tells nobody who that is, and one that somebody made is none.
func TestACursorOfABoardNamesNobody(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 3)
	for _, member := range []string{"member-1", "member-2", "member-3"} {
		w.Fulfilled(member)
		w.Call(member, "PATCH", "/api/v1/me", map[string]any{"showOnBoards": false}).Want(200)
	}
	w.Until("points on the board", func() bool {
		return w.Call("resident", "GET", "/api/v1/leaderboards?period=all", nil).Want(200).Len("items") == 3
	})
	pages, cursor := 0, ""
	for more := true; more; pages++ {
		a := w.Call("resident", "GET", "/api/v1/leaderboards?period=all&limit=1"+cursor, nil).Want(200)
		for name, person := range w.People {
			if strings.Contains(string(a.Raw), person.String()) {
				t.Errorf("the page has the id of %s: %s", name, a.Raw)
			}
		}
		var next string
		if next, more = a.At("nextCursor").(string); more {
			cursor = "&cursor=" + next
		}
	}
	if pages != 3 {
		t.Errorf("three people are on %d pages of one", pages)
	}
	for _, made := range []string{"10-" + w.People["member-1"].String(), strings.TrimPrefix(cursor, "&cursor=") + "A", "AAAA", "%20"} {
		w.Call("resident", "GET", "/api/v1/leaderboards?period=all&cursor="+made, nil).Refused(422, "invalid_input")
	}
}

// The caps of the rule cut what a member earns in one day, and the entry says so.
func TestDayCap(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	for range 7 {
		w.Fulfilled("member-1")
	}
	if got := w.Call("member-1", "GET", "/api/v1/me/points", nil).Want(200).Number("balance"); got != 60 {
		t.Errorf("seven wishes in a day earn %d, want 60", got)
	}
	entries := w.Call("member-1", "GET", "/api/v1/me/points/entries?limit=2", nil).Want(200)
	if entries.Len("items") != 2 || entries.Number("items", 0, "amount") != 0 || entries.Text("nextCursor") == "" {
		t.Errorf("entries: %s", entries.Raw)
	}
	w.Send("", "POST", "/demo/clock", map[string]any{"advanceSeconds": 24 * 60 * 60}).Want(200)
	w.Fulfilled("member-1")
	if got := w.Call("member-1", "GET", "/api/v1/me/points", nil).Want(200).Number("balance"); got != 70 {
		t.Errorf("and the next day %d, want 70", got)
	}
	w.Healthy()
}

func TestDemoClock(t *testing.T) {
	t.Parallel()
	w := apptest.New(t)
	for _, body := range []string{`{"advanceSeconds":-1}`, `{"advanceSeconds":99999999999}`} {
		w.Send("", "POST", "/demo/clock", body).Refused(422, "invalid_input")
	}
	w.Send("", "POST", "/demo/clock", `{"advanceSeconds":`).Refused(400, "malformed_body")
	if got := w.Send("", "POST", "/demo/clock", `{"advanceSeconds":3600}`).Want(200).Text("now"); got != "2026-03-11T05:00:00Z" {
		t.Errorf("the clock says %s", got)
	}
	if got := w.Send("", "GET", "/healthz", nil).Want(200).Text("now"); got != "2026-03-11T05:00:00Z" {
		t.Errorf("/healthz says %s", got)
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	w := apptest.New(t)
	for path, want := range map[string]string{
		"/docs": "createSession", "/openapi.yaml": "operationId: createSession",
		"/readyz": "ready", "/": "心愿",
	} {
		a := w.Send("", "GET", path, nil).Want(200)
		if !strings.Contains(string(a.Raw), want) {
			t.Errorf("%s does not hold %q", path, want)
		}
	}
	w.Until("requests are counted", func() bool {
		a := w.Send("", "GET", "/metrics", nil).Want(200)
		return strings.Contains(string(a.Raw), "xinyuan_http_request_duration_seconds")
	})
	w.SendAs("evil.example", "GET", "/", nil).Refused(403, "forbidden")
}
