// Package handover makes one noun of another: a need that is one person's wish becomes one.
package handover

import (
	"context"
	"errors"

	"xinyuan/internal/contact"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/mysql"
	"xinyuan/internal/need"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
	"xinyuan/internal/wish"
)

// Service hands over in transactions. Locks are taken in one order: what ends, then what it becomes.
type Service struct {
	db       *mysql.DB
	contacts *contact.Book
	needs    *need.Service
	wishes   *wish.Service
}

// New returns the service over its parts.
func New(db *mysql.DB, sealer *seal.Sealer, needs *need.Service, wishes *wish.Service) *Service {
	return &Service{db, contact.New(db, sealer), needs, wishes}
}

// ToWish is the wish that a need becomes.
type ToWish struct {
	Category           wish.Category
	Title, Description string
	Agreed             string // how the resident agreed that a member comes
}

// CreateWish makes a wish of a need, which ends by it: the same person's, with the contact that they left. It waits to
// be published like any other. Errors: fault.ReasonInvalidInput, those of need.Need.HandOver, and
// fault.ReasonNeedState where no contact is kept.
func (s *Service) CreateWish(ctx context.Context, actor id.User, of id.Need, to ToWish,
	onCommit mysql.OnCommit[wish.Wish]) (wish.Wish, error) {
	if err := fault.NeedText(&to.Agreed, "agreed", "居民怎么同意的", letters.Reason); err != nil {
		return wish.Wish{}, err
	}
	var w wish.Wish
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		n, g, err := s.needs.HandOver(ctx, tx, actor, of, to.Agreed)
		if err != nil {
			return err
		}
		d := wish.Draft{
			NodeID: n.NodeID, Category: to.Category, Title: to.Title, Description: to.Description,
			From: &wish.From{Need: of, Owner: n.OwnerID, Recorder: n.RecorderID, Grant: g.ID},
		}
		var found bool
		if d.Contact, found, err = s.contacts.GetToCarry(ctx, tx, contact.Owner(state.Need.Noun, of)); err != nil {
			return err
		}
		if !found {
			return fault.New(fault.ReasonNeedState).Saying("居民没有留联系方式，来帮忙的人找不到。请另外替居民许一个心愿。")
		}
		if n.OwnerID == 0 {
			d.OnBehalf = &wish.Behalf{Consent: wish.Consent(*n.Consent), Note: to.Agreed}
			if d.From.Recorder == 0 { // the hotline passed it on
				d.From.Recorder = actor
			}
		}
		w, err = s.wishes.Receive(ctx, tx, actor, d)
		return errors.Join(err, onCommit.Do(tx, w, err))
	})
	return w, err
}
