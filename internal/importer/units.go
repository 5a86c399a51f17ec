package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/seal"
)

// The columns of a table of units.
const (
	unitName = iota
	unitNumber
	unitCommunity
	unitStreet
)

var unitColumns = []column{
	unitName: {names: []string{"单位名称", "单位", "单位全称", "unit", "name"}},
	unitNumber: {optional: true, names: []string{"单位编码", "单位代码", "编码", "代码", "统一社会信用代码", "社会信用代码",
		"组织机构代码", "code"}},
	unitCommunity: {optional: true, names: []string{"所属社区", "社区", "社区名称", "社区代码", "所属街道/社区", "街道/社区", "所属村",
		"所属", "上级", "驻地社区", "community"}},
	unitStreet: {optional: true, names: []string{"所属街道", "街道", "街道名称", "乡镇", "所属乡镇", "街道/乡镇", "street"}},
	{optional: true, checked: true, names: []string{"性质", "单位性质", "单位类型", "类型"}},
}

// longestUnit is the longest name of a unit, in characters.
const longestUnit = 60

// unitCode is any number that offices give to units: 18 characters of the unified
// social credit code, 9 of the old organisation code, or one of the county's own.
var unitCode = regexp.MustCompile(`^[0-9A-Z]([0-9A-Z-]{2,30})[0-9A-Z]$`)

// hasLostEnd tells whether a code went through a spreadsheet as a number: of more than 15 digits the others become 0. A
// unified social credit code whose check digit (GB 32100) is right may end so.
func hasLostEnd(code string) bool {
	if len(code) <= digits || strings.Trim(code, "0123456789") != "" || strings.Trim(code[digits:], "0") != "" {
		return false
	}
	if len(code) != 18 {
		return true
	}
	sum, weight := 0, 1
	for _, c := range code[:17] {
		sum, weight = sum+int(c-'0')*weight, weight*3%31
	}
	return (31-sum%31)%31 != int(code[17]-'0')
}

// Units takes a table of units: each with the community, street or county that
// it belongs to, by name or code. A unit is known by its code, or by its place
// and name; it is never moved, and those not in the table stay. Errors:
// ErrBadRows, or what is wrong with the file as a whole.
func Units(ctx context.Context, db *mysql.DB, file io.Reader, o Options) (Report, error) {
	var r Report
	t, err := readTable(file, unitColumns)
	if err != nil {
		return r, err
	}
	if !t.has[unitCommunity] && !t.has[unitStreet] {
		return r, errors.New("表头里没有“所属社区”或者“所属街道”这一列")
	}
	err = db.Tx(ctx, func(tx *mysql.Tx) error {
		r = Report{NotStored: t.notStored, Notes: t.notes}
		if o.Commit {
			// Two imports at once would both find a unit missing: the second waits here.
			if err := tx.SaveSetting("import.units", tx.Now().UTC().Format("2006-01-02T15:04:05Z")); err != nil {
				return err
			}
		}
		var all []place
		if err := tx.Select(ctx, &all, "importer.places", nil); err != nil {
			return err
		}
		known := newUnits(all)
		for _, row := range t.rows {
			if problem := known.judge(&r, row); problem != "" {
				r.bad(row, problem)
			}
		}
		if err := r.checkRows(); err != nil || !o.Commit {
			return err
		}
		return write(ctx, tx, o, known.changed, saveUnit)
	})
	return r, err
}

// knownUnits are the units that the database has or that the file adds.
type knownUnits struct {
	places  gazetteer
	byCode  map[string]place // units and all other nodes
	byName  map[string][]place
	lines   map[string]string // where the file has a code, or a place and name
	changed []place           // as they will be, those to add without an id
}

func newUnits(all []place) *knownUnits {
	k := &knownUnits{newGazetteer(all), map[string]place{}, map[string][]place{}, map[string]string{}, nil}
	for _, p := range all {
		k.byCode[p.Code] = p
		if p.Kind == org.KindUnit {
			k.byName[spelt(p.Name)] = append(k.byName[spelt(p.Name)], p)
		}
	}
	delete(k.byCode, "")
	return k
}

// judge counts what becomes of a row, or says why it cannot be taken.
func (k *knownUnits) judge(r *Report, row line) string {
	name, code := row.cells[unitName], strings.ToUpper(row.cells[unitNumber])
	switch n := utf8.RuneCountInString(name); {
	case row.problem != "":
		return row.problem
	case n == 0 || n > longestUnit:
		return fmt.Sprintf("单位名称应有 1 到 %d 个字", longestUnit)
	case seal.Identifies(name):
		return "单位名称大家都看得到，里面不能有电话、证件号或者卡号"
	case code != "" && !unitCode.MatchString(code):
		return fmt.Sprintf("单位编码“%s”应是 4 到 32 位字母和数字", shown(code))
	case hasLostEnd(code):
		return fmt.Sprintf("单位编码“%s”末尾的 0 像是 Excel 丢了后面几位，请照原件重新填写，并把这一列设为文本", shown(code))
	}
	home, problem := k.home(row)
	if problem != "" {
		return problem
	}
	u := place{Code: code, Kind: org.KindUnit, Name: name, Above: home.ID, Parent: home.Name}
	for _, mark := range []string{code, u.Above.String() + " " + spelt(name)} {
		if first := k.lines[mark]; mark != "" && first != "" {
			return fmt.Sprintf("与%s重复", first)
		}
		k.lines[mark] = row.at()
	}
	return k.compare(r, u)
}

// home is the place that a row names: the community, or the street alone.
func (k *knownUnits) home(row line) (place, string) {
	community, street := row.cells[unitCommunity], row.cells[unitStreet]
	switch {
	case community == "" && street == "":
		return place{}, "没有写所属社区或者街道"
	case community == "":
		return k.places.find(street, "", "街道或者乡镇", org.KindStreet)
	}
	return k.places.find(community, street, "社区、村或者街道",
		org.KindCommunity, org.KindVillage, org.KindStreet, org.KindCounty)
}

// compare finds the unit among those that are there.
func (k *knownUnits) compare(r *Report, u place) string {
	coded, hasCode := k.byCode[u.Code]
	var here, elsewhere place
	for _, p := range k.byName[spelt(u.Name)] {
		if p.Above == u.Above {
			here = p
		} else if u.Code == "" || p.Code == "" {
			elsewhere = p
		}
	}
	switch {
	case hasCode && coded.Kind != org.KindUnit:
		return fmt.Sprintf("编码 %s 是“%s”的，不是单位的", u.Code, coded.Name)
	case hasCode && coded.Above != u.Above:
		return fmt.Sprintf("编码 %s 已在库里，是“%s”，所属“%s”；改动会影响以往的统计，不能导入",
			u.Code, coded.Name, coded.Parent)
	case here.ID != 0 && here.Code != "" && u.Code != "" && here.Code != u.Code:
		return fmt.Sprintf("“%s”已在库里，编码是 %s", shown(u.Name), here.Code)
	case here.ID != 0 && hasCode && here.ID != coded.ID:
		return fmt.Sprintf("“%s”已在库里，没有编码；编码 %s 是“%s”的", shown(u.Name), u.Code, coded.Name)
	case hasCode && coded.Name != u.Name:
		r.Renamed++
		u.ID = coded.ID
	case here.ID != 0 && here.Code == "" && u.Code != "":
		r.Coded++
		u.ID = here.ID
	case here.ID != 0 || hasCode:
		r.Unchanged++
		return ""
	case elsewhere.Kind != "":
		return fmt.Sprintf("已有“%s”，所属“%s”；单位不能换地方，如果是另一个单位，两个都要有编码",
			shown(u.Name), elsewhere.Parent)
	default:
		r.New++
		k.byName[spelt(u.Name)] = append(k.byName[spelt(u.Name)], u)
	}
	k.changed = append(k.changed, u)
	return ""
}

func saveUnit(tx *mysql.Tx, u place) error {
	if u.ID != 0 {
		return tx.Add("importer.save_unit", u)
	}
	_, err := org.Add(tx, org.Node{Code: u.Code, Kind: u.Kind, Name: u.Name, ParentID: &u.Above})
	return err
}

// batch is how many rows go to the database at a time: a statement list has a
// greatest length there.
const batch = 500

// write saves all rows, some at a time, and tells how far it is.
func write[T any](ctx context.Context, tx *mysql.Tx, o Options, all []T, save func(*mysql.Tx, T) error) error {
	for i, row := range all {
		if err := save(tx, row); err != nil {
			return err
		}
		if (i+1)%batch != 0 && i+1 < len(all) {
			continue
		}
		if err := tx.Read(ctx); err != nil { // sends what is queued
			return err
		}
		if o.Step != nil {
			o.Step(i+1, len(all))
		}
	}
	return nil
}
