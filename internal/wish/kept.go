package wish

import (
	"context"
	"errors"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
)

// A KeptContact is a person's own contact for the next wish, and when they agreed
// that helpers see it.
type KeptContact struct {
	Contact
	ConsentedAt time.Time
}

type keptRow struct {
	UserID      id.User   `db:"user_id"`
	Name        []byte    `db:"contact_name"`
	Phone       []byte    `db:"contact_phone"`
	Address     []byte    `db:"contact_address"`
	ConsentedAt time.Time `db:"consented_at"`
}

func keptPlace(person id.User, column string) seal.Place {
	return seal.Place{Table: "kept_contacts", Column: column, Row: int64(person)}
}

// KeptContact reads one's own contact; nil where none is kept.
func (s *Service) KeptContact(ctx context.Context, person id.User) (*KeptContact, error) {
	var row keptRow
	var found bool
	args := mysql.Args{"person": person}
	if err := s.db.Read(ctx, mysql.Maybe(&row, &found, "wish.kept_contact", args)); err != nil || !found {
		return nil, err
	}
	kept := KeptContact{ConsentedAt: row.ConsentedAt}
	var wrong [3]error
	kept.Name, wrong[0] = s.sealer.Open(keptPlace(person, "contact_name"), row.Name)
	kept.Phone, wrong[1] = s.sealer.Open(keptPlace(person, "contact_phone"), row.Phone)
	kept.Address, wrong[2] = s.sealer.Open(keptPlace(person, "contact_address"), row.Address)
	return &kept, errors.Join(wrong[:]...)
}

// KeepContact keeps one's own contact, sealed, with the moment of the consent.
// Error: fault.ReasonInvalidInput.
func (s *Service) KeepContact(ctx context.Context, person id.User, c Contact, keep mysql.Keep[KeptContact]) (
	KeptContact, error) {
	if err := invalid(append(c.wrong(""), c.wrongHelper("", person)...)); err != nil {
		return KeptContact{}, err
	}
	row := keptRow{UserID: person}
	var wrong [3]error
	row.Name, wrong[0] = s.sealer.Seal(keptPlace(person, "contact_name"), c.Name)
	row.Phone, wrong[1] = s.sealer.Seal(keptPlace(person, "contact_phone"), c.Phone)
	row.Address, wrong[2] = s.sealer.Seal(keptPlace(person, "contact_address"), c.Address)
	if err := errors.Join(wrong[:]...); err != nil {
		return KeptContact{}, err
	}
	row.ConsentedAt = s.db.Now()
	kept := KeptContact{c, row.ConsentedAt}
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		err := tx.Add("wish.keep_contact", row)
		return errors.Join(err, keep.Do(tx, kept, err))
	})
	return kept, err
}

// ForgetContact takes the consent back, and deletes what was kept. What is in
// wishes stays with them.
func (s *Service) ForgetContact(ctx context.Context, person id.User) error {
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		return tx.Add("wish.forget_contact", mysql.Args{"person": person})
	})
}

// wrongHelper refuses a helper of somebody who speaks for themself: owner is 0 for a resident who does not.
func (c *Contact) wrongHelper(under string, owner id.User) []fault.Field {
	if trim(&c.Helper) == "" {
		return nil
	}
	message := fault.WrongText(c.Helper, "接电话的人", MaxName)
	if owner != 0 {
		message = "这里填您自己的电话，不用写别人。"
	}
	if message == "" {
		return nil
	}
	return []fault.Field{{Path: under + "helper", Message: message}}
}

// wrong trims the contact and says what is wrong with it; under is before the
// names of its fields.
func (c *Contact) wrong(under string) []fault.Field {
	var fields []fault.Field
	for _, f := range []struct {
		path, what string
		text       *string
		longest    int
	}{{"name", "联系人姓名", &c.Name, MaxName}, {"address", "地址", &c.Address, MaxAddress}} {
		if message := fault.WrongText(trim(f.text), f.what, f.longest); message != "" {
			fields = append(fields, fault.Field{Path: under + f.path, Message: message})
		}
	}
	c.Phone = spaces.Replace(trim(&c.Phone))
	if !phone.MatchString(c.Phone) {
		fields = append(fields, fault.Field{Path: under + "phone", Message: "请填写手机号，或者带区号的座机号。"})
	}
	return fields
}
