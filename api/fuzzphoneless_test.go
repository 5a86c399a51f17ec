package api_test

import (
	"fmt"
	"net/http"
	"time"
)

// phonelessStory is an activity of people without a phone, one of them or too many for
// the leader's word, and what staff make of their hours.
func (f *fuzzer) phonelessStory() {
	leader := f.member()
	a, on := f.says("county", "createTeam", "/teams", map[string]any{
		"nodeId": f.w.Home, "name": fmt.Sprintf("第%d夕阳红队", f.people), "leaderId": f.idOf(leader),
	})
	if !on {
		return
	}
	team := a.Text("id")
	draft, starts := f.w.Errand(team, 9), f.w.Clocks.Business.Now().Add(10*time.Minute)
	draft["startsAt"], draft["endsAt"] = starts, starts.Add(2*time.Hour)
	a, on = f.says(leader, "createActivity", "/activities", draft)
	activity := "/activities/" + a.Text("id")
	if on {
		_, on = f.says(leader, "publishActivity", activity+"/publication", nil)
	}
	if !on {
		return
	}
	var elders []string
	for range 1 + 4*f.rng.IntN(2) {
		name := map[string]any{"displayName": fmt.Sprintf("老%c", '一'+f.rng.IntN(500))}
		if a, _ = f.says(leader, "joinTeam", "/teams/"+team+"/members", name); a.Status != http.StatusCreated {
			continue
		}
		elder := a.Text("userId")
		if a, _ = f.says(leader, "signUp", activity+"/signups", map[string]any{"userId": elder}); a.Status == http.StatusCreated {
			elders = append(elders, elder)
		}
	}
	f.w.Clocks.Business.Advance(3 * time.Hour)
	f.hoursOf(leader, activity, elders)
}

// hoursOf has the leader settle the activity of these people, staff decide about those
// who wait, and join the hours of one to an account.
func (f *fuzzer) hoursOf(leader, activity string, elders []string) {
	attendees, decisions := []map[string]any{}, []map[string]any{}
	for _, elder := range elders {
		attendees = append(attendees, map[string]any{"userId": elder, "minutes": 10 + f.rng.IntN(110), "reason": "没有手机"})
		decisions = append(decisions, map[string]any{"userId": elder, "decision": "confirm"})
	}
	if _, on := f.says(leader, "settleActivity", activity+"/settlement", map[string]any{"attendees": attendees}); !on || len(elders) == 0 {
		return
	}
	staff := f.pickText("secretary", "street", "county")
	if len(elders) > 1 {
		f.says(staff, "listUnseen", activity+"/unseen", nil)
		f.says(staff, "reviewUnseen", activity+"/unseen/review", map[string]any{"decisions": decisions})
	}
	elder := "/volunteers/" + elders[0]
	f.says(staff, "getVolunteer", elder, nil)
	a, on := f.says(staff, "listAccounts", elder+"/accounts", nil)
	if !on || a.Len("items") == 0 {
		return
	}
	account := a.Text("items", f.rng.IntN(a.Len("items")), "userId")
	a, on = f.says(staff, "joinHours", elder+"/joins", map[string]any{"userId": account, "reason": "本人带着手机来了"})
	if on {
		f.says(f.pickText("street", "county"), "undoJoin", "/joins/"+a.Text("id")+"/undo", map[string]any{"reason": "认错人了"})
	}
}
