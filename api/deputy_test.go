package api_test

import (
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
)

// standIn has the secretary choose a deputy until the day after tomorrow, and
// returns the deputy's grant. A deputy without a post has had one until then.
func standIn(w *apptest.Town, deputy string) string {
	w.T.Helper()
	if deputy == "grid" {
		return delegateTo(w, "secretary", deputy).Want(201).Text("id")
	}
	post := employ(w, deputy)
	grant := delegateTo(w, "secretary", deputy).Want(201).Text("id")
	endGrant(w, post)
	return grant
}

func delegateTo(w *apptest.Town, secretary, deputy string) apptest.Answer {
	w.T.Helper()
	today := w.Clocks.Business.Now()
	return w.Call(secretary, "POST", "/api/v1/delegations", map[string]any{
		"deputyId": w.People[deputy], "nodeId": w.Home, "from": today.Format(time.DateOnly),
		"until": today.Add(48 * time.Hour).Format(time.DateOnly),
	})
}

// grantOf is the id of the only grant that the person holds at the town's community.
func grantOf(w *apptest.Town, persona string) string {
	w.T.Helper()
	a := w.Call("county", "GET", "/api/v1/grants?nodeId="+w.Home.String(), nil).Want(200)
	for i := range a.Len("items") {
		if a.Text("items", i, "userId") == w.People[persona].String() {
			return a.Text("items", i, "id")
		}
	}
	w.T.Fatalf("%s holds nothing: %s", persona, a.Raw)
	return ""
}

// endGrant has the county end a grant, a moment after what was done before.
func endGrant(w *apptest.Town, grant string) {
	w.T.Helper()
	w.Clocks.Business.Advance(time.Millisecond)
	w.Call("county", "POST", "/api/v1/grants/"+grant+"/end", map[string]any{"reason": "工作调动"}).Want(200)
}

// A deputy decides as long as the secretary who chose them is one, and no longer.
func TestADeputyEndsWithTheSecretary(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	first, second := w.Post(), w.Post()
	publish := map[string]any{"decision": "publish"}
	deputy := standIn(w, "member-1")
	w.Call("member-1", "POST", "/api/v1/wishes/"+first+"/review", publish).Want(200)
	endGrant(w, grantOf(w, "secretary"))
	again := map[string]any{"reason": "再说一遍"}
	w.Call("county", "POST", "/api/v1/grants/"+deputy+"/end", again).Refused(409, "grant_state") // it is over already
	w.Call("member-1", "POST", "/api/v1/wishes/"+second+"/review", publish).Refused(404, "not_found")
	w.Call("member-1", "GET", "/api/v1/wishes/"+second+"/contact", nil).Refused(404, "not_found")
	w.Call("member-1", "GET", "/api/v1/approvals", nil).Refused(403, "forbidden")
	w.Call("member-1", "GET", "/api/v1/grants?nodeId="+w.Home.String(), nil).Refused(403, "not_your_community")
	if got := w.Call("member-1", "POST", "/api/v1/sessions", map[string]any{"code": "demo-member-1"}).
		Want(201).Len("user", "roles"); got != 0 {
		t.Errorf("the log-in names %d roles", got)
	}
	if got := waits(w, "street"); len(got) != 1 {
		t.Errorf("for the street waits %q, where nobody is left in the community", got)
	}
	give(w, "street", "member-2", "secretary", w.Home).Want(201)
	employ(w, "member-1")
	delegateTo(w, "member-2", "member-1").Want(201) // the old delegation is no obstacle
	w.Call("member-1", "POST", "/api/v1/wishes/"+second+"/review", publish).Want(200)
	w.Healthy()
}

// A deputy has the secretary's own matters in common with the secretary, and not
// the secretary's work.
func TestADeputyInheritsWhatIsPersonal(t *testing.T) {
	w := apptest.NewTown(apptest.New(t, append(unsampled(), apptest.WithoutWorker())...), 3)
	w.Enroll("secretary")
	standIn(w, "member-1")
	publish, yes := map[string]any{"decision": "publish"}, map[string]any{"decision": "approve"}

	own := w.Call("secretary", "POST", "/api/v1/wishes", apptest.Draft(w.Home)).Want(201).Text("id")
	w.Call("member-1", "POST", "/api/v1/wishes/"+own+"/review", publish).Refused(403, "party_to_matter")
	if got := waits(w, "member-1"); len(got) != 0 {
		t.Errorf("for the deputy waits %q", got)
	}
	if got := waits(w, "street"); len(got) != 1 {
		t.Errorf("for the street waits %q", got)
	}
	w.Call("street", "POST", "/api/v1/wishes/"+own+"/review", publish).Want(200)

	recorded := w.OnBehalf("secretary", "13900000001")
	w.Call("secretary", "POST", "/api/v1/wishes/"+recorded+"/review", publish).Refused(403, "party_to_matter")
	w.Call("member-1", "POST", "/api/v1/wishes/"+recorded+"/review", publish).Want(200) // recording is office work

	open := w.Open()
	claim := w.Call("secretary", "POST", "/api/v1/wishes/"+own+"/claims", nil)
	claim.Refused(403, "own_wish")
	claim = w.Call("secretary", "POST", "/api/v1/wishes/"+open+"/claims", nil)
	claim.Refused(403, "party_to_matter") // who published it
	third := w.Post()
	w.Call("street", "POST", "/api/v1/wishes/"+third+"/review", publish).Want(200)
	id := w.Call("secretary", "POST", "/api/v1/wishes/"+third+"/claims", nil).Want(201).Text("id")
	w.Call("member-1", "POST", "/api/v1/claims/"+id+"/review", yes).Refused(403, "party_to_matter")
	w.Call("street", "POST", "/api/v1/claims/"+id+"/review", yes).Want(200)

	record := service(w, "secretary", 8, 1).Want(201).Text("id")
	w.Call("member-1", "POST", "/api/v1/service-records/"+record+"/review", confirm).Refused(403, "party_to_matter")
	w.Call("street", "POST", "/api/v1/service-records/"+record+"/review", confirm).Want(200)
	w.Call("member-1", "POST", "/api/v1/service-records/"+record+"/correction", shorter).Refused(403, "party_to_matter")
	w.Call("member-1", "POST", "/api/v1/certificates", askFor(w, "secretary", "", "name")).Refused(403, "party_to_matter")
	w.Healthy()
}

// Who published a wish or approved a claim of it neither claims it nor joins.
func TestWhoWorkedOnAWishDoesNotFulfilIt(t *testing.T) {
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 3)
	standIn(w, "member-1")
	wish := w.Post()
	w.Call("member-1", "POST", "/api/v1/wishes/"+wish+"/review", map[string]any{"decision": "publish"}).Want(200)
	w.Call("member-1", "POST", "/api/v1/wishes/"+wish+"/claims", nil).Refused(403, "party_to_matter")
	with := func(persona string) map[string]any {
		return map[string]any{"participantIds": []any{w.People[persona]}}
	}
	w.Call("member-2", "POST", "/api/v1/wishes/"+wish+"/claims", with("member-1")).Refused(422, "not_members")

	wish, claim := w.Claimed("member-2")
	w.Call("member-1", "POST", "/api/v1/claims/"+claim+"/review", map[string]any{"decision": "approve"}).Want(200)
	w.Call("member-2", "POST", "/api/v1/claims/"+claim+"/release", nil).Want(200)
	w.Call("member-1", "POST", "/api/v1/wishes/"+wish+"/claims", nil).Refused(403, "party_to_matter")
	w.Call("member-2", "POST", "/api/v1/wishes/"+wish+"/claims", with("member-1")).Refused(422, "not_members")
	w.Call("member-2", "POST", "/api/v1/wishes/"+wish+"/claims", with("member-3")).Want(201)
	w.Healthy()
}
