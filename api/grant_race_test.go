package api_test

import (
	"context"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
)

// bounded is how long a race may take.
const bounded = 2 * time.Minute

// A right ends while its holder acts: whoever was faster is in the history, each
// act before the end, and nothing after it. The giver's end is the deputy's.
func TestRightsThatEndWhileSomebodyActs(t *testing.T) {
	const racers = 24
	publish := map[string]any{"decision": "publish"}
	for _, c := range []struct {
		name, actor string
		act         func(w *apptest.Town, actor, wish string) apptest.Answer
		refused     string // how the losers are refused
	}{
		{"decide", "secretary", func(w *apptest.Town, actor, wish string) apptest.Answer {
			return w.Call(actor, "POST", "/api/v1/wishes/"+wish+"/review", publish)
		}, "404 not_found"},
		{"decide for the secretary", "member-1", func(w *apptest.Town, actor, wish string) apptest.Answer {
			return w.Call(actor, "POST", "/api/v1/wishes/"+wish+"/review", publish)
		}, "404 not_found"},
		{"read a contact", "secretary", func(w *apptest.Town, actor, wish string) apptest.Answer {
			return w.Call(actor, "GET", "/api/v1/wishes/"+wish+"/contact", nil)
		}, "404 not_found"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), bounded)
			defer cancel()
			w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
			standIn(w, "member-1")
			grant := grantOf(w, "secretary")
			wishes := make([]string, racers)
			for i := range wishes {
				wishes[i] = w.Post()
			}
			w.Token(c.actor)
			w.Token("county")
			answers := together(racers+1, func(i int) apptest.Answer {
				if i > racers {
					return w.Call("county", "POST", "/api/v1/grants/"+grant+"/end", map[string]any{"reason": "工作调动"})
				}
				if i%2 == 0 { // some come while the end is on its way, some before
					w.Clocks.Business.Advance(time.Millisecond)
				}
				return c.act(w, c.actor, wishes[i-1])
			})
			if ctx.Err() != nil {
				t.Fatal("the race takes too long")
			}
			answers[racers].Want(200)
			got := count(answers[:racers])
			if got["200"]+got[c.refused] != racers {
				t.Errorf("answers: %v", got)
			}
			var late int
			must(t, w.App.DB.Pool().QueryRowContext(ctx, `SELECT COUNT(*) FROM (SELECT grant_id, at FROM events
				WHERE grant_id IS NOT NULL UNION ALL SELECT grant_id, read_at FROM contact_reads) x
				JOIN grants_in_force g ON g.id = x.grant_id WHERE x.at >= g.until_at`).Scan(&late))
			if late > 0 {
				t.Errorf("%d acts at or after the end of their right", late)
			}
			c.act(w, c.actor, w.Post()).Refused(404, "not_found") // one that nobody has published
			w.Healthy()
		})
	}
}
