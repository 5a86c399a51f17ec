package account

import (
	"context"
	"fmt"
	"strings"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/id"
	"xinyuan/internal/media"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// Sheet is one kind of what is kept of a person, as they read it.
type Sheet struct {
	Name string
	Head []string
	Rows [][]string
}

// Export is all that is kept of a person.
type Export struct {
	Sheets []Sheet
	Photos []media.Photo
}

// sheets are the queries of what a person takes along, in the order in which they are
// read.
var sheets = []struct{ name, query string }{
	{"我的资料", "account.sheet_person"},
	{"心愿", "account.sheet_wishes"},
	{"对办理的答复", "account.sheet_answers"},
	{"认领", "account.sheet_claims"},
	{"报到", "account.sheet_memberships"},
	{"谁看过真实姓名", "account.sheet_name_reads"},
	{"谁看过联系方式", "account.sheet_contact_reads"},
	{"我看过的联系方式", "account.sheet_own_reads"},
	{"活动报名", "account.sheet_signups"},
	{"签到", "account.sheet_attendances"},
	{"服务记录", "account.sheet_records"},
	{"时长和积分", "account.sheet_points"},
	{"服务证明", "account.sheet_certificates"},
	{"服务证明的内容", "account.sheet_certificate_items"},
	{"投诉建议", "account.sheet_complaints"},
	{"异议", "account.sheet_objections"},
	{"说的事", "account.sheet_needs"},
	{"请领导来坐坐", "account.sheet_visits"},
	{"志愿队", "account.sheet_teams"},
	{"岗位", "account.sheet_posts"},
	{"合并的时长", "account.sheet_joins"},
	{"同意的记录", "account.sheet_consents"},
	{"图片", "account.sheet_photos"},
}

// Export reads all that is kept of the person; token is the session that asks.
func (s *Service) Export(ctx context.Context, who id.User, token string) (Export, error) {
	var b belongings
	if err := b.find(ctx, s.db, who); err != nil {
		return Export{}, err
	}
	args := mysql.Args{"user": who, "people": b.people}
	read := make([]mysql.Sheet, len(sheets))
	wants := make([]mysql.Want, len(sheets))
	for i, one := range sheets {
		wants[i] = mysql.Whole(&read[i], one.query, args)
	}
	var e Export
	if err := s.db.Read(ctx, append(wants, s.Photos.OfOwners(&e.Photos, b.people))...); err != nil {
		return Export{}, err
	}
	for i, one := range sheets {
		sheet, err := s.sheet(one.name, read[i])
		if err != nil {
			return Export{}, err
		}
		e.Sheets = append(e.Sheets, sheet)
	}
	for _, more := range []func(context.Context, id.User, belongings, string) (Sheet, error){
		s.contacts, s.originals, s.sessions,
	} {
		sheet, err := more(ctx, who, b, token)
		if err != nil {
			return Export{}, err
		}
		e.Sheets = append(e.Sheets, sheet)
	}
	return e, nil
}

// sheet says the answer of a query in words.
func (s *Service) sheet(name string, from mysql.Sheet) (Sheet, error) {
	sheet := Sheet{Name: name}
	for _, column := range from.Columns[1:] { // the first is the id
		sheet.Head = append(sheet.Head, columnName(column))
	}
	for _, row := range from.Rows {
		var cells []string
		for i, column := range from.Columns[1:] {
			cell, err := s.cell(column, row[0], row[i+1])
			if err != nil {
				return sheet, fmt.Errorf("account: %s: %w", column, err)
			}
			cells = append(cells, cell)
		}
		sheet.Rows = append(sheet.Rows, cells)
	}
	return sheet, nil
}

// cell is a value in words; what is sealed is opened.
func (s *Service) cell(column string, row, value any) (string, error) {
	table, field, sealed := strings.Cut(column, ".")
	switch v := value.(type) {
	case nil:
		return "", nil
	case time.Time:
		return Moment(v), nil
	case []byte:
		if !sealed {
			return wordOf(column, string(v)), nil
		}
		at, ok := row.(int64)
		if !ok {
			return "", fmt.Errorf("the first column of %s is no id", column)
		}
		return s.sealer.Open(seal.Place{Table: table, Column: field, Row: at}, v)
	}
	return wordOf(column, fmt.Sprint(value)), nil
}

// Moment is a time as people here read it.
func Moment(t time.Time) string { return t.In(clock.Shanghai).Format("2006-01-02 15:04") }

func (s *Service) contacts(ctx context.Context, who id.User, b belongings, _ string) (Sheet, error) {
	sheet := Sheet{Name: "联系方式", Head: []string{"用在哪里", "姓名", "电话", "地址", "接电话的人", "存于"}}
	all, err := s.Contacts.ListOwn(ctx, who, state.Wish.Noun, b.wishes)
	for _, c := range all {
		at := "下一个心愿"
		if c.Of.Noun == state.Wish.Noun {
			at = "心愿"
		}
		sheet.Rows = append(sheet.Rows, []string{at, c.Name, c.Phone, c.Address, c.Helper, Moment(c.SavedAt)})
	}
	return sheet, err
}

// originals are the texts of which others read a version without the numbers.
func (s *Service) originals(ctx context.Context, _ id.User, b belongings, _ string) (Sheet, error) {
	sheet := Sheet{Name: "隐去号码以前的原文", Head: []string{"哪一类", "原文"}}
	for _, of := range b.worded() {
		var rows []struct {
			Noun    string `db:"noun"`
			Subject int64  `db:"subject_id"`
			Field   string `db:"field"`
			Sealed  []byte `db:"sealed"`
		}
		if len(of.ids) == 0 {
			continue
		}
		err := s.db.Select(ctx, &rows, "account.originals", mysql.Args{"noun": of.noun, "ids": of.ids})
		if err != nil {
			return sheet, err
		}
		for _, r := range rows {
			place := seal.Place{Table: "originals", Column: r.Noun + "." + r.Field, Row: r.Subject}
			text, err := s.sealer.Open(place, r.Sealed)
			if err != nil {
				return sheet, err
			}
			sheet.Rows = append(sheet.Rows, []string{of.name, text})
		}
	}
	return sheet, nil
}

func (s *Service) sessions(ctx context.Context, who id.User, _ belongings, token string) (Sheet, error) {
	sheet := Sheet{Name: "登录过的设备", Head: []string{"设备", "从何时起", "最近一次"}}
	all, err := s.People.ListSessions(ctx, who, token)
	for _, one := range all {
		sheet.Rows = append(sheet.Rows, []string{one.Device, Moment(one.BeganAt), Moment(one.SeenAt)})
	}
	return sheet, err
}
