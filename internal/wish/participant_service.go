package wish

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/membership"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// checkInvited sorts the invited and refuses too many of them, and who is a
// party already.
func checkInvited(actor id.User, w Wish, invited []id.User) ([]id.User, error) {
	invited = slices.Clone(invited)
	slices.Sort(invited)
	invited = slices.Compact(invited)
	switch {
	case len(invited) > MaxParticipants:
		return nil, fault.BadField("participantIds", fmt.Sprintf("最多请 %d 位同事一起办。", MaxParticipants))
	case slices.Contains(invited, actor) || slices.Contains(invited, w.OwnerID) || slices.Contains(invited, w.RecorderID):
		return nil, fault.BadField("participantIds", "请选别的党员一起办。")
	}
	return invited, nil
}

// Accept joins a claim to which the person was invited. Errors: those of
// Matter.Accept.
func (s *Service) Accept(ctx context.Context, actor id.User, claim id.Claim,
	onCommit mysql.OnCommit[Claim]) (Claim, error) {
	var after Claim
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var m Matter
		by := Candidate{ID: actor}
		wants := append([]mysql.Want{membership.HoldActive(tx, &by.Membership, &by.Member, actor)},
			lockMatter(&m, claim)...)
		wants = append(wants, mysql.Many(&by.Approvers, "wish.approvers_by_claim", mysql.Args{"claim": claim}))
		if err := tx.Read(ctx, wants...); err != nil {
			return mysql.NotFound(err)
		}
		before := m
		if err := m.Accept(by, tx.Now()); err != nil {
			return err
		}
		after = m.Claim
		_, err := s.saveMatter(tx, before, m, matter.Step{Actor: actor, Name: state.EventAccept})
		err = errors.Join(err, tx.Add("wish.accept", mysql.Args{
			"claim": claim, "user": actor, "at": tx.Now(), "membership": by.Membership.ID, "node": by.Membership.NodeID,
			"unit": by.Membership.UnitID,
		}))
		return errors.Join(err, onCommit.Do(tx, after, err))
	})
	return after, err
}
