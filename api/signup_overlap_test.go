package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/activity"
	"xinyuan/internal/app/apptest"
	"xinyuan/internal/fault"
)

// announce publishes an activity of the team that begins so much after its usual
// start, and is its id.
func announce(w *apptest.Town, team, title string, quota int, after time.Duration) string {
	draft := w.Errand(team, quota)
	starts := draft["startsAt"].(time.Time).Add(after)
	draft["title"], draft["startsAt"], draft["endsAt"] = title, starts, starts.Add(2*time.Hour)
	one := w.Call("member-1", "POST", "/api/v1/activities", draft).Want(201).Text("id")
	w.Call("member-1", "POST", activities+one+"/publication", nil).Want(200)
	return one
}

// Who has a place elsewhere at the same time is told where and when, and signs up
// all the same once they know.
func TestSigningUpTwiceForOneTime(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	team := w.Squad("member-1")
	first, second := announce(w, team, "扫雪", 1, 0), announce(w, team, "送菜", 2, 119*time.Minute)
	after := announce(w, team, "看望老人", 2, 2*time.Hour) // begins as the first ends
	signUp := func(who, to string, body any) apptest.Answer {
		return w.Call(who, "POST", activities+to+"/signups", body)
	}
	signUp("resident", first, nil).Want(201)
	signUp("resident-2", first, nil).Want(201) // waits: no place yet
	for range 2 {
		a := signUp("resident", second, nil).Refused(409, "signup_overlap")
		if a.Text("existingId") != first || !strings.Contains(a.Text("message"), "“扫雪”，3 月 12 日 9:00 到 11:00") {
			t.Errorf("who is there at the time is told %s", a.Raw)
		}
	}
	signUp("resident", second, map[string]any{"overlap": false}).Refused(409, "signup_overlap")
	signUp("resident", second, map[string]any{"overlap": "yes"}).Refused(422, "invalid_input")
	if a := w.Call("resident", "GET", activities+second, nil).Want(200); a.Number("confirmed") != 0 {
		t.Errorf("a refusal left %s", a.Raw)
	}
	signUp("resident", after, nil).Want(201)
	w.Call("resident", "DELETE", activities+after+"/signups/mine", nil).Want(204)
	signUp("resident-2", second, nil).Want(201)
	signUp("resident", second, map[string]any{"overlap": true}).Want(201)
	signUp("resident", second, map[string]any{"overlap": true}).Refused(409, "already_signed_up")
	// Neither what is called off nor a place given back is in the way.
	third := announce(w, team, "扫楼道", 2, 0)
	w.Call("resident", "DELETE", activities+first+"/signups/mine", nil).Want(204)
	w.Call("member-1", "POST", activities+second+"/cancellation", map[string]any{"reason": "雨"}).Want(200)
	signUp("resident", third, nil).Want(201)
	w.Healthy()
}

// Of two sign-ups of one person at once for the same time one is told of the other.
func TestOverlappingSignUpsAtOnce(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	team := w.Squad("member-1")
	for round := range 5 {
		var both [2]string
		for i := range both {
			both[i] = announce(w, team, fmt.Sprint("扫雪", i), 2, time.Duration(3*round)*time.Hour)
		}
		person := w.People["resident"]
		counts := atOnce(2, func(i int) string {
			to := activity.Coming{Activity: activityID(t, both[i]), Person: person}
			_, err := w.App.Activities.SignUp(t.Context(), person, to, nil)
			return fmt.Sprint(err == nil, fault.Has(err, fault.ReasonSignupOverlap))
		})
		if counts["true false"] != 1 || counts["false true"] != 1 {
			t.Errorf("at once: %v", counts)
		}
	}
}
