package importer_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"xinyuan/internal/importer"
)

const unitHeader = "单位编码,单位名称,所属社区,所属街道\n"

// before are the units that the tests of changes begin with.
const before = unitHeader +
	"DW-01,县气象局,茂山社区,\n" +
	",县中医院,利民社区,东来乡\n" +
	",县档案馆,茂山社区,\n" +
	",二密镇政府,,二密镇\n"

var beforeUnits = []string{"DW-01 县气象局 < 茂山社区", "二密镇政府 < 二密镇", "县中医院 < 利民社区", "县档案馆 < 茂山社区"}

// What is there is known by its code, or by place and name: a new name and a code
// for a unit without one are taken over.
func TestUnitsChange(t *testing.T) {
	t.Parallel()
	db := county(t)
	takeUnits(t, db, before, commit, importer.Report{New: 4})
	after := unitHeader + "dw-01,通化县气象局,茂山社区,\n" + // renamed, by its code
		"91220521ABCDEF0123,县 中医院,利民社区,东来乡\n" + // gets a code
		",二密镇政府,,二密镇\n" + // as it was
		"DW-02,县气象局,文化社区,\n" // another unit of the old name: both have codes
	want := importer.Report{New: 1, Renamed: 1, Coded: 1, Unchanged: 1}
	takeUnits(t, db, after, importer.Options{}, want)
	if got := units(t, db); !slices.Equal(got, beforeUnits) {
		t.Errorf("the dry run made %q", got)
	}
	takeUnits(t, db, after, commit, want)
	got, now := units(t, db), []string{
		"91220521ABCDEF0123 县 中医院 < 利民社区", "DW-01 通化县气象局 < 茂山社区", "DW-02 县气象局 < 文化社区",
		"二密镇政府 < 二密镇", "县档案馆 < 茂山社区",
	}
	if !slices.Equal(got, now) {
		t.Errorf("the units are %q, want %q", got, now)
	}
	takeUnits(t, db, after, commit, importer.Report{Unchanged: 4})
	// Without codes only the names must fit, and brackets and spaces are no difference.
	takeUnits(t, db, "单位,社区\n通化县气象局,茂山社区\n", commit, importer.Report{Unchanged: 1})
}

// badUnits stand behind a good row, which is line 2.
var badUnits = []struct {
	name, rows string
	line       int
	says       string
}{
	{"no name", ",,茂山社区,\n", 3, "单位名称应有 1 到 60 个字"},
	{"a name too long", "," + strings.Repeat("长", 61) + ",茂山社区,\n", 3, "单位名称应有 1 到 60 个字"},
	{"a name that is a formula", ",\"=HYPERLINK(\"\"http://x\"\")\",茂山社区,\n", 3, "“单位名称”以“=”开头，像是公式"},
	{"a name that is a command", ",@SUM(1),茂山社区,\n", 3, "以“@”开头"},
	{"a name that is a difference", ",-1+1,茂山社区,\n", 3, "以“-”开头"},
	{"a full-width formula", ",＝1+1,茂山社区,\n", 3, "以“＝”开头"},
	{"a formula's error", ",县银行,#N/A,\n", 3, "“所属社区”是公式的错误 #N/A"},
	{"a name in two lines", ",\"县\n银行\",茂山社区,\n", 3, "“单位名称”里有换行"},
	{"a name that was lost", ",县\ufffd行,茂山社区,\n", 3, "“单位名称”里有乱码"},
	{"a comma too many", ",县银行,茂山支行,茂山社区,茂山街道\n", 3, "这一行比表头多出了列"},
	{"a short code", "A1,县银行,茂山社区,\n", 3, "单位编码“A1”应是"},
	{"a code that is a word", "银行,县银行,茂山社区,\n", 3, "单位编码“银行”应是"},
	{"a rounded code", "9.12205E+17,县银行,茂山社区,\n", 3, "9.12205E+17 被 Excel 改成了科学计数"},
	{"a division's code", "220521001001,县银行,茂山社区,\n", 3, "编码 220521001001 是“茂山社区”的，不是单位的"},
	{"no place", ",县银行,,\n", 3, "没有写所属社区或者街道"},
	{"an unknown place", ",县银行,月亮社区,\n", 3, "没有叫“月亮社区”的社区、村或者街道"},
	{"an unknown code of a place", ",县银行,220521999999,\n", 3, "没有叫“220521999999”的社区、村或者街道"},
	{"a rounded place", ",县银行,2.20521E+11,\n", 3, "“所属社区”的 2.20521E+11 被 Excel 改成了科学计数"},
	{"an unknown street", ",县银行,,月亮街道\n", 3, "没有叫“月亮街道”的街道或者乡镇"},
	{"a community for a street", ",县银行,,茂山社区\n", 3, "没有叫“茂山社区”的街道或者乡镇"},
	{"a unit for a place", ",县银行,二密镇政府,\n", 3, "没有叫“二密镇政府”的"},
	{"a place of that name twice", ",县银行,利民社区,\n", 3, "不止一个，请写明上级是哪一个：茂山街道、东来乡"},
	{"a place in another street", ",县银行,团结社区,东安街道\n", 3, "“团结社区”不在“东安街道”，在茂山街道"},
	{"a place very long", ",县银行," + strings.Repeat("长", 99) + ",\n", 3, "没有叫“" + strings.Repeat("长", 20) + "……”的"},
	{"the code twice", "DW-09,县银行,茂山社区,\n", 3, "与第 2 行重复"},
	{"place and name twice", ",县农业银行,茂山街道茂山社区,\n", 3, "与第 2 行重复"},
	{"moved, by its code", "DW-01,县气象局,团结社区,\n", 3, "编码 DW-01 已在库里，是“县气象局”，所属“茂山社区”；改动会影响以往的统计"},
	{"moved, by its name", ",二密镇政府,茂山社区,\n", 3, "已有“二密镇政府”，所属“二密镇”；单位不能换地方"},
	{"moved in the file", ",县银行,团结社区,\n,县银行,茂山社区,\n", 4, "已有“县银行”，所属“团结社区”"},
	{"moved, with a first code", "DW-03,县中医院,茂山社区,\n", 3, "已有“县中医院”，所属“利民社区”"},
	{"another code", "DW-03,县气象局,茂山社区,\n", 3, "“县气象局”已在库里，编码是 DW-01"},
	{"renamed to one that is there", "DW-01,县档案馆,茂山社区,\n", 3, "“县档案馆”已在库里，没有编码；编码 DW-01 是“县气象局”的"},
}

// Each bad row is named with its line and a reason, and then nothing is written,
// not even the good ones.
func TestBadUnits(t *testing.T) {
	t.Parallel()
	db := county(t)
	takeUnits(t, db, before, commit, importer.Report{New: 4})
	const good = "DW-09,县农业银行,茂山社区,\n"
	for _, c := range badUnits {
		for _, o := range []importer.Options{{}, commit} {
			report, err := importer.Units(t.Context(), db, strings.NewReader(unitHeader+good+c.rows), o)
			if !errors.Is(err, importer.ErrBadRows) || len(report.Bad) != 1 || report.Bad[0].Line != c.line ||
				!strings.Contains(report.Bad[0].Reason, c.says) {
				t.Errorf("%s: %v %+v, want line %d, %q", c.name, err, report.Bad, c.line, c.says)
			}
		}
	}
	several := unitHeader + ",,茂山社区,\n" + good + ",县银行,月亮社区,\n" + good
	report, err := importer.Units(t.Context(), db, strings.NewReader(several), commit)
	var lines []int
	for _, bad := range report.Bad {
		lines = append(lines, bad.Line)
	}
	if !errors.Is(err, importer.ErrBadRows) || !slices.Equal(lines, []int{2, 4, 5}) || report.Rows() != 4 {
		t.Errorf("bad lines %v, want 2, 4 and 5 of 4 rows: %v", lines, err)
	}
	if got := units(t, db); !slices.Equal(got, beforeUnits) {
		t.Errorf("the units are %q", got)
	}
}

// Cells that a merge leaves empty are named with its range.
func TestMergedCells(t *testing.T) {
	t.Parallel()
	db := county(t)
	file := workbook(t, [][2]string{{"B2", "B3"}, {"A4", "B4"}, {"D2", "D4"}}, []any{"单位", "社区", "街道", "备注"},
		[]any{"县气象局", "茂山社区", "", "三家"}, []any{"县中医院"}, []any{"县档案馆"})
	report, err := importer.Units(t.Context(), db, strings.NewReader(file), commit)
	want := []importer.BadRow{
		{Line: 3, Reason: "“社区”在合并单元格 B2:B3 里，请取消合并，每行都填写"},
		{Line: 4, Reason: "“社区”在合并单元格 A4:B4 里，请取消合并，每行都填写"},
	}
	if !errors.Is(err, importer.ErrBadRows) || !slices.Equal(report.Bad, want) {
		t.Errorf("bad rows %+v, %v", report.Bad, err)
	}
}

// Two who import the same table at the same time make each unit once.
func TestTwoImports(t *testing.T) {
	t.Parallel()
	db := county(t)
	const racers = 4
	reports := make(chan importer.Report, racers)
	for range racers {
		go func() {
			r, err := importer.Units(t.Context(), db, strings.NewReader(before), commit)
			if err != nil {
				t.Error(err)
			}
			reports <- r
		}()
	}
	added := 0
	for range racers {
		added += (<-reports).New
	}
	if got := units(t, db); added != 4 || !slices.Equal(got, beforeUnits) {
		t.Errorf("%d were added: %q", added, got)
	}
}
