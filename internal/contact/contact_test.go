package contact_test

import (
	"testing"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/contact"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

var noon = time.Date(2026, 3, 11, 4, 0, 0, 0, time.UTC)

var liu = contact.Contact{Name: "刘桂兰", Phone: "13843512345", Address: "振兴路12号"}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// book is an empty book; each first commit of it is lost where lose is true.
func book(t *testing.T, lose bool) (*mysql.DB, *contact.Book) {
	t.Helper()
	db, err := mysql.Open(t.Context(), testdb.New(t), mysql.Options{
		Business: clock.Fixed(noon), LoseCommit: func(attempt int) bool { return lose && attempt == 1 },
	})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	return db, contact.New(db, sealer(t, seal.NewDemoKeys()))
}

func sealer(t *testing.T, keys string) *seal.Sealer {
	t.Helper()
	s, err := seal.New(keys)
	must(t, err)
	return s
}

func count(t *testing.T, db *mysql.DB, query string) (n int) {
	t.Helper()
	must(t, db.Pool().QueryRowContext(t.Context(), query).Scan(&n))
	return n
}

// What is older than the common table stays bound to the table that it came from: a
// change here makes all of it unreadable.
func TestPlacesOfBefore(t *testing.T) {
	for of, want := range map[contact.Of]seal.Place{
		contact.Owner(state.Wish.Noun, id.Wish(7)): {Table: "wishes", Column: "contact_phone", Row: 7},
		contact.Owner(state.User.Noun, id.User(7)): {Table: "kept_contacts", Column: "contact_phone", Row: 7},
		contact.Owner("need", id.Wish(7)):          {Table: "contacts", Column: "need.owner.phone", Row: 7},
	} {
		if got := of.Place("phone"); got != want {
			t.Errorf("%+v is sealed for %+v, want %+v", of, got, want)
		}
	}
}

// A noun that the package has never heard of: its rule decides, whoever may read is in
// the log in the same transaction, and nobody else leaves a trace.
func TestContactOfAnyNoun(t *testing.T) {
	t.Parallel()
	for _, lose := range []bool{false, true} {
		db, b := book(t, lose)
		of := contact.Owner("need", id.Wish(7))
		must(t, db.Tx(t.Context(), func(tx *mysql.Tx) error { return b.Save(tx, of, liu) }))
		rule := func(right contact.Right, err error) contact.Rule {
			return func(*mysql.Tx) ([]mysql.Want, func(string, time.Time) (contact.Right, error)) {
				return nil, func(string, time.Time) (contact.Right, error) { return right, err }
			}
		}
		for name, c := range map[string]struct {
			of     contact.Of
			rule   contact.Rule
			reason string
			want   fault.Reason
		}{
			"refused":   {of, rule(contact.Right{}, fault.New(fault.ReasonContactNotAllowed)), "", fault.ReasonContactNotAllowed},
			"not there": {contact.Owner("need", id.Wish(8)), rule(contact.Right{}, nil), "", fault.ReasonNotFound},
			"the owner": {of, rule(contact.Right{}, nil), "", ""},
		} {
			got, err := b.Read(t.Context(), contact.Reading{Of: c.of, Reader: 5, Reason: c.reason}, c.rule)
			if !fault.Has(err, c.want) && (c.want != "" || err != nil || got != liu) {
				t.Errorf("%s: %+v, %v", name, got, err)
			}
		}
		if n := count(t, db, "SELECT COUNT(*) FROM contact_reads"); n != 0 {
			t.Errorf("%d readings in the log that were none", n)
		}
		_, err := b.Read(t.Context(), contact.Reading{Of: of, Reader: 5, Reason: "去看看"},
			rule(contact.Right{Noun: "visit", ID: 9}, nil))
		must(t, err)
		if n := count(t, db, `SELECT COUNT(*) FROM contact_reads WHERE noun = 'need' AND subject_id = 7 AND part = 'owner'
			AND reader_id = 5 AND by_noun = 'visit' AND by_id = 9 AND grant_id IS NULL AND reason = '去看看'`); n != 1 {
			t.Errorf("%d readings in the log, want 1 (a first commit was lost: %v)", n, lose)
		}
		must(t, db.Tx(t.Context(), func(tx *mysql.Tx) error {
			return b.Save(tx, of, contact.Contact{Name: "刘", Phone: "13900000000", Address: "别处"})
		}))
		if n := count(t, db, "SELECT COUNT(*) FROM contacts"); n != 1 {
			t.Errorf("%d contacts after a second saving", n)
		}
	}
}

// What an older key has sealed opens with the new one before it; without the old key
// it does not, and says so.
func TestContactsAfterAnotherKey(t *testing.T) {
	t.Parallel()
	db, err := mysql.Open(t.Context(), testdb.New(t), mysql.Options{Business: clock.Fixed(noon)})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	old, young := "k1"+seal.NewDemoKeys()[len("demo"):], "k2"+seal.NewDemoKeys()[len("demo"):]
	_, err = contact.New(db, sealer(t, old)).Keep(t.Context(), 5, liu, nil)
	must(t, err)
	kept, err := contact.New(db, sealer(t, young+","+old)).GetKept(t.Context(), 5)
	if err != nil || kept == nil || kept.Contact != liu || !kept.ConsentedAt.Equal(noon) {
		t.Errorf("after another key: %+v, %v", kept, err)
	}
	if _, err := contact.New(db, sealer(t, young)).GetKept(t.Context(), 5); err == nil {
		t.Error("opened without the key")
	}
}
