package paper

import (
	"bytes"
	"encoding/csv"
	"fmt"

	"xinyuan/internal/words"
)

// CSV is a table for spreadsheets, of strings and whole numbers: UTF-8 as Excel knows it, no string a formula.
func CSV(rows [][]any) ([]byte, error) {
	out := bytes.NewBufferString("\uFEFF") // by which Excel knows UTF-8
	table := csv.NewWriter(out)
	table.UseCRLF = true
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, value := range row {
			if cells[i] = fmt.Sprint(value); value == any(cells[i]) {
				cells[i] = words.Cell(cells[i])
			}
		}
		if err := table.Write(cells); err != nil {
			return nil, fmt.Errorf("paper: %w", err)
		}
	}
	table.Flush()
	if err := table.Error(); err != nil {
		return nil, fmt.Errorf("paper: %w", err)
	}
	return out.Bytes(), nil
}
