package wish

import (
	"context"
	"errors"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// UndoWithin is how long the owner may take the own confirmation back.
const UndoWithin = 24 * time.Hour

// confirmation tells whose the yes is that stands.
type confirmation struct {
	By         id.User `db:"said_by"`     // the owner; 0: staff recorded it
	RecordedBy id.User `db:"recorded_by"` // the staff who did; 0: the owner said it
}

func wantConfirmation(dest *confirmation, found *bool, claim id.Claim) mysql.Want {
	return mysql.Maybe(dest, found, "wish.confirmation", mysql.Args{"claim": claim})
}

// Paying wants the events that have paid for a claim's deed.
func Paying(dest *[]id.Event, claim id.Claim) mysql.Want {
	return mysql.Many(dest, "wish.paying", mysql.Args{"claim": claim})
}

// confirmationIn finds the claim's confirmation that stands in its history.
func confirmationIn(steps []matter.Entry, c Claim) (yes confirmation) {
	for _, e := range steps {
		switch {
		case e.ID != c.ConfirmEvent || e.ActorID == nil:
		case e.GrantID == nil:
			yes.By = *e.ActorID
		default:
			yes.RecordedBy = *e.ActorID
		}
	}
	return yes
}

// checkOwnUndo refuses unless the owner may take the confirmation back: the own one,
// once, within a day. Errors: fault.ReasonClaimState, fault.ReasonForbidden.
func (m Matter) checkOwnUndo(by id.User, yes confirmation, now time.Time) error {
	switch {
	case m.Claim.Status != state.ClaimConfirmed || m.Claim.ConfirmedAt == nil:
		return fault.New(fault.ReasonClaimState)
	case yes.By != by:
		return fault.New(fault.ReasonForbidden).Saying("这是工作人员替您记下的，不对的话请告诉社区。")
	case m.Claim.OwnUndoneAt != nil:
		return fault.New(fault.ReasonForbidden).Saying("您已经改过一次了，还要改请告诉社区。")
	case now.Sub(*m.Claim.ConfirmedAt) >= UndoWithin:
		return fault.New(fault.ReasonForbidden).Saying("过了一天，自己改不了了，请告诉社区。")
	}
	return nil
}

// mayUndo tells whether the actor may take the confirmation back now.
func (m Matter) mayUndo(by Actor, yes confirmation, now time.Time) bool {
	if m.Wish.OwnerID == by.ID {
		return m.checkOwnUndo(by.ID, yes, now) == nil
	}
	if m.Claim.Status != state.ClaimConfirmed { // what else waits, mayDecide asks
		return false
	}
	_, refused := m.decide(by, now)
	return refused == nil
}

// Undo takes a confirmation back, with its points: the owner the own one, staff
// any. Errors: as Approve and checkOwnUndo, and fault.ReasonReasonRequired.
func (m *Matter) Undo(by Actor, yes confirmation, reason string, now time.Time) (*grant.Grant, error) {
	var held *grant.Grant
	if m.Wish.OwnerID == by.ID {
		if err := m.checkOwnUndo(by.ID, yes, now); err != nil {
			return nil, err
		}
		m.Claim.OwnUndoneAt = &now
	} else {
		g, err := m.decide(by, now)
		if err != nil {
			return nil, err
		}
		held = &g
	}
	if reason == "" {
		return nil, fault.New(fault.ReasonReasonRequired)
	}
	if err := m.Claim.move(state.EventUndo); err != nil {
		return nil, err
	}
	m.Claim.ConfirmedAt, m.Claim.ConfirmEvent = nil, 0
	m.Claim.Rating, m.Claim.AskedBy, m.Claim.Comment = nil, 0, ""
	return held, m.Wish.move(state.EventUndo)
}

// Undo takes a confirmation back and posts the opposite of what it paid. Errors:
// those of Matter.Undo.
func (s *Service) Undo(ctx context.Context, actor id.User, claim id.Claim, reason string,
	onCommit mysql.OnCommit[Claim]) (Claim, error) {
	if err := fault.CheckText(&reason, "reason", "原因", MaxReason); err != nil {
		return Claim{}, err
	}
	var after Claim
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var yes confirmation
		var found bool
		var paying []id.Event
		m, by, err := s.lock(ctx, tx, actor, claim, wantConfirmation(&yes, &found, claim), Paying(&paying, claim))
		if err != nil {
			return err
		}
		before := m
		g, err := m.Undo(by, yes, reason, tx.Now())
		if err != nil {
			return err
		}
		how := matter.Step{Actor: actor, Grant: idOf(g), Name: state.EventUndo, Reason: reason}
		if yes.RecordedBy != 0 {
			how.Undoes = []id.User{yes.RecordedBy}
		}
		cause, err := s.saveMatter(tx, before, m, how)
		if err == nil {
			back := map[id.Event]id.Event{}
			for _, paid := range paying { // corrections of shares as well; what was taken back before stands no more
				back[paid] = cause
			}
			err = errors.Join(s.ledger.UndoAll(ctx, tx, back), s.forgetComment(tx, m.Claim),
				tx.Add("wish.undo_yes", mysql.Args{"event": before.Claim.ConfirmEvent}))
		}
		after = m.Claim
		return errors.Join(err, onCommit.Do(tx, after, err))
	})
	return after, err
}
