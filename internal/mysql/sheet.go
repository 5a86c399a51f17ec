package mysql

import "github.com/jmoiron/sqlx"

// Sheet is the answer of a query as it comes, for what shows whole rows to people. Its
// cells are nil, int64, float64, []byte or time.Time.
type Sheet struct {
	Columns []string
	Rows    [][]any
}

// Whole wants all rows of a query with all its columns.
func Whole(dest *Sheet, name string, arg any) Want { return Many(dest, name, arg) }

func (s *Sheet) scan(rows *sqlx.Rows) (err error) {
	s.Rows = nil
	if s.Columns, err = rows.Columns(); err != nil {
		return err
	}
	for rows.Next() {
		row, err := rows.SliceScan()
		if err != nil {
			return err
		}
		s.Rows = append(s.Rows, row)
	}
	return rows.Err()
}
