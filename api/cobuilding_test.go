package api_test

import (
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
	"xinyuan/internal/paper/papertest"
)

func coBuildingOf(w *apptest.Town, persona, query string) apptest.Answer {
	w.T.Helper()
	return w.Call(persona, "GET", "/api/v1/units/"+w.Unit.String()+"/co-building"+query, nil)
}

// deedsBeside is what keeps no promise of hours: what somebody else served, what nobody has confirmed, what the unit was asked
// for, once done and once not, and wishes, one fulfilled and one that its owner has not seen yet.
func deedsBeside(w *apptest.Town) {
	w.T.Helper()
	now := w.Clocks.Business.Now()
	w.Served("resident", 3*time.Hour, 119, "修插座")
	w.Call("member-1", "POST", "/api/v1/service-records", doc{
		"nodeId": w.Home, "title": "送餐", "note": "送到三楼", "startedAt": now.Add(-8 * time.Hour), "endedAt": now.Add(-5 * time.Hour),
	}).Want(201)
	w.Fulfilled("member-1")
	w.Delivered("member-1")
	w.Grant("member-2", id.RoleResponder, w.Unit)
	_, done := whistled(w)
	whistled(w)
	stepOn(w, "member-2", done, "acceptance", nil).Want(200)
	stepOn(w, "member-2", done, "report", doc{"answer": "换好了"}).Want(200)
	stepOn(w, "secretary", done, "verification", nil).Want(200)
}

// checkCoBuilding looks at the page of a unit that has kept one of two promises: everybody reads it, and who signs for the
// unit or stands above it takes it along.
func checkCoBuilding(t *testing.T, w *apptest.Town) {
	t.Helper()
	for _, reader := range []string{"unit", "resident", "auditor"} {
		a := coBuildingOf(w, reader, "").Want(200)
		counts := [4]int{}
		for i, name := range []string{"all", "kept", "owed", "late"} {
			counts[i] = a.Number("promises", name)
		}
		if counts != [4]int{2, 1, 1, 0} || a.Len("agreements") != 1 || a.Number("minutes") != 119 || a.Number("offers", 0, "used") != 1 ||
			a.Number("offers", 0, "people") != 3 || a.Len("years") != 1 || a.Text("unitName") != "县供电公司" || a.Number("tasks") != 1 ||
			a.Number("wishes") != 1 {
			t.Errorf("%s reads %s", reader, a.Raw)
		}
		if strings.Contains(string(a.Raw), apptest.Phone) || (a.At("mayPrint") == true) != (reader != "resident") {
			t.Errorf("%s may not read that: %s", reader, a.Raw)
		}
	}
	if a := coBuildingOf(w, "resident", "?year=2025").Want(200); a.Number("promises", "all") != 0 || a.Len("agreements") != 0 || a.Number("minutes") != 0 {
		t.Errorf("of the year before it says %s", a.Raw)
	}
	coBuildingOf(w, "resident", "?year=1999").Refused(422, "invalid_input")
	coBuildingOf(w, "unit", "/paper?format=doc").Refused(422, "invalid_input")
	for _, path := range []string{"7/co-building", w.Home.String() + "/co-building", "7/co-building/paper"} {
		w.Call("county", "GET", "/api/v1/units/"+path, nil).Refused(404, "not_found")
	}
	for persona, status := range map[string]int{"unit": 200, "secretary": 200, "county": 200, "auditor": 200, "grid": 403, "member-1": 403, "resident": 403} {
		coBuildingOf(w, persona, "/paper").Want(status)
	}
	pdf := coBuildingOf(w, "unit", "/paper?format=pdf").Want(200).Raw
	papertest.Save(t, "co-building", pdf)
	texts := map[string]string{
		"paper": papertest.Words(t, pdf),
		"sheet": strings.Join(papertest.Cells(t, coBuildingOf(w, "unit", "/paper").Want(200).Raw), "\n"),
	}
	for name, text := range texts {
		for _, part := range []string{"县供电公司", "答应了 2 件，做到 1 件，还要做 1 件", "会议室给居民开会用", "还差 1 小时", "做到了", "没有人填写"} {
			if !strings.Contains(text, part) {
				t.Errorf("%q is not in the %s: %s", part, name, text)
			}
		}
		if !strings.Contains(text, map[string]string{"paper": "用过 1 次，3 人次", "sheet": "合计||1|3"}[name]) {
			t.Errorf("the %s sums up otherwise: %s", name, text)
		}
		if strings.Contains(text, apptest.Phone) {
			t.Errorf("a number is in the %s", name)
		}
	}
}
