package importer

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// A column is known by any of its names, as offices write them.
type column struct {
	names    []string
	optional bool
}

// A line is one row of a table, its cells in the order of the columns.
type line struct {
	number int // as a spreadsheet counts: the header is line 1
	cells  []string
}

// maxRows bounds a table: more than a city has members.
const maxRows = 200_000

// readTable reads the first sheet of an xlsx file, or a CSV in UTF-8 or, as
// Excel in China saves it, in GB18030. Empty rows are left out.
func readTable(file io.Reader, columns []column) ([]line, error) {
	data, err := io.ReadAll(file)
	if err != nil {
		return nil, fmt.Errorf("importer: %w", err)
	}
	var rows []line
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		rows, err = readSheet(data)
	} else {
		rows, err = readCSV(data)
	}
	switch {
	case err != nil:
		return nil, err
	case len(rows) == 0:
		return nil, errors.New("文件是空的")
	case len(rows) > maxRows:
		return nil, fmt.Errorf("一次最多导入 %d 行，请分成几个文件", maxRows)
	}
	return pickColumns(rows, columns)
}

func readSheet(data []byte) ([]line, error) {
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: 512 << 20})
	if err != nil {
		return nil, fmt.Errorf("打不开这个 xlsx 文件，请用 Excel 另存一次：%w", err)
	}
	defer func() { _ = book.Close() }()
	all, err := book.GetRows(book.GetSheetName(0))
	if err != nil {
		return nil, fmt.Errorf("打不开这个 xlsx 文件，请用 Excel 另存一次：%w", err)
	}
	rows := make([]line, len(all))
	for i, cells := range all {
		rows[i] = line{i + 1, cells}
	}
	return rows, nil
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
		if err != nil {
			return nil, fmt.Errorf("importer: %w", err)
		}
		number, _ := in.FieldPos(0)
		rows = append(rows, line{number, record})
	}
}

// pickColumns finds the columns by the first row.
func pickColumns(rows []line, columns []column) ([]line, error) {
	places := make([]int, len(columns))
	for i, c := range columns {
		places[i] = slices.IndexFunc(rows[0].cells, func(cell string) bool {
			return slices.Contains(c.names, strings.TrimSpace(cell))
		})
		if places[i] < 0 && !c.optional {
			return nil, fmt.Errorf("第一行里没有“%s”这一列", c.names[0])
		}
	}
	var picked []line
	for _, row := range rows[1:] {
		cells, empty := make([]string, len(columns)), true
		for i, place := range places {
			if place >= 0 && place < len(row.cells) {
				cells[i] = strings.TrimSpace(row.cells[place])
				empty = empty && cells[i] == ""
			}
		}
		if !empty {
			picked = append(picked, line{row.number, cells})
		}
	}
	return picked, nil
}
