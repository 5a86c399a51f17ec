package importer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// A line is one row of a table.
type line struct {
	sheet  string // its name, where several were read
	number int    // as a spreadsheet counts: the first is 1
	cells  []string
	merged map[int]string // by place: the range of merged cells that leaves this one empty
	lost   map[int]string // by place: why the cell does not hold what was written into it
	// problem is why the row cannot be taken whatever it says; "" if it can.
	problem string
}

// at is where the clerk finds the row.
func (l line) at() string {
	if l.sheet != "" {
		return fmt.Sprintf("“%s”第 %d 行", l.sheet, l.number)
	}
	return fmt.Sprintf("第 %d 行", l.number)
}

func (l line) isBlank() bool {
	for _, cell := range l.cells {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}

const (
	maxRows  = 200_000   // more than a city has members
	maxBytes = 64 << 20  // a file of so many rows is smaller
	maxPlain = 512 << 20 // an xlsx unpacked
)

var errTooLong = fmt.Errorf("一次最多导入 %d 行，请分成几个文件", maxRows)

// readTable reads all sheets of an xlsx file that are to be seen, or a text of cells with separators, in UTF-8 or, as
// Excel in China saves it, in GB18030.
func readTable(file io.Reader, columns []column) (table, error) {
	data, err := io.ReadAll(io.LimitReader(file, maxBytes+1))
	if err != nil {
		return table{}, fmt.Errorf("importer: %w", err)
	}
	if len(data) > maxBytes {
		return table{}, fmt.Errorf("文件超过 %d MB，请分成几个文件", maxBytes>>20)
	}
	if what := recognise(data); what != "" {
		return table{}, errors.New(what)
	}
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return readWorkbook(data, columns)
	}
	return readText(data, columns)
}

// recognise says what the file is where it cannot be read.
func recognise(data []byte) string {
	begin := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(data[:min(len(data), 2048)], []byte("\ufeff"))))
	has := func(words ...string) bool {
		for _, word := range words {
			if bytes.Contains(begin, []byte(word)) {
				return true
			}
		}
		return false
	}
	switch {
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")): // a compound file, as Office made before 2007
		return "这是旧的 xls 格式，或者加了密码，请用 Excel 另存为不加密的 xlsx"
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return "文件的编码是 UTF-16，请存成 UTF-8 的 CSV 或者 xlsx"
	case bytes.HasPrefix(begin, []byte("<")) && has("<html", "<table", "<!doctype", "<meta", "<head", "<body"),
		bytes.HasPrefix(begin, []byte("mime-version:")):
		return "这是网页，不是 Excel 文件，请用 Excel 打开，另存为 xlsx 再导入"
	case bytes.HasPrefix(begin, []byte("<?xml")):
		return "这是 XML 文件，不是 Excel 文件，请用 Excel 打开，另存为 xlsx 再导入"
	case bytes.HasPrefix(begin, []byte("%pdf")):
		return "这是 PDF，不是表格，请用原来的 Excel 文件导入"
	}
	return ""
}
