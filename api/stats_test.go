package api_test

import (
	"maps"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
)

func TestStats(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 3)
	w.Open()
	w.Claimed("member-1")
	w.Fulfilled("member-2")
	w.Until("what was granted on the boards of communities", func() bool {
		return w.Call("resident", "GET", "/api/v1/stats", nil).Want(200).Number("pointsGranted") > 0
	})
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

// Figures are told again for a hundred times as long as counting took, each place's its own.
func TestFiguresAreKept(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.With("XINYUAN_STATS_KEEP_TIMES=1000")), 1)
	ask := func(query string) apptest.Answer {
		t.Helper()
		return w.Call("resident", "GET", "/api/v1/stats"+query, nil).Want(200)
	}
	county := ask("")
	w.Open()
	if again := ask(""); county.Number("wishesOpen") != 0 || string(again.Raw) != string(county.Raw) {
		t.Errorf("they are counted again at once: %s, and %s before", again.Raw, county.Raw)
	}
	if home := ask("?nodeId=" + w.Home.String()); home.Number("communities") != 1 || home.Number("wishesOpen") != 1 {
		t.Errorf("a community is told %s", home.Raw)
	}
}

// The figures of needs are of the residents' words: what nobody was reached for is not solved, what cannot be done is
// called so, and what does not belong here is none. Whether people were satisfied is the county's figure, from thirty on.
func TestStatsOfNeeds(t *testing.T) {
	t.Parallel()
	w, other := needTown(t)
	figures := func(node id.Node) map[string]int {
		a := w.Call("resident", "GET", "/api/v1/stats?nodeId="+node.String(), nil).Want(200)
		all := map[string]int{}
		for _, name := range []string{
			"said", "open", "solved", "partly", "notSolved", "unreached", "unsolved", "answered", "onTime", "whistles",
			"whistlesAnswered", "rated", "satisfied",
		} {
			all[name] = a.Number("needs", name)
		}
		all["medianHours"] = -1
		if days, there := a.At("needs", "medianDays").(float64); there {
			all["medianHours"] = int(days * 24)
		}
		return all
	}
	word := func(n, solved string, satisfied bool) {
		t.Helper()
		stepOf(w, "resident", n, "confirmation", doc{"solved": solved, "satisfied": satisfied}).Want(200)
	}
	withdrawn, same, late := say(w), handled(w), handled(w)
	stepOf(w, "resident", withdrawn, "withdrawal", nil).Want(200)
	stepOf(w, "secretary", same, "merge", doc{"into": late}).Want(200)
	rejected(w)
	if got := figures(w.Home); got["said"] != 1 || got["open"] != 1 || got["medianHours"] != -1 {
		t.Errorf("before anything ended: %v", got)
	}
	one, two, three, never, lost := answered(w), answered(w), answered(w), answered(w), answered(w)
	_, sent := whistled(w)
	stepOn(w, "responder", sent, "acceptance", nil).Want(200)
	whistle(w, "secretary", handled(w), other).Want(201) // nobody answers it
	whistle(w, "secretary", handled(w), w.Unit).Want(201)
	later := doc{"reviewAt": w.Clocks.Business.Now().Add(60 * aDay), "reason": "没有钱"}
	stepOf(w, "street", never, "concession", later).Want(200)
	word(one, "yes", true)
	w.Clocks.Business.Advance(48 * time.Hour)
	word(two, "yes", true)
	word(three, "partly", false)
	for range 3 {
		stepOf(w, "grid", lost, "missed-calls", nil).Want(200)
		w.Clocks.Business.Advance(aDay)
	}
	stepOf(w, "street", lost, "lapse", nil).Want(200)
	w.Clocks.Business.Advance(20 * aDay)
	stepOf(w, "secretary", late, "answer", doc{"result": "explained", "answer": "还是办不了"}).Want(200)
	word(late, "no", false)
	want := map[string]int{
		"said": 9, "open": 3, "solved": 2, "partly": 1, "notSolved": 1, "unreached": 1, "unsolved": 1, "answered": 5, "onTime": 4,
		"whistles": 3, "whistlesAnswered": 1, "rated": 0, "satisfied": 0, "medianHours": 24,
	}
	for _, node := range []id.Node{w.Home, w.Street, w.County} {
		if got := figures(node); !maps.Equal(got, want) {
			t.Errorf("the figures are %v, want %v", got, want)
		}
	}
	if got := figures(w.Sister); got["said"] != 0 || got["whistles"] != 0 {
		t.Errorf("of another community: %v", got)
	}
	for range 26 { // four have said it already
		word(answered(w), "yes", true)
	}
	if got := figures(w.County); got["rated"] != 30 || got["satisfied"] != 28 {
		t.Errorf("the county has %v", got)
	}
	if got := figures(w.Home); got["rated"] != 0 {
		t.Errorf("a community is measured by it: %v", got)
	}
	must(t, w.App.Sweep(t.Context()))
	w.Healthy()
}
