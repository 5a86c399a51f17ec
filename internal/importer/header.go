package importer

import (
	"slices"
	"strings"
)

// A header is where a table says what its columns are, in one row or in two.
type header struct {
	cells  []string
	places []int // by column: where it is, -1 for one that is optional and not there
	end    int   // how many rows of the table are header or above it
}

// name is what the file itself calls a column.
func (h header) name(x int) string {
	name := strings.TrimSpace(h.cells[x])
	if i := strings.IndexAny(name, "(（"); i > 0 {
		name = name[:i]
	}
	return strings.Trim(name, "*＊:： ")
}

// findHeader finds the header among the first rows. Error: what is missing in the row that comes nearest.
func findHeader(rows []line, columns []column) (header, error) {
	var (
		most  []int
		first error
	)
	for i := range rows[:min(len(rows), titleRows)] {
		for _, h := range headersAt(rows, i, columns) {
			found, err := match(h.cells, columns)
			if err == nil {
				h.places = found
				return h, nil
			}
			if first == nil || len(found) > len(most) {
				first, most = err, found
			}
		}
	}
	return header{}, first
}

// headersAt are the headers that may begin in a row, the likelier one first: the row with the one below it where that
// goes on with it, and the row alone.
func headersAt(rows []line, i int, columns []column) []header {
	alone := header{cells: rows[i].cells, end: i + 1}
	ours := slices.ContainsFunc(rows[i].cells, func(cell string) bool { return isHeading(cell, columns) })
	if !ours || i+1 == len(rows) || rows[i+1].number != rows[i].number+1 {
		return []header{alone}
	}
	upper, lower := rows[i], rows[i+1]
	both := header{cells: slices.Clone(upper.cells), end: i + 2}
	group, known := "", 0
	for x, cell := range lower.cells {
		if x == len(both.cells) {
			both.cells = append(both.cells, "")
		}
		if strings.TrimSpace(both.cells[x]) != "" {
			group = strings.TrimSpace(both.cells[x])
		}
		if strings.TrimSpace(cell) == "" {
			continue
		}
		switch {
		case isHeading(heading(group)+cell, columns): // 单位 above 编码
			both.cells[x] = heading(group) + strings.TrimSpace(cell)
		case isHeading(cell, columns):
			both.cells[x] = cell
		case isHeading(both.cells[x], columns):
			return []header{alone} // a row of data
		default:
			both.cells[x] = cell
			continue
		}
		known++
	}
	if known == 0 && !goesDown(upper, lower, columns) {
		return []header{alone}
	}
	return []header{both, alone}
}

// goesDown tells whether a heading is in a cell that is merged with the one below it.
func goesDown(upper, lower line, columns []column) bool {
	for x, cell := range upper.cells {
		if lower.merged[x] != "" && upper.merged[x] == "" && isHeading(cell, columns) {
			return true
		}
	}
	return false
}

func isHeading(cell string, columns []column) bool {
	return slices.ContainsFunc(columns, func(c column) bool { return slices.Contains(c.names, heading(cell)) })
}
