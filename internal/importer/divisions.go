// Package importer reads what a county has in tables. Every import is checked
// as a whole first, names every bad row with its line, and is all or nothing.
package importer

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"unicode/utf8"

	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/seal"
)

var divisionCode = regexp.MustCompile(`^[0-9]{12}$`)

// The columns of a table of divisions.
const (
	divisionNumber = iota
	divisionName
	divisionKind
	divisionParent
	divisionPhone
)

var divisionColumns = []column{
	divisionNumber: {names: []string{"code", "代码", "区划代码", "编码"}},
	divisionName:   {names: []string{"name", "名称", "区划名称"}},
	divisionKind:   {names: []string{"kind", "类别"}},
	divisionParent: {names: []string{"parent_code", "上级代码", "上级区划代码"}},
	divisionPhone:  {optional: true, names: []string{"service_phone", "服务电话"}},
}

type division struct {
	at           line
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

// Divisions takes a table with the columns code, name, kind and parent_code, and
// perhaps service_phone, into the organisation tree: new divisions are added,
// changed names and phones are taken over, nothing is ever removed or moved. With commit false it only says what it
// would do. Errors: ErrBadRows, or what is wrong with the file as a whole.
func Divisions(ctx context.Context, db *mysql.DB, file io.Reader, commit bool) (Report, error) {
	var r Report
	t, err := readTable(file, divisionColumns)
	if err != nil {
		return r, err
	}
	err = db.Tx(ctx, func(tx *mysql.Tx) error {
		r = Report{NotStored: t.notStored, Notes: t.notes}
		var there []known
		if err := tx.Select(ctx, &there, "importer.nodes", nil); err != nil {
			return err
		}
		present := map[string]known{}
		for _, k := range there {
			present[k.Code] = k
		}
		rows := r.checkTree(t.rows, present)
		if err := r.checkRows(); err != nil {
			return err
		}
		return r.write(tx, rows, present, commit)
	})
	return r, err
}

// newDivision is what a row says, and what is wrong with its cells.
func newDivision(row line) (d division, problem string) {
	d = division{
		at: row, code: row.cells[divisionNumber], parent: row.cells[divisionParent], name: row.cells[divisionName],
		kind: org.Kind(row.cells[divisionKind]),
	}
	phone, right := org.Phone(row.cells[divisionPhone])
	d.phone = phone
	switch {
	case row.problem != "":
		return d, row.problem
	case !divisionCode.MatchString(d.code):
		return d, fmt.Sprintf("代码 %q 不是 12 位数字", shown(d.code))
	case !utf8.ValidString(d.name) || d.name == "" || utf8.RuneCountInString(d.name) > 60:
		return d, "名称应有 1 到 60 个字"
	case seal.Identifies(d.name):
		return d, "名称大家都看得到，里面不能有电话、证件号或者卡号"
	case !right:
		return d, fmt.Sprintf("服务电话 %q 应是带区号的座机号、手机号，或者 400、12345 这样的号码", shown(row.cells[divisionPhone]))
	}
	return d, ""
}

// above is the kind that each kind of division hangs below.
//
//exhaustive:ignore
var above = map[org.Kind]org.Kind{
	org.KindCounty: "", org.KindStreet: org.KindCounty, org.KindCommunity: org.KindStreet, org.KindVillage: org.KindStreet,
}

// checkTree names rows that do not fit together, or not with what is there.
func (r *Report) checkTree(lines []line, present map[string]known) []division {
	rows, problems := make([]division, len(lines)), make([]string, len(lines))
	kinds := map[string]org.Kind{}
	for code, k := range present {
		kinds[code] = k.Kind
	}
	for i, row := range lines {
		if rows[i], problems[i] = newDivision(row); divisionCode.MatchString(rows[i].code) {
			kinds[rows[i].code] = rows[i].kind
		}
	}
	seen := map[string]string{}
	named := newSiblings(rows, present)
	for i, d := range rows {
		if problems[i] == "" {
			problems[i] = d.misplaced(kinds, present)
		}
		if first := seen[d.code]; problems[i] == "" && first != "" {
			problems[i] = fmt.Sprintf("代码 %s 在%s已经有了", d.code, first)
		}
		if seen[d.code] == "" {
			seen[d.code] = d.at.at()
		}
		if problems[i] == "" {
			problems[i] = named.add(d)
		}
		if problems[i] != "" {
			r.bad(d.at, problems[i])
		}
	}
	return rows
}

// misplaced says why a division cannot be where its row puts it.
func (d division) misplaced(kinds map[string]org.Kind, present map[string]known) string {
	parent, fits := above[d.kind]
	switch was, there := present[d.code]; {
	case !fits:
		return fmt.Sprintf("类别 %q 不是 county、street、community、village 之一", shown(string(d.kind)))
	case parent == "" && d.parent != "":
		return "县没有上级，parent_code 应空着"
	case parent != "" && kinds[d.parent] != parent:
		return fmt.Sprintf("上级 %q 不是文件里或库里的 %s", shown(d.parent), parent)
	case there && (was.Kind != d.kind || was.Parent != d.parent):
		return fmt.Sprintf("%s 已在库里，类别 %s，上级 %q；改动会影响以往的统计，不能导入", d.code, was.Kind, was.Parent)
	}
	return ""
}

// siblings are the names below each division, as they will be: two of one name could be told apart by nobody.
type siblings struct {
	county string                       // its code
	names  map[string]map[string]string // by the code above, then by name: the code
	above  map[string]string            // names, by code
}

func newSiblings(rows []division, present map[string]known) siblings {
	s := siblings{"", map[string]map[string]string{}, map[string]string{}}
	renamed := map[string]bool{}
	for _, d := range rows {
		renamed[d.code], s.above[d.code] = true, d.name
	}
	for _, k := range present {
		if k.Kind == org.KindCounty {
			s.county = k.Code
		}
		if !renamed[k.Code] {
			s.put(k.Parent, k.Name, k.Code)
			s.above[k.Code] = k.Name
		}
	}
	return s
}

// put returns the code of another one of the name, "" if there is none.
func (s siblings) put(parent, name, code string) string {
	if s.names[parent] == nil {
		s.names[parent] = map[string]string{}
	}
	other := s.names[parent][spelt(name)]
	if other == "" {
		s.names[parent][spelt(name)] = code
	}
	return other
}

// add says why the division cannot stand beside the others.
func (s *siblings) add(d division) string {
	if d.kind == org.KindCounty {
		if s.county != "" && s.county != d.code {
			return fmt.Sprintf("已经有一个县了（代码 %s）；一套系统只用于一个县，请只导入本县的区划", s.county)
		}
		s.county = d.code
	}
	if other := s.put(d.parent, d.name, d.code); other != "" {
		return fmt.Sprintf("“%s”里已经有“%s”（代码 %s），同名的分不清，请改名或者用原来的代码", shown(s.above[d.parent]), shown(d.name), other)
	}
	return ""
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
	return org.PutPhone(tx, n, matter.Step{})
}
