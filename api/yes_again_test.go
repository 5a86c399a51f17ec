package api_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
)

// askedAgain is a delivered claim of a resident without a phone, of which a
// building head has recorded a yes that another person asks about again. The grid
// worker recorded the wish, the secretary approved the claim; member-1 is another
// building head.
func askedAgain(t *testing.T) (w *apptest.Town, wish, claim string) {
	t.Helper()
	w = apptest.NewTown(apptest.New(t, append(unsampled(), apptest.WithoutWorker())...), 3)
	building(w, "member-1")
	building(w, "member-2")
	w.AskAgain(100)
	wish, claim = yesCase{recorder: "grid", phone: "13900000001", approves: "secretary"}.deliver(w)
	w.Clocks.Business.Advance(time.Minute)
	recordYes(w, "member-2", claim).Want(200)
	return w, wish, claim
}

// balance is how many points the persona has.
func balance(w *apptest.Town, persona string) int {
	w.T.Helper()
	return w.Call(persona, "GET", "/api/v1/me/points", nil).Want(200).Number("balance")
}

// recordNo has the persona write down that the resident is not content.
func recordNo(w *apptest.Town, persona, claim string) apptest.Answer {
	w.T.Helper()
	return w.Call(persona, "POST", "/api/v1/claims/"+claim+"/confirmation", map[string]any{
		"accepted": false, "comment": "没有人来过", "onBehalf": map[string]any{"how": "visit", "note": "上门问过，老人说没有人来"},
	})
}

// A yes that is drawn pays nothing until another person has asked again, and
// waits for those who may.
func TestARecordedYesIsAskedAgain(t *testing.T) {
	t.Parallel()
	w, wish, claim := askedAgain(t)
	a := w.Call("secretary", "GET", "/api/v1/claims/"+claim, nil).Want(200)
	if a.Text("claim", "status") != "delivered" || a.At("claim", "askedAgain") != true || balance(w, "member-3") != 0 {
		t.Errorf("after the first yes: %s", a.Raw)
	}
	for persona, want := range map[string]bool{
		"member-1": true, "member-2": false, "grid": false, "secretary": false, "street": false, "county": false,
	} {
		if callsBack(w, persona) != want {
			t.Errorf("it waits for %s: %t", persona, !want)
		}
	}
	item := w.Call("member-1", "GET", "/api/v1/approvals?kind=callback", nil).Want(200)
	if item.Text("items", 0, "recorded", "displayName") != "member-2" || item.Text("items", 0, "recorded", "post") != "楼栋长" {
		t.Errorf("the task does not say who recorded the yes: %s", item.Raw)
	}
	opened := w.Call("member-1", "GET", "/api/v1/claims/"+claim, nil).Want(200)
	if opened.Text("recorded", "displayName") != "member-2" {
		t.Errorf("the claim does not say who recorded the yes: %s", opened.Raw)
	}
	w.Call("member-1", "GET", "/api/v1/wishes/"+wish+"/contact", nil).Want(200)
	for _, persona := range []string{"grid", "secretary"} {
		recordYes(w, persona, claim).Refused(403, "party_to_matter")
	}
	recordYes(w, "member-2", claim).Refused(404, "not_found") // whose claim it is no more
	w.Healthy()
	for _, persona := range []string{"member-1", "secretary"} { // to ask is a task
		if slices.ContainsFunc(inboxOf(w, persona), func(s string) bool { return strings.Contains(s, "再问一遍") }) {
			t.Errorf("%s was told to ask", persona)
		}
	}
	recordYes(w, "member-1", claim).Want(200)
	if balance(w, "member-3") != 10 {
		t.Errorf("the balance is %d", balance(w, "member-3"))
	}
	recordYes(w, "street", claim).Refused(409, "claim_state")
	w.Healthy()
}

// Where the resident says otherwise, staff decides who did not record the yes.
func TestARecordedYesThatTheResidentDenies(t *testing.T) {
	t.Parallel()
	w, _, claim := askedAgain(t)
	give(w, "county", "member-2", "street", w.Street).Want(201) // who recorded the yes decides at the street, too
	recordNo(w, "member-1", claim).Want(200)
	if balance(w, "member-3") != 0 {
		t.Error("it was paid")
	}
	dispute := []string{"dispute " + claim}
	wantWaiting(w, map[string][]string{"secretary": dispute, "member-2": {}, "member-1": {}, "street": {}})
	review, again := "/api/v1/claims/"+claim+"/review", map[string]any{"decision": "approve"}
	w.Call("member-2", "POST", review, again).Refused(403, "party_to_matter")
	w.Healthy()
	w.Call("secretary", "POST", review, again).Want(200) // the claimant goes on
	w.Call("member-3", "POST", "/api/v1/claims/"+claim+"/delivery", map[string]any{"note": "这次换好了"}).Want(200)
	w.Clocks.Business.Advance(time.Minute)
	w.AskAgain(0)
	recordYes(w, "member-2", claim).Want(200) // a new delivery
	if balance(w, "member-3") != 10 {
		t.Errorf("the balance is %d", balance(w, "member-3"))
	}
	w.Healthy()
}

// The resident's own word ends the asking.
func TestTheResidentAnswersBeforeTheSecondAsking(t *testing.T) {
	t.Parallel()
	for said, want := range map[bool]string{true: "confirmed", false: "delivered"} {
		w := apptest.NewTown(apptest.New(t, append(unsampled(), apptest.WithoutWorker())...), 1)
		w.AskAgain(100)
		_, claim := w.Delivered("member-1")
		w.Clocks.Business.Advance(73 * time.Hour)
		recordYes(w, "grid", claim).Want(200)
		if got := inboxOf(w, "resident")[0]; !strings.Contains(got, "再问您一遍") {
			t.Errorf("the resident was told %q", got)
		}
		answer := map[string]any{"accepted": said, "comment": "没有修好"}
		a := w.Call("resident", "POST", "/api/v1/claims/"+claim+"/confirmation", answer).Want(200)
		if a.Text("status") != want || a.At("disputed") == true == said {
			t.Errorf("%t: %s", said, a.Raw)
		}
		w.Healthy()
	}
}

// Who may ask again hears of it once more after three days, and the next level
// has the task then.
func TestTheSecondAskingRises(t *testing.T) {
	t.Parallel()
	w, _, claim := askedAgain(t)
	must(t, w.App.Sweep(t.Context()))
	before := inboxOf(w, "member-1")
	w.Clocks.Business.Advance(73 * time.Hour)
	must(t, w.App.Sweep(t.Context()))
	must(t, w.App.Sweep(t.Context()))
	wantRow(t, w, "SELECT COUNT(*), COUNT(DISTINCT subject_id) FROM events WHERE name = 'call_back'", 1, 1)
	if got := inboxOf(w, "member-1"); !slices.Equal(got, before) { // it was a task before, and is one now
		t.Errorf("who may ask was told %q", got)
	}
	if !callsBack(w, "street") || callsBack(w, "county") {
		t.Error("it does not wait for the street")
	}
	recordYes(w, "street", claim).Want(200)
	w.Healthy()
}

// Whoever may record what a resident says may read whom to call, as long as it
// waits; each reading is in the resident's list and doctor finds one by who may
// not.
func TestWhoAsksReadsTheContact(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, append(unsampled(), apptest.WithoutWorker())...), 3)
	building(w, "member-2")
	give(w, "county", "member-1", "building_head", w.Far).Want(201)
	wish, claim := w.Approved("member-3")
	contact := func(persona string) apptest.Answer {
		return w.Call(persona, "GET", "/api/v1/wishes/"+wish+"/contact", nil)
	}
	offered := func(persona string) bool {
		return w.Call(persona, "GET", "/api/v1/wishes/"+wish, nil).Want(200).At("mayReadContact") == true
	}
	refused := func(when string, personas ...string) {
		t.Helper()
		for _, persona := range personas {
			contact(persona).Refused(403, "contact_not_allowed")
			if offered(persona) {
				t.Errorf("%s: %s is offered the contact", when, persona)
			}
		}
	}
	refused("approved", "member-2", "grid", "member-1")
	w.Call("member-3", "POST", "/api/v1/claims/"+claim+"/delivery", map[string]any{"note": "换好了"}).Want(200)
	refused("while the resident has time", "member-2", "grid", "member-1")
	w.Clocks.Business.Advance(73 * time.Hour)
	for _, persona := range []string{"member-2", "grid"} {
		if a := contact(persona).Want(200); a.Text("phone") != apptest.Phone || !offered(persona) {
			t.Errorf("%s reads %s", persona, a.Raw)
		}
	}
	refused("elsewhere", "member-1", "resident-2", "auditor")
	reads := w.Call("resident", "GET", "/api/v1/wishes/"+wish+"/contact-reads", nil).Want(200)
	if reads.Len("items") != 2 || reads.Text("items", 1, "role") != "楼栋长" && !strings.Contains(string(reads.Raw), "楼栋长") {
		t.Errorf("the resident's list: %s", reads.Raw)
	}
	recordYes(w, "member-2", claim).Want(200)
	w.Clocks.Business.Advance(time.Minute)
	refused("confirmed", "member-2", "grid")
	w.Healthy()
}
