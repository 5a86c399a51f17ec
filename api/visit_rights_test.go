package api_test

import (
	"sync"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
)

// visitOperations are those that visitStory leads to.
var visitOperations = []string{"createVisit", "inviteVisit", "getVisit", "getVisitPdf", "scheduleVisit", "holdVisit", "cancelVisit"}

// visitRights says of every operation of visits what everybody is told.
func visitRights() map[string]right {
	var once sync.Once
	first := func(w *apptest.Town) {
		once.Do(func() { w.EnrollAt("leader", w.Home, w.Unit); w.Grant("leader", id.RoleAreaLeader, w.Street) })
	}
	leads := func(h holder) bool { return h.near() && h.role == id.RoleAreaLeader }
	asked := func(body doc) func(*apptest.Town) scene {
		return func(w *apptest.Town) scene {
			first(w)
			one := w.Send(newcomer(w), "POST", "/api/v1/visit-invitations", invitation(w)).Want(201).Text("id")
			return scene{ids: map[string]string{"visitId": one}, body: body}
		}
	}
	hidden := func(h holder) int {
		if leads(h) {
			return 200
		}
		return map[bool]int{true: 403, false: 404}[h.sees()]
	}
	with := func(w *apptest.Town) doc {
		body := evening(w, 2)
		body["nodeId"] = w.Home
		return body
	}
	return map[string]right{
		"createVisit": {func(w *apptest.Town) scene { return scene{body: with(w)} },
			func(h holder) int { return map[bool]int{true: 201, false: 403}[leads(h)] }},
		"listVisits": {func(*apptest.Town) scene { return scene{query: "?scope=coming"} }, func(holder) int { return 200 }},
		"inviteVisit": {func(w *apptest.Town) scene {
			first(w)
			return scene{body: invitation(w)}
		}, func(holder) int { return 201 }},
		"listPromises": {func(*apptest.Town) scene { return scene{} }, func(holder) int { return 200 }},
		"getVisit":     {asked(nil), func(h holder) int { return when(h.sees() || leads(h), 404) }},
		"getVisitPdf": {func(w *apptest.Town) scene { // it is announced, and nobody has been there
			first(w)
			return scene{ids: map[string]string{"visitId": planned(w)}}
		}, func(h holder) int { return map[bool]int{true: 409, false: 403}[h.sees() || leads(h)] }},
		"scheduleVisit": {func(w *apptest.Town) scene {
			s := asked(nil)(w)
			s.body = evening(w, 1)
			return s
		}, hidden},
		"cancelVisit": {asked(doc{"reason": "出差"}), hidden},
		"holdVisit": {func(w *apptest.Town) scene {
			first(w)
			return scene{ids: map[string]string{"visitId": planned(w)}, body: notes()}
		}, func(h holder) int { // nobody is there yet
			return map[bool]int{true: 409, false: 403}[leads(h) || h.near() && h.role.Records()]
		}},
	}
}

// rehearseVisits is every write of visits once.
func rehearseVisits(r *rehearsal) {
	r.Grant("member-3", id.RoleAreaLeader, r.Street)
	ask := func() string {
		return r.does("resident", "POST", "/visit-invitations", doc{
			"nodeId": r.Home, "place": "3 号楼", "subject": "停车的事，打 " + apptest.Phone,
		}).Text("id")
	}
	r.does("resident", "POST", "/visits/"+ask()+"/cancellation", doc{})
	one := ask()
	when := func(days int) doc {
		start := r.Clocks.Business.Now().AddDate(0, 0, days)
		return doc{"place": "驿站，打 " + apptest.Phone, "startsAt": start, "endsAt": start.Add(time.Hour)}
	}
	r.does("member-3", "POST", "/visits/"+one+"/schedule", when(1))
	r.does("member-3", "POST", "/visits/"+one+"/schedule", when(2))
	r.Clocks.Business.Advance(49 * time.Hour)
	said := notes()
	said["withWhom"] = "七位居民，打 " + apptest.Phone
	r.does("grid", "POST", "/visits/"+one+"/holding", said)
	plan := when(2)
	plan["nodeId"] = r.Home
	off := r.does("member-3", "POST", "/visits", plan).Text("id")
	r.does("member-3", "POST", "/visits/"+off+"/cancellation", doc{"reason": "下雪，打 " + apptest.Phone})
}

// visitStory takes a visit some of its way.
func (f *fuzzer) visitStory() {
	start := f.w.Clocks.Business.Now().Add(time.Hour)
	when := doc{"place": "驿站", "startsAt": start, "endsAt": start.Add(time.Hour)}
	var a apptest.Answer
	if f.one(2) { // somebody of whom none waits already
		a, _ = f.says(f.newcomer(), "inviteVisit", "/visit-invitations", doc{"nodeId": f.w.Home, "place": "3 号楼", "subject": "停车"})
	}
	if a.Status == 201 {
		f.says("responder", "scheduleVisit", "/visits/"+a.Text("id")+"/schedule", when)
	} else { // which nobody has asked for, and so it is announced before
		start = start.Add(2 * aDay)
		when["nodeId"], when["startsAt"], when["endsAt"] = f.w.Home, start, start.Add(time.Hour)
		a, _ = f.says("responder", "createVisit", "/visits", when)
	}
	one := a.Text("id")
	f.says("resident", "getVisit", "/visits/"+one, nil)
	if f.one(4) {
		f.says("responder", "cancelVisit", "/visits/"+one+"/cancellation", doc{"reason": "下雪"})
		return
	}
	f.w.Clocks.Business.Advance(start.Add(time.Hour).Sub(f.w.Clocks.Business.Now()))
	f.says("responder", "holdVisit", "/visits/"+one+"/holding", notes())
}
