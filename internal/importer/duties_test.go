package importer_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/importer"
)

// What a duty list says wrongly is named by row, and nothing is written; a line that changes is a new one.
func TestDutyLists(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 0)
	w.AddUnit("县住建局", w.Street)
	const head = "编号,板块,职能,事项,承担方式,牵头部门,社区参与,关键词\n"
	for row, want := range map[string]string{
		"一,民生,养老,助餐,主体,,是,":                               "编号应是",
		"0,民生,养老,助餐,主体,,是,":                               "编号应是",
		"1,,养老,助餐,主体,,是,":                                 "板块应有",
		"1,民生,养老,助餐打 13843512345,主体,,是,":                  "不能有电话",
		"1,民生,养老,助餐,都行,,是,":                               "承担方式",
		"1,民生,养老,助餐,配合,,是,":                               "牵头部门",
		"1,民生,养老,助餐,配合,县气象局,是,":                           "没有叫",
		"1,民生,养老,助餐,主体,,也许,":                              "社区参与",
		"1,民生,养老,助餐,主体,,是,饭":                              "关键词",
		"1,民生,养老,助餐,主体,,是,\n1,民生,养老,助浴,主体,,是,":            "重复",
		"1,民生,养老," + strings.Repeat("长", 101) + ",主体,,是,": "事项应有",
	} {
		r, err := importer.Duties(t.Context(), w.App.DB, strings.NewReader(head+row+"\n"), importer.Options{Commit: true})
		if !errors.Is(err, importer.ErrBadRows) || len(r.Bad) != 1 || !strings.Contains(r.Bad[0].Reason, want) {
			t.Errorf("%s: %v %+v, want %s", row, err, r.Bad, want)
		}
	}
	take := func(rows string, commit bool) importer.Report {
		t.Helper()
		r, err := importer.Duties(t.Context(), w.App.DB, strings.NewReader(head+rows), importer.Options{Commit: commit})
		if err != nil {
			t.Fatal(err)
		}
		w.Clocks.Business.Advance(time.Minute)
		return r
	}
	const two = "1,民生,养老,助餐,主体,,是,\"吃饭、助餐\"\n2,平安,城管,占道,配合,县住建局,否,占道\n"
	for i, c := range []struct {
		rows                 string
		commit               bool
		added, changed, same int
	}{
		{two, false, 2, 0, 0}, {two, true, 2, 0, 0}, {two, true, 0, 0, 2}, {strings.Replace(two, "否", "是", 1), true, 0, 1, 1},
		{"3,平安,调解,邻里纠纷,主体,,是,\n", true, 1, 0, 0},
	} {
		if r := take(c.rows, c.commit); r.New != c.added || r.Changed != c.changed || r.Unchanged != c.same {
			t.Errorf("import %d: %+v", i, r)
		}
	}
	w.Healthy()
}

// Holidays to come are taken; what was reckoned before they were known stays as it was said.
func TestHolidays(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 0) // Wednesday 11 March 2026
	take := func(rows string, commit bool) (importer.Report, error) {
		return importer.Holidays(t.Context(), w.App.DB, strings.NewReader("日期,安排,节日\n"+rows), importer.Options{Commit: commit})
	}
	for row, want := range map[string]string{
		"2027年1月1日,放假,元旦": "日期", "2027-02-30,放假,元旦": "日期", "2027-01-01,加班,元旦": "安排",
		"2027-01-04,上班,元旦": "不是周末", "2027-01-01,放假,": "节日应有", "2026-03-11,放假,元旦": "已经过了",
		"2027-01-01,放假,元旦\n2027-01-01,放假,元旦": "重复",
	} {
		if r, err := take(row+"\n", true); !errors.Is(err, importer.ErrBadRows) || len(r.Bad) != 1 || !strings.Contains(r.Bad[0].Reason, want) {
			t.Errorf("%s: %v %+v, want %s", row, err, r.Bad, want)
		}
	}
	need := func() string {
		return w.Call("resident", "POST", "/api/v1/needs", map[string]any{
			"nodeId": w.Home, "category": "roads", "place": "3 号楼下", "text": "井盖松了",
		}).Want(201).Text("dueAt")
	}
	before := need()
	if r, err := take("2026-03-13,放假,县庆\n2026-03-16,放假,县庆\n2026-05-01,放假,劳动节\n", true); err != nil || r.New != 2 || r.Unchanged != 1 {
		t.Fatalf("%+v %v", r, err)
	}
	w.Clocks.Business.Advance(time.Hour)
	if after := need(); before != "2026-03-18T04:00:00Z" || after != "2026-03-20T05:00:00Z" {
		t.Errorf("due at %s, and with two days off at %s", before, after)
	}
	if _, err := take("2026-03-14,放假,县庆\n", true); err != nil {
		t.Error(err)
	}
	if _, err := take("2026-03-14,上班,县庆\n", true); err == nil || !strings.Contains(err.Error(), "不能再变") {
		t.Errorf("a day that was reckoned with turns round: %v", err)
	}
	w.Healthy() // each is judged by the calendar of its beginning
}
