package api_test

import (
	"sync"

	"xinyuan/internal/app/apptest"
)

// brandOperations are those that brandStory leads to.
var brandOperations = []string{
	"createBrand", "getBrand", "acceptBrand", "joinBrand", "leaveBrand", "stopBrand",
}

// brandRights says of every operation of brands what everybody is told: nobody here speaks for a unit.
func brandRights() map[string]right {
	var once sync.Once
	scenes := func(get func(w *apptest.Town) string, body func(w *apptest.Town) any) func(*apptest.Town) scene {
		return func(w *apptest.Town) scene {
			once.Do(func() { settle(w) })
			s := scene{ids: map[string]string{"brandId": get(w)}}
			if body != nil {
				s.body = body(w)
			}
			return s
		}
	}
	decides := func(status int) func(h holder) int { // what has begun is everybody's
		return func(h holder) int { return map[bool]int{true: status, false: 403}[h.decides()] }
	}
	nobody := func(holder) int { return 403 }
	unit := func(w *apptest.Town) any { return doc{"unitId": w.Unit} }
	leaving := func(w *apptest.Town) any { return doc{"unitId": w.Unit, "reason": "忙"} }
	return map[string]right{
		"createBrand": {func(w *apptest.Town) scene { return scene{body: localBrand(w)} }, decides(201)},
		"listBrands":  {func(*apptest.Town) scene { return scene{query: "?scope=public"} }, func(holder) int { return 200 }},
		"getBrand":    {scenes(proposedBrand, nil), func(h holder) int { return when(h.sees(), 404) }},
		"acceptBrand": {scenes(proposedByUnit, nil), func(h holder) int { return h.hidden(200) }},
		"joinBrand":   {scenes(activeBrand, unit), nobody}, "leaveBrand": {scenes(activeBrand, leaving), nobody},
		"openBrandBallot": {scenes(activeBrand, nil), decides(409)}, // its year is long
		"renewBrand":      {scenes(activeBrand, nil), decides(409)}, // without a vote
		"stopBrand":       {scenes(activeBrand, func(*apptest.Town) any { return doc{"reason": "再想想"} }), decides(200)},
	}
}

// rehearseBrands is every write of brands once.
func rehearseBrands(r *rehearsal) {
	settle(r.Town)
	other := r.AddUnit("县住建局", r.Street)
	r.EnrollAt("responder-2", r.Home, other)
	r.Grant("responder-2", "unit_liaison", other)
	one := "/brands/" + r.does("secretary", "POST", "/brands", localBrand(r.Town)).Text("id")
	r.does("unit", "POST", one+"/acceptance", nil)
	r.does("responder-2", "POST", one+"/units", doc{"unitId": other})
	r.does("responder-2", "POST", one+"/leaving", doc{"unitId": other, "reason": "人手不够，打 " + apptest.Phone})
	due(r.Town)
	r.does("secretary", "POST", one+"/ballots", nil)
	vote := r.Call("resident", "GET", "/api/v1"+one, nil).Want(200).Text("ballot", "id")
	castAll(r.Town, vote, len(neighbours), 0)
	counted(r.Town)
	r.does("secretary", "POST", one+"/renewals", nil)
	r.does("unit", "POST", one+"/stop", doc{"reason": "单位撤并了"})
}

// brandStory takes a brand some of its way.
func (f *fuzzer) brandStory() {
	w := f.w
	for _, persona := range append([]string{"resident"}, neighbours...) {
		f.says(persona, "updateMe", "/me", doc{"homeNodeId": w.Home})
	}
	a, _ := f.says("secretary", "createBrand", "/brands", localBrand(w))
	one := "/brands/" + a.Text("id")
	if f.one(4) {
		return
	}
	f.says("unit", "acceptBrand", one+"/acceptance", nil)
	f.says("responder-2", "joinBrand", one+"/units", doc{"unitId": f.otherUnit})
	f.says("responder-2", "leaveBrand", one+"/leaving", doc{"unitId": f.otherUnit, "reason": "忙"})
	f.says("resident", "getBrand", one, nil)
	if f.one(3) {
		f.says("unit", "stopBrand", one+"/stop", doc{"reason": "人手不够"})
	}
}

// brand is one that a unit proposes. No decider belongs to that unit.
func (w *walk) brand() string {
	if w.other == 0 {
		w.other = w.AddUnit("县住建局", w.Street)
		w.EnrollAt("responder-2", w.Home, w.other)
		w.Grant("responder-2", "unit_liaison", w.other)
	}
	body := changed(changed(localBrand(w.Town), "byUnit", true), "unitId", w.other)
	return w.Call("responder-2", "POST", "/api/v1/brands", body).Want(201).Text("id")
}
