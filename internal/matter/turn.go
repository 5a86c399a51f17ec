package matter

import (
	"errors"
	"time"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// Turn is that a matter waits for a person, or for whoever leads a team.
type Turn struct {
	Noun    string      `db:"noun"` // Save sets it, and the id
	ID      int64       `db:"id"`
	Part    state.Party `db:"part"`      // as what it waits for them
	Person  id.User     `db:"person_id"` // 0: for the team
	Team    id.Team     `db:"team_id"`
	Asker   id.User     `db:"asker_id"` // who waits for them; 0: nobody in particular
	Since   time.Time   `db:"since"`
	OpensAt time.Time   `db:"opens_at"` // no job opens it; the zero time: at once
	Due     *time.Time  `db:"due"`      // nil: whenever they like
}

// SetTurns queues the matter's turns in the place of those it had. Save calls it;
// only a step of another matter that changes whose turn it is calls it itself.
func SetTurns(tx *mysql.Tx, m Matter) error {
	if m.Turns == nil {
		return nil
	}
	all := tx.Add("matter.end_turns", mysql.Args{"noun": m.Noun, "id": m.ID})
	if len(m.Turns) == 0 {
		return all
	}
	rows := make([]Turn, len(m.Turns))
	for i, turn := range m.Turns {
		turn.Noun, turn.ID = m.Noun, m.ID
		if turn.OpensAt.IsZero() {
			turn.OpensAt = turn.Since
		}
		rows[i] = turn
	}
	return errors.Join(all, tx.Add("matter.begin_turns", rows))
}
