package api_test

import (
	"maps"
	"testing"

	"xinyuan/internal/app/apptest"
)

// A code that somebody forwarded shows as its reader's distance: it counts only
// when the leader names the person, as one that was sent later does. No location
// at all changes nothing.
func TestForwardedCodeNeedsNaming(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, unsampled()...), 5)
	m := newMeeting(w, []string{"member-3", "member-4", "member-5", "resident"})
	m.at(0)
	from := func(lat float64) map[string]any {
		body := withCode(m.code())
		maps.Copy(body, map[string]any{"location": map[string]any{"lat": lat, "lng": 125.75, "accuracy": 30}})
		return body
	}
	far := map[string]bool{"member-3": true, "member-4": true, "member-5": false}
	for who, is := range far {
		lat := 41.68
		if is {
			lat++ // 111 km
		}
		if a := m.in(who, from(lat)).Want(201); a.At("far") != is {
			t.Errorf("%s: %s", who, a.Raw)
		}
	}
	m.in("resident", withCode(m.code())).Want(201)
	m.at(100)
	for _, who := range []string{"member-3", "member-4", "member-5", "resident"} {
		m.out(who, withCode(m.code())).Want(200)
	}
	m.at(120)
	roll := m.Call("member-1", "GET", m.path+"/signups", nil).Want(200)
	for i := range roll.Len("items") {
		is := far[roll.Text("items", i, "displayName")]
		if roll.At("items", i, "needsNaming") != is || roll.At("items", i, "checkIns", 0, "far") != is {
			t.Errorf("the roll has %v", roll.At("items", i))
		}
	}
	wantSame(t, m.outcome(m.settle("member-1", m.about("member-4")).Want(200)), map[string]string{
		"member-3": "false 0", "member-4": "true 100 credited:100", "member-5": "true 100 credited:100",
		"resident": "true 100 credited:100",
	})
	w.Healthy()
}
