package api_test

import (
	"sync"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/ballot"
)

// projectOperations are those that projectStory leads to.
var projectOperations = []string{
	"createProject", "getProject", "reviewProject", "claimProject", "releaseProject", "startProject", "reportMilestone", "deliverProject",
	"openProjectBallot", "returnProject", "acceptProject", "undoProject", "stopProject", "castVoice", "enterPaper", "listRoll",
}

// projectRights says of every operation of projects what everybody is told: nobody here speaks for a unit, nor votes.
func projectRights() map[string]right {
	var once sync.Once
	scenes := func(get func(w *apptest.Town) string, body any) func(*apptest.Town) scene {
		return func(w *apptest.Town) scene {
			once.Do(func() { settle(w) })
			return scene{ids: map[string]string{"projectId": get(w), "position": "0"}, body: body}
		}
	}
	votes := func(body func(w *apptest.Town) any) func(*apptest.Town) scene {
		return func(w *apptest.Town) scene {
			once.Do(func() { settle(w) })
			_, vote := asked(w)
			cast(w, "member-191", vote, "yes").Want(200)
			return scene{ids: map[string]string{"ballotId": vote}, body: body(w)}
		}
	}
	decides := func(status int) func(h holder) int { // what is published is everybody's
		return func(h holder) int { return map[bool]int{true: status, false: 403}[h.decides()] }
	}
	writes := func(status, otherwise int) func(h holder) int {
		return func(h holder) int { return map[bool]int{true: status, false: otherwise}[h.near() && h.role.Records()] }
	}
	nobody := func(holder) int { return 403 }
	yes := func(*apptest.Town) any { return doc{"choice": "yes"} }
	reason := doc{"reason": "再想想"}
	return map[string]right{
		"createProject": {func(w *apptest.Town) scene {
			once.Do(func() { settle(w) })
			return scene{body: idea(w)}
		}, decides(201)},
		"listProjects":  {func(*apptest.Town) scene { return scene{query: "?scope=open"} }, func(holder) int { return 200 }},
		"getProject":    {scenes(proposed, nil), func(h holder) int { return when(h.sees(), 404) }},
		"reviewProject": {scenes(proposedByStreet, doc{"decision": "publish"}), func(h holder) int { return h.hidden(200) }},
		"claimProject": {func(w *apptest.Town) scene {
			return scenes(openProject, doc{"unitId": w.Unit})(w)
		}, nobody},
		"releaseProject": {scenes(matched, reason), decides(200)},
		"startProject": {func(w *apptest.Town) scene {
			return scenes(matched, plan(w, "装灯"))(w)
		}, decides(200)},
		"reportMilestone":   {scenes(startedProject, nil), nobody},
		"deliverProject":    {scenes(startedProject, nil), nobody},
		"openProjectBallot": {scenes(deliveredProject, nil), decides(200)},
		"returnProject":     {scenes(deliveredProject, reason), decides(200)},
		"acceptProject":     {scenes(deliveredProject, nil), decides(409)}, // without a vote
		"undoProject":       {scenes(deliveredProject, reason), decides(409)},
		"stopProject":       {scenes(startedProject, reason), decides(200)},
		"castVoice":         {votes(yes), nobody},
		"enterPaper": {votes(func(w *apptest.Town) any { // of somebody who has voted
			return doc{"userId": w.People["member-191"], "choice": "yes"}
		}), writes(409, 403)},
		"listRoll": {votes(func(*apptest.Town) any { return nil }), writes(200, 404)},
	}
}

// proposedByStreet is what the street proposes, so that the secretary and the county decide.
func proposedByStreet(w *apptest.Town) string {
	w.T.Helper()
	return w.Call("street", "POST", "/api/v1/projects", idea(w)).Want(201).Text("id")
}

// proposedAmong is what the secretary proposes, once five people live in the community.
func proposedAmong(w *apptest.Town) string {
	w.T.Helper()
	for range 5 {
		w.Send(newcomer(w), "PATCH", "/api/v1/me", doc{"homeNodeId": w.Home}).Want(200)
	}
	return proposed(w)
}

// rehearseProjects is every write of projects once.
func rehearseProjects(r *rehearsal) {
	settle(r.Town)
	reason := doc{"reason": "再想想，打 " + apptest.Phone}
	one := "/projects/" + r.does("secretary", "POST", "/projects", idea(r.Town)).Text("id")
	r.does("street", "POST", one+"/review", doc{"decision": "publish"})
	r.does("unit", "POST", one+"/claims", doc{"unitId": r.Unit})
	r.does("unit", "POST", one+"/release", reason)
	r.does("unit", "POST", one+"/claims", doc{"unitId": r.Unit})
	r.does("secretary", "POST", one+"/start", plan(r.Town, "装灯"))
	r.does("unit", "POST", one+"/milestones/0/report", nil)
	r.does("unit", "POST", one+"/delivery", nil)
	r.does("secretary", "POST", one+"/ballots", nil)
	vote := r.Call("resident", "GET", "/api/v1"+one, nil).Want(200).Text("ballot", "id")
	for _, persona := range neighbours {
		r.does(persona, "POST", "/ballots/"+vote+"/voices", doc{"choice": "yes"})
	}
	r.does("grid", "POST", "/ballots/"+vote+"/papers", doc{"userId": r.People["resident"], "choice": "no"})
	r.does("secretary", "POST", "/ballots/"+vote+"/papers", doc{"userId": r.People["resident"], "choice": "no"})
	counted(r.Town)
	r.does("secretary", "POST", one+"/acceptance", nil)
	r.does("secretary", "POST", one+"/undo", reason)
	r.does("secretary", "POST", one+"/return", reason)
	r.does("unit", "POST", one+"/stop", reason)
}

// projectStory takes a project some of its way.
func (f *fuzzer) projectStory() {
	w := f.w
	for _, persona := range append([]string{"resident"}, neighbours...) {
		f.says(persona, "updateMe", "/me", doc{"homeNodeId": w.Home})
	}
	a, _ := f.says("secretary", "createProject", "/projects", idea(w))
	one := "/projects/" + a.Text("id")
	f.says("street", "reviewProject", one+"/review", doc{"decision": "publish"})
	f.says("unit", "claimProject", one+"/claims", doc{"unitId": w.Unit})
	if f.one(4) {
		f.says("unit", "releaseProject", one+"/release", doc{"reason": "再想想"})
		return
	}
	f.says("secretary", "startProject", one+"/start", plan(w, "装灯"))
	f.says("resident", "getProject", one, nil)
	if f.one(4) {
		f.says("unit", "stopProject", one+"/stop", doc{"reason": "没有配件"})
		return
	}
	f.says("unit", "reportMilestone", one+"/milestones/0/report", nil)
	f.says("unit", "deliverProject", one+"/delivery", nil)
	if f.one(3) {
		f.says("secretary", "returnProject", one+"/return", doc{"reason": "还差一盏"})
		return
	}
	f.says("secretary", "openProjectBallot", one+"/ballots", nil)
	b, _ := f.says("resident", "getProject", one, nil)
	vote := "/ballots/" + b.Text("ballot", "id")
	f.says("member-191", "castVoice", vote+"/voices", doc{"choice": "yes"})
	f.says("grid", "enterPaper", vote+"/papers", doc{"userId": w.People["resident"], "choice": "no"})
	f.says("grid", "listRoll", vote+"/roll", nil)
	if f.one(2) {
		return
	}
	for _, persona := range neighbours {
		f.says(persona, "castVoice", vote+"/voices", doc{"choice": "yes"})
	}
	w.Clocks.Business.Advance(ballot.Span)
	must(f.t, w.App.Sweep(f.t.Context()))
	f.says("secretary", "acceptProject", one+"/acceptance", nil)
	f.says("secretary", "undoProject", one+"/undo", doc{"reason": "再看看"})
}
