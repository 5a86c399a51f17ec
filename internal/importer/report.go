package importer

import (
	"errors"
)

// BadRow is a row that cannot be taken, and why.
type BadRow struct {
	Sheet  string // its name, where several were read
	Line   int    // as a spreadsheet counts: the first is 1
	Reason string
}

// At is where the clerk finds the row.
func (b BadRow) At() string { return line{sheet: b.Sheet, number: b.Line}.at() }

// Report is what an import does, or would do.
type Report struct {
	New, Renamed, Unchanged int
	Phoned                  int // have another service phone
	Coded                   int // were there without a code and get one
	Changed                 int // say something else than before
	Bad                     []BadRow
	// NotStored are the columns that the file has and the database does not keep.
	NotStored []string
	// Notes are sentences on what was read otherwise than one might think: sheets left out, hidden rows.
	Notes []string
}

// Rows is how many rows the file has, empty ones aside.
func (r *Report) Rows() int {
	return r.New + r.Renamed + r.Phoned + r.Coded + r.Changed + r.Unchanged + len(r.Bad)
}

// ErrBadRows means that rows were bad and nothing was written.
var ErrBadRows = errors.New("importer: there are bad rows; nothing was written")

// Options are how an import runs.
type Options struct {
	Commit bool // otherwise it only says what it would do
	// Step is told how many of the rows to write are written; nil if nobody watches.
	Step func(done, all int)
}

func (r *Report) bad(at line, problem string) {
	r.Bad = append(r.Bad, BadRow{at.sheet, at.number, problem})
}

// checkRows is ErrBadRows where rows were bad.
func (r *Report) checkRows() error {
	if len(r.Bad) == 0 {
		return nil
	}
	return ErrBadRows
}
