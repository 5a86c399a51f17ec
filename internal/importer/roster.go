package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/seal"
	"xinyuan/internal/user"
)

// listed is a name on a unit's roster.
type listed struct {
	Unit   id.Node `db:"unit_id"`
	Lookup string  `db:"name_lookup"`
}

// AddToRoster notes in the transaction that a unit's list has the name, of which
// only a keyed hash is stored.
func AddToRoster(tx *mysql.Tx, sealer *seal.Sealer, unit id.Node, name string) error {
	return addListed(tx, listed{unit, sealer.Lookup(seal.PurposeName, user.NameKey(name))})
}

func addListed(tx *mysql.Tx, l listed) error {
	return tx.Add("importer.add_roster", mysql.Args{"unit": l.Unit, "name": l.Lookup, "at": tx.Now()})
}

// The columns of a roster.
const (
	rosterName = iota
	rosterUnit
	rosterNumber
	rosterHome
	rosterCommunity
	rosterStreet
	rosterPhone
)

var rosterColumns = []column{
	rosterName:   {person: true, names: []string{"姓名", "党员姓名", "真实姓名", "name"}},
	rosterUnit:   {optional: true, names: []string{"单位", "单位名称", "所在单位", "工作单位", "unit"}},
	rosterNumber: {optional: true, names: []string{"单位编码", "单位代码", "统一社会信用代码"}},
	rosterHome:   {optional: true, names: []string{"单位所属社区", "单位社区", "单位所属", "所属社区", "所属", "上级"}},
	rosterCommunity: {optional: true, checked: true, names: []string{"报到社区", "社区", "社区名称", "社区代码", "报到村",
		"community"}},
	rosterStreet: {optional: true, checked: true, names: []string{"报到街道", "街道", "乡镇", "街道/乡镇", "street"}},
	rosterPhone: {optional: true, checked: true, phone: true, names: []string{"手机号", "手机", "手机号码", "电话", "联系电话",
		"联系方式", "phone"}},
}

// Roster takes a table of who works in which unit: who reports in under such a
// name is a member at once. Only a keyed hash of the name is kept; the community
// and the phone are checked and forgotten, since a match needs neither. Names that
// are there already stay; nobody is removed. No reason quotes a name or a phone.
// Errors: as Units.
func Roster(ctx context.Context, db *mysql.DB, sealer *seal.Sealer, file io.Reader, o Options) (Report, error) {
	var r Report
	t, err := readTable(file, rosterColumns)
	if err == nil && !t.has[rosterUnit] && !t.has[rosterNumber] {
		err = errors.New("表头里没有“单位”这一列（名称或者编码）")
	}
	if err != nil {
		return r, err
	}
	err = db.Tx(ctx, func(tx *mysql.Tx) error {
		r = Report{NotStored: t.notStored, Notes: t.notes}
		var all []place
		var there []listed
		err := tx.Read(ctx, mysql.Many(&all, "importer.places", nil), mysql.Many(&there, "importer.roster", nil))
		if err != nil {
			return err
		}
		known := newRoster(sealer, all, there)
		for _, row := range t.rows {
			if problem := known.judge(&r, row); problem != "" {
				r.bad(row, "%s", problem)
			}
		}
		if err := r.judged(); err != nil || !o.Commit {
			return err
		}
		return write(ctx, tx, o, known.added, addListed)
	})
	return r, err
}

// knownRoster is who is listed, in the database or in the file.
type knownRoster struct {
	sealer *seal.Sealer
	places gazetteer
	there  map[listed]bool
	lines  map[listed]string // where the file has the name
	added  []listed
}

func newRoster(sealer *seal.Sealer, all []place, there []listed) *knownRoster {
	k := &knownRoster{sealer, newGazetteer(all), map[listed]bool{}, map[listed]string{}, nil}
	for _, l := range there {
		k.there[l] = true
	}
	return k
}

// judge counts what becomes of a row, or says why it cannot be taken.
func (k *knownRoster) judge(r *Report, row line) string {
	name := user.NameKey(row.cells[rosterName])
	switch n := utf8.RuneCountInString(name); {
	case row.problem != "":
		return row.problem
	case n < 2 || n > user.MaxRealName:
		return fmt.Sprintf("姓名应有 2 到 %d 个字", user.MaxRealName)
	}
	if i := strings.IndexFunc(name, strange); i >= 0 {
		odd, _ := utf8.DecodeRuneInString(name[i:])
		return fmt.Sprintf("“姓名”里有%s，请只写姓名", fault.Describe(odd))
	}
	unit, problem := k.unit(row)
	if problem == "" {
		problem = k.checkReportIn(row)
	}
	if problem != "" {
		return problem
	}
	lookups := k.sealer.LookupAll(seal.PurposeName, name)
	current := listed{unit.ID, lookups[0]}
	if first := k.lines[current]; first != "" {
		return fmt.Sprintf("与%s是同一单位的同一姓名；同名同姓的人只列一行", first)
	}
	k.lines[current] = row.at()
	for _, lookup := range lookups { // under an older key, perhaps
		if k.there[listed{unit.ID, lookup}] {
			r.Unchanged++
			return ""
		}
	}
	r.New++
	k.added = append(k.added, current)
	return ""
}

// unit is the unit that a row names, by its code where it has one.
func (k *knownRoster) unit(row line) (place, string) {
	name, code, home := row.cells[rosterUnit], row.cells[rosterNumber], row.cells[rosterHome]
	switch {
	case name == "" && code == "":
		return place{}, "没有写单位"
	case code == "":
		return k.places.find(name, home, "单位", org.KindUnit)
	}
	unit, problem := k.places.find(code, home, "单位", org.KindUnit)
	if problem == "" && name != "" && !slices.Contains(k.places.names(unit), spelt(name)) {
		problem = fmt.Sprintf("编码 %s 是“%s”的，与单位名称不符", unit.Code, unit.Name)
	}
	return unit, problem
}

// strange tells what no name has: a number or a bracket means that something
// else is in the cell, and a name that nobody ever writes so would match nobody.
func strange(r rune) bool {
	if strings.ContainsRune("·-'’. ", r) {
		return false
	}
	return unicode.In(r, unicode.Nd, unicode.No, unicode.P, unicode.S)
}

// checkReportIn looks at what the table says beside name and unit.
func (k *knownRoster) checkReportIn(row line) string {
	community, street := row.cells[rosterCommunity], row.cells[rosterStreet]
	if community != "" {
		_, problem := k.places.find(community, street, "社区或者村", org.KindCommunity, org.KindVillage)
		if problem != "" {
			return "报到社区：" + problem
		}
	}
	return ""
}
