package importer

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

func damaged(err error) error {
	return fmt.Errorf("打不开这个 xlsx 文件，请用 Excel 另存一次（%w）", err)
}

// readWorkbook reads every sheet that is to be seen and has a header of ours, and says which it did not read.
func readWorkbook(data []byte, columns []column) (table, error) {
	// Raw values: what a number looks like is decided here, see number.
	book, err := excelize.OpenReader(bytes.NewReader(data),
		excelize.Options{UnzipSizeLimit: maxPlain, RawCellValue: true})
	if err != nil {
		return table{}, damaged(err)
	}
	defer func() { _ = book.Close() }()
	var (
		read  []sheet
		all   = table{has: make([]bool, len(columns))}
		first error
		rows  int
	)
	for _, name := range book.GetSheetList() {
		visible, err := book.GetSheetVisible(name)
		if err != nil {
			return table{}, damaged(err)
		}
		if !visible {
			all.note("工作表“%s”是隐藏的，没有读", name)
			continue
		}
		s := sheet{book: book, name: name, formats: map[int]format{}}
		if err := s.read(); err != nil {
			return table{}, err
		}
		if rows += len(s.rows); rows > maxRows {
			return table{}, errTooLong
		}
		if len(s.rows) == 0 {
			continue
		}
		if s.table, err = pickColumns(s.rows, columns, false); err != nil {
			all.note("工作表“%s”没有读：%v", name, err)
			first = cmpOr(first, err)
			continue
		}
		read = append(read, s)
	}
	switch {
	case len(read) == 0 && first == nil:
		return table{}, errors.New("文件是空的")
	case len(read) == 0 && book.SheetCount > 1:
		return table{}, errors.New(strings.Join(all.notes, "；"))
	case len(read) == 0:
		return table{}, first
	}
	for _, s := range read {
		all.add(s, len(read) > 1)
	}
	return all, nil
}

func cmpOr(first, err error) error {
	if first == nil {
		return err
	}
	return first
}

// add puts a sheet's rows behind those that are there, and names its hidden ones.
func (t *table) add(s sheet, several bool) {
	if several {
		t.note("读了工作表“%s”，%d 行", s.name, len(s.table.rows))
	}
	var hidden []string
	for _, row := range s.table.rows {
		if s.hidden[row.number] {
			hidden = append(hidden, fmt.Sprint(row.number))
		}
		if several {
			row.sheet = s.name
		}
		t.rows = append(t.rows, row)
	}
	if len(hidden) > 0 {
		t.note("工作表“%s”第 %s 行是隐藏的（筛选掉了或者隐藏了），也算在内；不要的请删掉再导入", s.name, strings.Join(hidden, "、"))
	}
	for i, has := range s.table.has {
		t.has[i] = t.has[i] || has
	}
	for _, heading := range s.table.notStored {
		if !slices.Contains(t.notStored, heading) {
			t.notStored = append(t.notStored, heading)
		}
	}
}

// A sheet is a sheet of a workbook as it is read.
type sheet struct {
	book    *excelize.File
	name    string
	formats map[int]format // by style
	rows    []line         // those with something in them
	hidden  map[int]bool   // by number
	table   table
}

func (s *sheet) read() error {
	rows, err := s.book.Rows(s.name)
	if err != nil {
		return damaged(err)
	}
	defer func() { _ = rows.Close() }()
	s.hidden = map[int]bool{}
	byNumber := map[int]line{}
	for number := 1; rows.Next(); number++ {
		cells, err := rows.Columns()
		if err != nil {
			return damaged(err)
		}
		row := line{number: number, cells: cells[:min(len(cells), maxHeadings)]}
		if row.isBlank() {
			continue
		}
		if err := s.asShown(&row); err != nil {
			return damaged(err)
		}
		s.hidden[number] = rows.GetRowOpts().Hidden
		if byNumber[number] = row; len(byNumber) > maxRows {
			return errTooLong
		}
	}
	if err := rows.Error(); err != nil {
		return damaged(err)
	}
	if err := s.markMerged(byNumber); err != nil {
		return damaged(err)
	}
	for _, number := range slices.Sorted(maps.Keys(byNumber)) {
		s.rows = append(s.rows, byNumber[number])
	}
	return nil
}

// markMerged notes in the rows which cells a merge leaves empty: all but its first.
func (s *sheet) markMerged(rows map[int]line) error {
	last := 0
	for number := range rows {
		last = max(last, number)
	}
	merges, err := s.book.GetMergeCells(s.name, true)
	if err != nil {
		return err
	}
	for _, m := range merges {
		left, top, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		if err != nil {
			return err
		}
		right, bottom, err := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err != nil {
			return err
		}
		for y := top; y <= min(bottom, last); y++ {
			row := rows[y]
			if row.number = y; row.merged == nil {
				row.merged = map[int]string{}
			}
			for x := left; x <= min(right, left+maxHeadings); x++ {
				if x > left || y > top {
					row.merged[x-1] = m.GetStartAxis() + ":" + m.GetEndAxis()
				}
			}
			rows[y] = row
		}
	}
	return nil
}
