package api_test

import (
	"testing"

	"xinyuan/internal/app/apptest"
)

func TestStats(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 3)
	w.Open()
	w.Claimed("member-1")
	w.Fulfilled("member-2")
	for _, c := range []struct {
		query string
		want  map[string]int
	}{
		{"", map[string]int{"communities": 3, "units": 1, "members": 3, "gridPosts": 1, "wishesOpen": 1, "wishesClaimed": 2,
			"wishesFulfilled": 1, "pointsGranted": 10, "centreHouseholds": 0, "leadingGroups": 0, "buildingHeads": 0}},
		{"?nodeId=" + w.Home.String(), map[string]int{"communities": 1, "members": 3, "wishesClaimed": 2}},
		{"?nodeId=" + w.Far.String(), map[string]int{"communities": 1, "members": 0, "wishesClaimed": 0, "pointsGranted": 0}},
	} {
		a := w.Call("resident", "GET", "/api/v1/stats"+c.query, nil).Want(200)
		for name, want := range c.want {
			if got := a.Number(name); got != want {
				t.Errorf("%s: %s is %d, want %d", c.query, name, got, want)
			}
		}
	}
	w.Call("resident", "GET", "/api/v1/stats?nodeId=77", nil).Refused(404, "not_found")
	w.Call("", "GET", "/api/v1/stats", nil).Refused(401, "unauthenticated")
}
