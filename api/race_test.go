package api_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/race"
	"xinyuan/internal/wish"
)

// together calls f(1) … f(n) at once and returns the answers.
func together(n int, f func(i int) apptest.Answer) []apptest.Answer {
	answers := make([]apptest.Answer, n)
	start := make(chan struct{})
	var wg race.Group
	for i := range n {
		wg.Go(func() {
			<-start
			answers[i] = f(i + 1)
		})
	}
	close(start)
	wg.Wait()
	return answers
}

// count tells how many answers have each status and reason.
func count(answers []apptest.Answer) map[string]int {
	n := map[string]int{}
	for _, a := range answers {
		if a.Status < 300 {
			n[fmt.Sprint(a.Status)]++
		} else {
			n[fmt.Sprint(a.Status, " ", a.Text("reason"))]++
		}
	}
	return n
}

// Two hundred members claim one wish at once: one has it, and whoever comes
// after is told so without a transaction.
func TestTwoHundredClaimOneWish(t *testing.T) {
	t.Parallel()
	const members = 200
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), members)
	wish := w.Open()
	for i := range members {
		w.Token(fmt.Sprintf("member-%d", i+1))
	}
	claim := func(i int) apptest.Answer {
		return w.Call(fmt.Sprintf("member-%d", i), "POST", "/api/v1/wishes/"+wish+"/claims", nil)
	}
	if got := count(together(members, claim)); got["201"] != 1 || got["409 wish_taken"] != members-1 {
		t.Fatalf("answers: %v", got)
	}
	before := w.App.DB.Counts()
	if got := count(together(members, claim)); got["409 wish_taken"] != members {
		t.Errorf("answers once it is taken: %v", got)
	}
	after := w.App.DB.Counts()
	if n := after.Transactions - before.Transactions; n != 0 {
		t.Errorf("%d transactions were opened for a wish that is taken", n)
	}
	if n := after.RoundTrips - before.RoundTrips; n < 1 || n > members {
		t.Errorf("%d round trips for %d losers, want at most one each: they share looks", n, members)
	}
	if n := w.Call("resident", "GET", "/api/v1/wishes/"+wish, nil).Want(200).Len("history"); n != 3 {
		t.Errorf("the history has %d events, want 3", n)
	}
	w.Healthy()
}

// Each pair of steps that two people can want at once has one outcome; the
// other is told why, and the history tells what happened.
func TestCollisions(t *testing.T) {
	t.Parallel()
	const racers = 50
	publish := map[string]any{"decision": "publish"}
	for _, c := range []struct {
		name string
		// prepare returns what racer i does; want is how many succeed.
		prepare func(w *apptest.Town) func(i int) apptest.Answer
		want    int
	}{
		{"publish twice", func(w *apptest.Town) func(int) apptest.Answer {
			wish := w.Post()
			return func(i int) apptest.Answer {
				return w.Call([]string{"secretary", "street", "county"}[i%3], "POST", "/api/v1/wishes/"+wish+"/review", publish)
			}
		}, 1},
		{"publish or withdraw", func(w *apptest.Town) func(int) apptest.Answer {
			wish := w.Post()
			return func(i int) apptest.Answer {
				if i%2 == 0 {
					return w.Call("resident", "POST", "/api/v1/wishes/"+wish+"/withdrawal", nil)
				}
				return w.Call("secretary", "POST", "/api/v1/wishes/"+wish+"/review", map[string]any{"decision": "reject", "reason": "请补充"})
			}
		}, 1},
		{"approve or release", func(w *apptest.Town) func(int) apptest.Answer {
			_, claim := w.Claimed("member-1")
			return func(i int) apptest.Answer {
				if i%2 == 0 {
					return w.Call("member-1", "POST", "/api/v1/claims/"+claim+"/release", nil)
				}
				return w.Call("secretary", "POST", "/api/v1/claims/"+claim+"/review", map[string]any{"decision": "decline", "reason": "请先办好手上的"})
			}
		}, 1},
		{"deliver or withdraw", func(w *apptest.Town) func(int) apptest.Answer {
			wish, claim := w.Approved("member-1")
			return func(i int) apptest.Answer {
				if i%2 == 0 {
					return w.Call("resident", "POST", "/api/v1/wishes/"+wish+"/withdrawal", nil)
				}
				return w.Call("member-1", "POST", "/api/v1/claims/"+claim+"/delivery", map[string]any{"note": "办好了"})
			}
		}, 1},
		{"decline, release or lapse", func(w *apptest.Town) func(int) apptest.Answer {
			_, claim := w.Claimed("member-1")
			w.Clocks.Business.Advance(wish.LapseAfter)
			return func(i int) apptest.Answer {
				switch i % 3 {
				case 0:
					return w.Call("member-1", "POST", "/api/v1/claims/"+claim+"/release", nil)
				case 1:
					return lapse(w)
				}
				return w.Call("secretary", "POST", "/api/v1/claims/"+claim+"/review", map[string]any{"decision": "decline", "reason": "请先办好手上的"})
			}
		}, 1},
		{"deliver or lapse", func(w *apptest.Town) func(int) apptest.Answer {
			_, claim := w.Approved("member-1")
			w.Clocks.Business.Advance(wish.DeliverWithin)
			return func(i int) apptest.Answer {
				if i%2 == 0 {
					return lapse(w)
				}
				return w.Call("member-1", "POST", "/api/v1/claims/"+claim+"/delivery", map[string]any{"note": "办好了"})
			}
		}, 1},
		{"done or not yet", func(w *apptest.Town) func(int) apptest.Answer {
			_, claim := w.Delivered("member-1")
			return func(i int) apptest.Answer {
				return w.Call("resident", "POST", "/api/v1/claims/"+claim+"/confirmation", map[string]any{"accepted": i%2 == 0})
			}
		}, 1},
		{"expire or withdraw", func(w *apptest.Town) func(int) apptest.Answer {
			open := w.Open()
			w.Clocks.Business.Advance(wish.ExpireAfter)
			return func(i int) apptest.Answer {
				if i%2 == 0 {
					return lapse(w)
				}
				return w.Call("resident", "POST", "/api/v1/wishes/"+open+"/withdrawal", nil)
			}
		}, 1},
		{"undo twice", func(w *apptest.Town) func(int) apptest.Answer {
			_, claim := w.Fulfilled("member-1")
			return func(i int) apptest.Answer {
				persona := []string{"secretary", "street", "county"}[i%3]
				return w.Call(persona, "POST", "/api/v1/claims/"+claim+"/undo", map[string]any{"reason": "点错了"})
			}
		}, 1},
		{"answer twice", func(w *apptest.Town) func(int) apptest.Answer {
			id := complain(w, "complaint").Text("id")
			return func(i int) apptest.Answer { return answer(w, []string{"street", "county"}[i%2], id) }
		}, 1},
		{"confirm twice", func(w *apptest.Town) func(int) apptest.Answer {
			_, claim := w.Delivered("member-1")
			return func(int) apptest.Answer {
				return w.Call("resident", "POST", "/api/v1/claims/"+claim+"/confirmation", map[string]any{"accepted": true})
			}
		}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
			for _, p := range []string{"resident", "secretary", "street", "county", "member-1"} {
				w.Token(p)
			}
			answers := together(racers, c.prepare(w))
			won := 0
			for _, a := range answers {
				switch {
				case a.Status == 0: // the deadline's, which tells nobody
				case a.Status == 200:
					won++
				case a.Status != 409 || !slices.Contains([]string{"wish_state", "claim_state", "complaint_state"}, a.Text("reason")):
					t.Errorf("a loser is told %d %s", a.Status, a.Raw)
				}
			}
			var bySystem int
			must(t, w.App.DB.Pool().QueryRowContext(t.Context(),
				"SELECT COUNT(*) FROM events WHERE name IN ('lapse', 'expire')").Scan(&bySystem))
			if won+bySystem != c.want {
				t.Errorf("%d won and %d by the deadline, want %d", won, bySystem, c.want)
			}
			if _, err := w.App.Boards.Project(t.Context()); err != nil {
				t.Error(err)
			}
			w.Healthy()
		})
	}
}

// lapse lets the deadlines that have passed end what they end.
func lapse(w *apptest.Town) apptest.Answer {
	w.T.Helper()
	if err := w.App.Wishes.Sweep(w.T.Context()); err != nil {
		w.T.Errorf("the sweep: %v", err)
	}
	return apptest.Answer{}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Sixty wishes are posted to one community at once: sixty cards, their
// numbers without gap or twin.
func TestCardNumbers(t *testing.T) {
	t.Parallel()
	const posts = 60
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 0)
	w.Token("resident")
	seen := map[string]bool{}
	for _, a := range together(posts, func(int) apptest.Answer {
		return w.Call("resident", "POST", "/api/v1/wishes", apptest.Draft(w.Home))
	}) {
		seen[a.Want(201).Text("number")] = true
	}
	for i := range posts {
		if number := fmt.Sprintf("2026-%04d", i+1); !seen[number] {
			t.Errorf("no card has the number %s", number)
		}
	}
	if got := w.Call("resident", "POST", "/api/v1/wishes", apptest.Draft(w.Far)).Want(201).Text("number"); got != "2026-0001" {
		t.Errorf("another community begins with %s", got)
	}
}

// The cards of a community begin anew with the business year, at midnight in
// Shanghai and not in Greenwich.
func TestCardNumbersOfANewYear(t *testing.T) {
	t.Parallel()
	for at, want := range map[string]string{
		"2026-12-31T15:59:59.999Z": "2026-0001", "2026-12-31T16:00:00Z": "2027-0001",
	} {
		w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 0)
		to, err := time.Parse(time.RFC3339, at)
		must(t, err)
		w.Clocks.Business.Advance(to.Sub(w.Clocks.Business.Now()))
		if got := w.Call("resident", "POST", "/api/v1/wishes", apptest.Draft(w.Home)).Want(201).Text("number"); got != want {
			t.Errorf("at %s the card is %s, want %s", at, got, want)
		}
	}
}
