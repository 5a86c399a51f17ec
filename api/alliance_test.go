package api_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
)

// allied is a unit for which the liaison of all signs as a body with the home community.
func allied(w *apptest.Town, name, body string) id.Node {
	w.T.Helper()
	unit := w.AddUnit(name, w.Home)
	w.Grant("unit", id.RoleUnitLiaison, unit)
	one := w.Call("secretary", "POST", "/api/v1/agreements", changed(agreed(w, served()), "unitId", unit)).Want(201).Text("id")
	onAgreement(w, "secretary", one, "offer", nil).Want(200)
	if a := onAgreement(w, "unit", one, "signature", doc{"unitBody": body}).Want(200); a.Text("unitBody") != body {
		w.T.Errorf("%s has signed as %s", name, a.Text("unitBody"))
	}
	return unit
}

// bodies are the four kinds, in the names that sizes have.
var bodies = map[string]string{"party": "party", "self_governing": "selfGoverning", "mass": "mass", "co_building": "coBuilding"}

// pair is what an agreement is of: of one pair one is in force.
func pair(a apptest.Answer, at ...any) string {
	return a.Text(append(at, "nodeId")...) + a.Text(append(at, "unitId")...) + fmt.Sprint(a.Number(append(at, "year")...))
}

// alliances are the members of each kind as they should be, read from the list of what both have signed; first is when
// each pair signed first.
func alliances(w *apptest.Town, node string, first map[string]string) map[string]map[string]string {
	w.T.Helper()
	type sum struct{ agreements, all, kept int }
	sums, since := map[string]map[string]sum{}, map[string]string{}
	list := w.Call("resident", "GET", "/api/v1/agreements?scope=signed&limit=100&nodeId="+node, nil).Want(200)
	for i := range list.Len("items") {
		if list.At("items", i, "agreement", "inForce") != true {
			continue
		}
		for _, side := range []string{"node", "unit"} {
			body, of := list.Text("items", i, "agreement", side+"Body"), list.Text("items", i, "agreement", side+"Id")
			if sums[body] == nil {
				sums[body] = map[string]sum{}
			}
			s, at := sums[body][of], first[pair(list, "items", i, "agreement")]
			s.agreements++
			s.all += list.Len("items", i, "lines")
			for l := range list.Len("items", i, "lines") {
				if list.At("items", i, "lines", l, "kept") == true {
					s.kept++
				}
			}
			if old := since[body+of]; old == "" || at < old {
				since[body+of] = at
			}
			sums[body][of] = s
		}
	}
	want := map[string]map[string]string{}
	for body := range bodies {
		want[body] = map[string]string{}
		for of, s := range sums[body] {
			want[body][of] = fmt.Sprint(s.agreements, s.all, s.kept, " ", since[body+of])
		}
	}
	return want
}

// checkAlliance holds the alliance at a node against what was signed there.
func checkAlliance(w *apptest.Town, node id.Node, first map[string]string) {
	w.T.Helper()
	for body, want := range alliances(w, node.String(), first) {
		a := w.Call("resident", "GET", "/api/v1/alliance?limit=100&nodeId="+node.String()+"&body="+body, nil).Want(200)
		got := map[string]string{}
		for i := range a.Len("items") {
			got[a.Text("items", i, "id")] = fmt.Sprint(a.Number("items", i, "agreements"), a.Number("items", i, "promises", "all"),
				a.Number("items", i, "promises", "kept"), " ", a.Text("items", i, "since"))
		}
		if fmt.Sprint(got) != fmt.Sprint(want) || a.Len("items") != len(want) || a.Number("sizes", bodies[body]) != len(want) {
			w.T.Errorf("at %s of %s there are %s, want %v", node, body, a.Raw, want)
		}
	}
}

// The alliance is what was signed and is in force, whatever was written, signed, ended and replaced: each body once, at
// the place and above it.
func TestTheAllianceIsWhatIsSigned(t *testing.T) {
	t.Parallel()
	w := offerTown(t)
	first := map[string]string{}
	checkAlliance(w, w.Street, first)
	random := rand.New(rand.NewPCG(20, 28))
	units := []id.Node{w.Unit, allied(w, "县总工会", "mass"), allied(w, "县妇联", "mass")}
	kinds := []string{"party", "self_governing", "mass", "co_building"}
	var inForce []string
	for i, list := 0, w.Call("resident", "GET", "/api/v1/agreements?scope=signed", nil); i < list.Len("items"); i++ {
		first[pair(list, "items", i, "agreement")] = list.Text("items", i, "agreement", "signedAt")
	}
	for range 24 {
		w.Clocks.Business.Advance(time.Minute)
		body := agreed(w, []doc{{"kind": "service", "text": "帮老人修电器", "quantity": 1 + random.IntN(3), "quarter": 4}})
		body["unitId"], body["year"] = units[random.IntN(len(units))], 2026+random.IntN(2)
		body["nodeId"] = []id.Node{w.Home, w.Sister}[random.IntN(2)]
		if random.IntN(3) > 0 {
			body["nodeBody"] = kinds[random.IntN(2)]
		}
		one := w.Call("street", "POST", "/api/v1/agreements", body).Want(201).Text("id")
		if random.IntN(6) == 0 {
			continue // it stays a draft
		}
		onAgreement(w, "street", one, "offer", nil).Want(200)
		var as any // the unit stays what it was last
		switch random.IntN(6) {
		case 0:
			continue // it waits for the unit
		case 1:
			as = doc{"unitBody": kinds[random.IntN(4)]}
		}
		a := onAgreement(w, "unit", one, "signature", as).Want(200)
		first[pair(a)] = cmp.Or(first[pair(a)], a.Text("signedAt"))
		inForce = append(inForce, one)
		if random.IntN(4) == 0 {
			if a := onAgreement(w, "unit", inForce[random.IntN(len(inForce))], "end", doc{"reason": "单位搬走了"}); a.Status == 200 {
				delete(first, pair(a))
			}
		}
	}
	w.Clocks.Business.Advance(4 * time.Hour)
	w.Served("member-1", 3*time.Hour, 119, "修插座")
	for _, node := range []id.Node{w.Home, w.Sister, w.Street} {
		checkAlliance(w, node, first)
	}
	w.Call("resident", "GET", "/api/v1/alliance?body=club", nil).Refused(422, "invalid_input")
	w.Call("resident", "GET", "/api/v1/alliance?body=mass&nodeId=7", nil).Refused(404, "not_found")
	advance(w, time.Date(2026, 12, 31, 16, 0, 0, 0, time.UTC)) // midnight in Shanghai: of this year nothing is in force
	checkAlliance(w, w.Street, first)
	w.Healthy()
}
