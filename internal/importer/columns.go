package importer

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A column is known by any of its names, as offices write them. The first is
// what messages call it.
type column struct {
	names    []string
	optional bool
	checked  bool // looked at, but not kept
	phone    bool // may begin with a plus sign
}

// A table is a file as its columns say: the cells of each row are in the order
// of the columns, and rows without any are left out.
type table struct {
	rows      []line
	has       []bool   // by column: whether the file has it
	notStored []string // headings of columns that are not kept
}

const (
	titleRows   = 5   // the header may stand below a title
	maxHeadings = 256 // columns beyond are not looked at
)

// pickColumns finds the header among the first rows, and the columns by it. In a
// strict table no row is longer than the header: a comma too many moves cells.
func pickColumns(rows []line, columns []column, strict bool) (table, error) {
	var (
		places []int
		below  int
		first  error
	)
	for i, row := range rows[:min(len(rows), titleRows)] {
		found, err := match(row.cells, columns)
		if err == nil {
			places, below = found, i+1
			break
		}
		if first == nil || len(found) > len(places) {
			first, places = err, found
		}
	}
	if below == 0 {
		return table{}, first
	}
	header := rows[below-1].cells
	t := table{has: make([]bool, len(columns))}
	for x, heading := range header {
		i := slices.Index(places, x)
		if strings.TrimSpace(heading) != "" && (i < 0 || columns[i].checked) {
			t.notStored = append(t.notStored, strings.TrimSpace(heading))
		}
		if i >= 0 {
			t.has[i] = true
		}
	}
	for _, row := range rows[below:] {
		if picked, empty := row.pick(places, columns); !empty {
			if strict && picked.problem == "" && longer(row.cells, len(header)) {
				picked.problem = fmt.Sprintf("这一行比表头多出了列（表头有 %d 列），可能多了一个逗号", len(header))
			}
			t.rows = append(t.rows, picked)
		}
	}
	return t, nil
}

// match finds the place of each column in a header, -1 for one that is optional
// and not there. With an error it returns only those found.
func match(header []string, columns []column) ([]int, error) {
	var (
		places  []int
		found   []int
		missing error
	)
	for _, c := range columns {
		place := -1
		for x, cell := range header[:min(len(header), maxHeadings)] {
			if !slices.Contains(c.names, heading(cell)) {
				continue
			}
			if place >= 0 {
				return found, fmt.Errorf("表头里“%s”有两列：“%s”和“%s”", c.names[0], header[place], cell)
			}
			place = x
		}
		switch {
		case place >= 0:
			found = append(found, place)
		case !c.optional && missing == nil:
			missing = fmt.Errorf("表头里没有“%s”这一列（可以写作：%s）", c.names[0], strings.Join(c.names, "、"))
		}
		places = append(places, place)
	}
	if missing != nil {
		return found, missing
	}
	return places, nil
}

// heading is a heading without what people put around it: "*姓名（必填）".
func heading(cell string) string {
	if i := strings.IndexAny(cell, "(（"); i > 0 {
		cell = cell[:i]
	}
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("*＊:：\ufeff", r) {
			return -1
		}
		return r
	}, cell))
}

// pick takes the cells of the columns, and says what is wrong with them as cells.
func (l line) pick(places []int, columns []column) (picked line, empty bool) {
	picked, empty = line{number: l.number, cells: make([]string, len(columns))}, true
	for i, x := range places {
		if x < 0 {
			continue
		}
		if x < len(l.cells) {
			picked.cells[i] = strings.TrimSpace(l.cells[x])
		}
		problem := ""
		if in := l.merged[x]; in != "" {
			problem = fmt.Sprintf("“%s”在合并单元格 %s 里，请取消合并，每行都填写", columns[i].names[0], in)
		} else if cell := picked.cells[i]; cell != "" {
			problem = columns[i].refuses(cell)
		}
		if picked.problem == "" {
			picked.problem = problem
		}
		empty = empty && picked.cells[i] == "" && problem == ""
	}
	return picked, empty
}

// rounded is a number as a spreadsheet shows it when it has too many digits.
func rounded(cell string) bool {
	before, after, ok := strings.Cut(strings.ToUpper(cell), "E+")
	digits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789.") == "" }
	return ok && digits(before) && digits(after)
}

// refuses says why a cell can be nothing that a table of ours holds. A cell that
// begins as a formula does would be run by the next spreadsheet that shows it.
func (c column) refuses(cell string) string {
	begins, _ := utf8.DecodeRuneInString(cell)
	switch {
	case strings.ContainsRune("=@＝＠", begins), strings.ContainsRune("+-＋－", begins) && !c.phone:
		return fmt.Sprintf("“%s”以“%c”开头，像是公式，请改成文字", c.names[0], begins)
	case begins == '#':
		return fmt.Sprintf("“%s”是公式的错误 %s，请改成文字", c.names[0], shown(cell))
	case rounded(cell):
		return fmt.Sprintf("“%s”的 %s 被 Excel 改成了科学计数，请把这一列设为文本再填", c.names[0], shown(cell))
	case strings.ContainsRune(cell, utf8.RuneError):
		return fmt.Sprintf("“%s”里有乱码，请从原来的表格重新保存", c.names[0])
	case strings.ContainsFunc(cell, unicode.IsControl):
		return fmt.Sprintf("“%s”里有换行或者看不见的字符", c.names[0])
	}
	return ""
}

func longer(cells []string, than int) bool {
	filled := func(cell string) bool { return strings.TrimSpace(cell) != "" }
	return len(cells) > than && slices.ContainsFunc(cells[than:], filled)
}

// shown is a cell as messages quote it: not all of a long one.
func shown(cell string) string {
	const most = 20
	if runes := []rune(cell); len(runes) > most {
		return string(runes[:most]) + "……"
	}
	return cell
}
