package api_test

import (
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/race"
)

// A hundred people read boards and post wishes while Redis is emptied again and
// again: every answer is right, and to log in again is all that anybody notices.
func TestFlushAmongAHundred(t *testing.T) {
	t.Parallel()
	const people, rounds, flushes = 100, 6, 5
	cache := testdb.OwnRedis(t)
	w := apptest.NewTown(apptest.New(t, apptest.WithRedis(cache.Addr())), people)
	for i := range 5 {
		w.Fulfilled(fmt.Sprintf("member-%d", i+1))
	}
	board := "/api/v1/leaderboards?period=all&nodeId=" + w.Home.String()
	// MySQL knows a score a moment before Redis does: what is promised holds once both have all.
	key := w.App.Redis.Key("ranks", "{points:member:"+w.Home.String()+":all}")
	w.Until("all points on the board", func() bool {
		shown := w.Call("member-1", "GET", board, nil).Want(200).Len("items")
		ready, err := w.App.Redis.Exists(t.Context(), key+":ready").Result()
		must(t, err)
		stored, err := w.App.Redis.ZCard(t.Context(), key).Result()
		must(t, err)
		return shown == 5 && ready == 1 && stored == 5
	})
	var posted, loggedIn atomic.Int64
	call := func(persona, method, path string, body any) apptest.Answer {
		for token := w.Token(persona); ; {
			a := w.Send(token, method, path, body)
			if a.Status != http.StatusUnauthorized {
				return a
			}
			loggedIn.Add(1)
			token = w.Send("", "POST", "/api/v1/sessions", map[string]any{"code": "demo-" + persona}).Want(201).Text("token")
		}
	}
	var wg race.Group
	for i := range people {
		wg.Go(func() {
			persona := fmt.Sprintf("member-%d", i+1)
			for round := range rounds {
				if round < flushes && i == 7*round {
					cache.Flush()
				}
				a := call(persona, "GET", board, nil)
				if a.Status != 200 || a.Len("items") != 5 || a.Number("items", 4, "score") != 10 || a.Number("items", 4, "rank") != 1 {
					t.Errorf("the board is wrong: %d %s", a.Status, a.Raw)
				}
				if a := call(persona, "POST", "/api/v1/wishes", apptest.Draft(w.Far)); a.Status == 201 {
					posted.Add(1)
				} else {
					t.Errorf("not posted: %d %s", a.Status, a.Raw)
				}
			}
		})
	}
	wg.Wait()
	var stored int64
	must(t, w.App.DB.Pool().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM wishes WHERE node_id = ?", w.Far).Scan(&stored))
	if stored != posted.Load() || stored != people*rounds {
		t.Errorf("%d wishes acknowledged, %d stored, want %d", posted.Load(), stored, people*rounds)
	}
	if loggedIn.Load() == 0 {
		t.Error("nobody had to log in again: nothing was flushed in the middle")
	}
	w.Forget()
	w.Healthy()
}
