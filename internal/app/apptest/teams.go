package apptest

import (
	"strconv"
	"time"

	"xinyuan/internal/id"
)

// Squad founds a team in Home that the persona leads, and returns its id.
func (t *Town) Squad(leader string) string {
	t.T.Helper()
	t.squads++
	return t.Call("secretary", "POST", "/api/v1/teams", map[string]any{
		"nodeId": t.Home, "name": "365志愿服务队" + strconv.Itoa(t.squads), "leaderId": t.People[leader],
	}).Want(201).Text("id")
}

// Enlist makes the persona a member of the team, by its invitation.
func (t *Town) Enlist(leader, team, persona string) {
	t.T.Helper()
	path := "/api/v1/teams/" + team
	code := t.Call(leader, "GET", path+"/invitation", nil).Want(200).Text("code")
	t.Call(persona, "POST", path+"/members", map[string]any{"code": code}).Want(201)
}

// Guest invites the persona to the team by their number, and returns the place's id.
func (t *Town) Guest(leader, team, persona string) string {
	t.T.Helper()
	number := t.Call(persona, "GET", "/api/v1/me/number", nil).Want(200).Text("number")
	return t.Call(leader, "POST", "/api/v1/teams/"+team+"/guests", map[string]any{"number": number}).Want(201).Text("id")
}

// AddWithoutPhone makes somebody without a phone a member of the team, under a persona
// that cannot log in.
func (t *Town) AddWithoutPhone(leader, team, persona, name string) {
	t.T.Helper()
	m := t.Call(leader, "POST", "/api/v1/teams/"+team+"/members", map[string]any{"displayName": name}).Want(201)
	var person id.User
	must(t.T, person.UnmarshalText([]byte(m.Text("userId"))))
	t.People[persona] = person
}

// Errand is the body of an activity of the team: two hours, tomorrow at nine in
// the morning of Shanghai.
func (t *Town) Errand(team string, quota int) map[string]any {
	starts := t.Clocks.Business.Now().Truncate(24 * time.Hour).Add(25 * time.Hour)
	return map[string]any{
		"teamId": team, "title": "清扫小区楼道", "description": "带上手套，工具由队里准备。",
		"place":    map[string]any{"name": "茂山小区3号楼", "lat": 41.68, "lng": 125.75, "radiusMeters": 200},
		"startsAt": starts, "endsAt": starts.Add(2 * time.Hour), "quota": quota,
	}
}

// Drafted is a draft of an activity of a new team that the persona leads.
func (t *Town) Drafted(leader string, quota int) (team, activity string) {
	t.T.Helper()
	team = t.Squad(leader)
	return team, t.Call(leader, "POST", "/api/v1/activities", t.Errand(team, quota)).Want(201).Text("id")
}

// Announced is a published activity of a new team that the persona leads.
func (t *Town) Announced(leader string, quota int) (team, activity string) {
	t.T.Helper()
	team, activity = t.Drafted(leader, quota)
	t.Call(leader, "POST", "/api/v1/activities/"+activity+"/publication", nil).Want(200)
	return team, activity
}
