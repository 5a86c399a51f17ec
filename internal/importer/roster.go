package importer

import (
	"context"
	"errors"
	"io"
	"unicode/utf8"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/seal"
	"xinyuan/internal/user"
)

// AddToRoster notes in the transaction that a unit's list has the name, of which
// only a keyed hash is stored.
func AddToRoster(tx *mysql.Tx, sealer *seal.Sealer, unit id.Node, name string) error {
	return tx.Add("importer.add_roster", mysql.Args{
		"unit": unit, "name": sealer.Lookup(seal.PurposeName, name), "at": tx.Now(),
	})
}

var rosterColumns = []column{
	{names: []string{"姓名", "name"}},
	{names: []string{"单位", "单位名称", "unit"}},
	{names: []string{"所属社区", "社区", "所属", "上级", "community"}, optional: true},
}

// listed is a name on a unit's roster.
type listed struct {
	Unit   id.Node `db:"unit_id"`
	Lookup string  `db:"name_lookup"`
}

// Roster takes a table of who works in which unit: who reports in under such a
// name is a member at once. Names that are there already stay; nobody is removed.
// With commit false it only says what it would do. Errors: as Units.
func Roster(ctx context.Context, db *mysql.DB, sealer *seal.Sealer, file io.Reader, commit bool) (Report, error) {
	var r Report
	rows, err := readTable(file, rosterColumns)
	if err != nil {
		return r, err
	}
	err = db.Tx(ctx, func(tx *mysql.Tx) error {
		r = Report{}
		var all places
		var there []listed
		err := tx.Read(ctx, mysql.Many(&all, "importer.places", nil), mysql.Many(&there, "importer.roster", nil))
		if err != nil {
			return err
		}
		known := map[listed]bool{}
		for _, l := range there {
			known[l] = true
		}
		for _, row := range rows {
			name := row.cells[0]
			unit, problem := all.find(row.cells[1], row.cells[2], "单位", org.KindUnit)
			switch n := utf8.RuneCountInString(name); {
			case n < 2 || n > user.MaxRealName:
				r.bad(row.number, "姓名应有 2 到 %d 个字", user.MaxRealName)
				continue
			case problem != "":
				r.bad(row.number, "%s", problem)
				continue
			}
			had := false
			for _, lookup := range sealer.LookupAll(seal.PurposeName, name) {
				had = had || known[listed{unit.ID, lookup}]
			}
			if had {
				r.Unchanged++
				continue
			}
			r.New++
			known[listed{unit.ID, sealer.Lookup(seal.PurposeName, name)}] = true
			if err := AddToRoster(tx, sealer, unit.ID, name); err != nil {
				return err
			}
		}
		return r.end(commit)
	})
	return r, ignoreDryRun(err)
}

// errDryRun takes back what a dry run wrote.
var errDryRun = errors.New("importer: a dry run")

// end is how an import ends its transaction.
func (r *Report) end(commit bool) error {
	switch {
	case len(r.Bad) > 0:
		return ErrBadRows
	case !commit:
		return errDryRun
	}
	return nil
}

func ignoreDryRun(err error) error {
	if errors.Is(err, errDryRun) {
		return nil
	}
	return err
}
