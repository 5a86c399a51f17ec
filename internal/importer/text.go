package importer

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// separators are what stands between cells, the usual one first.
var separators = []rune{',', '\t', ';', '，', '；', '|'}

// readText reads a text in which one of the separators parts the cells: the first that makes a header of ours. A file
// without such a header is judged by its commas.
func readText(data []byte, columns []column) (table, error) {
	if !utf8.Valid(data) {
		text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
		if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
			return table{}, errors.New("认不出文件的编码，请存成 UTF-8 的 CSV 或者 xlsx")
		}
		data = text
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n")) // as Excel for Mac ends lines
	var first error
	for _, separator := range separators {
		if !bytes.ContainsRune(data, separator) && separator != ',' {
			continue
		}
		rows, err := parseText(data, separator)
		if err == nil {
			var t table
			if t, err = pickColumns(rows, columns, true); err == nil {
				return t, nil
			}
		}
		if errors.Is(err, errTooLong) {
			return table{}, err
		}
		if first == nil {
			first = err
		}
	}
	return table{}, first
}

func parseText(data []byte, separator rune) ([]line, error) {
	in := csv.NewReader(bytes.NewReader(data))
	in.FieldsPerRecord, in.Comma = -1, separator
	var rows []line
	within := 0 // ends of lines within cells: a spreadsheet has them in one row
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			if len(rows) == 0 {
				return nil, errors.New("文件是空的")
			}
			return rows, nil
		}
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			return nil, fmt.Errorf("第 %d 行起的引号不成对：%w", broken.StartLine-within, err)
		}
		if err != nil {
			return nil, fmt.Errorf("importer: %w", err)
		}
		number, _ := in.FieldPos(0)
		rows = append(rows, line{number: number - within, cells: record})
		if len(rows) > maxRows {
			return nil, errTooLong
		}
		for _, cell := range record {
			within += strings.Count(cell, "\n")
		}
	}
}
