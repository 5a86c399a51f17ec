package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"time"

	"xinyuan/internal/app/apptest"
)

// story takes something new on its way and leaves it somewhere, so that the requests
// find each noun in each state.
func (f *fuzzer) story() {
	[]func(){f.wishStory, f.activityStory, f.activityStory, f.peopleStory, f.paperStory}[f.rng.IntN(5)]()
}

// says sends a request of a story. It is false where the story ends: refused, or left.
func (f *fuzzer) says(persona, operation, path string, body any) (apptest.Answer, bool) {
	f.t.Helper()
	at := slices.IndexFunc(f.ops, func(op fuzzOp) bool { return op.id == operation })
	if at < 0 {
		f.t.Fatalf("the contract has no %s any more", operation)
	}
	header := http.Header{"Authorization": {"Bearer " + f.token(persona)}}
	var text []byte
	if body != nil {
		var err error
		text, err = json.Marshal(body)
		must(f.t, err)
		header.Set("Content-Type", "application/json")
	}
	a := f.call(persona, f.ops[at], "/api/v1"+path, header, text)
	return a, a.Status < 300 && !f.one(6)
}

func (f *fuzzer) wishStory() {
	member := f.pickText("member-1", "member-2", "member-3", "member-4")
	draft := apptest.Draft(f.w.Home)
	by := "resident"
	if f.one(3) {
		by = "grid"
		draft["onBehalf"] = map[string]any{"consent": "oral", "note": "上门时说的"}
	}
	a, on := f.says(by, "createWish", "/wishes", draft)
	wish := a.Text("id")
	if on {
		_, on = f.says("secretary", "reviewWish", "/wishes/"+wish+"/review", map[string]any{"decision": "publish"})
	}
	if on {
		body := map[string]any{}
		if f.one(2) {
			body["participantIds"] = []string{f.w.People[f.pickText("member-1", "member-2", "member-3", "member-4")].String()}
		}
		a, on = f.says(member, "claimWish", "/wishes/"+wish+"/claims", body)
	}
	claim := "/claims/" + a.Text("id")
	for _, step := range []struct {
		persona, operation, path string
		body                     any
	}{
		{f.pickText("member-1", "member-2", "member-3"), "acceptClaim", "/acceptance", nil},
		{"secretary", "reviewClaim", "/review", map[string]any{"decision": "approve"}},
		{member, "deliverClaim", "/delivery", map[string]any{"note": "换了阀芯。"}},
		{by, "confirmClaim", "/confirmation", map[string]any{"accepted": !f.one(4)}},
		{by, "thankClaim", "/thanks", map[string]any{"rating": 5, "comment": "谢谢"}},
		{"street", "undoClaim", "/undo", map[string]any{"reason": "点错了"}},
	} {
		if !on {
			return
		}
		_, on = f.says(step.persona, step.operation, claim+step.path, step.body)
		on = on || step.operation == "acceptClaim"
	}
}

func (f *fuzzer) activityStory() {
	if len(f.known["TeamId"]) == 0 {
		return
	}
	leader, now := f.pickText("member-1", "member-2"), f.w.Clocks.Business.Now()
	draft := f.w.Errand(f.recall("TeamId"), 1+f.rng.IntN(3))
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
	people := []string{"resident", "member-3", "resident-2"}
	for _, persona := range people {
		f.says(persona, "signUp", activity+"/signups", nil)
	}
	a, on = f.says(leader, "getCheckInCode", activity+"/checkin-code", nil)
	if !on {
		return
	}
	for _, persona := range people {
		f.says(persona, "checkIn", activity+"/checkins", map[string]any{"code": a.Text("code")})
	}
	f.w.Clocks.Business.Advance(f.pick(20*time.Second, 5*time.Minute, 2*time.Hour))
	if a, on = f.says(leader, "getCheckInCode", activity+"/checkin-code", nil); on {
		for _, persona := range people {
			f.says(persona, "checkOut", activity+"/checkouts", map[string]any{"code": a.Text("code")})
		}
	}
	f.w.Clocks.Business.Advance(f.pick(time.Hour, 21*time.Hour))
	var attendees []map[string]any
	for _, persona := range people {
		attendees = append(attendees, map[string]any{"userId": f.w.People[persona], "minutes": f.rng.IntN(130)})
		if f.one(3) {
			attendees[len(attendees)-1] = map[string]any{"userId": f.w.People[persona], "absent": true}
		}
	}
	f.says(leader, "settleActivity", activity+"/settlement", map[string]any{"attendees": attendees, "reason": "大家都看见了"})
}

func (f *fuzzer) peopleStory() {
	newcomer := fmt.Sprintf("member-%d", 20+f.rng.IntN(60))
	report := map[string]any{"nodeId": f.w.Home, "unitId": f.w.Unit, "realName": "赵敏"}
	a, on := f.says(newcomer, "createMembership", "/memberships", report)
	if on {
		f.says("secretary", "reviewMembership", "/memberships/"+a.Text("id")+"/review", map[string]any{"decision": "approve"})
	}
	day := f.w.Clocks.Business.Now().AddDate(0, 0, f.rng.IntN(3)).Format(time.DateOnly)
	f.says("secretary", "createDelegation", "/delegations", map[string]any{
		"deputyId": f.w.People[f.pickText("member-1", "grid")], "nodeId": f.w.Home, "from": day, "until": day,
	})
	f.says(f.pickText("street", "county"), "createGrant", "/grants", map[string]any{
		"userId": f.w.People["secretary"], "role": "secretary", "nodeId": f.w.Home,
	})
}

func (f *fuzzer) paperStory() {
	now := f.w.Clocks.Business.Now()
	persona, starts := f.pickText("member-1", "member-2", "resident"), now.Add(-time.Duration(1+f.rng.IntN(600))*time.Hour)
	a, on := f.says(persona, "createServiceRecord", "/service-records", map[string]any{
		"nodeId": f.w.Home, "title": "给独居老人送餐", "note": "送到三楼", "startedAt": starts, "endedAt": starts.Add(f.pick(30*time.Second, time.Hour, 9*time.Hour)),
	})
	if on {
		f.says("secretary", "reviewServiceRecord", "/service-records/"+a.Text("id")+"/review", map[string]any{"decision": "confirm"})
	}
	a, on = f.says(f.pickText("member-1", "member-2"), "issueCertificate", "/me/certificates", map[string]any{
		"from": now.AddDate(0, -1, 0).Format(time.DateOnly), "until": now.Format(time.DateOnly), "show": []string{"name", "hours"},
	})
	if on {
		f.says(f.pickText("member-1", "county"), "getCertificatePdf", "/certificates/"+a.Text("id")+"/pdf", nil)
	}
	a, on = f.says(persona, "createComplaint", "/complaints", map[string]any{"kind": "suggestion", "nodeId": f.w.Home, "text": "路灯坏了"})
	if on {
		f.says("secretary", "answerComplaint", "/complaints/"+a.Text("id")+"/answer", map[string]any{"answer": "明天就修"})
	}
}
