package paper

import "fmt"

// Grid is a wide table to print: a row a thing, a column for each of what is to be known of it.
type Grid struct {
	Info    Info
	Title   string
	Number  string // at the right, above the table
	About   string // at the left
	Columns []Column
	Rows    [][]string // a cell may have several lines
	Empty   string     // what stands in the place of no rows
	Notes   []string   // below the table
}

// Column is what a column is called, and its share of the width.
type Column struct {
	Name  string
	Share float64
}

// Measures of a grid, in points.
const (
	gridLeft = 42.0
	gridWide = A4Long - 2*gridLeft
	gridEnd  = A4Short - 44 // where the table ends on each page
	gridLead = 13.0
	gridPad  = 5.0
)

var (
	gridText = Style{Size: 9, Ink: Dark}
	gridHead = Style{Size: 9.5, Ink: Dark, Bold: 0.3}
)

// PDF is the grid on as many pages as it needs, with its head on each. Error: that of a font.
func (g Grid) PDF() ([]byte, error) {
	d := gridSheet{grid: g, doc: New(A4Long, A4Short, g.Info)}
	d.open()
	for _, row := range g.Rows {
		d.row(row, gridText)
	}
	notes := g.Notes
	if len(g.Rows) == 0 && g.Empty != "" {
		notes = append([]string{g.Empty}, notes...)
	}
	for _, note := range notes {
		for _, line := range d.doc.Wrap(note, gridWide, formSmall) {
			if d.y+gridLead > gridEnd+16 {
				d.open()
			}
			d.y += 14
			d.page.Text(gridLeft, d.y+2, line, formSmall)
		}
	}
	return d.doc.Bytes()
}

// gridSheet is a grid being drawn.
type gridSheet struct {
	grid Grid
	doc  *Document
	page *Page
	y    float64 // where the next row begins
}

func (d *gridSheet) open() {
	g := d.grid
	d.page = d.doc.Page()
	d.page.Right(gridLeft+gridWide, A4Short-22, fmt.Sprintf("第 %d 页", d.doc.Pages()), formSmall)
	number := Style{Size: 9.5, Ink: Soft}
	d.y = 40
	if d.doc.Pages() == 1 {
		d.page.Middle(A4Long/2, 56, g.Title, Style{Size: 20, Ink: Dark, Bold: 0.4, Spread: 5})
		d.page.Rule(A4Long/2-24, 68, 48, 0.8, Red)
		d.y = 94
	}
	d.page.Right(gridLeft+gridWide, d.y-8, g.Number, number)
	wide := gridWide - d.doc.Width(g.Number, number) - 16
	about := g.About
	if d.doc.Pages() > 1 {
		about = g.Title + "　" + about
	}
	d.page.Text(gridLeft, d.y-8, d.doc.Clip(about, wide, number), number)
	head := make([]string, len(g.Columns))
	for i, c := range g.Columns {
		head[i] = c.Name
	}
	d.row(head, gridHead)
}

// row draws a row, on the next page where this one has no room for it. What is higher than a page is cut there.
func (d *gridSheet) row(cells []string, style Style) {
	texts, sum := make([][]string, len(cells)), 0.0
	for _, c := range d.grid.Columns {
		sum += c.Share
	}
	wide := func(i int) float64 { return gridWide * d.grid.Columns[i].Share / sum }
	for i, cell := range cells {
		texts[i] = d.doc.wrapEach(cell, wide(i)-2*gridPad, style)
	}
	const top = 94.0
	high := min(float64(max(longest(texts), 1))*gridLead+2*gridPad, gridEnd-top)
	if d.y+high > gridEnd {
		d.open()
	}
	at := gridLeft
	for i, lines := range texts {
		box := Box{at, d.y, wide(i), high}
		if style == gridHead {
			d.page.Fill(box, Ink{246, 242, 235})
		}
		d.page.Frame(box, 0.5, Soft)
		for n, line := range lines {
			if y := d.y + gridPad + 9 + gridLead*float64(n); y < d.y+high {
				d.page.Text(at+gridPad, y, line, style)
			}
		}
		at += wide(i)
	}
	d.y += high
}
