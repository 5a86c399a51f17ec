package importer_test

import (
	"bytes"
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"xinyuan/data"
	"xinyuan/internal/importer"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/seal"
)

// county is a database with the county's divisions.
func county(t *testing.T) *mysql.DB {
	t.Helper()
	db := open(t)
	_, err := importer.Divisions(t.Context(), db, bytes.NewReader(data.Divisions), true)
	must(t, err)
	return db
}

func sheet(t *testing.T, rows ...[]string) string {
	t.Helper()
	book := excelize.NewFile()
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		must(t, err)
		must(t, book.SetSheetRow("Sheet1", cell, &row))
	}
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

func units(t *testing.T, db *mysql.DB) int {
	t.Helper()
	all, err := org.New(db).Nodes(t.Context(), 0, org.KindUnit)
	must(t, err)
	return len(all)
}

// However an office saves its table, the units are the same.
func TestUnits(t *testing.T) {
	const table = "单位名称,所属社区,街道\n县气象局,茂山社区,\n县中医院,利民社区,东来乡\n县档案馆,220521001001,\n\n"
	for name, file := range map[string]string{
		"UTF-8": table, "with a byte order mark": "\ufeff" + table, "GB18030": gb(t, table),
		"xlsx": sheet(t, []string{"备注", "单位", "所属社区", "街道"}, []string{"", "县气象局", "茂山社区"},
			[]string{"重名", "县中医院", "利民社区", "东来乡"}, nil, []string{"", " 县档案馆 ", "220521001001"}),
	} {
		t.Run(name, func(t *testing.T) {
			db := county(t)
			for i, want := range []importer.Report{{New: 3}, {New: 3}, {Unchanged: 3}} {
				got, err := importer.Units(t.Context(), db, strings.NewReader(file), i > 0)
				if err != nil || !reflect.DeepEqual(got, want) {
					t.Errorf("run %d reports %+v, want %+v: %v", i, got, want, err)
				}
				if n := units(t, db); i == 0 && n != 0 || i > 0 && n != 3 {
					t.Errorf("after run %d there are %d units", i, n)
				}
			}
		})
	}
}

func TestBadUnits(t *testing.T) {
	db := county(t)
	got, err := importer.Units(t.Context(), db, strings.NewReader("单位,社区\n县气象局,茂山社区\n,茂山社区\n"+
		"县中医院,利民社区\n县银行,月亮社区\n"+strings.Repeat("长", 61)+",茂山社区\n"), true)
	want := []importer.BadRow{
		{Line: 3, Reason: "单位名称应有 1 到 60 个字"},
		{Line: 4, Reason: "叫“利民社区”的社区、村或者街道不止一个，请写明上级是哪一个：茂山街道、东来乡"},
		{Line: 5, Reason: "没有叫“月亮社区”的社区、村或者街道"},
		{Line: 6, Reason: "单位名称应有 1 到 60 个字"},
	}
	if !errors.Is(err, importer.ErrBadRows) || !reflect.DeepEqual(got.Bad, want) {
		t.Errorf("bad rows %+v, %v", got.Bad, err)
	}
	if n := units(t, db); n != 0 {
		t.Errorf("%d units were written all the same", n)
	}
	for file, says := range map[string]string{
		"": "文件是空的", "名字,社区\n": "没有“单位”这一列", "PK\x03\x04 no zip": "打不开这个 xlsx", "单位,社区\n\"县": "importer", "\xff\xff\xff": "编码",
	} {
		if _, err := importer.Units(t.Context(), db, strings.NewReader(file), true); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q", file, err, says)
		}
	}
}

// The example files fit each other, names are stored as hashes, and a name that
// is there under an older key stays.
func TestRoster(t *testing.T) {
	db := county(t)
	example := func(name string) string {
		text, err := os.ReadFile("../../data/examples/" + name)
		must(t, err)
		return string(text)
	}
	_, err := importer.Units(t.Context(), db, strings.NewReader(example("units.csv")), true)
	must(t, err)
	keys := seal.NewDemoKeys()
	sealer, err := seal.New(keys)
	must(t, err)
	for i, want := range []importer.Report{{New: 3}, {New: 3}, {Unchanged: 3}} {
		got, err := importer.Roster(t.Context(), db, sealer, strings.NewReader(example("roster.csv")), i > 0)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("run %d reports %+v, want %+v: %v", i, got, want, err)
		}
	}
	rotated, err := seal.New("k9:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=," + keys)
	must(t, err)
	if got, err := importer.Roster(t.Context(), db, rotated, strings.NewReader(example("roster.csv")), true); err != nil || got.Unchanged != 3 {
		t.Errorf("after a rotation %+v, %v", got, err)
	}
	got, err := importer.Roster(t.Context(), db, sealer, strings.NewReader("姓名,单位\n王,通化县气象局\n王海燕,月亮公司\n王小明,通化县气象局\n"), true)
	want := []importer.BadRow{{Line: 2, Reason: "姓名应有 2 到 30 个字"}, {Line: 3, Reason: "没有叫“月亮公司”的单位"}}
	if !errors.Is(err, importer.ErrBadRows) || !reflect.DeepEqual(got.Bad, want) {
		t.Errorf("bad rows %+v, %v", got.Bad, err)
	}
	var plain, all int
	must(t, db.Pool().QueryRowContext(t.Context(),
		"SELECT COALESCE(SUM(name_lookup NOT LIKE 'demo:%'), 0), COUNT(*) FROM roster").Scan(&plain, &all))
	if plain != 0 || all != 3 {
		t.Errorf("the roster has %d rows, %d with a name to read", all, plain)
	}
}
