package paper

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Sheet is a spreadsheet of one table, whose first row is its head. Cells are
// strings, whole numbers or decimals; numbers stay numbers, and no string is
// ever read as a formula.
func Sheet(name string, rows [][]any) (_ []byte, err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.SetSheetName("Sheet1", name); err != nil {
		return nil, fmt.Errorf("paper: %w", err)
	}
	for i, row := range rows {
		for j, value := range row {
			if text, is := value.(string); is {
				row[j] = Literal(text)
			}
		}
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err == nil {
			err = f.SetSheetRow(name, at, &row)
		}
		if err != nil {
			return nil, fmt.Errorf("paper: %w", err)
		}
	}
	if err := dress(f, name, rows); err != nil {
		return nil, fmt.Errorf("paper: %w", err)
	}
	if err := f.SetDocProps(&excelize.DocProperties{Title: name, Creator: "心愿"}); err != nil {
		return nil, fmt.Errorf("paper: %w", err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, fmt.Errorf("paper: %w", err)
	}
	return out.Bytes(), nil
}

// Literal keeps a text from being read as a formula by a program that opens a
// table.
func Literal(text string) string {
	if strings.ContainsAny(text[:min(1, len(text))], "=+-@\t\r") {
		return "'" + text
	}
	return text
}

// dress makes the head bold and keeps it in sight, and columns as wide as their
// longest text.
func dress(f *excelize.File, name string, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	all := f.SetRowStyle(name, 1, 1, bold)
	for j := range rows[0] {
		width := 8
		for _, row := range rows {
			if j < len(row) {
				width = max(width, min(2*len([]rune(fmt.Sprint(row[j])))+2, 40))
			}
		}
		column, err := excelize.ColumnNumberToName(j + 1)
		all = errors.Join(all, err, f.SetColWidth(name, column, column, float64(width)))
	}
	return errors.Join(all, f.SetPanes(name, &excelize.Panes{
		Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft",
	}))
}
