package api_test

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/ballot"
)

// What stands on paper is entered by one person, and counts once another one has entered the same; it is nobody's own.
func TestPapersAreEnteredTwice(t *testing.T) {
	t.Parallel()
	w, _ := projectTown(t)
	one, vote := asked(w)
	enter(w, "resident", vote, "member-191", "yes").Refused(403, "not_your_community")
	enter(w, "grid", vote, "member-1", "yes").Refused(403, "not_on_roll")
	enter(w, "grid", vote, "member-191", "no").Want(200)
	enter(w, "grid", vote, "member-191", "yes").Want(200) // misread
	enter(w, "secretary", vote, "member-191", "no").Refused(422, "invalid_input")
	enter(w, "secretary", vote, "member-191", "yes").Want(200)
	enter(w, "secretary", vote, "member-191", "yes").Want(200) // once more
	enter(w, "street", vote, "member-191", "no").Refused(409, "voted")
	cast(w, "member-191", vote, "no").Refused(409, "voted")
	enter(w, "grid", vote, "member-192", "no").Want(200) // nobody confirms it
	enter(w, "grid", vote, "member-193", "no").Want(200)
	cast(w, "member-193", vote, "yes").Want(200) // one's own word counts
	enter(w, "secretary", vote, "member-193", "no").Refused(409, "voted")
	roll := func(persona string) apptest.Answer {
		return w.Call(persona, "GET", "/api/v1/ballots/"+vote+"/roll", nil)
	}
	roll("resident").Refused(404, "not_found")
	if a := roll("grid").Want(200); a.Len("items") != 7 || strings.Contains(string(a.Raw), "choice") {
		t.Errorf("before it is counted the roll says %s", a.Raw)
	}
	for _, persona := range []string{"resident", "resident-2", "member-194"} {
		cast(w, persona, vote, "yes").Want(200)
	}
	w.Enroll("grid") // from the unit that leads, whose people enter nothing
	enter(w, "grid", vote, "member-195", "yes").Refused(403, "party_to_matter")
	if a := projectOf(w, "grid", one); a.At("may", "enter") != nil {
		t.Errorf("people of the unit may enter papers: %s", a.Raw)
	}
	counted(w)
	enter(w, "secretary", vote, "member-192", "no").Refused(409, "ballot_state")
	if a := projectOf(w, "member-191", one); a.Number("ballot", "yes") != 5 || a.Number("ballot", "no") != 0 || a.Text("ballot", "mine") != "yes" {
		t.Errorf("the result is %s", a.Raw)
	}
	if a := roll("resident").Want(200); strings.Count(string(a.Raw), `"choice":"yes"`) != 5 || strings.Contains(string(a.Raw), `"choice":"no"`) {
		t.Errorf("those on the roll read %s", a.Raw)
	}
	roll("member-1").Refused(404, "not_found")
	w.Healthy()
}

// A vote of fewer than five is none: nobody reads it, and it is held again.
func TestFourVoicesAreNoVote(t *testing.T) {
	t.Parallel()
	w, _ := projectTown(t)
	one, vote := asked(w)
	onProject(w, "secretary", one, "ballots", nil).Refused(409, "project_state")
	for _, persona := range neighbours[:4] {
		cast(w, persona, vote, "yes").Want(200)
	}
	counted(w)
	if a := projectOf(w, "resident", one); a.At("ballot", "yes") != nil || !strings.Contains(string(a.Raw), "不到 5 个人") {
		t.Errorf("a vote of four reads %s", a.Raw)
	}
	if a := w.Call("resident", "GET", "/api/v1/ballots/"+vote+"/roll", nil).Want(200); strings.Contains(string(a.Raw), "choice") {
		t.Errorf("the roll says what four people said: %s", a.Raw)
	}
	onProject(w, "secretary", one, "acceptance", nil).Refused(409, "not_carried")
	onProject(w, "secretary", one, "ballots", nil).Want(200)
	vote = projectOf(w, "resident", one).Text("ballot", "id")
	for i, persona := range neighbours {
		cast(w, persona, vote, []string{"yes", "no"}[i%2]).Want(200)
	}
	counted(w)
	onProject(w, "secretary", one, "acceptance", nil).Refused(409, "not_carried") // as many no as yes
	for _, persona := range neighbours[:3] {                                      // too few are left for another vote
		w.Call(persona, "PATCH", "/api/v1/me", doc{"homeNodeId": w.Sister}).Want(200)
	}
	onProject(w, "secretary", one, "ballots", nil).Refused(409, "ballot_state")
	w.Healthy()
}

// Of twenty who want to lead, one does; of twenty phones of one person, all of which say something, one voice is left;
// what was acknowledged while a vote closes is counted.
func TestCollidingProjects(t *testing.T) {
	t.Parallel()
	w, other := projectTown(t)
	one := openProject(w)
	w.Token("unit")
	w.Token("responder-2")
	got := count(together(20, func(i int) apptest.Answer {
		if i%2 == 0 {
			return onProject(w, "unit", one, "claims", doc{"unitId": w.Unit})
		}
		return onProject(w, "responder-2", one, "claims", doc{"unitId": other})
	}))
	if got["200"] != 1 || got["409 project_state"] != 19 {
		t.Errorf("twenty who want to lead: %v", got)
	}
	_, vote := asked(w)
	got = count(together(20, func(i int) apptest.Answer { return cast(w, "resident", vote, []string{"yes", "no"}[i%2]) }))
	if got["200"] != 10 || got["409 voted"] != 10 {
		t.Errorf("twenty phones of one person: %v", got)
	}
	w.Clocks.Business.Advance(ballot.Span - time.Second)
	var said atomic.Int64
	together(len(neighbours)+1, func(i int) apptest.Answer {
		if i > len(neighbours) {
			w.Clocks.Business.Advance(time.Second)
			must(t, w.App.Sweep(t.Context()))
			return apptest.Answer{}
		}
		a := cast(w, neighbours[i-1], vote, "yes")
		if a.Status == 200 {
			said.Add(1)
		}
		return a
	})
	must(t, w.App.Sweep(t.Context()))
	if n := rowCount(t, w, "SELECT yes + no FROM ballots WHERE id = "+vote); n != int(said.Load())+1 {
		t.Errorf("%d are counted of %d acknowledged", n, said.Load()+1)
	}
	w.Healthy()
}
