package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
	"xinyuan/internal/race"
)

func give(w *apptest.Town, giver, holder, role string, node id.Node) apptest.Answer {
	w.T.Helper()
	return w.Call(giver, "POST", "/api/v1/grants", map[string]any{"userId": w.People[holder], "role": role, "nodeId": node})
}

// Who gives which role where, and what it is worth at once.
func TestGrants(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	for _, c := range []struct {
		giver, holder, role string
		node                id.Node
		status              int
		reason              string
	}{
		{"secretary", "member-1", "building_head", w.Grid, 201, ""},
		{"secretary", "member-1", "building_head", w.Grid, 409, "grant_exists"},
		{"secretary", "member-1", "unit_liaison", w.Unit, 201, ""},
		{"secretary", "member-1", "unit_liaison", w.Grid, 422, "invalid_input"},
		{"secretary", "member-1", "secretary", w.Home, 403, "grant_too_high"},
		{"secretary", "member-1", "grid_leader", w.Far, 403, "not_your_community"},
		{"secretary", "secretary", "grid_leader", w.Home, 403, "party_to_matter"},
		{"street", "member-2", "secretary", w.Sister, 201, ""},
		{"street", "member-2", "secretary", w.Far, 403, "not_your_community"},
		{"street", "member-2", "street", w.Street, 403, "grant_too_high"},
		{"county", "member-2", "street", w.Street, 201, ""},
		{"county", "member-2", "county", w.County, 422, "invalid_input"},
		{"county", "member-2", "auditor", w.County, 201, ""},
		{"grid", "member-2", "grid_worker", w.Grid, 403, "not_your_community"},
		{"auditor", "member-2", "grid_worker", w.Grid, 403, "not_your_community"},
		{"resident", "member-2", "grid_worker", w.Grid, 403, "not_your_community"},
		{"secretary", "member-2", "grid_worker", 77, 422, "invalid_input"},
		{"secretary", "nobody", "grid_worker", w.Grid, 422, "invalid_input"},
		{"secretary", "member-2", "mayor", w.Grid, 422, "invalid_input"},
	} {
		a := give(w, c.giver, c.holder, c.role, c.node)
		if c.status == 201 {
			a.Want(201)
		} else {
			a.Refused(c.status, c.reason)
		}
	}
	if got := inboxOf(w, "member-1"); len(got) < 2 || got[1] != "您开始担任第一网格楼栋长" {
		t.Errorf("the building head was told %q", got)
	}
	w.Call("secretary", "GET", "/api/v1/grants?nodeId="+w.Far.String(), nil).Refused(403, "not_your_community")
	w.Call("secretary", "GET", "/api/v1/grants?nodeId=77", nil).Refused(404, "not_found")
	held := w.Call("secretary", "GET", "/api/v1/grants?nodeId="+w.Home.String(), nil).Want(200)
	if held.Len("items") != 5 { // secretary, grid worker, building head, two liaisons
		t.Errorf("held: %s", held.Raw)
	}
	for i := range held.Len("items") { // a member's unit tells them from a namesake
		if head := held.Text("items", i, "role") == "building_head"; head && held.At("items", i, "belongs") == nil {
			t.Errorf("a namesake could not be told apart: %s", held.Raw)
		}
	}
	w.Healthy()
}

// A grant ends once, by who may give it, and is worth nothing from then on.
func TestEndOfAGrant(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	grant := give(w, "street", "member-1", "secretary", w.Home).Want(201).Text("id")
	end, reason := "/api/v1/grants/"+grant+"/end", map[string]any{"reason": "工作调动"}
	wish := w.Post()
	w.Call("member-1", "POST", end, reason).Refused(403, "grant_too_high")
	w.Call("secretary", "POST", end, reason).Refused(403, "grant_too_high")
	w.Call("resident", "POST", end, reason).Refused(404, "not_found")
	w.Call("street", "POST", "/api/v1/grants/77/end", reason).Refused(404, "not_found")
	w.Call("street", "POST", end, map[string]any{"reason": " "}).Refused(422, "reason_required")
	w.Call("street", "POST", end, reason).Want(200)
	w.Call("street", "POST", end, reason).Refused(409, "grant_state")
	w.Call("member-1", "POST", "/api/v1/wishes/"+wish+"/review", map[string]any{"decision": "publish"}).Refused(404, "not_found")
	give(w, "street", "member-1", "secretary", w.Home).Want(201) // again, later
	w.Call("member-1", "POST", "/api/v1/wishes/"+wish+"/review", map[string]any{"decision": "publish"}).Want(200)
	w.Healthy()
}

// Twenty at once give the same post: one does.
func TestGrantRace(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	w.Token("secretary")
	answers := make([]apptest.Answer, 20)
	var wg race.Group
	for i := range answers {
		wg.Go(func() { answers[i] = give(w, "secretary", "member-1", "grid_leader", w.Grid) })
	}
	wg.Wait()
	given := 0
	for _, a := range answers {
		if a.Status == 201 {
			given++
		} else {
			a.Refused(409, "grant_exists")
		}
	}
	if given != 1 {
		t.Errorf("given %d times", given)
	}
	w.Healthy()
}

// More give grants at once than the pool has connections: each needs one, and nobody waits for ever.
func TestFortyGrantsThroughFourConnections(t *testing.T) {
	w := apptest.NewTown(apptest.New(t, apptest.With("XINYUAN_MYSQL_POOL=4")), 40)
	w.Token("secretary")
	answers := together(40, func(i int) apptest.Answer {
		return give(w, "secretary", fmt.Sprintf("member-%d", i), "grid_leader", w.Grid)
	})
	if got := count(answers); got["201"] != 40 {
		t.Errorf("answers: %v", got)
	}
	w.Healthy()
}

// employ gives the person a post in the first community's grid, without which
// nobody stands in for its secretary, and returns its grant.
func employ(w *apptest.Town, persona string) string {
	w.T.Helper()
	return give(w, "county", persona, "grid_worker", w.Grid).Want(201).Text("id")
}

// A secretary's deputy is a secretary, a grid leader or a grid worker there, whose post is in force and their own.
func TestWhoMayBeADeputy(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 8)
	refused := func(deputy string) {
		t.Helper()
		a := delegateTo(w, "secretary", deputy)
		a.Refused(422, "invalid_input")
		if got := a.Text("fields", 0, "message"); !strings.Contains(got, "请街道先加岗位") {
			t.Errorf("%s: %q", deputy, got)
		}
	}
	refused("resident")
	refused("member-1") // has reported in there, and holds no post
	for i, role := range []string{"auditor", "property_worker", "building_head", "unit_head", "centre_household"} {
		deputy := fmt.Sprintf("member-%d", i+2)
		give(w, "county", deputy, role, w.Home).Want(201)
		refused(deputy)
	}
	give(w, "county", "member-7", "grid_worker", w.Sister).Want(201) // of another community
	refused("member-7")
	ended := give(w, "secretary", "member-1", "grid_leader", w.Grid).Want(201).Text("id")
	delegateTo(w, "secretary", "member-1").Want(201)
	endGrant(w, ended)
	give(w, "street", "member-8", "secretary", w.Home).Want(201)
	delegateTo(w, "member-8", "grid").Want(201)
	refused("member-1") // whose post is over, and whom the secretary's own delegation does not make one
	w.Healthy()
}

// A deputy decides within the span of days, to the millisecond, and hands
// nothing on; the history says in whose place.
func TestDelegation(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2) // it is noon of 11 March in Shanghai
	delegate := func(persona, deputy, from, until string) apptest.Answer {
		t.Helper()
		return w.Call(persona, "POST", "/api/v1/delegations", map[string]any{
			"deputyId": w.People[deputy], "nodeId": w.Home, "from": from, "until": until,
		})
	}
	delegate("grid", "member-1", "2026-03-12", "2026-03-13").Refused(403, "not_your_community")
	delegate("street", "member-1", "2026-03-12", "2026-03-13").Refused(403, "not_your_community")
	delegate("secretary", "secretary", "2026-03-12", "2026-03-13").Refused(403, "party_to_matter")
	delegate("secretary", "resident", "2026-03-12", "2026-03-13").Refused(422, "invalid_input")
	posts := []string{employ(w, "member-1"), employ(w, "member-2")}
	delegate("secretary", "member-1", "2026-03-10", "2026-03-13").Refused(422, "invalid_input")
	delegate("secretary", "member-1", "2026-03-14", "2026-03-13").Refused(422, "invalid_input")
	delegate("secretary", "member-1", "2026-03-12", "2026-06-12").Refused(422, "invalid_input")
	delegate("secretary", "member-1", "12.3.2026", "2026-03-13").Refused(422, "invalid_input")
	delegate("secretary", "member-1", "2026-03-12", "2026-03-13").Want(201)
	delegate("secretary", "member-1", "2026-03-13", "2026-03-14").Refused(409, "grant_exists")
	later := delegate("secretary", "member-2", "2026-03-14", "2026-03-20").Want(201).Text("id")
	for _, post := range posts { // what they do from now on is as deputies
		endGrant(w, post)
	}

	first, second, third := w.Post(), w.Post(), w.Post()
	review := func(persona, wish string) apptest.Answer {
		t.Helper()
		return w.Call(persona, "POST", "/api/v1/wishes/"+wish+"/review", map[string]any{"decision": "publish"})
	}
	at := func(text string) {
		t.Helper()
		to, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		w.Clocks.Business.Advance(to.Sub(w.Clocks.Business.Now()))
	}
	at("2026-03-11T23:59:59.999+08:00")
	review("member-1", first).Refused(404, "not_found")
	at("2026-03-12T00:00:00+08:00")
	review("member-1", first).Want(200)
	delegate("member-1", "member-2", "2026-03-12", "2026-03-13").Refused(403, "grant_too_high")
	give(w, "member-1", "member-2", "grid_worker", w.Grid).Refused(403, "grant_too_high")
	review("secretary", second).Want(200) // who delegates keeps the own right
	at("2026-03-13T23:59:59.999+08:00")
	if got := waits(w, "member-1"); len(got) != 1 {
		t.Errorf("for the deputy waits %q", got)
	}
	at("2026-03-14T00:00:00+08:00")
	review("member-1", third).Refused(404, "not_found")
	w.Call("member-1", "GET", "/api/v1/approvals", nil).Refused(403, "forbidden")
	history := w.Call("resident", "GET", "/api/v1/wishes/"+first, nil).Want(200)
	if got := history.Text("history", 1, "text"); got != "社区书记的受托人核实后发布，等党员认领" {
		t.Errorf("the history says %q", got)
	}
	w.Call("secretary", "POST", "/api/v1/grants/"+later+"/end", map[string]any{"reason": "提前回来了"}).Want(200)
	review("member-2", third).Refused(404, "not_found")
	w.Healthy()
}

// The phone comes from WeChat, is shown with its middle hidden, and belongs to
// one person.
func TestPhone(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	phone := func(persona, code string) apptest.Answer {
		return w.Call(persona, "POST", "/api/v1/me/phone", map[string]any{"code": code})
	}
	code := w.WeChat.NewPhoneCode("13912345678")
	if got := phone("resident", code).Want(200).Text("phoneMasked"); got != "139****5678" {
		t.Errorf("shown as %s", got)
	}
	phone("resident", code).Refused(422, "code_used")
	phone("resident", "no-such-code").Refused(422, "code_invalid")
	phone("resident", "").Refused(422, "invalid_input")
	phone("member-1", w.WeChat.NewPhoneCode("13912345678")).Refused(409, "phone_taken")
	phone("resident", w.WeChat.NewPhoneCode("13912345679")).Want(200) // a new number
	phone("member-1", w.WeChat.NewPhoneCode("13912345678")).Want(200) // the old one is free
	for range 2 {
		phone("member-2", "demo-phone-member-2").Want(200)
	}
	if got := w.Call("resident", "GET", "/api/v1/me", nil).Want(200).Text("phoneMasked"); got != "139****5679" {
		t.Errorf("kept as %s", got)
	}
	codes := []string{w.WeChat.NewPhoneCode("13900000001"), w.WeChat.NewPhoneCode("13900000001")}
	w.Token("secretary")
	answers := make([]apptest.Answer, 2)
	var wg race.Group
	for i, persona := range []string{"resident", "secretary"} {
		wg.Go(func() { answers[i] = phone(persona, codes[i]) })
	}
	wg.Wait()
	if answers[0].Status+answers[1].Status != 200+409 {
		t.Errorf("two people have one phone: %d, %d", answers[0].Status, answers[1].Status)
	}
}
