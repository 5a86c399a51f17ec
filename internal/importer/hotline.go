package importer

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"time"

	"xinyuan/internal/assignment"
	"xinyuan/internal/contact"
	"xinyuan/internal/fault"
	"xinyuan/internal/mysql"
	"xinyuan/internal/need"
	"xinyuan/internal/org"
	"xinyuan/internal/seal"
)

// The columns of a table of the hotline's.
const (
	hotlineNumber = iota
	hotlinePlace
	hotlineCategory
	hotlineWhere
	hotlineText
	hotlineName
	hotlinePhone
	hotlineAddress
	hotlinePrivate
)

var hotlineColumns = []column{
	hotlineNumber:   {names: []string{"热线编号", "工单编号", "工单号", "编号", "number"}},
	hotlinePlace:    {names: []string{"社区", "社区名称", "所属社区", "村", "社区代码", "community"}},
	hotlineCategory: {names: []string{"类别", "诉求类别", "分类", "category"}},
	hotlineWhere:    {names: []string{"在哪里", "地点", "事发地址", "place"}},
	hotlineText:     {names: []string{"要办的事", "诉求内容", "内容", "text"}},
	hotlineName:     {optional: true, person: true, names: []string{"姓名", "来电人", "诉求人", "name"}},
	hotlinePhone:    {optional: true, phone: true, names: []string{"电话", "手机号", "来电号码", "联系电话", "phone"}},
	hotlineAddress:  {optional: true, names: []string{"住址", "联系地址", "address"}},
	hotlinePrivate:  {optional: true, names: []string{"不公开", "是否保密", "private"}},
}

// numberForm is how hotlines number what they pass on.
var numberForm = regexp.MustCompile(`^[A-Za-z0-9-]{1,30}$`)

// Hotline takes what the hotline (12345) passes on: each row a need by the number that the hotline gave it, whose clock
// runs from now on. Numbers that are there already stay as they are. Errors: as Units.
func Hotline(ctx context.Context, db *mysql.DB, sealer *seal.Sealer, file io.Reader, o Options) (Report, error) {
	var r Report
	t, err := readTable(file, hotlineColumns)
	if err != nil {
		return r, err
	}
	needs := need.New(db, sealer, assignment.New(db, sealer))
	err = db.Tx(ctx, func(tx *mysql.Tx) error {
		r = Report{NotStored: t.notStored, Notes: t.notes}
		if o.Commit {
			// Two imports at once would both find a number missing: the second waits here.
			if err := tx.SaveSetting("import.hotline", tx.Now().UTC().Format(time.RFC3339)); err != nil {
				return err
			}
		}
		var all []place
		var there []string
		err := tx.Read(ctx, mysql.Many(&all, "importer.places", nil), mysql.Many(&there, "importer.hotline_numbers", nil))
		if err != nil {
			return err
		}
		known := knownCalls{newGazetteer(all), map[string]bool{}, map[string]string{}, nil}
		for _, number := range there {
			known.there[number] = true
		}
		for _, row := range t.rows {
			if problem := known.judge(&r, row); problem != "" {
				r.bad(row, problem)
			}
		}
		if err := r.checkRows(); err != nil || !o.Commit {
			return err
		}
		return write(ctx, tx, o, known.fresh, func(tx *mysql.Tx, d need.Draft) error {
			_, err := needs.Receive(ctx, tx, d)
			return err
		})
	})
	return r, err
}

// knownCalls are the numbers that are there, and what the file adds.
type knownCalls struct {
	places gazetteer
	there  map[string]bool
	lines  map[string]string // where the file has a number
	fresh  []need.Draft
}

// judge counts what becomes of a row, or says why it cannot be taken.
func (k *knownCalls) judge(r *Report, row line) string {
	if row.problem != "" {
		return row.problem
	}
	number := row.cells[hotlineNumber]
	if !numberForm.MatchString(number) {
		return fmt.Sprintf("热线编号“%s”应是 1 到 30 个字母、数字或短横线", shown(number))
	}
	if first := k.lines[number]; first != "" {
		return "与" + first + "重复"
	}
	k.lines[number] = row.at()
	if k.there[number] {
		r.Unchanged++
		return ""
	}
	d, problem := k.draft(row)
	if problem != "" {
		return problem
	}
	r.New++
	k.fresh = append(k.fresh, d)
	return ""
}

// draft is the need that a row says, and what is wrong with its cells.
func (k *knownCalls) draft(row line) (need.Draft, string) {
	at, problem := k.places.find(row.cells[hotlinePlace], "", "社区", org.KindCommunity, org.KindVillage)
	if problem != "" {
		return need.Draft{}, problem
	}
	category, known := need.CategoryNamed(row.cells[hotlineCategory])
	if !known {
		return need.Draft{}, fmt.Sprintf("类别“%s”应是%s", shown(row.cells[hotlineCategory]), need.CategoryNames())
	}
	private, problem := yesOrNo("不公开", row.cells[hotlinePrivate])
	if problem != "" {
		return need.Draft{}, problem
	}
	said := need.Draft{
		NodeID: at.ID, Category: category, Place: row.cells[hotlineWhere], Text: row.cells[hotlineText],
	}
	if row.cells[hotlinePrivate] != "" {
		said.Private = &private
	}
	d := need.FromHotline(row.cells[hotlineNumber], said)
	name, phone := row.cells[hotlineName], row.cells[hotlinePhone]
	if name != "" || phone != "" {
		d.Contact = &contact.Contact{Name: name, Phone: phone, Address: row.cells[hotlineAddress]}
		if d.Contact.Address == "" {
			d.Contact.Address = "热线没有留住址"
		}
	}
	if err := d.Check(); err != nil {
		return d, problemOf(err)
	}
	return d, ""
}

// problemOf is what a rule says of the first field that is wrong.
func problemOf(err error) string {
	e, is := fault.Of(err)
	if !is || len(e.Fields) == 0 {
		return "这一行不能用"
	}
	return e.Fields[0].Message
}
