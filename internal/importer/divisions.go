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

	"xinyuan/internal/event"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
)

var divisionCode = regexp.MustCompile(`^[0-9]{12}$`)

var divisionHeader = []string{"code", "name", "kind", "parent_code"}

// phoneHeader is the column that a file may have besides.
const phoneHeader = "service_phone"

type division struct {
	line         int
	code, parent string
	name         string
	kind         org.Kind
	phone        string // empty: the file does not say
}

// known is a division that the database has.
type known struct {
	ID      id.Node  `db:"id"`
	Code    string   `db:"code"`
	Kind    org.Kind `db:"kind"`
	Name    string   `db:"name"`
	Parent  string   `db:"parent_code"`
	Phone   string   `db:"service_phone"`
	Version int      `db:"version"`
}

// Divisions takes a CSV with the columns code, name, kind and parent_code, and
// perhaps service_phone, into the organisation tree: new divisions are added,
// changed names and phones are taken over, nothing is ever removed or moved. With commit false it only says what it
// would do. Errors: ErrBadRows, or what is wrong with the file as a whole.
func Divisions(ctx context.Context, db *mysql.DB, file io.Reader, commit bool) (Report, error) {
	var r Report
	rows, err := r.readDivisions(file)
	if err != nil {
		return r, err
	}
	err = db.Tx(ctx, func(tx *mysql.Tx) error {
		r.New, r.Renamed, r.Phoned, r.Unchanged = 0, 0, 0, 0
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
	phones := len(header) > len(divisionHeader) && header[len(divisionHeader)] == phoneHeader
	if wanted := divisionHeader; !slices.Equal(header, wanted) && !slices.Equal(header, append(wanted, phoneHeader)) {
		return nil, fmt.Errorf("第一行应是 %s，后面可以再有 %s", strings.Join(wanted, ","), phoneHeader)
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
		if len(record) != len(header) {
			r.bad(line, "应有 %[2]d 列，这一行有 %[1]d 列", len(record), len(header))
			continue
		}
		for i := range record {
			record[i] = strings.TrimSpace(record[i])
		}
		d := division{line, record[0], record[3], record[1], org.Kind(record[2]), ""}
		if phones {
			phone, right := org.Phone(record[4])
			if !right {
				r.bad(line, "服务电话 %q 应是带区号的座机号、手机号，或者 400、12345 这样的号码", record[4])
				continue
			}
			d.phone = phone
		}
		rows = append(rows, d)
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
			phoned := d.phone != "" && d.phone != was.Phone
			switch {
			case there && was.Name == d.name && !phoned:
				r.Unchanged++
				continue
			case there && was.Name == d.name:
				r.Phoned++
			case there:
				r.Renamed++
			default:
				r.New++
			}
			if !commit {
				continue
			}
			if err := d.write(tx, was, ids); err != nil {
				return err
			}
		}
	}
	return nil
}

// write adds the division or changes the one that was there, and keeps the id of
// a new one.
func (d division) write(tx *mysql.Tx, was known, ids map[string]id.Node) error {
	n := org.Node{ID: was.ID, Code: d.code, Kind: d.kind, Name: d.name, Version: was.Version, ServicePhone: was.Phone}
	var err error
	switch {
	case n.ID == 0:
		if parent, ok := ids[d.parent]; ok {
			n.ParentID = &parent
		}
		n.ID, err = org.Add(tx, n)
		n.Version, ids[d.code] = 1, n.ID
	case was.Name != d.name:
		err = tx.Add("importer.rename", mysql.Args{"id": n.ID, "name": d.name})
	}
	if err != nil || d.phone == "" || d.phone == n.ServicePhone {
		return err
	}
	n.ServicePhone = d.phone
	return org.PutPhone(tx, n, event.Entry{})
}
