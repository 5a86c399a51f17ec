package paper_test

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"xinyuan/internal/paper"
	"xinyuan/internal/paper/papertest"
)

// Letters of every plane come out of the file as they went in, also those that
// only the rare fonts have, side by side with common ones.
func TestRareCharactersStayWhatTheyAre(t *testing.T) {
	lines := []string{
		"䶮㛃𠮷𬎆喆镕㙍𫖯", "王䶮 李㛃 𠮷野 陈𬎆", "㐀㐁㒳䶵", "𠀀𠀋𪚥𫝆𫠝𬺡", "ABC abc 0123456789", "“愿”·〇—，。（）《》", "éüñÅ",
	}
	d := paper.New(paper.A4Short, paper.A4Long, paper.Info{Title: "生僻字䶮𠮷", At: time.Unix(0, 0)})
	p := d.Page()
	for i, line := range lines {
		p.Text(60, 80+40*float64(i), line, paper.Style{Size: 20})
	}
	pdf, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	got := papertest.Words(t, pdf)
	for _, line := range lines {
		if !strings.Contains(got, line) {
			t.Errorf("%q is not in what was read: %q", line, got)
		}
	}
	run := exec.CommandContext(t.Context(), "pdfinfo", "-")
	run.Stdin = bytes.NewReader(pdf)
	if out, err := run.CombinedOutput(); err != nil || !strings.Contains(string(out), "生僻字䶮𠮷") {
		t.Errorf("pdfinfo: %v: %s", err, out)
	}
	if len(pdf) > 60_000 {
		t.Errorf("%d bytes for a few letters: only what is used belongs into the file", len(pdf))
	}
}

// What is in no font leaves a mark on the paper, and is still what it is when
// copied.
func TestAMissingLetterIsNotLost(t *testing.T) {
	d := paper.New(300, 300, paper.Info{At: time.Unix(0, 0)})
	d.Page().Text(20, 50, "甲\U00031350乙", paper.Style{Size: 20})
	pdf, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if got := papertest.Words(t, pdf); !strings.Contains(got, "甲\U00031350乙") {
		t.Errorf("read %q", got)
	}
}

func TestLinesBreakWhereTheyMay(t *testing.T) {
	d := paper.New(300, 300, paper.Info{})
	s := paper.Style{Size: 10}
	for _, c := range []struct {
		text  string
		width float64
		want  []string
	}{
		{"", 50, []string{""}},
		{"一二三四五六", 30, []string{"一二三", "四五六"}},
		{"一二三。四五六", 30, []string{"一二三。", "四五六"}},
		{"编号 2026-000001", 80, []string{"编号", "2026-000001"}},
		{"https://example.org/verify/abcdefghijkl", 60, nil},
	} {
		got := d.Wrap(c.text, c.width, s)
		if c.want != nil && strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%q in %v: %q, want %q", c.text, c.width, got, c.want)
		}
		for _, line := range got {
			if w := d.Width(line, s); w > c.width+10 {
				t.Errorf("%q is %v wide", line, w)
			}
		}
	}
}

// What a table is about stands above it; its head stays in sight, on the screen and
// on every printed page.
func TestSheetsHaveTitles(t *testing.T) {
	raw, err := paper.Sheet(paper.Table{
		Name: "服务卡", Above: []string{"县供电公司", "=2026"}, Head: []any{"姓名", "小时"}, Rows: [][]any{{"王䶮", 2}}, Foot: []any{"合计", 2},
	})
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for at, want := range map[string]string{
		"A1": "县供电公司", "A2": "'=2026", "A3": "", "A4": "姓名", "B4": "小时", "A5": "王䶮", "A6": "合计", "B6": "2",
	} {
		if got, err := f.GetCellValue("服务卡", at); err != nil || got != want {
			t.Errorf("%s is %q, want %q: %v", at, got, want, err)
		}
	}
	if panes, err := f.GetPanes("服务卡"); err != nil || panes.YSplit != 4 {
		t.Errorf("%v, %v", panes, err)
	}
	if names := f.GetDefinedName(); len(names) != 1 || names[0].RefersTo != "'服务卡'!$4:$4" {
		t.Errorf("on each printed page is %v", names)
	}
}

func TestSheetsHoldNumbersAndNoFormulas(t *testing.T) {
	raw, err := paper.Sheet(paper.Table{
		Name: "服务卡", Head: []any{"姓名", "小时"}, Rows: [][]any{{"＝1+1", 2.5}, {"\u200d@SUM(A1)", 3}}, Foot: []any{"-2", "王䶮"},
	})
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := f.GetRows("服务卡")
	if err != nil {
		t.Fatal(err)
	}
	if got := rows[1][0] + rows[2][0] + rows[3][0] + rows[3][1]; got != "'＝1+1'\u200d@SUM(A1)'-2王䶮" {
		t.Errorf("%q", got)
	}
	for _, cell := range []string{"A2", "A3"} {
		if formula, err := f.GetCellFormula("服务卡", cell); formula != "" || err != nil {
			t.Errorf("%s is a formula: %q, %v", cell, formula, err)
		}
	}
	if kind, err := f.GetCellType("服务卡", "B2"); kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber || err != nil {
		t.Errorf("2.5 is kept as %v, %v", kind, err)
	}
}

func TestCSVHoldsNoFormulas(t *testing.T) {
	raw, err := paper.CSV([][]any{{"名称", "积分"}, {"＝1+1", 2}, {"\u200d@SUM(A1)", -3}, {"王\"静", "-"}})
	want := "\ufeff名称,积分\r\n'＝1+1,2\r\n'\u200d@SUM(A1),-3\r\n\"王\"\"静\",'-\r\n"
	if err != nil || string(raw) != want {
		t.Errorf("%q, want %q: %v", raw, want, err)
	}
}
