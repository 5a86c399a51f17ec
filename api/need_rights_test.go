package api_test

import (
	"fmt"
	"sync"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
)

// needRights says of every operation of needs and assignments what everybody is told.
func needRights() map[string]right {
	var once sync.Once
	first := func(w *apptest.Town) { once.Do(func() { w.Grant("member-60", id.RoleResponder, w.Unit) }) }
	on := func(get func(w *apptest.Town) string, body any) func(*apptest.Town) scene {
		return func(w *apptest.Town) scene {
			first(w)
			return scene{ids: map[string]string{"needId": get(w)}, body: body}
		}
	}
	everybody := func(status int) func(holder) int { return func(holder) int { return status } }
	decider := func(status int) func(holder) int {
		return func(h holder) int { return map[bool]int{true: status, false: 403}[h.decides()] }
	}
	above := func(h holder) int { return when(h.decides() && h.above(), 403) }
	asker := func(h holder) int { return when(h.near() && h.role.Records(), 403) }
	stranger := func(h holder) int { return map[bool]int{true: 403, false: 404}[h.sees()] }
	later := doc{"reviewAt": "2026-04-20T04:00:00Z", "reason": "要等开春化冻才能挖开"}
	all := map[string]right{
		"createNeed": {func(w *apptest.Town) scene { return scene{body: needDraft(w.Home)} }, everybody(201)},
		"listNeeds":  {func(*apptest.Town) scene { return scene{query: "?scope=public"} }, everybody(200)},
		"listSimilarNeeds": {func(w *apptest.Town) scene {
			return scene{query: "?category=roads&nodeId=" + w.Home.String()}
		}, everybody(200)},
		"getNeed":    {on(say, nil), func(h holder) int { return when(h.sees(), 404) }},
		"getNeedPdf": {on(handled, nil), func(h holder) int { return when(h.sees(), 403) }},
		"exportNeeds": {func(w *apptest.Town) scene {
			return scene{query: "?month=2026-01&nodeId=" + w.Home.String()}
		}, func(h holder) int { return when(h.sees(), 403) }},
		"exportAssignments": {func(w *apptest.Town) scene { return scene{query: "?nodeId=" + w.Home.String()} },
			func(h holder) int { return when(h.sees(), 403) }},
		"reviewNeed": {on(say, doc{"decision": "accept"}), func(h holder) int { return h.hidden(200) }},
		"editNeed":   {on(rejected, doc{"text": "井盖还是松的", "place": "3 号楼下"}), stranger},
		"mergeNeed": {func(w *apptest.Town) scene {
			return scene{ids: map[string]string{"needId": handled(w)}, body: doc{"into": handled(w)}}
		}, decider(200)},
		"handOverNeed": {on(handled, wishOf), decider(201)},
		"suspendNeed":  {on(handled, later), above},
		"resumeNeed": {on(func(w *apptest.Town) string {
			n := handled(w)
			stepOf(w, "street", n, "suspension", later).Want(200)
			return n
		}, nil), decider(200)},
		"answerNeed":           {on(handled, doc{"result": "solved", "answer": "换好了"}), decider(200)},
		"confirmNeed":          {on(answered, doc{"solved": "yes", "onBehalf": doc{"how": "打电话"}}), asker},
		"missNeedCall":         {on(answered, nil), asker},
		"lapseNeed":            {on(answered, nil), decider(409)}, // nobody has called yet
		"concedeNeed":          {on(answered, later), above},
		"reopenNeed":           {on(closed, doc{"reason": "又松了"}), everybody(403)},
		"withdrawNeed":         {on(handled, nil), everybody(403)},
		"followNeed":           {on(handled, nil), everybody(200)},
		"unfollowNeed":         {on(handled, nil), everybody(200)},
		"listNeedContactReads": {on(handled, nil), everybody(403)},
		"getNeedContact": {func(w *apptest.Town) scene {
			return scene{ids: map[string]string{"needId": handled(w)}, query: "?reason=核实"}
		}, decider(200)},
		"createAssignments": {func(w *apptest.Town) scene {
			first(w)
			return scene{body: doc{
				"needId": handled(w), "to": []doc{{"nodeId": w.Unit, "kind": "lead"}}, "what": "换井盖", "term": "ordinary",
			}}
		}, decider(201)},
		"listAssignments": {func(*apptest.Town) scene { return scene{query: "?mine=sent"} }, everybody(200)},
	}
	assignmentRights(all, first, stranger)
	admissionRights(all, first)
	return all
}

// assignmentRights adds what everybody is told of an assignment from Home to a unit below it.
func assignmentRights(all map[string]right, first func(*apptest.Town), stranger func(holder) int) {
	sent := func(steps int, body any) func(*apptest.Town) scene {
		return func(w *apptest.Town) scene {
			first(w)
			need, one := whistled(w)
			for i, step := range []string{"acceptance", "report"}[:min(steps, 2)] {
				stepOn(w, "member-60", one, step, []any{nil, doc{"answer": "换好了"}}[i]).Want(200)
			}
			if steps > 2 {
				stepOn(w, "secretary", one, "verification", nil).Want(200)
				sentBack(w, need)
			}
			return scene{ids: map[string]string{"assignmentId": one}, body: body}
		}
	}
	above := func(h holder) int {
		if h.decides() && h.above() {
			return 200
		}
		return stranger(h)
	}
	decider := func(h holder) int { return h.hidden(200) }
	all["getAssignment"] = right{sent(0, nil), func(h holder) int { return when(h.sees(), 404) }}
	all["getAssignmentPdf"] = right{sent(0, nil), func(h holder) int { return when(h.sees(), 404) }}
	all["acceptAssignment"] = right{sent(0, nil), stranger}
	all["refuseAssignment"] = right{sent(0, doc{"clause": "第 3 项", "instead": "县住建局"}), stranger}
	all["bindAssignment"] = right{sent(0, doc{"reason": "县里定"}), above}
	all["reportAssignment"] = right{sent(1, doc{"answer": "换好了"}), stranger}
	all["verifyAssignment"] = right{sent(2, nil), func(h holder) int {
		if h.near() && h.role.Records() {
			return 200
		}
		return stranger(h)
	}}
	all["returnAssignment"] = right{sent(2, doc{"reason": "还晃"}), decider}
	all["extendAssignment"] = right{sent(1, doc{"until": "2026-03-20T04:00:00Z", "reason": "等配件"}), above}
	all["undoAssignment"] = right{sent(3, doc{"reason": "又松了"}), decider}
	all["cancelAssignment"] = right{sent(1, doc{"reason": "已经好了"}), decider}
}

// admissionRights adds what everybody is told of an admission of a unit's that reaches Home.
func admissionRights(all map[string]right, first func(*apptest.Town)) {
	asked := func(status string, body any) func(*apptest.Town) scene {
		return func(w *apptest.Town) scene {
			first(w)
			one := w.Call("member-60", "POST", "/api/v1/admissions", permit(w, w.Unit)).Want(201).Text("id")
			if status != "" {
				w.Call("county", "POST", "/api/v1/admissions/"+one+"/decision", doc{"decision": status}).Want(200)
			}
			return scene{ids: map[string]string{"admissionId": one}, body: body}
		}
	}
	stranger := func(h holder) int { return map[bool]int{true: 403, false: 404}[h.sees()] }
	county := func(h holder) int { // who holds the county's role at its own node decides
		if h.role == id.RoleCounty && h.relation == "below" {
			return 200
		}
		return stranger(h)
	}
	all["listDuties"] = right{func(*apptest.Town) scene { return scene{} }, func(holder) int { return 200 }}
	all["listAdmissions"] = right{func(*apptest.Town) scene { return scene{} }, func(holder) int { return 200 }}
	all["createAdmission"] = right{func(w *apptest.Town) scene {
		return scene{body: permit(w, w.Unit)}
	}, func(holder) int { return 403 }}
	all["getAdmission"] = right{asked("", nil), func(h holder) int { return when(h.sees(), 404) }}
	all["decideAdmission"] = right{asked("", doc{"decision": "admit"}), county}
	all["endAdmission"] = right{asked("admit", doc{"reason": "验收完了"}), county}
	all["withdrawAdmission"] = right{asked("", nil), stranger}
}

func rejected(w *apptest.Town) string {
	w.T.Helper()
	n := say(w)
	stepOf(w, "secretary", n, "review", doc{
		"decision": "reject", "rejection": "not_ours", "reason": "请找 " + apptest.Phone,
	}).Want(200)
	return n
}

func closed(w *apptest.Town) string {
	w.T.Helper()
	n := answered(w)
	stepOf(w, "resident", n, "confirmation", doc{"solved": "yes"}).Want(200)
	return n
}

// rehearseNeeds is every write of needs and assignments once.
func rehearseNeeds(r *rehearsal) {
	r.Grant("member-3", id.RoleResponder, r.Unit)
	need := func() string {
		return r.does("resident", "POST", "/needs", needDraft(r.Home)).Text("id")
	}
	at := func(n string) string { return "/needs/" + n }
	refused := need()
	r.does("secretary", "POST", at(refused)+"/review", doc{"decision": "reject", "rejection": "unclear", "reason": "请写清楚，打 " + apptest.Phone})
	r.does("resident", "PATCH", at(refused), doc{"text": "3 号楼下的井盖，打 " + apptest.Phone, "place": "3 号楼"})
	r.does("street", "POST", at(refused)+"/review", doc{"decision": "accept", "term": "urgent", "reason": "会伤人"})
	r.does("resident", "POST", at(refused)+"/withdrawal", nil)
	one, same := need(), need()
	for _, n := range []string{one, same} {
		r.does("secretary", "POST", at(n)+"/review", doc{"decision": "accept"})
	}
	r.does("resident-2", "POST", at(same)+"/followers", nil)
	r.does("resident-2", "DELETE", at(same)+"/followers/mine", nil)
	r.does("secretary", "POST", at(same)+"/merge", doc{"into": one})
	r.does("secretary", "POST", at(need())+"/handover", doc{
		"category": "repair", "title": "想要一把椅子", "description": "洗澡坐，打 " + apptest.Phone, "agreed": "电话里问的，打 " + apptest.Phone,
	})
	later := doc{"reviewAt": r.Clocks.Business.Now().AddDate(0, 0, 30), "reason": "等化冻，打 " + apptest.Phone}
	r.does("street", "POST", at(one)+"/suspension", later)
	r.does("secretary", "POST", at(one)+"/resumption", nil)
	sent := rehearseAssignments(r, one)
	r.does("secretary", "POST", at(one)+"/answer", doc{"result": "solved", "answer": "好了，问 " + apptest.Phone})
	r.does("grid", "POST", at(one)+"/missed-calls", nil)
	r.does("resident", "POST", at(one)+"/confirmation", doc{"solved": "partly", "again": true, "comment": "还晃，打 " + apptest.Phone})
	r.does("secretary", "POST", sent+"/undo", doc{"reason": "又松了，打 " + apptest.Phone})
	r.does("street", "POST", sent+"/verification", nil)
	r.does("secretary", "POST", at(one)+"/answer", doc{"result": "partly", "answer": "垫平了"})
	r.does("grid", "POST", at(one)+"/confirmation", doc{"solved": "yes", "onBehalf": doc{"how": "上门"}})
	r.does("resident", "POST", at(one)+"/reopening", doc{"reason": "又松了，打 " + apptest.Phone})
	r.does("secretary", "POST", at(one)+"/answer", doc{"result": "explained", "answer": "要换整条路"})
	r.does("street", "POST", at(one)+"/concession", later)
	behalf := needDraft(r.Home)
	behalf["onBehalf"] = doc{"consent": "oral", "note": "上门问的，打 " + apptest.Phone}
	elder := r.does("grid", "POST", "/needs", behalf).Text("id")
	r.does("secretary", "POST", at(elder)+"/review", doc{"decision": "accept"})
	r.does("secretary", "POST", at(elder)+"/answer", doc{"result": "solved", "answer": "修好了"})
	for range 3 {
		r.does("street", "POST", at(elder)+"/missed-calls", nil)
		r.Clocks.Business.Advance(aDay)
	}
	r.does("street", "POST", at(elder)+"/lapse", nil)
	rehearseAdmissions(r)
}

// rehearseAssignments returns where one is that is verified.
func rehearseAssignments(r *rehearsal, need string) string {
	send := func() string {
		return r.does("secretary", "POST", "/assignments", doc{
			"needId": need, "to": []doc{{"nodeId": r.Unit, "kind": "lead"}}, "what": "换井盖，打 " + apptest.Phone, "term": "ordinary",
			"clause": "第 41 项",
		}).Text("items", 0, "id")
	}
	does := func(persona, one, step string, body any) {
		r.does(persona, "POST", fmt.Sprint("/assignments/", one, "/", step), body)
	}
	does("member-3", send(), "refusal", doc{"clause": "第 3 项，打 " + apptest.Phone, "instead": "县住建局"})
	does("secretary", send(), "cancellation", doc{"reason": "换一家，打 " + apptest.Phone})
	bound := send()
	does("county", bound, "binding", doc{"reason": "县里定的，打 " + apptest.Phone})
	does("secretary", bound, "cancellation", doc{"reason": "另有安排"})
	one := send()
	does("member-3", one, "acceptance", nil)
	does("street", one, "extension", doc{"until": r.Clocks.Business.Now().AddDate(0, 0, 9), "reason": "等配件，打 " + apptest.Phone})
	does("member-3", one, "report", doc{"answer": "换好了，打 " + apptest.Phone})
	does("secretary", one, "return", doc{"reason": "还晃，打 " + apptest.Phone})
	does("member-3", one, "report", doc{"answer": "垫平了"})
	does("grid", one, "verification", nil)
	return "/assignments/" + one
}

func rehearseAdmissions(r *rehearsal) {
	draft := permit(r.Town, r.Unit)
	draft["from"] = r.Clocks.Business.Now().AddDate(0, 0, 60).Format("2006-01-02") // over whatever holidays
	asked := func() string { return r.does("member-3", "POST", "/admissions", draft).Text("id") }
	r.does("member-3", "POST", "/admissions/"+asked()+"/withdrawal", nil)
	r.does("county", "POST", "/admissions/"+asked()+"/decision", doc{"decision": "refuse", "reason": "今年不开展，打 " + apptest.Phone})
	one := asked()
	r.does("county", "POST", "/admissions/"+one+"/decision", doc{"decision": "admit"})
	r.Clocks.Business.Advance(61 * aDay)
	sent := r.does("member-3", "POST", "/assignments", doc{
		"fromId": r.Unit, "admissionId": one, "to": []doc{{"nodeId": r.Home, "kind": "help"}}, "what": "劝导夜市", "term": "ordinary",
	}).Text("items", 0, "id")
	r.does("secretary", "POST", "/assignments/"+sent+"/refusal", doc{"notAdmitted": true})
	r.does("county", "POST", "/admissions/"+one+"/end", doc{"reason": "验收完了，打 " + apptest.Phone})
}
