package api_test

import (
	"sync"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
)

// agreementOperations are those that agreementStory leads to.
var agreementOperations = []string{
	"createAgreement", "listAlliance", "getCoBuilding", "exportCoBuilding", "getAgreement",
	"listCoBuilding", "exportLists", "editAgreement", "offerAgreement", "signAgreement", "returnAgreement", "endAgreement",
}

// served is a promise that needs no offer.
func served() []doc {
	return []doc{{"kind": "post", "text": "每月来两个人，有事打 " + apptest.Phone, "quantity": 20, "quarter": 4}}
}

// agreementRights says of every operation of agreements what everybody is told: nobody here signs for the unit.
func agreementRights() map[string]right {
	draft := func(body any) func(*apptest.Town) scene {
		return func(w *apptest.Town) scene {
			return scene{ids: map[string]string{"agreementId": drafted(w, served())}, body: body}
		}
	}
	asked := func(body any) func(*apptest.Town) scene {
		return func(w *apptest.Town) scene {
			s := draft(body)(w)
			onAgreement(w, "secretary", s.ids["agreementId"], "offer", nil).Want(200)
			return s
		}
	}
	var (
		once sync.Once
		kept string
	)
	hidden := func(h holder) int { return h.hidden(200) }
	all := func(holder) int { return 200 }
	return map[string]right{
		"createAgreement": {func(w *apptest.Town) scene { return scene{body: agreed(w, served())} }, func(h holder) int {
			return map[bool]int{true: 201, false: 403}[h.decides()]
		}},
		"listAgreements": {func(*apptest.Town) scene { return scene{query: "?scope=mine"} }, all},
		"listCoBuilding": {func(*apptest.Town) scene { return scene{query: "?list=resources"} }, all},
		"listAlliance":   {func(*apptest.Town) scene { return scene{query: "?body=mass"} }, all},
		"exportLists": {func(w *apptest.Town) scene { return scene{query: "?nodeId=" + w.Home.String()} },
			func(h holder) int { return when(h.sees(), 403) }},
		"getCoBuilding": {func(w *apptest.Town) scene { return scene{ids: map[string]string{"nodeId": w.Unit.String()}} }, all},
		"exportCoBuilding": {func(w *apptest.Town) scene { return scene{ids: map[string]string{"nodeId": w.Unit.String()}} },
			func(h holder) int { return when(h.decides() || h.near() && h.role == id.RoleAuditor, 403) }},
		"getAgreement":    {asked(nil), func(h holder) int { return when(h.sees(), 404) }},
		"editAgreement":   {draft(doc{"lines": served()}), hidden},
		"offerAgreement":  {draft(nil), hidden},
		"signAgreement":   {asked(nil), func(h holder) int { return map[bool]int{true: 403, false: 404}[h.sees()] }},
		"returnAgreement": {asked(doc{"reason": "再想想"}), hidden},
		"endAgreement": {func(w *apptest.Town) scene { // what is signed is everybody's to read
			once.Do(func() { kept = signed(w, served()) })
			return scene{ids: map[string]string{"agreementId": kept}, body: doc{}}
		}, func(h holder) int { return map[bool]int{true: 422, false: 403}[h.decides()] }},
	}
}

// rehearseAgreements is every write of agreements once.
func rehearseAgreements(r *rehearsal) {
	room := offered(r.Town, "unit", hall(r.Town))
	one := r.does("secretary", "POST", "/agreements", agreed(r.Town, served())).Text("id")
	r.does("secretary", "PATCH", "/agreements/"+one, doc{"lines": promises(room)})
	r.does("secretary", "POST", "/agreements/"+one+"/offer", nil)
	r.does("unit", "POST", "/agreements/"+one+"/return", doc{"reason": "再想想，打 " + apptest.Phone})
	r.does("secretary", "POST", "/agreements/"+one+"/offer", nil)
	r.does("unit", "POST", "/agreements/"+one+"/signature", nil)
	next := r.does("secretary", "POST", "/agreements", agreed(r.Town, served())).Text("id")
	r.does("secretary", "POST", "/agreements/"+next+"/offer", nil)
	r.does("unit", "POST", "/agreements/"+next+"/signature", doc{"unitBody": "mass"}) // which ends the first
	r.does("secretary", "POST", "/agreements/"+next+"/end", doc{"reason": "单位搬走了，打 " + apptest.Phone})
}

// agreementStory takes an agreement some of its way.
func (f *fuzzer) agreementStory() {
	a, _ := f.says("secretary", "createAgreement", "/agreements", agreed(f.w, served()))
	one := "/agreements/" + a.Text("id")
	f.says("secretary", "editAgreement", one, doc{"lines": served()})
	f.says("secretary", "offerAgreement", one+"/offer", nil)
	f.says("resident", "getAgreement", one, nil)
	if f.one(2) {
		f.says("unit", "returnAgreement", one+"/return", doc{"reason": "再想想"})
		f.says("secretary", "endAgreement", one+"/end", doc{})
		return
	}
	f.says("unit", "signAgreement", one+"/signature", nil)
	f.says("unit", "getAgreement", one, nil)
	f.says("unit", "getCoBuilding", "/units/"+f.w.Unit.String()+"/co-building", nil)
	f.says("resident", "listCoBuilding", "/lists?list="+f.pickText("resources", "needs", "projects", "results"), nil)
	f.says("resident", "listAlliance", "/alliance?body="+f.pickText("party", "self_governing", "mass", "co_building"), nil)
	f.says("county", "exportLists", "/lists/export", nil)
	f.says("unit", "exportCoBuilding", "/units/"+f.w.Unit.String()+"/co-building/paper", nil)
	f.says("unit", "endAgreement", one+"/end", doc{"reason": "搬走了"})
}
