package api_test

import (
	"slices"
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
)

// Reading marks one's own messages, up to the one that was seen last.
func TestReadingIsOnesOwn(t *testing.T) {
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 2)
	w.Delivered("member-1")
	unread := func(persona string) int {
		return w.Call(persona, "GET", "/api/v1/inbox", nil).Want(200).Number("unread")
	}
	before := map[string]int{"resident": 4, "member-1": 2, "member-2": 1, "secretary": 1}
	for persona, n := range before {
		if got := unread(persona); got != n {
			t.Errorf("%s has %d unread messages, want %d", persona, got, n)
		}
	}
	list := w.Call("resident", "GET", "/api/v1/inbox", nil).Want(200)
	w.Call("resident", "POST", "/api/v1/inbox/read", map[string]any{"upTo": list.Text("items", 1, "id")}).Want(200)
	before["resident"] = 1 // the latest, which came meanwhile
	for persona, n := range before {
		if got := unread(persona); got != n {
			t.Errorf("after the resident has read %s has %d unread messages, want %d", persona, got, n)
		}
	}
	w.Call("resident", "POST", "/api/v1/inbox/read", map[string]any{"upTo": list.Text("items", 0, "id")}).Want(200)
	if got := unread("resident"); got != 0 {
		t.Errorf("after all are read %d are not", got)
	}
}

// Whoever has a part in a claim is told that it lapsed, the invited too: who
// joined and who did not answer.
func TestWhoIsToldOfALapse(t *testing.T) {
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 4)
	wish := w.Open()
	claim := w.Call("member-1", "POST", "/api/v1/wishes/"+wish+"/claims", map[string]any{
		"participantIds": []id.User{w.People["member-2"], w.People["member-3"]},
	}).Want(201).Text("id")
	w.Call("member-2", "POST", "/api/v1/claims/"+claim+"/acceptance", nil).Want(200)
	forward(w, 7)
	must(t, w.App.Wishes.Sweep(t.Context()))
	for persona, want := range map[string]string{
		"resident": "认领等得太久没有办成，您的心愿“厨房水龙头关不严”重新开放",
		"member-1": "“厨房水龙头关不严”等得太久，您的认领自动放回了",
		"member-2": "“厨房水龙头关不严”等得太久，认领自动放回了",
		"member-3": "“厨房水龙头关不严”等得太久，认领自动放回了",
	} {
		if got := inboxOf(w, persona); got[0] != want {
			t.Errorf("%s was told %q", persona, got)
		}
	}
	if got := inboxOf(w, "member-4"); len(got) != 1 || !slices.Contains(got, "您到茂山社区报到成功，可以认领心愿了") {
		t.Errorf("who has no part in it was told %q", got)
	}
	w.Healthy()
}

// Staff is told of a decision of theirs that somebody else undid or corrected, and of
// none that they put right themselves.
func TestWhoseDecisionIsUndoneIsTold(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, append(unsampled(), apptest.WithoutWorker())...), 3)
	publish, yes := map[string]any{"decision": "publish"}, map[string]any{"decision": "approve"}
	reason := map[string]any{"reason": "问了本人，不是这样"}
	recorded := func() string {
		t.Helper()
		wish := w.OnBehalf("grid", "13900000001")
		w.Call("street", "POST", "/api/v1/wishes/"+wish+"/review", publish).Want(200)
		claim := w.Call("member-1", "POST", "/api/v1/wishes/"+wish+"/claims", nil).Want(201).Text("id")
		w.Call("street", "POST", "/api/v1/claims/"+claim+"/review", yes).Want(200)
		w.Call("member-1", "POST", "/api/v1/claims/"+claim+"/delivery", map[string]any{"note": "换好了"}).Want(200)
		recordYes(w, "secretary", claim).Want(200)
		return claim
	}
	news := func(persona string, do func()) string {
		t.Helper()
		before := len(inboxOf(w, persona))
		do()
		after := inboxOf(w, persona)
		return strings.Join(after[:len(after)-before], " ")
	}
	undo := func(persona, claim string) func() {
		return func() { w.Call(persona, "POST", "/api/v1/claims/"+claim+"/undo", reason).Want(200) }
	}
	const undone = "您替许愿人记下的“厨房水龙头关不严”办成了，被撤销了，请看看原因"
	if got := news("secretary", undo("county", recorded())); got != undone {
		t.Errorf("who recorded the yes is told %q", got)
	}
	if got := news("secretary", undo("secretary", recorded())); got != "" {
		t.Errorf("who undid the own yes is told %q", got)
	}
	record := credited(w, "member-2", 8, 2)
	correct := func() {
		w.Call("street", "POST", "/api/v1/service-records/"+record+"/correction", shorter).Want(201)
	}
	if got := news("secretary", correct); got != "您确认过的服务“给独居老人送餐”更正了，请看看原因" {
		t.Errorf("who confirmed the record is told %q", got)
	}
	paper := w.Call("secretary", "POST", "/api/v1/certificates", askFor(w, "member-2", "", "name")).Want(201)
	revoke := func() {
		w.Call("street", "POST", "/api/v1/certificates/"+paper.Text("id")+"/revocation", reason).Want(200)
	}
	if got := news("secretary", revoke); !strings.Contains(got, "您开出的服务证明 ") || !strings.Contains(got, "被作废了") {
		t.Errorf("who issued the certificate is told %q", got)
	}
	w.Healthy()
	_, err := w.App.DB.Pool().ExecContext(t.Context(), "DELETE FROM inbox WHERE part = 'decider'")
	must(t, err)
	if got := w.Findings("inbox"); len(got) != 2 {
		t.Errorf("without those messages doctor finds %q", got)
	}
}
