package paper

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/xuri/excelize/v2"

	"xinyuan/internal/words"
)

// Table is what a spreadsheet shows. Cells are strings, whole numbers or decimals;
// numbers stay numbers, and no string is ever read as a formula.
type Table struct {
	Name  string
	Above []string // what it is about, line by line; the first is its title
	Head  []any
	Rows  [][]any
	Foot  []any // the sums
}

// Sheet is a spreadsheet of one table.
func Sheet(t Table) ([]byte, error) { return Sheets([]Table{t}) }

// Sheets is a spreadsheet of several tables, a sheet each. It bears the first one's name.
func Sheets(tables []Table) (_ []byte, err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	all := f.SetSheetName("Sheet1", tables[0].Name)
	for i, t := range tables {
		if i > 0 {
			_, failed := f.NewSheet(t.Name)
			all = errors.Join(all, failed)
		}
		all = errors.Join(all, t.draw(f))
	}
	all = errors.Join(all, f.SetDocProps(&excelize.DocProperties{Title: tables[0].Name, Creator: "心愿"}))
	if all != nil {
		return nil, fmt.Errorf("paper: %w", all)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, fmt.Errorf("paper: %w", err)
	}
	return out.Bytes(), nil
}

// draw writes the table on its sheet.
func (t Table) draw(f *excelize.File) (all error) {
	for i, text := range t.Above {
		all = errors.Join(all, f.SetCellValue(t.Name, fmt.Sprintf("A%d", i+1), words.Cell(text)))
	}
	rows := append(append([][]any{t.Head}, t.Rows...), t.Foot)
	for i, row := range rows {
		for j, value := range row {
			if text, is := value.(string); is {
				row[j] = words.Cell(text)
			}
		}
		all = errors.Join(all, f.SetSheetRow(t.Name, fmt.Sprintf("A%d", t.first()+i), &row))
	}
	return errors.Join(all, t.dress(f), t.widen(f, rows))
}

// first is the row of the head; an empty one parts it from what is above.
func (t Table) first() int {
	if len(t.Above) == 0 {
		return 1
	}
	return len(t.Above) + 2
}

// dress makes title, head and sums stand out, keeps the head in sight and on
// every printed page, and fits the table to the width of the paper.
func (t Table) dress(f *excelize.File) error {
	last, err := excelize.ColumnNumberToName(max(len(t.Head), 1))
	first, end := t.first(), t.first()+len(t.Rows)+1
	var all error
	style := func(from, to string, s excelize.Style) {
		id, err := f.NewStyle(&s)
		all = errors.Join(all, err, f.SetCellStyle(t.Name, from, to, id))
	}
	cell := func(column string, row int) string { return fmt.Sprintf("%s%d", column, row) }
	edge := []excelize.Border{{Type: "bottom", Color: "DED4C7", Style: 1}}
	if len(t.Above) > 0 {
		style("A1", "A1", excelize.Style{Font: &excelize.Font{Bold: true, Size: 16}})
	}
	if len(t.Rows) > 0 {
		style(cell("A", first+1), cell(last, end-1), excelize.Style{Border: edge})
	}
	style(cell("A", first), cell(last, first), excelize.Style{
		Font: &excelize.Font{Bold: true}, Border: []excelize.Border{{Type: "bottom", Color: "9B2423", Style: 2}},
	})
	if len(t.Foot) > 0 {
		style(cell("A", end), cell(last, end), excelize.Style{Font: &excelize.Font{Bold: true}})
	}
	fit, wide, high, a4 := true, 1, 0, 9
	return errors.Join(err, all,
		f.SetPanes(t.Name, &excelize.Panes{
			Freeze: true, YSplit: first, TopLeftCell: cell("A", first+1), ActivePane: "bottomLeft",
		}),
		f.SetSheetProps(t.Name, &excelize.SheetPropsOptions{FitToPage: &fit}),
		f.SetPageLayout(t.Name, &excelize.PageLayoutOptions{Size: &a4, FitToWidth: &wide, FitToHeight: &high}),
		f.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$%d:$%d", t.Name, first, first), Scope: t.Name,
		}))
}

// widen makes columns as wide as their longest text.
func (t Table) widen(f *excelize.File, rows [][]any) error {
	var all error
	for j := range t.Head {
		width := 10
		for _, row := range rows {
			if j < len(row) {
				width = max(width, min(2*len([]rune(fmt.Sprint(row[j])))+2, 40))
			}
		}
		column, err := excelize.ColumnNumberToName(j + 1)
		all = errors.Join(all, err, f.SetColWidth(t.Name, column, column, float64(width)))
	}
	return all
}
