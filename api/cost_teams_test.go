package api_test

import (
	"testing"

	"xinyuan/internal/app/apptest"
)

// What the writes of teams and activities cost in round trips, as
// TestRoundTripsOfWrites has it: a sign-up takes one row of the activity, once.
func TestRoundTripsOfTeams(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 2)
	for _, p := range []string{"resident", "resident-2", "secretary", "member-1"} {
		w.Token(p)
	}
	team := w.Squad("member-1")
	one := w.Call("member-1", "POST", "/api/v1/activities", w.Errand(team, 1)).Want(201).Text("id")
	do := func(persona, method, path string, body any) func() apptest.Answer {
		return func() apptest.Answer { return w.Call(persona, method, "/api/v1"+path, body) }
	}
	path := "/activities/" + one
	for _, c := range []struct {
		name         string
		do           func() apptest.Answer
		status       int
		trips, begun int64
	}{
		{"draft: the team, rows", do("member-1", "POST", "/activities", w.Errand(team, 1)), 201, 2, 1},
		{"publish", do("member-1", "POST", path+"/publication", nil), 200, 2, 1},
		{"sign up: a plain look, locks, rows", do("resident", "POST", path+"/signups", nil), 201, 3, 1},
		{"sign up twice", do("resident", "POST", path+"/signups", nil), 409, 1, 0},
		{"wait", do("resident-2", "POST", path+"/signups", nil), 201, 3, 1},
		{"look", do("resident-2", "GET", path, nil), 200, 1, 0},
		{"list", do("resident-2", "GET", "/activities", nil), 200, 1, 0},
		{"cancel, and the next moves up: locks, who waits, their other places, rows",
			do("resident", "DELETE", path+"/signups/mine", nil), 204, 4, 1},
		{"change: locks, who is told, rows", do("member-1", "PATCH", path, map[string]any{"title": "扫雪"}), 200, 3, 1},
		{"call off: locks, sign-ups, rows", do("member-1", "POST", path+"/cancellation", map[string]any{"reason": "雨"}), 200, 3, 1},
		{"join", do("resident", "POST", "/teams/"+team+"/members", nil), 201, 2, 1},
		{"leave", do("resident", "DELETE", "/teams/"+team+"/members/me", nil), 204, 2, 1},
		{"a team", do("resident", "GET", "/teams/"+team, nil), 200, 1, 0},
	} {
		before := w.App.DB.Counts()
		c.do().Want(c.status)
		after := w.App.DB.Counts()
		if trips, begun := after.RoundTrips-before.RoundTrips, after.Transactions-before.Transactions; trips != c.trips || begun != c.begun {
			t.Errorf("%s: %d round trips and %d transactions, want %d and %d", c.name, trips, begun, c.trips, c.begun)
		}
	}
}
