// Package review lets WeChat's reviewers look at the program in each role: a code
// logs them in as a prepared person of the review community, a tree of its own that
// nobody else sees. No code holds unless the operator has made it, and none for long.
package review

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
)

// Account is a kind of person as whom reviewers log in.
type Account string

// The accounts. There is none for the county, whose right reaches real people.
const (
	Resident  Account = "resident"
	Member    Account = "member"
	Leader    Account = "leader"
	Grid      Account = "grid"
	Liaison   Account = "liaison"
	Secretary Account = "secretary"
	Street    Account = "street"
)

// Accounts lists every kind, in the order in which a wish meets them.
func Accounts() []Account {
	return []Account{Resident, Member, Leader, Grid, Liaison, Secretary, Street}
}

// String names the account for the operator and for whoever meets the person.
func (a Account) String() string {
	switch a {
	case Resident:
		return "居民"
	case Member:
		return "在职党员"
	case Leader:
		return "志愿队队长"
	case Grid:
		return "网格员"
	case Liaison:
		return "单位联络人"
	case Secretary:
		return "社区书记"
	case Street:
		return "街道"
	}
	return string(a)
}

// MaxLife is the longest life of a code: a review takes a week.
const MaxLife = 30 * 24 * time.Hour

// TokenPrefix tells the session of a reviewer from that of a person.
const TokenPrefix = "review-"

// Reviews are the accounts of the database. Their codes live by the machine's time.
type Reviews struct {
	db      *mysql.DB
	sealer  *seal.Sealer
	machine *clock.Clock
}

// New returns the review accounts of the database.
func New(db *mysql.DB, sealer *seal.Sealer, machine *clock.Clock) *Reviews {
	return &Reviews{db, sealer, machine}
}

// IsOn tells whether any code holds.
func (r *Reviews) IsOn(ctx context.Context) (bool, error) {
	var codes int
	err := r.db.Get(ctx, &codes, "review.is_on", mysql.Args{"at": r.machine.Now()})
	return codes > 0, err
}

// Session is what a reviewer gets at log-in.
type Session struct {
	Person    id.User
	Token     string
	ExpiresAt time.Time
}

// codeOf is the code without what people put between its letters.
func codeOf(text string) string {
	return strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(text))
}

// LogIn exchanges a code for a session, as often as the reviewers need, and writes
// each time down. Error: fault.ReasonReviewCode for a code that does not hold.
func (r *Reviews) LogIn(ctx context.Context, code string) (Session, error) {
	now := r.machine.Now()
	var s Session
	err := r.db.Tx(ctx, func(tx *mysql.Tx) error {
		var found struct {
			ID     id.ReviewCode `db:"id"`
			Person id.User       `db:"user_id"`
			Until  time.Time     `db:"until_at"`
		}
		err := tx.Get(ctx, &found, "review.by_code", mysql.Args{
			"lookups": r.sealer.LookupAll(seal.PurposeReview, codeOf(code)), "at": now,
		})
		if errors.Is(err, mysql.ErrNone) {
			return fault.New(fault.ReasonReviewCode)
		}
		if err != nil {
			return err
		}
		token := rand.Text() + rand.Text()
		s = Session{found.Person, TokenPrefix + token, found.Until}
		return tx.Add("review.log_in", mysql.Args{
			"id": mysql.NewID[id.ReviewLogIn](tx), "code": found.ID, "at": now,
			"token": r.sealer.Lookup(seal.PurposeReview, token),
		})
	})
	return s, err
}

// Find tells whose session this is, as long as its code holds. The token comes
// without its prefix. Error: fault.ReasonUnauthenticated.
func (r *Reviews) Find(ctx context.Context, token string) (id.User, error) {
	var person id.User
	err := r.db.Get(ctx, &person, "review.by_token", mysql.Args{
		"lookups": r.sealer.LookupAll(seal.PurposeReview, token), "at": r.machine.Now(),
	})
	if errors.Is(err, mysql.ErrNone) {
		return 0, fault.New(fault.ReasonUnauthenticated)
	}
	return person, err
}

// LogOut ends the session.
func (r *Reviews) LogOut(ctx context.Context, token string) error {
	return r.db.Tx(ctx, func(tx *mysql.Tx) error {
		return tx.Add("review.log_out", mysql.Args{
			"lookups": r.sealer.LookupAll(seal.PurposeReview, token), "at": r.machine.Now(),
		})
	})
}
