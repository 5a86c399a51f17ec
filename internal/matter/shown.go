package matter

import (
	"time"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// Shown is what a list says of a matter beside what the register does. Each noun fills
// in what it has.
type Shown struct {
	ID           int64         `db:"id"`
	Title        string        `db:"title"`   // in the place of the register's; empty: that one
	Who          string        `db:"who"`     // whose it is, as staff read it
	Caution      string        `db:"caution"` // why it is looked at before it is decided; empty: it need not be
	WishID       id.Wish       `db:"wish_id"` // that it is about; 0: none
	ClaimantID   id.User       `db:"claimant_id"`
	EarlierID    id.Membership `db:"earlier_id"` // another person's under the same name; 0: none
	UnseenAt     id.Activity   `db:"unseen_at"`  // where it is decided together with others; 0: nowhere
	MissedCalls  int           `db:"missed_calls"`
	MissedCallAt *time.Time    `db:"missed_call_at"`
}

// Show wants what a list shows of a noun's matters. Each noun registers its own.
type Show func(dest *[]Shown, ids []int64) mysql.Want
