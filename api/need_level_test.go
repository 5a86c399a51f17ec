package api_test

import (
	"slices"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
)

// neighboursOf gives the sister community a secretary, member-1, and a grid worker, member-2.
func neighboursOf(w *apptest.Town) {
	w.T.Helper()
	err := w.App.DB.Tx(w.T.Context(), func(tx *mysql.Tx) error {
		_, err := org.Add(tx, org.Node{Kind: org.KindGrid, Name: "第九网格", ParentID: &w.Sister})
		return err
	})
	if err != nil {
		w.T.Fatal(err)
	}
	for persona, role := range map[string]id.Role{"member-1": id.RoleSecretary, "member-2": id.RoleGridWorker} {
		w.EnrollAt(persona, w.Sister, w.Unit)
		w.Grant(persona, role, w.Sister)
	}
}

// What is decided above a community is none of the other communities' below, and what is about the staff of a place is
// nothing that those who work there read.
func TestANeedAboveItsCommunity(t *testing.T) {
	t.Parallel()
	w, _ := needTown(t)
	neighboursOf(w)
	draft := needDraft(w.Home)
	draft["aboutStaff"] = true
	about := w.Call("resident", "POST", "/api/v1/needs", draft).Want(201).Text("id")
	back := answered(w)
	for _, persona := range []string{"secretary", "street"} {
		stepOf(w, "resident", back, "confirmation", doc{"solved": "no", "again": true, "comment": "还是松的"}).Want(200)
		if persona == "secretary" {
			stepOf(w, persona, back, "answer", doc{"result": "solved", "answer": "又修了"}).Want(200)
		}
	}
	stepOf(w, "street", about, "review", doc{"decision": "accept"}).Want(200)
	for _, n := range []string{about, back} {
		stepOf(w, "street", n, "answer", doc{"result": "solved", "answer": "街道办好了"}).Want(200)
	}
	word := doc{"solved": "yes", "onBehalf": doc{"how": "打电话"}}
	for _, persona := range []string{"member-1", "member-2"} {
		w.Call(persona, "GET", "/api/v1/needs/"+about, nil).Refused(404, "not_found")
		w.Call(persona, "GET", "/api/v1/needs/"+about+"/contact?reason=核实", nil).Refused(404, "not_found")
		stepOf(w, persona, about, "confirmation", word).Refused(404, "not_found")
		w.Call(persona, "GET", "/api/v1/needs/"+back+"/contact?reason=核实", nil).Refused(403, "contact_not_allowed")
		stepOf(w, persona, back, "confirmation", word).Refused(403, "not_your_community")
	}
	w.Call("grid", "GET", "/api/v1/needs/"+about, nil).Refused(404, "not_found") // works under whom it is about
	stepOf(w, "street", about, "confirmation", word).Refused(403, "party_to_matter")
	stepOf(w, "street", back, "confirmation", word).Refused(403, "party_to_matter")
	w.Clocks.Business.Advance(3*aDay + time.Hour)
	if got := waitingFor(w, "county", "need"); !slices.Equal(got, []string{about, back}) {
		t.Errorf("for the county wait %v: nobody nearer may ask that sees it among tasks", got)
	}
	stepOf(w, "county", about, "confirmation", word).Want(200)
	stepOf(w, "grid", back, "confirmation", word).Want(200) // of the resident's own place
	w.Healthy()
}
