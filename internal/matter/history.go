package matter

import (
	"time"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// Entry is one event of the history: who did what to which matter, when, by what
// right, and how its status changed. The history is the audit as well, and
// nothing in it is ever changed.
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
	Waiting   string      `db:"waiting"`   // the reason that others do not read yet; read only
	Role      id.Role     `db:"role"`      // of the grant; read only
	Delegated bool        `db:"delegated"` // the grant is a deputy's; read only
}

// UseGrant notes, right before the commit, that something is decided or read by
// the grant. The transaction fails, and begins anew, when the grant has ended
// meanwhile, or that of the secretary for whom its holder stands in: so a use and
// an end have an order. Save calls it; only what writes no event calls it itself.
func UseGrant(tx *mysql.Tx, grant id.Grant) {
	tx.AddLast("matter.use_grant", mysql.Args{"grant": grant, "at": tx.Now()})
}

// History wants what happened to a matter, the oldest first, at most 500 events.
func History(dest *[]Entry, noun string, subject int64) mysql.Want {
	return mysql.Many(dest, "matter.history", mysql.Args{"noun": noun, "subject_id": subject})
}
