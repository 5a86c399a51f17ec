package api_test

import (
	"errors"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/clock"
	"xinyuan/internal/id"
)

// A deletion that was cut off before any of its steps is gone on with by the worker; who
// comes again with the same WeChat is another person; whoever alone leads a team hands it
// over first; and a claim that is made in the same moment does not outlive the account.
func TestDeletionIsCutOffAndGoesOn(t *testing.T) {
	t.Parallel()
	machine := clock.Fixed(clock.System().Now().Add(time.Hour)) // pictures arrive by the real one
	w := apptest.NewTown(apptest.New(t, append(unsampled(), apptest.WithoutWorker(), apptest.WithMachine(machine))...), 3)
	token, person := planted(t, w)
	killed := errors.New("killed")
	for _, step := range []string{"sessions", "wish", "words", "pictures"} {
		w.App.Accounts.StopBefore(func(name string) error {
			if name == step {
				return killed
			}
			return nil
		})
		if step == "sessions" {
			w.Send(token, "DELETE", "/api/v1/me", nil).Want(204)
			continue
		}
		if err := w.App.Accounts.Sweep(t.Context()); !errors.Is(err, killed) {
			t.Errorf("cut off before %s: %v", step, err)
		}
	}
	w.Send(token, "DELETE", "/api/v1/me", nil).Refused(401, "unauthenticated")
	w.App.Accounts.StopBefore(func(string) error { return nil })
	must(t, w.App.Accounts.Sweep(t.Context()))
	for _, trace := range traces(t, w) {
		t.Error("left behind: ", trace)
	}
	status := func() string { return cells(t, w, "SELECT status FROM users WHERE id = "+person)[0][0] }
	if got := status(); got != "leaving" {
		t.Errorf("at once the person is %s", got)
	}
	machine.Advance(3 * time.Minute)
	must(t, w.App.Accounts.Sweep(t.Context()))
	must(t, w.App.Accounts.Sweep(t.Context()))
	if got := status(); got != "deleted" {
		t.Errorf("in the end the person is %s", got)
	}
	again := w.Send("", "POST", "/api/v1/sessions", doc{"code": w.WeChat.NewCode("canary")}).Want(201)
	if again.Text("user", "id") == person {
		t.Error("the deleted person is back")
	}
	w.Squad("member-3")
	w.Call("member-3", "DELETE", "/api/v1/me", nil).Refused(409, "hand_over_first")
	if w.Call("member-3", "GET", "/api/v1/me/deletion", nil).Want(200).Len("teams") != 1 {
		t.Error("the team is not named")
	}
	wishes := []string{w.Open(), w.Open(), w.Open()}
	gone := w.Token("member-2")
	together(len(wishes)+1, func(i int) apptest.Answer {
		if i > len(wishes) {
			return w.Send(gone, "DELETE", "/api/v1/me", nil)
		}
		return w.Send(gone, "POST", "/api/v1/wishes/"+wishes[i-1]+"/claims", nil)
	})
	machine.Advance(3 * time.Minute)
	must(t, w.App.Accounts.Sweep(t.Context()))
	left := cells(t, w, "SELECT COUNT(*) FROM claims WHERE claimant_id = "+w.People["member-2"].String()+" AND status IN ('requested', 'approved')")
	if left[0][0] != "0" {
		t.Errorf("%s claims outlive the account", left[0][0])
	}
	w.Healthy()
}

// Who alone decides at a place hands it over first, and goes once somebody else may.
func TestSoleSecretaryHandsOverFirst(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	duties := func() int { return w.Call("secretary", "GET", "/api/v1/me/deletion", nil).Want(200).Len("places") }
	w.Call("secretary", "DELETE", "/api/v1/me", nil).Refused(409, "hand_over_first")
	if w.Call("secretary", "GET", "/api/v1/me", nil).Want(200); duties() != 1 {
		t.Error("the place is not named")
	}
	w.Grant("member-1", id.RoleSecretary, w.Home)
	if duties() != 0 {
		t.Error("a place that somebody else has is asked for")
	}
	w.Call("secretary", "DELETE", "/api/v1/me", nil).Want(204)
	w.Call("member-1", "POST", "/api/v1/wishes/"+w.Post()+"/review", doc{"decision": "publish"}).Want(200)
	w.Healthy()
}

// Who deletes the account while a resident without a phone in the system waits for what they did, takes nothing along
// by which the resident is known: who has that number still decides nothing about it.
func TestWhoLeavesTakesNobodysNumberAlong(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, append(unsampled(), apptest.WithoutWorker())...), 1)
	wish := w.OnBehalf("grid", "13900000001")
	w.Call("secretary", "POST", "/api/v1/wishes/"+wish+"/review", doc{"decision": "publish"}).Want(200)
	claim := w.Call("member-1", "POST", "/api/v1/wishes/"+wish+"/claims", doc{}).Want(201).Text("id")
	w.Call("secretary", "POST", "/api/v1/claims/"+claim+"/review", doc{"decision": "approve"}).Want(200)
	w.Call("member-1", "POST", "/api/v1/claims/"+claim+"/delivery", doc{"note": "办好了"}).Want(200)
	w.Call("member-1", "DELETE", "/api/v1/me", nil).Want(204)
	must(t, w.App.Accounts.Sweep(t.Context()))
	w.Healthy()
}
