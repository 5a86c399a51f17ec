// Package contact keeps where people are found: sealed, for a matter of any noun, with
// the log of who has read it, which whoever it belongs to can open.
package contact

import (
	"errors"
	"regexp"
	"strings"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// Contact is where a person is found. It is stored sealed.
type Contact struct {
	Name    string
	Phone   string
	Address string
	// Helper is who answers the number for a person who has none; empty: it is their
	// own.
	Helper string
	// Mark is how the number is known to be right; read only.
	Mark Mark
}

// Of names a contact: the matter, and whose contact it is within it.
type Of struct {
	Noun string
	ID   int64
	Part state.Party
}

func (o Of) args() mysql.Args { return mysql.Args{"noun": o.Noun, "id": o.ID, "part": o.Part} }

// Book keeps the contacts of the database.
type Book struct {
	db     *mysql.DB
	sealer *seal.Sealer
}

// New returns the contacts of the database.
func New(db *mysql.DB, sealer *seal.Sealer) *Book { return &Book{db, sealer} }

var (
	spaces = strings.NewReplacer(" ", "", "－", "-")
	phone  = regexp.MustCompile(`^(1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8})$`)
)

// Check trims the contact and says what is wrong with it; under is before the names of
// its fields.
func (c *Contact) Check(under string) []fault.Field {
	var fields []fault.Field
	for _, f := range []struct {
		path, what string
		text       *string
		longest    int
	}{{"name", "联系人姓名", &c.Name, letters.ContactName}, {"address", "地址", &c.Address, letters.ContactAddress}} {
		*f.text = strings.TrimSpace(*f.text)
		if message := fault.WrongText(*f.text, f.what, f.longest); message != "" {
			fields = append(fields, fault.Field{Path: under + f.path, Message: message})
		}
	}
	c.Phone = spaces.Replace(strings.TrimSpace(c.Phone))
	if !phone.MatchString(c.Phone) {
		fields = append(fields, fault.Field{Path: under + "phone", Message: "请填写手机号，或者带区号的座机号。"})
	}
	return fields
}

// CheckHelper refuses a helper of somebody who speaks for themself: owner is 0 for a
// person who does not. It trims the name.
func (c *Contact) CheckHelper(under string, owner id.User) []fault.Field {
	if c.Helper = strings.TrimSpace(c.Helper); c.Helper == "" {
		return nil
	}
	message := fault.WrongText(c.Helper, "接电话的人", letters.ContactName)
	if owner != 0 {
		message = "这里填您自己的电话，不用写别人。"
	}
	if message == "" {
		return nil
	}
	return []fault.Field{{Path: under + "helper", Message: message}}
}

// row is a contact as stored.
type row struct {
	Noun    string      `db:"noun"`
	ID      int64       `db:"id"`
	Part    state.Party `db:"part"`
	Name    []byte      `db:"name"`
	Phone   []byte      `db:"phone"`
	Address []byte      `db:"address"`
	Helper  []byte      `db:"helper"`       // nil: the phone is the person's own
	Lookup  string      `db:"phone_lookup"` // to find the phone again; never read
	SavedAt time.Time   `db:"saved_at"`
	Mark    Mark        `db:"mark"` // read only
}

// before says to which table and columns the contacts are bound that are older than
// their common table: they were carried over as they had been sealed, and later ones
// of the same kind are sealed like them. No other kind is ever added here.
var before = map[Of]seal.Place{
	{Noun: state.Wish.Noun, Part: state.PartyOwner}: {Table: "wishes", Column: "contact_"},
	{Noun: state.User.Noun, Part: state.PartyOwner}: {Table: "kept_contacts", Column: "contact_"},
}

// Place is where the field of the contact is sealed for.
func (o Of) Place(field string) seal.Place {
	p, old := before[Of{Noun: o.Noun, Part: o.Part}]
	if !old {
		p = seal.Place{Table: "contacts", Column: o.Noun + "." + string(o.Part) + "."}
	}
	p.Column += field
	p.Row = o.ID
	return p
}

// Save queues that this is the contact from now on, sealed.
func (b *Book) Save(tx *mysql.Tx, of Of, c Contact) error {
	r := row{Noun: of.Noun, ID: of.ID, Part: of.Part, SavedAt: tx.Now()}
	var wrong [4]error
	r.Name, wrong[0] = b.sealer.Seal(of.Place("name"), c.Name)
	r.Phone, wrong[1] = b.sealer.Seal(of.Place("phone"), c.Phone)
	r.Address, wrong[2] = b.sealer.Seal(of.Place("address"), c.Address)
	if c.Helper != "" {
		r.Helper, wrong[3] = b.sealer.Seal(of.Place("helper"), c.Helper)
	}
	r.Lookup = b.sealer.Lookup(seal.PurposePhone, c.Phone)
	return errors.Join(errors.Join(wrong[:]...), tx.Add("contact.save", r))
}

// open is the contact that was stored.
func (b *Book) open(of Of, r row) (c Contact, err error) {
	var wrong [4]error
	c.Mark = r.Mark
	c.Name, wrong[0] = b.sealer.Open(of.Place("name"), r.Name)
	c.Phone, wrong[1] = b.sealer.Open(of.Place("phone"), r.Phone)
	c.Address, wrong[2] = b.sealer.Open(of.Place("address"), r.Address)
	if r.Helper != nil {
		c.Helper, wrong[3] = b.sealer.Open(of.Place("helper"), r.Helper)
	}
	return c, errors.Join(wrong[:]...)
}

// want wants the stored contact.
func (o Of) want(dest *row) mysql.Want { return mysql.One(dest, "contact.of", o.args()) }

// personal is a person's own contact, for the next matter that asks for one.
func personal(person id.User) Of {
	return Of{Noun: state.User.Noun, ID: int64(person), Part: state.PartyOwner}
}
