// Package reseal seals anew, with the current key, what older keys have sealed. It runs
// beside a busy server: a row is replaced only while it still is what was read, and
// whatever somebody writes meanwhile is sealed with the current key anyway.
package reseal

import (
	"context"
	"errors"
	"fmt"

	"xinyuan/internal/contact"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// size is how many rows are read at a time.
const size = 200

// kind are the sealed columns of one table, and the look-up that stands beside them.
type kind struct {
	table  string
	read   string   // the query that reads it
	write  string   // the query that replaces a row, unless somebody was faster
	fields []string // the sealed columns
	place  func(row row, field string) seal.Place
	// lookup is the column whose look-up is made of the field, with its purpose; empty: none.
	lookup, of string
	purpose    seal.Purpose
}

// row is a row as read: its key, and what is sealed in it.
type row struct {
	ID     int64  `db:"id"`
	Noun   string `db:"noun"` // and Part: of tables with a key of several columns
	Part   string `db:"part"`
	First  []byte `db:"first"`
	Second []byte `db:"second"`
	Third  []byte `db:"third"`
	Fourth []byte `db:"fourth"`
}

func (r row) sealed() [][]byte { return [][]byte{r.First, r.Second, r.Third, r.Fourth} }

func plain(table string) func(row, string) seal.Place {
	return func(r row, field string) seal.Place { return seal.Place{Table: table, Column: field, Row: r.ID} }
}

// kinds are all sealed columns; a test looks at every binary column of the schema.
func kinds() []kind {
	return []kind{
		{table: "users", read: "reseal.users", write: "reseal.set_users",
			fields: []string{"phone"}, place: plain("users"),
			lookup: "phone_lookup", of: "phone", purpose: seal.PurposePhone},
		{table: "contacts", read: "reseal.contacts", write: "reseal.set_contacts",
			fields: []string{"name", "phone", "address", "helper"},
			place: func(r row, field string) seal.Place {
				return contact.Of{Noun: r.Noun, ID: r.ID, Part: state.Party(r.Part)}.Place(field)
			}, lookup: "phone_lookup", of: "phone", purpose: seal.PurposePhone},
		{table: "memberships", read: "reseal.memberships", write: "reseal.set_memberships",
			fields: []string{"real_name"}, place: plain("memberships")},
		{table: "certificates", read: "reseal.certificates", write: "reseal.set_certificates",
			fields: []string{"holder_name", "code_sealed"}, place: plain("certificates"),
			lookup: "code", of: "code_sealed", purpose: seal.PurposeCertificate},
		{table: "calendars", read: "reseal.calendars", write: "reseal.set_calendars",
			fields: []string{"token"}, place: plain("calendars"),
			lookup: "token_lookup", of: "token", purpose: seal.PurposeCalendar},
		{table: "teams", read: "reseal.teams", write: "reseal.set_teams",
			fields: []string{"invite_sealed"}, place: plain("teams"),
			lookup: "invite_code", of: "invite_sealed", purpose: seal.PurposeInvitation},
		{table: "originals", read: "reseal.originals", write: "",
			fields: []string{"sealed"}, place: func(r row, _ string) seal.Place {
				return seal.Place{Table: "originals", Column: r.Noun + "." + r.Part, Row: r.ID}
			}},
		{table: "mini_codes", read: "reseal.mini_codes", write: "reseal.set_mini_codes",
			fields: []string{"picture"}, place: func(r row, _ string) seal.Place {
				return seal.Place{Table: "mini_codes", Column: r.Noun, Row: r.ID}
			}},
	}
}

// Done is what a run did to one table.
type Done struct {
	Table    string
	Resealed int
	Left     int // that somebody changed in the same moment: run it once more
}

// Run seals anew what older keys have sealed, table by table; step is told after each.
// It may be killed and begun anew at any time.
func Run(ctx context.Context, db *mysql.DB, sealer *seal.Sealer, step func(Done)) error {
	for _, k := range kinds() {
		d, err := k.run(ctx, db, sealer)
		if err != nil {
			return fmt.Errorf("reseal: %s: %w", k.table, err)
		}
		step(d)
	}
	return nil
}

func (k kind) run(ctx context.Context, db *mysql.DB, sealer *seal.Sealer) (Done, error) {
	d := Done{Table: k.table}
	var after row
	for {
		var rows []row
		err := db.Select(ctx, &rows, k.read, mysql.Args{
			"id": after.ID, "noun": after.Noun, "part": after.Part, "limit": size,
		})
		if err != nil || len(rows) == 0 {
			return d, err
		}
		for _, r := range rows {
			after = r
			if !k.isOld(sealer, r) {
				continue
			}
			done, err := k.reseal(ctx, db, sealer, r)
			switch {
			case err != nil:
				return d, err
			case done:
				d.Resealed++
			default:
				d.Left++
			}
		}
	}
}

// isOld tells whether another key than the current one has sealed something in the row.
func (k kind) isOld(sealer *seal.Sealer, r row) bool {
	for _, sealed := range r.sealed() {
		if sealed != nil && seal.KeyOf(sealed) != sealer.Current() {
			return true
		}
	}
	return false
}

// reseal replaces what is sealed in the row, unless somebody was faster.
func (k kind) reseal(ctx context.Context, db *mysql.DB, sealer *seal.Sealer, r row) (bool, error) {
	args := mysql.Args{"id": r.ID, "noun": r.Noun, "part": r.Part, "lookup": ""}
	sealed := r.sealed()
	for i, name := range []string{"first", "second", "third", "fourth"} {
		args["was_"+name], args[name] = sealed[i], nil
		if sealed[i] == nil || i >= len(k.fields) {
			continue
		}
		place := k.place(r, k.fields[i])
		text, err := sealer.Open(place, sealed[i])
		if err != nil {
			return false, fmt.Errorf("row %d: %w", r.ID, err)
		}
		if args[name], err = sealer.Seal(place, text); err != nil {
			return false, err
		}
		if k.of == k.fields[i] {
			args["lookup"] = sealer.Lookup(k.purpose, text)
		}
	}
	done := false
	err := db.Tx(ctx, func(tx *mysql.Tx) error {
		n, err := k.set(ctx, tx, args)
		done = n > 0
		if err != nil || !done || k.table != "contacts" || r.Noun != state.Wish.Noun {
			return err
		}
		lookup, _ := args["lookup"].(string)
		return rename(ctx, tx, r.ID, lookup)
	})
	return done, err
}

func (k kind) set(ctx context.Context, tx *mysql.Tx, args mysql.Args) (int64, error) {
	if k.table == "originals" {
		return matter.Reseal(ctx, tx, args)
	}
	return tx.Exec(ctx, k.write, args)
}

// rename makes whoever is a party to the wish and its claims by the phone one by the new
// look-up.
func rename(ctx context.Context, tx *mysql.Tx, wish int64, lookup string) error {
	var claims []int64
	if err := tx.Select(ctx, &claims, "reseal.claims", mysql.Args{"wish": wish}); err != nil {
		return err
	}
	return errors.Join(matter.RenamePhone(tx, state.Wish.Noun, []int64{wish}, lookup),
		matter.RenamePhone(tx, state.Claim.Noun, claims, lookup))
}

// Uses counts what still needs a key other than the current one: look-ups whose text
// nobody has any more, such as the names of rosters.
func Uses(ctx context.Context, db *mysql.DB, key string) (map[string]int, error) {
	var found []struct {
		Table string `db:"name"`
		N     int    `db:"n"`
	}
	err := db.Select(ctx, &found, "reseal.uses", mysql.Args{"key": key + ":%"})
	all := map[string]int{}
	for _, f := range found {
		if f.N > 0 {
			all[f.Table] = f.N
		}
	}
	return all, err
}

// Forget forgets a key with which nothing is sealed and nothing is looked up any more,
// so that it may leave the settings. Error: ErrInUse.
func Forget(ctx context.Context, db *mysql.DB, sealer *seal.Sealer, key string) error {
	uses, err := Uses(ctx, db, key)
	if err != nil {
		return err
	}
	if key == sealer.Current() || len(uses) > 0 {
		return ErrInUse
	}
	return db.Tx(ctx, func(tx *mysql.Tx) error { return tx.Add("reseal.forget", mysql.Args{"key": key}) })
}

// ErrInUse means that a key is still needed.
var ErrInUse = errors.New("reseal: the key is in use")
