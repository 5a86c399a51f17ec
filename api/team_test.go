package api_test

import (
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
)

// A team from its founding to its end: who may what, who is told, and what the
// second time says.
func TestATeamsLife(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 3)
	const api = "/api/v1"
	found := map[string]any{"nodeId": w.Home, "name": "邻里守望队", "intro": "有事打 " + apptest.Phone, "leaderId": w.People["member-1"]}
	for _, p := range []string{"resident", "member-1", "grid", "auditor", "leader"} {
		w.Call(p, "POST", api+"/teams", found).Refused(403, "not_your_community")
	}
	a := w.Call("secretary", "POST", api+"/teams", found).Want(201)
	team := api + "/teams/" + a.Text("id")
	if strings.Contains(string(a.Raw), apptest.Phone) {
		t.Errorf("the phone shows: %s", a.Raw)
	}
	w.Call("secretary", "POST", api+"/teams", found).Refused(422, "invalid_input") // the name is taken
	if text := w.Call("member-1", "GET", api+"/inbox", nil).Want(200).Text("items", 0, "text"); !strings.Contains(text, "您是“邻里守望队”的队长了") {
		t.Errorf("the leader is told %q", text)
	}

	// By request.
	asks := w.Call("resident", "POST", team+"/members", nil).Want(201)
	w.Call("resident", "POST", team+"/members", nil).Refused(409, "already_in_team")
	review := api + "/team-members/" + asks.Text("id") + "/review"
	approve := map[string]any{"decision": "approve"}
	w.Call("resident", "POST", review, approve).Refused(403, "not_team_leader")
	w.Call("secretary", "POST", review, approve).Refused(403, "not_team_leader")
	w.Call("member-1", "POST", review, map[string]any{"decision": "reject"}).Refused(422, "reason_required")
	w.Call("member-1", "GET", team+"/members?status=requested", nil).Want(200)
	w.Call("resident", "GET", team+"/members", nil).Refused(403, "forbidden")
	w.Call("member-1", "POST", review, approve).Want(200)
	w.Call("member-1", "POST", review, approve).Refused(409, "team_member_state")
	w.Call("member-1", "POST", api+"/team-members/7/review", approve).Refused(404, "not_found")
	w.Call("resident", "GET", team+"/members?status=requested", nil).Refused(403, "forbidden")

	// By invitation, and without a phone.
	w.Call("resident", "GET", team+"/invitation", nil).Refused(403, "not_team_leader")
	w.Call("member-2", "POST", team+"/members", map[string]any{"code": "ABC"}).Refused(422, "invite_code")
	w.Enlist("member-1", a.Text("id"), "member-2")
	w.Call("resident", "POST", team+"/members", map[string]any{"displayName": "刘大娘"}).Refused(403, "not_team_leader")
	w.Call("member-1", "POST", team+"/members", map[string]any{"displayName": " "}).Refused(422, "invalid_input")
	elder := w.Call("member-1", "POST", team+"/members", map[string]any{"displayName": "刘大娘"}).Want(201)
	if n := w.Call("resident", "GET", team+"/members", nil).Want(200).Len("items"); n != 4 || elder.At("writtenDown") != true {
		t.Errorf("%d members, the elder %s", n, elder.Raw)
	}

	handOver(t, w, team)
	endOf(w, a.Text("id"), team)
}

// handOver names deputies and other leaders of a team that member-1 leads.
func handOver(t *testing.T, w *apptest.Town, team string) {
	t.Helper()
	deputies := func(people ...any) map[string]any { return map[string]any{"deputyIds": append([]any{}, people...)} }
	w.Call("resident", "PATCH", team, deputies()).Refused(403, "not_team_leader")
	w.Call("member-1", "PATCH", team, deputies(w.People["member-3"])).Refused(422, "invalid_input")
	w.Call("member-1", "PATCH", team, deputies(w.People["resident"])).Want(200)
	for who, role := range map[string]string{"member-1": "leader", "resident": "deputy"} {
		if a := w.Call(who, "GET", "/api/v1/teams?mine=true", nil).Want(200); a.Text("items", 0, "myRole") != role {
			w.T.Errorf("%s is no %s: %s", who, role, a.Raw)
		}
	}
	w.Call("resident", "PATCH", team, deputies()).Refused(403, "not_team_leader") // a deputy names none
	w.Call("member-1", "PATCH", team, map[string]any{"leaderId": w.People["member-3"]}).Refused(422, "invalid_input")
	w.Call("member-1", "PATCH", team, map[string]any{"leaderId": w.People["member-2"]}).Want(200)
	w.Call("member-1", "PATCH", team, map[string]any{"name": "新名字"}).Refused(403, "not_team_leader")
	w.Call("secretary", "PATCH", team, map[string]any{"leaderId": w.People["member-3"]}).Want(200)
	v := w.Call("member-2", "GET", team, nil).Want(200)
	if v.Len("leading") != 2 || v.Text("team", "leaderName") != "member-3" || v.Text("mine", "role") != "member" || v.Number("team", "members") != 5 {
		t.Errorf("the team is %s", v.Raw)
	}
}

// endOf lets people leave a team that member-3 leads, resident is the deputy,
// and ends it.
func endOf(w *apptest.Town, id, team string) {
	w.T.Helper()
	const api = "/api/v1"
	leave := func(p, who, reason string) apptest.Answer {
		return w.Call(p, "DELETE", team+"/members/"+who+"?reason="+reason, nil)
	}
	leave("member-3", "me", "").Refused(409, "leader_stays")
	leave("member-2", w.People["member-1"].String(), "搬走了").Refused(403, "not_team_leader")
	leave("member-3", w.People["member-1"].String(), "").Refused(422, "reason_required")
	leave("member-3", w.People["member-1"].String(), "搬走了").Want(204)
	leave("member-2", "me", "").Want(204)
	leave("member-2", "me", "").Refused(404, "not_found")
	activity := w.Call("resident", "POST", api+"/activities", w.Errand(id, 5)).Want(201).Text("id")
	w.Call("resident", "POST", api+"/activities/"+activity+"/publication", nil).Want(200)
	end := map[string]any{"reason": "并入别的队"}
	w.Call("member-3", "POST", team+"/end", end).Refused(403, "not_your_community")
	w.Call("secretary", "POST", team+"/end", end).Refused(409, "team_busy")
	w.Call("member-3", "POST", api+"/activities/"+activity+"/cancellation", map[string]any{"reason": "并队"}).Want(200)
	w.Call("secretary", "POST", team+"/end", map[string]any{"reason": " "}).Refused(422, "reason_required")
	w.Call("secretary", "POST", team+"/end", end).Want(200)
	w.Call("secretary", "POST", team+"/end", end).Refused(409, "team_state")
	w.Call("member-2", "POST", team+"/members", nil).Refused(409, "team_state")
	w.Call("member-3", "POST", api+"/activities", w.Errand(id, 5)).Refused(409, "team_state")
	w.Call("resident", "GET", api+"/teams/7", nil).Refused(404, "not_found")
	w.Healthy()
}

// A new invitation ends the one before, also for who holds it already.
func TestAnotherInvitation(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 3)
	team := "/api/v1/teams/" + w.Squad("member-1")
	path := team + "/invitation"
	join := func(p, code string) apptest.Answer {
		return w.Call(p, "POST", team+"/members", map[string]any{"code": code})
	}
	old := w.Call("member-1", "GET", path, nil).Want(200).Text("code")
	w.Call("member-2", "POST", path, nil).Refused(403, "not_team_leader")
	w.Call("member-1", "POST", "/api/v1/teams/7/invitation", nil).Refused(404, "not_found")
	code := w.Call("member-1", "POST", path, nil).Want(200).Text("code")
	join("member-2", old).Refused(422, "invite_code")
	join("member-2", code).Want(201)
	w.Call("member-2", "POST", path, nil).Refused(403, "not_team_leader")
	w.Call("member-1", "PATCH", team, map[string]any{"deputyIds": []any{w.People["member-2"]}}).Want(200)
	second := w.Call("member-2", "POST", path, nil).Want(200).Text("code") // a deputy
	third := w.Call("secretary", "POST", path, nil).Want(200).Text("code")
	join("member-3", second).Refused(422, "invite_code")

	codes := map[string]bool{third: true}
	for _, a := range together(20, func(int) apptest.Answer { return w.Call("member-1", "POST", path, nil) }) {
		codes[a.Want(200).Text("code")] = true
	}
	last := w.Call("member-1", "GET", path, nil).Want(200).Text("code")
	if len(codes) != 21 || !codes[last] || last == third {
		t.Errorf("%d codes, the last %s", len(codes), last)
	}
	for code := range codes {
		if code != last {
			join("member-3", code).Refused(422, "invite_code")
		}
	}
	join("member-3", last).Want(201)
	w.Call("secretary", "POST", team+"/end", map[string]any{"reason": "并入别的队"}).Want(200)
	w.Call("member-1", "POST", path, nil).Refused(409, "team_state")
	w.Healthy()
}

// Two who lead, a leader who hands over twice at once, and a person who joins on
// two phones: a team keeps one leader, and a person one place.
func TestTeamRaces(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 3)
	team := w.Squad("member-1")
	w.Enlist("member-1", team, "member-2")
	w.Enlist("member-1", team, "member-3")
	w.Token("resident")
	together(20, func(i int) apptest.Answer {
		next := []string{"member-1", "member-2", "member-3"}[i%3]
		return w.Call("secretary", "PATCH", "/api/v1/teams/"+team, map[string]any{"leaderId": w.People[next]})
	})
	got := count(together(20, func(int) apptest.Answer {
		return w.Call("resident", "POST", "/api/v1/teams/"+team+"/members", nil)
	}))
	if got["201"] != 1 || got["409 already_in_team"] != 19 {
		t.Errorf("joining: %v", got)
	}
	w.Healthy()
}

// Who has asked to join is taken in by being made the leader.
func TestWhoAskedBecomesLeader(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 2)
	team := w.Squad("member-1")
	w.Call("member-2", "POST", "/api/v1/teams/"+team+"/members", nil).Want(201)
	a := w.Call("secretary", "PATCH", "/api/v1/teams/"+team, map[string]any{"leaderId": w.People["member-2"]}).Want(200)
	if a.Text("leaderId") != w.People["member-2"].String() || a.Number("members") != 2 {
		t.Errorf("%s", a.Raw)
	}
	w.Call("member-2", "GET", "/api/v1/teams/"+team+"/invitation", nil).Want(200)
	w.Healthy()
}

// Whoever ends something says why in at most two hundred characters, seen ones.
func TestReasonsAreBounded(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	grants := w.Call("street", "GET", "/api/v1/grants?nodeId="+w.Home.String(), nil).Want(200)
	team := w.Squad("member-1")
	for reason, want := range map[string]int{strings.Repeat("长", 201): 422, "写\u202e错": 422, "\u200b": 422, strings.Repeat("长", 200): 200} {
		for _, path := range []string{"/api/v1/grants/" + grants.Text("items", 0, "id") + "/end", "/api/v1/teams/" + team + "/end"} {
			if a := w.Call("street", "POST", path, map[string]any{"reason": reason}); a.Status != want && a.Status != 409 {
				t.Errorf("%s with %d letters: %d %s", path, len(reason), a.Status, a.Raw)
			}
		}
	}
}
