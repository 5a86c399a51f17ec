package api_test

import (
	"fmt"
	"slices"
	"time"
)

// activityStory is an activity of a team that is there already.
func (f *fuzzer) activityStory() {
	if len(f.known["TeamId"]) > 0 {
		f.plan(f.pickText("member-1", "member-2"), f.recall("TeamId"))
	}
}

// teamStory is a new team, who joins it, and what it does.
func (f *fuzzer) teamStory() {
	leader, other := f.newcomer(), f.newcomer()
	a, on := f.says("county", "createTeam", "/teams", map[string]any{
		"nodeId": f.w.Home, "name": fmt.Sprintf("第%d支队", f.people), "leaderId": f.idOf(leader),
	})
	if !on {
		return
	}
	team := a.Text("id")
	if a, on = f.says(other, "joinTeam", "/teams/"+team+"/members", nil); on {
		f.says(leader, "reviewTeamMember", "/team-members/"+a.Text("id")+"/review", map[string]any{"decision": "approve"})
	}
	f.inviteStory(leader, team)
	f.plan(leader, team)
	f.says(other, "leaveTeam", "/teams/"+team+"/members/mine", nil)
	if f.one(2) {
		f.says("county", "endTeam", "/teams/"+team+"/end", map[string]any{"reason": "人手不够"})
	}
}

// inviteStory asks somebody to come into the team, by their number, who accepts or does not.
func (f *fuzzer) inviteStory(leader, team string) {
	guest := f.newcomer()
	a, on := f.says(guest, "getMyNumber", "/me/number", nil)
	if !on {
		return
	}
	a, on = f.says(leader, "inviteToTeam", "/teams/"+team+"/guests", map[string]any{"number": a.Text("number"), "lead": f.one(8)})
	switch {
	case on && f.one(2):
		f.says(leader, "leaveTeam", "/teams/"+team+"/members/"+f.idOf(guest), nil)
	case on:
		f.says(guest, "acceptTeamInvitation", "/team-members/"+a.Text("id")+"/acceptance", nil)
	}
}

// plan takes an activity of the team on its way, and sometimes up to an objection to what it was settled as.
func (f *fuzzer) plan(leader, team string) {
	now := f.w.Clocks.Business.Now()
	draft := f.w.Errand(team, 2+f.rng.IntN(3))
	starts := now.Add(time.Duration(1+f.rng.IntN(20)) * time.Minute)
	draft["startsAt"], draft["endsAt"] = starts, starts.Add(f.pick(30*time.Minute, 2*time.Hour, 9*time.Hour, 20*time.Hour))
	a, on := f.says(leader, "createActivity", "/activities", draft)
	activity := "/activities/" + a.Text("id")
	if on {
		_, on = f.says(leader, "publishActivity", activity+"/publication", nil)
	}
	if !on {
		return
	}
	f.says(leader, "updateActivity", activity, map[string]any{"description": "请带手套，集合再说"})
	people := []string{f.newcomer(), f.newcomer(), f.pickText("resident", "resident-2")}
	signups := map[string]string{}
	for _, persona := range people {
		a, _ = f.says(persona, "signUp", activity+"/signups", map[string]any{"overlap": true})
		signups[persona] = a.Text("id")
	}
	if f.one(3) {
		f.says(people[2], "cancelSignup", activity+"/signups/mine", nil)
		people = people[:2]
	}
	if f.one(4) {
		f.says(leader, "cancelActivity", activity+"/cancellation", map[string]any{"reason": "下大雨"})
		return
	}
	f.attend(leader, activity, people)
	f.w.Clocks.Business.Advance(f.pick(10*time.Hour, 21*time.Hour))
	attendees := []map[string]any{{"userId": f.idOf(people[1]), "absent": true}}
	for _, persona := range slices.Concat(people[:1], people[2:]) {
		attendees = append(attendees, map[string]any{"userId": f.idOf(persona), "minutes": 1 + f.rng.IntN(35), "reason": "大家都看见了"})
	}
	f.says(leader, "settleActivity", activity+"/settlement", map[string]any{"attendees": attendees})
	f.object(people, signups)
}

// attend has the people check in, and out.
func (f *fuzzer) attend(leader, activity string, people []string) {
	for _, step := range []string{"checkIn", "checkOut"} {
		a, on := f.says(leader, "getCheckInCode", activity+"/checkin-code", nil)
		if !on {
			return
		}
		f.says(leader, "getDoorCode", activity+"/door-code", nil)
		path := map[string]string{"checkIn": "/checkins", "checkOut": "/checkouts"}[step]
		for _, persona := range people {
			f.says(persona, step, activity+path, map[string]any{"code": a.Text("code")})
		}
		f.w.Clocks.Business.Advance(f.pick(20*time.Second, 5*time.Minute, 2*time.Hour))
	}
}

// object has each of the people object to an absence, which staff answer.
func (f *fuzzer) object(people []string, signups map[string]string) {
	for _, persona := range people {
		a, on := f.says(persona, "createObjection", "/objections", map[string]any{"signupId": signups[persona], "text": "我到了，没有签上"})
		if !on {
			continue
		}
		objection := "/objections/" + a.Text("id")
		f.says("street", "getObjection", objection, nil)
		answer := map[string]any{"decision": f.pickText("uphold", "dismiss"), "reason": "看了照片", "minutes": 20}
		f.says(f.pickText("street", "county"), "reviewObjection", objection+"/review", answer)
	}
}
