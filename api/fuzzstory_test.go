package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
	"xinyuan/internal/review"
)

// story takes something new on its way and leaves it somewhere, so that the requests
// find each noun in each state.
func (f *fuzzer) story() {
	all := []func(){f.wishStory, f.activityStory, f.peopleStory, f.paperStory, f.togetherStory, f.ownerStory, f.teamStory, f.phonelessStory,
		f.needStory, f.visitStory, f.offerStory, f.agreementStory, f.projectStory, f.brandStory, f.accountStory, f.caseStory,
		f.admissionStory("")}
	all[f.rng.IntN(len(all))]()
}

// storyOf is a story in which the operation may be done; nil for one that single requests get right.
func (f *fuzzer) storyOf(operation string) func() {
	switch {
	case strings.HasSuffix(operation, "Assignment"):
		return f.orderStory(operation)
	case strings.HasSuffix(operation, "Admission"):
		return f.admissionStory(operation)
	case operation != "lapseNeed" && slices.Contains(needOperations, operation):
		return f.needStory
	case slices.Contains(visitOperations, operation):
		return f.visitStory
	case slices.Contains(offerOperations, operation):
		return f.offerStory
	case slices.Contains(agreementOperations, operation):
		return f.agreementStory
	case slices.Contains(brandOperations, operation):
		return f.brandStory
	case slices.Contains(projectOperations, operation):
		return f.projectStory
	}
	return map[string]func(){
		"attachWish": f.ownerStory, "editWish": f.togetherStory, "releaseClaim": f.togetherStory, "acceptClaim": f.togetherStory, "leaveMembership": f.togetherStory,
		"createTeam": f.teamStory, "reviewTeamMember": f.teamStory, "inviteToTeam": f.teamStory, "acceptTeamInvitation": f.teamStory, "updateActivity": f.teamStory, "cancelSignup": f.teamStory,
		"cancelActivity": f.teamStory, "leaveTeam": f.teamStory, "endTeam": f.teamStory,
		"createDelegation": f.peopleStory, "createGrant": f.peopleStory, "getCheckInCode": f.teamStory, "checkIn": f.teamStory, "checkOut": f.teamStory, "settleActivity": f.teamStory,
		"createObjection": f.teamStory, "getObjection": f.teamStory, "reviewObjection": f.teamStory,
		"reviewServiceRecord": f.paperStory, "issueCertificate": f.paperStory, "issueCertificateFor": f.paperStory,
		"answerComplaint": f.paperStory, "reopenComplaint": f.paperStory, "confirmClaim": f.wishStory, "thankClaim": f.wishStory, "undoClaim": f.wishStory,
		"reviewUnseen": f.phonelessStory, "getVolunteer": f.phonelessStory, "listAccounts": f.phonelessStory,
		"joinHours": f.phonelessStory, "undoJoin": f.phonelessStory, "getUnitDeeds": f.paperStory, "createReviewSession": f.reviewStory,
		"getDoorCode": f.teamStory, "getCertificateCode": f.paperStory,
		"agree": f.accountStory, "endMySession": f.accountStory, "getCase": f.caseStory, "reviewCase": f.caseStory,
		"lapseNeed": f.lapseStory, "report": f.reportStory, "acceptMessages": f.messageStory,
	}[operation]
}

// reviewStory lets a reviewer in. What they see is no business of the others: nothing of
// it is kept for later requests.
func (f *fuzzer) reviewStory() {
	f.w.Send("", "POST", "/api/v1/review-sessions", doc{"code": reviewCodes(f.w)[review.Resident]}).Want(201)
	f.good["createReviewSession"]++
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

// newcomer is somebody who has not been here before, as long as the demo has names.
func (f *fuzzer) newcomer() string {
	f.people++
	return fmt.Sprintf("member-%d", 10+f.people%190)
}

// member is a newcomer whom the county takes as a member.
func (f *fuzzer) member() string {
	persona := f.newcomer()
	report := map[string]any{"nodeId": f.w.Home, "unitId": f.w.Unit, "realName": "赵" + string(rune('一'+f.people))}
	a, _ := f.says(persona, "createMembership", "/memberships", report)
	f.says("county", "reviewMembership", "/memberships/"+a.Text("id")+"/review", map[string]any{"decision": "approve"})
	return persona
}

// idOf is the id of a persona who has logged in.
func (f *fuzzer) idOf(persona string) string {
	a, _ := f.says(persona, "getMe", "/me", nil)
	return a.Text("id")
}

// ownerStory is a wish that is posted on behalf of somebody who comes later.
func (f *fuzzer) ownerStory() {
	draft, owner := apptest.Draft(f.w.Home), f.newcomer()
	draft["onBehalf"] = map[string]any{"consent": "oral", "note": "上门时说的"}
	a, on := f.says(f.pickText("grid", "secretary", "street"), "createWish", "/wishes", draft)
	if on {
		f.says("county", "attachWish", "/wishes/"+a.Text("id")+"/owner", map[string]any{"userId": f.idOf(owner)})
	}
}

// togetherStory is a wish that two claim together, and what becomes of their report-ins.
func (f *fuzzer) togetherStory() {
	claimant, other := f.member(), f.member()
	draft := apptest.Draft(f.w.Home)
	a, _ := f.says("resident-2", "createWish", "/wishes", draft)
	wish := "/wishes/" + a.Text("id")
	delete(draft, "nodeId")
	f.says("resident-2", "editWish", wish, draft)
	f.says("county", "reviewWish", wish+"/review", map[string]any{"decision": "publish"})
	a, on := f.says(claimant, "claimWish", wish+"/claims", map[string]any{"participantIds": []string{f.idOf(other)}})
	if on {
		f.says(other, "acceptClaim", "/claims/"+a.Text("id")+"/acceptance", nil)
	}
	if f.one(2) {
		f.says(claimant, "releaseClaim", "/claims/"+a.Text("id")+"/release", map[string]any{"reason": "出差了"})
	}
	leaving := f.pickText(claimant, other)
	a, _ = f.says(leaving, "listMemberships", "/memberships?mine=true", nil)
	f.says(leaving, "leaveMembership", "/memberships/"+a.Text("items", 0, "id")+"/departure", nil)
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

func (f *fuzzer) peopleStory() {
	report := map[string]any{"nodeId": f.w.Home, "unitId": f.w.Unit, "realName": "赵敏"}
	a, on := f.says(f.newcomer(), "createMembership", "/memberships", report)
	if on {
		f.says("secretary", "reviewMembership", "/memberships/"+a.Text("id")+"/review", map[string]any{"decision": "approve"})
	}
	// Whoever deleted their account has come back as somebody new.
	f.says(f.pickText("street", "county"), "createGrant", "/grants", map[string]any{
		"userId": f.idOf("secretary"), "role": "secretary", "nodeId": f.w.Home,
	})
	deputy := f.idOf(f.newcomer())
	f.says("county", "createGrant", "/grants", map[string]any{"userId": deputy, "role": id.RoleGridWorker, "nodeId": f.w.Grid})
	day := f.w.Clocks.Business.Now().AddDate(0, 0, f.rng.IntN(3)).Format(time.DateOnly)
	f.says("secretary", "createDelegation", "/delegations", map[string]any{
		"deputyId": deputy, "nodeId": f.w.Home, "from": day, "until": day,
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
		f.says(f.pickText("member-1", "county"), "getCertificateCode", "/certificates/"+a.Text("id")+"/code", nil)
	}
	f.says("county", "issueCertificateFor", "/certificates", map[string]any{
		"userId": f.w.People[f.pickText("member-1", "member-2")], "from": "2026-01-01", "until": now.Format(time.DateOnly),
		"show": []string{"name", "hours"}, "name": "王建国",
	})
	a, on = f.says(persona, "createComplaint", "/complaints", map[string]any{"kind": "suggestion", "nodeId": f.w.Home, "text": "路灯坏了"})
	if on {
		complaint := "/complaints/" + a.Text("id")
		f.says("secretary", "answerComplaint", complaint+"/answer", map[string]any{"answer": "明天就修"})
		f.says(persona, "reopenComplaint", complaint+"/reopening", map[string]any{"reason": "还没有修"})
	}
	period := f.pickText("2006", "2006-01")
	f.says("unit", "getUnitDeeds", "/units/"+f.w.Unit.String()+"/deeds?period="+now.Format(period), nil)
}
