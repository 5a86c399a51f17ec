package api_test

import (
	"fmt"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
)

// Who stands above a place sees where something waits, down to the matter, and decides nothing by it.
func TestOversight(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 4)
	w.Fulfilled("member-1")
	old := w.Post()
	w.Clocks.Business.Advance(3 * 24 * time.Hour)
	_, claim := w.Claimed("member-2")
	w.Post()
	read := func(persona, query string) apptest.Answer {
		return w.Call(persona, "GET", "/api/v1/oversight"+query, nil).Want(200)
	}
	figures := func(a apptest.Answer) (all []string) {
		for i := range a.Len("places") {
			all = append(all, fmt.Sprint(a.Text("places", i, "name"), a.Number("places", i, "waiting"), a.Number("places", i, "late"),
				a.Number("places", i, "fulfilled")))
		}
		return all
	}
	county := read("county", "")
	if got := fmt.Sprint(figures(county)); got != "[茂山街道3 1 1 东安街道0 0 0]" || county.Len("matters") != 0 {
		t.Errorf("the county: %s, %s", got, county.Raw)
	}
	street := read("street", "?nodeId="+w.Street.String())
	if got := fmt.Sprint(figures(street)); got != "[茂山社区3 1 1 团结社区0 0 0]" {
		t.Errorf("the street: %s", got)
	}
	home := read("auditor", "?nodeId="+w.Home.String())
	if home.Len("places") != 0 || home.Len("matters") != 3 || home.Text("matters", 0, "id") != old ||
		home.At("matters", 0, "late") != true || home.At("matters", 1, "late") != false {
		t.Errorf("the community: %s", home.Raw)
	}
	if home.Text("matters", 1, "id") != claim && home.Text("matters", 2, "id") != claim {
		t.Errorf("the claim is missing: %s", home.Raw)
	}
	w.Call("street", "GET", "/api/v1/oversight", nil).Refused(403, "forbidden")
	w.Call("secretary", "GET", "/api/v1/oversight?nodeId="+w.Home.String(), nil).Refused(403, "forbidden")
	w.Call("county", "GET", "/api/v1/oversight?nodeId=77", nil).Refused(404, "not_found")
	w.Call("county", "GET", "/api/v1/oversight?nodeId=x", nil).Refused(422, "invalid_input")
	w.Clocks.Business.Advance(31 * 24 * time.Hour)
	if got := read("county", "").Number("places", 0, "fulfilled"); got != 0 {
		t.Errorf("the month before counts: %d", got)
	}
}

// What waits at a place is told again for so many times as long as reading it took, each place's its own, and to who may
// see it alone.
func TestOversightIsKept(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.With("XINYUAN_STATS_KEEP_TIMES=1000")), 1)
	ask := func(node id.Node) apptest.Answer {
		t.Helper()
		return w.Call("county", "GET", "/api/v1/oversight?nodeId="+node.String(), nil).Want(200)
	}
	w.Post()
	county := ask(w.County)
	w.Post()
	if again := ask(w.County); again.Number("places", 0, "waiting") != 1 || string(again.Raw) != string(county.Raw) {
		t.Errorf("it is counted again at once: %s, and %s before", again.Raw, county.Raw)
	}
	if street := ask(w.Street); street.Number("places", 0, "waiting") != 2 {
		t.Errorf("the street is told %s", street.Raw)
	}
	title := func() string { return ask(w.Home).Text("matters", 0, "title") }
	before := title()
	_, err := w.App.DB.Pool().ExecContext(t.Context(), "UPDATE matters SET title = '改过的' WHERE noun = 'wish'")
	must(t, err)
	if now := title(); now != "改过的" || before == "" {
		t.Errorf("the matter is called %q, and was %q", now, before)
	}
	w.Call("secretary", "GET", "/api/v1/oversight?nodeId="+w.Street.String(), nil).Refused(403, "forbidden")
	w.Call("street", "GET", "/api/v1/oversight?nodeId="+w.County.String(), nil).Refused(403, "forbidden")
}

// What is a body's own turn, and what is nobody's yet, waits for no staff.
func TestOversightCountsWhatWaitsForStaff(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	one, now := w.Post(), w.Clocks.Business.Now()
	turn := func(part string, opens time.Time) {
		t.Helper()
		_, err := w.App.DB.Pool().ExecContext(t.Context(), "INSERT INTO matter_turns (noun, id, part, person_id, desk_id, since, opens_at) "+
			"VALUES ('wish', ?, ?, 0, ?, ?, ?)", one, part, w.Home, now, opens)
		must(t, err)
	}
	turn("responder", now)
	turn("recorder", now.Add(time.Hour))
	if a := w.Call("county", "GET", "/api/v1/oversight", nil).Want(200); a.Number("places", 0, "waiting") != 1 {
		t.Errorf("the county: %s", a.Raw)
	}
	if a := w.Call("county", "GET", "/api/v1/oversight?nodeId="+w.Home.String(), nil).Want(200); a.Len("matters") != 1 {
		t.Errorf("the community: %s", a.Raw)
	}
	if got := waits(w, "secretary"); len(got) != 1 {
		t.Errorf("the secretary has %q", got)
	}
}

func TestReadsBelowSayWhoReadAndNothingOfIt(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	posted, _ := w.Approved("member-1")
	w.Call("member-1", "GET", "/api/v1/wishes/"+posted+"/contact", nil).Want(200)
	w.Call("street", "GET", "/api/v1/wishes/"+posted+"/contact?reason=核对住址", nil).Want(200)
	first := w.Call("auditor", "GET", "/api/v1/contact-reads?limit=1&nodeId="+w.Home.String(), nil).Want(200)
	if first.Len("items") != 1 || first.Text("items", 0, "as") != "茂山街道负责人" || first.Text("items", 0, "reason") != "核对住址" ||
		first.Text("items", 0, "wishId") != posted || first.Text("items", 0, "nodeName") != "茂山社区" {
		t.Errorf("%s", first.Raw)
	}
	rest := w.Call("county", "GET", "/api/v1/contact-reads?cursor="+first.Text("nextCursor"), nil).Want(200)
	if rest.Len("items") != 1 || rest.Text("items", 0, "as") != "认领人" || rest.At("nextCursor") != nil {
		t.Errorf("%s", rest.Raw)
	}
	if far := w.Call("auditor", "GET", "/api/v1/contact-reads?nodeId="+w.Far.String(), nil).Want(200); far.Len("items") != 0 {
		t.Errorf("%s", far.Raw)
	}
	w.Call("street", "GET", "/api/v1/contact-reads?nodeId="+w.Street.String(), nil).Refused(403, "forbidden")
	w.Call("resident", "GET", "/api/v1/contact-reads", nil).Refused(403, "forbidden")
}

// What a unit's table says is read on the phone first, by the same people.
func TestUnitDeeds(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	w.Clocks.Business.Advance(7 * aDay)
	w.Served("member-1", 6*aDay, 90, "敬老院陪伴服务")
	w.Served("member-1", 5*aDay, 45, "社区清洁日")
	w.Fulfilled("member-1")
	path := "/api/v1/units/" + w.Unit.String() + "/deeds?period="
	for persona, want := range map[string]int{
		"unit": 200, "secretary": 200, "street": 200, "auditor": 200, "grid": 403, "member-1": 403, "resident": 403,
	} {
		w.Call(persona, "GET", path+"2026Q1", nil).Want(want)
	}
	deeds := w.Call("unit", "GET", path+"2026Q1", nil).Want(200)
	if deeds.Text("unitName") != "县供电公司" || deeds.Text("period") != "2026 年第 1 季度" || deeds.Number("minutes") != 135 ||
		deeds.Number("wishes") != 1 || deeds.Number("points") != 11 || deeds.Len("members") != 2 ||
		deeds.Text("members", 0, "nameLabel") != "王*国" || deeds.Number("members", 0, "minutes") != 135 {
		t.Errorf("%s", deeds.Raw)
	}
	w.Call("unit", "GET", path+"2026Q7", nil).Refused(422, "invalid_input")
	w.Call("county", "GET", "/api/v1/units/7/deeds?period=2026Q1", nil).Refused(404, "not_found")
}
