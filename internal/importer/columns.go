package importer

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"xinyuan/internal/fault"
)

// A column is known by any of its names, as offices write them. The first is
// what messages call it.
type column struct {
	names    []string
	optional bool
	checked  bool // looked at, but not kept
	phone    bool // may begin with a plus sign, and have several numbers
	person   bool // a name, which is compared without what cannot be seen
}

// A table is a file as its columns say: the cells of each row are in the order
// of the columns, and rows without any are left out.
type table struct {
	rows      []line
	has       []bool   // by column: whether the file has it
	notStored []string // headings of columns that are not kept
	notes     []string // what the clerk should know of the reading
}

func (t *table) note(format string, args ...any) {
	t.notes = append(t.notes, fmt.Sprintf(format, args...))
}

const (
	titleRows   = 5   // the header may stand below a title
	maxHeadings = 256 // columns beyond are not looked at
)

// pickColumns finds the header among the first rows, and the columns by it. In a
// strict table no row is longer than the header: a comma too many moves cells.
func pickColumns(rows []line, columns []column, strict bool) (table, error) {
	h, err := findHeader(rows, columns)
	if err != nil {
		return table{}, err
	}
	t := table{has: make([]bool, len(columns))}
	for x, heading := range h.cells {
		i := slices.Index(h.places, x)
		if strings.TrimSpace(heading) != "" && (i < 0 || columns[i].checked) {
			t.notStored = append(t.notStored, strings.TrimSpace(heading))
		}
		if i >= 0 {
			t.has[i] = true
		}
	}
	for _, row := range rows[h.end:] {
		if picked, empty := row.pick(h, columns); !empty {
			if strict && picked.problem == "" && isLonger(row.cells, len(h.cells)) {
				picked.problem = fmt.Sprintf("这一行比表头多出了列（表头有 %d 列），可能多了一个逗号", len(h.cells))
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
func (l line) pick(h header, columns []column) (picked line, empty bool) {
	picked, empty = line{number: l.number, cells: make([]string, len(columns))}, true
	for i, x := range h.places {
		if x < 0 {
			continue
		}
		if x < len(l.cells) {
			picked.cells[i] = strings.TrimSpace(l.cells[x])
		}
		name, problem := h.name(x), ""
		if in := l.merged[x]; in != "" {
			problem = fmt.Sprintf("“%s”在合并单元格 %s 里，请取消合并，每行都填写", name, in)
		} else if lost := l.lost[x]; lost != "" {
			problem = fmt.Sprintf("“%s”%s", name, lost)
		} else if cell := picked.cells[i]; cell != "" {
			problem = columns[i].refuses(cell, name)
		}
		if problem == "" && columns[i].phone {
			problem = checkPhones(picked.cells[i], name)
		}
		if picked.problem == "" {
			picked.problem = problem
		}
		empty = empty && picked.cells[i] == "" && problem == ""
	}
	return picked, empty
}

// isRounded is a number as a spreadsheet shows it when it has too many digits.
func isRounded(cell string) bool {
	before, after, ok := strings.Cut(strings.ToUpper(cell), "E+")
	digits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789.") == "" }
	return ok && digits(before) && digits(after)
}

// refuses says why a cell can be nothing that a table of ours holds. A cell that
// begins as a formula does would be run by the next spreadsheet that shows it.
func (c column) refuses(cell, name string) string {
	begins, _ := utf8.DecodeRuneInString(cell)
	switch {
	case strings.ContainsRune("=@＝＠", begins), strings.ContainsRune("+-＋－", begins) && !c.phone:
		return fmt.Sprintf("“%s”以“%c”开头，像是公式，请改成文字", name, begins)
	case begins == '#':
		return fmt.Sprintf("“%s”是公式的错误 %s，请改成文字", name, shown(cell))
	case isRounded(cell):
		return fmt.Sprintf("“%s”的 %s 被 Excel 改成了科学计数，请把这一列设为文本再填", name, shown(cell))
	case strings.ContainsRune(cell, utf8.RuneError):
		return fmt.Sprintf("“%s”里有乱码，请从原来的表格重新保存，存成 UTF-8 或者 xlsx", name)
	case c.phone, c.person && !strings.ContainsFunc(cell, unicode.IsControl): // nothing of it is kept as it stands
		return ""
	}
	if letter, found := fault.Unseen(cell); found {
		return fmt.Sprintf("“%s”里有%s，请删掉重写", name, fault.Describe(letter))
	}
	return ""
}

func isLonger(cells []string, than int) bool {
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
