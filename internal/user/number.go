package user

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// numbers is how many numbers of people there are: all of eight digits that do
// not begin with 0.
const numbers = 90_000_000

// drawNumber draws a number. Nobody can tell another person's from it.
func drawNumber() (string, error) {
	n, err := rand.Int(rand.Reader, big.NewInt(numbers))
	if err != nil {
		return "", err
	}
	return fmt.Sprint(n.Int64() + 10_000_000), nil
}

// DrawNumber is the number that the person shows to be found by staff. It is drawn
// when they first ask, and stays.
func (p *People) DrawNumber(ctx context.Context, person id.User) (string, error) {
	for {
		var number string
		err := p.db.Get(ctx, &number, "user.number", mysql.Args{"user": person})
		if !errors.Is(err, mysql.ErrNone) {
			return number, err
		}
		if number, err = drawNumber(); err != nil {
			return "", err
		}
		err = p.db.Tx(ctx, func(tx *mysql.Tx) error {
			return tx.Add("user.add_number", mysql.Args{"user": person, "number": number, "at": tx.Now()})
		})
		switch {
		case mysql.IsDuplicate(err, "PRIMARY"), mysql.IsDuplicate(err, "person_numbers_number"):
			continue // the person's other phone was faster, or somebody has the number
		default:
			return number, err
		}
	}
}

// WithNumber is the person who shows the number. Error: fault.ReasonNotFound.
func WithNumber(ctx context.Context, db *mysql.DB, number string) (id.User, error) {
	f, err := shows(ctx, db, number)
	return f.ID, err
}

func shows(ctx context.Context, db *mysql.DB, number string) (f Found, err error) {
	err = db.Get(ctx, &f, "user.by_number", mysql.Args{"number": number})
	if errors.Is(err, mysql.ErrNone) {
		return f, fault.New(fault.ReasonNotFound).Saying("没有找到这个号码，请再看一遍。")
	}
	return f, err
}

// Found is a person whom staff found by their number, with the roles in force.
type Found struct {
	ID          id.User `db:"id"`
	DisplayName string  `db:"display_name"`
	Home        string  `db:"home"` // the name of their community; empty: they chose none
	Unit        string  `db:"unit"` // of the active report-in
	Grants      grant.Grants
}

// FindByNumber finds who shows the number, for whoever gives roles: staff that
// decides anywhere, and no deputy. Errors: fault.ReasonForbidden,
// fault.ReasonNotFound.
func (p *People) FindByNumber(ctx context.Context, actor id.User, number string) (Found, error) {
	var f Found
	var mine grant.Grants
	err := p.db.Read(ctx, grant.WantOf(&mine, actor))
	switch {
	case err != nil:
		return f, err
	case !mine.Gives(p.db.Now()):
		return f, fault.New(fault.ReasonForbidden)
	}
	if f, err = shows(ctx, p.db, number); err != nil {
		return f, err
	}
	var all grant.Grants
	err = p.db.Read(ctx, grant.WantOf(&all, f.ID))
	for _, g := range all {
		if g.IsInForce(p.db.Now()) {
			f.Grants = append(f.Grants, g)
		}
	}
	return f, err
}
