package api_test

import (
	"slices"
	"testing"

	"xinyuan/internal/app/apptest"
)

// Somebody is invited to a team by the number that they show: they are told, it is
// their turn, and the team counts them once they accept.
func TestInvitedToATeam(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 3)
	const api = "/api/v1"
	squad := w.Squad("member-1")
	team := api + "/teams/" + squad
	number := w.Call("resident", "GET", api+"/me/number", nil).Want(200).Text("number")
	guest := map[string]any{"number": number}
	for _, persona := range []string{"resident", "member-2", "grid", "auditor"} {
		w.Call(persona, "POST", team+"/guests", guest).Refused(403, "not_team_leader")
	}
	for _, wrong := range []map[string]any{
		{}, {"number": "10000001"}, {"number": "7"}, {"userId": w.People["resident"]}, {"number": number, "userId": w.People["member-2"]},
		{"number": w.Call("member-1", "GET", api+"/me/number", nil).Want(200).Text("number")},
	} {
		w.Call("member-1", "POST", team+"/guests", wrong).Refused(422, "invalid_input")
	}
	w.Call("member-1", "POST", api+"/teams/7/guests", guest).Refused(404, "not_found")
	members := func() int { return w.Call("member-1", "GET", team, nil).Want(200).Number("team", "members") }
	place := w.Call("member-1", "POST", team+"/guests", guest).Want(201).Text("id")
	w.Call("member-1", "POST", team+"/guests", guest).Refused(409, "already_in_team")
	w.Call("resident", "GET", team+"/members", nil).Refused(403, "forbidden") // not in it yet
	if n := members(); n != 1 {
		t.Errorf("%v members before the answer", n)
	}
	if got := turns(w, "resident"); !slices.Equal(got, []string{"team 365志愿服务队1"}) {
		t.Errorf("the turn of the invited: %q", got)
	}
	told := w.Call("resident", "GET", api+"/inbox", nil).Want(200)
	if told.Text("items", 0, "text") != "“365志愿服务队1”请您入队，请去看看愿不愿意" || told.Text("items", 0, "part") != "invited" {
		t.Errorf("told %s", told.Raw)
	}
	own := w.Call("resident", "GET", team, nil).Want(200)
	if own.Text("mine", "status") != "invited" || own.Text("mine", "inviterName") != "member-1" {
		t.Errorf("the invited reads %s", own.Raw)
	}
	accept := api + "/team-members/" + place + "/acceptance"
	w.Call("member-2", "POST", accept, nil).Refused(404, "not_found")
	w.Call("member-1", "POST", accept, nil).Refused(404, "not_found")
	w.Call("resident", "POST", api+"/team-members/7/acceptance", nil).Refused(404, "not_found")
	w.Call("member-1", "POST", api+"/team-members/"+place+"/review", map[string]any{"decision": "approve"}).Refused(409, "team_member_state")
	w.Call("resident", "POST", accept, nil).Want(200)
	w.Call("resident", "POST", accept, nil).Refused(409, "team_member_state")
	if got, n := turns(w, "resident"), members(); len(got) != 0 || n != 2 {
		t.Errorf("afterwards: %q, %v members", got, n)
	}
	if text := w.Call("member-1", "GET", api+"/inbox", nil).Want(200).Text("items", 0, "text"); text != "您请的人加入了“365志愿服务队1”" {
		t.Errorf("the leader is told %q", text)
	}

	// Declined, withdrawn by staff, asked again, and in by joining.
	second := func(verb, who, path string, body any) { w.Call(who, verb, path, body).Want(204) }
	w.Guest("member-1", squad, "member-3")
	second("DELETE", "member-3", team+"/members/me", nil)
	place = w.Guest("member-1", squad, "member-3")
	w.Call("resident", "DELETE", team+"/members/"+w.People["member-3"].String(), nil).Refused(403, "not_team_leader")
	second("DELETE", "secretary", team+"/members/"+w.People["member-3"].String(), nil)
	w.Call("member-3", "POST", api+"/team-members/"+place+"/acceptance", nil).Refused(409, "team_member_state")
	w.Guest("secretary", squad, "member-3")
	if in := w.Call("member-3", "POST", team+"/members", nil).Want(201); in.Text("status") != "active" {
		t.Errorf("the invited joins as %s", in.Raw)
	}
	w.Healthy()
}

// A leader asks somebody to lead in their place; staff that founds a team leads it
// until then. A colleague needs no number.
func TestInvitedToLead(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 3)
	const api = "/api/v1"
	squad := w.Squad("secretary")
	team := api + "/teams/" + squad
	number := func(persona string) string {
		return w.Call(persona, "GET", api+"/me/number", nil).Want(200).Text("number")
	}
	lead := func(persona string) map[string]any { return map[string]any{"number": number(persona), "lead": true} }
	w.Call("street", "POST", team+"/guests", lead("resident")).Refused(403, "not_team_leader")
	place := w.Call("secretary", "POST", team+"/guests", lead("resident")).Want(201).Text("id")
	w.Call("secretary", "POST", team+"/guests", lead("member-1")).Refused(409, "team_member_state")
	w.Call("resident", "GET", team+"/members?status=requested", nil).Refused(403, "forbidden") // leads nothing yet
	w.Call("resident", "POST", api+"/team-members/"+place+"/acceptance", nil).Want(200)
	v := w.Call("resident", "GET", team, nil).Want(200)
	if v.Text("team", "leaderName") != "resident" || v.Len("leading") != 1 || v.Text("mine", "role") != "leader" {
		t.Errorf("the team is %s", v.Raw)
	}
	w.Call("secretary", "DELETE", team+"/members/me", nil).Want(204)

	// The lead goes elsewhere meanwhile: that invitation counts no more, and may be declined.
	place = w.Call("resident", "POST", team+"/guests", lead("member-1")).Want(201).Text("id")
	w.Call("secretary", "PATCH", team, map[string]any{"leaderId": w.People["member-2"]}).Want(200)
	w.Call("member-1", "POST", api+"/team-members/"+place+"/acceptance", nil).Refused(409, "team_member_state")
	w.Call("member-1", "DELETE", team+"/members/me", nil).Want(204)
	place = w.Call("member-2", "POST", team+"/guests", map[string]any{"userId": w.People["member-1"]}).Want(201).Text("id")
	w.Call("secretary", "PATCH", team, map[string]any{"leaderId": w.People["member-1"]}).Want(200) // staff names a guest
	w.Call("member-1", "POST", api+"/team-members/"+place+"/acceptance", nil).Refused(409, "team_member_state")
	w.Healthy()
}

// Whoever accepts while the invitation is taken back is in the team or is not, and
// everybody reads the same.
func TestAcceptingAgainstWithdrawal(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 2)
	squad := w.Squad("member-1")
	team := "/api/v1/teams/" + squad
	person := team + "/members/" + w.People["resident"].String()
	for range 8 {
		place := w.Guest("member-1", squad, "resident")
		answers := together(4, func(i int) apptest.Answer {
			if i%2 == 0 {
				return w.Call("resident", "POST", "/api/v1/team-members/"+place+"/acceptance", nil)
			}
			return w.Call("member-1", "DELETE", person, nil)
		})
		in := w.Call("resident", "GET", team, nil).Want(200).At("mine") != nil
		won := map[int]int{}
		for _, a := range answers {
			won[a.Status]++
		}
		if won[200]+won[204] != 1 || in != (won[200] == 1) {
			t.Fatalf("answers %v, in the team: %v", won, in)
		}
		if in {
			w.Call("member-1", "DELETE", person+"?reason=again", nil).Want(204)
		}
	}
	w.Healthy()
}
