package wish

import (
	"cmp"
	"context"
	"slices"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/media"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/state"
	"xinyuan/internal/user"
)

// View is a wish as one person may see it.
type View struct {
	Wish
	Claim   *Claim         // the latest; nil if there is none
	History []matter.Entry // of the wish and its latest claim, the oldest first
	// Insider tells that the person is the owner, the latest claimant or staff,
	// who also see reasons and the claim's own steps.
	Insider bool
	// Proposal is who may be the owner of a wish without one, for staff who decide;
	// nil if nobody has its phone.
	Proposal *Proposal
	// MayReadContact tells that a request for the contact would be answered.
	MayReadContact bool
	// MayRecordAnswer tells that the person may write down now what the resident
	// says of the delivery.
	MayRecordAnswer bool
	// MayDecide tells that the person may decide now about what waits: the wish, its
	// claim, or its dispute.
	MayDecide bool
	// MayUndo tells the owner that the own confirmation may still be taken back, and
	// staff that they may take back any.
	MayUndo bool
}

// Get reads a wish for a person. Error: fault.ReasonNotFound.
func (s *Service) Get(ctx context.Context, actor id.User, wish id.Wish) (View, error) {
	var (
		v     View
		claim Claim
		found bool
		by    = Actor{ID: actor}
		steps []matter.Entry
		owner Proposal
		known bool
		all   []Participant
		in    user.Membership
		deeds []media.Photo
	)
	err := s.db.Read(ctx,
		mysql.One(&v.Wish, "wish.by_id", mysql.Args{"wish": wish}), lastClaim(&claim, &found, wish),
		participantsOf(&all, wish), org.CoveringWish(&by.Grants, actor, wish),
		matter.History(&v.History, state.Wish.Noun, int64(wish)),
		mysql.Many(&steps, "wish.claim_history", mysql.Args{"wish": wish}),
		mysql.Maybe(&owner, &known, "wish.proposal", mysql.Args{"wish": wish}),
		user.ActiveMembership(&in, &by.Member, actor), media.OfWish(&v.Photos, wish), media.OfClaims(&deeds, wish))
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
	claim.keepOwn(all)
	yes := confirmationIn(steps, claim.ID)
	if (Matter{v.Wish, claim}).showsDeed(by, now) {
		claim.Photos = slices.DeleteFunc(deeds, func(p media.Photo) bool { return p.ClaimID != claim.ID })
	}
	switch {
	case v.OwnerID == actor || v.RecorderID == actor || by.Grants.Reads(now):
		v.Insider, v.History = true, merge(v.History, steps)
	case found && claim.has(actor): // of earlier claims they need not know
		others := func(e matter.Entry) bool { return e.SubjectID != int64(claim.ID) }
		v.Insider, v.History = true, merge(v.History, slices.DeleteFunc(steps, others))
	}
	if known && by.Grants.Decides(now) {
		v.Proposal = &owner
	}
	v.MayReadContact = mayReadContact(by, v.Wish, v.Claim, now)
	v.MayRecordAnswer = found && Matter{v.Wish, claim}.mayRecord(by, now)
	v.MayDecide = (&Matter{v.Wish, claim}).mayDecide(by, now)
	v.MayUndo = found && (Matter{v.Wish, claim}).mayUndo(by, yes, now)
	v.hide(by, v.Claim, now)
	return v, nil
}

// hide empties what the actor may not read.
func (w *Wish) hide(from Actor, last *Claim, now time.Time) {
	if !w.ShowsDescription(from, last, now) {
		w.Description, w.Photos = "", nil
	}
}

// merge puts two histories in the order in which they were written.
func merge(a, b []matter.Entry) []matter.Entry {
	all := append(slices.Clone(a), b...)
	slices.SortStableFunc(all, func(x, y matter.Entry) int {
		return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.ID, y.ID))
	})
	return all
}
