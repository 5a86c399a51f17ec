package importer

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
)

// place is a node as a table may name it.
type place struct {
	ID     id.Node  `db:"id"`
	Code   string   `db:"code"`
	Kind   org.Kind `db:"kind"`
	Name   string   `db:"name"`
	Above  id.Node  `db:"parent_id"`
	Parent string   `db:"parent_name"`
}

// places are all nodes of an installation.
type places []place

// find is the only place of the kinds that is so called, by code or by name and,
// where several have the name, by that of the place above. Otherwise it says,
// with a word for what is looked for, why there is none.
func (all places) find(name, above, what string, kinds ...org.Kind) (place, string) {
	var found places
	for _, p := range all {
		named := p.Code == name || p.Name == name && (above == "" || p.Parent == above)
		if slices.Contains(kinds, p.Kind) && named {
			found = append(found, p)
		}
	}
	switch len(found) {
	case 0:
		return place{}, fmt.Sprintf("没有叫“%s”的%s", above+name, what)
	case 1:
		return found[0], ""
	}
	var parents []string
	for _, p := range found {
		parents = append(parents, p.Parent)
	}
	return place{}, fmt.Sprintf("叫“%s”的%s不止一个，请写明上级是哪一个：%s", name, what, strings.Join(parents, "、"))
}

var unitColumns = []column{
	{names: []string{"单位", "单位名称", "unit"}},
	{names: []string{"所属社区", "社区", "所属", "所属街道", "community"}},
	{names: []string{"上级", "街道", "乡镇", "street"}, optional: true},
}

// Units takes a table of units: each with the community, street or county that
// it belongs to, by name or code. Units that are there already stay as they are.
// With commit false it only says what it would do. Errors: ErrBadRows, or what is
// wrong with the file as a whole.
func Units(ctx context.Context, db *mysql.DB, file io.Reader, commit bool) (Report, error) {
	var r Report
	rows, err := readTable(file, unitColumns)
	if err != nil {
		return r, err
	}
	err = db.Tx(ctx, func(tx *mysql.Tx) error {
		r = Report{}
		var all places
		if err := tx.Select(ctx, &all, "importer.places", nil); err != nil {
			return err
		}
		for _, row := range rows {
			name, at := row.cells[0], row.cells[1]
			home, problem := all.find(at, row.cells[2], "社区、村或者街道",
				org.KindCommunity, org.KindVillage, org.KindStreet, org.KindCounty)
			switch {
			case name == "" || utf8.RuneCountInString(name) > 60:
				r.bad(row.number, "单位名称应有 1 到 60 个字")
			case problem != "":
				r.bad(row.number, "%s", problem)
			case slices.ContainsFunc(all, func(p place) bool {
				return p.Kind == org.KindUnit && p.Name == name && p.Above == home.ID
			}):
				r.Unchanged++
			default:
				added, err := org.Add(tx, org.Node{Kind: org.KindUnit, Name: name, ParentID: &home.ID})
				if err != nil {
					return err
				}
				r.New++
				all = append(all, place{ID: added, Kind: org.KindUnit, Name: name, Above: home.ID, Parent: home.Name})
			}
		}
		return r.end(commit)
	})
	return r, ignoreDryRun(err)
}
