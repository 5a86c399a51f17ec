package api_test

import (
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
)

// Who has signed up is counts of what they must know, once; more places and a
// longer sign-up are nothing to them, but whoever moves up is counts of the place.
func TestWhoIsToldOfAChange(t *testing.T) {
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 3)
	_, activity := w.Announced("member-1", 1)
	path := activities + activity
	for _, p := range []string{"member-2", "member-3", "resident"} {
		w.Call(p, "POST", path+"/signups", nil).Want(201)
	}
	counts := map[string]int{}
	for _, p := range []string{"member-1", "member-2", "member-3", "resident", "resident-2"} {
		counts[p] = len(inboxOf(w, p))
	}
	const changed, moved = "您报名的活动“清扫小区楼道”改了安排，请再看一看", "“清扫小区楼道”空出了名额，轮到您了，请记得按时去"
	starts := w.Clocks.Business.Now().Truncate(24 * time.Hour).Add(25 * time.Hour)
	for _, c := range []struct {
		change map[string]any
		news   map[string]string // what is new in whose inbox
	}{
		{map[string]any{"signupUntil": starts.Add(-time.Hour)}, nil},
		{map[string]any{"quota": 2}, map[string]string{"member-3": moved}},
		{map[string]any{"description": "带上手套和水。"}, map[string]string{"member-2": changed, "member-3": changed, "resident": changed}},
		{map[string]any{"endsAt": starts.Add(3 * time.Hour), "quota": 2}, map[string]string{"member-2": changed, "member-3": changed, "resident": changed}},
	} {
		w.Call("member-1", "PATCH", path, c.change).Want(200)
		for person, before := range counts {
			got, text := inboxOf(w, person), c.news[person]
			switch {
			case text == "" && len(got) != before, text != "" && (len(got) != before+1 || got[0] != text):
				t.Errorf("%v: %s is told %q", c.change, person, got[:len(got)-before])
			}
			counts[person] = len(got)
		}
	}
	w.Healthy()
}
