package account

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
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

// general are the tables that belong to no noun.
var general = []Table{
	{0, "我的资料", "account.sheet_person"},
	{450, "谁看过联系方式", "account.sheet_contact_reads"},
	{460, "我看过的联系方式", "account.sheet_own_reads"},
	{650, "时长和积分", "account.sheet_points"},
	{1900, "同意的记录", "account.sheet_consents"},
	{1910, "图片", "account.sheet_photos"},
}

// Placed is a table, and the words of its noun.
type Placed struct {
	Table
	Of Belonging
}

// Tables are all that a person takes along, in the order in which they are read.
func Tables() []Placed {
	var all []Placed
	for _, one := range append(Belongings(), Belonging{Tables: general}) {
		for _, t := range one.Tables {
			all = append(all, Placed{t, one})
		}
	}
	slices.SortStableFunc(all, func(a, b Placed) int { return cmp.Compare(a.Place, b.Place) })
	return all
}

// Export reads all that is kept of the person; token is the session that asks.
func (s *Service) Export(ctx context.Context, who id.User, token string) (Export, error) {
	var b belongings
	if err := b.find(ctx, s.db, who); err != nil {
		return Export{}, err
	}
	args := mysql.Args{"user": who, "people": b.people}
	all := Tables()
	read := make([]mysql.Sheet, len(all))
	wants := make([]mysql.Want, len(all))
	for i, one := range all {
		wants[i] = mysql.Whole(&read[i], one.Query, args)
	}
	var e Export
	if err := s.db.Read(ctx, append(wants, s.Photos.OfOwners(&e.Photos, b.people))...); err != nil {
		return Export{}, err
	}
	for i, one := range all {
		sheet, err := s.sheet(one, read[i])
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
func (s *Service) sheet(t Placed, from mysql.Sheet) (Sheet, error) {
	sheet := Sheet{Name: t.Name}
	for _, column := range from.Columns[1:] { // the first is the id
		sheet.Head = append(sheet.Head, t.Of.ColumnName(column))
	}
	for _, row := range from.Rows {
		var cells []string
		for i, column := range from.Columns[1:] {
			cell, err := s.cell(t.Of, column, row[0], row[i+1])
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
func (s *Service) cell(of Belonging, column string, row, value any) (string, error) {
	table, field, sealed := strings.Cut(column, ".")
	switch v := value.(type) {
	case nil:
		return "", nil
	case time.Time:
		return Moment(v), nil
	case []byte:
		if !sealed {
			return of.WordOf(column, string(v)), nil
		}
		at, ok := row.(int64)
		if !ok {
			return "", fmt.Errorf("the first column of %s is no id", column)
		}
		return s.sealer.Open(seal.Place{Table: table, Column: field, Row: at}, v)
	}
	return of.WordOf(column, fmt.Sprint(value)), nil
}

// Moment is a time as people here read it.
func Moment(t time.Time) string { return t.In(clock.Shanghai).Format("2006-01-02 15:04") }

func (s *Service) contacts(ctx context.Context, who id.User, b belongings, _ string) (Sheet, error) {
	sheet := Sheet{Name: "联系方式", Head: []string{"用在哪里", "姓名", "电话", "地址", "接电话的人", "存于"}}
	add := func(at, noun string, ids []int64) error {
		all, err := s.Contacts.ListOwn(ctx, noun, ids)
		for _, c := range all {
			sheet.Rows = append(sheet.Rows, []string{at, c.Name, c.Phone, c.Address, c.Helper, Moment(c.SavedAt)})
		}
		return err
	}
	err := b.each(func(of Belonging, ids []int64) error {
		if !of.Contacts {
			return nil
		}
		return add(of.Texts, of.Noun, ids)
	})
	return sheet, errors.Join(err, add("下一个心愿", state.User.Noun, []int64{int64(who)}))
}

// originals are the texts of which others read a version without the numbers.
func (s *Service) originals(ctx context.Context, _ id.User, b belongings, _ string) (Sheet, error) {
	sheet := Sheet{Name: "隐去号码以前的原文", Head: []string{"哪一类", "原文"}}
	err := b.each(func(of Belonging, ids []int64) error {
		if of.Texts == "" {
			return nil
		}
		var rows []struct {
			Noun    string `db:"noun"`
			Subject int64  `db:"subject_id"`
			Field   string `db:"field"`
			Sealed  []byte `db:"sealed"`
		}
		err := s.db.Select(ctx, &rows, "account.originals", mysql.Args{"noun": of.originals(), "ids": ids})
		for _, r := range rows {
			place := seal.Place{Table: "originals", Column: r.Noun + "." + r.Field, Row: r.Subject}
			text, failed := s.sealer.Open(place, r.Sealed)
			err = errors.Join(err, failed)
			sheet.Rows = append(sheet.Rows, []string{of.Texts, text})
		}
		return err
	})
	return sheet, err
}

func (s *Service) sessions(ctx context.Context, who id.User, _ belongings, token string) (Sheet, error) {
	sheet := Sheet{Name: "登录过的设备", Head: []string{"设备", "从何时起", "最近一次"}}
	all, err := s.People.ListSessions(ctx, who, token)
	for _, one := range all {
		sheet.Rows = append(sheet.Rows, []string{one.Device, Moment(one.BeganAt), Moment(one.SeenAt)})
	}
	return sheet, err
}
