package contact

import (
	"context"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
)

// Mark is how a number is known to be right.
type Mark string

// The marks.
const (
	MarkNone   Mark = ""
	MarkWeChat Mark = "wechat" // WeChat says that it is the number of the person whose contact it is
	MarkStaff  Mark = "staff"  // staff has spoken to them
)

// Marks lists those that say something.
func Marks() []Mark { return []Mark{MarkWeChat, MarkStaff} }

// Way is how staff has spoken to somebody.
type Way string

// The ways.
const (
	WayVisit Way = "visit"
	WayPhone Way = "phone" // under the number
)

// Ways lists them.
func Ways() []Way { return []Way{WayVisit, WayPhone} }

// Marked wants how the number of the contact is known to be right; nothing where there is no contact.
func Marked(dest *Mark, found *bool, of Of) mysql.Want {
	return mysql.Maybe(dest, found, "contact.mark", of.args())
}

// Speak writes in the transaction that staff has spoken to the person whose contact it is, by the grant: the number is
// right, until another one takes its place. Whoever asks decides before that the grant is enough. Error:
// fault.ReasonNotFound where no contact is kept.
func Speak(ctx context.Context, tx *mysql.Tx, of Of, how Way, by id.Grant) error {
	args := of.args()
	args["at"], args["how"], args["grant"] = tx.Now(), how, by
	n, err := tx.Exec(ctx, "contact.speak", args)
	if err == nil && n == 0 {
		err = fault.New(fault.ReasonNotFound)
	}
	matter.UseGrant(tx, by)
	return err
}
