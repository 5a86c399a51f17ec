// Package event writes and reads the one history of everything: who did what to
// which matter, when, by what right, and how its status changed. It is the
// audit as well, and nothing in it is ever changed.
package event

import (
	"time"
	"unicode/utf8"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// Entry is one event.
type Entry struct {
	ID        id.Event    `db:"id"`
	Noun      string      `db:"noun"`
	SubjectID int64       `db:"subject_id"`
	Version   int         `db:"version"` // the subject's after the event; 1 when it is created
	Name      state.Event `db:"name"`
	ActorID   *id.User    `db:"actor_id"` // nil: the system
	GrantID   *id.Grant   `db:"grant_id"` // nil: by the actor's own part in the matter
	From      string      `db:"from_status"`
	To        string      `db:"to_status"`
	Reason    string      `db:"reason"`
	At        time.Time   `db:"at"`
	Role      id.Role     `db:"role"`      // of the grant; read only
	Delegated bool        `db:"delegated"` // the grant is a deputy's; read only
}

// maxReason is what the history has room for. Redacted texts are a little longer than
// what was written.
const maxReason = 400

// Add queues the event, whose identifier is made already, in the transaction
// that causes it and at its time. Error: fault.ReasonInvalidInput for a reason that is
// too long.
func Add(tx *mysql.Tx, e Entry) error { return AddAll(tx, []Entry{e}) }

// AddAll is Add for many events, in one statement. Whatever the noun, no reason has a number that identifies people:
// nouns that keep the original sealed have called Redact before.
func AddAll(tx *mysql.Tx, all []Entry) error {
	if len(all) == 0 {
		return nil
	}
	for i := range all {
		all[i].At = tx.Now()
		all[i].Reason, _ = seal.Redact(all[i].Reason)
		if all[i].GrantID != nil {
			UseGrant(tx, *all[i].GrantID)
		}
		if utf8.RuneCountInString(all[i].Reason) > maxReason { // some caller did not look
			return fault.BadField("reason", "写得太长了，请删减一些。")
		}
	}
	return tx.Add("event.add", all)
}

// UseGrant notes, right before the commit, that something is decided or read by
// the grant. The transaction fails, and begins anew, when the grant has ended
// meanwhile, or that of the secretary for whom its holder stands in: so a use and
// an end have an order. Add calls it; only what writes no event calls it itself.
func UseGrant(tx *mysql.Tx, grant id.Grant) {
	tx.AddLast("event.use_grant", mysql.Args{"grant": grant, "at": tx.Now()})
}

// Want reads a matter's history, the oldest first, at most 500 events.
func Want(dest *[]Entry, noun string, subject int64) mysql.Want {
	return mysql.Many(dest, "event.history", mysql.Args{"noun": noun, "subject_id": subject})
}
