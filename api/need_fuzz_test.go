package api_test

// needOperations are those that needStory leads to.
var needOperations = []string{
	"createNeed", "editNeed", "reviewNeed", "mergeNeed", "handOverNeed", "suspendNeed", "resumeNeed", "answerNeed", "confirmNeed",
	"missNeedCall", "lapseNeed", "concedeNeed", "reopenNeed", "withdrawNeed", "followNeed", "unfollowNeed",
	"getNeedContact", "listNeedContactReads", "createAssignments", "getAssignment", "acceptAssignment",
	"refuseAssignment", "bindAssignment", "reportAssignment", "verifyAssignment", "returnAssignment",
	"extendAssignment", "undoAssignment", "cancelAssignment",
}

// admissionStory is an admission that comes to the operation, or anywhere.
func (f *fuzzer) admissionStory(operation string) func() {
	does := func(op string, oneIn int) bool { return operation == op || operation == "" && f.one(oneIn) }
	return func() {
		now := f.w.Clocks.Business.Now()
		a, _ := f.says("responder", "createAdmission", "/admissions", doc{
			"unitId": f.w.Unit, "nodeId": f.w.Home, "what": "劝导夜市", "reason": "人手不够", "helpers": 2,
			"from": now.AddDate(0, 0, 60).Format("2006-01-02"), "until": now.AddDate(0, 0, 90).Format("2006-01-02"),
		})
		at := "/admissions/" + a.Text("id")
		f.says("responder", "getAdmission", at, nil)
		if does("withdrawAdmission", 4) {
			f.says("responder", "withdrawAdmission", at+"/withdrawal", nil)
			return
		}
		f.says("county", "decideAdmission", at+"/decision", doc{"decision": "admit"})
		if does("endAdmission", 2) {
			f.says("responder", "endAdmission", at+"/end", doc{"reason": "验收完了"})
		}
	}
}

// needStory takes a need some of its way.
func (f *fuzzer) needStory() {
	said := func() string {
		a, _ := f.says("resident", "createNeed", "/needs", needDraft(f.w.Home))
		return a.Text("id")
	}
	need := said()
	at := "/needs/" + need
	later := doc{"reviewAt": f.w.Clocks.Business.Now().AddDate(0, 0, 20), "reason": "等化冻"}
	if f.one(5) {
		f.says("secretary", "reviewNeed", at+"/review", doc{"decision": "reject", "rejection": "unclear", "reason": "请写清楚"})
		f.says("resident", "editNeed", at, doc{"text": "三号楼的井盖", "place": "三号楼"})
		return
	}
	f.says("secretary", "reviewNeed", at+"/review", doc{"decision": "accept"})
	f.says("secretary", "getNeedContact", at+"/contact", nil)
	f.says("resident", "listNeedContactReads", at+"/contact-reads", nil)
	switch f.rng.IntN(7) {
	case 0:
		other := said()
		f.says("secretary", "mergeNeed", "/needs/"+other+"/merge", doc{"into": need})
	case 4:
		f.says("secretary", "handOverNeed", at+"/handover", wishOf)
	case 1:
		f.says("street", "suspendNeed", at+"/suspension", later)
		f.says("secretary", "resumeNeed", at+"/resumption", nil)
	case 2:
		f.says("resident", "withdrawNeed", at+"/withdrawal", nil)
	case 3:
		f.says("resident-2", "followNeed", at+"/followers", nil)
		f.says("resident-2", "unfollowNeed", at+"/followers/mine", nil)
	}
	if !f.one(3) {
		f.assignmentStory(need, "")
	}
	f.says("secretary", "answerNeed", at+"/answer", doc{"result": "solved", "answer": "换好了"})
	switch f.rng.IntN(5) {
	case 0:
		f.says("street", "concedeNeed", at+"/concession", later)
	case 1:
		f.lapse(at)
	case 2:
		f.says("resident", "confirmNeed", at+"/confirmation", doc{"solved": "no", "again": true, "comment": "还松"})
	default:
		f.says("resident", "confirmNeed", at+"/confirmation", doc{"solved": "yes"})
		f.says("resident", "reopenNeed", at+"/reopening", doc{"reason": "又松了"})
	}
}

// lapse has nobody answer the phone for three days.
func (f *fuzzer) lapse(at string) {
	for range 3 {
		f.says("grid", "missNeedCall", at+"/missed-calls", nil)
		f.w.Clocks.Business.Advance(aDay)
		must(f.t, f.w.App.Sweep(f.t.Context()))
	}
	f.says("street", "lapseNeed", at+"/lapse", nil)
}

// lapseStory is a need that comes to nothing but calls.
func (f *fuzzer) lapseStory() {
	a, _ := f.says("resident", "createNeed", "/needs", needDraft(f.w.Home))
	at := "/needs/" + a.Text("id")
	f.says("secretary", "reviewNeed", at+"/review", doc{"decision": "accept"})
	f.says("secretary", "answerNeed", at+"/answer", doc{"result": "solved", "answer": "换好了"})
	f.lapse(at)
}

// orderStory is an assignment that comes to the operation.
func (f *fuzzer) orderStory(operation string) func() {
	return func() {
		a, _ := f.says("resident", "createNeed", "/needs", needDraft(f.w.Home))
		f.says("secretary", "reviewNeed", "/needs/"+a.Text("id")+"/review", doc{"decision": "accept"})
		f.assignmentStory(a.Text("id"), operation)
	}
}

// assignmentStory is what a unit owes for the need, and does, or not; it comes to the operation where one is named.
func (f *fuzzer) assignmentStory(need, operation string) {
	does := func(op string, oneIn int) bool { return operation == op || operation == "" && f.one(oneIn) }
	a, _ := f.says("secretary", "createAssignments", "/assignments", doc{
		"needId": need, "to": []doc{{"nodeId": f.w.Unit, "kind": "lead"}}, "what": "换井盖", "term": "ordinary",
	})
	at := "/assignments/" + a.Text("items", 0, "id")
	step := func(persona, operation, path string, body any) { f.says(persona, operation, at+path, body) }
	step("responder", "getAssignment", "", nil)
	switch {
	case does("refuseAssignment", 4):
		step("responder", "refuseAssignment", "/refusal", doc{"clause": "第 3 项", "instead": "住建局"})
		return
	case does("bindAssignment", 4):
		step("county", "bindAssignment", "/binding", doc{"reason": "县里定"})
	default:
		step("responder", "acceptAssignment", "/acceptance", nil)
	}
	until := f.w.Clocks.Business.Now().AddDate(0, 0, 9)
	step("street", "extendAssignment", "/extension", doc{"until": until, "reason": "等配件"})
	step("responder", "reportAssignment", "/report", doc{"answer": "换好了"})
	if does("returnAssignment", 3) {
		step("secretary", "returnAssignment", "/return", doc{"reason": "还晃"})
		step("responder", "reportAssignment", "/report", doc{"answer": "垫平了"})
	}
	if does("cancelAssignment", 4) {
		step("secretary", "cancelAssignment", "/cancellation", doc{"reason": "另有安排"})
		return
	}
	step("grid", "verifyAssignment", "/verification", nil)
	if does("undoAssignment", 4) {
		f.says("secretary", "answerNeed", "/needs/"+need+"/answer", doc{"result": "solved", "answer": "换好了"})
		f.says("resident", "confirmNeed", "/needs/"+need+"/confirmation", doc{"solved": "no", "again": true, "comment": "还松"})
		step("secretary", "undoAssignment", "/undo", doc{"reason": "又松了"})
		step("street", "verifyAssignment", "/verification", nil)
	}
}
