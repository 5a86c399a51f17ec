package api_test

import (
	"slices"
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
	before := map[string]int{"resident": 4, "member-1": 2, "member-2": 1, "secretary": 3}
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
