package api_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/ballot"
	"xinyuan/internal/id"
	"xinyuan/internal/project"
)

// neighbours are people who live in the home community, beside the resident. None of them has reported in.
var neighbours = []string{"resident-2", "member-191", "member-192", "member-193", "member-194", "member-195"}

// settle has the resident, the neighbours and the unit's liaison live in the home community.
func settle(w *apptest.Town) {
	w.T.Helper()
	for _, persona := range append([]string{"resident", "unit"}, neighbours...) {
		a := w.Call(persona, "PATCH", "/api/v1/me", doc{"homeNodeId": w.Home}).Want(200)
		n, err := strconv.ParseInt(a.Text("id"), 10, 64)
		must(w.T, err)
		w.People[persona] = id.User(n)
	}
}

// projectTown is a town with two units, in which seven people live.
func projectTown(t *testing.T) (w *apptest.Town, other id.Node) {
	t.Helper()
	w = apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	other = w.AddUnit("县住建局", w.Street)
	w.EnrollAt("responder-2", w.Home, other)
	w.Grant("responder-2", id.RoleUnitLiaison, other)
	settle(w)
	return w, other
}

// idea is a project for the whole community.
func idea(w *apptest.Town) doc {
	return doc{"nodeId": w.Home, "title": "给楼道装灯", "text": "三个单元的楼道晚上看不见，有事打 " + apptest.Phone, "forAll": true}
}

func onProject(w *apptest.Town, persona, one, step string, body any) apptest.Answer {
	w.T.Helper()
	return w.Call(persona, "POST", "/api/v1/projects/"+one+"/"+step, body)
}

func projectOf(w *apptest.Town, persona, one string) apptest.Answer {
	w.T.Helper()
	return w.Call(persona, "GET", "/api/v1/projects/"+one, nil).Want(200)
}

func proposed(w *apptest.Town) string {
	w.T.Helper()
	return w.Call("secretary", "POST", "/api/v1/projects", idea(w)).Want(201).Text("id")
}

func openProject(w *apptest.Town) string {
	w.T.Helper()
	one := proposed(w)
	onProject(w, "street", one, "review", doc{"decision": "publish"}).Want(200)
	return one
}

func matched(w *apptest.Town) string {
	w.T.Helper()
	one := openProject(w)
	onProject(w, "unit", one, "claims", doc{"unitId": w.Unit}).Want(200)
	return one
}

// plan is milestones, each of the unit that leads.
func plan(w *apptest.Town, texts ...string) doc {
	all := []doc{}
	for _, text := range texts {
		all = append(all, doc{"text": text, "due": w.Clocks.Business.Now().AddDate(0, 1, 0).Format(time.DateOnly), "unitId": w.Unit})
	}
	return doc{"milestones": all}
}

func startedProject(w *apptest.Town) string {
	w.T.Helper()
	one := matched(w)
	onProject(w, "secretary", one, "start", plan(w, "装好一单元，打 "+apptest.Phone)).Want(200)
	return one
}

func deliveredProject(w *apptest.Town) string {
	w.T.Helper()
	one := startedProject(w)
	onProject(w, "unit", one, "milestones/0/report", nil).Want(200)
	onProject(w, "unit", one, "delivery", nil).Want(200)
	return one
}

// asked is a project about which people vote, and the vote.
func asked(w *apptest.Town) (one, vote string) {
	w.T.Helper()
	one = deliveredProject(w)
	onProject(w, "secretary", one, "ballots", nil).Want(200)
	return one, projectOf(w, "resident", one).Text("ballot", "id")
}

func cast(w *apptest.Town, persona, vote, choice string) apptest.Answer {
	w.T.Helper()
	return w.Call(persona, "POST", "/api/v1/ballots/"+vote+"/voices", doc{"choice": choice})
}

// castAll has so many say yes and then no, the neighbours first, then the resident.
func castAll(w *apptest.Town, vote string, yes, no int) {
	w.T.Helper()
	for i, persona := range append(slices.Clone(neighbours), "resident")[:yes+no] {
		cast(w, persona, vote, map[bool]string{true: "yes", false: "no"}[i < yes]).Want(200)
	}
}

// enter has the persona enter what stands on somebody's paper.
func enter(w *apptest.Town, persona, vote, of, choice string) apptest.Answer {
	w.T.Helper()
	return w.Call(persona, "POST", "/api/v1/ballots/"+vote+"/papers", doc{"userId": w.People[of], "choice": choice})
}

// counted lets the time of a vote pass.
func counted(w *apptest.Town) {
	w.T.Helper()
	w.Clocks.Business.Advance(ballot.Span)
	must(w.T, w.App.Sweep(w.T.Context()))
}

func acceptedProject(w *apptest.Town) string {
	w.T.Helper()
	one, vote := asked(w)
	castAll(w, vote, len(neighbours), 0)
	counted(w)
	onProject(w, "secretary", one, "acceptance", nil).Want(200)
	return one
}

// The whole way of a project: proposed out of a need, published by another person, taken by a unit, begun, delivered,
// voted about by those whom it is for, and accepted.
func TestAProjectsWay(t *testing.T) {
	t.Parallel()
	w, other := projectTown(t)
	need := handled(w)
	w.CheckTexts()
	w.Call("resident-2", "POST", "/api/v1/needs/"+need+"/followers", nil).Want(200)
	w.Call("member-1", "POST", "/api/v1/needs/"+need+"/followers", nil).Want(200) // of the unit that will lead
	body := changed(idea(w), "needIds", []string{need})
	one := w.Call("secretary", "POST", "/api/v1/projects", body).Want(201).Text("id")
	w.CheckTexts()
	w.Call("resident", "GET", "/api/v1/projects/"+one, nil).Refused(404, "not_found")
	onProject(w, "secretary", one, "review", doc{"decision": "publish"}).Refused(403, "party_to_matter")
	if got := waitingFor(w, "street", "project"); !slices.Equal(got, []string{one}) {
		t.Errorf("for the street wait %v", got)
	}
	onProject(w, "street", one, "review", doc{"decision": "reject"}).Refused(422, "reason_required")
	onProject(w, "street", one, "review", doc{"decision": "publish"}).Want(200)
	if got := inboxOf(w, "resident")[0]; got != "您说的事成了一个项目，等单位来认：给楼道装灯" {
		t.Errorf("who asked reads %q", got)
	}
	if a := projectOf(w, "resident", one); strings.Contains(string(a.Raw), apptest.Phone) || a.Len("needs") != 1 {
		t.Errorf("a resident reads %s", a.Raw)
	}
	onProject(w, "unit", one, "claims", doc{"unitId": w.Unit}).Want(200)
	onProject(w, "responder-2", one, "claims", doc{"unitId": other}).Refused(409, "project_state")
	onProject(w, "responder-2", one, "claims", doc{"unitId": other, "helps": true}).Want(200)
	onProject(w, "unit", one, "claims", doc{"unitId": w.Unit, "helps": true}).Refused(409, "project_state")
	for _, query := range []string{"mine", "public&unitId=" + other.String()} {
		if a := w.Call("responder-2", "GET", "/api/v1/projects?scope="+query, nil).Want(200); a.Len("items") != 1 {
			t.Errorf("of what a unit helps the list %s is %s", query, a.Raw)
		}
	}
	milestones := plan(w, "装好一单元", "装好二单元")
	milestones["milestones"].([]doc)[1]["unitId"] = other
	onProject(w, "secretary", one, "start", milestones).Want(200)
	if got := todosOf(w, "unit"); !slices.Equal(got, []string{"project " + one}) {
		t.Errorf("the liaison's home shows %v", got)
	}
	onProject(w, "responder-2", one, "milestones/0/report", nil).Refused(403, "not_your_community")
	onProject(w, "responder-2", one, "milestones/1/report", nil).Want(200)
	onProject(w, "responder-2", one, "milestones/1/report", nil).Refused(409, "project_state")
	onProject(w, "unit", one, "milestones/4/report", nil).Refused(404, "not_found")
	onProject(w, "unit", one, "delivery", nil).Refused(409, "project_state")
	onProject(w, "unit", one, "milestones/0/report", nil).Want(200)
	onProject(w, "unit", one, "delivery", nil).Want(200)
	w.EnrollAt("grid", w.Home, other)
	voteAbout(w, one)
	onProject(w, "secretary", one, "undo", doc{"reason": "灯又坏了"}).Want(200)
	onProject(w, "secretary", one, "acceptance", nil).Refused(409, "not_carried")
	onProject(w, "secretary", one, "return", doc{"reason": "把灯修好"}).Want(200)
	onProject(w, "unit", one, "stop", doc{"reason": "没有配件"}).Want(200)
	w.CheckTexts()
	if a := projectOf(w, "member-191", one); !strings.Contains(string(a.Raw), "没有配件") {
		t.Errorf("why it was stopped is public: %s", a.Raw)
	}
	w.Healthy()
}

// voteAbout has those whom a delivered project is for vote about it, and the secretary accept it: nobody reads how it goes
// before.
func voteAbout(w *apptest.Town, one string) {
	onProject(w, "secretary", one, "acceptance", nil).Refused(409, "not_carried")
	onProject(w, "secretary", one, "ballots", nil).Want(200)
	vote := projectOf(w, "resident", one).Text("ballot", "id")
	if got := inboxOf(w, "member-191")[0]; got != "请您看看办得怎么样，投一票：给楼道装灯" {
		w.T.Errorf("a neighbour reads %q", got)
	}
	for _, persona := range []string{"secretary", "member-1", "unit", "county"} {
		cast(w, persona, vote, "yes").Refused(403, "not_on_roll")
	}
	enter(w, "grid", vote, "member-191", "yes").Refused(403, "party_to_matter") // who works at the unit that helps
	castAll(w, vote, len(neighbours), 1)
	cast(w, "resident", vote, "no").Want(200) // once more is the same
	cast(w, "resident", vote, "yes").Refused(409, "voted")
	for _, persona := range []string{"secretary", "resident", "auditor"} { // nobody reads how it goes
		if a := projectOf(w, persona, one); a.At("ballot", "yes") != nil || a.At("ballot", "carried") != false {
			w.T.Errorf("%s reads %s", persona, a.Raw)
		}
	}
	onProject(w, "secretary", one, "acceptance", nil).Refused(409, "not_carried")
	onProject(w, "secretary", one, "return", doc{"reason": "再看看"}).Refused(409, "project_state")
	counted(w)
	cast(w, "member-191", vote, "no").Refused(409, "voted")
	if a := projectOf(w, "resident", one); a.Number("ballot", "yes") != 6 || a.Number("ballot", "no") != 1 {
		w.T.Errorf("the result is %s", a.Raw)
	}
	onProject(w, "secretary", one, "acceptance", nil).Want(200)
	for _, persona := range []string{"member-191", "member-1"} {
		if got := inboxOf(w, persona)[0]; got != "居民认可了，成了：给楼道装灯" {
			w.T.Errorf("%s reads %q", persona, got)
		}
	}
}

// What is for nobody, for too few, or for what has an end, is no project; a plan has one to five steps of its units.
func TestWrongProjects(t *testing.T) {
	t.Parallel()
	w, other := projectTown(t)
	unread, need, private := say(w), handled(w), w.Call("resident", "POST", "/api/v1/needs", changed(needDraft(w.Home), "private", true)).Want(201).Text("id")
	few := changed(idea(w), "forAll", false)
	for name, c := range map[string]struct {
		body          doc
		field, saying string
	}{
		"no community":       {changed(idea(w), "nodeId", w.Street), "nodeId", "哪个社区"},
		"no words":           {changed(idea(w), "title", " "), "title", "项目名称"},
		"for nobody":         {few, "needIds", "为全社区"},
		"for one":            {changed(few, "needIds", []string{need}), "needIds", "只关系到 1 个人，不到 5 个人的不算项目，请发成微心愿"},
		"not public":         {changed(idea(w), "needIds", []string{private}), "needIds.0", "公开的"},
		"not taken up yet":   {changed(idea(w), "needIds", []string{unread}), "needIds.0", "公开的"},
		"the same twice":     {changed(idea(w), "needIds", []string{need, need}), "needIds", "两遍"},
		"another place":      {changed(changed(idea(w), "nodeId", w.Sister), "needIds", []string{need}), "needIds.0", "这个社区"},
		"nobody lives there": {changed(idea(w), "nodeId", w.Sister), "needIds", "只关系到 0 个人"},
	} {
		a := w.Call("street", "POST", "/api/v1/projects", c.body).Refused(422, "invalid_input")
		if a.Text("fields", 0, "path") != c.field || !strings.Contains(a.Text("fields", 0, "message"), c.saying) {
			t.Errorf("%s: %s", name, a.Raw)
		}
	}
	w.Call("leader", "POST", "/api/v1/projects", idea(w)).Refused(403, "not_your_community")
	w.Call("unit", "POST", "/api/v1/projects", changed(idea(w), "unitId", other)).Refused(403, "not_your_community")
	ofNeed := func() apptest.Answer {
		return w.Call("street", "POST", "/api/v1/projects", changed(idea(w), "needIds", []string{need}))
	}
	refused := ofNeed().Want(201).Text("id")
	ofNeed().Refused(422, "invalid_input")
	onProject(w, "secretary", refused, "review", doc{"decision": "reject", "reason": "物业应该做"}).Want(200)
	of := ofNeed().Want(201).Text("id")
	onProject(w, "secretary", of, "review", doc{"decision": "publish"}).Want(200)
	stepOf(w, "resident", need, "withdrawal", nil).Want(200)
	if a := projectOf(w, "leader", of); a.Len("needs") != 0 { // what was taken back is not read there, either
		t.Errorf("a stranger reads %s", a.Raw)
	}
	own := w.Call("unit", "POST", "/api/v1/projects", changed(idea(w), "unitId", w.Unit)).Want(201).Text("id")
	projectOf(w, "unit", own)
	onProject(w, "secretary", own, "review", doc{"decision": "reject", "reason": "物业应该做"}).Want(200)
	onProject(w, "secretary", own, "review", doc{"decision": "publish"}).Refused(409, "project_state")
	one := matched(w)
	foreign, early := plan(w, "装灯"), plan(w, "装灯")
	foreign["milestones"].([]doc)[0]["unitId"] = other
	early["milestones"].([]doc)[0]["due"] = "2026-01-01"
	for _, body := range []doc{foreign, early, plan(w), plan(w, " "), plan(w, "1", "2", "3", "4", "5", "6")} {
		onProject(w, "secretary", one, "start", body).Refused(422, "invalid_input")
	}
	onProject(w, "secretary", one, "start", plan(w, "1", "2", "3", "4", "5")).Want(200)
	w.Healthy()
}

// Who took it for their unit, who works there and who asked for it do not accept it.
func TestWhoAcceptsIsNoParty(t *testing.T) {
	t.Parallel()
	w, _ := projectTown(t)
	one := acceptedProject(w)
	onProject(w, "secretary", one, "undo", doc{"reason": "再看看"}).Want(200)
	w.Enroll("secretary") // from the unit that leads
	w.Grant("unit", id.RoleSecretary, w.Home)
	if n := w.Call("street", "GET", "/api/v1/approvals?kind=project", nil).Want(200).Len("items"); n != 1 {
		t.Errorf("nobody else is at the community, and the street is shown %d", n)
	}
	for _, persona := range []string{"secretary", "unit"} {
		if n := w.Call(persona, "GET", "/api/v1/approvals?kind=project", nil).Want(200).Len("items"); n != 0 {
			t.Errorf("%s is shown what they do not decide", persona)
		}
		onProject(w, persona, one, "ballots", nil).Refused(403, "party_to_matter")
		onProject(w, persona, one, "acceptance", nil).Refused(403, "party_to_matter")
		onProject(w, persona, one, "return", doc{"reason": "再看看"}).Refused(403, "party_to_matter")
	}
	onProject(w, "street", one, "return", doc{"reason": "再看看"}).Want(200)
	w.Healthy()
}

// No unit takes it: after 180 days it is over, and not a moment before. What was given back waits anew.
func TestAProjectExpires(t *testing.T) {
	t.Parallel()
	w, _ := projectTown(t)
	one, back := openProject(w), matched(w)
	w.Clocks.Business.Advance(project.OpenFor - time.Second)
	onProject(w, "unit", back, "release", doc{"reason": "人手不够"}).Want(200)
	must(t, w.App.Sweep(t.Context()))
	if a := projectOf(w, "resident", one); a.Text("project", "status") != "open" {
		t.Errorf("before its time it is %s", a.Raw)
	}
	w.Clocks.Business.Advance(time.Second)
	must(t, w.App.Sweep(t.Context()))
	if got := inboxOf(w, "secretary")[0]; got != "180 天没有单位来认，先放回：给楼道装灯" {
		t.Errorf("who proposed it reads %q", got)
	}
	onProject(w, "unit", one, "claims", doc{"unitId": w.Unit}).Refused(409, "project_state")
	onProject(w, "unit", back, "claims", doc{"unitId": w.Unit}).Want(200)
	w.Healthy()
}

// There is no money in a project, and nobody has points of one.
func TestProjectsAreFreeAndEarnNothing(t *testing.T) {
	t.Parallel()
	w, _ := projectTown(t)
	acceptedProject(w)
	for query, want := range map[string]int{
		"SELECT COUNT(*) FROM points_transfers": 0,
		"SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name REGEXP '^(project|ballot)' " +
			"AND column_name REGEXP 'price|money|amount|fee|cost|fund|point|budget'": 0,
	} {
		if n := rowCount(t, w, query); n != want {
			t.Errorf("%s: %d", query, n)
		}
	}
}
