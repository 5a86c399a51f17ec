package paper

import (
	"fmt"
	"strings"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/words"
)

// Day is a day in China as papers write it.
func Day(t time.Time) string { return words.Day(t.In(clock.Shanghai).Date()) }

// Moment is a time in China as papers write it.
func Moment(t time.Time) string { return words.Moment(t.In(clock.Shanghai)) }

// Form is a paper of an office to print: a table of labelled cells below a title.
type Form struct {
	Info   Info
	Title  string
	Number string // at the right, above the table
	About  string // at the left
	Rows   []FormRow
	Notes  []string // below the table
}

// FormRow is a line of the table: cells side by side, as wide as each other, or a heading across it.
type FormRow struct {
	Head  string // with it no cells
	Cells []FormCell
	High  float64 // at least, in points: space for a seal and for handwriting
}

// FormCell is what is known, and what it is called. Its text may have several lines.
type FormCell struct{ Label, Text string }

// Row is a line of cells, from labels and texts by turns.
func Row(labelsAndTexts ...string) FormRow {
	var r FormRow
	for i := 0; i+1 < len(labelsAndTexts); i += 2 {
		r.Cells = append(r.Cells, FormCell{labelsAndTexts[i], labelsAndTexts[i+1]})
	}
	return r
}

// Measures of a form, in points.
const (
	formLeft  = 56.0
	formWide  = A4Short - 2*formLeft
	formEnd   = A4Long - 64 // where the table ends on each page
	formLabel = 80.0
	formLead  = 16.0
	formPad   = 8.0
	formRow   = formLead + 2*formPad
)

var (
	formText  = Style{Size: 10.5, Ink: Dark}
	formSmall = Style{Size: 9, Ink: Faint}
)

// PDF is the form on as many pages as it needs. Error: that of a font.
func (f Form) PDF() ([]byte, error) {
	d := formSheet{form: f, doc: New(A4Short, A4Long, f.Info)}
	d.open()
	for _, r := range f.Rows {
		d.row(r)
	}
	for _, note := range f.Notes {
		for _, line := range d.doc.Wrap(note, formWide, formSmall) {
			if d.y+formLead > formEnd+24 {
				d.open()
			}
			d.y += 14
			d.page.Text(formLeft, d.y+4, line, formSmall)
		}
	}
	return d.doc.Bytes()
}

// formSheet is a form being drawn.
type formSheet struct {
	form Form
	doc  *Document
	page *Page
	y    float64 // where the next row begins
}

func (d *formSheet) open() {
	d.page = d.doc.Page()
	d.page.Right(formLeft+formWide, A4Long-34, fmt.Sprintf("第 %d 页", d.doc.Pages()), formSmall)
	if d.doc.Pages() > 1 {
		d.page.Text(formLeft, 52, d.form.Title+"　"+d.form.Number, formSmall)
		d.y = 62
		return
	}
	d.page.Middle(A4Short/2, 84, d.form.Title, Style{Size: 22, Ink: Dark, Bold: 0.4, Spread: 6})
	d.page.Rule(A4Short/2-24, 98, 48, 0.8, Red)
	number := Style{Size: 10, Ink: Soft}
	wide := d.doc.Width(d.form.Number, number)
	d.page.Right(formLeft+formWide, 122, d.form.Number, number)
	d.page.Text(formLeft, 122, d.doc.Clip(d.form.About, formWide-wide-16, number), number)
	d.y = 130
}

// row draws a row, on the next page where this one has no room for it. A text longer than the room goes on there.
func (d *formSheet) row(r FormRow) {
	if r.Head != "" {
		if d.y+2*formRow > formEnd { // a heading stays with what it is of
			d.open()
		}
		d.page.Frame(d.box(0, formWide, formRow-4), 0.6, Soft)
		d.page.Text(formLeft+formPad, d.y+formRow-14, r.Head, Style{Size: 10.5, Ink: Dark, Bold: 0.3})
		d.y += formRow - 4
		return
	}
	texts, wide := make([][]string, len(r.Cells)), formWide/float64(len(r.Cells))
	for i, c := range r.Cells {
		texts[i] = d.wrap(c.Text, wide-formLabel-2*formPad)
	}
	for first := true; first || longest(texts) > 0; first = false {
		high := max(formRow, float64(longest(texts))*formLead+2*formPad)
		if first {
			high = max(high, r.High)
		}
		if d.y+high > formEnd && (high < formEnd/3 || d.y > formEnd-2*formRow) {
			d.open()
		}
		high = min(high, formEnd-d.y)
		d.cells(r, texts, wide, high)
		room := int((high - 2*formPad) / formLead)
		for i := range texts {
			texts[i] = texts[i][min(room, len(texts[i])):]
		}
		d.y += high
	}
}

// cells draws as much of the texts as the height has room for.
func (d *formSheet) cells(r FormRow, texts [][]string, wide, high float64) {
	room := int((high - 2*formPad) / formLead)
	for i, c := range r.Cells {
		at := wide * float64(i)
		d.page.Frame(d.box(at, formLabel, high), 0.6, Soft)
		d.page.Frame(d.box(at+formLabel, wide-formLabel, high), 0.6, Soft)
		for n, line := range d.wrap(c.Label, formLabel-2*formPad) {
			d.page.Text(formLeft+at+formPad, d.y+formPad+12+formLead*float64(n), line, Style{Size: 10.5, Ink: Soft})
		}
		for n, line := range texts[i][:min(room, len(texts[i]))] {
			d.page.Text(formLeft+at+formLabel+formPad, d.y+formPad+12+formLead*float64(n), line, formText)
		}
	}
}

func (d *formSheet) box(at, wide, high float64) Box { return Box{formLeft + at, d.y, wide, high} }

func (d *formSheet) wrap(text string, wide float64) []string {
	return d.doc.wrapEach(text, wide, formText)
}

// wrapEach breaks each paragraph of the text into lines.
func (d *Document) wrapEach(text string, wide float64, s Style) (lines []string) {
	for _, paragraph := range strings.Split(strings.TrimSpace(text), "\n") {
		lines = append(lines, d.Wrap(paragraph, wide, s)...)
	}
	return lines
}

func longest(texts [][]string) (n int) {
	for _, t := range texts {
		n = max(n, len(t))
	}
	return n
}
