package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/membership"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/seal"
)

// listed is a name on a unit's roster, as its keyed hash.
type listed struct {
	Unit   id.Node `db:"unit_id"`
	Lookup string  `db:"name_lookup"`
}

// phoned is a number beside a name, both as keyed hashes.
type phoned struct {
	listed
	Phone string `db:"phone_lookup"`
}

// namesakes are how many people a roster has of one name.
type namesakes struct {
	listed
	People int `db:"people"`
}

// addNamesakes writes in the transaction that the roster has so many people of the name, or leaves it at more.
func addNamesakes(tx *mysql.Tx, n namesakes) error {
	return tx.Add("importer.add_roster", mysql.Args{
		"unit": n.Unit, "name": n.Lookup, "people": n.People, "at": tx.Now(),
	})
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
	rosterPhone: {optional: true, phone: true, names: []string{"手机号", "手机", "手机号码", "电话", "联系电话",
		"联系方式", "phone"}},
}

// Roster takes a table of who works in which unit: who reports in under such a
// name is a member at once; where the unit's roster has mobile numbers, who has the
// number beside the name too. Only keyed hashes of name and number are kept; the community
// is checked and forgotten. A name that
// the file has in several rows of a unit is that of as many people, and the report
// says so; with one phone they are one person, and refused. Names that are there
// already stay; nobody is removed. No reason quotes a name or a phone.
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
		var there []namesakes
		var numbers []phoned
		err := tx.Read(ctx, mysql.Many(&all, "importer.places", nil), mysql.Many(&there, "importer.roster", nil),
			mysql.Many(&numbers, "importer.roster_phones", nil))
		if err != nil {
			return err
		}
		known := newRoster(sealer, all, there)
		known.numbers = numbers
		for _, row := range t.rows {
			if problem := known.judge(&r, row); problem != "" {
				r.bad(row, problem)
			}
		}
		r.Notes = append(slices.Clone(r.Notes), known.repeated()...)
		if err := r.checkRows(); err != nil || !o.Commit {
			return err
		}
		return errors.Join(write(ctx, tx, o, known.added, addNamesakes), known.addPhones(tx))
	})
	return r, err
}

// knownRoster is who is listed, in the database or in the file.
type knownRoster struct {
	sealer *seal.Sealer
	places gazetteer
	there  map[listed]int    // how many people the database has of the name
	rows   map[listed][]line // where the file has it
	names  []listed          // of the file, in its order
	added  []namesakes       // what is to be written, the last of a name for all of it

	numbers []phoned // of the database
	phones  []phoned // of the file that the database has not
}

func newRoster(sealer *seal.Sealer, all []place, there []namesakes) *knownRoster {
	k := &knownRoster{sealer: sealer, places: newGazetteer(all), there: map[listed]int{}, rows: map[listed][]line{}}
	for _, n := range there {
		k.there[n.listed] = n.People
	}
	return k
}

// judge counts what becomes of a row, or says why it cannot be taken.
func (k *knownRoster) judge(r *Report, row line) string {
	name := membership.NameKey(row.cells[rosterName])
	switch n := utf8.RuneCountInString(name); {
	case row.problem != "":
		return row.problem
	case n < 2 || n > membership.MaxRealName:
		return fmt.Sprintf("姓名应有 2 到 %d 个字", membership.MaxRealName)
	}
	if i := strings.IndexFunc(name, isStrange); i >= 0 {
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
	for _, other := range k.rows[current] {
		if phone := phoneOf(row); phone != "" && phone == phoneOf(other) {
			return fmt.Sprintf("与%s是同一单位的同一姓名、同一号码；重复的请删掉", other.at())
		}
	}
	if len(k.rows[current]) == 0 {
		k.names = append(k.names, current)
	}
	k.rows[current] = append(k.rows[current], row)
	for _, lookup := range lookups { // under an older key, perhaps
		if under := (listed{unit.ID, lookup}); k.there[under] > 0 {
			current = under
		}
	}
	isNew := k.addsPhone(current, phoneOf(row))
	if k.there[current] >= len(k.rows[listed{unit.ID, lookups[0]}]) {
		if isNew {
			r.New++
		} else {
			r.Unchanged++
		}
		return ""
	}
	r.New++
	k.added = append(k.added, namesakes{current, len(k.rows[listed{unit.ID, lookups[0]}])})
	return ""
}

// addsPhone notes the number beside the name, and tells whether the database has it not.
func (k *knownRoster) addsPhone(of listed, number string) bool {
	if number == "" {
		return false
	}
	for _, lookup := range k.sealer.LookupAll(seal.PurposeRosterPhone, number) {
		if slices.Contains(k.numbers, phoned{of, lookup}) {
			return false
		}
	}
	k.phones = append(k.phones, phoned{of, k.sealer.Lookup(seal.PurposeRosterPhone, number)})
	return true
}

// addPhones writes in the transaction the numbers that are new.
func (k *knownRoster) addPhones(tx *mysql.Tx) error {
	var rows []mysql.Args
	for _, p := range k.phones {
		rows = append(rows, mysql.Args{"unit_id": p.Unit, "name_lookup": p.Lookup, "phone_lookup": p.Phone, "at": tx.Now()})
	}
	if len(rows) == 0 {
		return nil
	}
	return tx.Add("importer.add_roster_phone", rows)
}

// phoneOf is the first mobile number of a row, "" for none: people of an office share its landline.
func phoneOf(row line) string {
	return aMobile.FindString(unspaced.Replace(width.Fold.String(row.cells[rosterPhone])))
}

var aMobile = regexp.MustCompile(`1[3-9][0-9]{9}`)

// mostRepeated is how many repeated names a report tells one by one.
const mostRepeated = 20

// repeated says which names the file has more than once: the clerk knows whether they are several people.
func (k *knownRoster) repeated() []string {
	var notes []string
	for _, name := range k.names {
		rows := k.rows[name]
		if len(rows) < 2 {
			continue
		}
		where := make([]string, len(rows))
		for i, row := range rows {
			where[i] = row.at()
		}
		notes = append(notes, fmt.Sprintf("%s是同一单位的同一姓名，算 %d 个人，可以有 %d 个人用这个姓名报到；如果是重复的，请删掉再导入",
			strings.Join(where, "、"), len(rows), len(rows)))
	}
	if more := len(notes) - mostRepeated; more > 0 {
		notes = append(notes[:mostRepeated], fmt.Sprintf("还有 %d 个姓名也在同一单位出现了不止一行", more))
	}
	return notes
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

// isStrange tells what no name has: a number or a bracket means that something
// else is in the cell, and a name that nobody ever writes so would match nobody.
func isStrange(r rune) bool {
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
