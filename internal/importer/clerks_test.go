package importer_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xinyuan/internal/importer"
	"xinyuan/internal/mysql"
)

// clerks are files of clerks, what they are imported as, and the whole report: the counts, what is said of the reading, each bad row.
// In a file of several commands the earlier ones are committed first.
var clerks = []struct {
	run  string // command and file, several parted by "; "
	want string
}{
	{"roster r01-hidden-first-sheet.xlsx", "新增 3\n工作表“去年”是隐藏的，没有读"},
	{"roster r02-instructions-first.xlsx",
		"新增 1\n工作表“填写说明”没有读：表头里没有“姓名”这一列（可以写作：姓名、党员姓名、真实姓名、name）"},
	{"roster r03-sheet-per-unit.xlsx",
		"新增 4\n读了工作表“县税务局”，1 行\n读了工作表“县司法局”，2 行\n读了工作表“县交通运输局”，1 行"},
	{"roster r04-filtered-rows.xlsx",
		"新增 4\n不保存 状态\n工作表“名册”第 3、4 行是隐藏的（筛选掉了或者隐藏了），也算在内；不要的请删掉再导入"},
	{"roster r06-two-level-header.xlsx", "新增 1\n不保存 序号、报到街道、报到社区、备注"},
	{"roster r10-stray-space-row-1048576.xlsx", "新增 1"},
	{"roster r11-numbers.xlsx", "新增 2\n不保存 序号、报到社区、身份证号\n" +
		"第 4 行：“姓名”是公式的错误 #N/A，请改成文字\n第 5 行：“姓名”里有“4”，请只写姓名"},
	{"roster r12-names.xlsx", "新增 15\n第 17 行：“姓名”里有“①”，请只写姓名\n第 18 行：“姓名”里有“(”，请只写姓名"},
	{"roster r17-semicolon-bom.csv", "新增 1"},
	{"roster r18-tab-gbk.txt", "新增 1"},
	{"roster r19-html.xls", "这是网页，不是 Excel 文件，请用 Excel 打开，另存为 xlsx 再导入"},
	{"roster r22-landline.csv", "新增 3"},
	{"roster r23-fullwidth-comma.csv", "新增 1"},
	{"roster r25-crcr.csv", "新增 2"},
	{"roster r32-commit-names.csv", "新增 8"},
	{"units u01-code-leading-zeros.xlsx; roster r33-by-code.csv", "新增 1"},
	{"units u02-code-18-digits-number.xlsx", "新增 0\n" +
		"第 2 行：“统一社会信用代码”的数字超过 15 位，Excel 已经丢了末尾几位，请把这一列设为文本，再照原件填写\n" +
		"第 3 行：“统一社会信用代码”的数字超过 15 位，Excel 已经丢了末尾几位，请把这一列设为文本，再照原件填写"},
	{"units u04-code-18-rounded.csv", "新增 0\n" +
		"第 2 行：单位编码“112205210135623000”末尾的 0 像是 Excel 丢了后面几位，请照原件重新填写，并把这一列设为文本\n" +
		"第 3 行：单位编码“112205210135623000”末尾的 0 像是 Excel 丢了后面几位，请照原件重新填写，并把这一列设为文本"},
	{"units u10-date-code.xlsx", "新增 0\n第 2 行：“单位编码”被 Excel 当成了日期 2024/1/1，请把这一列设为文本，再重新填写"},
	{"units u11-float-code.xlsx", "新增 2"},
	{"divisions d01-divisions.xlsx", "新增 1"},
	{"divisions d03-divisions-formula.csv", "新增 0\n第 2 行：“name”以“=”开头，像是公式，请改成文字"},
	{"divisions d04-divisions-control.csv", "新增 0\n第 2 行：“name”里有看不见的字符（U+200B），请删掉重写"},
	{"units u15-unit-in-zwsp-community.csv", "新增 0\n第 2 行：没有叫“新社区”的社区、村或者街道"},
	{"divisions d01-divisions.xlsx; units u15-unit-in-zwsp-community.csv", "新增 1"},
	{"divisions d05-divisions-blank-rows.csv", "新增 1"},
	{"divisions d07-divisions-same-name-sibling.csv",
		"新增 0\n第 2 行：“茂山街道”里已经有“茂山社区”（代码 220521001001），同名的分不清，请改名或者用原来的代码"},
	{"units u16-unit-in-doubled-community.csv", "新增 1"},
	{"divisions d10-divisions-two-counties.csv",
		"新增 0\n第 2 行：已经有一个县了（代码 220521000000）；一套系统只用于一个县，请只导入本县的区划"},
}

// offices are the units that the clerks' rosters name.
const offices = "单位,社区\n县税务局,茂山社区\n县司法局,茂山社区\n县交通运输局,茂山社区\n"

func runImport(t *testing.T, db *mysql.DB, run string, o importer.Options) string {
	t.Helper()
	command, name, _ := strings.Cut(run, " ")
	file, err := os.Open(filepath.Join("testdata", name))
	must(t, err)
	defer func() { must(t, file.Close()) }()
	var r importer.Report
	switch command {
	case "divisions":
		r, err = importer.Divisions(t.Context(), db, file, o.Commit)
	case "units":
		r, err = importer.Units(t.Context(), db, file, o)
	default:
		r, err = importer.Roster(t.Context(), db, sealer(t, someKey), file, o)
	}
	if err != nil && len(r.Bad) == 0 {
		return err.Error()
	}
	lines := []string{fmt.Sprint("新增 ", r.New)}
	if len(r.NotStored) > 0 {
		lines = append(lines, "不保存 "+strings.Join(r.NotStored, "、"))
	}
	lines = append(lines, r.Notes...)
	for _, b := range r.Bad {
		lines = append(lines, b.At()+"："+b.Reason)
	}
	return strings.Join(lines, "\n")
}

// What clerks send is taken as they see it, or refused in words that say what to do.
func TestWhatClerksSend(t *testing.T) {
	t.Parallel()
	tested := map[string]bool{}
	for _, c := range clerks {
		runs := strings.Split(c.run, "; ")
		for _, run := range runs {
			_, name, _ := strings.Cut(run, " ")
			tested[name] = true
		}
		t.Run(strings.NewReplacer(" ", "_", ";", "").Replace(c.run), func(t *testing.T) {
			t.Parallel()
			db := county(t)
			takeUnits(t, db, offices, commit, importer.Report{New: 3})
			for _, run := range runs[:len(runs)-1] {
				runImport(t, db, run, commit)
			}
			for _, o := range []importer.Options{{}, commit} {
				if got := runImport(t, db, runs[len(runs)-1], o); got != c.want {
					t.Errorf("with commit %v:\n%s\nwant:\n%s", o.Commit, got, c.want)
				}
			}
		})
	}
	files, err := os.ReadDir("testdata")
	must(t, err)
	for _, f := range files {
		if !tested[f.Name()] {
			t.Errorf("testdata/%s is imported by no case", f.Name())
		}
	}
}
