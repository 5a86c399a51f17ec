// Package importer reads what a county has in tables. Every import is checked
// as a whole first, names every bad row with its line, and is all or nothing.
package importer

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
)

var divisionCode = regexp.MustCompile(`^[0-9]{12}$`)

var divisionHeader = []string{"code", "name", "kind", "parent_code"}

type division struct {
	line         int
	code, parent string
	name         string
	kind         org.Kind
}

// known is a division that the database has.
type known struct {
	ID     id.Node  `db:"id"`
	Code   string   `db:"code"`
	Kind   org.Kind `db:"kind"`
	Name   string   `db:"name"`
	Parent string   `db:"parent_code"`
}

// Divisions takes a CSV with the columns code, name, kind and parent_code into
// the organisation tree: new divisions are added, changed names are taken over,
// nothing is ever removed or moved. With commit false it only says what it
// would do. Errors: ErrBadRows, or what is wrong with the file as a whole.
func Divisions(ctx context.Context, db *mysql.DB, file io.Reader, commit bool) (Report, error) {
	var r Report
	rows, err := r.readDivisions(file)
	if err != nil {
		return r, err
	}
	err = db.Tx(ctx, func(tx *mysql.Tx) error {
		r.New, r.Renamed, r.Unchanged = 0, 0, 0
		var there []known
		if err := tx.Select(ctx, &there, "importer.nodes", nil); err != nil {
			return err
		}
		present := map[string]known{}
		for _, k := range there {
			present[k.Code] = k
		}
		r.checkTree(rows, present)
		if err := r.judged(); err != nil {
			return err
		}
		return r.write(tx, rows, present, commit)
	})
	return r, err
}

func (r *Report) readDivisions(file io.Reader) ([]division, error) {
	in := csv.NewReader(file)
	in.FieldsPerRecord = -1
	header, err := in.Read()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("文件是空的")
	}
	if err != nil {
		return nil, fmt.Errorf("importer: %w", err)
	}
	header[0] = strings.TrimPrefix(header[0], "\ufeff") // as spreadsheets begin a file
	if !slices.Equal(header, divisionHeader) {
		return nil, fmt.Errorf("第一行应是 %s", strings.Join(divisionHeader, ","))
	}
	var rows []division
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, fmt.Errorf("importer: %w", err)
		}
		line, _ := in.FieldPos(0)
		if len(record) != len(divisionHeader) {
			r.bad(line, "应有 %[2]d 列，这一行有 %[1]d 列", len(record), len(divisionHeader))
			continue
		}
		for i := range record {
			record[i] = strings.TrimSpace(record[i])
		}
		rows = append(rows, division{line, record[0], record[3], record[1], org.Kind(record[2])})
	}
}

// above is the kind that each kind of division hangs below.
//
//exhaustive:ignore
var above = map[org.Kind]org.Kind{
	org.KindCounty: "", org.KindStreet: org.KindCounty, org.KindCommunity: org.KindStreet, org.KindVillage: org.KindStreet,
}

// checkTree names rows that do not fit together, or not with what is there.
func (r *Report) checkTree(rows []division, present map[string]known) {
	kinds := map[string]org.Kind{}
	for code, k := range present {
		kinds[code] = k.Kind
	}
	for _, d := range rows {
		if divisionCode.MatchString(d.code) {
			kinds[d.code] = d.kind
		}
	}
	seen := map[string]int{}
	for _, d := range rows {
		parent, fits := above[d.kind]
		switch was, there := present[d.code]; {
		case !divisionCode.MatchString(d.code):
			r.bad(d.line, "代码 %q 不是 12 位数字", d.code)
		case seen[d.code] != 0:
			r.bad(d.line, "代码 %s 在第 %d 行已经有了", d.code, seen[d.code])
		case !utf8.ValidString(d.name) || d.name == "" || utf8.RuneCountInString(d.name) > 60:
			r.bad(d.line, "名称应有 1 到 60 个字，文件须存成 UTF-8")
		case !fits:
			r.bad(d.line, "类别 %q 不是 county、street、community、village 之一", d.kind)
		case parent == "" && d.parent != "":
			r.bad(d.line, "县没有上级，parent_code 应空着")
		case parent != "" && kinds[d.parent] != parent:
			r.bad(d.line, "上级 %q 不是文件里或库里的 %s", d.parent, parent)
		case there && (was.Kind != d.kind || was.Parent != d.parent):
			r.bad(d.line, "%s 已在库里，类别 %s，上级 %q；改动会影响以往的统计，不能导入", d.code, was.Kind, was.Parent)
		}
		if seen[d.code] == 0 {
			seen[d.code] = d.line
		}
	}
}

func (r *Report) write(tx *mysql.Tx, rows []division, present map[string]known, commit bool) error {
	ids := map[string]id.Node{}
	for code, k := range present {
		ids[code] = k.ID
	}
	order := []org.Kind{org.KindCounty, org.KindStreet, org.KindCommunity, org.KindVillage}
	for _, kind := range order {
		for _, d := range rows {
			if d.kind != kind {
				continue
			}
			was, there := present[d.code]
			switch {
			case there && was.Name == d.name:
				r.Unchanged++
				continue
			case there:
				r.Renamed++
			default:
				r.New++
			}
			if !commit {
				continue
			}
			if there {
				if err := tx.Add("importer.rename", mysql.Args{"id": was.ID, "name": d.name}); err != nil {
					return err
				}
				continue
			}
			n := org.Node{Code: d.code, Kind: d.kind, Name: d.name}
			if parent, ok := ids[d.parent]; ok {
				n.ParentID = &parent
			}
			added, err := org.Add(tx, n)
			if err != nil {
				return err
			}
			ids[d.code] = added
		}
	}
	return nil
}
