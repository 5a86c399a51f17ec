package importer

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// digits are how many of a number a spreadsheet keeps.
const digits = 15

// A format is what matters of how a cell shows its number.
type format int

const (
	general format = iota // the number itself
	date
	custom // by a pattern: with zeros before it, for instance
)

var (
	numeral = regexp.MustCompile(`^-?[0-9]*\.?[0-9]+([eE][-+]?[0-9]+)?$`)
	// quoted is what a pattern shows as it stands, and conditions, which show nothing.
	quoted = regexp.MustCompile(`"[^"]*"|\\.|\[[^\]]*\]`)
	// of ECMA-376, 18.8.30, with those of East Asia.
	dates = []int{14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53,
		54, 55, 56, 57, 58}
	plain = []int{0, 11, 48, 49} // no format, scientific, text
)

// asShown makes what the clerk sees of the numbers in a row. A date, or a number that was too long to be kept, is
// noted as lost: the cell no longer holds what was typed.
func (s *sheet) asShown(row *line) error {
	for x, raw := range row.cells {
		if !numeral.MatchString(raw) {
			continue
		}
		at, err := excelize.CoordinatesToCellName(x+1, row.number)
		if err != nil {
			return err
		}
		kind, err := s.book.GetCellType(s.name, at)
		if err != nil {
			return err
		}
		if kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
			continue // a text of digits
		}
		f, err := s.formatOf(at)
		if err != nil {
			return err
		}
		cell, lost, err := s.shownNumber(raw, at, f)
		if err != nil {
			return err
		}
		if row.cells[x] = cell; lost != "" {
			if row.lost == nil {
				row.lost = map[int]string{}
			}
			row.lost[x] = lost
		}
	}
	return nil
}

func (s *sheet) shownNumber(raw, at string, f format) (cell, lost string, err error) {
	number, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		return raw, "", nil //nolint:nilerr // beyond all numbers: as it stands
	}
	switch f {
	case date:
		day, err := excelize.ExcelDateToTime(number, false)
		if err != nil {
			return raw, "", nil //nolint:nilerr // a negative one, which shows nothing
		}
		return raw, "被 Excel 当成了日期 " + day.Format("2006/1/2") + "，请把这一列设为文本，再重新填写", nil
	case custom:
		cell, err = s.book.GetCellValue(s.name, at, excelize.Options{RawCellValue: false})
	case general:
		kept, parseErr := strconv.ParseFloat(strconv.FormatFloat(number, 'g', digits, 64), 64)
		cell, err = strconv.FormatFloat(kept, 'f', -1, 64), parseErr
	}
	if isLong(cell) {
		lost = "的数字超过 15 位，Excel 已经丢了末尾几位，请把这一列设为文本，再照原件填写"
	}
	return cell, lost, err
}

// isLong tells whether a number has more digits than a spreadsheet keeps.
func isLong(cell string) bool {
	whole, _, _ := strings.Cut(strings.TrimLeft(cell, "-0"), ".")
	return len(whole) > digits
}

func (s *sheet) formatOf(at string) (format, error) {
	id, err := s.book.GetCellStyle(s.name, at)
	if err != nil {
		return general, err
	}
	if f, known := s.formats[id]; known {
		return f, nil
	}
	style, err := s.book.GetStyle(id)
	if err != nil {
		return general, err
	}
	f := custom
	switch {
	case style.CustomNumFmt != nil:
		pattern := strings.ToLower(quoted.ReplaceAllString(*style.CustomNumFmt, ""))
		if strings.ContainsAny(pattern, "ymdhs年月日") && !strings.Contains(pattern, "general") {
			f = date
		} else if strings.Contains(pattern, "e+") || strings.Contains(pattern, "general") || pattern == "@" {
			f = general
		}
	case slices.Contains(dates, style.NumFmt):
		f = date
	case slices.Contains(plain, style.NumFmt):
		f = general
	}
	s.formats[id] = f
	return f, nil
}
