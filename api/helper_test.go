package api_test

import (
	"testing"

	"xinyuan/internal/app/apptest"
)

// recorded is a wish that the grid worker records for a resident without a phone, with the contact given.
func recorded(w *apptest.Town, contact map[string]any) string {
	w.T.Helper()
	draft := apptest.Draft(w.Home)
	draft["onBehalf"] = map[string]any{"consent": "oral", "note": "上门时老人口头同意"}
	draft["contact"] = contact
	return "/api/v1/wishes/" + w.Call("grid", "POST", "/api/v1/wishes", draft).Want(201).Text("id")
}

// The number of a wish may be a helper's, who answers it for the resident: nobody takes them for the owner. They have
// no part in the wish but this one: they neither get it nor claim it nor see more of it than anybody.
func TestHelpersNumber(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	bind := func(persona, phone string) {
		w.Call(persona, "POST", "/api/v1/me/phone", map[string]any{"code": w.WeChat.NewPhoneCode(phone)}).Want(200)
	}
	bind("member-1", apptest.Phone) // the neighbour
	contact := map[string]any{"name": apptest.Name, "phone": apptest.Phone, "address": apptest.Address, "helper": "邻居老王"}
	wish := recorded(w, contact)
	if seen := w.Call("secretary", "GET", wish, nil).Want(200); seen.At("ownerProposal") != nil {
		t.Errorf("the neighbour is taken for the owner: %s", seen.Raw)
	}
	if got := w.Call("secretary", "GET", wish+"/contact", nil).Want(200).Text("helper"); got != "邻居老王" {
		t.Errorf("the number is said to be of %q", got)
	}
	w.Call("secretary", "POST", wish+"/owner", map[string]any{"userId": w.People["member-1"]}).Refused(403, "party_to_matter")
	w.Call("member-1", "GET", wish, nil).Refused(404, "not_found")
	w.Call("secretary", "POST", wish+"/review", map[string]any{"decision": "publish"}).Want(200)
	w.Call("member-1", "GET", wish+"/contact", nil).Refused(403, "contact_not_allowed")
	claim := w.Call("member-1", "POST", wish+"/claims", nil)
	if claim.Refused(403, "own_wish"); claim.Text("message") != "这件心愿留的是您的电话，请留给别的党员来办。" {
		t.Errorf("the neighbour is told %q", claim.Text("message"))
	}
	w.Call("member-2", "POST", wish+"/claims", nil).Want(201)
	w.Healthy()
}

// Who records a wish says anew at each change whose number it is; of one's own wish there is no helper.
func TestHelperChanges(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 0)
	contact := map[string]any{"name": apptest.Name, "phone": apptest.Phone, "address": apptest.Address, "helper": "邻居老王"}
	own := apptest.Draft(w.Home)
	own["contact"] = contact
	w.Call("resident", "POST", "/api/v1/wishes", own).Refused(422, "invalid_input")
	w.Call("resident", "POST", "/api/v1/me/contact", contact).Refused(422, "invalid_input")
	wish := recorded(w, contact)
	w.Call("resident", "POST", "/api/v1/me/phone", map[string]any{"code": w.WeChat.NewPhoneCode(apptest.Phone)}).Want(200)
	edited := apptest.Draft(w.Home)
	delete(edited, "nodeId")
	edited["contact"] = map[string]any{"name": apptest.Name, "phone": apptest.Phone, "address": apptest.Address}
	w.Call("grid", "PATCH", wish, edited).Want(200)
	if read := w.Call("grid", "GET", wish+"/contact", nil).Want(200); read.At("helper") != nil {
		t.Errorf("the number is still a helper's: %s", read.Raw)
	}
	seen := w.Call("secretary", "GET", wish, nil).Want(200)
	if seen.Text("ownerProposal", "userId") != w.People["resident"].String() {
		t.Errorf("the resident is not proposed: %s", seen.Raw)
	}
	w.Call("secretary", "POST", wish+"/owner", map[string]any{"userId": w.People["resident"]}).Want(200)
	edited["contact"] = contact
	w.Call("resident", "PATCH", wish, edited).Refused(422, "invalid_input")
	w.Healthy()
}

// Nobody is proposed who could not become the owner, and nothing to whoever could not give the wish: whose number it is
// may have recorded the wish.
func TestProposalIsPossible(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 0)
	w.Call("grid", "POST", "/api/v1/me/phone", map[string]any{"code": w.WeChat.NewPhoneCode(apptest.Phone)}).Want(200)
	wish := recorded(w, map[string]any{"name": apptest.Name, "phone": apptest.Phone, "address": apptest.Address})
	if seen := w.Call("secretary", "GET", wish, nil).Want(200); seen.At("ownerProposal") != nil {
		t.Errorf("who recorded it is taken for the owner: %s", seen.Raw)
	}
	w.Call("secretary", "POST", wish+"/owner", map[string]any{"userId": w.People["grid"]}).Refused(403, "party_to_matter")
}
