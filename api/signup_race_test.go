package api_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"xinyuan/internal/activity"
	"xinyuan/internal/app/apptest"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/race"
	"xinyuan/internal/state"
	"xinyuan/internal/user"
)

// activityID is the identifier that an answer told.
func activityID(t *testing.T, text string) (activity id.Activity) {
	t.Helper()
	must(t, activity.UnmarshalText([]byte(text)))
	return activity
}

// coming is somebody's own sign-up who knows where else they have a place.
func coming(to id.Activity, person id.User) activity.Coming {
	return activity.Coming{Activity: to, Person: person, Overlap: true}
}

// spot is a sign-up as its row has it.
type spot struct {
	person id.User
	status state.SignupStatus
	place  int
}

// places are the sign-ups of the activity that hold a place or wait, in the
// order in which people came.
func places(w *apptest.Town, activity id.Activity) []spot {
	w.T.Helper()
	rows, err := w.App.DB.Pool().QueryContext(w.T.Context(),
		"SELECT user_id, status, place FROM signups WHERE activity_id = ? AND status <> 'cancelled' ORDER BY place", activity)
	must(w.T, err)
	defer func() { _ = rows.Close() }()
	var all []spot
	for rows.Next() {
		var p spot
		must(w.T, rows.Scan(&p.person, &p.status, &p.place))
		all = append(all, p)
	}
	must(w.T, rows.Err())
	return all
}

// crowd writes so many people.
func crowd(w *apptest.Town, n int) []id.User {
	w.T.Helper()
	people := make([]id.User, n)
	must(w.T, w.App.DB.Tx(w.T.Context(), func(tx *mysql.Tx) error {
		for i := range people {
			u, err := user.Add(tx, fmt.Sprint("open-", i), user.User{})
			if err != nil {
				return err
			}
			people[i] = u.ID
		}
		return nil
	}))
	return people
}

// eachOnce does it for everybody, fifty at a time, and counts the outcomes.
func eachOnce(people []id.User, do func(id.User) string) map[string]int {
	var (
		wg  race.Group
		mu  sync.Mutex
		all = map[string]int{}
		in  = make(chan id.User)
	)
	for range 50 {
		wg.Go(func() {
			for p := range in {
				got := do(p)
				mu.Lock()
				all[got]++
				mu.Unlock()
			}
		})
	}
	for _, p := range people {
		in <- p
	}
	close(in)
	wg.Wait()
	return all
}

// Five hundred people want fifty places: fifty have one, the others wait in the
// order in which they came, and so it stays while a hundred of them, at once,
// think better of it. Nobody moves up who was not told.
func TestFiveHundredForFiftyPlaces(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	_, text := w.Announced("member-1", 50)
	activity := activityID(t, text)
	people := crowd(w, 500)
	got := eachOnce(people, func(p id.User) string {
		one, err := w.App.Activities.SignUp(t.Context(), p, coming(activity, p), nil)
		if err != nil {
			return err.Error()
		}
		return string(one.Status)
	})
	if got["confirmed"] != 50 || got["waitlisted"] != 450 {
		t.Fatalf("outcomes: %v", got)
	}
	inOrder := func(want int) {
		t.Helper()
		all := places(w, activity)
		if len(all) != want {
			t.Errorf("%d sign-ups, want %d", len(all), want)
		}
		for i, p := range all {
			if (p.status == state.SignupConfirmed) != (i < 50) {
				t.Errorf("the %dth in order is %s", i+1, p.status)
			}
		}
	}
	inOrder(500)
	for i, p := range places(w, activity) {
		if p.place != i+1 {
			t.Fatalf("the %dth has place %d", i+1, p.place)
		}
	}
	r := rand.New(rand.NewPCG(7, 7))
	r.Shuffle(len(people), func(i, j int) { people[i], people[j] = people[j], people[i] })
	got = eachOnce(people[:100], func(p id.User) string {
		if err := w.App.Activities.CancelSignup(t.Context(), p, activity, p, nil); err != nil {
			return err.Error()
		}
		return "cancelled"
	})
	if got["cancelled"] != 100 {
		t.Fatalf("outcomes: %v", got)
	}
	inOrder(400)
	w.Healthy()
	// Once it is closed, whoever comes is answered by one plain read.
	w.Clocks.Business.Advance(48 * time.Hour)
	before := w.App.DB.Counts()
	got = eachOnce(people[:100], func(p id.User) string {
		_, err := w.App.Activities.SignUp(t.Context(), p, coming(activity, p), nil)
		return fmt.Sprint(fault.Has(err, fault.ReasonSignupClosed))
	})
	after := w.App.DB.Counts()
	if got["true"] != 100 || after.Transactions != before.Transactions || after.RoundTrips-before.RoundTrips != 100 {
		t.Errorf("too late: %v, %d transactions, %d round trips", got, after.Transactions-before.Transactions,
			after.RoundTrips-before.RoundTrips)
	}
}

// One person on two phones signs up once.
func TestOnePersonSignsUpOnce(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 2)
	_, activity := w.Announced("member-1", 5)
	w.Token("member-2")
	got := count(together(20, func(int) apptest.Answer {
		return w.Call("member-2", "POST", "/api/v1/activities/"+activity+"/signups", nil)
	}))
	if got["201"] != 1 || got["409 already_signed_up"] != 19 {
		t.Errorf("answers: %v", got)
	}
	w.Healthy()
}

// queue is what the waitlist should be: people in the order in which they came.
type queue struct {
	quota int
	order []id.User
}

// change raises or lowers the quota, which is refused below the places taken.
func (m *queue) change(rt *rapid.T, w *apptest.Town, leader id.User, one id.Activity) {
	quota := rapid.IntRange(1, 6).Draw(rt, "new quota")
	_, err := w.App.Activities.Edit(w.T.Context(), leader, one, activity.Change{Quota: &quota}, nil)
	if taken := min(m.quota, len(m.order)); (err == nil) != (quota >= taken) {
		rt.Fatalf("%d places instead of %d, %d taken: %v", quota, m.quota, taken, err)
	}
	if err == nil {
		m.quota = quota
	}
}

// Random sign-ups, cancellations and changes of the quota leave what a list
// would: the first so many have a place.
func TestWaitlistLikeAModel(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	fewer(t, "rapid.checks", "25")
	people := crowd(w, 9)
	leader := w.People["member-1"]
	rapid.Check(t, func(rt *rapid.T) {
		m := queue{quota: rapid.IntRange(1, 4).Draw(rt, "quota")}
		_, text := w.Announced("member-1", m.quota)
		one := activityID(t, text)
		for range rapid.IntRange(1, 25).Draw(rt, "steps") {
			p := rapid.SampledFrom(people).Draw(rt, "person")
			in := slices.Index(m.order, p)
			switch rapid.IntRange(0, 5).Draw(rt, "what") {
			case 0, 1, 2:
				_, err := w.App.Activities.SignUp(t.Context(), p, coming(one, p), nil)
				if (err == nil) != (in < 0) {
					rt.Fatalf("sign-up of somebody at %d: %v", in, err)
				}
				if in < 0 {
					m.order = append(m.order, p)
				}
			case 3, 4:
				err := w.App.Activities.CancelSignup(t.Context(), p, one, p, nil)
				if (err == nil) != (in >= 0) {
					rt.Fatalf("cancellation of somebody at %d: %v", in, err)
				}
				if in >= 0 {
					m.order = slices.Delete(m.order, in, in+1)
				}
			case 5:
				m.change(rt, w, leader, one)
			}
			all := places(w, one)
			for i, p := range all {
				if len(all) != len(m.order) || p.person != m.order[i] || (p.status == state.SignupConfirmed) != (i < m.quota) {
					rt.Fatalf("with a quota of %d the places are %v, the model's order %v", m.quota, all, m.order)
				}
			}
		}
		_, err := w.App.Activities.Cancel(t.Context(), leader, one, activity.Call{Reason: "雨"}, nil) // a place is in the way of others
		must(t, err)
	})
	w.Healthy()
}
