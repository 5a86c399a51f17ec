package api_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
)

// hand is what one person records as the yeses of residents.
type hand struct {
	persona   string
	claimants []string // of each yes, in turn
	how       []string // the same
	yeses     int
	denied    bool // asked again, and the resident says otherwise
	signs     []string
}

// Whose yeses did not stand, or mostly help one member or came by phone, is
// listed, whatever the total; who records like everybody is not.
func TestUnusualRecordersOfYeses(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, append(unsampled(), apptest.WithoutWorker(),
		apptest.With("XINYUAN_YES_WATCH_YESES=4"))...), 6)
	for _, head := range []string{"member-1", "member-2", "member-3", "member-4"} {
		building(w, head)
	}
	one, two, both := []string{"member-5"}, []string{"member-5", "member-6"}, []string{"visit", "phone"}
	hands := []hand{
		{persona: "member-1", claimants: one, how: []string{"visit"}, yeses: 4, signs: []string{"one_claimant"}},
		{persona: "member-2", claimants: two, how: []string{"phone"}, yeses: 4, signs: []string{"by_phone"}},
		{persona: "member-3", claimants: two, how: both, yeses: 4},
		{persona: "member-4", claimants: one, how: []string{"phone"}, yeses: 3}, // too few to say anything
		{persona: "street", claimants: one, how: []string{"visit"}, yeses: 1, denied: true, signs: []string{"denied"}},
	}
	for _, h := range hands {
		h.record(w)
	}
	list := func(persona string) apptest.Answer {
		return w.Call(persona, "GET", "/api/v1/service-recorders?nodeId="+w.Home.String(), nil)
	}
	found := map[string][]any{}
	a := list("secretary").Want(200)
	for i := range a.Len("yeses") {
		signs, _ := a.At("yeses", i, "signs").([]any)
		found[a.Text("yeses", i, "displayName")] = signs
		if a.Text("yeses", i, "text") == "" || a.Text("yeses", i, "text") == "。" {
			t.Errorf("nothing is said of %s", a.Text("yeses", i, "displayName"))
		}
	}
	for _, h := range hands {
		var got []string
		for _, sign := range found[h.persona] {
			got = append(got, sign.(string))
		}
		if !slices.Equal(got, h.signs) {
			t.Errorf("%s has the signs %q, want %q", h.persona, got, h.signs)
		}
	}
	elsewhere := w.Call("leader", "GET", "/api/v1/service-recorders?nodeId="+w.Far.String(), nil).Want(200)
	if elsewhere.Len("yeses") != 0 {
		t.Errorf("elsewhere: %s", elsewhere.Raw)
	}
	list("leader").Refused(403, "not_your_community")
	list("member-1").Refused(403, "not_your_community") // a building head sees nothing that is not public
	w.Clocks.Business.Advance(100 * 24 * time.Hour)
	if a := list("secretary").Want(200); a.Len("yeses") != 0 {
		t.Errorf("a quarter later: %s", a.Raw)
	}
	w.Healthy()
}

// record has the hand record its yeses.
func (h hand) record(w *apptest.Town) {
	w.T.Helper()
	for i := range h.yeses {
		wish := w.OnBehalf("grid", "13900000001")
		w.Call("secretary", "POST", "/api/v1/wishes/"+wish+"/review", map[string]any{"decision": "publish"}).Want(200)
		claimant := h.claimants[i%len(h.claimants)]
		path := "/api/v1/claims/" + w.Call(claimant, "POST", "/api/v1/wishes/"+wish+"/claims", nil).Want(201).Text("id")
		w.Call("secretary", "POST", path+"/review", map[string]any{"decision": "approve"}).Want(200)
		w.Call(claimant, "POST", path+"/delivery", map[string]any{"note": "办好了"}).Want(200)
		answer := map[string]any{
			"accepted": true, "onBehalf": map[string]any{"how": h.how[i%len(h.how)], "note": "问过，老人说办好了"},
		}
		if h.denied {
			w.Clocks.Business.Advance(time.Minute)
			w.AskAgain(100)
		}
		w.Call(h.persona, "POST", path+"/confirmation", answer).Want(200)
		if h.denied {
			answer["accepted"] = false
			w.Call("county", "POST", path+"/confirmation", answer).Want(200)
		}
	}
}

// A recorder's people are counted where they served: at a community those of other places are not.
func TestRecordersPeopleAreOfThePlace(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, unsampled()...), 3)
	m := unseenMeeting(w)
	var decisions []any
	for _, name := range []string{"王一", "王二", "王三", "王四"} {
		decisions = append(decisions, m.about(name, "decision", "confirm"))
	}
	w.Call("secretary", "POST", m.path+"/unseen/review", map[string]any{"decisions": decisions}).Want(200)
	for _, statement := range []string{
		"INSERT INTO recorder_rules (since, people, percent) VALUES ('2026-01-01', 4, 50)",
		fmt.Sprintf("UPDATE service_records SET node_id = %d WHERE user_id = %d", w.Sister, w.People["member-3"]),
	} {
		_, err := w.App.DB.Pool().ExecContext(t.Context(), statement)
		must(t, err)
	}
	for _, c := range []struct {
		persona          string
		node             id.Node
		credited, unseen int
	}{{"secretary", w.Home, 4, 4}, {"street", w.Street, 5, 4}} {
		a := w.Call(c.persona, "GET", "/api/v1/service-recorders?nodeId="+c.node.String(), nil).Want(200)
		if a.Len("items") != 1 || a.Number("items", 0, "credited") != c.credited || a.Number("items", 0, "unseen") != c.unseen {
			t.Errorf("%s reads %s", c.persona, a.Raw)
		}
	}
}
