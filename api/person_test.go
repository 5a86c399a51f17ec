package api_test

import (
	"slices"
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/race"
)

// A person shows one number, whatever phone asks, and who gives roles finds them
// by it with what they hold; nobody else does.
func TestAPersonIsFoundByTheirNumber(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	w.Token("grid")
	shown := make([]string, 8)
	var wg race.Group
	for i := range shown {
		wg.Go(func() { shown[i] = w.Call("grid", "GET", "/api/v1/me/number", nil).Want(200).Text("number") })
	}
	wg.Wait()
	for _, n := range shown {
		if n != shown[0] || len(n) != 8 {
			t.Fatalf("eight phones show %q", shown)
		}
	}
	if other := w.Call("member-1", "GET", "/api/v1/me/number", nil).Want(200).Text("number"); other == shown[0] {
		t.Errorf("two people show %s", other)
	}
	find := "/api/v1/people?number=" + shown[0]
	found := w.Call("secretary", "GET", find, nil).Want(200)
	if found.Text("id") != w.People["grid"].String() || found.Text("roles", 0, "role") != "grid_worker" || found.Len("roles") != 1 {
		t.Errorf("found: %s", found.Raw)
	}
	for _, persona := range []string{"resident", "grid", "auditor", "unit", "member-1"} {
		w.Call(persona, "GET", find, nil).Refused(403, "forbidden")
	}
	standIn(w, "member-2") // who gives no roles
	w.Call("member-2", "GET", find, nil).Refused(403, "forbidden")
	w.Call("secretary", "GET", "/api/v1/people?number=10000001", nil).Refused(404, "not_found")
	w.Call("secretary", "GET", "/api/v1/people?number=7", nil).Refused(422, "invalid_input")
	give(w, "street", "grid", "secretary", w.Home).Want(201) // a second secretary
	if again := w.Call("street", "GET", find, nil).Want(200); again.Len("roles") != 2 {
		t.Errorf("with the new role: %s", again.Raw)
	}
	w.Healthy()
}

// turns are what is the persona's turn, as "turn title".
func turns(w *apptest.Town, persona string) []string {
	w.T.Helper()
	a := w.Call(persona, "GET", "/api/v1/me/todos", nil).Want(200)
	all := []string{}
	for i := range a.Len("items") {
		all = append(all, a.Text("items", i, "turn")+" "+a.Text("items", i, "title"))
	}
	return all
}

// A wish goes from hand to hand, and is always the turn of those who have to do
// something, in one request.
func TestTodos(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 2)
	const title = "厨房水龙头关不严"
	expect := func(when string, want map[string]string) {
		t.Helper()
		for _, persona := range []string{"resident", "member-1", "member-2", "secretary", "street"} {
			var due []string
			if want[persona] != "" {
				due = strings.Split(want[persona], "|")
			}
			if got := turns(w, persona); !slices.Equal(got, due) && len(got)+len(due) > 0 {
				t.Errorf("%s, for %s: %q, want %q", when, persona, got, due)
			}
		}
	}
	expect("at first", nil)
	wish := w.Post()
	review := "/api/v1/wishes/" + wish + "/review"
	expect("submitted", map[string]string{"secretary": "decide "})
	w.Call("secretary", "POST", review, map[string]any{"decision": "reject", "reason": "请写明楼号"}).Want(200)
	expect("rejected", map[string]string{"resident": "amend " + title})
	draft := apptest.Draft(w.Home)
	delete(draft, "nodeId")
	w.Call("resident", "PATCH", "/api/v1/wishes/"+wish, draft).Want(200)
	w.Call("secretary", "POST", review, map[string]any{"decision": "publish"}).Want(200)
	claimed := "/api/v1/claims/" + w.Call("member-1", "POST", "/api/v1/wishes/"+wish+"/claims", map[string]any{
		"participantIds": []any{w.People["member-2"]},
	}).Want(201).Text("id")
	expect("claimed", map[string]string{"secretary": "decide ", "member-2": "join " + title})
	w.Call("member-2", "POST", claimed+"/acceptance", nil).Want(200)
	w.Call("secretary", "POST", claimed+"/review", map[string]any{"decision": "approve"}).Want(200)
	expect("approved", map[string]string{"member-1": "fulfil " + title})
	w.Call("member-1", "POST", claimed+"/delivery", map[string]any{"note": "换了阀芯"}).Want(200)
	expect("delivered", map[string]string{"resident": "confirm " + title})
	w.Call("resident", "POST", claimed+"/confirmation", map[string]any{"accepted": true}).Want(200)
	expect("confirmed", nil)
}

// Who becomes the owner of a wish that was posted for them has its turn, too.
func TestTodosOfANewOwner(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	wish := "/api/v1/wishes/" + w.OnBehalf("grid", apptest.Phone)
	w.Call("secretary", "POST", wish+"/review", map[string]any{"decision": "publish"}).Want(200)
	claim := "/api/v1/claims/" + w.Call("member-1", "POST", wish+"/claims", nil).Want(201).Text("id")
	w.Call("secretary", "POST", claim+"/review", map[string]any{"decision": "approve"}).Want(200)
	w.Call("member-1", "POST", claim+"/delivery", map[string]any{"note": "换了阀芯"}).Want(200)
	if got := turns(w, "resident"); len(got) != 0 {
		t.Errorf("before it is theirs: %q", got)
	}
	w.Call("secretary", "POST", wish+"/owner", map[string]any{"userId": w.People["resident"]}).Want(200)
	if got := turns(w, "resident"); len(got) != 1 || !strings.HasPrefix(got[0], "confirm ") {
		t.Errorf("once it is theirs: %q", got)
	}
	w.Healthy()
}

// Who leads a team has the door of what goes on, then its hours, and nobody else.
func TestTodosOfALeader(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 3)
	m := announced(w, nil)
	w.Call("member-3", "POST", m.path+"/signups", map[string]any{"overlap": true}).Want(201)
	for _, c := range []struct {
		minutes int
		want    []string
	}{{-31, []string{}}, {-30, []string{"door 清扫河边"}}, {10000, []string{"settle 清扫河边"}}, {60000, []string{}}} {
		m.at(c.minutes)
		for _, persona := range []string{"member-1", "member-2"} {
			if got := turns(w, persona); !slices.Equal(got, c.want) {
				t.Errorf("after %d minutes for %s: %q, want %q", c.minutes, persona, got, c.want)
			}
		}
		if got := turns(w, "member-3"); len(got) != 0 {
			t.Errorf("after %d minutes for a volunteer: %q", c.minutes, got)
		}
	}
}

// Nobody reads of themself as of somebody else; others read who it was.
func TestHistoryToOneself(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	wish, claim := w.Delivered("member-1")
	w.Call("resident", "POST", "/api/v1/claims/"+claim+"/confirmation", map[string]any{
		"accepted": false, "comment": "还滴水",
	}).Want(200)
	for persona, want := range map[string][2]string{
		"resident":  {"认领人说办好了，等您确认", "您说：还没办好"},
		"member-1":  {"您说办好了，等许愿人确认", "许愿人说：还没办好"},
		"secretary": {"认领人说办好了，等许愿人确认", "许愿人说：还没办好"},
	} {
		a := w.Call(persona, "GET", "/api/v1/wishes/"+wish, nil).Want(200)
		n := a.Len("history")
		if got := [2]string{a.Text("history", n-2, "text"), a.Text("history", n-1, "text")}; got != want {
			t.Errorf("%s reads %q, want %q", persona, got, want)
		}
	}
}
