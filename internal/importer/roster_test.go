package importer_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"xinyuan/internal/importer"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
)

func sealer(t *testing.T, keys string) *seal.Sealer {
	t.Helper()
	s, err := seal.New(keys)
	must(t, err)
	return s
}

const someKey = "k1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="

// roster is how many names are listed, and how many of them are no hash.
func roster(t *testing.T, db *mysql.DB) (all, plain int) {
	t.Helper()
	must(t, db.Pool().QueryRowContext(t.Context(), "SELECT COUNT(*), COALESCE(SUM(name_lookup NOT LIKE 'k1:%'"+
		" OR LENGTH(name_lookup) <> 46), 0) FROM roster").Scan(&all, &plain))
	return all, plain
}

// The example files fit each other, names are stored as hashes, the second time
// changes nothing, and a name that is there under an older key stays.
func TestRoster(t *testing.T) {
	t.Parallel()
	db := county(t)
	takeUnits(t, db, example(t, "units.csv"), commit, importer.Report{New: 10, NotStored: []string{"性质"}})
	const newer = "k9:YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODk=," + someKey
	for i, c := range []struct {
		keys string
		o    importer.Options
		want importer.Report
	}{
		{someKey, importer.Options{}, importer.Report{New: 14}},
		{someKey, commit, importer.Report{New: 14}},
		{someKey, commit, importer.Report{Unchanged: 14}},
		{newer, commit, importer.Report{Unchanged: 14}},
	} {
		got, err := importer.Roster(t.Context(), db, sealer(t, c.keys), strings.NewReader(example(t, "roster.csv")), c.o)
		c.want.NotStored = []string{"报到街道", "报到社区"}
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("run %d reports %+v, want %+v: %v", i, got, c.want, err)
		}
		if all, plain := roster(t, db); i == 0 && all != 0 || i > 0 && all != 14 || plain != 0 {
			t.Errorf("after run %d there are %d names, %d to read", i, all, plain)
		}
	}
	xlsx := workbook(t, nil, []any{"单位编码", "姓名", "单位名称", "手机"}, []any{"thx-001", "王静", "通化县应急管理局", 13800000102},
		[]any{"THX-001", "阿依古丽•买买提", "", "+86 138-0000-0110"}, []any{"", "Li  Ming", "通化县总工会"})
	got, err := importer.Roster(t.Context(), db, sealer(t, someKey), strings.NewReader(xlsx), commit)
	if err != nil || got.New != 2 || got.Unchanged != 1 {
		t.Errorf("from xlsx %+v, %v", got, err)
	}
	got, err = importer.Roster(t.Context(), db, sealer(t, someKey), strings.NewReader(gb(t, "姓名,单位\n李明,通化县总工会\n")), commit)
	if err != nil || got.New != 1 {
		t.Errorf("from GB18030 %+v, %v", got, err)
	}
}

// badRoster stand behind a good row, which is line 2.
var badRoster = []struct {
	name, row, says string
}{
	{"no name", ",县气象局,,,", "姓名应有 2 到 30 个字"},
	{"one character", "王,县气象局,,,", "姓名应有 2 到 30 个字"},
	{"one character in spaces", "\u3000王 ,县气象局,,,", "姓名应有 2 到 30 个字"},
	{"a name too long", strings.Repeat("长", 31) + ",县气象局,,,", "姓名应有 2 到 30 个字"},
	{"a number for a name", "13800000101,县气象局,,,", "“姓名”里有“1”"},
	{"a note in the name", "王海燕（女）,县气象局,,,", "“姓名”里有“（”，请只写姓名"},
	{"a formula", "=A1,县气象局,,,", "“姓名”以“=”开头"},
	{"no unit", "王海燕,,,,", "没有写单位"},
	{"an unknown unit", "王海燕,月亮公司,,,", "没有叫“月亮公司”的单位"},
	{"a community for a unit", "王海燕,茂山社区,,,", "没有叫“茂山社区”的单位"},
	{"a unit of that name twice", "王海燕,县银行,,,", "叫“县银行”的单位不止一个，请写明上级是哪一个：团结社区、文化社区"},
	{"an unknown community", "王海燕,县气象局,月亮社区,,", "报到社区：没有叫“月亮社区”的社区或者村"},
	{"a street to report in", "王海燕,县气象局,茂山街道,,", "报到社区：没有叫“茂山街道”的社区或者村"},
	{"a community of that name twice", "王海燕,县气象局,利民社区,,", "报到社区：叫“利民社区”的社区或者村不止一个，请写明上级是哪一个：茂山街道、东来乡"},
	{"a community elsewhere", "王海燕,县气象局,团结社区,东来乡,", "报到社区：“团结社区”不在“东来乡”，在茂山街道"},
	{"a short phone", "王海燕,县气象局,,,1380000010", "“手机号”里不是电话号码"},
	{"a rounded phone", "王海燕,县气象局,,,1.38E+10", "“手机号”的 1.38E+10 被 Excel 改成了科学计数"},
	{"listed twice", "陈 立新,DW-01,,,+86 １３８-0000-0101", "与第 2 行是同一单位的同一姓名、同一号码；重复的请删掉"},
	{"a comma too many", "王海燕,县气象局,,,,机关", "这一行比表头多出了列"},
}

func TestBadRoster(t *testing.T) {
	t.Parallel()
	db := county(t)
	takeUnits(t, db, unitHeader+"DW-01,县气象局,茂山社区,\nDW-02,县银行,团结社区,\nDW-03,县银行,文化社区,\n", commit,
		importer.Report{New: 3})
	s := sealer(t, someKey)
	const head = "姓名,单位,报到社区,报到街道,手机号\n陈立新,县气象局,茂山社区,,138 0000 0101\n"
	for _, c := range badRoster {
		for _, o := range []importer.Options{{}, commit} {
			got, err := importer.Roster(t.Context(), db, s, strings.NewReader(head+c.row+"\n"), o)
			if !errors.Is(err, importer.ErrBadRows) || len(got.Bad) != 1 || got.Bad[0].Line != 3 ||
				!strings.Contains(got.Bad[0].Reason, c.says) || strings.Contains(got.Bad[0].Reason, "王海燕") {
				t.Errorf("%s: %v %+v, want line 3, %q", c.name, err, got.Bad, c.says)
			}
		}
	}
	other := "姓名,单位名称,单位编码,单位所属社区\n陈立新,县银行,DW-01,\n王海燕,县银行,,团结社区\n王海燕,县银行,,茂山社区\n"
	got, err := importer.Roster(t.Context(), db, s, strings.NewReader(other), commit)
	want := []importer.BadRow{
		{Line: 2, Reason: "编码 DW-01 是“县气象局”的，与单位名称不符"},
		{Line: 4, Reason: "“县银行”不在“茂山社区”，在团结社区、文化社区"},
	}
	if !errors.Is(err, importer.ErrBadRows) || !slices.Equal(got.Bad, want) || got.New != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	for file, says := range map[string]string{
		"姓名,社区\n": "表头里没有“单位”这一列", "单位,社区\n": "表头里没有“姓名”这一列", "": "文件是空的",
	} {
		if _, err := importer.Roster(t.Context(), db, s, strings.NewReader(file), commit); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q", file, err, says)
		}
	}
	if all, _ := roster(t, db); all != 0 {
		t.Errorf("%d names were written all the same", all)
	}
}

// A name in several rows of one unit is that of as many people, and the report says so; a later list adds those that it
// has more, and takes nobody away.
func TestNamesakesOnARoster(t *testing.T) {
	t.Parallel()
	db := county(t)
	takeUnits(t, db, "单位,社区\n县气象局,茂山社区\n县银行,团结社区\n", commit, importer.Report{New: 2})
	const newer = "k9:YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODk=," + someKey
	const two = "同一单位的同一姓名，算 2 个人，可以有 2 个人用这个姓名报到；如果是重复的，请删掉再导入"
	const head = "姓名,单位,电话\n"
	for i, c := range []struct {
		keys, rows string
		want       importer.Report
		people     int // of the name at the unit, afterwards
	}{
		{someKey, "王静,县气象局,\n", importer.Report{New: 1}, 1},
		{someKey, "王静,县气象局,0435-5221234\n王 静,县气象局,0435-5221234\n王静,县银行,\n",
			importer.Report{New: 2, Unchanged: 1, Notes: []string{"第 2 行、第 3 行是" + two}}, 2},
		{newer, "王静,县气象局,13800000101\n王静,县气象局,13800000102\n",
			importer.Report{New: 2, Notes: []string{"第 2 行、第 3 行是" + two}}, 2}, // their numbers are
		{newer, "王静,县气象局,\n", importer.Report{Unchanged: 1}, 2},
		{newer, "王静,县气象局,\n王静,县气象局,\n王静,县气象局,\n", importer.Report{New: 1, Unchanged: 2, Notes: []string{
			"第 2 行、第 3 行、第 4 行是" + strings.ReplaceAll(two, "2", "3")}}, 3},
	} {
		for _, o := range []importer.Options{{}, commit} {
			got, err := importer.Roster(t.Context(), db, sealer(t, c.keys), strings.NewReader(head+c.rows), o)
			if err != nil || !reflect.DeepEqual(got, c.want) {
				t.Errorf("file %d reports %+v, want %+v: %v", i, got, c.want, err)
			}
		}
		var rows, people int
		must(t, db.Pool().QueryRowContext(t.Context(), "SELECT COUNT(*), SUM(r.people) FROM roster r JOIN nodes n ON n.id = r.unit_id"+
			" WHERE n.name = '县气象局'").Scan(&rows, &people))
		if rows != 1 || people != c.people {
			t.Errorf("after file %d: %d people in %d rows, want %d in one", i, people, rows, c.people)
		}
	}
}

// A county's whole list goes in at once, and tells how far it is.
func TestLongRoster(t *testing.T) {
	t.Parallel()
	db := county(t)
	takeUnits(t, db, "单位,社区\n县气象局,茂山社区\n", commit, importer.Report{New: 1})
	var file strings.Builder
	file.WriteString("姓名,单位\n")
	for i := range 1400 {
		fmt.Fprintf(&file, "王%c%c,县气象局\n", '一'+i%70, '一'+i/70)
	}
	var steps []int
	o := importer.Options{Commit: true, Step: func(done, all int) { steps = append(steps, done, all) }}
	got, err := importer.Roster(t.Context(), db, sealer(t, someKey), strings.NewReader(file.String()), o)
	if err != nil || got.New != 1400 || !slices.Equal(steps, []int{500, 1400, 1000, 1400, 1400, 1400}) {
		t.Errorf("%+v, steps %v: %v", got, steps, err)
	}
	if all, plain := roster(t, db); all != 1400 || plain != 0 {
		t.Errorf("%d names, %d to read", all, plain)
	}
}
