package objection

import (
	"context"
	"errors"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/points"
	"xinyuan/internal/state"
	"xinyuan/internal/wish"
)

// paidClaim is a claim as far as its points are concerned.
type paidClaim struct {
	ID      id.Claim          `db:"id"`
	WishID  id.Wish           `db:"wish_id"`
	NodeID  id.Node           `db:"node_id"`
	Status  state.ClaimStatus `db:"status"`
	Version int               `db:"version"`
}

// amend puts a person's points of a wish right: what stands is taken back by the
// objection's event, and paid anew by one of the claim. Errors:
// fault.ReasonInvalidInput, and fault.ReasonNothingToObject where the
// confirmation was taken back meanwhile.
func (s *Service) amend(ctx context.Context, tx *mysql.Tx, o *Objection, how matter.Step, ruling Ruling) error {
	var c paidClaim
	var paying []id.Event
	args := mysql.Args{"claim": *o.ClaimID}
	err := tx.Read(ctx, mysql.One(&c, "objection.lock_claim", args), wish.Paying(&paying, *o.ClaimID))
	if err != nil {
		return mysql.NotFound(err)
	}
	to, ok := state.Claim.Next(c.Status, state.EventCorrect)
	if !ok {
		return fault.New(fault.ReasonNothingToObject)
	}
	share, err := ruling.share(*o)
	if err != nil {
		return err
	}
	e, err := matter.Save(tx, s.sealer, matter.Matter{ // the answer tells the person
		Noun: state.Claim.Noun, ID: int64(c.ID), OfNoun: state.Wish.Noun, OfID: int64(c.WishID), Node: c.NodeID,
		Desk: c.NodeID, Status: string(to), Version: c.Version + 1,
	}, matter.Step{Actor: how.Actor, Grant: how.Grant, Name: state.EventCorrect, From: string(c.Status), Silent: true})
	if err != nil {
		return err
	}
	_, err = s.records.Ledger().Amend(ctx, tx, points.Amendment{
		User: o.UserID, Amount: share, Paid: paying, Takes: how.Event, Pays: e.ID,
	})
	if errors.Is(err, mysql.ErrNone) {
		return fault.New(fault.ReasonNothingToObject)
	}
	o.Ruled, o.Points, o.pays = &share, share, e.ID
	return errors.Join(err, tx.Add("objection.correct_claim", c))
}
