package importer_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"xinyuan/data"
	"xinyuan/internal/importer"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
)

// county is a database with the county's divisions.
func county(t *testing.T) *mysql.DB {
	t.Helper()
	db := open(t)
	_, err := importer.Divisions(t.Context(), db, bytes.NewReader(data.Divisions), true)
	must(t, err)
	return db
}

func example(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("../../data/examples/" + name)
	must(t, err)
	return string(text)
}

// workbook makes an xlsx whose rows hold text or numbers, with cells merged.
func workbook(t *testing.T, merges [][2]string, rows ...[]any) string {
	t.Helper()
	book := excelize.NewFile()
	for i, row := range rows {
		must(t, book.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &row))
	}
	for _, m := range merges {
		must(t, book.MergeCell("Sheet1", m[0], m[1]))
	}
	_, err := book.NewSheet("另一张")
	must(t, err)
	must(t, book.SetCellStr("另一张", "A1", "不看这一张"))
	var file bytes.Buffer
	must(t, book.Write(&file))
	return file.String()
}

func gb(t *testing.T, text string) string {
	t.Helper()
	encoded, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	must(t, err)
	return encoded
}

// units lists the units, one a line: code, name, above it.
func units(t *testing.T, db *mysql.DB) []string {
	t.Helper()
	all, err := org.New(db).ListNodes(t.Context(), 0, org.KindUnit)
	must(t, err)
	var lines []string
	for _, n := range all {
		lines = append(lines, strings.TrimSpace(fmt.Sprint(n.Code, " ", n.Name, " < ", n.ParentName)))
	}
	slices.Sort(lines)
	return lines
}

var commit = importer.Options{Commit: true}

// takeUnits imports and fails the test unless that is what it did, whatever it notes.
func takeUnits(t *testing.T, db *mysql.DB, file string, o importer.Options, want importer.Report) {
	t.Helper()
	got, err := importer.Units(t.Context(), db, strings.NewReader(file), o)
	got.Notes = nil
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("the report is %+v, want %+v: %v", got, want, err)
	}
}

// However an office saves its table, and whatever it calls the columns, the
// units are the same: dry, written, and written again.
func TestTableForms(t *testing.T) {
	t.Parallel()
	const table = "单位名称,所属社区,街道\n县气象局,茂山社区,\n县中医院,利民社区,东来乡\n县档案馆,220521001001,\n\n"
	for name, file := range map[string]string{
		"UTF-8": table, "with a byte order mark": "\ufeff" + table, "GB18030": gb(t, table),
		"Windows' lines":    strings.ReplaceAll(table, "\n", "\r\n"),
		"below a title":     "通化县驻区单位名册,,\n（二〇二六年三月）,,\n" + table,
		"marked headings":   strings.Replace(table, "单位名称,所属社区", "* 单位 名称（必填）：,所属社区(或代码)", 1),
		"empty rows":        strings.ReplaceAll(table, "\n", "\n,,\n"),
		"with whole places": "单位,社区\n县气象局,茂山街道茂山社区\n县中医院,通化县 / 东来乡 / 利民社区\n县档案馆,茂山街道-茂山社区\n",
		"streets first":     "所属街道,所属社区,单位名称\n茂山街道,茂山社区,县气象局\n220521202000,利民社区,县中医院\n,茂山社区,县档案馆\n",
		"xlsx": workbook(t, nil, []any{"单位", "所属社区", "街道"}, []any{"县气象局", "茂山社区"},
			[]any{"县中医院", "利民社区", "东来乡"}, nil, []any{" 县档案馆 ", "220521001001"}),
		"xlsx with codes as numbers, below a merged title": workbook(t, [][2]string{{"A1", "C1"}}, []any{"驻区单位名册"},
			[]any{"单位", "社区代码"}, []any{"县气象局", 220521001001}, []any{"县中医院", 220521202001}, []any{"县档案馆", 220521001001}),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := county(t)
			takeUnits(t, db, file, importer.Options{}, importer.Report{New: 3})
			if n := units(t, db); n != nil {
				t.Errorf("the dry run wrote %q", n)
			}
			takeUnits(t, db, file, commit, importer.Report{New: 3})
			want := []string{"县中医院 < 利民社区", "县档案馆 < 茂山社区", "县气象局 < 茂山社区"}
			got := units(t, db)
			if !slices.Equal(got, want) {
				t.Errorf("the units are %q, want %q", got, want)
			}
			takeUnits(t, db, file, commit, importer.Report{Unchanged: 3})
			if again := units(t, db); !slices.Equal(again, got) {
				t.Errorf("the second import made %q", again)
			}
		})
	}
}

// A file that is none is refused as a whole, with a sentence that says why.
func TestBadTables(t *testing.T) {
	t.Parallel()
	db := county(t)
	good := workbook(t, nil, []any{"单位", "社区"}, []any{"县气象局", "茂山社区"})
	for name, c := range map[string]struct{ file, says string }{
		"empty":                {"", "文件是空的"},
		"a mark alone":         {"\ufeff", "文件是空的"},
		"an empty workbook":    {workbook(t, nil), "工作表“另一张”没有读：表头里没有“单位名称”这一列"},
		"no name":              {"名字,社区\n", "没有“单位名称”这一列（可以写作：单位名称、单位"},
		"no place":             {"单位名称,编码\n县气象局,A001\n", "没有“所属社区”或者“所属街道”"},
		"a column twice":       {"单位,社区,单位名称\n", "“单位名称”有两列：“单位”和“单位名称”"},
		"a header far below":   {strings.Repeat("说明,\n", 6) + "单位,社区\n", "表头里没有"},
		"no zip":               {"PK\x03\x04 no zip", "打不开这个 xlsx"},
		"half a workbook":      {good[:len(good)/2], "打不开这个 xlsx"},
		"a damaged workbook":   {strings.Replace(good, "PK\x01\x02", "PK\x01\x03", 1), "打不开这个 xlsx"},
		"an old workbook":      {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧的 xls"},
		"UTF-16":               {"\xff\xfeU\x53", "UTF-16"},
		"no text":              {"\x00\x81\xff\xff", "编码"},
		"a quote not closed":   {"单位,社区\n县气象局,茂山社区\n\"县,茂山社区\n", "第 3 行起的引号不成对"},
		"too long":             {strings.Repeat("a,b\n", 200_001), "一次最多导入 200000 行"},
		"far too long":         {strings.Repeat("a", 64<<20+1), "超过 64 MB"},
		"a picture":            {"\x89PNG\r\n\x1a\n", ""},
		"nothing but a header": {"单位,社区\n", "-"},
	} {
		report, err := importer.Units(t.Context(), db, strings.NewReader(c.file), commit)
		if c.says == "-" {
			must(t, err)
			continue
		}
		if err == nil || errors.Is(err, importer.ErrBadRows) || !strings.Contains(err.Error(), c.says) || report.Rows() > 0 {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
	broken := errors.New("the disk is broken")
	file := io.MultiReader(strings.NewReader("单位,社区\n"), &failing{broken})
	if _, err := importer.Units(t.Context(), db, file, commit); !errors.Is(err, broken) {
		t.Errorf("a file that cannot be read to its end: %v", err)
	}
	if n := units(t, db); n != nil {
		t.Errorf("written: %q", n)
	}
}

// Columns that nobody keeps are named.
func TestColumnsNotStored(t *testing.T) {
	t.Parallel()
	db := county(t)
	takeUnits(t, db, "序号,单位,社区,性质,联系人\n1,县气象局,茂山社区,机关,\n2,,,,\n", importer.Options{},
		importer.Report{New: 1, NotStored: []string{"序号", "性质", "联系人"}})
}
