package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/activity"
	"xinyuan/internal/app/apptest"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/race"
	"xinyuan/internal/state"
)

// standings are the statuses of people in an activity, in the order in which they came.
func standings(t *testing.T, w *apptest.Town, one string) string {
	t.Helper()
	names := map[id.User]string{}
	for name, person := range w.People {
		names[person] = name
	}
	var all []string
	for _, p := range places(w, activityID(t, one)) {
		all = append(all, names[p.person]+" "+string(p.status))
	}
	return strings.Join(all, ", ")
}

// Who has a place elsewhere at the time is passed over and told so once, and the
// next moves up; once the other place is gone, they have the next free one.
func TestMovingUpPastAnOverlap(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 4)
	team := w.Squad("member-1")
	first, other := announce(w, team, "扫雪", 2, 0), announce(w, team, "送菜", 5, 119*time.Minute)
	after := announce(w, team, "看望老人", 5, 2*time.Hour) // begins as the first ends
	signUp := func(who, to string) {
		t.Helper()
		w.Call(who, "POST", activities+to+"/signups", map[string]any{"overlap": true}).Want(201)
	}
	giveBack := func(who, to string) {
		t.Helper()
		w.Call(who, "DELETE", activities+to+"/signups/mine", nil).Want(204)
	}
	want := func(what string) {
		t.Helper()
		if got := standings(t, w, first); got != what {
			t.Errorf("they stand\n%s, want\n%s", got, what)
		}
		w.Healthy()
	}
	for _, who := range []string{"member-2", "member-3", "resident", "resident-2"} {
		signUp(who, first)
	}
	signUp("resident", other)
	signUp("resident-2", after)

	giveBack("member-2", first)
	want("member-3 confirmed, resident waitlisted, resident-2 confirmed")
	if text := latest(w, "resident-2"); !strings.Contains(text, "轮到您了") {
		t.Errorf("who moves up is told %q", text)
	}
	inbox := w.Call("resident", "GET", "/api/v1/inbox", nil).Want(200)
	if text := inbox.Text("items", 0, "text"); !strings.Contains(text, "“扫雪”空出了名额，可您同一时间有别的活动") {
		t.Errorf("who is passed over is told %q", text)
	}
	passedFor := func(who string) string {
		t.Helper()
		return w.Call(who, "GET", activities+first, nil).Want(200).Text("mySignup", "passedFor", "title")
	}
	if passedFor("resident") != "送菜" || passedFor("resident-2") != "" || passedFor("member-4") != "" {
		t.Errorf("passed over for %q, %q and %q", passedFor("resident"), passedFor("resident-2"), passedFor("member-4"))
	}
	if why := inbox.Text("items", 0, "reason"); !strings.Contains(why, "“送菜”，3 月 12 日 10:59 到 12:59") {
		t.Errorf("and why: %q", why)
	}

	// Another place becomes free, which nobody can have: they are not told again.
	giveBack("member-3", first)
	want("resident waitlisted, resident-2 confirmed")
	if again := w.Call("resident", "GET", "/api/v1/inbox", nil).Want(200); again.Len("items") != inbox.Len("items") {
		t.Errorf("they are told again: %s", again.Raw)
	}
	// So it stays while the other place is there, and whoever comes next may have it.
	must(t, w.App.Activities.Sweep(t.Context()))
	signUp("member-4", first)
	want("resident waitlisted, resident-2 confirmed, member-4 confirmed")
	giveBack("member-4", first)

	// The overlap ends: they have kept their turn, and somebody who comes meanwhile waits behind them.
	giveBack("resident", other)
	if passedFor("resident") != "" {
		t.Errorf("nothing is in the way any more, and the page says %q", passedFor("resident"))
	}
	must(t, w.App.Activities.Sweep(t.Context()))
	want("resident confirmed, resident-2 confirmed")
	if text := latest(w, "resident"); !strings.Contains(text, "轮到您了") {
		t.Errorf("whose turn has come is told %q", text)
	}
}

// Whoever comes to a free place while somebody waits whose other place is gone by
// then is behind them, before any sweep.
func TestWhoWaitsComesFirst(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 3)
	team := w.Squad("member-1")
	first, other := announce(w, team, "扫雪", 1, 0), announce(w, team, "送菜", 5, time.Hour)
	for _, who := range []string{"member-2", "resident"} {
		w.Call(who, "POST", activities+first+"/signups", nil).Want(201)
	}
	w.Call("resident", "POST", activities+other+"/signups", nil).Want(201)
	w.Call("member-2", "DELETE", activities+first+"/signups/mine", nil).Want(204)
	w.Call("member-1", "POST", activities+other+"/cancellation", map[string]any{"reason": "雨"}).Want(200)
	a := w.Call("member-3", "POST", activities+first+"/signups", nil).Want(201)
	if got := standings(t, w, first); got != "resident confirmed, member-3 waitlisted" || a.Text("status") != "waitlisted" {
		t.Errorf("they stand %s", got)
	}
	// A change of the times ends an overlap, too.
	third := announce(w, team, "扫楼道", 5, time.Hour)
	w.Call("member-3", "POST", activities+third+"/signups", nil).Want(201)
	w.Call("resident", "DELETE", activities+first+"/signups/mine", nil).Want(204)
	if got := standings(t, w, first); got != "member-3 waitlisted" {
		t.Errorf("they stand %s", got)
	}
	shown := w.Call("member-1", "GET", activities+first, nil).Want(200)
	ends, err := time.Parse(time.RFC3339, shown.Text("endsAt"))
	must(t, err)
	w.Call("member-1", "PATCH", activities+first, map[string]any{"endsAt": ends.Add(-time.Hour)}).Want(200)
	if got := standings(t, w, first); got != "member-3 confirmed" {
		t.Errorf("they stand %s", got)
	}
	w.Healthy()
}

// More people are passed over than are looked at in one go.
func TestManyArePassedOver(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 2)
	team := w.Squad("member-1")
	first, other := announce(w, team, "扫雪", 1, 0), announce(w, team, "送菜", 99, time.Hour)
	people := crowd(w, 25)
	w.Call("member-2", "POST", activities+first+"/signups", nil).Want(201)
	for _, p := range people {
		_, err := w.App.Activities.SignUp(t.Context(), p, coming(activityID(t, first), p), nil)
		must(t, err)
		_, err = w.App.Activities.SignUp(t.Context(), p, coming(activityID(t, other), p), nil)
		must(t, err)
	}
	w.Call("resident", "POST", activities+first+"/signups", nil).Want(201)
	w.Call("member-2", "DELETE", activities+first+"/signups/mine", nil).Want(204)
	all := places(w, activityID(t, first))
	if last := all[len(all)-1]; len(all) != 26 || last.person != w.People["resident"] || last.status != state.SignupConfirmed {
		t.Errorf("the last is %+v", last)
	}
	w.Healthy()
}

// A place becomes free while the one who waits for it signs up elsewhere at that
// time: they have one of the two, never both unasked.
func TestAPlaceBecomesFreeDuringASignUpElsewhere(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 2)
	team := w.Squad("member-1")
	holder, waiter, next := w.People["member-2"], w.People["resident"], w.People["resident-2"]
	outcomes := map[string]int{}
	for round := range 12 {
		apart := time.Duration(3*round) * time.Hour
		one, two := announce(w, team, "扫雪", 1, apart), announce(w, team, "送菜", 1, apart)
		first := activityID(t, one)
		for _, p := range []id.User{holder, waiter, next} {
			_, err := w.App.Activities.SignUp(t.Context(), p, activity.Coming{Activity: first, Person: p}, nil)
			must(t, err)
		}
		var (
			wg              race.Group
			freed, signedUp error
		)
		wg.Go(func() { freed = w.App.Activities.CancelSignup(t.Context(), holder, first, holder, nil) })
		wg.Go(func() {
			to := activity.Coming{Activity: activityID(t, two), Person: waiter}
			_, signedUp = w.App.Activities.SignUp(t.Context(), waiter, to, nil)
		})
		wg.Wait()
		must(t, freed)
		got := standings(t, w, one)
		switch {
		case signedUp == nil && got == "resident waitlisted, resident-2 confirmed":
		case fault.Has(signedUp, fault.ReasonSignupOverlap) && got == "resident confirmed, resident-2 waitlisted":
		default:
			t.Errorf("round %d: the sign-up elsewhere: %v; they stand %s", round, signedUp, got)
		}
		outcomes[fmt.Sprint(signedUp == nil)]++
	}
	t.Log("signed up elsewhere: ", outcomes)
	w.Healthy()
}

// Two places become free at once in activities at one time, for the same two who
// wait in different orders: each of them has one.
func TestTwoPlacesBecomeFreeAtOnce(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 2)
	team := w.Squad("member-1")
	holder := w.People["member-2"]
	for round := range 8 {
		var ids [2]string
		for i := range ids {
			ids[i] = announce(w, team, fmt.Sprint("扫雪", i), 1, time.Duration(3*round)*time.Hour)
			waiting := []id.User{holder, w.People["resident"], w.People["resident-2"]}
			if i == 1 {
				waiting[1], waiting[2] = waiting[2], waiting[1]
			}
			for _, p := range waiting {
				_, err := w.App.Activities.SignUp(t.Context(), p, coming(activityID(t, ids[i]), p), nil)
				must(t, err)
			}
		}
		counts := atOnce(2, func(i int) string {
			return fmt.Sprint(w.App.Activities.CancelSignup(t.Context(), holder, activityID(t, ids[i]), holder, nil))
		})
		if counts["<nil>"] != 2 {
			t.Fatalf("at once: %v", counts)
		}
		for i, who := range []string{"resident", "resident-2"} {
			if got := standings(t, w, ids[i]); !strings.Contains(got, who+" confirmed") {
				t.Errorf("round %d: they stand %s", round, got)
			}
		}
	}
	w.Healthy()
}
