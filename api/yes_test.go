package api_test

import (
	"slices"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
)

// yesCase is one row of the table of who records what a resident without a phone
// says of a delivery.
type yesCase struct {
	there    func(w *apptest.Town) // who holds what beside the town's people; nil: nobody
	recorder string                // records the wish
	phone    string                // whose wish it is
	idle     []string              // may neither publish nor approve
	approves string                // publishes, and approves the claim
	waits    []string              // has the call-back among the approvals
	refused  []string              // may not record the yes
	yes      string                // records it
}

// building makes the persona a building head of the town's community.
func building(w *apptest.Town, persona string) {
	w.T.Helper()
	give(w, "street", persona, "building_head", w.Home).Want(201)
}

// withDeputy has member-1 stand in for the secretary.
func withDeputy(w *apptest.Town) { standIn(w, "member-1") }

// withoutGrid ends the grid worker's post, so that few hands are left.
func withoutGrid(w *apptest.Town) { endGrant(w, grantOf(w, "grid")) }

// ownPhone is the phone of the town's secretary.
const ownPhone = "13900000077"

// secretarysPhone gives the secretary a phone by which a wish is theirs.
func secretarysPhone(w *apptest.Town) {
	w.T.Helper()
	code := map[string]any{"code": w.WeChat.NewPhoneCode(ownPhone)}
	w.Call("secretary", "POST", "/api/v1/me/phone", code).Want(200)
}

func yesCases() map[string]yesCase {
	const stranger = "13900000001"
	return map[string]yesCase{
		"the grid worker records, secretary and deputy are there": {
			there: withDeputy, recorder: "grid", phone: stranger, idle: []string{"grid"}, approves: "secretary",
			waits: []string{"member-1"}, refused: []string{"grid", "secretary"}, yes: "member-1",
		},
		"the grid worker records, the deputy approves": {
			there: withDeputy, recorder: "grid", phone: stranger, idle: []string{"grid"}, approves: "member-1",
			waits: []string{"secretary"}, refused: []string{"grid", "member-1"}, yes: "secretary",
		},
		"the grid worker records, the secretary has a building head": {
			there:    func(w *apptest.Town) { building(w, "member-2") },
			recorder: "grid", phone: stranger, idle: []string{"grid", "member-2"}, approves: "secretary",
			waits: []string{"member-2"}, refused: []string{"grid", "secretary"}, yes: "member-2",
		},
		"the grid worker records, the secretary is alone": {
			recorder: "grid", phone: stranger, idle: []string{"grid"}, approves: "secretary",
			waits: []string{"street"}, refused: []string{"grid", "secretary"}, yes: "street",
		},
		"the secretary records, deputy and grid worker are there": {
			there: withDeputy, recorder: "secretary", phone: stranger, idle: []string{"secretary", "grid"},
			approves: "member-1", waits: []string{"grid"}, refused: []string{"secretary", "member-1"}, yes: "grid",
		},
		"the secretary records, there is no deputy": {
			recorder: "secretary", phone: stranger, idle: []string{"secretary", "grid"}, approves: "street",
			waits: []string{"grid"}, refused: []string{"secretary", "street"}, yes: "grid",
		},
		"the secretary records, nobody else is there": {
			there: withoutGrid, recorder: "secretary", phone: stranger, idle: []string{"secretary"}, approves: "street",
			waits: []string{"county"}, refused: []string{"secretary", "street"}, yes: "county",
		},
		"the secretary's own wish, another post is there": {
			there:    func(w *apptest.Town) { secretarysPhone(w); building(w, "member-2") },
			recorder: "grid", phone: ownPhone, idle: []string{"secretary", "grid", "member-2"}, approves: "street",
			waits: []string{"member-2"}, refused: []string{"secretary", "grid", "street"}, yes: "member-2",
		},
		"the secretary's own wish, the deputy inherits it": {
			there:    func(w *apptest.Town) { secretarysPhone(w); withDeputy(w); building(w, "member-2") },
			recorder: "grid", phone: ownPhone, idle: []string{"secretary", "grid", "member-1"}, approves: "street",
			waits: []string{"member-2"}, refused: []string{"secretary", "member-1", "grid", "street"}, yes: "member-2",
		},
		"the secretary's own wish, the street has another officer": {
			there: func(w *apptest.Town) {
				secretarysPhone(w)
				give(w, "county", "member-2", "street", w.Street).Want(201)
			},
			recorder: "grid", phone: ownPhone, idle: []string{"secretary", "grid"}, approves: "street",
			waits: []string{"member-2"}, refused: []string{"secretary", "grid", "street"}, yes: "member-2",
		},
		"the secretary's own wish, the street has one officer": {
			there: secretarysPhone, recorder: "grid", phone: ownPhone, idle: []string{"secretary", "grid"},
			approves: "street", waits: []string{"county"}, refused: []string{"secretary", "grid", "street"}, yes: "county",
		},
		"the grid worker stands in and recorded, the secretary is back": {
			there:    func(w *apptest.Town) { standIn(w, "grid") },
			recorder: "grid", phone: stranger, idle: []string{"grid"}, approves: "street",
			waits: []string{"secretary"}, refused: []string{"grid", "street"}, yes: "secretary",
		},
		"the grid worker stands in and recorded, another post is there": {
			there:    func(w *apptest.Town) { standIn(w, "grid"); building(w, "member-2") },
			recorder: "grid", phone: stranger, idle: []string{"grid", "member-2"}, approves: "street",
			waits: []string{"secretary", "member-2"}, refused: []string{"grid", "street"}, yes: "member-2",
		},
	}
}

// A resident's yes is recorded by a third person: nobody whose matter it is, who
// recorded the wish or who approved the claim. Whom it waits for can open it.
func TestWhoRecordsAYes(t *testing.T) {
	t.Parallel()
	for name, c := range yesCases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := apptest.NewTown(apptest.New(t, append(unsampled(), apptest.WithoutWorker())...), 3)
			if c.there != nil {
				c.there(w)
			}
			wish, claim := c.deliver(w)
			for _, persona := range []string{"secretary", "grid", "street", "county", "member-1", "member-2", "leader"} {
				want := slices.Contains(c.waits, persona)
				if got := callsBack(w, persona); got != want {
					t.Errorf("the call-back waits for %s: %t, want %t", persona, got, want)
				}
				offered := w.Call(persona, "GET", "/api/v1/wishes/"+wish, nil).Want(200).At("mayRecordAnswer") == true
				if want && !offered || offered && slices.Contains(c.refused, persona) {
					t.Errorf("recording the answer is offered to %s: %t", persona, offered)
				}
				if want {
					w.Call(persona, "GET", "/api/v1/claims/"+claim, nil).Want(200)
				}
			}
			for _, persona := range c.refused {
				recordYes(w, persona, claim).Refused(403, "party_to_matter")
			}
			recordYes(w, "leader", claim).Refused(404, "not_found")
			recordYes(w, c.yes, claim).Want(200)
			for _, persona := range c.waits {
				if callsBack(w, persona) {
					t.Errorf("it still waits for %s", persona)
				}
			}
			w.Healthy()
		})
	}
}

// A post that sees no claims opens one as long as it may record the resident's
// answer, and its pictures stay with those who decide.
func TestAPostOpensTheClaimThatItAsksAbout(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, append(unsampled(), apptest.WithoutWorker())...), 3)
	building(w, "member-2")
	give(w, "county", "member-1", "building_head", w.Far).Want(201)
	_, claim := w.Approved("member-3")
	path := "/api/v1/claims/" + claim
	w.Call("member-2", "GET", path, nil).Refused(404, "not_found")
	note := map[string]any{"note": "换好了", "photoIds": []string{w.Upload("member-3")}}
	w.Call("member-3", "POST", path+"/delivery", note).Want(200)
	w.Call("member-2", "GET", path, nil).Refused(404, "not_found") // the owner has a phone and three days
	w.Clocks.Business.Advance(73 * time.Hour)
	if a := w.Call("member-2", "GET", path, nil).Want(200); a.Len("claim", "photos") != 0 {
		t.Errorf("a building head sees the deed: %s", a.Raw)
	}
	w.Call("member-1", "GET", path, nil).Refused(404, "not_found")
	w.Call("resident-2", "GET", path, nil).Refused(404, "not_found")
	recordYes(w, "member-2", claim).Want(200)
	w.Call("member-2", "GET", path, nil).Refused(404, "not_found")
	w.Healthy()
}

// deliver brings the row's wish to its delivery, and returns both.
func (c yesCase) deliver(w *apptest.Town) (wish, claim string) {
	w.T.Helper()
	wish = w.OnBehalf(c.recorder, c.phone)
	publish, approve := map[string]any{"decision": "publish"}, map[string]any{"decision": "approve"}
	for _, persona := range c.idle {
		notAllowed(w, persona, "/api/v1/wishes/"+wish+"/review", publish)
	}
	w.Call(c.approves, "POST", "/api/v1/wishes/"+wish+"/review", publish).Want(200)
	claim = w.Call("member-3", "POST", "/api/v1/wishes/"+wish+"/claims", nil).Want(201).Text("id")
	for _, persona := range c.idle {
		notAllowed(w, persona, "/api/v1/claims/"+claim+"/review", approve)
	}
	w.Call(c.approves, "POST", "/api/v1/claims/"+claim+"/review", approve).Want(200)
	w.Call("member-3", "POST", "/api/v1/claims/"+claim+"/delivery", map[string]any{"note": "换了阀芯。"}).Want(200)
	return wish, claim
}

// notAllowed fails the test where the persona may decide, or another fault hides
// that they may not.
func notAllowed(w *apptest.Town, persona, path string, body any) {
	w.T.Helper()
	a := w.Call(persona, "POST", path, body)
	if !slices.Contains([]string{"party_to_matter", "not_your_community", "not_found"}, a.Text("reason")) {
		w.T.Errorf("%s at %s: %d %s", persona, path, a.Status, a.Raw)
	}
}

// callsBack tells whether a call-back waits for the persona.
func callsBack(w *apptest.Town, persona string) bool {
	w.T.Helper()
	a := w.Call(persona, "GET", "/api/v1/approvals?kind=callback", nil)
	if a.Status == 403 { // who decides and records nothing
		return false
	}
	return a.Want(200).Len("items") > 0
}

// recordYes has the persona write down that the resident is content.
func recordYes(w *apptest.Town, persona, claim string) apptest.Answer {
	w.T.Helper()
	return w.Call(persona, "POST", "/api/v1/claims/"+claim+"/confirmation", map[string]any{
		"accepted": true, "onBehalf": map[string]any{"how": "visit", "note": "上门问过，老人说修好了"},
	})
}
