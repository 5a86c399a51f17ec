package seed

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"xinyuan/internal/contact"
	"xinyuan/internal/id"
	"xinyuan/internal/membership"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
	"xinyuan/internal/team"
	"xinyuan/internal/wish"
)

// Numbers of wishes are shifted by how many the cell has in their community and year.
type yearAt struct{ node, year int64 }

// copyCell writes the copies of the cell, whose ids begin at first.
func (w *world) copyCell(ctx context.Context, first int64, copies int) error {
	rows, err := w.db.RowsFrom(ctx, mysql.What{
		First: first, Whole: []string{"roster"}, Without: []string{"outbox", "idempotency", "board_months"},
	})
	if err != nil {
		return err
	}
	o := original{world: w, size: cellOf(w.Scale), taken: map[yearAt]int64{}, names: map[string]string{}}
	if err := o.look(rows); err != nil {
		return err
	}
	err = w.db.Copy(ctx, rows, mysql.Copies{First: first, Count: int64(copies), Columns: o.columns(), Step: w.Step})
	if err != nil {
		return err
	}
	return w.db.Tx(ctx, func(tx *mysql.Tx) (err error) {
		for at := range o.taken {
			err = errors.Join(err, tx.Add("seed.set_number", mysql.Args{
				"kind": state.Wish.Noun, "node": at.node, "period": strconv.FormatInt(at.year, 10),
			}))
		}
		return err
	})
}

// original is the cell that is copied.
type original struct {
	*world
	size  int
	taken map[yearAt]int64
	names map[string]string // of members, by their hashes
}

// look finds out what the copies must differ in.
func (o original) look(rows map[string]*mysql.Rows) error {
	for _, r := range rows["wishes"].Rows {
		o.taken[yearAt{r.Int("node_id"), r.Int("year")}]++
	}
	for _, r := range rows["memberships"].Rows {
		name, err := o.Sealer.Open(realName(r.Int("id")), r.Bytes("real_name"))
		if err != nil {
			return err
		}
		o.names[r.Text("name_lookup")] = name
	}
	return nil
}

func realName(row int64) seal.Place { return membership.NamePlace(id.Membership(row)) }

// columns are those that a copy has of its own, beside the ids.
func (o original) columns() map[string]mysql.Column {
	all := map[string]mysql.Column{
		"users.open_id":           o.openID,
		"users.display_name":      o.displayName,
		"wishes.number":           o.number,
		"matters.number":          o.card,
		"matters.title":           o.title,
		"memberships.real_name":   o.realName,
		"memberships.name_lookup": o.nameLookup,
		"roster.name_lookup":      o.nameLookup,
		"teams.name":              o.teamName,
		"teams.invite_code": func(r mysql.Row, k int64) (any, error) {
			code, err := o.invitation(r, k)
			return o.Sealer.Lookup(seal.PurposeInvitation, code), err
		},
		"teams.invite_sealed": func(r mysql.Row, k int64) (any, error) {
			code, err := o.invitation(r, k)
			if err != nil {
				return nil, err
			}
			return o.Sealer.Seal(team.InvitationPlace(id.Team(r.Int("id")+k)), code)
		},
	}
	for _, field := range []string{"name", "phone", "address"} {
		all["contacts."+field] = func(r mysql.Row, k int64) (any, error) {
			of := contact.Of{Noun: r.Text("noun"), ID: r.Int("id"), Part: state.Party(r.Text("part"))}
			text, err := o.Sealer.Open(of.Place(field), r.Bytes(field))
			if err != nil {
				return nil, err
			}
			of.ID += k
			return o.Sealer.Seal(of.Place(field), text)
		}
	}
	return all
}

// invitation is the code of a team's copy.
func (o original) invitation(r mysql.Row, k int64) (string, error) {
	code, err := o.Sealer.Open(team.InvitationPlace(id.Team(r.Int("id"))), r.Bytes("invite_sealed"))
	return code + strconv.FormatInt(k, 10), err
}

// persona is the number of a member's copy.
func (o original) persona(r mysql.Row, k int64) (string, int64, error) {
	before, number, _ := strings.Cut(r.Text("open_id"), loadMember)
	n, err := strconv.ParseInt(number, 10, 64)
	return before, n + k*int64(o.size), err
}

func (o original) openID(r mysql.Row, k int64) (any, error) {
	before, n, err := o.persona(r, k)
	return fmt.Sprint(before, loadMember, n), err
}

func (o original) displayName(r mysql.Row, k int64) (any, error) {
	_, n, err := o.persona(r, k)
	return o.name(memberGiven, int(n)), err
}

func (o original) number(r mysql.Row, k int64) (any, error) {
	return r.Int("number") + k*o.taken[yearAt{r.Int("node_id"), r.Int("year")}], nil
}

// card is the number of a wish as the register shows it.
func (o original) card(r mysql.Row, k int64) (any, error) {
	year, number, numbered := strings.Cut(r.Text("number"), "-")
	if !numbered {
		return r["number"], nil
	}
	y, err := strconv.Atoi(year)
	if err != nil {
		return nil, fmt.Errorf("seed: %w", err)
	}
	n, err := strconv.Atoi(number)
	return wish.Wish{Year: y, Serial: n + int(k*o.taken[yearAt{r.Int("node_id"), int64(y)}])}.Number(), err
}

// title is that of a matter; only a team's is a name.
func (o original) title(r mysql.Row, k int64) (any, error) {
	if r.Text("noun") == state.Team.Noun {
		return teamName(1 + int(k)*o.size), nil
	}
	return r["title"], nil
}

func (o original) teamName(_ mysql.Row, k int64) (any, error) {
	return teamName(1 + int(k)*o.size), nil
}

// nameOf is a name of its own for each copy, since a roster's name lets in one person.
func (o original) nameOf(r mysql.Row, k int64) string {
	digits := strings.Map(func(d rune) rune { return []rune("零一二三四五六七八九")[d-'0'] }, strconv.FormatInt(k, 10))
	return o.names[r.Text("name_lookup")] + digits
}

func (o original) realName(r mysql.Row, k int64) (any, error) {
	return o.Sealer.Seal(realName(r.Int("id")+k), o.nameOf(r, k))
}

func (o original) nameLookup(r mysql.Row, k int64) (any, error) {
	return o.Sealer.Lookup(seal.PurposeName, membership.NameKey(o.nameOf(r, k))), nil
}
