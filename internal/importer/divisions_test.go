package importer_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"xinyuan/data"
	"xinyuan/internal/clock"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/importer"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
)

func open(t *testing.T) *mysql.DB {
	t.Helper()
	noon := time.Date(2026, 3, 11, 4, 0, 0, 0, time.UTC)
	db, err := mysql.Open(t.Context(), testdb.New(t), mysql.Options{Business: clock.Fixed(noon)})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	return db
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// tree lists the tree, a node a line: code, kind, name, above it.
func tree(t *testing.T, db *mysql.DB) []string {
	t.Helper()
	nodes, err := org.New(db).ListNodes(t.Context(), 0, "")
	must(t, err)
	all := make([]string, len(nodes))
	for i, n := range nodes {
		all[i] = fmt.Sprint(n.Code, " ", n.Kind, " ", n.Name, " < ", n.ParentName)
	}
	return all
}

// take imports a file and fails the test unless that is what it did.
func take(t *testing.T, db *mysql.DB, file io.Reader, commit bool, want importer.Report) {
	t.Helper()
	got, err := importer.Divisions(t.Context(), db, file, commit)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("the report is %+v, want %+v: %v", got, want, err)
	}
}

const header = "code,name,kind,parent_code\n"

// small is a county with one street and two communities.
const small = header +
	"220521000000,通化县,county,\n" +
	"220521001000,茂山街道,street,220521000000\n" +
	"220521001001,茂山社区,community,220521001000\n" +
	"220521001002,利民社区,community,220521001000\n"

var smallTree = []string{
	"220521000000 county 通化县 < ", "220521001000 street 茂山街道 < 通化县",
	"220521001001 community 茂山社区 < 茂山街道", "220521001002 community 利民社区 < 茂山街道",
}

func TestRealCounty(t *testing.T) {
	t.Parallel()
	db := open(t)
	file := func() io.Reader { return bytes.NewReader(data.Divisions) }
	rows := bytes.Count(bytes.TrimSpace(data.Divisions), []byte("\n"))
	take(t, db, file(), false, importer.Report{New: rows})
	if all := tree(t, db); len(all) != 0 {
		t.Errorf("the dry run wrote %q", all)
	}
	take(t, db, file(), true, importer.Report{New: rows})
	first := tree(t, db)
	if rows != 198 || len(first) != rows {
		t.Errorf("%d rows are %d nodes, want 198", rows, len(first))
	}
	for _, node := range smallTree[:3] {
		if !slices.Contains(first, node) {
			t.Errorf("there is no %s", node)
		}
	}
	take(t, db, file(), true, importer.Report{Unchanged: rows})
	if again := tree(t, db); !slices.Equal(again, first) {
		t.Error("the second import changed the tree")
	}
	var below int
	row := db.Pool().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM node_ancestors a"+
		" JOIN nodes n ON n.id = a.ancestor_id WHERE n.code = '220521000000'")
	must(t, row.Scan(&below))
	if below != rows {
		t.Errorf("%d nodes are at or below the county, want %d", below, rows)
	}
}

// What spreadsheets make of a file is the same file.
func TestForms(t *testing.T) {
	t.Parallel()
	lines := strings.SplitAfter(strings.TrimSpace(small)+"\n", "\n")
	slices.Reverse(lines[1:5])
	for name, file := range map[string]string{
		"as it is":                    small,
		"with a byte order mark":      "\ufeff" + small,
		"with Windows' lines":         strings.ReplaceAll(small, "\n", "\r\n"),
		"without the last line's end": strings.TrimSpace(small),
		"with blanks":                 strings.ReplaceAll(small, ",", " ,\u3000"),
		"quoted":                      strings.ReplaceAll(small, "茂山社区", `"茂山社区"`),
		"with empty lines":            strings.ReplaceAll(small, "\n", "\n\n"),
		"the lowest first":            strings.Join(lines, ""),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if name == "with blanks" {
				file = strings.Replace(file, strings.SplitAfter(file, "\n")[0], header, 1)
			}
			db := open(t)
			take(t, db, strings.NewReader(file), true, importer.Report{New: 4})
			if got := tree(t, db); !slices.Equal(got, smallTree) {
				t.Errorf("the tree is %q", got)
			}
		})
	}
}

// A new name is taken over, and nothing else changes; new divisions may come
// with it.
func TestRename(t *testing.T) {
	t.Parallel()
	db := open(t)
	take(t, db, strings.NewReader(small), true, importer.Report{New: 4})
	renamed := header + "220521001001,振兴社区,community,220521001000\n" +
		"220521001002,利民社区,community,220521001000\n" +
		"220521001201,茂山村,village,220521001000\n"
	want := importer.Report{New: 1, Renamed: 1, Unchanged: 1}
	take(t, db, strings.NewReader(renamed), false, want)
	if got := tree(t, db); !slices.Equal(got, smallTree) {
		t.Errorf("the dry run changed the tree: %q", got)
	}
	take(t, db, strings.NewReader(renamed), true, want)
	after := slices.Clone(smallTree)
	after[2] = "220521001001 community 振兴社区 < 茂山街道"
	if got := tree(t, db); !slices.Equal(got, append(after, "220521001201 village 茂山村 < 茂山街道")) {
		t.Errorf("the tree is %q", got)
	}
	take(t, db, strings.NewReader(header), true, importer.Report{})
}

// Phones come in a column of their own; a blank one says nothing about it.
func TestPhones(t *testing.T) {
	t.Parallel()
	db := open(t)
	take(t, db, strings.NewReader(small), true, importer.Report{New: 4})
	phones := strings.TrimSuffix(header, "\n") + ",service_phone\n" +
		"220521001001,茂山社区,community,220521001000,0435-5226001\n" +
		"220521001002,利民社区,community,220521001000,\n" +
		"220521001201,茂山村,village,220521001000,0435-5226003\n"
	take(t, db, strings.NewReader(phones), true, importer.Report{New: 1, Phoned: 1, Unchanged: 1})
	take(t, db, strings.NewReader(phones), true, importer.Report{Unchanged: 3})
	var found, events int
	must(t, db.Pool().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM nodes WHERE service_phone <> ''").Scan(&found))
	must(t, db.Pool().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM events WHERE noun = 'node'").Scan(&events))
	if found != 2 || events != 2 {
		t.Errorf("%d phones and %d events, want 2 and 2", found, events)
	}
	bad := strings.Replace(phones, "0435-5226001", "开门时打", 1)
	if r, err := importer.Divisions(t.Context(), db, strings.NewReader(bad), true); !errors.Is(err, importer.ErrBadRows) {
		t.Errorf("a phone that is none: %v, %+v", err, r)
	}
}

// A file that is none is refused as a whole, with a sentence that says why.
func TestBadFiles(t *testing.T) {
	t.Parallel()
	db := open(t)
	for name, c := range map[string]struct{ file, says string }{
		"empty":                        {"", "空"},
		"a byte order mark alone":      {"\ufeff", "文件是空的"},
		"without a header":             {strings.TrimPrefix(small, header), "表头里没有“code”这一列"},
		"a column missing":             {"code,name,kind\n220521000000,通化县,county\n", "表头里没有“parent_code”这一列"},
		"a workbook":                   {"PK\x03\x04\x14\x00\x06\x00", "打不开这个 xlsx"},
		"UTF-16":                       {"\xff\xfec\x00o\x00d\x00e\x00,\x00", "UTF-16"},
		"half in GBK":                  {small + "220521001003,\xbf\xaa\xb7\xa2,community,220521001000\n", "编码"},
		"a quote that is never closed": {small + "220521001003,\"开,community,220521001000\n", "第 6 行起的引号不成对"},
	} {
		report, err := importer.Divisions(t.Context(), db, strings.NewReader(c.file), true)
		if err == nil || errors.Is(err, importer.ErrBadRows) || !strings.Contains(err.Error(), c.says) ||
			len(report.Bad) > 0 {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
	broken := errors.New("the disk is broken")
	file := io.MultiReader(strings.NewReader(small), &failing{broken})
	if _, err := importer.Divisions(t.Context(), db, file, true); !errors.Is(err, broken) {
		t.Errorf("a file that cannot be read to its end: %v", err)
	}
	if got := tree(t, db); len(got) != 0 {
		t.Errorf("written: %q", got)
	}
}

type failing struct{ err error }

func (f *failing) Read([]byte) (int, error) { return 0, f.err }

const street = "220521001000"

// badRows stand behind a good one, which is line 2.
var badRows = []struct {
	name, rows string
	line       int
	says       string
}{
	{"a column missing", "220521001003,开发社区,community\n", 3, "上级"},
	{"a column too many", "220521001003,开发社区,community," + street + ",x\n", 3, "这一行比表头多出了列"},
	{"a short code", "22052100100,开发社区,community," + street + "\n", 3, "不是 12 位数字"},
	{"full-width digits", "２２０５２１００１００３,开发社区,community," + street + "\n", 3, "不是 12 位数字"},
	{"a rounded code", "2.20521E+11,开发社区,community," + street + "\n", 3, "被 Excel 改成了科学计数"},
	{"no code", ",开发社区,community," + street + "\n", 3, "不是 12 位数字"},
	{"the same code twice", "220521001009,新社区,community," + street + "\n", 3, "在第 2 行已经有了"},
	{"no name", "220521001003, ,community," + street + "\n", 3, "名称"},
	{"a name too long", "220521001003," + strings.Repeat("长", 61) + ",community," + street + "\n", 3, "名称"},
	{"an unknown kind", "220521001003,开发社区,Community," + street + "\n", 3, "类别"},
	{"a kind that is no division", "220521001003,供电公司,unit," + street + "\n", 3, "类别"},
	{"no kind", "220521001003,开发社区,," + street + "\n", 3, "类别"},
	{"below nothing", "220521001003,开发社区,community,\n", 3, "上级"},
	{"below what is not there", "220521001003,开发社区,community,220521999000\n", 3, "上级"},
	{"below itself", "220521001003,开发社区,community,220521001003\n", 3, "上级"},
	{"below another kind", "220521001003,开发社区,community,220521000000\n", 3, "上级"},
	{"a county below a county", "220522000000,辉南县,county,220521000000\n", 3, "上级"},
	{"moved", "220521002000,东安街道,street,220521000000\n" +
		"220521001001,茂山社区,community,220521002000\n", 4, "库里"},
	{"of another kind", "220521001001,茂山社区,village," + street + "\n", 3, "库里"},
	{"after a cell of two lines", "220521001003,\"开发社区\n\",community," + street + "\n1,x,y,z\n", 4, "不是 12 位数字"},
}

// Each bad row is named with its line and a reason, and then nothing is
// written, not even the good ones.
func TestBadRows(t *testing.T) {
	t.Parallel()
	db := open(t)
	take(t, db, strings.NewReader(small), true, importer.Report{New: 4})
	const good = "220521001009,新社区,community," + street + "\n"
	for _, c := range badRows {
		for _, commit := range []bool{false, true} {
			report, err := importer.Divisions(t.Context(), db, strings.NewReader(header+good+c.rows), commit)
			if !errors.Is(err, importer.ErrBadRows) || len(report.Bad) != 1 || report.Bad[0].Line != c.line ||
				!strings.Contains(report.Bad[0].Reason, c.says) {
				t.Errorf("%s: %v %+v, want line %d, %q", c.name, err, report.Bad, c.line, c.says)
			}
		}
	}
	several := header + "x,,,\n" + good + "220521001003,开发社区\n" + good
	report, err := importer.Divisions(t.Context(), db, strings.NewReader(several), true)
	var lines []int
	for _, bad := range report.Bad {
		lines = append(lines, bad.Line)
	}
	if !errors.Is(err, importer.ErrBadRows) || !slices.Equal(lines, []int{2, 4, 5}) {
		t.Errorf("bad lines %v, want 2, 4 and 5: %v", lines, err)
	}
	if got := tree(t, db); !slices.Equal(got, smallTree) {
		t.Errorf("the tree is %q", got)
	}
}
