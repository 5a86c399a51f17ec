package wish

import (
	"context"
	"errors"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/event"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/points"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// Service runs the rules in transactions. Each write is one transaction: a trip
// that locks and reads, the rule, and a trip that writes and commits.
type Service struct {
	db     *mysql.DB
	tree   *org.Tree
	sealer *seal.Sealer
	ledger *points.Ledger
}

// New returns the service over its parts.
func New(db *mysql.DB, tree *org.Tree, sealer *seal.Sealer, ledger *points.Ledger) *Service {
	return &Service{db, tree, sealer, ledger}
}

// Submit posts a wish. Phone and ID-card numbers in its text are hidden.
// Errors: fault.ReasonInvalidInput, fault.ReasonNotACommunity.
func (s *Service) Submit(ctx context.Context, owner id.User, d Draft) (Wish, error) {
	if err := d.check(); err != nil {
		return Wish{}, err
	}
	node, err := s.tree.Node(ctx, d.NodeID)
	if err != nil && !fault.Has(err, fault.ReasonNotFound) {
		return Wish{}, err
	}
	if !node.Kind.TakesWishes() {
		return Wish{}, fault.New(fault.ReasonNotACommunity)
	}
	var w Wish
	err = s.db.Tx(ctx, func(tx *mysql.Tx) error {
		w, err = Add(ctx, tx, s.sealer, owner, d)
		return err
	})
	w.NodeName = node.Name
	return w, err
}

// Add writes a checked draft in the transaction: for Submit and for seeds.
func Add(ctx context.Context, tx *mysql.Tx, sealer *seal.Sealer, owner id.User, d Draft) (Wish, error) {
	kind, _ := category(d.Category)
	w := Wish{
		NodeID: d.NodeID, Year: clock.Year(tx.Now()), OwnerID: owner,
		OwnerLabel: seal.MaskName(d.Contact.Name), Category: kind.Code, Sensitive: kind.Sensitive,
		Status: state.Wish.Initial, CreatedAt: tx.Now(), Version: 1,
	}
	number := mysql.Args{"node": w.NodeID, "year": w.Year}
	if err := tx.Add("wish.next_number", number); err != nil {
		return w, err
	}
	if err := tx.Get(ctx, &w.Serial, "wish.number", number); err != nil {
		return w, err
	}
	w.ID = mysql.NewID[id.Wish](tx)
	contact, err := sealContact(sealer, w.ID, d.Contact)
	if err != nil {
		return w, err
	}
	var more error
	w.Title, err = redact(tx, sealer, field{"wish", int64(w.ID), "title"}, d.Title)
	w.Description, more = redact(tx, sealer, field{"wish", int64(w.ID), "description"}, d.Description)
	last := event.Add(tx, event.Entry{
		ID: mysql.NewID[id.Event](tx), Noun: state.Wish.Noun, SubjectID: int64(w.ID), Version: w.Version,
		Name: event.Created, ActorID: &owner, To: string(w.Status),
	})
	return w, errors.Join(err, more, last, tx.Add("wish.add", struct {
		Wish
		sealed
	}{w, contact}))
}

// Review is a decision about a submitted wish.
type Review struct {
	Publish bool
	Reason  string // to the owner; needed to reject
	Points  *int64 // only to publish; nil: the rule's own
}

// Review publishes or rejects. Errors: fault.ReasonNotFound, and those of
// Wish.Publish and Wish.Reject.
func (s *Service) Review(ctx context.Context, actor id.User, wish id.Wish, r Review) (Wish, error) {
	if err := checkText(&r.Reason, "reason", "原因", MaxReason); err != nil {
		return Wish{}, err
	}
	var w Wish
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		by := Actor{ID: actor}
		var rule points.Rule
		err := tx.Read(ctx, lockWish(&w, wish), org.CoveringWish(&by.Grants, actor, wish),
			wantRule(&rule, wish, s.db.Now()))
		if err != nil {
			return missing(err)
		}
		before, name := w, state.EventReject
		var grant org.Grant
		if r.Publish {
			name = state.EventPublish
			grant, err = w.Publish(by, r.Points, rule, tx.Now())
		} else {
			grant, err = w.Reject(by, r.Reason, tx.Now())
		}
		if err != nil {
			return err
		}
		return s.saveWish(tx, before, w, byGrant(actor, grant, name, r.Reason))
	})
	return w, err
}

// Withdraw takes the owner's wish back. Errors: those of Wish.Withdraw.
func (s *Service) Withdraw(ctx context.Context, actor id.User, wish id.Wish) (Wish, error) {
	var w Wish
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var (
			live  Claim
			taken bool
			by    = Actor{ID: actor}
		)
		err := tx.Read(ctx, lockWish(&w, wish), lockLiveClaim(&live, &taken, wish),
			org.CoveringWish(&by.Grants, actor, wish))
		if err != nil {
			return missing(err)
		}
		before, liveBefore := w, live
		var claim *Claim
		if taken {
			claim = &live
		}
		if err := w.Withdraw(by, claim, tx.Now()); err != nil {
			return err
		}
		if taken {
			if _, err := s.saveClaim(tx, liveBefore, live, step{actor: actor, name: state.EventCancel}); err != nil {
				return err
			}
		}
		return s.saveWish(tx, before, w, step{actor: actor, name: state.EventWithdraw})
	})
	return w, err
}

// View is a wish as one person may see it.
type View struct {
	Wish
	Claim   *Claim        // the latest; nil if there is none
	History []event.Entry // of the wish and its latest claim, the oldest first
	// Insider tells that the person is the owner, the latest claimant or staff,
	// who also see reasons and the claim's own steps.
	Insider bool
	// MayReadContact tells that a request for the contact would be answered.
	MayReadContact bool
}

// Get reads a wish for a person. Error: fault.ReasonNotFound.
func (s *Service) Get(ctx context.Context, actor id.User, wish id.Wish) (View, error) {
	var (
		v     View
		claim Claim
		found bool
		by    = Actor{ID: actor}
		steps []event.Entry
	)
	err := s.db.Read(ctx, mysql.One(&v.Wish, "wish.by_id", mysql.Args{"wish": wish}), lastClaim(&claim, &found, wish),
		org.CoveringWish(&by.Grants, actor, wish), event.Want(&v.History, state.Wish.Noun, int64(wish)),
		mysql.Many(&steps, "wish.claim_history", mysql.Args{"wish": wish}))
	if err != nil {
		return v, missing(err)
	}
	now := s.db.Now()
	if !by.Sees(v.Wish, now) {
		return View{}, fault.New(fault.ReasonNotFound)
	}
	if found {
		v.Claim = &claim
	}
	v.Insider = v.OwnerID == actor || by.Grants.Reads(now) || found && claim.ClaimantID == actor
	if v.Insider {
		v.History = merge(v.History, steps)
	}
	v.MayReadContact = mayReadContact(by, v.Wish, v.Claim, now)
	v.hide(by, v.Claim, now)
	return v, nil
}

// hide empties what the actor may not read.
func (w *Wish) hide(from Actor, last *Claim, now time.Time) {
	if !w.ShowsDescription(from, last, now) {
		w.Description = ""
	}
}
