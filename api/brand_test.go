package api_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/ballot"
	"xinyuan/internal/brand"
	"xinyuan/internal/id"
)

// localBrand is a brand of the home community that the town's unit leads.
func localBrand(w *apptest.Town) doc {
	return doc{
		"nodeId": w.Home, "unitId": w.Unit, "name": "邻里一家亲", "text": "每月一次邻里饭，有事打 " + apptest.Phone, "forWhom": "独居的老人",
	}
}

func onBrand(w *apptest.Town, persona, one, step string, body any) apptest.Answer {
	w.T.Helper()
	return w.Call(persona, "POST", "/api/v1/brands/"+one+"/"+step, body)
}

func brandOf(w *apptest.Town, persona, one string) apptest.Answer {
	w.T.Helper()
	return w.Call(persona, "GET", "/api/v1/brands/"+one, nil).Want(200)
}

func proposedBrand(w *apptest.Town) string {
	w.T.Helper()
	return w.Call("secretary", "POST", "/api/v1/brands", localBrand(w)).Want(201).Text("id")
}

func proposedByUnit(w *apptest.Town) string {
	w.T.Helper()
	return w.Call("unit", "POST", "/api/v1/brands", changed(localBrand(w), "byUnit", true)).Want(201).Text("id")
}

func activeBrand(w *apptest.Town) string {
	w.T.Helper()
	one := proposedBrand(w)
	onBrand(w, "unit", one, "acceptance", nil).Want(200)
	return one
}

// due lets time pass until a brand that has just begun may be renewed.
func due(w *apptest.Town) { w.Clocks.Business.Advance(365*24*time.Hour - brand.Ahead) }

// saidAboutBrand has residents vote whether the brand goes on, and the time of the vote pass.
func saidAboutBrand(w *apptest.Town, one string, yes, no int) {
	w.T.Helper()
	onBrand(w, "secretary", one, "ballots", nil).Want(200)
	vote := brandOf(w, "resident", one).Text("ballot", "id")
	castAll(w, vote, yes, no)
	w.Clocks.Business.Advance(ballot.Span)
	must(w.T, w.App.Sweep(w.T.Context()))
}

// The whole way of a brand: proposed to the unit that leads, begun by its yes, built by others, too, with a project of its
// own; voted about before its year is over, and renewed with what was counted.
func TestABrandsWay(t *testing.T) {
	t.Parallel()
	w, other := projectTown(t)
	one := proposedBrand(w)
	w.CheckTexts()
	w.Call("resident", "GET", "/api/v1/brands/"+one, nil).Refused(404, "not_found")
	listed := func(persona, query string, want int) {
		t.Helper()
		if n := w.Call(persona, "GET", "/api/v1/brands?scope="+query, nil).Want(200).Len("items"); n != want {
			t.Errorf("%s has %d brands of %s, want %d", persona, n, query, want)
		}
	}
	listed("resident", "public", 0)
	listed("unit", "mine", 1)
	onBrand(w, "secretary", one, "acceptance", nil).Refused(403, "not_your_community")
	if got := todosOf(w, "unit"); !slices.Equal(got, []string{"brand " + one}) {
		t.Errorf("the liaison's home shows %v", got)
	}
	onBrand(w, "responder-2", one, "acceptance", nil).Refused(404, "not_found")
	onBrand(w, "unit", one, "acceptance", nil).Want(200)
	onBrand(w, "unit", one, "acceptance", nil).Refused(409, "brand_state")
	if got := inboxOf(w, "secretary")[0]; got != "您提的品牌开始了：邻里一家亲" {
		t.Errorf("who proposed it reads %q", got)
	}
	if a := brandOf(w, "resident", one); strings.Contains(string(a.Raw), apptest.Phone) {
		t.Errorf("a resident reads %s", a.Raw)
	}
	onBrand(w, "responder-2", one, "units", doc{"unitId": other}).Want(200)
	onBrand(w, "responder-2", one, "units", doc{"unitId": other}).Refused(409, "brand_state")
	onBrand(w, "unit", one, "leaving", doc{"unitId": w.Unit, "reason": "忙"}).Refused(409, "brand_state")
	onBrand(w, "responder-2", one, "leaving", doc{"unitId": other, "reason": " "}).Refused(422, "invalid_input")
	onBrand(w, "responder-2", one, "leaving", doc{"unitId": other, "reason": "人手不够"}).Want(200)
	onBrand(w, "responder-2", one, "leaving", doc{"unitId": other, "reason": "人手不够"}).Refused(409, "brand_state")
	listed("responder-2", "mine", 0)
	onBrand(w, "responder-2", one, "units", doc{"unitId": other}).Want(200)
	listed("responder-2", "mine", 1)
	listed("resident", "public&unitId="+other.String(), 1)
	acceptedOfBrand(w, one)
	doneForBrand(w)
	onBrand(w, "secretary", one, "ballots", nil).Refused(409, "brand_state") // its year is long
	if got := waitingFor(w, "secretary", "brand"); len(got) > 0 {
		t.Errorf("for the secretary wait %v too early", got)
	}
	due(w)
	if got := waitingFor(w, "secretary", "brand"); !slices.Equal(got, []string{one}) {
		t.Errorf("for the secretary wait %v", got)
	}
	renewInTime(w, one, other)
	onBrand(w, "unit", one, "stop", doc{"reason": "单位撤并了"}).Want(200)
	if got := inboxOf(w, "responder-2")[0]; !strings.HasPrefix(got, "品牌不办了：邻里一家亲") {
		t.Errorf("who speaks for a unit that helps reads %q", got)
	}
	onBrand(w, "unit", one, "stop", doc{"reason": "单位撤并了"}).Refused(409, "brand_state")
	w.CheckTexts()
	w.Clocks.Business.Advance(time.Hour)
	if a := brandOf(w, "member-191", one); !strings.Contains(string(a.Raw), "单位撤并了") || a.Number("years", 1, "yes") != 6 ||
		a.Text("years", 0, "until") != a.Text("brand", "endedAt") {
		t.Errorf("why and when it was stopped is public, and what residents said: %s", a.Raw)
	}
	w.Healthy()
}

// acceptedOfBrand has a project of the brand accepted.
func acceptedOfBrand(w *apptest.Town, one string) {
	w.T.Helper()
	made := w.Call("secretary", "POST", "/api/v1/projects", changed(idea(w), "brandId", one)).Want(201)
	p := made.Text("id")
	if made.Text("brandName") != "邻里一家亲" {
		w.T.Errorf("the project says %s", made.Raw)
	}
	onProject(w, "street", p, "review", doc{"decision": "publish"}).Want(200)
	onProject(w, "unit", p, "claims", doc{"unitId": w.Unit}).Want(200)
	onProject(w, "secretary", p, "start", plan(w, "装灯")).Want(200)
	onProject(w, "unit", p, "milestones/0/report", nil).Want(200)
	onProject(w, "unit", p, "delivery", nil).Want(200)
	onProject(w, "secretary", p, "ballots", nil).Want(200)
	vote := projectOf(w, "resident", p).Text("ballot", "id")
	castAll(w, vote, len(neighbours), 0)
	counted(w)
	onProject(w, "secretary", p, "acceptance", nil).Want(200)
	if a := w.Call("resident", "GET", "/api/v1/projects?scope=public&brandId="+one, nil).Want(200); a.Len("items") != 1 {
		w.T.Errorf("its projects are %s", a.Raw)
	}
}

// doneForBrand is what counts of a year, three hours by people of the two units and an hour in a hall by a resident, and what
// does not: hours for no unit, and somebody from elsewhere in the hall.
func doneForBrand(w *apptest.Town) {
	w.T.Helper()
	room := offered(w, "unit", changed(hall(w), "seats", 2))
	booked := []string{}
	for _, persona := range []string{"resident", "leader"} {
		booked = append(booked, book(w, persona, room, want(onDay(w, 1, 9, 0))).Want(201).Text("items", 0, "id"))
	}
	advance(w, onDay(w, 1, 9, 0))
	for _, one := range booked {
		onBooking(w, "unit", one, "arrival", nil).Want(200)
	}
	for persona, minutes := range map[string]int64{"member-1": 119, "responder-2": 61, "resident": 120} {
		w.Served(persona, 3*time.Hour, minutes, "陪老人吃饭")
	}
}

// renewInTime has the brand renewed by what residents say, before its year is over. People of its units neither vote nor enter
// papers.
func renewInTime(w *apptest.Town, one string, other id.Node) {
	w.T.Helper()
	onBrand(w, "secretary", one, "renewals", nil).Refused(409, "not_carried")
	until := brandOf(w, "resident", one).Text("brand", "dueAt")
	onBrand(w, "secretary", one, "ballots", nil).Want(200)
	onBrand(w, "street", one, "ballots", nil).Refused(409, "brand_state")
	onBrand(w, "street", one, "stop", doc{"reason": "算了"}).Refused(409, "brand_state")
	vote := brandOf(w, "resident", one).Text("ballot", "id")
	if got := inboxOf(w, "member-191")[0]; got != "这一年办得怎么样、要不要接着办，请您投一票：邻里一家亲" {
		w.T.Errorf("a neighbour reads %q", got)
	}
	for _, persona := range []string{"secretary", "unit", "responder-2"} {
		cast(w, persona, vote, "yes").Refused(403, "not_on_roll")
	}
	w.EnrollAt("grid", w.Home, other)
	w.Enroll("county")
	for _, persona := range []string{"grid", "county"} {
		enter(w, persona, vote, "member-191", "yes").Refused(403, "party_to_matter")
	}
	if got := waitingFor(w, "secretary", "brand"); len(got) > 0 {
		w.T.Errorf("while residents vote wait %v", got)
	}
	castAll(w, vote, len(neighbours), 1)
	onBrand(w, "secretary", one, "renewals", nil).Refused(409, "not_carried")
	counted(w)
	onBrand(w, "unit", one, "renewals", nil).Refused(403, "not_your_community")
	onBrand(w, "secretary", one, "renewals", nil).Want(200)
	onBrand(w, "secretary", one, "renewals", nil).Refused(409, "not_carried")
	if got := inboxOf(w, "member-191")[0]; got != "居民认可，又续了一年：邻里一家亲" {
		w.T.Errorf("a neighbour reads %q", got)
	}
	a := brandOf(w, "resident", one)
	done := [6]int{}
	for i := range done {
		done[i] = a.Number("years", i/3, []string{"projects", "hours", "bookings"}[i%3])
	}
	if a.Len("years") != 2 || done != [6]int{0, 0, 0, 1, 3, 1} {
		w.T.Errorf("its years are %s", a.Raw)
	}
	before, err := time.Parse(time.RFC3339, until)
	must(w.T, err)
	if got := a.Text("brand", "dueAt"); got != before.AddDate(1, 0, 0).Format("2006-01-02T15:04:05.000Z") &&
		got != before.AddDate(1, 0, 0).Format(time.RFC3339Nano) {
		w.T.Errorf("it goes on until %s after %s", got, until)
	}
}

// A year passes without a renewal: it sleeps, and not a moment before. A renewal wakes it; what most are against sleeps
// at once.
func TestABrandSleepsAndWakes(t *testing.T) {
	t.Parallel()
	w, _ := projectTown(t)
	one, against := activeBrand(w), activeBrand(w)
	status := func(one string) string { return brandOf(w, "resident", one).Text("brand", "status") }
	due(w)
	saidAboutBrand(w, against, 2, 4)
	if got := status(against); got != "asleep" || !strings.Contains(string(brandOf(w, "resident", against).Raw), "认可 2 人，不认可 4 人") {
		t.Errorf("what most are against is %s", got)
	}
	saidAboutBrand(w, one, 2, 2) // four are no vote
	if a := brandOf(w, "resident", one); status(one) != "active" || a.At("ballot") != nil {
		t.Errorf("four voices are no vote: %s", a.Raw)
	}
	w.Clocks.Business.Advance(brand.Ahead - 2*ballot.Span - time.Second)
	must(t, w.App.Sweep(t.Context()))
	if got := status(one); got != "active" {
		t.Errorf("before its time it is %s", got)
	}
	w.Clocks.Business.Advance(24 * time.Hour) // a leap year has one day more
	must(t, w.App.Sweep(t.Context()))
	if got := inboxOf(w, "secretary")[0]; status(one) != "asleep" || got != "没有续上，先歇着了：邻里一家亲，原因请看里面" {
		t.Errorf("who proposed it reads %q", got)
	}
	w.Call("secretary", "POST", "/api/v1/projects", changed(idea(w), "brandId", one)).Refused(422, "invalid_input")
	saidAboutBrand(w, one, 5, 1)
	onBrand(w, "secretary", one, "renewals", nil).Want(200)
	if got := status(one); got != "active" {
		t.Errorf("after a renewal it is %s", got)
	}
	w.TakeOldData()
	w.Healthy()
}

// A brand whose vote went well does not sleep for two weeks after it, so that who decides can renew it.
func TestAVoteKeepsABrandAwake(t *testing.T) {
	t.Parallel()
	w, _ := projectTown(t)
	one := activeBrand(w)
	w.Clocks.Business.Advance(364 * 24 * time.Hour)
	saidAboutBrand(w, one, 6, 0) // past its year
	if a := brandOf(w, "secretary", one); a.Text("brand", "status") != "active" || a.At("may", "renew") != true {
		t.Errorf("it is %s", a.Raw)
	}
	w.Clocks.Business.Advance(brand.Grace)
	must(t, w.App.Sweep(t.Context()))
	onBrand(w, "secretary", one, "renewals", nil).Refused(409, "not_carried") // it would have to be asked anew
	if got := brandOf(w, "secretary", one).Text("brand", "status"); got != "asleep" {
		t.Errorf("it is %s", got)
	}
	w.TakeOldData()
	w.Healthy()
}

// What has no name, no unit or no community is no brand; who speaks for neither side proposes none, and nobody agrees with
// themself.
func TestWrongBrands(t *testing.T) {
	t.Parallel()
	w, other := projectTown(t)
	for name, c := range map[string]struct {
		body  doc
		field string
	}{
		"no community": {changed(localBrand(w), "nodeId", w.Street), "nodeId"},
		"no unit":      {changed(localBrand(w), "unitId", w.Home), "unitId"},
		"no name":      {changed(localBrand(w), "name", " "), "name"},
		"no words":     {changed(localBrand(w), "text", " "), "text"},
		"for nobody":   {changed(localBrand(w), "forWhom", " "), "forWhom"},
	} {
		a := w.Call("street", "POST", "/api/v1/brands", c.body).Refused(422, "invalid_input")
		if a.Text("fields", 0, "path") != c.field {
			t.Errorf("%s: %s", name, a.Raw)
		}
	}
	w.Call("leader", "POST", "/api/v1/brands", localBrand(w)).Refused(403, "not_your_community")
	w.Call("unit", "POST", "/api/v1/brands", changed(changed(localBrand(w), "byUnit", true), "unitId", other)).Refused(403, "not_your_community")
	own := proposedByUnit(w)
	onBrand(w, "unit", own, "acceptance", nil).Refused(403, "not_your_community")
	if got := waitingFor(w, "secretary", "brand"); !slices.Equal(got, []string{own}) {
		t.Errorf("for the secretary wait %v", got)
	}
	onBrand(w, "secretary", own, "stop", doc{"reason": "今年已经有了"}).Want(200)
	onBrand(w, "secretary", own, "acceptance", nil).Refused(409, "brand_state")
	w.Call("resident", "GET", "/api/v1/brands/"+own, nil).Refused(404, "not_found")
	w.Grant("unit", id.RoleSecretary, w.Home)
	onBrand(w, "unit", proposedByUnit(w), "acceptance", nil).Refused(403, "party_to_matter")
	elsewhere := w.Call("street", "POST", "/api/v1/brands", changed(localBrand(w), "nodeId", w.Sister)).Want(201).Text("id")
	onBrand(w, "unit", elsewhere, "acceptance", nil).Want(200)
	w.Call("street", "POST", "/api/v1/projects", changed(idea(w), "brandId", elsewhere)).Refused(422, "invalid_input")
	onBrand(w, "secretary", "9", "ballots", nil).Refused(404, "not_found")
	w.Healthy()
}

// Twenty units want to help, and four may; eight people renew, and one does.
func TestBrandRaces(t *testing.T) {
	t.Parallel()
	w, _ := projectTown(t)
	one, other := activeBrand(w), activeBrand(w)
	units := make([]id.Node, 8)
	for i := range units {
		persona := fmt.Sprint("member-", 20+i)
		units[i] = w.AddUnit(fmt.Sprint("县第", i+1, "中学"), w.Street)
		w.EnrollAt(persona, w.Home, units[i])
		w.Grant(persona, id.RoleUnitLiaison, units[i])
	}
	got := count(together(len(units), func(i int) apptest.Answer {
		return onBrand(w, fmt.Sprint("member-", 19+i), one, "units", doc{"unitId": units[i-1]})
	}))
	if got["200"] != 4 || got["409 brand_state"] != 4 {
		t.Errorf("of eight units that join get %v", got)
	}
	due(w)
	saidAboutBrand(w, one, 5, 0)
	deciders := []string{"secretary", "street", "county", "secretary", "street", "county"}
	got = count(together(len(deciders), func(i int) apptest.Answer { return onBrand(w, deciders[i-1], one, "renewals", nil) }))
	if got["200"] != 1 || got["409 not_carried"] != 5 {
		t.Errorf("of six that renew get %v", got)
	}
	if a := brandOf(w, "resident", other); a.Text("brand", "status") != "active" || a.Len("years") != 1 || a.Len("helpers") != 0 {
		t.Errorf("the other one is %s", a.Raw)
	}
	w.Healthy()
}

// There is no money in a brand, no points, no order of units, and no count that somebody could type.
func TestBrandsAreFreeAndCountThemselves(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	if n := rowCount(t, w, "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name REGEXP '^brand' "+
		"AND column_name REGEXP 'price|money|amount|fee|cost|fund|point|budget|score|rank|percent|count|hours|photo'"); n != 0 {
		t.Errorf("%d columns", n)
	}
}
