package matter

import (
	"errors"
	"reflect"
	"slices"
	"time"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// Turn is that a matter waits: for a person, for whoever leads a team, or for whoever
// decides at a desk or above it.
type Turn struct {
	Noun    string      `db:"noun"` // Save sets it, and the id
	ID      int64       `db:"id"`
	Part    state.Party `db:"part"`      // as what it waits for them
	Person  id.User     `db:"person_id"` // 0: for the team, or the desk
	Team    id.Team     `db:"team_id"`
	Desk    id.Node     `db:"desk_id"`
	Asker   id.User     `db:"asker_id"` // who waits for them; 0: nobody in particular
	Since   time.Time   `db:"since"`
	OpensAt time.Time   `db:"opens_at"` // no job opens it; the zero time: at once
	Due     *time.Time  `db:"due"`      // nil: whenever they like
}

// Decide is the turn of whoever decides at the desk or above it, since then.
func Decide(desk id.Node, since time.Time) Turn {
	return Turn{Part: state.PartyDecider, Desk: desk, Since: since}
}

// Record is the turn of whoever writes down at the desk, or above it, what somebody
// says: posts do so, too.
func Record(desk id.Node, since time.Time) Turn {
	return Turn{Part: state.PartyRecorder, Desk: desk, Since: since}
}

// Respond is the turn of whoever answers for the body, since then: people who hold a role that does so at its node, and
// nobody above it.
func Respond(body id.Node, since time.Time) Turn {
	return Turn{Part: state.PartyResponder, Desk: body, Since: since}
}

// barred is a party who does not decide, as it is stored.
type barred struct {
	Noun     string  `db:"noun"`
	ID       int64   `db:"id"`
	Person   id.User `db:"person_id"` // 0: known by the phone alone
	Phone    string  `db:"phone_lookup"`
	Personal bool    `db:"is_personal"`
}

// barred lists who does not decide about the matter: each once, by what excludes
// most. It is empty where nothing waits at a desk.
func (m Matter) barred() (all []barred) {
	if !slices.ContainsFunc(m.Turns, func(t Turn) bool { return t.Desk != 0 }) {
		return nil
	}
	for _, p := range m.Parties {
		row := barred{m.Noun, m.ID, p.Person, "", p.isPersonal()}
		if p.Phone != "" {
			row.Person, row.Phone = 0, p.Phone
		}
		at := slices.IndexFunc(all, func(b barred) bool { return b.Person == row.Person })
		switch {
		case p.Informed, row.Person == 0 && row.Phone == "": // nobody who may not
		case at < 0:
			all = append(all, row)
		default:
			all[at].Personal = all[at].Personal || row.Personal
		}
	}
	return all
}

// After is the matter with its turns as they were before the step, where that
// changes none of them and nobody who does not take them: so nothing is written.
func (m Matter) After(before Matter) Matter {
	if reflect.DeepEqual(m.Turns, before.Turns) && reflect.DeepEqual(m.barred(), before.barred()) {
		m.Turns = nil
	}
	return m
}

// SetTurns queues the matter's turns in the place of those it had. Save does the
// same; only a step of another matter that changes whose turn it is calls it itself.
func SetTurns(tx *mysql.Tx, m Matter) error { return writeTurns(tx, []outcome{{m, false}}) }

// writeTurns queues the turns of the matters, and at desks who does not take them, in
// the place of those that they had.
func writeTurns(tx *mysql.Tx, all []outcome) error {
	var (
		err     error
		turns   []Turn
		parties []barred
		ended   = map[string][]int64{}
		nouns   []string // in their order
	)
	for _, o := range all {
		if o.Turns == nil {
			continue
		}
		if !o.isNew {
			if ended[o.Noun] == nil {
				nouns = append(nouns, o.Noun)
			}
			ended[o.Noun] = append(ended[o.Noun], o.ID)
		}
		for _, turn := range o.Turns {
			turn.Noun, turn.ID = o.Noun, o.ID
			if turn.OpensAt.IsZero() {
				turn.OpensAt = turn.Since
			}
			turns = append(turns, turn)
		}
		parties = append(parties, o.barred()...)
	}
	for _, noun := range nouns {
		args := mysql.Args{"noun": noun, "ids": ended[noun]}
		err = errors.Join(err, tx.Add("matter.end_turns", args), tx.Add("matter.end_parties", args))
	}
	if len(turns) > 0 {
		err = errors.Join(err, tx.Add("matter.begin_turns", turns))
	}
	if len(parties) > 0 {
		err = errors.Join(err, tx.Add("matter.add_parties", parties))
	}
	return err
}
