package assignment

import (
	"context"
	"errors"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/state"
)

// Origin is what an assignment is for.
type Origin struct {
	InWork   bool         // somebody works on it, and nobody has its answer
	CameBack bool         // somebody said so after the assignment was verified
	Live     []Assignment // what bodies owe for it
}

// Undoing is why it is not done after all.
type Undoing struct {
	Reason string
	// HoldNeed locks the need that it is for, and tells whether that is in work.
	HoldNeed func(ctx context.Context, tx *mysql.Tx, need id.Need) (bool, error)
}

// Undo takes back that it is done; who said so is told. Errors: fault.ReasonInvalidInput, and those of Assignment.Undo.
func (s *Service) Undo(ctx context.Context, actor id.User, assignment id.Assignment, why Undoing,
	onCommit mysql.OnCommit[Assignment]) (Assignment, error) {
	if err := fault.NeedText(&why.Reason, "reason", "要重新看的原因", letters.Reason); err != nil {
		return Assignment{}, err
	}
	var of Origin
	return s.change(ctx, actor, assignment, onCommit, act{event: state.EventUndo, reason: why.Reason,
		hold: func(ctx context.Context, tx *mysql.Tx, a Assignment) (err error) {
			of, err = hold(ctx, tx, a, why)
			return err
		},
		rule: func(a *Assignment, by Actor, now time.Time) (id.Grant, error) {
			g, err := a.Undo(by, of, now)
			return g.ID, err
		}})
}

// hold locks what the assignment is for in the order in which others do: so that it is neither answered nor sent for
// anew in the same moment.
func hold(ctx context.Context, tx *mysql.Tx, a Assignment, why Undoing) (of Origin, err error) {
	if a.IsAsked() {
		var unit org.Node
		of.InWork, err = true, tx.Read(ctx, org.LockNode(&unit, a.From))
	} else {
		of.InWork, err = why.HoldNeed(ctx, tx, id.Need(a.OriginID))
	}
	return of, errors.Join(err, tx.Read(ctx, LockLive(&of.Live, a.OriginNoun, a.OriginID), cameBack(&of, a.ID)))
}

// cameBack wants whether what the assignment is for came back after it was verified: a resident sent it back or had it
// opened again. What a department asks for comes back by the word of the department, which looks itself.
func cameBack(of *Origin, assignment id.Assignment) mysql.Want {
	return mysql.One(&of.CameBack, "assignment.came_back", mysql.Args{"assignment": assignment})
}
