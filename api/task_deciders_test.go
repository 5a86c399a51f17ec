package api_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/devstack"
	"xinyuan/internal/id"
	"xinyuan/internal/task"
)

// walk is a town in which people hold every kind of right, and of whom several
// hold two.
type walk struct {
	*apptest.Town
	used  int     // members who have done something already
	hours int     // of yesterday that have been reported
	other id.Node // a unit to which no decider belongs
}

// walkers are who is asked about each matter: member-1 is the secretary's deputy,
// member-2 a deputy and an officer of the county, member-3 a building head,
// member-4 the street's other officer.
var walkers = []string{
	"secretary", "member-1", "member-2", "grid", "member-3", "street", "member-4", "county", "auditor", "unit", "leader",
	"member-5", "resident",
}

// waitingMatter is a row of the table of what waits for staff.
type waitingMatter struct {
	kind task.Kind
	make func(w *walk) (id string) // a new one, that waits
}

func newWalk(t *testing.T) *walk {
	t.Helper()
	w := &walk{Town: apptest.NewTown(apptest.New(t, append(unsampled(), apptest.WithoutWorker())...), 320)}
	w.Enroll("secretary")
	secretarysPhone(w.Town)
	for _, deputy := range []string{"member-1", "member-2"} {
		give(w.Town, "street", deputy, "grid_leader", w.Grid).Want(201) // only who works for the community stands in
		w.Call("secretary", "POST", "/api/v1/delegations", map[string]any{
			"deputyId": w.People[deputy], "nodeId": w.Home, "from": w.Clocks.Business.Now().Format(time.DateOnly),
			"until": w.Clocks.Business.Now().AddDate(0, 0, 58).Format(time.DateOnly),
		}).Want(201)
	}
	w.Grant("member-2", id.RoleCounty, w.County)
	give(w.Town, "secretary", "member-3", "building_head", w.Grid).Want(201)
	w.Grant("member-4", id.RoleStreet, w.Street)
	return w
}

// somebody is a member who has done nothing yet.
func (w *walk) somebody() string {
	w.used++
	return fmt.Sprintf("member-%d", 10+w.used)
}

// hour is one of yesterday of which nobody has reported anything.
func (w *walk) hour() int {
	w.hours++
	return w.hours - 1
}

func (w *walk) posted(by string) string {
	return w.Call(by, "POST", "/api/v1/wishes", apptest.Draft(w.Home)).Want(201).Text("id")
}

// claimed is a claim of the wish, which the first publishes.
func (w *walk) claimed(wish, publishes, claims string, invited ...string) string {
	people := []any{}
	for _, persona := range invited {
		people = append(people, w.People[persona])
	}
	w.Call(publishes, "POST", "/api/v1/wishes/"+wish+"/review", map[string]any{"decision": "publish"}).Want(200)
	body := map[string]any{"participantIds": people}
	return w.Call(claims, "POST", "/api/v1/wishes/"+wish+"/claims", body).Want(201).Text("id")
}

// delivered is such a claim that approves has approved.
func (w *walk) delivered(wish, approves, claims string, invited ...string) string {
	claim := w.claimed(wish, approves, claims, invited...)
	w.Call(approves, "POST", "/api/v1/claims/"+claim+"/review", map[string]any{"decision": "approve"}).Want(200)
	w.Call(claims, "POST", "/api/v1/claims/"+claim+"/delivery", map[string]any{"note": "换好了"}).Want(200)
	return claim
}

// disputed is a claim: the resident has said twice that its deed is not done.
func (w *walk) disputed(approves, claims string, invited ...string) string {
	claim := w.delivered(w.Post(), approves, claims, invited...)
	no := map[string]any{"accepted": false, "comment": "还滴水"}
	w.Call("resident", "POST", "/api/v1/claims/"+claim+"/confirmation", no).Want(200)
	w.Call(claims, "POST", "/api/v1/claims/"+claim+"/delivery", map[string]any{"note": "又换好了"}).Want(200)
	w.Call("resident", "POST", "/api/v1/claims/"+claim+"/confirmation", no).Want(200)
	return claim
}

// again is one of which the persona has recorded a yes that is to be asked again.
func (w *walk) again(approves, records string) string {
	claim := w.delivered(w.OnBehalf("grid", "13900000001"), approves, w.somebody())
	w.Clocks.Business.Advance(time.Second)
	w.AskAgain(100)
	recordYes(w.Town, records, claim).Want(200)
	w.Clocks.Business.Advance(time.Second)
	w.AskAgain(0)
	return claim
}

func (w *walk) complaint(by, kind string, more map[string]any) string {
	body := map[string]any{"kind": kind, "nodeId": w.Home, "text": "说好周三来，没有人来。"}
	for name, value := range more {
		body[name] = value
	}
	return w.Call(by, "POST", "/api/v1/complaints", body).Want(201).Text("id")
}

// objected is an objection of somebody to what the secretary recorded of them, or
// they themselves did.
func (w *walk) objected(who string, bySecretary bool) string {
	var record string
	if bySecretary {
		w.Served(who, 26*time.Hour, 60, "清雪")
		record = w.Call(who, "GET", "/api/v1/service-records?mine=true", nil).Want(200).Text("items", 0, "id")
	} else {
		record = service(w.Town, who, 8, 1).Want(201).Text("id")
		w.Call("street", "POST", "/api/v1/service-records/"+record+"/review", confirm).Want(200)
	}
	return w.Call(who, "POST", "/api/v1/objections", map[string]any{"recordId": record, "text": "是两个小时"}).Want(201).Text("id")
}

// deed is an assignment of which the unit says that it is done.
func (w *walk) deed() string {
	responder := w.somebody()
	w.Grant(responder, id.RoleResponder, w.Unit)
	_, one := whistled(w.Town)
	stepOn(w.Town, responder, one, "acceptance", nil).Want(200)
	stepOn(w.Town, responder, one, "report", doc{"answer": "换好了"}).Want(200)
	return one
}

// admission is what a unit asks of the county.
func (w *walk) admission() string {
	responder := w.somebody()
	w.Grant(responder, id.RoleResponder, w.Unit)
	return w.Call(responder, "POST", "/api/v1/admissions", permit(w.Town, w.Unit)).Want(201).Text("id")
}

// named is the case of a name that the persona wants and that the list does not pass.
func (w *walk) named(persona string) string {
	rename(w.Town, persona, "代开发票")
	w.CheckTexts()
	var one string
	must(w.T, w.App.DB.Pool().QueryRowContext(w.T.Context(),
		"SELECT id FROM content_cases WHERE writer_id = ? ORDER BY id DESC LIMIT 1", w.People[persona]).Scan(&one))
	return one
}

// waitingMatters are matters of each kind, with staff of each level in each part.
func waitingMatters() map[string]waitingMatter {
	return map[string]waitingMatter{
		"a resident's wish":              {task.KindWish, func(w *walk) string { return w.Post() }},
		"the secretary's wish":           {task.KindWish, func(w *walk) string { return w.posted("secretary") }},
		"a deputy's wish":                {task.KindWish, func(w *walk) string { return w.posted("member-1") }},
		"the street's wish":              {task.KindWish, func(w *walk) string { return w.posted("street") }},
		"a wish that the grid recorded":  {task.KindWish, func(w *walk) string { return w.OnBehalf("grid", "13900000001") }},
		"one that the secretary did":     {task.KindWish, func(w *walk) string { return w.OnBehalf("secretary", "13900000001") }},
		"one that a deputy did":          {task.KindWish, func(w *walk) string { return w.OnBehalf("member-2", "13900000001") }},
		"one with the secretary's phone": {task.KindWish, func(w *walk) string { return w.OnBehalf("grid", ownPhone) }},
		"a claim":                        {task.KindClaim, func(w *walk) string { return w.claimed(w.Post(), "secretary", w.somebody()) }},
		"the secretary's claim":          {task.KindClaim, func(w *walk) string { return w.claimed(w.Post(), "street", "secretary") }},
		"a deputy's claim":               {task.KindClaim, func(w *walk) string { return w.claimed(w.Post(), "secretary", "member-1") }},
		"the secretary is invited":       {task.KindClaim, func(w *walk) string { return w.claimed(w.Post(), "street", w.somebody(), "secretary") }},
		"a claim of an elder's wish":     {task.KindClaim, func(w *walk) string { return w.claimed(w.OnBehalf("secretary", "13900000001"), "street", w.somebody()) }},

		"a dispute, the secretary approved": {task.KindDispute, func(w *walk) string { return w.disputed("secretary", w.somebody()) }},
		"a dispute, the street approved":    {task.KindDispute, func(w *walk) string { return w.disputed("street", w.somebody(), "secretary") }},
		"a denied yes of a building head": {task.KindDispute, func(w *walk) string {
			claim := w.again("secretary", "member-3")
			recordNo(w.Town, "member-1", claim).Want(200)
			return claim
		}},
		"a denied yes of the secretary": {task.KindDispute, func(w *walk) string {
			claim := w.again("street", "secretary")
			recordNo(w.Town, "member-3", claim).Want(200)
			return claim
		}},

		"an elder to call, the secretary approved": {task.KindCallback, func(w *walk) string {
			return w.delivered(w.OnBehalf("grid", "13900000001"), "secretary", w.somebody())
		}},
		"an elder to call, the street approved": {task.KindCallback, func(w *walk) string {
			return w.delivered(w.OnBehalf("member-3", "13900000001"), "street", w.somebody(), "secretary")
		}},
		"an elder with the secretary's phone": {task.KindCallback, func(w *walk) string {
			return w.delivered(w.OnBehalf("grid", ownPhone), "street", w.somebody(), "member-3")
		}},
		"a yes of a building head, again": {task.KindCallback, func(w *walk) string { return w.again("secretary", "member-3") }},
		"a yes of a deputy, again":        {task.KindCallback, func(w *walk) string { return w.again("secretary", "member-1") }},
		"a yes of the street, again":      {task.KindCallback, func(w *walk) string { return w.again("member-1", "street") }},

		"a report-in": {task.KindMembership, func(w *walk) string {
			w.used++
			code := w.WeChat.NewCode(fmt.Sprintf("newcomer-%d", w.used))
			token := w.Send("", "POST", "/api/v1/sessions", map[string]any{"code": code}).Want(201).Text("token")
			return reportIn(w.Town, token, "赵德顺").Want(201).Text("id")
		}},

		"a complaint":                {task.KindComplaint, func(w *walk) string { return w.complaint("resident", "complaint", nil) }},
		"a suggestion":               {task.KindComplaint, func(w *walk) string { return w.complaint("resident", "suggestion", nil) }},
		"the secretary's suggestion": {task.KindComplaint, func(w *walk) string { return w.complaint("secretary", "suggestion", nil) }},
		"a suggestion about a wish": {task.KindComplaint, func(w *walk) string {
			wish := w.Post()
			w.delivered(wish, "secretary", w.somebody(), "member-3")
			return w.complaint("resident", "suggestion", map[string]any{"wishId": wish})
		}},

		"an hour":                {task.KindService, func(w *walk) string { return service(w.Town, w.somebody(), 8, 1).Want(201).Text("id") }},
		"an hour of a deputy":    {task.KindService, func(w *walk) string { return service(w.Town, "member-1", w.hour(), 1).Want(201).Text("id") }},
		"an hour of a secretary": {task.KindService, func(w *walk) string { return service(w.Town, "secretary", w.hour(), 1).Want(201).Text("id") }},
		"nine hours, confirmed once": {task.KindService, func(w *walk) string {
			record := service(w.Town, w.somebody(), 8, 9).Want(201).Text("id")
			w.Call("secretary", "POST", "/api/v1/service-records/"+record+"/review", confirm).Want(200)
			return record
		}},
		"nine hours that the street confirmed": {task.KindService, func(w *walk) string {
			record := service(w.Town, w.somebody(), 8, 9).Want(201).Text("id")
			w.Call("street", "POST", "/api/v1/service-records/"+record+"/review", confirm).Want(200)
			return record
		}},

		"a need":                           {task.KindNeed, func(w *walk) string { return say(w.Town) }},
		"what a department asks":           {task.KindAdmission, func(w *walk) string { return w.admission() }},
		"the secretary's project":          {task.KindProject, func(w *walk) string { return proposedAmong(w.Town) }},
		"what a unit offers yearly":        {task.KindBrand, func(w *walk) string { return w.brand() }},
		"what the secretary's unit offers": {task.KindBrand, func(w *walk) string { return proposedByUnit(w.Town) }},
		"a deed that a unit did":           {task.KindAssignment, func(w *walk) string { return w.deed() }},
		"a name that is looked at":         {task.KindCase, func(w *walk) string { return w.named(w.somebody()) }},
		"an objection":                     {task.KindObjection, func(w *walk) string { return w.objected(w.somebody(), false) }},
		"an objection to the secretary's":  {task.KindObjection, func(w *walk) string { return w.objected(w.somebody(), true) }},
	}
}

// decide has the persona decide against the matter, or record a call's yes.
func (w *walk) decide(persona string, kind task.Kind, id string) apptest.Answer {
	path, body := "", map[string]any{"decision": "decline", "reason": "不合适"}
	switch kind {
	case task.KindWish:
		path, body["decision"] = "/api/v1/wishes/"+id+"/review", "reject"
	case task.KindClaim, task.KindDispute:
		path = "/api/v1/claims/" + id + "/review"
	case task.KindMembership:
		path, body["decision"] = "/api/v1/memberships/"+id+"/review", "reject"
	case task.KindService:
		path, body["decision"] = "/api/v1/service-records/"+id+"/review", "reject"
	case task.KindObjection:
		path, body["decision"] = "/api/v1/objections/"+id+"/review", "dismiss"
	case task.KindComplaint:
		return answer(w.Town, persona, id)
	case task.KindCallback:
		return recordYes(w.Town, persona, id)
	case task.KindCase:
		path, body["decision"] = "/api/v1/cases/"+id+"/review", "remove"
	case task.KindNeed:
		path, body = "/api/v1/needs/"+id+"/review", doc{"decision": "reject", "rejection": "unclear", "reason": "请写清楚"}
	case task.KindAdmission:
		return w.Call(persona, "POST", "/api/v1/admissions/"+id+"/decision", doc{"decision": "refuse", "reason": "今年不开展"})
	case task.KindAssignment:
		return stepOn(w.Town, persona, id, "verification", nil)
	case task.KindBrand:
		return w.Call(persona, "POST", "/api/v1/brands/"+id+"/acceptance", nil)
	case task.KindProject:
		return onProject(w.Town, persona, id, "review", doc{"decision": "reject", "reason": "这是物业该做的"})
	}
	return w.Call(persona, "POST", path, body)
}

// listed tells for whom the matter waits.
func (w *walk) listed(kind task.Kind, id string) []string {
	var all []string
	for _, persona := range walkers {
		a := w.Call(persona, "GET", "/api/v1/approvals?limit=100&kind="+string(kind), nil)
		for i := range a.Len("items") {
			if a.Text("items", i, "id") == id {
				all = append(all, persona)
			}
		}
	}
	return all
}

// offers tells whether the page of the claim's or the wish's own offers the
// decision to the persona.
func (w *walk) offers(persona string, kind task.Kind, id string) bool {
	field := "mayDecide"
	switch kind { //exhaustive:ignore
	case task.KindWish:
	case task.KindCallback, task.KindDispute, task.KindClaim:
		var wish string
		must(w.T, w.App.DB.Pool().QueryRowContext(w.T.Context(), "SELECT wish_id FROM claims WHERE id = ?", id).Scan(&wish))
		id = wish
		if kind == task.KindCallback {
			field = "mayRecordAnswer"
		}
	default:
		return false
	}
	return w.Call(persona, "GET", "/api/v1/wishes/"+id, nil).At(field) == true
}

// level is how far above the community the right stands by which the persona
// decided last.
func (w *walk) level(persona string) int {
	w.T.Helper()
	var level int
	must(w.T, w.App.DB.Pool().QueryRowContext(w.T.Context(), `SELECT COALESCE(a.distance, 0) FROM events e
		JOIN role_grants g ON g.id = e.grant_id LEFT JOIN node_ancestors a ON a.node_id = ? AND a.ancestor_id = g.node_id
		WHERE e.actor_id = ? ORDER BY e.id DESC LIMIT 1`, w.Home, w.People[persona]).Scan(&level))
	return level
}

// allowed tries the decision as everybody, on a new matter after each who may. It
// tells at which level each may, and compares what the pages offer.
func (w *walk) allowed(name string, m waitingMatter) map[string]int {
	all, id := map[string]int{}, m.make(w)
	for _, persona := range walkers {
		offered := w.offers(persona, m.kind, id)
		a := w.decide(persona, m.kind, id)
		if a.Status < 300 {
			all[persona] = w.level(persona)
			w.Clocks.Business.Advance(time.Second)
		} else if a.Status != 403 && a.Status != 404 {
			w.T.Errorf("%s: %s is answered %d %s", name, persona, a.Status, a.Raw)
		}
		if hasPage := slices.Contains([]task.Kind{task.KindWish, task.KindClaim, task.KindDispute,
			task.KindCallback}, m.kind); hasPage && offered != (a.Status < 300) {
			w.T.Errorf("%s: the page offers it to %s: %t, and the answer is %d", name, persona, offered, a.Status)
		}
		if a.Status < 300 {
			id = m.make(w)
		}
	}
	return all
}

// nearest are who may at the nearest so many levels at which somebody may.
func nearest(may map[string]int, levels int) []string {
	var steps []int
	for _, level := range may {
		if !slices.Contains(steps, level) {
			steps = append(steps, level)
		}
	}
	slices.Sort(steps)
	steps = steps[:min(levels, len(steps))]
	return slices.DeleteFunc(slices.Clone(walkers), func(persona string) bool {
		level, allowed := may[persona]
		return !allowed || !slices.Contains(steps, level)
	})
}

// Whatever waits is on the list of exactly those at the nearest level who may
// decide it, and after three days of those at the next: nobody is sent to a
// refusal, and nothing waits for nobody. make test has one matter of each kind, and those in which the secretary has a part.
func TestWhoeverIsListedMayDecide(t *testing.T) {
	t.Parallel()
	w, matters := newWalk(t), waitingMatters()
	may, old := map[string]map[string]int{}, map[string]string{}
	seen := map[task.Kind]bool{}
	for _, name := range slices.Sorted(maps.Keys(matters)) {
		m := matters[name]
		if !devstack.IsWhole() && seen[m.kind] && !strings.Contains(name, "secretary") {
			delete(matters, name)
			continue
		}
		seen[m.kind] = true
		id := m.make(w)
		listed := w.listed(m.kind, id)
		may[name], old[name] = w.allowed(name, m), id
		if want := nearest(may[name], 1); !slices.Equal(listed, want) || len(want) == 0 {
			t.Errorf("%s waits for %q, and at the nearest level may decide %q", name, listed, want)
		}
	}
	w.Clocks.Business.Advance(73 * time.Hour)
	for name, m := range matters {
		if listed, want := w.listed(m.kind, old[name]), nearest(may[name], 2); !slices.Equal(listed, want) {
			t.Errorf("after three days %s waits for %q, and at two levels may decide %q", name, listed, want)
		}
	}
	for _, kind := range task.Kinds() {
		if !seen[kind] {
			t.Errorf("no matter of kind %s is tried", kind)
		}
	}
	w.Healthy()
}
