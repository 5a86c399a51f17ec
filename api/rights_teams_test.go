package api_test

import (
	"fmt"
	"strings"

	"xinyuan/internal/app/apptest"
)

// teamRights says of the operations on teams and activities what everybody is
// told who is not in the team.
func teamRights() map[string]right {
	turn := 0
	plain := func(*apptest.Town) scene { return scene{} }
	everybody := func(status int) func(holder) int { return func(holder) int { return status } }
	decider := func(h holder) int { return when(h.decides(), 403) }
	staff := func(h holder) int { return when(h.sees(), 403) }
	insider := func(h holder) int { return when(h.sees(), 404) }
	stranger := func(h holder) int { // does not lead the team
		if h.sees() {
			return 403
		}
		return 404
	}
	team := func(body any) func(w *apptest.Town) scene {
		return func(w *apptest.Town) scene {
			return scene{ids: map[string]string{"teamId": w.Squad("member-1"), "person": "me"}, body: body}
		}
	}
	drafted := func(w *apptest.Town) (string, string) { return w.Drafted("member-1", 50) }
	announced := func(w *apptest.Town) (string, string) { return w.Announced("member-1", 50) }
	activity := func(get func(w *apptest.Town) (string, string), body any) func(*apptest.Town) scene {
		return func(w *apptest.Town) scene {
			_, one := get(w)
			return scene{ids: map[string]string{"activityId": one, "person": "mine"}, body: body}
		}
	}
	return map[string]right{
		"createTeam": {func(w *apptest.Town) scene {
			turn++
			return scene{body: map[string]any{"nodeId": w.Home, "name": fmt.Sprint("队", turn), "leaderId": w.People["member-1"]}}
		}, func(h holder) int { return map[bool]int{true: 201, false: 403}[h.decides()] }},
		"listTeams":           {plain, everybody(200)},
		"getTeam":             {team(nil), everybody(200)},
		"updateTeam":          {team(map[string]any{"intro": "邻里互助"}), decider},
		"endTeam":             {team(map[string]any{"reason": "合并"}), decider},
		"joinTeam":            {team(nil), everybody(201)},
		"listTeamMembers":     {team(nil), staff},
		"leaveTeam":           {team(nil), everybody(404)},
		"getTeamInvitation":   {team(nil), decider},
		"getInvitationCode":   {team(nil), decider},
		"renewTeamInvitation": {team(nil), decider},
		"getScene": {func(w *apptest.Town) scene {
			_, activity := w.Announced("member-1", 5)
			return scene{ids: map[string]string{"scene": "a" + activity}}
		}, everybody(200)},
		"reviewTeamMember": {func(w *apptest.Town) scene {
			a := w.Call("resident", "POST", "/api/v1/teams/"+w.Squad("member-1")+"/members", nil).Want(201)
			return scene{ids: map[string]string{"memberId": a.Text("id")}, body: map[string]any{"decision": "approve"}}
		}, everybody(403)},
		"inviteToTeam": {team(map[string]any{"number": "10000001"}), func(h holder) int {
			return map[bool]int{true: 422, false: 403}[h.decides()] // whom nobody knows
		}},
		"acceptTeamInvitation": {func(w *apptest.Town) scene {
			squad := w.Squad("member-1")
			return scene{ids: map[string]string{"memberId": w.Guest("member-1", squad, "resident")}}
		}, everybody(404)},
		"createActivity": {func(w *apptest.Town) scene {
			return scene{body: w.Errand(w.Squad("member-1"), 5)}
		}, everybody(403)},
		"listActivities":  {plain, everybody(200)},
		"getActivity":     {activity(drafted, nil), insider},
		"publishActivity": {activity(drafted, nil), stranger},
		"updateActivity":  {activity(drafted, map[string]any{"quota": 3}), stranger},
		"cancelActivity":  {activity(announced, map[string]any{"reason": "下雨"}), decider},
		"getMyCalendar":   {plain, everybody(200)},
		"endMyCalendar":   {plain, everybody(204)},
		"getCalendar": {func(w *apptest.Town) scene {
			parts := strings.Split(w.Call("member-1", "GET", "/api/v1/me/calendar", nil).Want(200).Text("url"), "/")
			return scene{ids: map[string]string{"file": parts[len(parts)-1]}}
		}, everybody(200)},
		"signUp":       {activity(announced, nil), everybody(201)},
		"cancelSignup": {activity(announced, nil), everybody(404)},
	}
}
