package importer

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// A line is one row of a table.
type line struct {
	number int // as an editor or a spreadsheet counts: the first is 1
	cells  []string
	merged map[int]string // by place: the range of merged cells that leaves this one empty
	// problem is why the row cannot be taken whatever it says; "" if it can.
	problem string
}

const (
	maxRows  = 200_000   // more than a city has members
	maxBytes = 64 << 20  // a file of so many rows is smaller
	maxPlain = 512 << 20 // an xlsx unpacked
)

// readTable reads the first sheet of an xlsx file, or a CSV in UTF-8 or, as
// Excel in China saves it, in GB18030.
func readTable(file io.Reader, columns []column) (table, error) {
	data, err := io.ReadAll(io.LimitReader(file, maxBytes+1))
	if err != nil {
		return table{}, fmt.Errorf("importer: %w", err)
	}
	if len(data) > maxBytes {
		return table{}, fmt.Errorf("文件超过 %d MB，请分成几个文件", maxBytes>>20)
	}
	var rows []line
	workbook := bytes.HasPrefix(data, []byte("PK\x03\x04"))
	switch {
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")): // a compound file, as Office made before 2007
		err = errors.New("这是旧的 xls 格式，或者加了密码，请用 Excel 另存为不加密的 xlsx")
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		err = errors.New("文件的编码是 UTF-16，请存成 UTF-8 的 CSV 或者 xlsx")
	case workbook:
		rows, err = readSheet(data)
	default:
		rows, err = readCSV(data)
	}
	switch {
	case err != nil:
		return table{}, err
	case len(rows) == 0:
		return table{}, errors.New("文件是空的")
	case len(rows) > maxRows:
		return table{}, fmt.Errorf("一次最多导入 %d 行，请分成几个文件", maxRows)
	}
	return pickColumns(rows, columns, !workbook)
}

func readSheet(data []byte) ([]line, error) {
	damaged := func(err error) error {
		return fmt.Errorf("打不开这个 xlsx 文件，请用 Excel 另存一次：%w", err)
	}
	// Raw values: a code of twelve digits in a cell of no format stays one.
	book, err := excelize.OpenReader(bytes.NewReader(data),
		excelize.Options{UnzipSizeLimit: maxPlain, RawCellValue: true})
	if err != nil {
		return nil, damaged(err)
	}
	defer func() { _ = book.Close() }()
	sheet := book.GetSheetName(0)
	all, err := book.GetRows(sheet)
	if err != nil {
		return nil, damaged(err)
	}
	merges, err := book.GetMergeCells(sheet, true)
	if err != nil {
		return nil, damaged(err)
	}
	rows := make([]line, len(all))
	for i, cells := range all {
		rows[i] = line{number: i + 1, cells: cells}
	}
	for _, m := range merges {
		if err := markMerged(rows, m); err != nil {
			return nil, damaged(err)
		}
	}
	return rows, nil
}

// markMerged notes in the rows which cells a merge leaves empty: all but its first.
func markMerged(rows []line, m excelize.MergeCell) error {
	left, top, err := excelize.CellNameToCoordinates(m.GetStartAxis())
	if err != nil {
		return err
	}
	right, bottom, err := excelize.CellNameToCoordinates(m.GetEndAxis())
	if err != nil {
		return err
	}
	for y := top; y <= min(bottom, len(rows)); y++ {
		row := &rows[y-1]
		if row.merged == nil {
			row.merged = map[int]string{}
		}
		for x := left; x <= min(right, left+maxHeadings); x++ {
			if x > left || y > top {
				row.merged[x-1] = m.GetStartAxis() + ":" + m.GetEndAxis()
			}
		}
	}
	return nil
}

func readCSV(data []byte) ([]line, error) {
	if !utf8.Valid(data) {
		text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
		if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
			return nil, errors.New("认不出文件的编码，请存成 UTF-8 的 CSV 或者 xlsx")
		}
		data = text
	}
	in := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	in.FieldsPerRecord = -1
	var rows []line
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			return nil, fmt.Errorf("第 %d 行起的引号不成对：%w", broken.StartLine, err)
		}
		if err != nil {
			return nil, fmt.Errorf("importer: %w", err)
		}
		number, _ := in.FieldPos(0)
		rows = append(rows, line{number: number, cells: record})
	}
}
