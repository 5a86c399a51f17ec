package contact

import (
	"context"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// Right is what entitles somebody to read a contact: their part in a matter, for
// example a claim, or a grant; both where staff asks a resident about it. It is empty
// for whose contact it is, who needs neither.
type Right struct {
	Noun  string // of the matter; empty: none
	ID    int64
	Grant *id.Grant
}

// Reading is a request to read a contact.
type Reading struct {
	Of
	Reader id.User
	Reason string
	Owner  string // whom the contact belongs to, as the reader is told that they will see a reason: 许愿人
}

// Rule is a noun's answer to who may read, and when. It is asked in the transaction:
// wants read what it judges by, with locks, and right judges it at the transaction's
// time.
type Rule func(tx *mysql.Tx) (wants []mysql.Want, right func(reason string, now time.Time) (Right, error))

// MaxADay is how many matters' contacts a person reads on a business day without
// saying why: more is unusual, and never refused.
const MaxADay = 60

// Read opens a contact. It is the only function that opens another person's, and the
// reading is in the log before it returns; the owner's own is not. Errors: those of
// the rule, fault.ReasonNotFound, fault.ReasonInvalidInput, and
// fault.ReasonReasonRequired after many of one day.
func (b *Book) Read(ctx context.Context, r Reading, rule Rule) (Contact, error) {
	if err := fault.CheckText(&r.Reason, "reason", "原因", letters.Reason); err != nil {
		return Contact{}, err
	}
	var (
		hidden row
		kept   bool
	)
	err := b.db.Tx(ctx, func(tx *mysql.Tx) error {
		var others int
		wants, judge := rule(tx)
		wants = append(wants, mysql.Maybe(&hidden, &kept, "contact.of", r.args()))
		err := tx.Read(ctx, append(wants, r.readToday(&others, b.db.Now()))...)
		if err != nil {
			return mysql.NotFound(err)
		}
		right, err := judge(r.Reason, tx.Now())
		if err == nil && !kept { // which only those learn who might read it
			err = fault.New(fault.ReasonNotFound)
		}
		if err != nil || right == (Right{}) {
			return err
		}
		if others >= MaxADay && r.Reason == "" {
			return fault.New(fault.ReasonReasonRequired).Saying(
				"今天已经看了 %d 个人的联系方式。接着看，请写一句为什么，%s会看到。", others, r.Owner)
		}
		return b.log(tx, r, right)
	})
	if err != nil {
		return Contact{}, err
	}
	return b.open(r.Of, hidden)
}

// readToday wants of how many other matters the reader has read the contact since the
// business day began.
func (r Reading) readToday(dest *int, now time.Time) mysql.Want {
	args := r.args()
	args["reader"], args["since"] = r.Reader, clock.Day(now)
	return mysql.One(dest, "contact.read_since", args)
}

// log queues the reading.
func (b *Book) log(tx *mysql.Tx, r Reading, right Right) error {
	read := mysql.NewID[id.ContactRead](tx)
	place := matter.Field{Noun: "contact_read", Subject: int64(read), Name: "reason"}
	by := matter.Writer{ID: r.Reader, Staff: right.Grant != nil}
	clean, err := matter.HoldText(tx, b.sealer, place, by, r.Reason)
	if err != nil {
		return err
	}
	if right.Grant != nil {
		matter.UseGrant(tx, *right.Grant)
	}
	return tx.Add("contact.add_read", mysql.Args{
		"id": read, "noun": r.Noun, "subject": r.ID, "part": r.Part, "reader": r.Reader, "by_noun": right.Noun,
		"by_id": right.ID, "grant": right.Grant, "reason": clean, "at": tx.Now(),
	})
}

// Read is what a person read of a contact on one business day.
type Read struct {
	ID     id.ContactRead `db:"id"`      // of the latest reading
	At     time.Time      `db:"read_at"` // of the latest
	Times  int            `db:"times"`
	Reader string         `db:"reader"` // display name
	Role   id.Role        `db:"role"`   // empty: by a part in a matter
	Place  string         `db:"place"`  // the grant's node
	Reason string         `db:"reason"` // all that were given
}

// Reads wants a page of who read the contact, the latest first, a reader once a day.
// before is the last one of the page before, 0 for the first. Whoever asks decides
// before that the reader is whose contact it is.
func Reads(dest *[]Read, of Of, before id.ContactRead, limit int) mysql.Want {
	before = id.OrLatest(before)
	args := of.args()
	args["before"], args["limit"] = before, limit
	return mysql.Many(dest, "contact.reads", args)
}

// Owner names the contact of the person whose matter it is.
func Owner[I ~int64](noun string, matter I) Of {
	return Of{Noun: noun, ID: int64(matter), Part: state.PartyOwner}
}
