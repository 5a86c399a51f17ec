package importer_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/importer"
	"xinyuan/internal/report"
)

// What the hotline passes on becomes needs under its numbers; the same file again changes nothing; bad rows are named by
// line, and with one of them nothing is written; what became of each number is told back without contacts.
func TestTheHotline(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 0)
	const head = "热线编号,社区,类别,在哪里,要办的事,姓名,电话,不公开\n"
	run := func(rows string, commit bool) (importer.Report, error) {
		return importer.Hotline(t.Context(), w.App.DB, w.App.Sealer, strings.NewReader(head+rows), importer.Options{Commit: commit})
	}
	for row, want := range map[string]string{
		",茂山社区,道路环境,3 号楼下,井盖松了,,,":                               "热线编号",
		"12 345,茂山社区,道路环境,3 号楼下,井盖松了,,,":                         "热线编号",
		"A1,没有的社区,道路环境,3 号楼下,井盖松了,,,":                            "没有叫",
		"A1,茂山社区,天文,3 号楼下,井盖松了,,,":                               "房屋物业",
		"A1,茂山社区,道路环境,,井盖松了,,,":                                  "在哪里",
		"A1,茂山社区,道路环境,3 号楼下,,,,":                                 "要说的事",
		"A1,茂山社区,道路环境,3 号楼下," + strings.Repeat("长", 601) + ",,,": "要说的事",
		"A1,茂山社区,道路环境,3 号楼下,井盖松了,刘玉兰,123,":                       "电话",
		"A1,茂山社区,道路环境,3 号楼下,井盖松了,,,也许":                           "不公开",
		"A1,茂山社区,道路环境,3 号楼下,井盖松了,,,\nA1,茂山社区,道路环境,3 号楼下,路灯不亮,,,": "重复",
	} {
		r, err := run("B1,茂山社区,道路环境,5 号楼下,路灯不亮,,,\n"+row+"\n", true)
		if !errors.Is(err, importer.ErrBadRows) || len(r.Bad) != 1 || !strings.Contains(r.Bad[0].Reason, want) || r.Bad[0].Line < 3 {
			t.Errorf("%s: %v %+v, want %s", row, err, r.Bad, want)
		}
	}
	const rows = "2026-0311-7,茂山社区,道路环境,3 号楼下,井盖松了，请打 " + apptest.Phone + " 找我,刘玉兰," + apptest.Phone + ",\n" +
		"2026-0311-8,团结社区,水电气暖,全小区,暖气不热,,,是\n"
	for i, want := range []importer.Report{{New: 2}, {New: 2}, {Unchanged: 2}, {Unchanged: 2}} {
		r, err := run(rows, i > 0)
		if err != nil || r.New != want.New || r.Unchanged != want.Unchanged || len(r.Bad) > 0 {
			t.Errorf("run %d: %v %+v", i, err, r)
		}
	}
	desk := w.Call("secretary", "GET", "/api/v1/needs?scope=desk", nil).Want(200)
	if desk.Len("items") != 1 || desk.Text("items", 0, "hotlineNumber") != "2026-0311-7" ||
		desk.Text("items", 0, "origin") != "hotline" || strings.Contains(desk.Text("items", 0, "text"), apptest.Phone) {
		t.Errorf("the secretary sees %s", desk.Raw)
	}
	need := "/api/v1/needs/" + desk.Text("items", 0, "id")
	w.Call("secretary", "POST", need+"/review", map[string]any{"decision": "accept"}).Want(200)
	w.Call("secretary", "POST", need+"/answer", map[string]any{"result": "solved", "answer": "换好了"}).Want(200)
	if c := w.Call("secretary", "GET", need+"/contact", nil).Want(200); c.Text("phone") != apptest.Phone {
		t.Errorf("the number that was left: %s", c.Raw)
	}
	w.Healthy()
	table, err := report.GetHotlineTable(t.Context(), w.App.DB)
	if err != nil || len(table.Rows) != 2 || table.Rows[0][0] != "2026-0311-7" || table.Rows[0][5] != "换好了" ||
		table.Rows[1][2] != "团结社区" || slices.Contains(table.Rows[0], any(apptest.Phone)) {
		t.Errorf("%v: %v", err, table.Rows)
	}
}
